"""How findings move what the judge read in a passage.

Figures that conflict speak against support, figures that agree lift it a little, figures that cannot be compared change
nothing. The three probabilities are multiplied by factors for each kind of finding and brought back to a sum of 1,
which adds evidence in log-odds and leaves a clear reading standing: one certain conflict of figures takes 0.90 for
support to about 0.65, and 0.99 to 0.95. A finding less than certain moves them by less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.types import Finding, FindingKind, Relation, Stance


@dataclass(frozen=True, slots=True)
class Shift:
    """The factors that a certain finding puts on the probabilities that a passage supports and refutes the claim."""

    supports: float
    refutes: float


# From factcheck.evaluate.fit_findings.fit_shifts on the odd rows of the dev sets, softened where rows were few.
SHIFTS: Mapping[tuple[FindingKind, Relation], Shift] = {
    (FindingKind.NUMBER, Relation.CONFLICT): Shift(0.30, 2.3),
    (FindingKind.RATIO, Relation.CONFLICT): Shift(0.50, 1.4),
    (FindingKind.RANK, Relation.CONFLICT): Shift(0.50, 1.4),
    (FindingKind.DATE, Relation.CONFLICT): Shift(0.39, 1.2),
    (FindingKind.ENTITY, Relation.CONFLICT): Shift(0.50, 1.2),
    (FindingKind.NUMBER, Relation.MATCH): Shift(1.40, 0.50),
    (FindingKind.RATIO, Relation.MATCH): Shift(1.80, 0.70),
    (FindingKind.RANK, Relation.MATCH): Shift(1.15, 0.85),
    (FindingKind.DATE, Relation.MATCH): Shift(1.10, 0.90),
}


def strengths(findings: Sequence[Finding]) -> dict[tuple[FindingKind, Relation], float]:
    """Return for each kind and relation the certainty of its surest finding; a conflict cancels all matches."""
    out: dict[tuple[FindingKind, Relation], float] = {}
    for finding in findings:
        if finding.relation is not Relation.INCOMPARABLE:
            key = finding.kind, finding.relation
            out[key] = max(out.get(key, 0.0), finding.certainty)
    if any(relation is Relation.CONFLICT for _, relation in out):
        return {key: sure for key, sure in out.items() if key[1] is Relation.CONFLICT}
    return out


def temper(
    stance: Stance,
    findings: Sequence[Finding],
    shifts: Mapping[tuple[FindingKind, Relation], Shift] = SHIFTS,
) -> Stance:
    """Return the stance moved by the findings; no finding, or only incomparable ones, gives it back as it is."""
    supports, refutes = stance.p_supports, stance.p_refutes
    for key, sure in sorted(strengths(findings).items()):
        shift = shifts.get(key)
        if shift is not None:
            supports, refutes = supports * shift.supports**sure, refutes * shift.refutes**sure
    total = supports + refutes + stance.p_neutral
    if total <= 0 or (supports, refutes) == (stance.p_supports, stance.p_refutes):
        return stance
    return replace(stance, p_supports=supports / total, p_refutes=refutes / total, p_neutral=stance.p_neutral / total)
