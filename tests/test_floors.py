"""Quality that cannot silently fall: floors of the shipped models on small sets of our own."""

import json
from pathlib import Path

import pytest

from factcheck.evaluate.verify import judge, measure, read_pairs
from factcheck.quantities import ParsedComparer
from factcheck.verify import OnnxVerifier

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "claims" / "gold"
MODELS = ROOT / "models"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.model
@pytest.mark.parametrize("name", sorted(FLOORS["verify"]))
def test_the_judge_holds_its_floors(name):
    floor = FLOORS["verify"][name]
    pairs = read_pairs(GOLD / f"{name}.jsonl")[: floor["rows"]]
    stances, elapsed = judge(pairs, OnnxVerifier.load(), ParsedComparer.load())
    scores = measure([p.label for p in pairs], stances, elapsed)
    assert scores.n == floor["rows"]
    assert scores.accuracy >= floor["accuracy"]
    assert scores.binary_balanced_accuracy >= floor["binary_balanced_accuracy"]
    assert scores.refuted_called_supported <= floor["refuted_called_supported_at_most"]


def test_no_model_file_is_too_large_and_all_stay_together_under_their_limit():
    files = [p for p in MODELS.rglob("*") if p.is_file()]
    assert max(p.stat().st_size for p in files) < 50_000_000
    assert sum(p.stat().st_size for p in files) < 200_000_000


def test_the_judges_card_tells_where_it_comes_from():
    card = json.loads((MODELS / "verifier" / "card.json").read_text(encoding="utf-8"))
    assert card["licence"] == "Apache-2.0"
    assert len(card["commit"]) == 40
    assert card["data_sha256"]
    from factcheck.export_onnx import MODEL_FILE, digest

    parts = sorted((MODELS / "verifier").glob("weights.*.bin"))
    assert digest([MODELS / "verifier" / MODEL_FILE, *parts]) == card["sha256"]


def test_the_decision_model_says_what_it_was_fitted_by():
    row = json.loads((MODELS / "calibration.json").read_text(encoding="utf-8"))
    scores = row["cross_validation"]["all"]
    assert scores["n"] >= 700
    assert scores["ece"] <= 0.06
    assert scores["refuted_called_supported"] <= 0.15
