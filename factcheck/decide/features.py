"""What the decision model sees of the evidence: a dozen numbers a person can read, none learned.

Evidence is weighed by how well its date fits the claim before anything is added up, and passages that share most of
their words count as one source, so that a syndicated report is no second witness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from factcheck.decide.modality import FORESEEN_WEIGHT, only_foresees
from factcheck.decide.wording import content_words
from factcheck.quantities import find_quantities, period
from factcheck.types import Claim, Evidence, FindingKind, Kind, Relation, SourceKind, TimeScope

FEATURES = (
    "support",
    "refute",
    "second_support",
    "second_refute",
    "support_nearness",
    "refute_nearness",
    "support_coverage",
    "refute_coverage",
    "support_figure",
    "refute_figure",
    "support_without_figure",
    "refute_without_figure",
    "nearest_supports",
    "nearest_refutes",
    "newer_support",
    "newer_refute",
    "weightier_support",
    "weightier_refute",
    "stale_support",
    "both_sides",
)
"""Of the passage that supports most and the one that refutes most: how clearly, how near to the claim and how much of
its wording they cover, whether figures agree or clash, which of the two is newer and which from a weightier kind of
source; and what the nearest of all says."""

VOLATILE_KINDS = frozenset({Kind.QUANTITY, Kind.RANK, Kind.COMPARISON, Kind.STATE})
"""Kinds whose truth changes with time; an event or a law stays what it was."""

FIGURES = frozenset({FindingKind.NUMBER, FindingKind.RATIO, FindingKind.RANK, FindingKind.DATE})
STANDING: Mapping[SourceKind, int] = {
    SourceKind.LAW: 3,
    SourceKind.OFFICIAL: 3,
    SourceKind.RESEARCH: 2,
    SourceKind.REFERENCE: 2,
    SourceKind.COMPANY: 1,
    SourceKind.PRESS: 1,
    SourceKind.UNKNOWN: 0,
}
"""What kinds of sources weigh against each other where two contradict: registers, laws and official counts before
research and reference works, those before what firms and newspapers say."""

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
    now = period(reader_as_of)[1]
    if is_ahead(claim, reader_as_of):
        # What is to come is judged by what was planned, whenever that was.
        return 1.0
    if claim.time is not None and not covers(claim.time, now):
        return _fit_to_scope(claim, first, last, may_look_back=may_look_back)
    if claim.kind not in VOLATILE_KINDS:
        return 1.0
    age = (period(reader_as_of)[0] - last).days
    return 1.0 if age <= FRESH_DAYS else 0.5 ** ((age - FRESH_DAYS) / HALF_LIFE_DAYS)


def is_ahead(claim: Claim, reader_as_of: str) -> bool:
    """Return whether a claim is about a time after the reader's: it begins later, or has only an end that is later."""
    if claim.time is None:
        return False
    now = period(reader_as_of)[1]
    start, end = claim.time.start, claim.time.end
    return start > now if start is not None else end is not None and end > now


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
    ahead = is_ahead(claim, reader_as_of)
    credits = [FORESEEN_WEIGHT if not ahead and only_foresees(claim, e) else 1.0 for e in evidence]
    supports = [e.stance.p_supports * f * c for e, f, c in zip(evidence, fits, credits, strict=True)]
    refutes = [e.stance.p_refutes * f for e, f in zip(evidence, fits, strict=True)]
    best, best_p, second_p = _two_sources(evidence, supports)
    worst, worst_p, second_worst_p = _two_sources(evidence, refutes)
    pro = best if best_p >= DECISIVE else None
    con = worst if worst_p >= DECISIVE else None
    has_figures = bool(claim.quantities)
    support_figure = pro is not None and has_figure(pro, Relation.MATCH)
    refute_figure = con is not None and has_figure(con, Relation.CONFLICT)
    nearest = min(range(len(evidence)), key=lambda i: (-evidence[i].similarity, evidence[i].passage.id), default=None)
    age = 0 if ahead else _lead_in_time(claim, pro, con)
    standing = 0 if pro is None or con is None else STANDING[pro.document.kind] - STANDING[con.document.kind]
    return {
        "support": logit(best_p),
        "refute": logit(worst_p),
        "second_support": second_p,
        "second_refute": second_worst_p,
        "support_nearness": best_p * best.similarity if best is not None else 0.0,
        "refute_nearness": worst_p * worst.similarity if worst is not None else 0.0,
        "support_coverage": best_p * cover(claim.text, best) if best is not None else 0.0,
        "refute_coverage": worst_p * cover(claim.text, worst) if worst is not None else 0.0,
        "support_figure": float(support_figure),
        "refute_figure": float(refute_figure),
        "support_without_figure": float(has_figures and pro is not None and not support_figure),
        "refute_without_figure": float(has_figures and con is not None and not refute_figure),
        "nearest_supports": supports[nearest] if nearest is not None else 0.0,
        "nearest_refutes": refutes[nearest] if nearest is not None else 0.0,
        "newer_support": float(age > 0),
        "newer_refute": float(age < 0),
        "weightier_support": float(standing > 0),
        "weightier_refute": float(standing < 0),
        "stale_support": max((e.stance.p_supports for e in evidence), default=0.0) - best_p,
        "both_sides": min(best_p, worst_p),
    }


