"""Fit small softmax models by gradient descent: enough for a dozen features and a few thousand rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return row-wise probabilities of shape (n, classes)."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def log_loss(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the mean negative log-likelihood of the right labels."""
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.clip(right, 1e-12, None)).mean())


def fit_softmax(
    features: NDArray[np.float64],
    labels: NDArray[np.int64],
    *,
    classes: int,
    l2: float,
    weights: NDArray[np.float64] | None = None,
    signs: NDArray[np.int64] | None = None,
    steps: int = 4000,
    rate: float = 0.05,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coefficients (classes, features) and intercepts (classes,) of a multinomial logistic model.

    ``weights`` (n,) count rows more or less. ``l2`` penalises coefficients, not intercepts. ``signs`` (classes,
    features) holds a coefficient at or above zero where 1, at or below where -1, free where 0. Full-batch Adam (Kingma
    and Ba 2015) from zero with projection, so the outcome does not depend on chance.
    """
    count, width = features.shape
    row_weights = np.ones(count) if weights is None else weights
    row_weights = row_weights / row_weights.sum()
    parameters = np.zeros((classes, width + 1))
    inputs = np.hstack([features, np.ones((count, 1))])
    target = np.eye(classes)[labels]
    first, second = np.zeros_like(parameters), np.zeros_like(parameters)
    for step in range(1, steps + 1):
        gap = (softmax(inputs @ parameters.T) - target) * row_weights[:, None]
        gradient = gap.T @ inputs
        gradient[:, :-1] += l2 * parameters[:, :-1]
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        parameters -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        if signs is not None:
            kept = parameters[:, :-1]
            kept[(signs > 0) & (kept < 0)] = 0.0
            kept[(signs < 0) & (kept > 0)] = 0.0
    return parameters[:, :-1], parameters[:, -1]


def fit_tempering(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
    """Return the temperature and bias that make softmax(logits / temperature + bias) likeliest.

    For each temperature of a fine grid the bias is found by gradient descent; one temperature and one bias a class
    keep the order of pairs within a class as the judge gave it (vector scaling, Guo et al. 2017).
    """
    best: tuple[float, float, NDArray[np.float64]] | None = None
    target = np.eye(3)[labels]
    for temperature in np.arange(0.5, 3.01, 0.05):
        bias = np.zeros(3)
        for _ in range(300):
            bias -= 1.0 * (softmax(logits / temperature + bias) - target).mean(axis=0)
        loss = log_loss(softmax(logits / temperature + bias), labels)
        if best is None or loss < best[0]:
            best = (loss, float(temperature), bias - bias.mean())
    assert best is not None
    return best[1], best[2]
