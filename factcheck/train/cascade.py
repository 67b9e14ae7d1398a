"""Fit from where on the small judge is believed, on held-out pairs that both judges read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factcheck.cascade import Cut, fit_cut
from factcheck.evaluate.cases import spread
from factcheck.evaluate.verify import read_pairs
from factcheck.verify import LABELS, OnnxVerifier

NEUTRAL = LABELS.index("not_enough_info")
DECIDED = 0.5


def fit_cascade(paths: Sequence[Path], small: Path, large: Path, *, lost_at_most: float, limit: int) -> Cut:
    """Return the cut for the judges in two folders, from up to ``limit`` rows a file."""
    pairs = [(p.evidence, p.claim) for path in paths for p in spread(read_pairs(path), limit)]
    screened = OnnxVerifier.load(small).probabilities(pairs)
    judged = OnnxVerifier.load(large).probabilities(pairs)
    decided = judged[:, [i for i in range(len(LABELS)) if i != NEUTRAL]].max(axis=1) >= DECIDED
    return fit_cut(screened[:, NEUTRAL], decided, lost_at_most=lost_at_most)
