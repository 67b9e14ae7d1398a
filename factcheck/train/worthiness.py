"""Make ``models/worthiness.json``: kind and checkability of a claim by logistic regression on its wording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.claims.worthiness import compute_inputs, list_inputs
from factcheck.errors import BadData
from factcheck.types import Kind

_STEPS = 800
_RATE = 0.05
_L2_CHECKABLE = 0.006
_L2_KIND = 0.003
_WEIGHT_OF_UNCHECKABLE = 1.6


def train_worthiness(rows: Sequence[Mapping[str, Any]], out: Path) -> None:
    """Fit both models on rows ``{"claim", "checkable", "kind"}`` and write them with a card to ``out``.

    Uncheckable claims are few, so each counts more. The outcome depends on the rows and their order alone.

    :raises BadData: when a row lacks a field or has a kind that is none of ours.
    """
    for row in rows:
        if not isinstance(row.get("claim"), str) or row.get("kind") not in list(Kind) or "checkable" not in row:
            raise BadData(f"{row!r} needs claim, checkable and a kind out of {', '.join(Kind)}")
    kinds = list(Kind)
    inputs = np.array([compute_inputs(str(row["claim"])) for row in rows])
    checkable = np.array([int(bool(row["checkable"])) for row in rows])
    kind = np.array([kinds.index(Kind(row["kind"])) for row in rows])
    weights = np.where(checkable == 0, _WEIGHT_OF_UNCHECKABLE, 1.0)
    binary = fit_softmax(inputs, checkable, 2, l2=_L2_CHECKABLE, weights=weights)
    several = fit_softmax(inputs, kind, len(kinds), l2=_L2_KIND, weights=np.ones(len(rows)))
    digest = hashlib.sha256(json.dumps([dict(r) for r in rows], sort_keys=True).encode()).hexdigest()
    model = {
        "schema": "factcheck-worthiness/1",
        "card": {
            "what": "Probability that a claim can be checked against documents, and its kind.",
            "method": "logistic regression on lexical features and the verdicts of the rules; numpy, no other library",
            "trained_on": f"{len(rows)} claims of our own (claims/gold and claims/train), sha256 {digest[:16]}",
            "licence": "Apache-2.0",
        },
        "inputs": list_inputs(),
        "kinds": [str(k) for k in kinds],
        "checkable": _to_lists(binary[:, 1:] - binary[:, :1]),
        "kind": _to_lists(several),
    }
    out.write_text(json.dumps(model, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")


def fit_softmax(
    inputs: NDArray[np.float64],
    labels: NDArray[np.int64],
    classes: int,
    *,
    l2: float,
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return coefficients of shape (inputs + 1, classes), the last row the bias, by Adam on the whole set."""
    rows = np.column_stack([inputs, np.ones(len(inputs))])
    wanted = np.eye(classes)[labels]
    coefficients = np.zeros((rows.shape[1], classes))
    mean = np.zeros_like(coefficients)
    spread = np.zeros_like(coefficients)
    decay = np.ones((rows.shape[1], 1))
    decay[-1] = 0.0
    for step in range(1, _STEPS + 1):
        logits = rows @ coefficients
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = odds / odds.sum(axis=1, keepdims=True)
        gradient = rows.T @ ((p - wanted) * weights[:, None]) / weights.sum() + l2 * decay * coefficients
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        update = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        coefficients -= _RATE * update
    return coefficients


def _to_lists(coefficients: NDArray[np.float64]) -> list[list[float]]:
    return [[round(float(value), 4) for value in row] for row in coefficients]
