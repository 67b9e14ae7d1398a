"""Figures against values worked out by hand."""

import numpy as np
import pytest

from factcheck.errors import BadData
from factcheck.evaluate.metrics import accuracy_at_coverage, expected_calibration_error, score_labels
from factcheck.evaluate.verify import measure, read_pairs, read_rows
from factcheck.types import Stance


def test_label_scores_by_hand():
    scores = score_labels(["a", "a", "b", "b"], ["a", "b", "b", "b"], ["a", "b"])
    assert (scores["a"].precision, scores["a"].recall, scores["a"].n) == (1.0, 0.5, 2)
    assert scores["b"].precision == pytest.approx(2 / 3)
    assert scores["b"].f1 == pytest.approx(0.8)


def test_calibration_error_by_hand():
    confidence = np.array([0.9, 0.9, 0.9, 0.9])
    assert expected_calibration_error(confidence, np.array([True, True, True, False])) == pytest.approx(0.15)
    assert expected_calibration_error(np.array([]), np.array([], dtype=bool)) == 0.0
    assert expected_calibration_error(np.array([1.0]), np.array([True])) == 0.0


def test_coverage_keeps_the_surest():
    confidence, right = np.array([0.2, 0.9, 0.5, 0.7]), np.array([False, True, False, True])
    assert accuracy_at_coverage(confidence, right, 0.5) == 1.0
    assert accuracy_at_coverage(confidence, right, 1.0) == 0.5


def test_measures_of_the_contract_by_hand():
    gold = ["supported", "supported", "refuted", "not_enough_info"]
    stances = [Stance(0.8, 0.1, 0.1), Stance(0.3, 0.2, 0.5), Stance(0.6, 0.3, 0.1), Stance(0.1, 0.1, 0.8)]
    scores = measure(gold, stances, 2.0)
    assert scores.n == 4
    assert scores.accuracy == 0.5
    assert scores.refuted_called_supported == 1.0
    assert scores.two_way_accuracy == pytest.approx(2 / 3)
    assert scores.binary_balanced_accuracy == 0.5
    assert scores.balanced_accuracy == pytest.approx((0.5 + 0 + 1) / 3)
    assert scores.pairs_per_s == 2.0


def test_a_bad_row_is_named(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"evidence": "a", "claim": "b", "label": "supported"}\n{"evidence": "a"}\n')
    with pytest.raises(BadData, match="line 2, lacks claim, label"):
        read_pairs(path)
    path.write_text('{"evidence": "a", "claim": "b", "label": "true"}\n')
    with pytest.raises(BadData, match="'true'"):
        read_pairs(path)
    with pytest.raises(BadData, match="cannot be read"):
        read_pairs(tmp_path / "none.jsonl")


def test_a_class_that_does_not_occur_is_no_part_of_the_mean():
    stances = [Stance(0.8, 0.1, 0.1), Stance(0.7, 0.2, 0.1)]
    assert measure(["supported", "supported"], stances, 1.0).binary_balanced_accuracy == 1.0
    assert measure(["refuted", "refuted"], stances, 1.0).binary_balanced_accuracy == 0.0
    assert measure(["refuted"], [Stance(0.1, 0.8, 0.1)], 1.0).binary_balanced_accuracy == 1.0


def test_rows_end_at_line_feeds_alone_and_a_byte_order_mark_is_none_of_them(tmp_path):
    path = tmp_path / "pairs.jsonl"
    line = '{"evidence": "a\u2028b\x85", "claim": "c", "label": "supported"}'
    path.write_bytes(f"\ufeff{line}\r\n\n{line}\n".encode())
    assert [pair.evidence for pair in read_pairs(path)] == ["a\u2028b\x85"] * 2


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ('{"text": null, "title": "t", "gold": []}', "text must be text"),
        ('{"text": "a", "title": null, "gold": []}', "title must be text"),
        ('{"text": "a", "title": "t", "gold": "d1"}', "gold must be a list"),
        ('{"text": "a", "title": "t", "gold": null}', "gold must be a list"),
        ('{"text": "a\\u0000b", "title": "t", "gold": []}', "text holds characters"),
        ('{"text": "a", "title": "\\ud800", "gold": []}', "title holds characters"),
    ],
)
def test_a_field_of_another_type_is_named_with_its_line(tmp_path, row, wrong):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "title": "", "gold": []}\n' + row + "\n")
    with pytest.raises(BadData, match=f"line 2: {wrong}"):
        read_rows(path, ("text", "title", "gold"))


@pytest.mark.parametrize("evidence", ["null", '["a"]'])
def test_evidence_of_a_pair_is_text(tmp_path, evidence):
    path = tmp_path / "pairs.jsonl"
    path.write_text(f'{{"evidence": {evidence}, "claim": "b", "label": "supported"}}\n')
    with pytest.raises(BadData, match="line 1: evidence must be text"):
        read_pairs(path)
