"""What the decision model sees of the evidence: a dozen numbers a person can read, none learned.

Evidence is weighed by how well its date fits the claim before anything is added up, and passages that share most of
their words count as one source, so that a syndicated report is no second witness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from factcheck.quantities import period
from factcheck.types import Claim, Evidence, FindingKind, Kind, Relation, TimeScope

FEATURES = (
    "support",
    "refute",
    "second_support",
    "second_refute",
    "figure_match",
    "figure_conflict",
    "figure_unmatched",
    "stale_support",
    "stale_refute",
    "newer_support",
    "newer_refute",
    "both_sides",
    "similarity",
)

VOLATILE_KINDS = frozenset({Kind.QUANTITY, Kind.RANK, Kind.COMPARISON, Kind.STATE})
"""Kinds whose truth changes with time; an event or a law stays what it was."""

FIGURES = frozenset({FindingKind.NUMBER, FindingKind.RATIO, FindingKind.RANK, FindingKind.DATE})
DECISIVE = 0.5
FRESH_DAYS = 400
HALF_LIFE_DAYS = 500
OUT_OF_SCOPE = 0.35
SAME_SOURCE_OVERLAP = 0.8
_LOGIT_LIMIT = 4.0


def fit_in_time(claim: Claim, evidence: Evidence, reader_as_of: str) -> float:
    """Return :func:`freshness` of a passage; where only its publication is dated, it may speak of earlier times."""
    stated = evidence.passage.as_of or evidence.document.as_of
    return freshness(claim, evidence.as_of, reader_as_of, may_look_back=stated is None)


def freshness(claim: Claim, evidence_as_of: str | None, reader_as_of: str, *, may_look_back: bool = False) -> float:
    """Return how well a passage's date fits the claim, in (0, 1].

    A claim of a volatile kind about the present loses half its support every ``HALF_LIFE_DAYS`` beyond ``FRESH_DAYS``;
    a claim about a stated time is best judged by passages about that time, or, with ``may_look_back``, by later ones.
    Undated passages keep 0.8.
    """
    if evidence_as_of is None:
        return 0.8
    first, last = period(evidence_as_of)
    if claim.time is not None and not covers(claim.time, period(reader_as_of)[1]):
        return _fit_to_scope(claim, first, last, may_look_back=may_look_back)
    if claim.kind not in VOLATILE_KINDS:
        return 1.0
    age = (period(reader_as_of)[0] - last).days
    return 1.0 if age <= FRESH_DAYS else 0.5 ** ((age - FRESH_DAYS) / HALF_LIFE_DAYS)


def covers(scope: TimeScope, day: date) -> bool:
    """Return whether ``day`` lies within ``scope``; open ends reach for ever."""
    return (scope.start is None or scope.start <= day) and (scope.end is None or day <= scope.end)


def _fit_to_scope(claim: Claim, first: date, last: date, *, may_look_back: bool) -> float:
    scope = claim.time
    if scope is None or claim.kind not in VOLATILE_KINDS:
        return 1.0
    too_early = scope.start is not None and last < scope.start
    too_late = not may_look_back and scope.end is not None and first > scope.end
    return OUT_OF_SCOPE if too_early or too_late else 1.0


def featurise(claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> dict[str, float]:
    """Return the value of every one of ``FEATURES``; the order of ``evidence`` makes no difference."""
    fits = [fit_in_time(claim, e, reader_as_of) for e in evidence]
    supports = [e.stance.p_supports for e in evidence]
    refutes = [e.stance.p_refutes for e in evidence]
    best, second = _two_sources(evidence, [p * f for p, f in zip(supports, fits, strict=True)])
    worst, second_worst = _two_sources(evidence, [p * f for p, f in zip(refutes, fits, strict=True)])
    match = max((f for e, f in zip(evidence, fits, strict=True) if has_figure(e, Relation.MATCH)), default=0.0)
    conflict = max((f for e, f in zip(evidence, fits, strict=True) if has_figure(e, Relation.CONFLICT)), default=0.0)
    newest_support = newest(evidence, supports)
    newest_refute = newest(evidence, refutes)
    both = newest_support is not None and newest_refute is not None
    return {
        "support": logit(best),
        "refute": logit(worst),
        "second_support": second,
        "second_refute": second_worst,
        "figure_match": match,
        "figure_conflict": conflict,
        "figure_unmatched": float(bool(claim.quantities) and match == 0.0),
        "stale_support": max(supports, default=0.0) - best,
        "stale_refute": max(refutes, default=0.0) - worst,
        "newer_support": float(both and newest_support > newest_refute),  # type: ignore[operator]
        "newer_refute": float(both and newest_refute > newest_support),  # type: ignore[operator]
        "both_sides": min(best, worst),
        "similarity": max((e.similarity for e in evidence), default=0.0),
    }


def vector(features: Mapping[str, float]) -> list[float]:
    """Return the features in the order of ``FEATURES``."""
    return [features[name] for name in FEATURES]


def has_figure(evidence: Evidence, relation: Relation) -> bool:
    """Return whether a figure, rank or date of the evidence stands in ``relation`` to the claim's."""
    return any(f.relation is relation and f.kind in FIGURES for f in evidence.findings)


def newest(evidence: Sequence[Evidence], probabilities: Sequence[float]) -> date | None:
    """Return the last day that a dated passage with a probability of at least ``DECISIVE`` is about."""
    days = [
        period(e.as_of)[1]
        for e, p in zip(evidence, probabilities, strict=True)
        if p >= DECISIVE and e.as_of is not None
    ]
    return max(days, default=None)


def _two_sources(evidence: Sequence[Evidence], weights: Sequence[float]) -> tuple[float, float]:
    """Return the largest weight and the largest among sources independent of it."""
    if not evidence:
        return 0.0, 0.0
    order = sorted(range(len(evidence)), key=lambda i: (-weights[i], evidence[i].passage.id))
    first = order[0]
    others = [weights[i] for i in order[1:] if independent(evidence[i], evidence[first])]
    return weights[first], max(others, default=0.0)


def independent(one: Evidence, other: Evidence) -> bool:
    """Return whether two passages are separate witnesses: other documents, and not the same words."""
    if one.document.id == other.document.id:
        return False
    a, b = _words(one.quote), _words(other.quote)
    return len(a & b) < SAME_SOURCE_OVERLAP * min(len(a), len(b)) if a and b else True


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def logit(p: float) -> float:
    """Return log(p / (1 - p)), kept within four of zero."""
    if p <= 0.0:
        return -_LOGIT_LIMIT
    if p >= 1.0:
        return _LOGIT_LIMIT
    return max(-_LOGIT_LIMIT, min(_LOGIT_LIMIT, math.log(p / (1.0 - p))))
