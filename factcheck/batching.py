"""Texts of like length go through a model together, so that little of a batch is padding, and batches side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_THREADS = 8


def batch_by_length(
    lengths: Sequence[int], *, max_tokens: int, max_rows: int | None = None, longest_first: bool = False
) -> Iterator[list[int]]:
    """Yield every row number once, in batches of at most ``max_tokens`` when padded to their longest row.

    A row that is longer than that by itself has a batch of its own. Batches that run side by side end together sooner
    ``longest_first``.
    """
    sign = -1 if longest_first else 1
    batch: list[int] = []
    widest = 1
    for row in sorted(range(len(lengths)), key=lambda row: (sign * lengths[row], row)):
        widest = max(widest, lengths[row])
        if batch and (widest * (len(batch) + 1) > max_tokens or len(batch) == max_rows):
            yield batch
            batch, widest = [], max(lengths[row], 1)
        batch.append(row)
    if batch:
        yield batch


def pad(rows: Sequence[Sequence[int]], pad_id: int = 0) -> dict[str, NDArray[np.int64]]:
    """Return ``input_ids`` and ``attention_mask`` of shape (rows, longest row), as the ONNX graphs take them."""
    ids = np.full((len(rows), max(map(len, rows))), pad_id, dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def run_side_by_side(run: Callable[[list[int]], None], batches: Sequence[list[int]]) -> None:
    """Call ``run`` on every batch, on as many threads as there are cores.

    Sessions that use one thread each share out batches better than one session shares out a batch, whose threads wait
    for each other after every matrix.
    """
    threads = min(count_cores(), MAX_THREADS, len(batches))
    if threads < 2:
        for batch in batches:
            run(batch)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(run, batches):
            pass


def count_cores() -> int:
    """Return the cores that this process may use, which on a shared machine are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
