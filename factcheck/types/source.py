"""What claims are held against: documents, their passages, and passages found."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.types.names import SourceKind


@dataclass(frozen=True, slots=True)
class Document:
    """A reference document: its front matter, and the body that all offsets point into."""

    id: str
    title: str
    body: str
    sha256: str
    path: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    as_of: str | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three sentences of a document; ``document.body[start:end] == text``.

    ``as_of`` is the date that the passage is about: its paragraph's own, else the document's, else ``None``.
    """

    id: str
    doc_id: str
    text: str
    start: int
    end: int
    heading: str = ""
    as_of: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a claim. ``similarity`` is the cosine in [-1, 1]; ``bm25`` and ``fused`` only order."""

    passage: Passage
    document: Document
    similarity: float
    bm25: float
    fused: float
