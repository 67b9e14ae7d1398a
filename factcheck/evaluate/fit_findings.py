"""How the few coefficients behind findings are fitted, so that anyone can make them again from labelled pairs.

Alignment is learned without labels of its own: in a supported claim the figure that agrees is the one meant, the
others of that unit are not. What may be announced, and how far a finding moves the judge, are learned from the labels
themselves. Plain logistic models with an L2 penalty, by Newton's method; nothing here is needed at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.quantities import align, announce, moments, poles
from factcheck.quantities.arithmetic import hypotheses
from factcheck.quantities.computed import MOST_FIGURES, compute
from factcheck.quantities.numbers import relate
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_number
from factcheck.stance import Shift, strengths
from factcheck.types import Finding, FindingKind, Relation, Stance

Row = dict[str, Any]
Parse = Callable[[str], Parsed]
Array = NDArray[np.float64]
ORDER = ("supported", "refuted", "not_enough_info")


@dataclass(frozen=True, slots=True)
class Case:
    """One example: its features, whether it is a positive, and how much it counts."""

    features: Mapping[str, float]
    positive: bool
    weight: float = 1.0


def fit_logistic(
    cases: Sequence[Case], names: Sequence[str], *, penalty: float = 2.0, steps: int = 100
) -> dict[str, float]:
    """Return the coefficients of a logistic model with an L2 penalty, by Newton's method."""
    x = np.array([[case.features.get(name, 0.0) for name in names] for case in cases], dtype=np.float64)
    y = np.array([case.positive for case in cases], dtype=np.float64)
    w = np.array([case.weight for case in cases], dtype=np.float64)
    b = np.zeros(len(names))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        gradient = x.T @ (w * (p - y)) + penalty * b
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(b))
        step = np.linalg.solve(hessian, gradient)
        b -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(value), 2) for name, value in zip(names, b, strict=True)}


# the sign a coefficient may have: what speaks for the same thing never counts against it, and the other way round
_FOR = frozenset({"alignment", "segment", "cosine", "own", "digits", "rare_unit"})
_EITHER = frozenset({"bias", "strict", "crowd", "change"})


def fit_signed(cases: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """Return logistic coefficients of a sensible sign: a feature that comes out with the wrong one is dropped."""
    kept = list(names)
    while True:
        fitted = fit_logistic(cases, kept)
        wrong = {
            name for name, value in fitted.items() if name not in _EITHER and (value < 0 if name in _FOR else value > 0)
        }
        if not wrong:
            return fitted
        kept = [name for name in kept if name not in wrong]


def fit_alignment(rows: Iterable[Row], parse: Parse) -> dict[str, float]:
    """Fit :data:`factcheck.quantities.align.COEFFICIENTS`.

    In supported rows a figure that alone agrees is a positive, one that does not a negative; figures of passages that
    do not bear on the claim (``note`` "near passage...") are negatives.
    """
    return fit_logistic(list(_alignment_cases(rows, parse)), align.FEATURES, penalty=1.0)


def _alignment_cases(rows: Iterable[Row], parse: Parse) -> Iterator[Case]:
    for row in rows:
        claim, evidence = parse(row["claim"]), parse(row["evidence"])
        apart = _is_near(row) or row["label"] == "not_enough_info"
        for claimed in claim.numbers:
            rivals = [item for item in evidence.numbers if align.are_comparable(claimed, item)]
            relations = [relate(claimed, item) for item in rivals]
            agreeing = relations.count(Relation.MATCH)
            for found, relation in zip(rivals, relations, strict=True):
                positive = row["label"] == "supported" and relation is Relation.MATCH
                sure = (positive and agreeing == 1) or (not positive and row["label"] == "supported") or apart
                if sure and not (apart and relation is Relation.INCOMPARABLE and not _is_near(row)):
                    features = align.describe(claimed, found, claim, evidence, rivals)
                    yield Case(features, positive, 0.3 if _is_near(row) else 1.0)


def fit_days(rows: Iterable[Row], parse: Parse) -> dict[str, float]:
    """Fit :data:`factcheck.quantities.moments.DAY_COEFFICIENTS`, as :func:`fit_alignment` but on dates."""
    cases = []
    for row in rows:
        claim, evidence = parse(row["claim"]), parse(row["evidence"])
        for claimed in claim.days:
            relations = [_relate_days(claimed, item) for item in evidence.days]
            alone = relations.count(Relation.MATCH) == 1
            for found, relation in zip(evidence.days, relations, strict=True):
                positive = row["label"] == "supported" and relation is Relation.MATCH and alone
                apart = (relation is Relation.CONFLICT and row["label"] != "refuted") or _is_near(row)
                if positive or apart:
                    features = align.describe(claimed, found, claim, evidence, evidence.days)
                    cases.append(Case(features, positive, 0.3 if _is_near(row) else 1.0))
    return fit_logistic(cases, align.FEATURES, penalty=1.0)


def _relate_days(claimed: Reading, found: Reading) -> Relation:
    if claimed.day is None or found.day is None:
        return Relation.INCOMPARABLE
    return moments.relate_dates(claimed.day, found.day)


def fit_announcing(rows: Iterable[Row], parse: Parse) -> tuple[dict[str, float], dict[str, float]]:
    """Fit the models for announcing a match (does the row's label say supported?) and a conflict (refuted?).

    A row counts by its ``weight`` (1 where it has none); passages that do not bear on the claim count four times, since
    most of what retrieval brings is like them.
    """
    matches, conflicts = [], []
    for row in rows:
        claim, evidence = parse(row["claim"]), parse(row["evidence"])
        weight = 4.0 if _is_near(row) else float(row.get("weight", 1.0))
        for claimed in claim.numbers:
            free = [item for item in align.align(claimed, claim, evidence) if not item.barred]
            if not free:
                continue
            relations = [relate(claimed, item.reading) for item in free]
            agreeing = [item for item, relation in zip(free, relations, strict=True) if relation is Relation.MATCH]
            ways = compute(claimed, claim, evidence)
            features = announce.weigh(
                claimed, (agreeing or free)[0], claim, evidence,
                computed=any(way.relation is Relation.MATCH for way in ways),
                unmatched=moments.miss_figures(claim, evidence),
            )  # fmt: skip
            if agreeing:
                matches.append(Case(features, row["label"] == "supported", weight))
            elif relations[0] is Relation.CONFLICT:
                conflicts.append(Case(features, row["label"] == "refuted", weight))
    return fit_signed(matches, announce.FEATURES), fit_signed(conflicts, announce.FEATURES)


def fit_pairs(rows: Iterable[Row], parse: Parse, *, steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """Fit :data:`factcheck.quantities.poles.PAIR_COEFFICIENTS`: which two figures a supported claim was computed from.

    A conditional logit over the ways to compute the claimed figure (McFadden 1974): the mass on ways that agree with
    the claim is made as large as it can be, by Adam.
    """
    groups = list(_pair_groups(rows, parse))
    b = np.zeros(len(poles.PAIR_FEATURES))
    mean, square = np.zeros_like(b), np.zeros_like(b)
    for turn in range(1, steps + 1):
        gradient = -2.0 * b / max(1, len(groups))
        for x, hit in groups:
            score = x @ b
            p = np.exp(score - score.max())
            p /= p.sum()
            q = p * hit / (p @ hit + 1e-12)
            gradient += x.T @ (q - p) / len(groups)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        b += rate * (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.99**turn)) + 1e-8)
    return {name: round(float(value), 2) for name, value in zip(poles.PAIR_FEATURES, b, strict=True)}


