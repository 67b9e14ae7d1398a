"""Fit from where on the small judge is believed, on held-out pairs that both judges read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factcheck.cascade import Cut, fit_cut
from factcheck.embed import Encoder
from factcheck.evaluate.cases import place_among_near
from factcheck.verify import LABELS, OnnxVerifier

NEUTRAL = LABELS.index("not_enough_info")
DECIDED = 0.5


def fit_cascade(
    paths: Sequence[Path], small: Path, large: Path, encoder: Encoder, *, lost_at_most: float, limit: int
) -> Cut:
    """Return the cut for the judges in two folders, on up to ``limit`` claims of labelled pairs.

    Each claim is read with the passages nearest to it, since that is what a search brings: pairs written to be hard
    are seldom about something else, and would ask for a cut that sets nothing aside.
    """
    rows = place_among_near(paths, limit, encoder)
    pairs = [(item["text"], row["claim"]) for row in rows for item in row["evidence"]]
    screened = OnnxVerifier.load(small).probabilities(pairs)
    judged = OnnxVerifier.load(large).probabilities(pairs)
    decided = judged[:, [i for i in range(len(LABELS)) if i != NEUTRAL]].max(axis=1) >= DECIDED
    return fit_cut(screened[:, NEUTRAL], decided, lost_at_most=lost_at_most)
