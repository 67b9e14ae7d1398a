"""Edits are what they say, and the share that lowers support is counted right."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.evaluate.metamorphic import Edit, change_number, evaluate_edits, make_edits, score_edit
from factcheck.evaluate.plots import draw_calibration, reliability, risk_coverage
from factcheck.evaluate.verify import LabelledPair
from factcheck.types import Stance


def test_numbers_change_and_keep_their_form():
    assert change_number("It had 1,200 seats.") == "It had 1,681 seats."
    assert change_number("It opened in 1999.") == "It opened in 1995."
    assert change_number("It grew by 2.5 percent.") == "It grew by 3.6 percent."
    assert change_number("It grew.") is None


@given(st.integers(0, 10**9))
def test_a_changed_number_is_another_number(value):
    changed = change_number(f"There are {value} of them.")
    assert changed is not None
    assert int(re.findall(r"\d+", changed)[0]) != value


@pytest.mark.model
def test_negation_and_names_by_the_parse():
    from factcheck.language import load_pipeline

    claims = ["The bridge was opened in Oslo.", "Denmark sells wind turbines.", "Norway does not export cars."]
    edits = make_edits(claims, load_pipeline())
    assert edits[Edit.NEGATION] == [
        "The bridge was not opened in Oslo.",
        "Denmark does not sell wind turbines.",
        None,
    ]
    assert edits[Edit.ENTITY][0] != claims[0]
    assert "Oslo" not in edits[Edit.ENTITY][0]


class LengthVerifier:
    """Longer claims are less supported."""

    name = "length"

    def score(self, pairs):
        return [Stance(1 / (1 + len(p.claim)), 0.0, 1 - 1 / (1 + len(p.claim))) for p in pairs]


@pytest.mark.model
def test_edits_are_scored_on_supported_pairs_alone():
    from factcheck.language import load_pipeline

    pairs = [
        LabelledPair("e", "The bridge was opened in Oslo.", "supported"),
        LabelledPair("e", "The road was closed in Rome.", "refuted"),
    ]
    scores = evaluate_edits(pairs, LengthVerifier(), load_pipeline())
    assert scores["negation"].n == 1
    assert scores["negation"].lowered == 1.0
    assert scores["number"].n == 0


def test_a_score_counts_what_fell():
    before = [Stance(0.9, 0.0, 0.1), Stance(0.6, 0.1, 0.3)]
    after = [Stance(0.2, 0.7, 0.1), Stance(0.7, 0.1, 0.2)]
    score = score_edit(before, after)
    assert (score.n, score.lowered, score.left_supported) == (2, 0.5, 0.5)
    assert score.mean_after == pytest.approx(0.45)


def test_curves_by_hand(tmp_path):
    confidence, right = np.array([0.95, 0.9, 0.4, 0.35]), np.array([True, False, True, False])
    assert [n for _, _, n in reliability(confidence, right, bins=2)] == [2, 2]
    coverage, risk = risk_coverage(confidence, right)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0.0, 0.5, 1 / 3, 0.5])
    pytest.importorskip("matplotlib")
    draw_calibration(confidence, right, tmp_path / "r.png")
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
