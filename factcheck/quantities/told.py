"""Whether a passage tells what a claim says, word by word, and of which of its figures it tells it.

A word of the claim belongs to a figure of the passage where it stands in the figure's own clause, in one form or
another ("survives", "survival"), or before it and nothing of its kind takes its place there: in "Peru mined 5 tonnes of
zinc in 2021 and smelted 3", the country and the metal hold for the 3 as well, the mining does not. A word that the
passage lacks is what near misses are made of: silver for copper, doctors for nurses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from factcheck.quantities.lexicon import DOWN, PERSONS, UP, concept
from factcheck.quantities.parts import find_parts
from factcheck.quantities.readings import PURPOSE, Parsed, Reading, Word

# Words that join a figure to its thing, or compare it, and say nothing about what is measured.
_LIGHT = frozenset(
    """have be get come go take make do stand lie amount total number reach put account give see figure level size
    quantity remain keep stay show find report tell say accord state estimate know count include become call part
    average case time thing kind sort type place many much few more less most least several various other another same
    such own together combined altogether jointly each every all only just exactly almost nearly roughly some about
    approximately around even also still already yet then there here as so very quite overall worth value measure need
    describe exist over under above below up down again twice once today nowadays currently""".split()
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
    (
        re.compile(r"^(?:percent|percentage_point|ratio)$"),
        frozenset("rate share proportion percentage portion point".split()),
    ),
    (re.compile(r"meter$|^mile$|^foot$|light_year"), frozenset("away distance far".split())),
    (re.compile(r"^rank$"), frozenset("rank finish hold occupy position place spot".split())),
)
# Verbs of having and being there: not demanded of a clause that has no other verb, as in a list ("Kenya 47").
_HAVING = frozenset(
    """operate own hold host house contain possess feature boast comprise consist run employ exist live receive obtain
    maintain home""".split()
)
# Giving money, and what is given: kin to each other where the passage lacks the word itself.
_GIVING = frozenset(
    concept(word)
    for word in """provide appropriate allocate grant earmark authorise authorize fund commit invest spend award donate
    subsidise subsidize subsidy funding investment appropriation allocation commitment""".split()
) | {"give"}
_PEOPLE = frozenset("people person individual".split())
_SAYING = frozenset("say report tell announce state estimate note add warn write claim find show".split())
A_YEAR = frozenset("annually annual yearly year".split())
_YEARLY = re.compile(r"\b(?:per|a|an|each|every) year\b|\bannual(?:ly)?\b|\byearly\b|\bper annum\b", re.IGNORECASE)
_YEAR_DAYS = 364
# Judgements, which no source need share.
_JUDGING = frozenset(
    """impressive impressively massive massively huge remarkable remarkably staggering strong strongly rapid rapidly
    major leading key significant significantly substantial substantially dramatic dramatically striking strikingly
    notable notably vast enormous whopping mere merely considerable considerably sizeable impressive unprecedented
    astonishing successfully simply truly fully easily currently largely mainly roughly actually really indeed
    alone""".split()
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
    return left.name == right.name or are_kin(left.group, right.group) or are_kin(left.form, right.form)


@dataclass(frozen=True, slots=True)
class Scope:
    """The words of a figure's own clause, and those before it that may hold for it too."""

    reading: Reading
    own: tuple[Word, ...]
    before: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What one figure has of a claim: ``near`` of the words stand in its own clause, ``lacking`` do not belong to it.

    ``strange`` are the words of its clause that the claim does not have; ``is_of_persons`` tells that it counts some.
    """

    near: int
    lacking: tuple[Word, ...]
    strange: tuple[Word, ...]
    is_of_persons: bool = False

    @property
    def is_swapped(self) -> bool:
        """Whether a thing or an owner stands in the figure's clause where the claim has another."""
        roles = {_OWNERS.get(word.role, word.role) for word in self.strange}
        return any(_OWNERS.get(word.role, word.role) in roles - {"verb", "other"} for word in self.lacking)

    def lacks(self, unit: str = "", *, changed: bool = False) -> tuple[Word, ...]:
        """Return the lacking words that may matter.

        Left out are what the unit implies and, with ``changed``, what speaks of a change; verbs of having, where the
        clause has no verb of its own; judgements, and what the thing is for.
        """
        implied = {word for pattern, words in _IMPLIED if pattern.search(unit) for word in words}
        if all(word.role != "verb" for word in self.strange):
            implied |= _HAVING
        if self.is_of_persons:
            implied |= _PEOPLE
        return tuple(
            word
            for word in self.lacking
            if word.form not in implied
            and word.role != PURPOSE
            and not (word.role == "other" and word.form in _JUDGING)
            and not (changed and word.form in _OF_CHANGE)
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
    wanted = [word for word in claim.content if not is_light(word) and not _is_compared(word, claim.text)]
    text, title = evidence.text.lower(), evidence.title.lower()
    places = {word: _find_places(word, evidence) for word in wanted}
    loose = {word for word in wanted if not places[word] and _stands_in(word, text, title, evidence)}
    yearly = {word for word in wanted if word.form in A_YEAR and word.role != "name"}
    missing = tuple(word for word in wanted if not places[word] and word not in loose)
    known = {other for found in places.values() for other in found}
    known |= {other for other in evidence.content if any(same_word(word, other) for word in claim.content)}
    held = {}
    scopes = find_scopes(evidence)
    parts = find_parts(evidence)
    own = {scope.reading.start: scope.own for scope in scopes}
    for scope in (_mind_parts(scope, parts, own) for scope in scopes):
        strange = tuple(word for word in scope.own if word not in known and not is_light(word))
        roles = {word.role for word in strange} - {"other"}  # "the latter year" takes the place of no adjective
        lacking = tuple(
            word for word in wanted if places[word] and not any(_belongs(other, scope, roles) for other in places[word])
        )
        if yearly and _is_yearly(scope.reading, evidence):
            lacking = tuple(word for word in lacking if word not in yearly)
        near = sum(1 for word in wanted if any(other in scope.own for other in places[word]))
        gone = missing if not yearly or not _is_yearly(scope.reading, evidence) else _without(missing, yearly)
        held[scope.reading.start] = Held(near, gone + lacking, strange, any(word.form in PERSONS for word in scope.own))
    return Told(len(wanted), missing, held)


def _is_compared(word: Word, text: str) -> bool:
    """Whether an adjective only compares: "as high as"."""
    end = word.start + len(word.text)
    return word.role == "other" and text[: word.start].lower().endswith("as ") and text[end : end + 4].lower() == " as "


def _mind_parts(scope: Scope, parts: Mapping[int, tuple[int, ...]], own: Mapping[int, tuple[Word, ...]]) -> Scope:
    """Return a scope without what is said of other parts of the same total, and a total with the words of giving.

    "52 billion: 39 billion in subsidies and 13 billion for research" is 52 billion in subsidies as one speaks of money,
    but the 13 billion are none.
    """
    start = scope.reading.start
    given = tuple(
        word for part in parts.get(start, ()) for word in own[part] if word.group in _GIVING and word.role != "verb"
    )
    others = {
        word
        for total, siblings in parts.items()
        if start in siblings
        for sibling in siblings
        if sibling != start
        for word in own[sibling]
        if word not in own[start]
    }
    before = tuple(word for word in scope.before if word not in others)
    return replace(scope, own=(*scope.own, *(word for word in given if word not in scope.own)), before=before)


def _find_places(word: Word, evidence: Parsed) -> tuple[Word, ...]:
    """Return where the passage has a word, or, where it is of giving money and not there, any other word of giving."""
    found = tuple(other for other in evidence.content if same_word(word, other))
    if not found and word.group in _GIVING:
        found = tuple(other for other in evidence.content if other.group in _GIVING)
    return found


def _without(words: tuple[Word, ...], taken: set[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if word not in taken)


def _is_yearly(reading: Reading, evidence: Parsed) -> bool:
    """Whether a figure is one for a year, or of a single whole year."""
    if reading.mention is not None and reading.mention.per in ("year", "annually", "yearly"):
        return True
    first, last = evidence.sentences[reading.sentence]
    if _YEARLY.search(evidence.text[first:last]):
        return True
    days = reading.own_days or reading.days[:1]
    return any(day.first and day.last and (day.last - day.first).days in (_YEAR_DAYS, _YEAR_DAYS + 1) for day in days)


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
        acts = any(word.role == "verb" and not is_light(word) for word in own)
        behind = next((start for start in starts if start < begin), len(evidence.text)) if acts else len(evidence.text)
        before = tuple(
            word
            for word in evidence.content
            if not begin <= word.start < end
            and (word.start < begin or stretch <= word.start < stop)
            and not (word.role == "name" and word.start > behind)  # where another deed was done
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
    return any(
        piece[0] <= word.start < piece[1] and word.role == "verb" and word.form not in _SAYING
        for word in evidence.content
    )
