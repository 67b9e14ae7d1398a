"""Two rankings to one."""

from __future__ import annotations

from collections.abc import Mapping

DENSE_WEIGHT = 0.5


def fuse(
    similarity: Mapping[int, float], bm25: Mapping[int, float], *, dense_weight: float = DENSE_WEIGHT
) -> list[tuple[int, float]]:
    """Return the keys of both rankings with their fused relevance, best first, ties by key.

    A convex combination of the two, each scaled to [0, 1] by its own extremes over the candidates (Bruch, Gai and
    Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42:1). A candidate that one side did
    not find counts there as that side's worst. Both measures grow with relevance.
    """
    dense, sparse = _scale(similarity), _scale(bm25)
    fused = {
        key: dense_weight * dense.get(key, 0.0) + (1 - dense_weight) * sparse.get(key, 0.0)
        for key in dense.keys() | sparse.keys()
    }
    return sorted(fused.items(), key=lambda item: (-item[1], item[0]))


def _scale(values: Mapping[int, float]) -> dict[int, float]:
    """Map the best to 1 and the worst to 0; where all are alike, all are 1."""
    if not values:
        return {}
    low, high = min(values.values()), max(values.values())
    spread = high - low
    return {key: (value - low) / spread if spread > 0 else 1.0 for key, value in values.items()}
