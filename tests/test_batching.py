"""Batches of like length: every row once, none too large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.batching import batch_by_length


@given(
    lengths=st.lists(st.integers(0, 300), max_size=80),
    limit=st.integers(1, 600),
    most=st.none() | st.integers(1, 40),
    longest_first=st.booleans(),
)
def test_batches_hold_every_row_once_within_the_limits(lengths, limit, most, longest_first):
    batches = list(batch_by_length(lengths, max_tokens=limit, max_rows=most, longest_first=longest_first))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= limit
        assert most is None or len(batch) <= most


@pytest.mark.parametrize(("longest_first", "batches"), [(False, [[1, 3, 0], [4, 2]]), (True, [[2, 4], [0, 3, 1]])])
def test_rows_of_like_length_share_a_batch(longest_first, batches):
    lengths = [40, 10, 90, 30, 80]
    assert list(batch_by_length(lengths, max_tokens=200, longest_first=longest_first)) == batches
