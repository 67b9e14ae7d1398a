"""Make the judge's probabilities honest: fit a temperature and a bias on half of some held-out pairs.

healthver, climate_fever and wice must not be among them; they show what the fit is worth on kinds of text that it has
not seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import BadData
from factcheck.evaluate.cases import spread
from factcheck.evaluate.metrics import expected_calibration_error
from factcheck.evaluate.verify import read_pairs
from factcheck.train.softmax import fit_tempering
from factcheck.verify import LABELS, OnnxVerifier, Tempering, temper

HELD_OUT = frozenset({"healthver", "climate_fever", "wice"})


@dataclass(frozen=True, slots=True)
class FittedTempering:
    """The constants, and figures on the half that was not fitted on."""

    temperature: float
    bias: tuple[float, ...]
    ece_before: float
    ece_after: float
    accuracy_before: float
    accuracy_after: float


def fit_judge(paths: Sequence[Path], folder: Path, *, limit: int) -> FittedTempering:
    """Fit on a random half of the rows, write ``tempering.json`` into ``folder``, and return the figures.

    :raises BadData: when one of the files is a set that stays out of every fit.
    """
    kept_out = sorted({p.stem for p in paths} & HELD_OUT)
    if kept_out:
        raise BadData(f"{', '.join(kept_out)} stays out of every fit; leave it away")
    judge = OnnxVerifier.load(folder)
    pairs = [pair for path in paths for pair in spread(read_pairs(path), limit)]
    logits = judge.logits([(p.evidence, p.claim) for p in pairs])
    labels = np.array([LABELS.index(p.label) for p in pairs])
    # Rows of a set follow a pattern of labels, so that every second one would be a biased half.
    fit_on = np.random.default_rng(0).permutation(len(pairs)) % 2 == 0
    temperature, bias = fit_tempering(logits[fit_on], labels[fit_on])
    supports, refutes, neutral = (float(b) for b in bias)
    fitted = Tempering(temperature, (supports, refutes, neutral))
    row = {"temperature": round(temperature, 4), "bias": [round(b, 4) for b in fitted.bias], "pairs": int(fit_on.sum())}
    (folder / "tempering.json").write_text(
        json.dumps(row | {"fitted_on": [p.name for p in paths]}) + "\n", encoding="utf-8"
    )
    before, after = temper(logits[~fit_on], Tempering()), temper(logits[~fit_on], fitted)
    return FittedTempering(
        temperature,
        fitted.bias,
        *(_ece(p, labels[~fit_on]) for p in (before, after)),
        *(float((p.argmax(axis=1) == labels[~fit_on]).mean()) for p in (before, after)),
    )


def _ece(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    right = probabilities.argmax(axis=1) == labels
    return expected_calibration_error(probabilities.max(axis=1), right)
