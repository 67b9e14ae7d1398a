"""Dates, relative times, and how the date of a figure stands to a claim."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quantities import TimeRelation, find_time, period, relate_time
from factcheck.quantities.dates import find_dates
from factcheck.quantities.moments import relate_dates
from factcheck.types import Relation, TimeScope


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It opened on 18 November 2024.", "2024-11-18", "2024-11-18"),
        ("It opened on November 18, 2024.", "2024-11-18", "2024-11-18"),
        ("The June 2022 list", "2022-06-01", "2022-06-30"),
        ("in Q3 2024", "2024-07-01", "2024-09-30"),
        ("in the third quarter of 2024", "2024-07-01", "2024-09-30"),
        ("the 2022–23 season", "2022-01-01", "2023-12-31"),
        ("between 2019 and 2021", "2019-01-01", "2021-12-31"),
        ("from 2019 to 2021", "2019-01-01", "2021-12-31"),
        ("by 2025", None, "2025-12-31"),
        ("since 2019", "2019-01-01", None),
        ("before 1988", None, "1987-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the 19th century", "1801-01-01", "1900-12-31"),
        ("this year", "2025-01-01", "2025-12-31"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("last month", "2025-07-01", "2025-07-31"),
        ("three years ago", "2022-01-01", "2022-12-31"),
        ("until recently", None, "2025-08-20"),
        ("in the winter of 2020", "2020-12-01", "2021-02-28"),
    ],
)
def test_finds_time(text, start, end):
    scope = find_time(text, said_on="2025-08-20")
    assert scope is not None
    assert (scope.start and scope.start.isoformat(), scope.end and scope.end.isoformat()) == (start, end)


def test_no_time_is_none_and_an_unanchored_one_is_open():
    assert find_time("Cats purr.", said_on="2025") is None
    scope = find_time("Sales fell last year.", said_on=None)
    assert scope == TimeScope(None, None, "last year")


def test_a_count_is_no_year():
    assert find_dates("some 2014 adults took part") == ()
    assert [day.text for day in find_dates("the 2024 elections")] == ["2024"]


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
    ],
)
def test_period(iso, first, last):
    assert period(iso) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("iso", ["", "24", "2024-13", "2024-02-30", "June"])
def test_period_refuses_what_is_no_date(iso):
    with pytest.raises(ValueError, match=r".+"):
        period(iso)


def test_a_figure_for_2022_says_nothing_of_2025():
    claim = find_time("in 2025", said_on=None)
    assert relate_time(claim, "2022-06", "2025-08") is TimeRelation.OLDER
    assert relate_time(claim, "2025-06", "2025-08") is TimeRelation.SAME
    assert relate_time(claim, "2026", "2026-08") is TimeRelation.NEWER
    assert relate_time(claim, None, "2025-08") is TimeRelation.UNKNOWN


def test_an_undated_claim_is_about_the_readers_date():
    assert relate_time(None, "2022-06", "2025-08") is TimeRelation.OLDER
    assert relate_time(None, "2024-11", "2025-08") is TimeRelation.SAME


@pytest.mark.parametrize(
    ("claimed", "found", "relation"),
    [
        ("in 1970", "on 27 June 1970", Relation.MATCH),
        ("in 1971", "on 27 June 1970", Relation.CONFLICT),
        ("on 27 June 1970", "in 1970", Relation.INCOMPARABLE),
        ("before 1988", "in 1988", Relation.CONFLICT),
        ("before 1990", "in 1988", Relation.MATCH),
        ("on 17 March", "on March 17", Relation.MATCH),
        ("on 18 March", "on 17 March 2020", Relation.CONFLICT),
    ],
)
def test_relates_dates(claimed, found, relation):
    (left,), (right,) = find_dates(claimed), find_dates(found)
    assert relate_dates(left, right) is relation


@given(st.text(max_size=120), st.sampled_from([None, "2024", "2024-02", "2024-02-29", "0001", "9999-12-31"]))
@settings(deadline=None)
def test_no_text_breaks_it(text, said_on):
    for day in find_dates(text):
        assert text[day.start : day.end]
        assert day.first is None or day.last is None or day.first <= day.last
    find_time(text, said_on=said_on)


@given(st.sampled_from(["last", "this", "next"]),
       st.sampled_from(["year", "month", "quarter", "week", "decade", "century"]),
       st.dates(date(1900, 1, 1), date(2200, 1, 1)))  # fmt: skip
@settings(deadline=None)
def test_named_times_are_ordered(which, what, day):
    scope = find_time(f"{which} {what}", said_on=day.isoformat())
    assert scope is not None and scope.start is not None and scope.end is not None
    assert scope.start <= scope.end
    if which == "this":
        assert scope.start <= day <= scope.end
