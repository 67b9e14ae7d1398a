"""What a text says about each of its figures and dates, as plain values: what is measured, whose it is, when, and how.

They are read from the dependency parse by :mod:`factcheck.quantities.sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from factcheck.quantities.content import Word
from factcheck.quantities.dates import DateMention, find_dates
from factcheck.quantities.mention import Mention
from factcheck.quantities.parse import scan


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure or date in its sentence.

    ``context`` maps word groups to nearness in (0, 1]; ``owners`` names to nearness; ``head`` are the words counted and
    ``verb`` the verb that governs it; ``days`` the dates attached, the nearest first; ``direction`` is 1 for a rise, -1
    for a fall, 0 for a level; ``role`` is "old" or "new" where the wording tells the two ends of a change apart;
    ``tense`` that of its verb, "past", "present", "future" or ""; ``each`` tells that there is as much for each of
    several, ``whole`` that it only says of how many another is a part ("a third of the 1,800 boats"); ``segment`` holds
    the words between the nearest commas or conjunctions on either side, ``names`` and ``own_days`` the names and dates
    among them: whose figure it is and for when, where several stand in a sentence.
    """

    start: int
    end: int
    mention: Mention | None
    day: DateMention | None
    sentence: int
    context: Mapping[str, float]
    owners: Mapping[str, float]
    head: frozenset[str]
    verb: str
    days: tuple[DateMention, ...]
    direction: int
    projected: bool
    order: int
    role: str = ""
    segment: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    own_days: tuple[DateMention, ...] = ()
    tense: str = ""
    each: bool = False
    whole: bool = False

    @property
    def is_change(self) -> bool:
        """Whether the figure says by how much something rose or fell."""
        return self.direction != 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with the readings of its figures and dates, and every word group and name in it.

    ``tokens`` holds the content words in order: where each begins and its word group; ``names`` the names with their
    class ("place:china"); ``content`` the words of :class:`Word`, ``breaks`` where a comma or conjunction parts the
    text, ``joints`` where prepositions stand.
    """

    text: str
    numbers: tuple[Reading, ...]
    days: tuple[Reading, ...]
    words: frozenset[str]
    owners: frozenset[str]
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[tuple[int, str], ...] = ()
    names: frozenset[str] = frozenset()
    title: str = ""
    content: tuple[Word, ...] = ()
    breaks: tuple[int, ...] = ()
    joints: tuple[int, ...] = ()

    def speaks_of(self, name: str) -> bool:
        """Whether a name stands in the text or in the title of its document."""
        return name in self.owners or name in self.text.lower() or name in self.title.lower()


def has_figures(text: str) -> bool:
    """Whether a text holds a figure or a date."""
    return any(shape_of(text))


@lru_cache(maxsize=4096)  # a passage is found for many claims
def shape_of(text: str) -> tuple[bool, bool]:
    """Return whether a text holds figures and whether dates, found without parsing it."""
    return bool(scan(text)), bool(find_dates(text))
