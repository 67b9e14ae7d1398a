"""What the index takes from a passage: text for the encoder, words, wording, date."""

from __future__ import annotations

import hashlib

from factcheck.index.words import bare_words, index_words
from factcheck.types import Document, Passage


def passage_text(document: Document, passage: Passage) -> str:
    """Return what the encoder reads of a passage: the title of its document and its heading in front of its text.

    Of 56 claims on the shipped library the deciding passage is among the first eight for 52 with them, 51 without.
    """
    return ". ".join(part for part in (_context_of(document, passage), passage.text) if part)


def words_of(document: Document, passage: Passage) -> tuple[str, str]:
    """Return what the word index reads of a passage: its text, and the title and heading that it stands under."""
    return index_words(passage.text), index_words(_context_of(document, passage))


def hash_wording(text: str) -> int:
    """Return a number that passages in the same words share, whatever their case and punctuation."""
    digest = hashlib.sha256(bare_words(text).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def month_of(day: str | None) -> str | None:
    """Return a date of reduced precision as a month that sorts among others; a year stands at its middle."""
    if day is None:
        return None
    return f"{day[:4]}-07" if len(day) == 4 else day[:7]


def _context_of(document: Document, passage: Passage) -> str:
    if passage.heading and passage.heading != document.title:
        return f"{document.title}. {passage.heading}"
    return document.title
