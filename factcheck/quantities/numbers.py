"""Findings about figures: one for each figure of the claim that has a counterpart, or a reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.quantities.align import Alignment, align
from factcheck.quantities.announce import CONFLICT_COEFFICIENTS, MATCH_COEFFICIENTS, is_denied, score, weigh
from factcheck.quantities.coins import name_currency
from factcheck.quantities.computed import Computed, compute, describe, find_clash, find_hit
from factcheck.quantities.doubts import (
    counts_same,
    is_alike,
    is_anothers,
    is_given,
    is_near_computed,
    is_near_miss,
    is_single,
    is_told,
    lacks_of,
    may_be_derived,
)
from factcheck.quantities.notes import describe_figures, describe_incomparable, explain_lack
from factcheck.quantities.operations import Operation
from factcheck.quantities.parts import find_joint_share
from factcheck.quantities.ranks import bar_rank, find_rank
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.remainder import find_remainder
from factcheck.quantities.told import Told, hold_against
from factcheck.quantities.tolerance import compare_values, is_far_below_bound
from factcheck.quantities.units import COUNT, DURATIONS, PERCENT, POINT, RATIO, is_money
from factcheck.types import Finding, Relation

MATCH_FLOOR = 0.58
CONFLICT_FLOOR = 0.7
TOLD_SURE = 0.85
FEW_SENTENCES = 2
_POINTS = re.compile(r"\s+points?\b", re.IGNORECASE)


def find_numbers(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return one finding for each figure of the claim for which the passage has a figure of that unit."""
    if not claim.numbers or not evidence.numbers:
        return ()
    claim = _name_units(claim, evidence)
    told = hold_against(claim, evidence)
    candidates = [
        [bar_rank(claimed, item, claim, evidence) for item in align(claimed, claim, evidence)]
        for claimed in claim.numbers
    ]
    relations = [
        [relate(claimed, item.reading) for item in items]
        for claimed, items in zip(claim.numbers, candidates, strict=True)
    ]
    agrees = [Relation.MATCH in row for row in relations]
    findings: list[Finding | None] = []
    for index, claimed in enumerate(claim.numbers):
        others = agrees[:index] + agrees[index + 1 :]
        unmatched = 1 - sum(others) / len(others) if others else 0.0
        own = _tell_apart(claimed, claim, evidence) or told
        finding = _judge(claimed, candidates[index], relations[index], claim, evidence, unmatched, own)
        findings.append(finding)
    return tuple(item for item in _mind_lengths(claim, findings) if item is not None)


def _tell_apart(claimed: Reading, claim: Parsed, evidence: Parsed) -> Told | None:
    """Return what the passage tells of a figure that the claim goes on to compare with another's, by a multiple.

    In "109 logs in Togo, three times as many as in Benin" Benin is no word of the 109.
    """
    after = next((item for item in claim.numbers if item.start > claimed.end), None)
    if after is None or after.mention is None or after.mention.quantity.unit != RATIO:
        return None
    edge = max((place for place in claim.breaks if claimed.end <= place < after.start), default=None)
    if edge is None or after.mention.quantity.value < 1 or after.sentence != claimed.sentence:
        return None
    own = tuple(word for word in claim.content if word.start < edge)
    return hold_against(replace(claim, content=own), evidence)


def _mind_lengths(claim: Parsed, findings: Sequence[Finding | None]) -> list[Finding | None]:
    """Return the findings without a match of a mere length of time or age where another figure of the claim is open.

    "in patients under 60" says of whom the claim speaks and not what it says of them.
    """
    agrees = [item is not None and item.relation is Relation.MATCH for item in findings]
    if not any(agrees) or all(agrees):
        return list(findings)
    lengths = [number.mention is not None and number.mention.quantity.unit in DURATIONS for number in claim.numbers]
    if any(agree and not length for agree, length in zip(agrees, lengths, strict=True)) or all(lengths):
        return list(findings)
    return [item if not agree else None for item, agree in zip(findings, agrees, strict=True)]


