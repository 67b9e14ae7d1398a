"""How findings move what the judge read in a passage: figures that conflict speak against support, figures that agree
lift it a little, and figures that cannot be compared change nothing.

The three probabilities are multiplied by a factor for each kind of finding and brought back to a sum of 1, which adds
evidence in log-odds and leaves a clear reading standing: one aligned conflict takes 0.90 for support to about 0.6, and
0.99 to 0.94.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.types import Finding, FindingKind, Relation, Stance


@dataclass(frozen=True, slots=True)
class Shift:
    """The factors that one finding puts on the probabilities that a passage supports and refutes the claim."""

    supports: float
    refutes: float


# Defaults until fitted; see factcheck.evaluate.findings.fit_shifts.
SHIFTS: Mapping[tuple[FindingKind, Relation], Shift] = {
    (FindingKind.NUMBER, Relation.CONFLICT): Shift(0.25, 2.0),
    (FindingKind.RATIO, Relation.CONFLICT): Shift(0.30, 2.0),
    (FindingKind.RANK, Relation.CONFLICT): Shift(0.30, 2.0),
    (FindingKind.DATE, Relation.CONFLICT): Shift(0.30, 1.8),
    (FindingKind.ENTITY, Relation.CONFLICT): Shift(0.50, 1.2),
    (FindingKind.NUMBER, Relation.MATCH): Shift(1.25, 0.8),
    (FindingKind.RATIO, Relation.MATCH): Shift(1.5, 0.7),
    (FindingKind.RANK, Relation.MATCH): Shift(1.25, 0.8),
    (FindingKind.DATE, Relation.MATCH): Shift(1.15, 0.9),
}


def temper(
    stance: Stance,
    findings: Sequence[Finding],
    shifts: Mapping[tuple[FindingKind, Relation], Shift] = SHIFTS,
) -> Stance:
    """Return the stance moved by the findings; each kind and relation counts once, a conflict cancels matches.

    No finding, or only incomparable ones, gives the stance back as it is.
    """
    seen = {(finding.kind, finding.relation) for finding in findings}
    if any(relation is Relation.CONFLICT for _, relation in seen):
        seen = {key for key in seen if key[1] is not Relation.MATCH}
    supports, refutes = stance.p_supports, stance.p_refutes
    for key in sorted(seen):
        shift = shifts.get(key)
        if shift is not None:
            supports, refutes = supports * shift.supports, refutes * shift.refutes
    total = supports + refutes + stance.p_neutral
    if total <= 0 or (supports, refutes) == (stance.p_supports, stance.p_refutes):
        return stance
    return replace(stance, p_supports=supports / total, p_refutes=refutes / total, p_neutral=stance.p_neutral / total)
