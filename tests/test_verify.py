"""The judge's pure parts on any text, and the shipped judge on real pairs."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import MissingModel
from factcheck.types import Pair, Stance, StanceLabel
from factcheck.verify import (
    LABELS,
    OnnxVerifier,
    Tempering,
    order_of_labels,
    pack_windows,
    split_sentences,
    temper,
)


@given(st.text())
def test_sentences_slice_back_and_lose_no_word(text):
    spans = split_sentences(text)
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert "".join("".join(s.text.split()) for s in spans) == "".join(text.split())


def test_sentences_end_at_full_stops_but_not_at_initials():
    text = 'He said "No." Then 3 left. U.S. growth slowed.'
    assert [s.text for s in split_sentences(text)] == ['He said "No."', "Then 3 left.", "U.S. growth slowed."]


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(50, 250))
def test_windows_cover_every_sentence_within_the_limit(lengths, limit):
    windows = pack_windows(lengths, limit)
    assert {i for first, last in windows for i in range(first, last)} == set(range(len(lengths)))
    assert all(last - first == 1 or sum(lengths[first:last]) <= limit for first, last in windows)
    assert all(a[0] < b[0] for a, b in itertools.pairwise(windows))


def test_tempering_flattens_and_shifts():
    logits = np.array([[2.0, 0.0, 0.0]])
    plain = temper(logits, Tempering())
    assert plain.sum() == pytest.approx(1.0)
    assert plain[0, 0] == pytest.approx(np.exp(2) / (np.exp(2) + 2))
    assert temper(logits, Tempering(temperature=2.0))[0, 0] < plain[0, 0]
    assert temper(logits, Tempering(bias=(1.0, 0.0, 0.0)))[0, 0] > plain[0, 0]


def test_label_order_is_read_from_names():
    assert order_of_labels({0: "contradiction", 1: "entailment", 2: "neutral"}) == (1, 0, 2)
    assert order_of_labels({0: "SUPPORTS", 1: "REFUTES", 2: "NOT ENOUGH INFO"}) == (0, 1, 2)
    with pytest.raises(MissingModel, match="entailment, contradiction and neutral"):
        order_of_labels({0: "LABEL_0", 1: "LABEL_1"})


def test_ties_are_neutral():
    assert Stance(0.4, 0.2, 0.4).label is StanceLabel.NEUTRAL
    assert Stance(0.45, 0.45, 0.1).label is StanceLabel.NEUTRAL
    assert Stance(0.5, 0.3, 0.2).label is StanceLabel.SUPPORTS


def test_a_missing_judge_says_what_to_do(tmp_path):
    with pytest.raises(MissingModel, match="install the package again"):
        OnnxVerifier.load(tmp_path)


@pytest.fixture(scope="module")
def judge():
    return OnnxVerifier.load()


@pytest.mark.model
def test_the_shipped_judge_reads_plain_cases(judge):
    stances = judge.score(
        [
            Pair("The museum opened in Oslo.", "A new museum opened its doors in Oslo on Friday."),
            Pair("The museum never opened.", "A new museum opened its doors in Oslo on Friday."),
            Pair("The museum is free for students.", "A new museum opened its doors in Oslo on Friday."),
        ]
    )
    assert [s.label for s in stances] == [StanceLabel.SUPPORTS, StanceLabel.REFUTES, StanceLabel.NEUTRAL]
    assert all(s.p_supports + s.p_refutes + s.p_neutral == pytest.approx(1.0) for s in stances)


@pytest.mark.model
def test_order_and_company_do_not_change_a_stance(judge):
    pairs = [Pair(f"The bridge has {n} lanes.", f"The bridge, opened in 1999, has {n} lanes.") for n in range(2, 9)]
    together = judge.score(pairs)
    backwards = judge.score(pairs[::-1])[::-1]
    assert [s.label for s in together] == [s.label for s in backwards]
    # int8 activations are scaled by batch, so company moves a probability a little.
    assert np.allclose([s.p_supports for s in together], [s.p_supports for s in backwards], atol=0.08)
    assert judge.score([]) == []


@pytest.mark.model
def test_long_evidence_is_judged_by_its_best_window(judge):
    filler = "The committee met again in the spring and heard several reports on the state of the roads. " * 25
    evidence = filler + "The new museum opened its doors in Oslo on Friday. " + filler
    (stance,) = judge.score([Pair("The museum opened in Oslo.", evidence)])
    assert stance.rationale is not None
    assert evidence[stance.rationale.start : stance.rationale.end] == stance.rationale.text
    assert "museum opened" in stance.rationale.text
    assert len(stance.rationale.text) < len(evidence) / 2


def test_labels_are_those_of_the_data():
    assert LABELS == ("supported", "refuted", "not_enough_info")
