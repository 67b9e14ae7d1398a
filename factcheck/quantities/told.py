"""Whether a passage tells what a claim says, word by word, and of which of its figures it tells it.

A word of the claim belongs to a figure of the passage where it stands in the figure's own clause, in one form or
another ("survives", "survival"), or before it and nothing of its kind takes its place there: in "Peru mined 5 tonnes of
zinc in 2021 and smelted 3", the country and the metal hold for the 3 as well, the mining does not. A word that the
passage lacks is what near misses are made of: silver for copper, doctors for nurses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from factcheck.quantities.lexicon import DOWN, UP
from factcheck.quantities.readings import Parsed, Reading, Word

# Words that join a figure to its thing, or compare it, and say nothing about what is measured.
_LIGHT = frozenset(
    """have be get come go take make do stand lie amount total number reach put account give see figure level size
    quantity remain keep stay show find report tell say accord state estimate know count include become call part
    average case time thing kind sort type place many much few more less most least several various other another same
    such own together combined altogether jointly each every all only just exactly almost nearly roughly some about
    approximately around even also still already yet then there here as so very quite overall worth value measure need
    describe exist over under above below up down again twice once""".split()
)
# What a unit says by itself: hectares are covered, kilograms weighed, megawatts delivered.
_IMPLIED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"square_|hectare|acre"), frozenset("cover area extend spread occupy stretch".split())),
    (re.compile(r"gram|ton|pound"), frozenset("weigh weight mass heavy".split())),
    (re.compile(r"watt$"), frozenset("output capacity deliver generate power supply rate".split())),
    (
        re.compile(r"^(?:second|minute|hour|day|week|month|year)$"),
        frozenset("take last time long spend age old".split()),
    ),
    (re.compile(r"^[A-Z]{3}$"), frozenset("cost price pay money spend charge".split())),
    (re.compile(r"^rank$"), frozenset("rank finish hold occupy position place spot".split())),
)
# Words of a change: what computes it from two levels need not name it.
_OF_CHANGE = UP | DOWN | frozenset("start starting initial former present previous original change slide".split())
_OWNERS = {"name": "owner", "subject": "owner"}
KIN_SHORTEST, KIN_LONGEST_TAIL = 4, 5


@lru_cache(maxsize=65536)
def are_kin(left: str, right: str) -> bool:
    """Whether two word groups are one, or forms of one word: the shorter begins the longer, but for its last letter."""
    if left == right:
        return True
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) < KIN_SHORTEST or len(long) - len(short) > KIN_LONGEST_TAIL:
        return False
    return long.startswith(short if len(short) == KIN_SHORTEST else short[:-1])


def same_word(left: Word, right: Word) -> bool:
    """Whether two words mean the same thing or name the same owner."""
    return left.name == right.name or are_kin(left.group, right.group)


@dataclass(frozen=True, slots=True)
class Scope:
    """The words of a figure's own clause, and those before it that may hold for it too."""

    reading: Reading
    own: tuple[Word, ...]
    before: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What one figure has of a claim: ``near`` of the words stand in its own clause, ``lacking`` do not belong to it.

    ``strange`` are the words of its clause that the claim does not have.
    """

    near: int
    lacking: tuple[Word, ...]
    strange: tuple[Word, ...]

    @property
    def is_swapped(self) -> bool:
        """Whether a thing or an owner stands in the figure's clause where the claim has another."""
        roles = {_OWNERS.get(word.role, word.role) for word in self.strange}
        return any(_OWNERS.get(word.role, word.role) in roles - {"verb", "other"} for word in self.lacking)

    def lacks(self, unit: str = "", *, changed: bool = False) -> tuple[Word, ...]:
        """Return the lacking words but those that the unit implies or, with ``changed``, that speak of a change."""
        implied = {word for pattern, words in _IMPLIED if pattern.search(unit) for word in words}
        return tuple(
            word for word in self.lacking if word.form not in implied and not (changed and word.form in _OF_CHANGE)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What of a claim's meaning a passage has: the words it lacks altogether, and what each figure has of them."""

    wanted: int
    missing: tuple[Word, ...]
    held: Mapping[int, Held]


def is_light(word: Word) -> bool:
    """Whether a word says nothing about what is measured or whose it is."""
    return word.form in _LIGHT and word.role != "name"


def hold_against(claim: Parsed, evidence: Parsed) -> Told:
    """Return which words of the claim the passage has, for each of its figures."""
    wanted = [word for word in claim.content if not is_light(word)]
    text, title = evidence.text.lower(), evidence.title.lower()
    places = {word: tuple(other for other in evidence.content if same_word(word, other)) for word in wanted}
    loose = {word for word in wanted if not places[word] and _stands_in(word, text, title, evidence)}
    missing = tuple(word for word in wanted if not places[word] and word not in loose)
    known = {other for found in places.values() for other in found}
    known |= {other for other in evidence.content if any(same_word(word, other) for word in claim.content)}
    held = {}
    for scope in find_scopes(evidence):
        strange = tuple(word for word in scope.own if word not in known and not is_light(word))
        roles = {word.role for word in strange} - {"other"}  # "the latter year" takes the place of no adjective
        lacking = tuple(
            word for word in wanted if places[word] and not any(_belongs(other, scope, roles) for other in places[word])
        )
        near = sum(1 for word in wanted if any(other in scope.own for other in places[word]))
        held[scope.reading.start] = Held(near, missing + lacking, strange)
    return Told(len(wanted), missing, held)


def _stands_in(word: Word, text: str, title: str, evidence: Parsed) -> bool:
    return word.name in evidence.owners or word.form in text or (word.role == "name" and word.name in title)


def _belongs(word: Word, scope: Scope, strange_roles: set[str]) -> bool:
    """Whether a word of the passage holds for the figure of a scope."""
    return word in scope.own or (word in scope.before and word.role not in strange_roles)


def find_scopes(evidence: Parsed) -> list[Scope]:
    """Return the scope of each figure of a passage."""
    starts = sorted(reading.mention.quantity.start for reading in evidence.numbers if reading.mention)
    edges = _find_edges(evidence, starts)
    out = []
    for reading in evidence.numbers:
        if reading.mention is None:
            continue
        at = reading.mention.quantity.start
        first, last = evidence.sentences[reading.sentence]
        begin, end = _widen(at, edges, starts, first, last, evidence)
        own = tuple(word for word in evidence.content if begin <= word.start < end)
        stretch = max((edge for edge in evidence.breaks if edge <= at), default=first)
        stop = min((edge for edge in evidence.breaks if edge > at), default=last)
        before = tuple(
            word
            for word in evidence.content
            if not begin <= word.start < end and (word.start < begin or stretch <= word.start < stop)
        )
        out.append(Scope(reading, own, before))
    return out


def _find_edges(evidence: Parsed, starts: Sequence[int]) -> list[int]:
    """Return where clauses begin: after commas and conjunctions, and at the preposition before a second figure."""
    edges = set(evidence.breaks)
    for left, right in pairwise(starts):
        if not any(left < edge <= right for edge in evidence.breaks):
            joint = max((place for place in evidence.joints if left < place < right), default=right)
            edges.add(joint)
    return sorted(edges)


def _widen(
    at: int, edges: Sequence[int], starts: Sequence[int], first: int, last: int, evidence: Parsed
) -> tuple[int, int]:
    """Return the stretch of a figure with the clauses beside it without figures: all before, verbless ones after."""
    inner = [edge for edge in edges if first < edge < last]
    pieces = list(zip([first, *inner], [*inner, last], strict=True))
    place = next((index for index, (low, high) in enumerate(pieces) if low <= at < high), len(pieces) - 1)
    low = high = place
    while low > 0 and not _has_figure(pieces[low - 1], starts):
        low -= 1
    while (
        high + 1 < len(pieces)
        and not _has_figure(pieces[high + 1], starts)
        and not _has_verb(pieces[high + 1], evidence)
    ):
        high += 1
    return pieces[low][0], pieces[high][1]


def _has_figure(piece: tuple[int, int], starts: Sequence[int]) -> bool:
    return any(piece[0] <= start < piece[1] for start in starts)


def _has_verb(piece: tuple[int, int], evidence: Parsed) -> bool:
    return any(piece[0] <= word.start < piece[1] and word.role == "verb" for word in evidence.content)
