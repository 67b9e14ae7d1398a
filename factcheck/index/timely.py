"""Later words on the same matter: passages of the time that a claim is about, beside the nearest by text.

A figure that is measured every year fills the first places with old years that happen to read most like the claim. So
where none of the first passages is of the claim's time, what they have in common is looked for once more among passages
of that time alone. This is pseudo-relevance feedback (Lavrenko and Croft 2001) on words, held to a window of dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from factcheck.index.words import query_words

HEAD = 3
"""Passages looked at, and left where they are; the timely ones come right behind."""

PLACES = 2
LEAST_LIKENESS = 0.7
"""Cosine of a timely passage to one of the first: the same measure of other years has 0.75 and more; what merely shares
words with it stays under 0.65."""

WINDOW_MONTHS = 12
_MONTH_NAMES = frozenset(
    "january february march april may june july august september october november december".split()
)


def month_window(day: str) -> tuple[str, str]:
    """Return the months that count as the time of a date: a year to either side of it, of its middle for a year."""
    year, month = int(day[:4]), int(day[5:7]) if len(day) >= 7 else 7
    place = year * 12 + month - 1
    return _write_month(place - WINDOW_MONTHS), _write_month(place + WINDOW_MONTHS)


def is_timely(months: Sequence[str | None], window: tuple[str, str]) -> bool:
    """Say whether any of the months lies in the window."""
    return any(month is not None and window[0] <= month <= window[1] for month in months)


def find_shared_words(query: str, texts: Sequence[str]) -> list[str]:
    """Return the words of a query and those that two of the texts share, without figures and months."""
    counts = Counter(word for text in texts for word in set(query_words(text)))
    shared = sorted(word for word, count in counts.items() if count >= 2)
    words = dict.fromkeys([*query_words(query), *shared])
    return [word for word in words if not word[0].isdigit() and word not in _MONTH_NAMES]


def insert_timely(ranked: Sequence[int], timely: Sequence[int]) -> list[int]:
    """Return the keys with the timely ones that are not among the first yet put right behind these."""
    head = list(ranked[:HEAD])
    added = [key for key in timely if key not in head][:PLACES]
    return [*head, *added, *(key for key in ranked[HEAD:] if key not in added)]


def _write_month(place: int) -> str:
    return f"{place // 12:04}-{place % 12 + 1:02}"
