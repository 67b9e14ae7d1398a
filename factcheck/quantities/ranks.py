"""Places in a ranking: "third-largest provider" against "was fourth in the market".

Two places are compared only where the same owner has them in the same ranking: by size or result the same way round,
of the same field, of the world or of the same country. A place in a national ranking says nothing of one in the world.
"""

from __future__ import annotations

import re
from dataclasses import replace

from factcheck.quantities.align import Alignment, relate_days
from factcheck.quantities.content import Word
from factcheck.quantities.kinship import are_kin, is_light
from factcheck.quantities.lexicon import concept
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import RANK
from factcheck.types import Finding, FindingKind, Relation

SURE = 0.8
OTHER_MEASURE = "the ranking is by another measure"
NAME_LENGTH = 24  # within this many characters of the owner's name a word may be another part of it ("Okapi Cloud")
WORLD = "world"
_SUPERLATIVE = re.compile(r"[-\s](?:(?P<how>most|least)[-\s]+)?(?P<word>\w+)$", re.IGNORECASE)
# What is counted from the top, whatever the word; anything else must be the same word.
_TOP = frozenset("largest biggest greatest highest leading best top most".split())
_UNSAID = frozenset("placed place position spot ranked".split())
_PLACED_NEXT = re.compile(r"[-\s]placed\s+(?P<name>[A-Z][\w&.’'-]*)")
_RANKED_THINGS = frozenset("company firm business group player country nation economy brand place rank".split())
_AGENT = re.compile(r"(?:er|or)$")


def find_rank(claimed: Reading, claim: Parsed, evidence: Parsed) -> Finding | None:
    """Return how the claimed place stands to the one that the passage gives the same owner; ``None`` if it gives none.

    Where the passage gives the owner several places in fitting rankings nothing is said unless one agrees.
    """
    if claimed.mention is None or claimed.mention.quantity.unit != RANK:
        return None
    owner = _owner_of(claimed, claim)
    if not owner:
        return None
    hits = [item for item in evidence.numbers if _is_same(claimed, item, owner, claim, evidence)]
    values = {item.mention.quantity.value for item in hits if item.mention}
    if not hits or (len(values) > 1 and claimed.mention.quantity.value not in values):
        return None
    goal = claimed.mention.quantity.value
    best = next((item for item in hits if item.mention and item.mention.quantity.value == goal), hits[0])
    relation = Relation.MATCH if goal in values else Relation.CONFLICT
    left, right = _quote(claim, claimed), _quote(evidence, best)
    note = (
        f"“{right}” in the source agrees with “{left}” in the claim."
        if relation is Relation.MATCH
        else f"The claim says “{left}”, the source “{right}” in the same ranking."
    )
    return Finding(FindingKind.RANK, relation, left, right, note, SURE)


def _owner_of(claimed: Reading, claim: Parsed) -> tuple[Word, ...]:
    """Return the name that has the claimed place: the first one in its sentence, before the figure."""
    first, _ = claim.sentences[claimed.sentence]
    names = [
        word
        for word in claim.content
        if word.role == "name" and first <= word.start < claimed.start and not _is_place(word, claim)
    ]
    return tuple(names[:1])


def _is_place(word: Word, parsed: Parsed) -> bool:
    return word.group == WORLD or f"place:{word.name}" in parsed.names


def _is_same(claimed: Reading, found: Reading, owner: tuple[Word, ...], claim: Parsed, evidence: Parsed) -> bool:
    """Whether a figure of the passage is a place of the same owner in the same ranking."""
    is_rank = found.mention is not None and found.mention.quantity.unit == RANK
    return is_rank and not _part(claimed, found, owner, claim, evidence)


def _part(claimed: Reading, found: Reading, owner: tuple[Word, ...], claim: Parsed, evidence: Parsed) -> str:
    """Return what keeps two places apart: plan, time, owner, measure, region or field; "" where nothing does."""
    if found.projected != claimed.projected:
        return "one is a projection and the other is not"
    if relate_days(claimed.own_days or claimed.days, found.own_days or found.days) < 0:
        return "it is for another time"
    if not _has_owner(found, owner, evidence):
        return f"it is not the place of {owner[0].text}"
    if not _same_way(_quote(claim, claimed), _quote(evidence, found)):
        return OTHER_MEASURE
    here, there = _places_of(claim, claimed), _places_of(evidence, found)
    if (here or {WORLD}) != (there or here or {WORLD}):
        return "the ranking is of another part of the world"
    return "" if _is_of_field(claimed, found, owner, claim, evidence) else "other things are ranked, or in another way"


