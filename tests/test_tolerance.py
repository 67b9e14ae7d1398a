"""Tolerance by wording, and how findings move a stance: pure, no parse."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.quantities.mention import Mention
from factcheck.quantities.parse import scan
from factcheck.quantities.tolerance import compare_number, compare_values, range_of
from factcheck.stance import SHIFTS, temper
from factcheck.types import Finding, FindingKind, Relation, Stance

MATCH, CONFLICT, OPEN = Relation.MATCH, Relation.CONFLICT, Relation.INCOMPARABLE


def figure(text: str) -> Mention:
    (mention,) = scan(f"It has {text}.")
    return mention


@pytest.mark.parametrize(
    ("claimed", "found", "relation"),
    [
        ("39 reviews", "39 reviews", MATCH),
        ("39 reviews", "37 reviews", CONFLICT),
        ("68 %", "67.6 per cent", MATCH),
        ("68 %", "66 %", CONFLICT),
        ("6 million cars", "5.8 million cars", MATCH),
        ("6 million cars", "6.4 million cars", OPEN),
        ("6 million cars", "7.1 million cars", CONFLICT),
        ("$52 billion", "52.7 billion dollars", MATCH),
        ("$52.7 billion", "$52,700,000,000", MATCH),
        ("$52.7 billion", "$54 billion", CONFLICT),
        ("5,000 homes", "5,012 homes", MATCH),
        ("5,000 homes", "6,100 homes", CONFLICT),
        ("about 170 ships", "173 ships", MATCH),
        ("about 170 ships", "47 ships", CONFLICT),
        ("over 170 ships", "173 ships", MATCH),
        ("over 170 ships", "170 ships", CONFLICT),
        ("over 170 ships", "47 ships", CONFLICT),
        ("at least 170 ships", "170 ships", MATCH),
        ("under 50 ships", "50 ships", CONFLICT),
        ("over 500 ships", "fewer than 700 ships", OPEN),
        ("over 500 ships", "more than 600 ships", MATCH),
        ("under 500 ships", "more than 600 ships", CONFLICT),
        ("nearly half", "48 percent", MATCH),
        ("nearly half", "55 percent", CONFLICT),
        ("half", "50 %", MATCH),
        ("a third", "half", CONFLICT),
        ("between 38 and 41 percent", "40 percent", MATCH),
        ("between 38 and 41 percent", "45 percent", CONFLICT),
        ("3 km", "3,000 metres", MATCH),
        ("58 square kilometres", "58,000 hectares", CONFLICT),
        ("2,600 terabytes", "2.6 petabytes", MATCH),
        ("€5 million", "$5 million", OPEN),
        ("2 percent", "2 percentage points", OPEN),
    ],
)
def test_compares_values_by_wording(claimed, found, relation):
    assert compare_values(figure(claimed), figure(found)) is relation


def test_a_ratio_computed_is_within_tolerance():
    (twice,) = scan("It has twice as many lakes.")
    assert compare_number(twice, Decimal(77179) / Decimal(39959)) is MATCH
    assert compare_number(twice, Decimal("1.5")) is CONFLICT


@given(st.integers(1, 10**7), st.integers(1, 10**7))
@settings(deadline=None)
def test_comparing_exact_counts_is_symmetric(left, right):
    one, other = (figure(f"{value:,} lakes") for value in (left, right))
    if one.step == other.step:
        assert compare_values(one, other) is compare_values(other, one)


@given(st.integers(1, 999), st.sampled_from(["", " thousand", " million"]))
@settings(deadline=None)
def test_every_figure_matches_itself_and_its_range_widens(number, scale):
    for word in ("", "about ", "nearly ", "over ", "at least ", "under ", "up to "):
        mention = figure(f"{word}{number}{scale} lakes")
        assert compare_values(mention, mention) is MATCH
        allowed = range_of(mention)
        assert allowed.open_low <= allowed.low <= allowed.high <= allowed.open_high


@given(st.integers(100, 999), st.decimals(0, 2, places=3, allow_nan=False))
@settings(deadline=None)
def test_tolerance_is_monotone(number, share):
    """What lies between a match and the figure claimed is a match too."""
    for word in ("", "about ", "nearly ", "at least ", "up to "):
        mention = figure(f"{word}{number} lakes")
        far = Decimal(number) * share
        between = (far + number) / 2
        if compare_number(mention, far) is MATCH:
            assert compare_number(mention, between) is MATCH


def finding(kind: FindingKind, relation: Relation, certainty: float = 1.0) -> Finding:
    return Finding(kind, relation, "1", "2", "", certainty)


def test_a_conflict_lowers_support_and_a_match_lifts_it_a_little():
    stance = Stance(0.6, 0.2, 0.2)
    lower = temper(stance, [finding(FindingKind.NUMBER, CONFLICT)])
    higher = temper(stance, [finding(FindingKind.NUMBER, MATCH)])
    assert lower.p_supports < 0.4 < 0.6 < higher.p_supports < 0.85


def test_a_clear_reading_stands():
    assert temper(Stance(0.99, 0.005, 0.005), [finding(FindingKind.NUMBER, CONFLICT)]).p_supports > 0.9
    assert temper(Stance(0.005, 0.99, 0.005), [finding(FindingKind.NUMBER, MATCH)]).p_refutes > 0.9


def test_what_cannot_be_compared_changes_nothing():
    stance = Stance(0.6, 0.2, 0.2)
    assert temper(stance, []) is stance
    assert temper(stance, [finding(FindingKind.NUMBER, OPEN)]) is stance


def test_a_conflict_cancels_a_match():
    stance = Stance(0.6, 0.2, 0.2)
    both = [finding(FindingKind.NUMBER, CONFLICT), finding(FindingKind.DATE, MATCH)]
    assert temper(stance, both) == temper(stance, both[:1])


@given(
    st.tuples(*[st.floats(0, 1)] * 3).filter(lambda p: sum(p) > 0.01),
    st.lists(st.tuples(st.sampled_from(sorted(SHIFTS)), st.floats(0, 1)), max_size=5),
)
def test_probabilities_stay_probabilities_and_order_does_not_matter(masses, keys):
    total = sum(masses)
    stance = Stance(*(mass / total for mass in masses))
    findings = [finding(kind, relation, sure) for (kind, relation), sure in keys]
    moved = temper(stance, findings)
    assert math.isclose(moved.p_supports + moved.p_refutes + moved.p_neutral, 1.0, rel_tol=1e-9)
    assert temper(stance, findings[::-1]) == moved
