"""Findings about figures: one for each figure of the claim that has a counterpart, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.quantities.align import Alignment, align, relate_days
from factcheck.quantities.announce import CONFLICT_COEFFICIENTS, MATCH_COEFFICIENTS, is_denied, score, weigh
from factcheck.quantities.computed import LIKELY, Computed, compute, describe, find_clash
from factcheck.quantities.lexicon import FLOW_VERBS, concept
from factcheck.quantities.parts import find_joint_share
from factcheck.quantities.ranks import find_rank
from factcheck.quantities.readings import Parsed, Reading, Word
from factcheck.quantities.told import A_YEAR, Told, are_kin, hold_against
from factcheck.quantities.tolerance import compare_values
from factcheck.quantities.units import COUNT, PERCENT, POINT, RANK, RATIO
from factcheck.types import Finding, FindingKind, Relation

MATCH_FLOOR = 0.58
CONFLICT_FLOOR = 0.7
SWAP_MARGIN = 0.5
TOLD_SURE = 0.85
FEW_SENTENCES = 2
NEAR_MISS_WORDS = 2
PLAN = re.compile(
    r"\b(?:plan|expect|forecast|foresee|foresaw|project|predict|propos|target|aim|goal|intend|hope|want|promis|pledg"
    r"|schedul|demand|draft|due)\w*",
    re.IGNORECASE,
)
FORECAST = re.compile(r"\b(?:project(?:s|ed|ion|ions|ing)?|forecast\w*|predict\w*|estimat\w*)\b", re.IGNORECASE)
_IN_ALL = re.compile(
    r"\b(?:together|combined|altogether|in all|in total|between them|the rest|others?)\b", re.IGNORECASE
)
_POINTS = re.compile(r"\s+points?\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:of|among)\s+(?:(?:the|its|their|his|her|all|these|those)\s+)*$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|every|on average|per|a piece|apiece)\b", re.IGNORECASE)
_FLOWS = frozenset(concept(verb) for verb in FLOW_VERBS)
_GIVEN = re.compile(r"\b(?:the|its|his|her|their|our|these|those|both|all|of)\s+(?:(?:last|first|other)\s+)?$", re.I)


def find_numbers(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return one finding for each figure of the claim for which the passage has a figure of that unit."""
    if not claim.numbers or not evidence.numbers:
        return ()
    claim = _name_points(claim, evidence)
    told = hold_against(claim, evidence)
    candidates = [align(claimed, claim, evidence) for claimed in claim.numbers]
    relations = [
        [relate(claimed, item.reading) for item in items]
        for claimed, items in zip(claim.numbers, candidates, strict=True)
    ]
    agrees = [Relation.MATCH in row for row in relations]
    findings = []
    for index, claimed in enumerate(claim.numbers):
        others = agrees[:index] + agrees[index + 1 :]
        unmatched = 1 - sum(others) / len(others) if others else 0.0
        finding = _judge(claimed, candidates[index], relations[index], claim, evidence, unmatched, told)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


def _name_points(claim: Parsed, evidence: Parsed) -> Parsed:
    """Return a claim whose bare "points" are those of percentages, where the passage has some."""
    if not any(item.mention and item.mention.quantity.unit in (PERCENT, POINT) for item in evidence.numbers):
        return claim
    return replace(claim, numbers=tuple(_to_points(item, claim.text) for item in claim.numbers))


def _to_points(item: Reading, text: str) -> Reading:
    if item.mention is None or item.mention.quantity.unit != COUNT or not _POINTS.match(text, item.end):
        return item
    return replace(item, mention=replace(item.mention, quantity=replace(item.mention.quantity, unit=POINT)))


def relate(claimed: Reading, found: Reading) -> Relation:
    """Compare the values of two figures; a rise against a fall of any size is a conflict."""
    if claimed.mention is None or found.mention is None:
        return Relation.INCOMPARABLE
    if claimed.direction * found.direction < 0:
        return Relation.CONFLICT
    return compare_values(claimed.mention, found.mention)