def bar_rank(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Alignment:
    """Return a figure barred where both are places, counted by measures that differ: largest, oldest."""
    units = {reading.mention.quantity.unit for reading in (claimed, item.reading) if reading.mention}
    if units != {RANK} or _same_way(_quote(claim, claimed), _quote(evidence, item.reading)):
        return item
    return replace(item, barred=True, reason=OTHER_MEASURE)


def explain_rank(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> str:
    """Return why a place in the passage is not compared with the one claimed; "" where one of them is no place."""
    units = {item.mention.quantity.unit for item in (claimed, found) if item.mention}
    if units != {RANK}:
        return ""
    owner = _owner_of(claimed, claim)
    if not owner:
        same = _same_way(_quote(claim, claimed), _quote(evidence, found))
        return "the claim does not say by name whose place it is" if same else OTHER_MEASURE
    return _part(claimed, found, owner, claim, evidence)


def _has_owner(found: Reading, owner: tuple[Word, ...], evidence: Parsed) -> bool:
    """Whether the nearest name before the figure, in its sentence, is the owner's and none behind it has the place."""
    if placed := _PLACED_NEXT.match(
        evidence.text, found.start + len(evidence.text[found.start : found.end].split("-")[0])
    ):
        return placed["name"].lower() == owner[0].text.lower()
    first, last = evidence.sentences[found.sentence]
    names = [
        word for word in evidence.content
        if word.role == "name" and first <= word.start < last and not _is_place(word, evidence)
    ]  # fmt: skip
    before = [word for word in names if word.start < found.start and word.text[0].isupper()]
    cut = max((edge for edge in evidence.breaks if edge <= found.start), default=first)
    own = [word for word in before if word.start >= cut] or before
    same = [word for word in own if word.name == owner[0].name]
    return bool(same) and all(_is_one_name(word, same[-1], evidence.text) for word in own)


def _is_one_name(left: Word, right: Word, text: str) -> bool:
    """Whether two words are parts of one name: nothing but capital letters between them."""
    first, last = sorted((left, right), key=lambda word: word.start)
    return all(part[0].isupper() for part in text[first.start : last.start].split())


def _same_way(left: str, right: str) -> bool:
    one, other = _way_of(left), _way_of(right)
    return one == other or not one or not other


def _way_of(words: str) -> str:
    """Return by what a place is counted: "top" where it is from the top, "" where that is not said."""
    match = _SUPERLATIVE.search(words)
    if match is None:
        return ""
    word = match["word"].lower()
    how = (match["how"] or "").lower()
    if word in _UNSAID:
        return ""
    if word in _TOP and how != "least":
        return "top"
    return f"{how} {concept(word)}".strip()


def _places_of(parsed: Parsed, reading: Reading) -> set[str]:
    """Return the places that the figure's sentence names: those that limit the ranking."""
    first, last = parsed.sentences[reading.sentence]
    return {
        WORLD if word.group == WORLD else word.name
        for word in parsed.content
        if first <= word.start < last and _is_place(word, parsed)
    }


def _is_of_field(claimed: Reading, found: Reading, owner: tuple[Word, ...], claim: Parsed, evidence: Parsed) -> bool:
    """Whether the passage has every word of the claim that says what is ranked, and no other measure to rank it by."""
    first, last = evidence.sentences[found.sentence]
    there = [word for word in evidence.content if first <= word.start < last]
    begin, end = claim.sentences[claimed.sentence]
    here = [word for word in claim.content if begin <= word.start < end]
    wanted = [
        word for word in here
        if not is_light(word) and not _is_place(word, claim) and not claimed.start <= word.start < claimed.end
        and not (word.role == "name" and abs(word.start - owner[0].start) < NAME_LENGTH) and not _is_ranker(word)
    ]  # fmt: skip
    if not all(any(are_kin(word.group, other.group) for other in there) for word in wanted):
        return False
    measures = [word for word in there if word.role == "by"]
    return all(any(are_kin(word.group, other.group) for other in here) for word in measures)


def _is_ranker(word: Word) -> bool:
    """Whether a noun only says that something is ranked: "provider", "maker", "company"."""
    return word.form in _RANKED_THINGS or (word.role in ("object", "subject") and bool(_AGENT.search(word.form)))


def _quote(parsed: Parsed, reading: Reading) -> str:
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]
