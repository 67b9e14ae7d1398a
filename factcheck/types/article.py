"""The text to be checked, its layout, and places in it."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.types.names import BlockKind


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text_of_the_owner[start:end] == text``, in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or bullet of an article.

    ``span`` covers the content alone, without bullet sign or heading number. ``section`` is the text of the nearest
    heading above, or "". ``lead_in`` is the index (into ``Article.blocks``) of the line that introduces a list.
    """

    kind: BlockKind
    span: Span
    section: str = ""
    lead_in: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be checked, with its layout recognised and every offset valid in ``text``.

    ``embeds_text`` is true where ``text`` is not the decoded file itself (HTML, standard input).
    """

    text: str
    title: str
    path: str
    sha256: str
    published: str | None
    blocks: tuple[Block, ...]
    embeds_text: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an article a claim is made: the quoted stretch and the section it stands in."""

    start: int
    end: int
    quote: str
    section: str = ""
