"""Figures put into the claim as the passage writes them, and the judge asked twice for those pairs alone."""

import pytest

from factcheck.restated import restate, score_restated
from factcheck.types import Pair, Stance


@pytest.mark.parametrize(
    ("claim", "evidence", "restated"),
    [
        (
            "Chad has a population of 17.7 million.",
            "At the end of 2022 Chad had 17.723 million people.",
            "Chad has a population of 17.723 million.",
        ),
        ("The fund got $52 billion.", "It holds 52.7 billion dollars.", "The fund got 52.7 billion dollars."),
        ("More than half of it went abroad.", "63 percent of it went abroad.", "63 percent of it went abroad."),
        ("They sold over 500 boats.", "They sold 612 boats.", "They sold 612 boats."),
        ("They sold over 500 boats.", "They sold 6,120 boats.", None),
        ("They sold 500 boats.", "They sold 700 boats.", None),
        ("They sold 500 boats.", "They sold 500 boats in 2020 and 502 in 2021.", None),
        ("They have three boats.", "They have 3 boats.", None),
        ("Sales doubled.", "Sales were 2.0 times what they were.", None),
        ("She came third.", "She came in 3rd place.", None),
        ("The bridge is old.", "The bridge was built in 1902.", None),
        ("It costs 20 percent more.", "It costs 20 dollars more.", None),
    ],
)
def test_figures_are_written_as_the_passage_has_them(claim, evidence, restated):
    assert restate(claim, evidence) == restated


class Counting:
    name = "counting"

    def __init__(self) -> None:
        self.asked = []

    def score(self, pairs):
        self.asked = [p.claim for p in pairs]
        return [Stance(0.8, 0.1, 0.1) if "17.723" in p.claim else Stance(0.2, 0.7, 0.1) for p in pairs]


def test_the_mean_of_both_readings_stands_and_other_pairs_are_asked_once():
    judge = Counting()
    evidence = "At the end of 2022 Chad had 17.723 million people."
    pairs = [Pair("Chad is in Africa.", evidence), Pair("Chad has 17.7 million people.", evidence)]
    first, second = score_restated(judge, pairs)
    assert (first.p_supports, first.p_refutes) == (0.2, 0.7)
    assert second.p_supports == pytest.approx(0.5)
    assert second.p_refutes == pytest.approx(0.4)
    assert judge.asked == [pairs[0].claim, pairs[1].claim, "Chad has 17.723 million people."]
    assert score_restated(judge, []) == []
