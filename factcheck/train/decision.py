"""Fit the decision model on cases of several dated sources, by cross-validation, and write its coefficients.

A case's evidence is judged as in a check, so the model learns what this judge's probabilities are worth. healthver and
climate_fever stay out of every fit; they are for measuring.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.decide import FEATURES, DecisionModel, featurise
from factcheck.decide.features import vector
from factcheck.decide.model import OUTCOMES, choose
from factcheck.evaluate.cases import Case
from factcheck.evaluate.metrics import expected_calibration_error, macro, score_labels
from factcheck.train.softmax import fit_softmax, log_loss, softmax
from factcheck.types import VerdictLabel

FOLDS = 5
PENALTIES = (0.001, 0.003, 0.01, 0.03, 0.1)

_SIDES = (
    "{0}",
    "second_{0}",
    "{0}_nearness",
    "{0}_coverage",
    "{0}_figure",
    "nearest_{0}s",
    "newer_{0}",
    "weightier_{0}",
)
FOR = tuple(name.format("support") for name in _SIDES)
AGAINST = tuple(name.format("refute") for name in _SIDES)


def fix_signs() -> NDArray[np.int64]:
    """Return which way each feature may move each outcome, shape (outcomes, features).

    More support never makes "supported" less likely, nor more refutation "refuted": 300 cases would sometimes say
    otherwise by chance, and a reader could not follow it.
    """
    signs = np.zeros((len(OUTCOMES), len(FEATURES)), dtype=np.int64)
    supported, refuted, undecided, conflicting = range(len(OUTCOMES))
    for names, gains, loses in ((FOR, supported, refuted), (AGAINST, refuted, supported)):
        for name in names:
            signs[gains, FEATURES.index(name)] = 1
            signs[loses, FEATURES.index(name)] = -1
            signs[undecided, FEATURES.index(name)] = -1
    signs[conflicting, FEATURES.index("both_sides")] = 1
    signs[supported, FEATURES.index("support_without_figure")] = -1
    signs[refuted, FEATURES.index("refute_without_figure")] = -1
    return signs


@dataclass(frozen=True, slots=True)
class DecisionScores:
    """Out-of-fold figures over all cases; each case was judged by a model that had not seen it."""

    n: int
    accuracy: float
    macro_f1: float
    ece: float
    refuted_called_supported: float
    log_loss: float
    l2: float


def fit_decision(cases: Sequence[Case], *, seed: int = 0) -> tuple[DecisionModel, dict[str, DecisionScores]]:
    """Return the model fitted on all cases, and its out-of-fold scores at the best penalty by part of the cases."""
    inputs, labels = to_arrays(cases)
    scored = [(cross_validate(inputs, labels, l2, seed), l2) for l2 in PENALTIES]
    probabilities, l2 = min(scored, key=lambda item: (log_loss(item[0], labels), item[1]))
    weights, intercepts = fit_softmax(inputs, labels, classes=len(OUTCOMES), l2=l2, signs=fix_signs())
    model = DecisionModel(
        {
            label: dict(zip(FEATURES, map(float, row), strict=True))
            for label, row in zip(OUTCOMES, weights, strict=True)
        },
        {label: float(value) for label, value in zip(OUTCOMES, intercepts, strict=True)},
    )
    made = np.array([case.id.startswith("pair") for case in cases])
    parts = {"all": made | ~made, "written": ~made, "retrieved": made}
    return model, {name: score(probabilities[m], labels[m], l2) for name, m in parts.items() if m.any()}


def to_arrays(cases: Sequence[Case]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return features (n, features) and labels (n,) as indices into ``OUTCOMES``."""
    inputs = np.array([vector(featurise(c.claim, c.evidence, c.as_of)) for c in cases], dtype=np.float64)
    labels = np.array([OUTCOMES.index(c.verdict) for c in cases], dtype=np.int64)
    return inputs, labels


def cross_validate(inputs: NDArray[np.float64], labels: NDArray[np.int64], l2: float, seed: int) -> NDArray[np.float64]:
    """Return out-of-fold probabilities of shape (n, outcomes)."""
    folds = np.random.default_rng(seed).permutation(len(labels)) % FOLDS
    probabilities = np.zeros((len(labels), len(OUTCOMES)))
    for fold in range(FOLDS):
        held = folds == fold
        weights, intercepts = fit_softmax(inputs[~held], labels[~held], classes=len(OUTCOMES), l2=l2, signs=fix_signs())
        probabilities[held] = softmax(inputs[held] @ weights.T + intercepts)
    return probabilities


def score(probabilities: NDArray[np.float64], labels: NDArray[np.int64], l2: float) -> DecisionScores:
    """Return the figures of probabilities against labels, by the rule that decides in a check."""
    chosen = [choose(dict(zip(OUTCOMES, map(float, row), strict=True))) for row in probabilities]
    gold = [OUTCOMES[i] for i in labels]
    right = np.array([a is b for a, b in zip(chosen, gold, strict=True)])
    confidence = np.array([row[OUTCOMES.index(c)] for row, c in zip(probabilities, chosen, strict=True)])
    refuted = [c for c, g in zip(chosen, gold, strict=True) if g is VerdictLabel.REFUTED]
    return DecisionScores(
        n=len(labels),
        accuracy=float(right.mean()),
        macro_f1=macro([s.f1 for s in score_labels(gold, chosen, OUTCOMES).values()]),
        ece=expected_calibration_error(confidence, right),
        refuted_called_supported=float(np.mean([c is VerdictLabel.SUPPORTED for c in refuted])) if refuted else 0.0,
        log_loss=log_loss(probabilities, labels),
        l2=l2,
    )


def write_decision(model: DecisionModel, scores: Mapping[str, DecisionScores], path: Path) -> None:
    """Write the coefficients and the figures they were chosen by."""
    row = {
        "features": list(FEATURES),
        "weights": {label.value: [round(model.weights[label][f], 4) for f in FEATURES] for label in OUTCOMES},
        "intercepts": {label.value: round(model.intercepts[label], 4) for label in OUTCOMES},
        "cross_validation": {
            part: {name: round(getattr(values, name), 4) for name in DecisionScores.__slots__}
            for part, values in scores.items()
        },
    }
    path.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
