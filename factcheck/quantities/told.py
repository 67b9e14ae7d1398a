"""Whether a passage tells what a claim says, word by word, and of which of its figures it tells it.

A word of the claim belongs to a figure of the passage where it stands in the figure's own clause, in one form or
another ("survives", "survival"), or before it and nothing of its kind takes its place there: in "Peru mined 5 tonnes of
zinc in 2021 and smelted 3", the country and the metal hold for the 3 as well, the mining does not. A word that the
passage lacks is what near misses are made of: silver for copper, doctors for nurses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.quantities.content import PURPOSE, Word
from factcheck.quantities.kinship import are_kin, is_light, same_word
from factcheck.quantities.lexicon import DOWN, LARGER, PERSONS, SMALLER, UP
from factcheck.quantities.parts import find_parts
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.scopes import GIVING, Scope, find_scopes, mind_parts
from factcheck.quantities.units import COUNT, DURATIONS, PERCENT, POINT, name_unit

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
_PEOPLE = frozenset("people person individual".split())
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
_OF_CHANGE = (
    UP
    | DOWN
    | LARGER
    | SMALLER
    | frozenset("large small big high low great start starting initial former".split())
    | frozenset("present previous original change slide".split())
)
_OF_BEFORE = frozenset("before previously earlier".split())
_NO_MEASURES = frozenset({COUNT, PERCENT, POINT}) | DURATIONS
_OWNERS = {"name": "owner", "subject": "owner"}


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

    @property
    def is_displaced(self) -> bool:
        """Whether any word of the claim has its place in the figure's clause taken by another, verbs included."""
        roles = {_OWNERS.get(word.role, word.role) for word in self.strange}
        return any(_OWNERS.get(word.role, word.role) in roles for word in self.lacking)

    def lacks(self, unit: str = "", *, changed: bool = False, earlier: bool = False) -> tuple[Word, ...]:
        """Return the lacking words that may matter.

        Left out are what the unit implies and, with ``changed``, what speaks of a change, with ``earlier`` of the time
        before it; verbs of having, where the
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
            and not (earlier and word.form in _OF_BEFORE)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What of a claim's meaning a passage has: the words it lacks altogether, and what each figure has of them."""

    wanted: int
    missing: tuple[Word, ...]
    held: Mapping[int, Held]


def hold_against(claim: Parsed, evidence: Parsed) -> Told:
    """Return which words of the claim the passage has, for each of its figures."""
    wanted = [
        word
        for word in claim.content
        if not is_light(word) and not _is_compared(word, claim.text) and not _is_unit(word)
    ]
    text, title = evidence.text.lower(), evidence.title.lower()
    places = {word: _find_places(word, evidence) for word in wanted}
    loose = {word for word in wanted if not places[word] and _stands_in(word, text, title, evidence)}
    yearly = {word for word in wanted if word.form in A_YEAR and word.role != "name"}
    missing = tuple(word for word in wanted if not places[word] and word not in loose)
    known = {other for found in places.values() for other in found}
    known |= {other for other in evidence.content if any(_says_same(word, other) for word in claim.content)}
    held = {}
    scopes = find_scopes(evidence)
    parts = find_parts(evidence)
    own = {scope.reading.start: scope.own for scope in scopes}
    for scope in (mind_parts(scope, parts, own) for scope in scopes):
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


def _says_same(word: Word, other: Word) -> bool:
    """Whether two words mean the same; an adjective does as a noun or verb only in one form ("gross" is no income)."""
    apart = (word.role == "other") != (other.role == "other")
    return are_kin(word.form, other.form) if apart else same_word(word, other)


def _is_unit(word: Word) -> bool:
    """Whether a noun only says by what is measured ("29 kroner a kilogram")."""
    return word.role == "object" and (name_unit(word.form) or COUNT) not in _NO_MEASURES


def _is_compared(word: Word, text: str) -> bool:
    """Whether an adjective only compares: "as high as"."""
    end = word.start + len(word.text)
    return word.role == "other" and text[: word.start].lower().endswith("as ") and text[end : end + 4].lower() == " as "


def _find_places(word: Word, evidence: Parsed) -> tuple[Word, ...]:
    """Return where the passage has a word, or, where it is of giving money and not there, any other word of giving."""
    found = tuple(other for other in evidence.content if _says_same(word, other))
    if not found and word.group in GIVING:
        found = tuple(other for other in evidence.content if other.group in GIVING)
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
