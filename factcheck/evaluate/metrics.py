"""Figures on labelled predictions, as pure functions of arrays; what each means is in its docstring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ECE_BINS = 15


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Precision, recall and F1 of one label; ``n`` is how often it is right."""

    precision: float
    recall: float
    f1: float
    n: int


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``, 0.0 where there is nothing to divide by."""
    return float(part / whole) if whole else 0.0


def score_labels(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> dict[str, LabelScore]:
    """Return precision, recall and F1 of each label."""
    out = {}
    for label in labels:
        hit = sum(g == p == label for g, p in zip(gold, predicted, strict=True))
        said, real = sum(p == label for p in predicted), sum(g == label for g in gold)
        precision, recall = ratio(hit, said), ratio(hit, real)
        out[label] = LabelScore(precision, recall, ratio(2 * precision * recall, precision + recall), real)
    return out


def macro(values: Sequence[float]) -> float:
    """Return the plain mean, 0.0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0


def expected_calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = ECE_BINS
) -> float:
    """Return the mean gap between confidence and accuracy over equal-width bins, weighted by their size.

    Naeini, Cooper and Hauskrecht 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
    """
    if not len(confidence):
        return 0.0
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = 0.0
    for index in np.unique(place):
        inside = place == index
        gap += float(inside.mean()) * abs(float(confidence[inside].mean()) - float(right[inside].mean()))
    return gap


def accuracy_at_coverage(confidence: NDArray[np.float64], right: NDArray[np.bool_], coverage: float) -> float:
    """Return the accuracy over the ``coverage`` share of cases with the highest confidence (ties by position)."""
    if not len(confidence):
        return 0.0
    kept = np.argsort(-confidence, kind="stable")[: max(1, round(coverage * len(confidence)))]
    return float(right[kept].mean())
