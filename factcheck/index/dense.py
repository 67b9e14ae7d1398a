"""Nearest vectors by inner product, exact below 100,000."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class DenseSearch:
    """Rows of unit length, searched through FAISS.

    Rows are scaled to unit length on the way in, so that the inner product is the cosine whatever an encoder gives; a
    zero vector stays zero and is similar to nothing.
    """

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        import faiss

        self._vectors = unit_rows(vectors)
        self._index: Any = faiss.IndexFlatIP(max(vectors.shape[1], 1))
        if len(vectors):
            self._index.add(self._vectors)

    def __len__(self) -> int:
        return len(self._vectors)

    def search(self, queries: NDArray[np.float32], *, k: int) -> list[list[tuple[int, float]]]:
        """Return up to ``k`` rows a query as (row, cosine), best first, ties by row."""
        size = min(k, len(self))
        if size == 0 or not len(queries):
            return [[] for _ in queries]
        with _threads_for(len(queries)):
            similarities, rows = self._index.search(unit_rows(queries), size)
        found = [
            [(int(row), float(value)) for row, value in zip(*pair, strict=True) if row >= 0]
            for pair in zip(rows, similarities, strict=True)
        ]
        return [sorted(hits, key=lambda hit: (-hit[1], hit[0])) for hits in found]

    def similarity(self, query: NDArray[np.float32], rows: list[int]) -> NDArray[np.float32]:
        """Return the cosine of one query to each of some rows."""
        return np.asarray(self._vectors[rows] @ unit_rows(query[None, :])[0], dtype=np.float32)


@contextmanager
def _threads_for(queries: int) -> Iterator[None]:
    """Search few queries on one thread: FAISS shares out queries, and threads without one only wait for each other."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(min(before, queries))
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the rows scaled to unit length as contiguous float32; zero rows stay zero."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = np.zeros_like(rows)
    np.divide(rows, lengths, out=scaled, where=lengths > 0)
    return scaled
