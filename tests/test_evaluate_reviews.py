"""Agreement with people is counted right, and the refitted confidence recovers a temperature that was put in."""

import json
import math
import random

import pytest
from sample_report import make_report

from factcheck.errors import BadData
from factcheck.evaluate.reviews import describe_reviews, fit_temperature, measure_reviews, read_until, scale_model
from factcheck.ledger import Ledger, ReviewEvent, make_event
from factcheck.types import Kind, Probabilities, ReviewAction, VerdictLabel

REPORT = make_report()


@pytest.fixture
def ledger():
    with Ledger.in_memory() as store:
        yield store


def add(ledger, index, action, verdict=None, reviewer="ada"):
    return ledger.append(make_event(REPORT, REPORT.claims[index], action, verdict=verdict, reviewer=reviewer))


def test_agreement_is_counted_by_verdict_kind_and_confidence(ledger):
    add(ledger, 0, ReviewAction.OVERRIDE, VerdictLabel.REFUTED)
    add(ledger, 1, ReviewAction.ACCEPT)
    add(ledger, 3, ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED)
    add(ledger, 4, ReviewAction.NOT_A_CLAIM)
    add(ledger, 2, ReviewAction.NEEDS_SOURCE)
    add(ledger, 5, ReviewAction.ACCEPT)
    ledger.undo(reviewer="ada")
    scores = measure_reviews(ledger)
    assert (scores.overall.n, scores.overall.agreed) == (3, 2)
    assert scores.overall.rate == pytest.approx(2 / 3)
    assert scores.overall.mean_confidence == pytest.approx((0.94 + 0.88 + 0.55) / 3)
    assert {name: one.agreed for name, one in scores.by_verdict.items()} == {"supported": 1, "refuted": 1}
    assert list(scores.by_kind) == ["quantity", "date", "rank"]
    assert {name: one.n for name, one in scores.by_confidence.items()} == {"0.5-0.6": 1, "0.8-0.9": 1, "0.9-1.0": 1}
    assert (scores.not_a_claim, scores.needs_source, scores.wrong_supported) == (1, 1, 1)
    assert scores.ece == pytest.approx((0.94 + 0.12 + 0.45) / 3)
    assert json.loads(json.dumps(scores.to_dict()))["overall"]["n"] == 3
    assert "people agreed with 2 of 3 verdicts (67%)" in describe_reviews(scores)


def test_a_later_decision_on_the_same_claim_replaces_the_earlier(ledger):
    add(ledger, 1, ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED)
    add(ledger, 1, ReviewAction.ACCEPT, reviewer="bo")
    assert measure_reviews(ledger).overall.agreed == 1


def test_no_decision_is_said_so(ledger):
    scores = measure_reviews(ledger)
    assert scores.overall.n == 0 and scores.ece == 0.0
    assert describe_reviews(scores).startswith("no decision with a verdict yet")


def test_too_few_decisions_are_refused(ledger):
    add(ledger, 1, ReviewAction.ACCEPT)
    with pytest.raises(BadData, match="1 decisions, 0 of them against the tool, are too few"):
        fit_temperature(ledger)


def fill(ledger, true_temperature, count=400):
    """Decisions of people who find the tool's outcome right as often as its softened probabilities say."""
    chance = random.Random(5)
    labels = (VerdictLabel.SUPPORTED, VerdictLabel.REFUTED, VerdictLabel.NOT_ENOUGH_INFO)
    for number in range(count):
        logits = [chance.gauss(0, 3) for _ in labels]
        stated, real = softmax(logits), softmax([value / true_temperature for value in logits])
        judged = labels[stated.index(max(stated))]
        truth = chance.choices(labels, real)[0]
        ledger.append(
            ReviewEvent(
                article_sha256="a" * 64,
                claim_id=str(number),
                claim_text=f"claim {number}",
                action=ReviewAction.OVERRIDE,
                judged=judged,
                confidence=max(stated),
                kind=Kind.STATE,
                verdict=truth,
                probabilities=Probabilities(*stated),
                reviewer="ada",
            )
        )


def softmax(logits):
    top = max(logits)
    values = [math.exp(value - top) for value in logits]
    return [value / sum(values) for value in values]


def test_an_overconfident_tool_is_cooled_down(ledger):
    fill(ledger, 3.0)
    refit = fit_temperature(ledger)
    assert 2.2 < refit.temperature < 4.0
    assert refit.improves and refit.n == 400


def test_a_tool_that_is_right_about_itself_is_left_as_it_is(ledger):
    fill(ledger, 1.0)
    refit = fit_temperature(ledger)
    assert 0.8 < refit.temperature < 1.25
    assert abs(refit.log_loss_after - refit.log_loss_before) < 0.01


def test_a_decision_is_fitted_on_once(ledger, tmp_path):
    fill(ledger, 3.0)
    refit = fit_temperature(ledger)
    path = tmp_path / "calibration.json"
    path.write_text('{"weights": {}, "intercepts": {}}')
    assert read_until(path) == 0
    path.write_text(scale_model(path, refit.temperature, until=refit.until))
    with pytest.raises(BadData, match="0 decisions since the last refit"):
        fit_temperature(ledger, since=read_until(path))


def test_scaling_a_model_divides_its_coefficients(tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps({"features": ["x"], "weights": {"supported": [2.0]}, "intercepts": {"supported": 1.0}}))
    row = json.loads(scale_model(path, 2.0, until=7))
    assert row["weights"] == {"supported": [1.0]} and row["intercepts"] == {"supported": 0.5}
    assert row["temperature"] == 2.0 and row["features"] == ["x"]
