"""Findings about figures: one for each figure of the claim that has a counterpart, or a reason why it has none."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.quantities.align import Alignment, align
from factcheck.quantities.announce import CONFLICT_COEFFICIENTS, MATCH_COEFFICIENTS, is_denied, score, weigh
from factcheck.quantities.computed import LIKELY, compute, describe
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_values
from factcheck.quantities.units import RANK
from factcheck.types import Finding, FindingKind, Relation

MATCH_FLOOR = 0.58
CONFLICT_FLOOR = 0.7
SWAP_MARGIN = 0.5


def find_numbers(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return one finding for each figure of the claim for which the passage has a figure of that unit."""
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
        finding = _judge(claimed, candidates[index], relations[index], claim, evidence, unmatched)
        if finding is not None:
            findings.append(finding)
    return tuple(findings)


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
) -> Finding | None:
    """Decide on one figure: what agrees goes before what can be computed, and that before what differs."""
    ways = compute(claimed, claim, evidence)
    hit = next((way for way in ways[:3] if way.relation is Relation.MATCH and way.probability >= LIKELY), None)
    computed = any(way.relation is Relation.MATCH for way in ways)
    agreeing = [item for item, relation in zip(candidates, relations, strict=True) if relation is Relation.MATCH]
    agreeing = [item for item in agreeing if not item.barred] or agreeing
    if agreeing and _is_anothers(agreeing[0], candidates[0], relations[0]):
        agreeing = []
    if agreeing:
        features = weigh(claimed, agreeing[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, MATCH_COEFFICIENTS)
        denied = is_denied(claimed, agreeing[0].reading, claim, evidence)
        if sure >= MATCH_FLOOR and not agreeing[0].barred and not denied:
            return _finding(claimed, agreeing[0], Relation.MATCH, sure, claim, evidence)
        return _incomparable(claimed, agreeing[0], claim, evidence)
    if hit is not None and not is_denied(claimed, hit.made.a, claim, evidence):
        return describe(claimed, hit, claim, evidence)
    if not candidates:
        return None
    if relations[0] is Relation.CONFLICT and not candidates[0].barred:
        features = weigh(claimed, candidates[0], claim, evidence, computed=computed, unmatched=unmatched)
        sure = score(features, CONFLICT_COEFFICIENTS)
        if sure >= CONFLICT_FLOOR and not is_denied(claimed, candidates[0].reading, claim, evidence):
            return _finding(claimed, candidates[0], Relation.CONFLICT, sure, claim, evidence)
    return _incomparable(claimed, candidates[0], claim, evidence)


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
    return Finding(_kind(claimed), relation, left, right, note, round(sure, 3))


def _turn(reading: Reading) -> str:
    return "a rise" if reading.direction > 0 else "a fall"


def _incomparable(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Finding:
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    note = f"“{right}” in the source cannot be compared with “{left}” in the claim: {item.reason}."
    return Finding(_kind(claimed), Relation.INCOMPARABLE, left, right, note, round(1 - item.probability, 3))
