"""The date from which an article is read: what counts as now, newest and outdated depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from factcheck.types import Article, AsOfSource, BlockKind

_YEAR = re.compile(r"(?<![\d,.$€£-])(?:19[5-9]\d|20\d\d)(?!\d|,\d|\s?%|\.\d)")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))+")
# A year in a sentence that looks ahead is no sign of when the text was written.
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|may|might|expect(?:s|ed)?|project(?:s|ed|ion|ions)|forecast(?:s|ed)?|plan(?:s|ned)?|"
    r"target(?:s|ed)?|aim(?:s|ed)?|goal|predict(?:s|ed|ions?)?|pledge(?:s|d)?|until|likely|outlook)\b",
    re.IGNORECASE,
)


def find_reader_date(article: Article, flag: str | None, today: date) -> tuple[str, AsOfSource]:
    """Return the reader's date and where it comes from: the flag, the article's date, its text, or today."""
    if flag:
        return flag, AsOfSource.FLAG
    if article.published:
        return article.published, AsOfSource.ARTICLE
    texts = (b.span.text for b in article.blocks if b.kind is not BlockKind.BOILERPLATE)
    year = latest_present_year(texts, today.year)
    if year is not None:
        return str(year), AsOfSource.TEXT
    return today.isoformat(), AsOfSource.TODAY


def latest_present_year(texts: Iterable[str], this_year: int) -> int | None:
    """Return the latest year up to ``this_year`` that ``texts`` speak of other than as the future, or ``None``."""
    years = [
        int(match.group())
        for text in texts
        for sentence in _SENTENCE.findall(text)
        if not _LOOKS_AHEAD.search(sentence)
        for match in _YEAR.finditer(sentence)
    ]
    return max((y for y in years if y <= this_year), default=None)