def _pair_groups(rows: Iterable[Row], parse: Parse) -> Iterator[tuple[Array, Array]]:
    for row in rows:
        if row["label"] != "supported":
            continue
        claim, evidence = parse(row["claim"]), parse(row["evidence"])
        for claimed in claim.numbers:
            direct = any(relate(claimed, item) is Relation.MATCH for item in evidence.numbers)
            if direct or claimed.mention is None or not 2 <= len(evidence.numbers) <= MOST_FIGURES:
                continue
            ways = list(hypotheses(claimed, claim, evidence.numbers))
            hits = np.array(
                [compare_number(claimed.mention, abs(way.value)) is Relation.MATCH for way in ways], dtype=float
            )
            if hits.any():
                features = [
                    poles.describe_pair(
                        way, claimed, claim, evidence, poles.find_poles(claimed, claim, way.operation), len(ways)
                    )
                    for way in ways
                ]
                yield np.array([[item.get(name, 0.0) for name in poles.PAIR_FEATURES] for item in features]), hits


def fit_shifts(
    stances: Sequence[Stance], findings: Sequence[Sequence[Finding]], labels: Sequence[str], *, penalty: float = 3.0
) -> dict[tuple[FindingKind, Relation], Shift]:
    """Fit how far each kind of finding moves the judge, on pairs the judge was not trained on.

    The judge's probabilities are the offset of a multinomial model; only findings have coefficients.
    """
    keys = sorted({key for found in findings for key in strengths(found)})
    x = np.array([[strengths(found).get(key, 0.0) for key in keys] for found in findings])
    base = np.log(np.clip([[s.p_supports, s.p_refutes, s.p_neutral] for s in stances], 1e-4, 1.0))
    gold = np.eye(3)[[ORDER.index(label) for label in labels]]
    w = np.zeros((len(keys), 2))
    for _ in range(2000):
        z = base.copy()
        z[:, :2] += x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        w -= 2.0 * (x.T @ (p - gold)[:, :2] + penalty * w) / len(labels)
    return {
        key: Shift(round(float(np.exp(a)), 2), round(float(np.exp(b)), 2)) for key, (a, b) in zip(keys, w, strict=True)
    }


def _is_near(row: Row) -> bool:
    return str(row.get("note", "")).startswith("near passage")
