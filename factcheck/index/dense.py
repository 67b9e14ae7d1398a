"""Nearest vectors by inner product: exact below 100,000, then a scan of rounded vectors that is measured again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT_LIMIT = 100_000
_OVERSAMPLE = 2
_LEVELS = 127


class DenseSearch:
    """Rows of unit length, searched through FAISS.

    Rows are scaled to unit length on the way in, so that the inner product is the cosine whatever an encoder gives; a
    zero vector stays zero and is similar to nothing.

    Up to ``exact_limit`` rows every row is compared in full (``IndexFlatIP``, 11 ms for 100,000 rows of 384 on one
    core). Beyond, a byte a place is kept and compared as bytes (``QT_8bit_direct_signed``, 2 ms for as many and a
    quarter of the memory), and twice the rows asked for are measured again with the query in full. No training, so that
    rows can come and go.
    """

    def __init__(self, vectors: NDArray[np.float32], *, exact_limit: int = EXACT_LIMIT) -> None:
        import faiss

        rows = unit_rows(vectors)
        self._size, dim = len(rows), max(vectors.shape[1], 1)
        self._rows: NDArray[Any] = rows
        self._scale: float | None = None
        if len(rows) <= exact_limit:
            self._index: Any = faiss.IndexFlatIP(dim)
            if len(rows):
                self._index.add(rows)
            return
        self._scale = float(np.abs(rows).max()) / _LEVELS
        self._index = faiss.IndexScalarQuantizer(
            dim, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        np.rint(np.divide(rows, np.float32(self._scale), out=rows), out=rows)
        self._index.add(rows)
        self._rows = rows.astype(np.int8)

    def __len__(self) -> int:
        return self._size

    def search(self, queries: NDArray[np.float32], *, k: int) -> list[list[tuple[int, float]]]:
        """Return up to ``k`` rows a query as (row, cosine), best first, ties by row."""
        size = min(k, len(self))
        if size == 0 or not len(queries):
            return [[] for _ in queries]
        units = unit_rows(queries)
        with _threads_for(len(queries)):
            if self._scale is None:
                similarities, rows = self._index.search(units, size)
            else:
                rows = self._index.search(_to_levels(units), min(size * _OVERSAMPLE, len(self)))[1]
                similarities = [self._measure(unit, row) for unit, row in zip(units, rows, strict=True)]
        found = [
            [(int(row), float(value)) for row, value in zip(*pair, strict=True) if row >= 0]
            for pair in zip(rows, similarities, strict=True)
        ]
        return [sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:size] for hits in found]

    def similarity(self, query: NDArray[np.float32], rows: list[int]) -> NDArray[np.float32]:
        """Return the cosine of one query to each of some rows."""
        return self._measure(unit_rows(query[None, :])[0], np.asarray(rows, dtype=np.int64))

    def row(self, place: int) -> NDArray[np.float32]:
        """Return one of the rows, as near as it is kept."""
        return np.asarray(self._rows[place], dtype=np.float32)

    def _measure(self, unit: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        chosen = self._rows[rows].astype(np.float32)
        cosines: NDArray[np.float32] = np.asarray(chosen @ unit, dtype=np.float32)
        return cosines if self._scale is None else cosines * np.float32(self._scale)


def _to_levels(units: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return queries on the whole numbers that bytes hold; their order of rows is what matters, not their length."""
    largest = np.abs(units).max(axis=1, keepdims=True)
    scaled = np.zeros_like(units)
    np.divide(units * _LEVELS, largest, out=scaled, where=largest > 0)
    return np.rint(scaled)


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
    # norm() makes a squared copy of everything; on 100,000 rows that is half of the time an index takes to open.
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled = np.zeros_like(rows)
    np.divide(rows, lengths, out=scaled, where=lengths > 0)
    return scaled
