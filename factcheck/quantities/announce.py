"""Whether what two aligned figures say may be announced as a match or a conflict of the whole claim.

A figure that agrees says little where the claim speaks of words, names, years or other figures that the passage lacks;
one that differs says little where the claim states something computed. Two logistic models weigh that; they were fitted
on labelled claims (:func:`factcheck.evaluate.findings.fit_announcing`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from factcheck.quantities.align import Alignment
from factcheck.quantities.operations import Operation, operations_for
from factcheck.quantities.poles import match_days
from factcheck.quantities.readings import Parsed, Reading
from factcheck.types import Bound

FEATURES = (
    "bias", "alignment", "missing_words", "missing_near", "missing_names", "no_names", "foreign", "known_names", "known_figures", "missing_days", "missing_figures", "derived", "computed",
    "crowd", "single", "strict", "change", "direction", "opposite", "quantifier", "negation", "superlative", "projection", "day_other",
    "head_other", "segment", "ratio", "small", "duration", "length",
)  # fmt: skip
_DERIVED = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.CHANGE, Operation.MULTIPLE, Operation.SHARE})
_QUANTIFIERS = re.compile(r"\b(?:all|every|each|only|none|no|never|always|any|most|both|neither|exactly|just|alone|entire|whole)\b", re.IGNORECASE)
_NEGATIONS = re.compile(r"\b(?:not|n't|no|never|none|nobody|nothing|without|neither|nor)\b|n[’']t\b", re.IGNORECASE)
_SUPERLATIVES = re.compile(r"\b(?:most|least|first|last|largest|biggest|highest|lowest|smallest|best|worst|longest|oldest|record|\w{3,}est)\b", re.IGNORECASE)


def weigh(
    claimed: Reading, best: Alignment, claim: Parsed, evidence: Parsed, *, computed: bool, unmatched: float
) -> dict[str, float]:
    """Return the features that speak for or against announcing what ``best`` says.

    ``computed`` tells that the claimed figure can be had from two others of the passage, ``unmatched`` the share of the
    claim's other figures that no figure of the passage agrees with.
    """
    absent = [group for _, group in claim.tokens if group not in evidence.words]
    near = max((claimed.context.get(group, 0.0) for group in absent), default=0.0)
    names = [name for name in claim.owners if name not in evidence.owners and name not in evidence.text.lower()]
    known = claim.owners - set(names)
    days = [item.day for item in claim.days if item.day is not None]
    others = [item.day for item in evidence.days if item.day is not None]
    lost_days = sum(1 for day in days if match_days((day,), others) <= 0)
    mention = claimed.mention
    bound = mention.quantity.bound if mention else Bound.EXACT
    unit = mention.quantity.unit if mention else ""
    up_claim, up_evidence = _turn(claim.words), _turn(frozenset(best.reading.context))
    return {
        "bias": 1.0,
        "alignment": math.log(max(best.probability, 0.01) / max(1 - best.probability, 0.01)),
        "missing_words": len(absent) / (len(claim.tokens) or 1),
        "missing_near": near,
        "missing_names": float(bool(names)),
        "no_names": float(bool(names) and not known),
        "foreign": float(bool(names) and not known and bool(evidence.owners)),
        "known_names": len(known) / len(claim.owners) if claim.owners else 0.0,
        "known_figures": float(bool(claim.numbers) and mention is None and unmatched == 0),
        "missing_days": lost_days / (len(days) or 1),
        "missing_figures": unmatched,
        "derived": float(bool(_DERIVED & set(operations_for(claimed, claim)))),
        "computed": float(computed),
        "crowd": math.log1p(len(evidence.numbers)),
        "single": float(len(claim.numbers) == 1),
        "strict": float(bound in (Bound.OVER, Bound.UNDER, Bound.AT_LEAST, Bound.AT_MOST)),
        "change": float(claimed.is_change),
        "direction": float(claimed.is_change != best.reading.is_change),
        "opposite": float(up_claim * up_evidence < 0),
        "quantifier": float(_lacks(_QUANTIFIERS, claim.text, evidence.text)),
        "negation": float(bool(_NEGATIONS.search(claim.text)) != bool(_NEGATIONS.search(evidence.text))),
        "superlative": float(_lacks(_SUPERLATIVES, claim.text, evidence.text)),
        "projection": float(claimed.projected != best.reading.projected),
        "day_other": best.features.get("day_other", 0.0),
        "head_other": best.features.get("head_other", 0.0),
        "segment": best.features.get("segment", 0.0),
        "ratio": float(unit in ("ratio", "percent")),
        "small": float(bool(mention) and mention is not None and abs(mention.quantity.value) <= 10 and unit == "count"),
        "duration": float(unit in ("year", "month", "day", "week", "hour", "minute")),
        "length": len(claim.tokens) / 10,
    }


def _turn(words: frozenset[str]) -> int:
    """Return 1 where words of rising stand, -1 where words of falling do, 0 for both or none."""
    return int("rise" in words or "gain" in words) - int("fall" in words or "lose" in words)


def _lacks(pattern: re.Pattern[str], claim: str, evidence: str) -> bool:
    """Whether the claim has a word of that sort which the evidence lacks."""
    there = {match[0].lower() for match in pattern.finditer(evidence)}
    return any(match[0].lower() not in there for match in pattern.finditer(claim))


def score(features: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """Return the logistic of the weighted features."""
    total = math.fsum(coefficients.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))




# fitted by factcheck.evaluate.findings.fit_announcing
MATCH_COEFFICIENTS: Mapping[str, float] = {
    "bias": -0.43, "alignment": 0.41, "missing_words": -1.08, "missing_near": 0.68, "missing_names": -0.03,
    "no_names": 0.49, "foreign": -0.56, "known_names": 0.40, "missing_days": -0.32, "missing_figures": -1.88,
    "derived": 0.21, "computed": -0.54, "crowd": 0.33, "single": -0.76, "strict": 1.30, "change": -0.28,
    "direction": -0.23, "opposite": -0.49, "quantifier": -0.35, "negation": -0.31, "superlative": -0.04,
    "projection": 0.20, "day_other": 0.29, "head_other": -0.28, "ratio": -0.29, "small": -0.15, "duration": -0.35,
    "length": 0.26,
}  # fmt: skip
CONFLICT_COEFFICIENTS: Mapping[str, float] = {
    "bias": 0.77, "alignment": 0.22, "missing_words": -0.52, "missing_near": -0.94, "missing_names": 0.13,
    "no_names": -0.18, "foreign": -0.70, "known_names": 0.06, "missing_days": -0.77, "missing_figures": 0.03,
    "derived": 0.27, "computed": -0.68, "crowd": -0.25, "single": 0.04, "strict": 1.27, "direction": -0.38,
    "opposite": -1.00, "quantifier": -0.08, "negation": -0.43, "superlative": 0.20, "projection": 0.12,
    "day_other": -0.29, "head_other": 0.09, "segment": 0.30, "ratio": -0.27, "small": -0.53, "duration": -0.44,
    "length": 0.63,
}  # fmt: skip

DAY_MATCH_COEFFICIENTS: Mapping[str, float] = {
    "bias": 0.25, "alignment": 0.10, "missing_words": -2.07, "missing_near": 0.03, "missing_names": -0.44,
    "no_names": -0.23, "foreign": 0.40, "known_names": 0.34, "known_figures": 0.64, "missing_days": 0.91,
    "missing_figures": -0.28, "crowd": -0.17, "single": 0.07, "change": 0.33, "direction": -0.17, "opposite": -0.47,
    "quantifier": -0.30, "negation": -0.38, "superlative": -0.37, "projection": -0.08, "day_other": -0.78,
    "head_other": 0.08, "segment": -0.36, "length": 0.32,
}  # fmt: skip

DAY_CONFLICT_COEFFICIENTS: Mapping[str, float] = {
    "bias": 1.50, "alignment": 0.22, "missing_words": -1.62, "missing_near": -0.98, "missing_names": -0.57,
    "no_names": -0.59, "foreign": -0.06, "known_names": 0.10, "known_figures": 0.57, "missing_days": 0.46,
    "missing_figures": -0.31, "crowd": -0.47, "single": -0.26, "change": 0.03, "direction": -0.61, "opposite": -0.20,
    "quantifier": -0.13, "negation": -0.34, "superlative": 0.14, "projection": -0.06, "day_other": -0.15,
    "head_other": -0.32, "segment": -0.61, "length": 0.88,
}  # fmt: skip
