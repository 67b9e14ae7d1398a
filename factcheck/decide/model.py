"""The fitted part of a decision: a multinomial logistic model over ``FEATURES``, its coefficients in a JSON file.

It is fitted by ``factcheck.train.decision`` on cases with several dated sources, and gives calibrated probabilities of
four outcomes. To call a claim supported it must be surer than for any other verdict, because calling a false claim
supported is the error that costs most; what stays under its floor is called undecided.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.assets import models_dir
from factcheck.decide.features import (
    FEATURES,
    cover,
    featurise,
    has_amount,
    has_clash,
    has_figure,
    is_ahead,
    states_figure,
)
from factcheck.decide.flags import find_flags, is_flagged
from factcheck.decide.modality import only_foresees
from factcheck.decide.reason import explain
from factcheck.errors import MissingModel
from factcheck.quantities import period
from factcheck.types import Claim, Evidence, Probabilities, Relation, StanceLabel, Verdict, VerdictLabel

OUTCOMES = (
    VerdictLabel.SUPPORTED,
    VerdictLabel.REFUTED,
    VerdictLabel.NOT_ENOUGH_INFO,
    VerdictLabel.CONFLICTING,
)
_WITNESSES = {
    VerdictLabel.SUPPORTED: frozenset({StanceLabel.SUPPORTS}),
    VerdictLabel.REFUTED: frozenset({StanceLabel.REFUTES}),
    VerdictLabel.CONFLICTING: frozenset({StanceLabel.SUPPORTS, StanceLabel.REFUTES}),
}
FLOORS = {VerdictLabel.SUPPORTED: 0.6, VerdictLabel.REFUTED: 0.5, VerdictLabel.CONFLICTING: 0.4}
"""Below this probability the outcome is never said, even where it is the likeliest: undecided is an answer."""
REFUTING_COVERAGE = 0.5
REFUTED_BY_FIGURE = 0.45
"""The floor where a passage that refutes has a figure that clashes: the working can be read and checked."""


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """Coefficients of each outcome: one for every feature, and an intercept."""

    weights: Mapping[VerdictLabel, Mapping[str, float]]
    intercepts: Mapping[VerdictLabel, float]

    @classmethod
    def load(cls, path: Path | None = None) -> DecisionModel:
        """Read the coefficients (default: ``models/calibration.json``).

        :raises MissingModel: when the file is not there or names other features.
        """
        path = path or models_dir() / "calibration.json"
        if not path.is_file():
            raise MissingModel(f"the decision model {path} is missing; install the package again")
        row = json.loads(path.read_text(encoding="utf-8"))
        if list(row["features"]) != list(FEATURES):
            raise MissingModel(f"{path} was fitted for other features; make it again with `factcheck train decision`")
        return cls(
            {label: dict(zip(FEATURES, row["weights"][label.value], strict=True)) for label in OUTCOMES},
            {label: float(row["intercepts"][label.value]) for label in OUTCOMES},
        )

    def probabilities(self, features: Mapping[str, float]) -> dict[VerdictLabel, float]:
        """Return the probability of each outcome; they sum to 1."""
        scores = {
            label: self.intercepts[label] + sum(self.weights[label][name] * features[name] for name in FEATURES)
            for label in OUTCOMES
        }
        top = max(scores.values())
        exponents = {label: math.exp(score - top) for label, score in scores.items()}
        total = sum(exponents.values())
        return {label: value / total for label, value in exponents.items()}


def choose(probabilities: Mapping[VerdictLabel, float], *, figures_clash: bool = False) -> VerdictLabel:
    """Return the likeliest outcome, "not enough info" where it stays under its floor; ties go to the more cautious."""
    likeliest = max(OUTCOMES, key=lambda label: (probabilities[label], OUTCOMES.index(label)))
    floor = FLOORS.get(likeliest, 0.0)
    if likeliest is VerdictLabel.REFUTED and figures_clash:
        floor = REFUTED_BY_FIGURE
    return likeliest if probabilities[likeliest] >= floor else VerdictLabel.NOT_ENOUGH_INFO


def is_disputed_forecast(claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> bool:
    """Return whether a claim about what is to come has its figure from one source, whatever others forecast."""
    return is_ahead(claim, reader_as_of) and any(has_figure(e, Relation.MATCH) for e in evidence)


def has_witness(claim: Claim, evidence: Sequence[Evidence], label: VerdictLabel) -> bool:
    """Return whether a passage speaks for the verdict by itself, so that a reader can be shown it.

    A claim with a figure is supported only by a passage that has the figure, or that it was computed from: judges of
    language read past numbers. A passage that only foresees what the claim states as a fact supports nothing. Refuted
    it is by an amount or rank that clashes, by a date that clashes in a passage with at least ``REFUTING_COVERAGE`` of
    its words, or by any such passage unless another has the claimed figure: judges find against a claim in passages
    about something near, and the date of another event clashes, too.
    """
    stances = {e.stance.label for e in evidence}
    if not _WITNESSES.get(label, frozenset()) <= stances:
        return False
    if label is VerdictLabel.SUPPORTED:
        speaking = (e for e in evidence if e.stance.label is StanceLabel.SUPPORTS)
        return any(states_figure(claim, e) and not only_foresees(claim, e) for e in speaking)
    if label is VerdictLabel.REFUTED:
        against = [e for e in evidence if e.stance.label is StanceLabel.REFUTES]
        clashing = [e for e in against if has_clash(e) or (has_figure(e, Relation.CONFLICT) and _covers(claim, e))]
        if any(not has_lasting_match(e, evidence) for e in clashing):
            return True
        if claim.quantities and any(has_figure(e, Relation.MATCH) for e in evidence):
            return False
        return any(_covers(claim, e) for e in against)
    return True


def has_lasting_match(clashing: Evidence, evidence: Sequence[Evidence]) -> bool:
    """Return whether another passage has the claimed amount and is not older than the one that clashes.

    The two figures then are of different things, or the sources disagree; neither makes the claim false.
    """
    return any(
        has_amount(e) and (e.as_of is None or clashing.as_of is None or period(e.as_of)[1] >= period(clashing.as_of)[0])
        for e in evidence
        if e is not clashing
    )


def _covers(claim: Claim, evidence: Evidence) -> bool:
    return cover(claim.text, evidence) >= REFUTING_COVERAGE


def decide(model: DecisionModel, claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> Verdict:
    """Return the verdict on ``claim`` for a reader at ``reader_as_of``; the order of ``evidence`` does not matter."""
    if not claim.checkable:
        return _uncheckable(claim)
    outcome = model.probabilities(featurise(claim, evidence, reader_as_of))
    if not evidence:
        outcome = {label: float(label is VerdictLabel.NOT_ENOUGH_INFO) for label in OUTCOMES}
    if is_disputed_forecast(claim, evidence, reader_as_of):
        # One forecast does not make another false: what speaks against the claim is disagreement.
        outcome[VerdictLabel.CONFLICTING] += outcome[VerdictLabel.REFUTED]
        outcome[VerdictLabel.REFUTED] = 0.0
    clash = any(e.stance.label is StanceLabel.REFUTES and has_clash(e) for e in evidence)
    label = choose(outcome, figures_clash=clash)
    if not has_witness(claim, evidence, label):
        label = VerdictLabel.NOT_ENOUGH_INFO
    confidence = outcome[label]
    flags = find_flags(claim, evidence, label, confidence, reader_as_of)
    return Verdict(
        label=label,
        confidence=confidence,
        probabilities=Probabilities(
            supported=outcome[VerdictLabel.SUPPORTED],
            refuted=outcome[VerdictLabel.REFUTED],
            not_enough_info=outcome[VerdictLabel.NOT_ENOUGH_INFO] + outcome[VerdictLabel.CONFLICTING],
        ),
        reason=explain(claim, evidence, label, flags, reader_as_of),
        flags=flags,
        flagged=is_flagged(claim, evidence, label, flags),
    )


def _uncheckable(claim: Claim) -> Verdict:
    # What is said of a claim that cannot be checked is as sure as the reading that it cannot be.
    return Verdict(
        label=VerdictLabel.NOT_CHECKABLE,
        confidence=1.0 - claim.check_worthiness,
        probabilities=Probabilities(0.0, 0.0, 1.0),
        reason=explain(claim, (), VerdictLabel.NOT_CHECKABLE, (), ""),
    )
