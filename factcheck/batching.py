"""Texts of like length go through a model together, so that little of a batch is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


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
