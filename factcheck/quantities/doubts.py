"""What speaks against announcing anything from a figure: it may be derived, planned, another's, or of another thing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from factcheck.quantities.align import PEOPLE_GROUP, PERSON_GROUPS, Alignment, relate_days
from factcheck.quantities.computed import Computed
from factcheck.quantities.content import Word
from factcheck.quantities.kinship import are_kin
from factcheck.quantities.lexicon import FLOW_VERBS, concept
from factcheck.quantities.operations import Operation
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.told import A_YEAR, Told
from factcheck.quantities.units import COUNT, PERCENT, POINT, RATIO
from factcheck.types import Relation

SWAP_MARGIN = 0.5
NEAR_MISS_WORDS = 2
MOSTLY = 0.5
PLAN = re.compile(
    r"\b(?:plan(?!t)|expect|forecast|foresee|foresaw|project|predict|propos|target|aim|goal|intend|hope|want|promis|pledg"
    r"|schedul|demand|draft|due)\w*",
    re.IGNORECASE,
)
FORECAST = re.compile(r"\b(?:project(?:s|ed|ion|ions|ing)?|forecast\w*|predict\w*|estimat\w*)\b", re.IGNORECASE)
_IN_ALL = re.compile(
    r"\b(?:together|combined|altogether|in all|in total|between them|the rest|others?)\b", re.IGNORECASE
)
_EACH = re.compile(r"\b(?:each|every|on average|per|a piece|apiece)\b", re.IGNORECASE)
_FLOWS = frozenset(concept(verb) for verb in FLOW_VERBS)
_GIVEN = re.compile(r"\b(?:the|its|his|her|their|our|these|those|both|all|of)\s+(?:(?:last|first|other)\s+)?$", re.I)


def lacks_of(way: Computed, told: Told, claimed: Reading) -> tuple[Word, ...]:
    """Return the words of the claim, but for words of change, that neither figure of a computation has."""
    units = [item.mention.quantity.unit for item in (claimed, way.made.a) if item.mention]
    if RATIO in units and PERCENT in units:
        units = [PERCENT]
    earlier = way.made.operation is Operation.BEFORE
    left = told.held[way.made.a.start].lacks(units[0], changed=True, earlier=earlier)
    right = set(told.held[way.made.b.start].lacks(units[0], changed=True, earlier=earlier))
    return tuple(word for word in left if word in right)


def is_near_computed(hit: Computed, ways: Sequence[Computed], told: Told, claimed: Reading) -> bool:
    """Whether a computation that agrees may be of another thing: the claim has a word or two that it has not.

    Not so where no name is among them and most of the weight of all ways to compute the figure is on ways that agree:
    of 600 pairs that were looked at 6 such are supported and 2 open, of 600 others 5 and 1.
    """
    lacking = lacks_of(hit, told, claimed)
    if not 0 < len(lacking) <= NEAR_MISS_WORDS:
        return False
    agreeing = math.fsum(way.probability for way in ways if way.relation is Relation.MATCH)
    return agreeing < MOSTLY or any(word.role == "name" for word in lacking)


def may_be_derived(
    claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed, ways: Sequence[Computed] = ()
) -> bool:
    """Whether the claim may state what follows from the figure and a share, a change or a sum beside it.

    Not so where all ``ways`` to compute it were tried and each contradicts the claim.
    """
    unit = claimed.mention.quantity.unit if claimed.mention else ""
    if _IN_ALL.search(claim.text) or (_EACH.search(claim.text) and not _EACH.search(evidence.text)):
        return True
    tried = bool(ways) and all(way.relation is Relation.CONFLICT for way in ways)
    if found.whole and not claimed.whole and not tried:
        return True
    if unit in (RATIO, PERCENT, POINT) or claimed.is_change:
        return False
    if tried:
        return False
    return any(
        other is not found and (other.is_change or (other.mention and other.mention.quantity.unit == RATIO))
        for other in evidence.numbers
        if other.sentence == found.sentence and abs(other.order - found.order) == 1
    )


def is_told(claimed: Reading, item: Alignment, told: Told) -> bool:
    """Whether every word of the claim belongs to a figure."""
    unit = claimed.mention.quantity.unit if claimed.mention else ""
    return not told.held[item.reading.start].lacks(unit, changed=item.reading.is_change and claimed.is_change)


def is_alike(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> bool:
    """Whether both figures are levels or both changes, and both measured or both planned."""
    if claimed.is_change != found.is_change or (found.verb in _FLOWS) != (claimed.verb in _FLOWS):
        return False
    return not found.projected or bool(PLAN.search(claim.text)) or _is_forecast_of(claimed, found, evidence)


def _is_forecast_of(claimed: Reading, found: Reading, evidence: Parsed) -> bool:
    """Whether a figure is the forecast for the very time of which the claim says that it is so, in the present.

    What was is not told by a forecast, and what will be not by a wish or a plan.
    """
    first, last = evidence.sentences[found.sentence]
    same = relate_days(claimed.own_days or claimed.days, found.own_days or found.days) > 0
    return same and claimed.tense == "present" and bool(FORECAST.search(evidence.text[first:last]))


def is_near_miss(claimed: Reading, item: Alignment, told: Told, evidence: Parsed) -> bool:
    """Whether a passage says of another thing, owner or length of time what the claim says, or only plans it."""
    held = told.held[item.reading.start]
    lacking = held.lacks(claimed.mention.quantity.unit if claimed.mention else "")
    few = 0 < len(lacking) <= NEAR_MISS_WORDS and all(word.role != "verb" for word in lacking)
    elsewhere = bool(lacking) and not told.missing
    first, last = evidence.sentences[item.reading.sentence]
    wished = claimed.tense == "future" and bool(
        PLAN.search(evidence.text[first:last])
    )  # what will be is not told by it
    planned = (
        item.reading.projected
        and (wished or not claimed.projected)
        and not _is_forecast_of(claimed, item.reading, evidence)
    )
    rated = any(word.form in A_YEAR and word.role != "name" for word in lacking)
    return elsewhere or (few and held.is_swapped) or planned or rated


def is_single(held: Sequence[tuple[Alignment, Relation]], told: Told) -> bool:
    """Whether one figure has more of the claim's words in its own clause than any other of another value."""
    best = told.held[held[0][0].reading.start].near
    return all(told.held[item.reading.start].near < best for item, _ in held[1:])


def is_given(claimed: Reading, claim: Parsed) -> bool:
    """Whether a figure only names a thing that the claim takes for granted: "the two sessions", "both of its 14"."""
    begin = claimed.mention.quantity.start if claimed.mention else claimed.start
    return bool(_GIVEN.search(claim.text[:begin]))


def counts_same(claimed: Reading, found: Reading) -> bool:
    """Whether neither figure counts things that the other does not."""
    if claimed.mention is None or claimed.mention.quantity.unit != COUNT or not (claimed.head and found.head):
        return True
    for one, other in ((claimed.head, found.head), (found.head, claimed.head)):
        if one <= PEOPLE_GROUP and other & PERSON_GROUPS:
            return True
    return any(are_kin(left, right) for left in claimed.head for right in found.head)


def is_anothers(agreeing: Alignment, best: Alignment, relation: Relation) -> bool:
    """Whether the figure that agrees is another's, and the one that is the claim's own differs: a swap."""
    if best.barred or relation is not Relation.CONFLICT:
        return False
    return agreeing.barred or best.probability - agreeing.probability >= SWAP_MARGIN
