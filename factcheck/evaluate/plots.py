"""Pictures of how honest a confidence is: a reliability diagram and a risk-coverage curve."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import BadWorkspace, MissingModel
from factcheck.evaluate.metrics import ECE_BINS, expected_calibration_error


def reliability(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = ECE_BINS
) -> list[tuple[float, float, int]]:
    """Return (mean confidence, accuracy, count) of every bin that is not empty, from low to high."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        (float(confidence[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in np.unique(place)
    ]


def risk_coverage(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], ...]:
    """Return coverages (n,) and the share of wrong answers (n,) when only the surest are given."""
    order = np.argsort(-confidence, kind="stable")
    given = np.arange(1, len(order) + 1)
    return given / len(order), np.cumsum(~right[order]) / given


def draw_calibration(confidence: NDArray[np.float64], right: NDArray[np.bool_], path: Path) -> None:
    """Write both pictures side by side to ``path`` as PNG.

    :raises MissingModel: when matplotlib is not installed.
    :raises BadWorkspace: when the file cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingModel("drawing needs matplotlib; install it with `pip install 'factcheck[plot]'`") from error
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right_side = figure.subplots(1, 2)
    rows = reliability(confidence, right)
    left.plot([0, 1], [0, 1], "--", color="grey", label="honest")
    left.plot([c for c, _, _ in rows], [a for _, a, _ in rows], "o-", label="judge")
    for c, a, n in rows:
        left.annotate(str(n), (c, a), textcoords="offset points", xytext=(4, -10), fontsize=7)
    gap = expected_calibration_error(confidence, right)
    left.set(xlabel="confidence", ylabel="share right", title=f"Reliability (calibration error {gap:.3f})")
    left.legend()
    coverage, risk = risk_coverage(confidence, right)
    right_side.plot(coverage, risk)
    right_side.set(
        xlabel="share answered, surest first", ylabel="share wrong", title="Risk and coverage", ylim=(0, None)
    )
    try:
        figure.savefig(path, dpi=120)
    except OSError as problem:
        raise BadWorkspace(f"{path} cannot be written ({problem.strerror}); choose another file") from problem
