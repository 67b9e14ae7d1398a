"""The reasons to look at a verdict with care, and whether a person should see the claim."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.decide.features import DECISIVE, VOLATILE_KINDS, fit_in_time, independent, is_ahead
from factcheck.quantities import period
from factcheck.types import Claim, Evidence, FindingKind, Flag, Relation, StanceLabel, VerdictLabel

LOW_CONFIDENCE = 0.6
WORTH_CHECKING = 0.5
OUTDATED_GAP_DAYS = 150
OLD_FIT = 0.6

_MISMATCH = {
    FindingKind.NUMBER: Flag.NUMBER_MISMATCH,
    FindingKind.RATIO: Flag.NUMBER_MISMATCH,
    FindingKind.RANK: Flag.NUMBER_MISMATCH,
    FindingKind.DATE: Flag.DATE_MISMATCH,
    FindingKind.ENTITY: Flag.ENTITY_MISMATCH,
}


def find_flags(
    claim: Claim, evidence: Sequence[Evidence], label: VerdictLabel, confidence: float, reader_as_of: str
) -> tuple[Flag, ...]:
    """Return the flags of a verdict, in the order of ``Flag``."""
    found: set[Flag] = set()
    if label in (VerdictLabel.REFUTED, VerdictLabel.CONFLICTING):
        found |= mismatches(evidence)
    if label is VerdictLabel.REFUTED and superseded(claim, evidence, reader_as_of) is not None:
        found.add(Flag.OUTDATED)
    if label in (VerdictLabel.SUPPORTED, VerdictLabel.REFUTED):
        deciding = side_of(evidence, label)
        if deciding and not any(independent(e, deciding[0]) for e in deciding[1:]):
            found.add(Flag.SINGLE_SOURCE)
        if deciding and all(fit_in_time(claim, e, reader_as_of) < OLD_FIT for e in deciding):
            found.add(Flag.OLD_EVIDENCE)
    if label is VerdictLabel.NOT_ENOUGH_INFO and stale_support(claim, evidence, reader_as_of) is not None:
        found.add(Flag.OLD_EVIDENCE)
    if claim.unresolved:
        found.add(Flag.UNRESOLVED_REFERENCE)
    if confidence < LOW_CONFIDENCE:
        found.add(Flag.LOW_CONFIDENCE)
    return tuple(flag for flag in Flag if flag in found)


def is_flagged(claim: Claim, evidence: Sequence[Evidence], label: VerdictLabel, flags: Sequence[Flag]) -> bool:
    """Return whether a person should look at the claim, by the rule of the report format."""
    if not claim.checkable:
        return False
    if label in (VerdictLabel.REFUTED, VerdictLabel.CONFLICTING):
        return True
    if set(flags) & {Flag.OUTDATED, Flag.NUMBER_MISMATCH, Flag.DATE_MISMATCH, Flag.ENTITY_MISMATCH}:
        return True
    undecided = Flag.LOW_CONFIDENCE in flags or not evidence
    return undecided and claim.check_worthiness >= WORTH_CHECKING


def mismatches(evidence: Sequence[Evidence]) -> set[Flag]:
    """Return which kinds of detail conflict in passages that speak against the claim."""
    return {
        _MISMATCH[f.kind]
        for e in evidence
        if e.stance.label is StanceLabel.REFUTES
        for f in e.findings
        if f.relation is Relation.CONFLICT
    }


def side_of(evidence: Sequence[Evidence], label: VerdictLabel) -> list[Evidence]:
    """Return the passages that speak for the verdict, the clearest first."""
    return speakers(evidence, StanceLabel.SUPPORTS if label is VerdictLabel.SUPPORTED else StanceLabel.REFUTES)


def speakers(evidence: Sequence[Evidence], stance: StanceLabel) -> list[Evidence]:
    """Return the passages with that stance, the clearest first."""

    def clearness(item: Evidence) -> float:
        return item.stance.p_supports if stance is StanceLabel.SUPPORTS else item.stance.p_refutes

    chosen = [e for e in evidence if e.stance.label is stance]
    return sorted(chosen, key=lambda e: (-clearness(e), e.passage.id))


def superseded(claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> tuple[Evidence, Evidence] | None:
    """Return (an older passage that supports, a newer one that refutes) where time explains the conflict.

    Two forecasts of one year may differ without the older being out of date.
    """
    if claim.kind not in VOLATILE_KINDS or is_ahead(claim, reader_as_of):
        return None
    old = [e for e in evidence if e.stance.p_supports >= DECISIVE and e.as_of is not None]
    new = [e for e in evidence if e.stance.p_refutes >= DECISIVE and e.as_of is not None]
    pairs = [
        (a, b) for a in old for b in new if (_day(b) - _day(a)) >= OUTDATED_GAP_DAYS and a.passage.id != b.passage.id
    ]
    return max(pairs, key=lambda p: (_day(p[1]), _day(p[0]), p[0].passage.id), default=None)


def stale_support(claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> Evidence | None:
    """Return the newest passage that would support the claim were it not too old, or ``None``."""
    old = [
        e
        for e in evidence
        if e.stance.p_supports >= DECISIVE and fit_in_time(claim, e, reader_as_of) < OLD_FIT and e.as_of is not None
    ]
    return max(old, key=lambda e: (_day(e), e.passage.id), default=None)


def _day(evidence: Evidence) -> int:
    return period(evidence.as_of)[1].toordinal() if evidence.as_of is not None else 0
