"""What the page needs of the rest of the program, so that it can be tested with small stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from factcheck.recheck import Recheck
from factcheck.types import Article, Claim, Document, Hit, Report, ReviewState

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many are done, how many there are)."""


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What the person who adds a document knows about it; ``None`` is not known."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


class Checker(Protocol):
    """Check articles, or only take their claims out."""

    def check(self, article: Article, *, progress: Progress | None = None) -> Report:
        """Return the report on an article."""
        ...

    def recheck(
        self, earlier: Report, *, states: Mapping[str, ReviewState], progress: Progress | None = None
    ) -> Recheck:
        """Judge again what new documents or a reviewer's new words can touch."""
        ...

    def extract(self, article: Article) -> Sequence[Claim]:
        """Return the claims of an article, not judged."""
        ...


class Library(Protocol):
    """The reference documents."""

    @property
    def read_only(self) -> bool:
        """Whether documents cannot be added and removed."""
        ...

    def digest(self) -> str:
        """Return the digest of the documents as they are now, the one that ``Report.run.corpus_sha256`` has."""
        ...

    def documents(self) -> Sequence[Document]:
        """Return every document, by title."""
        ...

    def find(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` where there is none of that id."""
        ...

    def add(self, name: str, data: bytes, details: SourceDetails) -> str:
        """Take in a file of that name and return in words what became of it."""
        ...

    def remove(self, doc_id: str) -> None:
        """Delete a document."""
        ...

    def search(self, query: str, *, top_k: int) -> Sequence[Hit]:
        """Return the passages nearest to a query, the best first."""
        ...


class Reader(Protocol):
    """Turn what a person uploads, pastes or has checked before into an article."""

    def read(self, name: str, data: bytes) -> Article:
        """Return the article in an uploaded file."""
        ...

    def parse(self, text: str, *, title: str | None, published: str | None, path: str) -> Article:
        """Return the article that a text is."""
        ...