def _lead_in_time(claim: Claim, pro: Evidence | None, con: Evidence | None) -> int:
    """Return by how many days the supporting passage is newer, 0 where that does not matter or is not known."""
    if claim.kind not in VOLATILE_KINDS or pro is None or con is None or pro.as_of is None or con.as_of is None:
        return 0
    return (period(pro.as_of)[1] - period(con.as_of)[1]).days


def cover(claim: str, evidence: Evidence) -> float:
    """Return the share of the claim's content words that the passage or its title has, by their first five letters."""
    wanted = content_words(claim)
    there = content_words(f"{evidence.quote} {evidence.document.title} {evidence.passage.heading}")
    return len(wanted & there) / len(wanted) if wanted else 0.0


def vector(features: Mapping[str, float]) -> list[float]:
    """Return the features in the order of ``FEATURES``."""
    return [features[name] for name in FEATURES]


def has_figure(evidence: Evidence, relation: Relation) -> bool:
    """Return whether a figure, rank or date of the evidence stands in ``relation`` to the claim's."""
    return any(f.relation is relation and f.kind in FIGURES for f in evidence.findings)


def has_clash(evidence: Evidence) -> bool:
    """Return whether an amount or rank of the evidence conflicts; a date alone may be that of another event."""
    return any(f.relation is Relation.CONFLICT and f.kind in FIGURES - {FindingKind.DATE} for f in evidence.findings)


def has_amount(evidence: Evidence) -> bool:
    """Return whether an amount or rank of the evidence agrees with the claim's."""
    return any(f.relation is Relation.MATCH and f.kind in FIGURES - {FindingKind.DATE} for f in evidence.findings)


def states_figure(claim: Claim, evidence: Evidence) -> bool:
    """Return whether a passage has a figure of the claim, by a finding or the same value; true if none is claimed."""
    if not claim.quantities or has_figure(evidence, Relation.MATCH):
        return True
    if has_figure(evidence, Relation.CONFLICT):
        return False
    there = {q.value for q in find_quantities(evidence.quote)}
    return any(q.value in there for q in claim.quantities)


def _two_sources(evidence: Sequence[Evidence], weights: Sequence[float]) -> tuple[Evidence | None, float, float]:
    """Return the passage of the largest weight, that weight, and the largest among sources independent of it."""
    if not evidence:
        return None, 0.0, 0.0
    order = sorted(range(len(evidence)), key=lambda i: (-weights[i], -evidence[i].similarity, evidence[i].passage.id))
    first = order[0]
    others = [weights[i] for i in order[1:] if independent(evidence[i], evidence[first])]
    return evidence[first], weights[first], max(others, default=0.0)


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
