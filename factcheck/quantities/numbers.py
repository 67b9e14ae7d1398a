"""Findings about figures: one for each figure of the claim that has a counterpart, or a reason why it has none."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.quantities.align import Alignment, align
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_values
from factcheck.quantities.units import RANK
from factcheck.types import Finding, FindingKind, Relation

MATCH_FLOOR = 0.35  # the value agrees, which itself speaks for the same thing
CONFLICT_FLOOR = 0.75
RIVAL_MARGIN = 0.15  # how much likelier the conflicting figure must be than the next


def find_numbers(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return one finding for each figure of the claim for which the passage has a figure of that unit."""
    findings = []
    for claimed in claim.numbers:
        candidates = align(claimed, claim, evidence)
        if candidates:
            findings.append(judge(claimed, candidates, claim, evidence))
    return tuple(findings)


def judge(claimed: Reading, candidates: Sequence[Alignment], claim: Parsed, evidence: Parsed) -> Finding:
    """Decide what the aligned figures say: a match, a conflict, or that nothing can be compared and why."""
    relations = [_relate(claimed, item.reading) for item in candidates]
    agreeing = [item for item, relation in zip(candidates, relations, strict=True) if relation is Relation.MATCH]
    best = candidates[0]
    if agreeing:
        item = agreeing[0]
        if item.probability >= MATCH_FLOOR and item.probability >= best.probability - 0.3:
            return _finding(claimed, item.reading, Relation.MATCH, claim, evidence, "agrees with")
        if relations[0] is not Relation.CONFLICT or best.probability < CONFLICT_FLOOR:
            return _incomparable(claimed, item, claim, evidence)
    second = candidates[1].probability if len(candidates) > 1 else 0.0
    clear = best.probability >= CONFLICT_FLOOR and best.probability - second >= RIVAL_MARGIN
    if relations[0] is Relation.CONFLICT and clear:
        return _finding(claimed, best.reading, Relation.CONFLICT, claim, evidence, "contradicts")
    return _incomparable(claimed, best, claim, evidence)


def _relate(claimed: Reading, found: Reading) -> Relation:
    if claimed.mention is None or found.mention is None:
        return Relation.INCOMPARABLE
    if claimed.direction * found.direction < 0:
        return Relation.CONFLICT
    return compare_values(claimed.mention, found.mention)


def _kind(reading: Reading) -> FindingKind:
    unit = reading.mention.quantity.unit if reading.mention else ""
    return FindingKind.RANK if unit == RANK else FindingKind.NUMBER


def quote(parsed: Parsed, reading: Reading) -> str:
    """Return a figure as it stands in its text, with its bound."""
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]


def _finding(
    claimed: Reading, found: Reading, relation: Relation, claim: Parsed, evidence: Parsed, verb: str
) -> Finding:
    left, right = quote(claim, claimed), quote(evidence, found)
    return Finding(_kind(claimed), relation, left, right, f"The source's “{right}” {verb} the claim's “{left}”.")


def _incomparable(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Finding:
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    note = f"“{right}” in the source cannot be compared with “{left}”: {item.reason}."
    return Finding(_kind(claimed), Relation.INCOMPARABLE, left, right, note)
