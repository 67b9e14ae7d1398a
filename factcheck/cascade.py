"""Two judges, one after the other: a small one sets aside what clearly decides nothing, a large one judges the rest.

Most passages that a search brings are about something near and decide nothing. To see that takes a judge of a fifth of
the size; where the small one has any doubt the large one is asked, and its word stands (Viola and Jones 2001, "Rapid
Object Detection using a Boosted Cascade of Simple Features").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import MissingModel
from factcheck.types import Pair, Stance
from factcheck.verify import OnnxVerifier, Verifier

CUT_FILE = "cascade.json"


class CascadeVerifier:
    """Ask ``small`` first; pairs to which it gives more than ``neutral_above`` for "neither" keep its stance."""

    def __init__(self, small: Verifier, large: Verifier, *, neutral_above: float) -> None:
        self.small = small
        self.large = large
        self.neutral_above = neutral_above
        self.name = f"{large.name}, {small.name} first"

    @classmethod
    def load(cls, small: Path, large: Path) -> CascadeVerifier:
        """Load both judges; the small one's folder says from where on it is believed.

        :raises MissingModel: when a file is missing.
        """
        cut = small / CUT_FILE
        if not cut.is_file():
            raise MissingModel(f"{cut} is missing; install the package again, or fit it with `factcheck train cascade`")
        above = float(json.loads(cut.read_text(encoding="utf-8"))["neutral_above"])
        return cls(OnnxVerifier.load(small), OnnxVerifier.load(large), neutral_above=above)

    def score(self, pairs: Sequence[Pair]) -> list[Stance]:
        """Return one stance a pair, in order."""
        stances = self.small.score(pairs)
        doubtful = [i for i, stance in enumerate(stances) if stance.p_neutral <= self.neutral_above]
        for place, stance in zip(doubtful, self.large.score([pairs[i] for i in doubtful]), strict=True):
            stances[place] = stance
        return stances


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the small judge is believed, and what that does: shares of pairs set aside, in all and of those decided."""

    neutral_above: float
    set_aside: float
    lost: float


def fit_cut(small_neutral: NDArray[np.float64], large_decides: NDArray[np.bool_], *, lost_at_most: float) -> Cut:
    """Return the lowest cut at which the small judge sets aside no more than ``lost_at_most`` of the decided pairs.

    ``small_neutral`` are the small judge's probabilities of "neither", ``large_decides`` says which pairs the large one
    calls supported or refuted; both of shape (n,).
    """
    decided = np.sort(small_neutral[large_decides])[::-1]
    allowed = int(lost_at_most * len(decided))
    above = float(decided[allowed]) if allowed < len(decided) else 0.0
    return Cut(
        neutral_above=above,
        set_aside=float((small_neutral > above).mean()) if len(small_neutral) else 0.0,
        lost=float((decided > above).mean()) if len(decided) else 0.0,
    )


def write_cut(cut: Cut, folder: Path, fitted_on: Sequence[str]) -> None:
    """Write the cut beside the small judge."""
    row = {
        "neutral_above": round(cut.neutral_above, 4),
        "set_aside": round(cut.set_aside, 4),
        "lost": round(cut.lost, 4),
        "fitted_on": list(fitted_on),
    }
    (folder / CUT_FILE).write_text(json.dumps(row) + "\n", encoding="utf-8")
