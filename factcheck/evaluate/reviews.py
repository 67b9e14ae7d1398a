"""How often people agreed with the tool, and a confidence refitted on what they decided.

What people decide on is mostly flagged claims, the doubtful ones: agreement here is lower than over all claims, and a
confidence fitted here is right for claims that get flagged.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.errors import BadData
from factcheck.evaluate.metrics import expected_calibration_error, ratio
from factcheck.ledger import Ledger, ReviewEvent
from factcheck.types import Kind, ReviewAction, VerdictLabel

MIN_DECISIONS = 50
MIN_DISAGREEMENTS = 8
_FOLDS = 5
_BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))
_VERDICT_ACTS = frozenset({ReviewAction.ACCEPT, ReviewAction.OVERRIDE})
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ``n`` decisions with a verdict, how many were the tool's own, and how sure the tool was on average."""

    n: int
    agreed: int
    rate: float
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class ReviewScores:
    """What the decisions in a ledger say about the tool.

    ``overall`` and the breakdowns count decisions with a verdict; ``not_a_claim`` and ``needs_source`` are counted by
    themselves. ``wrong_supported`` is how many claims the tool called supported and a person did not.
    """

    overall: Agreement
    by_kind: Mapping[str, Agreement]
    by_verdict: Mapping[str, Agreement]
    by_confidence: Mapping[str, Agreement]
    ece: float
    not_a_claim: int
    needs_source: int
    wrong_supported: int

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Refit:
    """A temperature for the tool's probabilities, and the mean log loss before and after on decisions held out.

    A temperature over 1 makes the tool less sure, under 1 surer; the order of verdicts stays. ``until`` is the stamp of
    the last decision it was fitted on.
    """

    temperature: float
    until: int
    n: int
    log_loss_before: float
    log_loss_after: float

    @property
    def improves(self) -> bool:
        """Whether held-out decisions are better foretold with the temperature than without."""
        return self.log_loss_after < self.log_loss_before


def measure_reviews(ledger: Ledger) -> ReviewScores:
    """Return how the standing decisions of a ledger compare with the verdicts they were made on."""
    decisions = ledger.decisions()
    judged = [event for event in decisions if event.action in _VERDICT_ACTS]
    confidence = np.array([event.confidence for event in judged], dtype=np.float64)
    right = np.array([person_verdict(event) is event.judged for event in judged], dtype=np.bool_)
    return ReviewScores(
        overall=_agree(judged),
        by_kind=_group(
            judged, lambda event: event.kind.value if event.kind else "unknown", [kind.value for kind in Kind]
        ),
        by_verdict=_group(judged, lambda event: event.judged.value, [label.value for label in VerdictLabel]),
        by_confidence=_group(judged, lambda event: _band(event.confidence), [_name(*band) for band in _BANDS]),
        ece=expected_calibration_error(confidence, right),
        not_a_claim=sum(event.action is ReviewAction.NOT_A_CLAIM for event in decisions),
        needs_source=sum(event.action is ReviewAction.NEEDS_SOURCE for event in decisions),
        wrong_supported=sum(
            event.judged is VerdictLabel.SUPPORTED and person_verdict(event) is not VerdictLabel.SUPPORTED
            for event in judged
        ),
    )


def person_verdict(event: ReviewEvent) -> VerdictLabel | None:
    """Return the verdict that the person of an accept or override stands behind."""
    return event.verdict if event.action is ReviewAction.OVERRIDE else event.judged


def describe_reviews(scores: ReviewScores) -> str:
    """Return the figures as lines for a terminal."""
    total = scores.overall
    if total.n == 0:
        return "no decision with a verdict yet; work through some claims with `factcheck review`"
    lines = [f"people agreed with {total.agreed} of {total.n} verdicts ({total.rate:.0%}), ECE {scores.ece:.3f}"]
    for title, groups in (
        ("by verdict", scores.by_verdict),
        ("by kind", scores.by_kind),
        ("by confidence", scores.by_confidence),
    ):
        lines.append(title)
        lines += [
            f"  {name:<16} {one.agreed:>4} of {one.n:<4} {one.rate:>5.0%}   mean confidence {one.mean_confidence:.2f}"
            for name, one in groups.items()
        ]
    lines.append(
        f"called supported and overridden: {scores.wrong_supported}; not a claim: {scores.not_a_claim}; "
        f"needs a source: {scores.needs_source}"
    )
    return "\n".join(lines)


