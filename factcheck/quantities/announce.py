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
    "bias", "alignment", "missing_words", "missing_near", "missing_verb", "missing_head", "missing_names", "no_names",
    "foreign", "missing_days", "missing_figures", "derived", "computed", "crowd", "strict", "change", "direction",
    "opposite",
    "quantifier", "negation", "superlative", "projection", "day_other", "head_other", "segment", "cosine",
    "own", "digits", "rare_unit",
)  # fmt: skip
_DERIVED = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.CHANGE, Operation.MULTIPLE, Operation.SHARE})
_COMMON_UNITS = frozenset({"count", "ratio", "percent", "rank", "year", "month", "day", "hour"})
_QUANTIFIERS = re.compile(
    r"\b(?:all|every|each|only|none|no|never|always|any|most|both|neither|exactly|just|alone|entire|whole)\b",
    re.IGNORECASE,
)
_NEGATIONS = re.compile(r"\b(?:not|n't|no|never|none|nobody|nothing|without|neither|nor)\b|n[’']t\b", re.IGNORECASE)
# "no more than", "not only" deny nothing
_BOUNDING = re.compile(
    r"\b(?:no|not) (?:more|fewer|less|later|earlier|longer|higher|lower|only|just|quite)\b|\bnot yet\b", re.IGNORECASE
)
_PARTED = re.compile(r"[;:]\s|\s[–—]\s")  # a denial does not reach over these
_SUPERLATIVES = re.compile(
    r"\b(?:most|least|first|last|largest|biggest|highest|lowest|smallest|best|worst|longest|oldest|record|\w{3,}est)\b",
    re.IGNORECASE,
)


def weigh(
    claimed: Reading, best: Alignment, claim: Parsed, evidence: Parsed, *, computed: bool, unmatched: float
) -> dict[str, float]:
    """Return the features that speak for or against announcing what ``best`` says.

    ``computed`` tells that the claimed figure can be had from two others of the passage, ``unmatched`` the share of the
    claim's other figures that no figure of the passage agrees with.
    """
    absent = [group for _, group in claim.tokens if group not in evidence.words]
    near = max((claimed.context.get(group, 0.0) for group in absent), default=0.0)
    names = [name for name in claim.owners if not evidence.speaks_of(name)]
    known = claim.owners - set(names)
    days = [item.day for item in claim.days if item.day is not None]
    others = [item.day for item in evidence.days if item.day is not None]
    lost_days = sum(1 for day in days if match_days((day,), others) <= 0)
    mention = claimed.mention
    bound = mention.quantity.bound if mention else Bound.EXACT
    up_claim, up_evidence = _turn(claim.words), _turn(frozenset(best.reading.context))
    return {
        "bias": 1.0,
        "alignment": math.log(max(best.probability, 0.01) / max(1 - best.probability, 0.01)),
        "missing_words": len(absent) / (len(claim.tokens) or 1),
        "missing_near": near,
        "missing_verb": float(
            bool(claimed.verb) and claimed.verb not in evidence.words and claimed.verb in claim.words
        ),
        "missing_head": float(bool(claimed.head) and not claimed.head & evidence.words),
        "missing_names": float(bool(names)),
        "no_names": float(bool(names) and not known),
        "foreign": float(bool(names) and not known and bool(evidence.owners)),
        "missing_days": lost_days / (len(days) or 1),
        "missing_figures": unmatched,
        "derived": float(bool(_DERIVED & set(operations_for(claimed, claim)))),
        "computed": float(computed),
        "crowd": math.log1p(len(evidence.numbers)),
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
        "cosine": best.features.get("cosine", 0.0),
        "own": float(bool(best.reading.names & claim.names)),
        "digits": _digits(claimed) / 4,
        "rare_unit": float(bool(mention) and mention is not None and mention.quantity.unit not in _COMMON_UNITS),
    }


def _digits(reading: Reading) -> int:
    """Return how many digits of a figure carry meaning, at most four: 1.408 billion hits nothing by chance."""
    if reading.mention is None:
        return 0
    return min(4, len(reading.mention.quantity.value.normalize().as_tuple().digits))


def is_denied(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> bool:
    """Whether one of the two sentences denies what the other states, so that figures that agree do not make a match."""
    return _denies(claim, claimed) != _denies(evidence, found)


def _denies(parsed: Parsed, reading: Reading) -> bool:
    first, last = parsed.sentences[reading.sentence] if parsed.sentences else (0, len(parsed.text))
    begin = max((edge.end() for edge in _PARTED.finditer(parsed.text, first, reading.start)), default=first)
    end = next((edge.start() for edge in _PARTED.finditer(parsed.text, reading.end, last)), last)
    return bool(_NEGATIONS.search(_BOUNDING.sub(" ", parsed.text[begin:end])))


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
    "bias": -0.82, "alignment": 0.33, "missing_words": -0.50, "missing_verb": -0.04, "foreign": -0.35,
    "missing_days": -0.10, "missing_figures": -0.75, "computed": -0.24, "crowd": 0.32, "strict": 1.37,
    "change": -0.70, "opposite": -0.52, "quantifier": -0.38, "negation": -0.43, "head_other": -0.22, "segment": 0.14,
    "digits": 0.57,
}  # fmt: skip
CONFLICT_COEFFICIENTS: Mapping[str, float] = {
    "bias": 0.29, "alignment": 0.14, "missing_near": -0.42, "missing_verb": -0.14, "no_names": -0.20,
    "foreign": -0.57, "missing_days": -0.50, "computed": -0.69, "crowd": -0.40, "strict": 1.43, "change": -0.23,
    "opposite": -1.04, "quantifier": -0.13, "negation": -0.34, "segment": 0.20, "cosine": 0.42, "own": 0.03,
    "digits": 0.78,
}  # fmt: skip

DAY_MATCH_COEFFICIENTS: Mapping[str, float] = {
    "bias": 0.80, "alignment": 0.07, "missing_words": -1.75, "missing_verb": -0.03, "missing_names": -0.27,
    "no_names": -0.40, "crowd": -0.25, "change": 0.77, "direction": -0.58, "opposite": -0.76, "quantifier": -0.16,
    "negation": -0.38, "superlative": -0.36, "projection": -0.06, "day_other": -0.68, "head_other": -0.05,
}  # fmt: skip

DAY_CONFLICT_COEFFICIENTS: Mapping[str, float] = {
    "bias": 1.62, "alignment": 0.12, "missing_words": -1.27, "missing_near": -0.11, "missing_head": -0.04,
    "missing_names": -0.27, "no_names": -0.76, "foreign": -0.19, "missing_figures": -0.32, "crowd": -0.57,
    "change": -0.03, "direction": -0.67, "opposite": -0.39, "negation": -0.37, "projection": -0.15,
    "head_other": -0.29, "cosine": 0.69,
}  # fmt: skip