def _name_units(claim: Parsed, evidence: Parsed) -> Parsed:
    """Return a claim whose bare "points" are those of percentages, and whose cents are of the passage's currency."""
    units = {item.mention.quantity.unit for item in evidence.numbers if item.mention}
    numbers = claim.numbers
    if units & {PERCENT, POINT}:
        numbers = tuple(_to_points(item, claim.text) for item in numbers)
    money = frozenset(unit for unit in units if is_money(unit))
    numbers = tuple(
        replace(item, mention=name_currency(item.mention, claim.text, money)) if item.mention else item
        for item in numbers
    )
    return replace(claim, numbers=numbers)


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
    relation = compare_values(claimed.mention, found.mention)
    if relation is Relation.MATCH and is_far_below_bound(claimed.mention, found.mention):
        return Relation.INCOMPARABLE
    return relation


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
    if finding := _find_plain(claimed, claim, evidence):
        return finding
    ways = compute(claimed, claim, evidence)
    if finding := _judge_told(claimed, candidates, relations, ways, claim, evidence, unmatched, told):
        return finding
    hit = find_hit(ways, claimed)
    if hit is not None and is_near_computed(hit, ways, told, claimed):
        hit = None
    computed = any(way.relation is Relation.MATCH for way in ways)
    agreeing = [item for item, relation in zip(candidates, relations, strict=True) if relation is Relation.MATCH]
    agreeing = [item for item in agreeing if not item.barred] or agreeing
    if agreeing and is_anothers(agreeing[0], candidates[0], relations[0]):
        agreeing = []
    if agreeing:
        features = weigh(claimed, agreeing[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, MATCH_COEFFICIENTS)
        denied = is_denied(claimed, agreeing[0].reading, claim, evidence)
        if (
            sure >= MATCH_FLOOR
            and not agreeing[0].barred
            and not denied
            and not is_near_miss(claimed, agreeing[0], told, evidence)
        ):
            return describe_figures(claimed, agreeing[0], Relation.MATCH, sure, claim, evidence)
        return describe_incomparable(claimed, explain_lack(agreeing[0], told), claim, evidence)
    if hit is not None and not _is_denied_way(claimed, hit, claim, evidence):
        return describe(claimed, hit, claim, evidence)
    clash = find_clash(ways, claimed, claim)
    if (
        clash is not None
        and not lacks_of(clash, told, claimed)
        and not is_denied(claimed, clash.made.a, claim, evidence)
    ):
        return describe(claimed, clash, claim, evidence)
    if not candidates:
        return None
    doubtful = candidates[0].barred or may_be_derived(claimed, candidates[0].reading, claim, evidence, ways)
    if relations[0] is Relation.CONFLICT and not doubtful and not is_near_miss(claimed, candidates[0], told, evidence):
        features = weigh(claimed, candidates[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, CONFLICT_COEFFICIENTS)
        if sure >= CONFLICT_FLOOR and not is_denied(claimed, candidates[0].reading, claim, evidence):
            return describe_figures(claimed, candidates[0], Relation.CONFLICT, sure, claim, evidence)
    return describe_incomparable(claimed, candidates[0], claim, evidence)


def _is_denied_way(claimed: Reading, way: Computed, claim: Parsed, evidence: Parsed) -> bool:
    """Whether one side denies what the other states of a computed figure; what a share leaves is of what is not so."""
    return way.made.operation is not Operation.REST and is_denied(claimed, way.made.a, claim, evidence)


def _find_plain(claimed: Reading, claim: Parsed, evidence: Parsed) -> Finding | None:
    """Return what a rule for a certain wording says: places in a ranking, parts of a total, what is left of it."""
    rules = (find_rank, find_joint_share, find_remainder)
    return next((finding for rule in rules if (finding := rule(claimed, claim, evidence))), None)


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
            if not item.barred and is_told(claimed, item, told) and is_alike(claimed, item.reading, claim, evidence)
        ),
        key=lambda pair: -told.held[pair[0].reading.start].near,
    )
    for item, relation in held:
        if relation is Relation.MATCH and counts_same(claimed, item.reading):
            if unmatched:
                return None
            if is_denied(claimed, item.reading, claim, evidence):
                return describe_incomparable(claimed, item, claim, evidence)
            return describe_figures(claimed, item, Relation.MATCH, TOLD_SURE, claim, evidence)
    hit = find_hit(ways, claimed)
    if hit is not None and not _is_denied_way(claimed, hit, claim, evidence):
        return None if lacks_of(hit, told, claimed) else describe(claimed, hit, claim, evidence)
    agreed = [item for item, relation in zip(candidates, relations, strict=True) if relation is Relation.MATCH]
    agreed = [item for item in agreed if item.reading.is_change == claimed.is_change]
    if any(not item.barred and not told.held[item.reading.start].is_displaced for item in agreed):
        return None  # the passage has the claimed figure, and nothing says that it is another's
    if held and not any(way.relation is Relation.MATCH for way in ways) and is_single(held, told):
        best, relation = held[0]
        near = told.held[best.reading.start].near * 2 >= told.wanted or len(evidence.sentences) <= FEW_SENTENCES
        same = near and counts_same(claimed, best.reading) and not is_given(claimed, claim)
        if relation is Relation.CONFLICT and same and not may_be_derived(claimed, best.reading, claim, evidence, ways):
            if not is_denied(claimed, best.reading, claim, evidence):
                return describe_figures(claimed, best, Relation.CONFLICT, TOLD_SURE, claim, evidence)
    return None