def fit_temperature(ledger: Ledger, *, since: int = 0) -> Refit:
    """Return the temperature that best foretells people's verdicts, checked on held-out fifths of them.

    Temperature scaling after Guo et al. 2017, "On Calibration of Modern Neural Networks", on the three outcomes that a
    report keeps; a decision for "conflicting" counts as "not enough info". Only decisions with a stamp later than
    ``since`` count: an earlier refit has used the others, and would be made a second time.

    :raises BadData: when there are fewer than 50 decisions to learn from or fewer than 8 of them disagree.
    """
    rows = [(event, person_verdict(event)) for event in ledger.decisions() if event.action in _VERDICT_ACTS]
    usable = [(event, label) for event, label in rows if event.probabilities is not None and label in _OUTCOMES]
    usable = [(event, label) for event, label in usable if event.stamp > since]
    disagreements = sum(label is not event.judged for event, label in usable)
    if len(usable) < MIN_DECISIONS or disagreements < MIN_DISAGREEMENTS:
        new = " since the last refit" if since else ""
        raise BadData(
            f"{len(usable)} decisions{new}, {disagreements} of them against the tool, are too few to refit the "
            f"confidence; it takes {MIN_DECISIONS} and {MIN_DISAGREEMENTS}; review more claims and run this again"
        )
    logits = np.log(np.array([_probabilities(event) for event, _ in usable]) + _FLOOR)
    gold = np.array([_OUTCOMES[label] for _, label in usable])
    before, after = [], []
    for fold in range(_FOLDS):
        held = np.arange(len(gold)) % _FOLDS == fold
        temperature = _best_temperature(logits[~held], gold[~held])
        before.append(_log_loss(logits[held], gold[held], 1.0) * held.sum())
        after.append(_log_loss(logits[held], gold[held], temperature) * held.sum())
    return Refit(
        temperature=_best_temperature(logits, gold),
        until=max(event.stamp for event, _ in usable),
        n=len(gold),
        log_loss_before=float(sum(before) / len(gold)),
        log_loss_after=float(sum(after) / len(gold)),
    )


def read_until(source: Path) -> int:
    """Return the stamp of the last decision that the model in ``source`` was refitted on, 0 where it never was."""
    return int(json.loads(source.read_text(encoding="utf-8")).get("refitted_until", 0))


def scale_model(source: Path, temperature: float, *, until: int) -> str:
    """Return the decision model in ``source`` with its probabilities at ``temperature``, as the text of its JSON file.

    The model is a softmax of linear scores, so that dividing every coefficient by the temperature does it. ``until`` is
    kept in it for :func:`read_until`.
    """
    row = json.loads(source.read_text(encoding="utf-8"))
    row["weights"] = {name: [value / temperature for value in values] for name, values in row["weights"].items()}
    row["intercepts"] = {name: value / temperature for name, value in row["intercepts"].items()}
    row["temperature"] = temperature * row.get("temperature", 1.0)
    row["refitted_until"] = until
    return json.dumps(row, indent=1) + "\n"


_OUTCOMES: Mapping[VerdictLabel | None, int] = {
    VerdictLabel.SUPPORTED: 0,
    VerdictLabel.REFUTED: 1,
    VerdictLabel.NOT_ENOUGH_INFO: 2,
    VerdictLabel.CONFLICTING: 2,
}


def _probabilities(event: ReviewEvent) -> tuple[float, float, float]:
    assert event.probabilities is not None
    return event.probabilities.supported, event.probabilities.refuted, event.probabilities.not_enough_info


def _log_loss(logits: np.ndarray[Any, Any], gold: np.ndarray[Any, Any], temperature: float) -> float:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    log_p = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(-log_p[np.arange(len(gold)), gold].mean())


def _best_temperature(logits: np.ndarray[Any, Any], gold: np.ndarray[Any, Any]) -> float:
    """Return the temperature in [0.25, 8] with the least log loss, by golden section over its logarithm."""
    low, high, step = math.log(0.25), math.log(8.0), (math.sqrt(5) - 1) / 2
    for _ in range(60):
        left, right = high - step * (high - low), low + step * (high - low)
        if _log_loss(logits, gold, math.exp(left)) <= _log_loss(logits, gold, math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def _agree(events: Sequence[ReviewEvent]) -> Agreement:
    agreed = sum(person_verdict(event) is event.judged for event in events)
    mean = ratio(sum(event.confidence for event in events), len(events))
    return Agreement(len(events), agreed, ratio(agreed, len(events)), mean)


def _group(
    events: Sequence[ReviewEvent], name: Callable[[ReviewEvent], str], order: Sequence[str]
) -> dict[str, Agreement]:
    groups: dict[str, list[ReviewEvent]] = {}
    for event in events:
        groups.setdefault(name(event), []).append(event)
    known = [key for key in order if key in groups]
    return {key: _agree(groups[key]) for key in [*known, *sorted(set(groups) - set(known))]}


def _name(low: float, high: float) -> str:
    return f"{low:.1f}-{high:.1f}"


def _band(confidence: float) -> str:
    return next((_name(low, high) for low, high in _BANDS if confidence < high), _name(*_BANDS[-1]))