def _judge(
    claimed: Reading,
    candidates: Sequence[Alignment],
    relations: Sequence[Relation],
    claim: Parsed,
    evidence: Parsed,
    unmatched: float,
    told: Told,
) -> Finding | None:
    """Decide on one figure: what agrees goes before what can be computed, and that before what differs."""
    if finding := find_rank(claimed, claim, evidence) or find_joint_share(claimed, claim, evidence):
        return finding
    ways = compute(claimed, claim, evidence)
    if finding := _judge_told(claimed, candidates, relations, ways, claim, evidence, unmatched, told):
        return finding
    hit = next((way for way in ways[:3] if way.relation is Relation.MATCH and way.probability >= LIKELY), None)
    if hit is not None and 0 < len(_lacks_of(hit, told, claimed)) <= NEAR_MISS_WORDS:
        hit = None
    computed = any(way.relation is Relation.MATCH for way in ways)
    agreeing = [item for item, relation in zip(candidates, relations, strict=True) if relation is Relation.MATCH]
    agreeing = [item for item in agreeing if not item.barred] or agreeing
    if agreeing and _is_anothers(agreeing[0], candidates[0], relations[0]):
        agreeing = []
    if agreeing:
        features = weigh(claimed, agreeing[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, MATCH_COEFFICIENTS)
        denied = is_denied(claimed, agreeing[0].reading, claim, evidence)
        if (
            sure >= MATCH_FLOOR
            and not agreeing[0].barred
            and not denied
            and not _is_near_miss(claimed, agreeing[0], told, evidence)
        ):
            return _finding(claimed, agreeing[0], Relation.MATCH, sure, claim, evidence)
        return _incomparable(claimed, _explain(agreeing[0], told), claim, evidence)
    if hit is not None and not is_denied(claimed, hit.made.a, claim, evidence):
        return describe(claimed, hit, claim, evidence)
    clash = find_clash(ways, claimed, claim)
    if (
        clash is not None
        and not _lacks_of(clash, told, claimed)
        and not is_denied(claimed, clash.made.a, claim, evidence)
    ):
        return describe(claimed, clash, claim, evidence)
    if not candidates:
        return None
    doubtful = candidates[0].barred or _may_be_derived(claimed, candidates[0].reading, claim, evidence)
    if relations[0] is Relation.CONFLICT and not doubtful and not _is_near_miss(claimed, candidates[0], told, evidence):
        features = weigh(claimed, candidates[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, CONFLICT_COEFFICIENTS)
        if sure >= CONFLICT_FLOOR and not is_denied(claimed, candidates[0].reading, claim, evidence):
            return _finding(claimed, candidates[0], Relation.CONFLICT, sure, claim, evidence)
    return _incomparable(claimed, candidates[0], claim, evidence)


def _judge_told(
    claimed: Reading,
    candidates: Sequence[Alignment],
    relations: Sequence[Relation],
    ways: Sequence[Computed],
    claim: Parsed,
    evidence: Parsed,
    unmatched: float,
    told: Told,
) -> Finding | None:
    """Decide on a figure of a claim whose every word the passage has: the figure with the claim's words is its own."""
    held = sorted(
        (
            (item, relation)
            for item, relation in zip(candidates, relations, strict=True)
            if not item.barred and _is_told(claimed, item, told) and _is_alike(claimed, item.reading, claim, evidence)
        ),
        key=lambda pair: -told.held[pair[0].reading.start].near,
    )
    for item, relation in held:
        if relation is Relation.MATCH:
            if unmatched:
                return None
            if is_denied(claimed, item.reading, claim, evidence):
                return _incomparable(claimed, item, claim, evidence)
            return _finding(claimed, item, Relation.MATCH, TOLD_SURE, claim, evidence)
    hit = next((way for way in ways[:3] if way.relation is Relation.MATCH and way.probability >= LIKELY), None)
    if hit is not None and not is_denied(claimed, hit.made.a, claim, evidence):
        return None if _lacks_of(hit, told, claimed) else describe(claimed, hit, claim, evidence)
    if held and not any(way.relation is Relation.MATCH for way in ways) and _is_single(held, told):
        best, relation = held[0]
        near = told.held[best.reading.start].near * 2 >= told.wanted or len(evidence.sentences) <= FEW_SENTENCES
        same = near and _counts_same(claimed, best.reading) and not _is_given(claimed, claim)
        if relation is Relation.CONFLICT and same and not _may_be_derived(claimed, best.reading, claim, evidence):
            if not is_denied(claimed, best.reading, claim, evidence):
                return _finding(claimed, best, Relation.CONFLICT, TOLD_SURE, claim, evidence)
    return None


def _lacks_of(way: Computed, told: Told, claimed: Reading) -> tuple[Word, ...]:
    """Return the words of the claim, but for words of change, that neither figure of a computation has."""
    units = [item.mention.quantity.unit for item in (claimed, way.made.a) if item.mention]
    if RATIO in units and PERCENT in units:
        units = [PERCENT]
    left = told.held[way.made.a.start].lacks(units[0], changed=True)
    right = set(told.held[way.made.b.start].lacks(units[0], changed=True))
    return tuple(word for word in left if word in right)


def _may_be_derived(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> bool:
    """Whether the claim may state what follows from the figure and a share, a change or a sum beside it."""
    unit = claimed.mention.quantity.unit if claimed.mention else ""
    if _IN_ALL.search(claim.text) or (_EACH.search(claim.text) and not _EACH.search(evidence.text)):
        return True
    if _is_whole(found, evidence) and not _is_whole(claimed, claim):
        return True
    if unit in (RATIO, PERCENT, POINT) or claimed.is_change:
        return False
    return any(
        other is not found and (other.is_change or (other.mention and other.mention.quantity.unit == RATIO))
        for other in evidence.numbers
        if other.sentence == found.sentence and abs(other.order - found.order) == 1
    )


def _is_whole(reading: Reading, parsed: Parsed) -> bool:
    """Whether a figure only says of how many another is a part: "a third of the 1,800 boats"."""
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return bool(_WHOLE.search(parsed.text[:begin]))


def _explain(item: Alignment, told: Told) -> Alignment:
    """Return a figure that is not barred with what of the claim it lacks as the reason."""
    lacking = told.held[item.reading.start].lacking
    if item.barred or not lacking:
        return item
    return replace(item, reason="it says nothing of " + ", ".join(f"“{word.text}”" for word in lacking[:3]))


def _is_told(claimed: Reading, item: Alignment, told: Told) -> bool:
    """Whether every word of the claim belongs to a figure."""
    unit = claimed.mention.quantity.unit if claimed.mention else ""
    return not told.held[item.reading.start].lacks(unit, changed=item.reading.is_change and claimed.is_change)


def _is_alike(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> bool:
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


def _is_near_miss(claimed: Reading, item: Alignment, told: Told, evidence: Parsed) -> bool:
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


def _is_single(held: Sequence[tuple[Alignment, Relation]], told: Told) -> bool:
    """Whether one figure has more of the claim's words in its own clause than any other of another value."""
    best = told.held[held[0][0].reading.start].near
    return all(told.held[item.reading.start].near < best for item, _ in held[1:])


def _is_given(claimed: Reading, claim: Parsed) -> bool:
    """Whether a figure only names a thing that the claim takes for granted: "the two sessions", "both of its 14"."""
    begin = claimed.mention.quantity.start if claimed.mention else claimed.start
    return bool(_GIVEN.search(claim.text[:begin]))


def _counts_same(claimed: Reading, found: Reading) -> bool:
    """Whether neither figure counts things that the other does not."""
    if claimed.mention is None or claimed.mention.quantity.unit != COUNT or not (claimed.head and found.head):
        return True
    return any(are_kin(left, right) for left in claimed.head for right in found.head)


def _is_anothers(agreeing: Alignment, best: Alignment, relation: Relation) -> bool:
    """Whether the figure that agrees is another's, and the one that is the claim's own differs: a swap."""
    if best.barred or relation is not Relation.CONFLICT:
        return False
    return agreeing.barred or best.probability - agreeing.probability >= SWAP_MARGIN


def _kind(reading: Reading) -> FindingKind:
    unit = reading.mention.quantity.unit if reading.mention else ""
    return FindingKind.RANK if unit == RANK else FindingKind.NUMBER


def quote(parsed: Parsed, reading: Reading) -> str:
    """Return a figure as it stands in its text, with its bound."""
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]


def _finding(
    claimed: Reading, item: Alignment, relation: Relation, sure: float, claim: Parsed, evidence: Parsed
) -> Finding:
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    of = claimed.mention.quantity.of if claimed.mention else ""
    what = f" ({of})" if of and of not in left else ""
    if relation is Relation.MATCH:
        note = f"“{right}” in the source agrees with “{left}”{what} in the claim."
    elif claimed.direction * item.reading.direction < 0:
        note = (
            f"The claim speaks of {_turn(claimed)} of “{left}”{what}, the source of {_turn(item.reading)} of “{right}”."
        )
    else:
        note = f"The claim says “{left}”{what}, the source “{right}”."
    if item.reading.projected and not claimed.projected:
        note = f"{note[:-1]}, as a projection."
    return Finding(_kind(claimed), relation, left, right, note, round(sure, 3))


def _turn(reading: Reading) -> str:
    return "a rise" if reading.direction > 0 else "a fall"


def _incomparable(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Finding:
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    note = f"“{right}” in the source cannot be compared with “{left}” in the claim: {item.reason}."
    return Finding(_kind(claimed), Relation.INCOMPARABLE, left, right, note, round(1 - item.probability, 3))
