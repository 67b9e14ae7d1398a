"""The two sides of a comparison in a claim, and which figure of the evidence stands for which.

"Twice as many A as B", "A in 2023 than in 2021", "a third of the A were B": the words and dates on either side pick the
figures. How likely a pair is the right one is a logistic model over shared words, names, dates and wording, fitted as
that of :mod:`factcheck.quantities.align`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.quantities.arithmetic import Hypothesis
from factcheck.quantities.dates import DateMention
from factcheck.quantities.operations import Operation
from factcheck.quantities.readings import Parsed, Reading

_SPLIT = re.compile(
    r"\b(?:than|compared (?:with|to)|as against|versus|ahead of|behind|more than did|exceeded|surpassed|overtook"
    r"|outnumbered)\b"
    r"|(?<=\w)\s+as\s+(?=(?:in|the|did|those|those|that|there|a|an|[A-Z]|men|women|[a-z]+s)\b)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|in)\s+", re.IGNORECASE)
_END = re.compile(
    r"[,;.]|\b(?:were|was|are|is|had|has|have|went|came|took|did|said|live|lived|belong|belonged|use|used)\b"
)


@dataclass(frozen=True, slots=True)
class Poles:
    """The two sides of a comparison: the word groups and dates of each. ``named`` tells that the claim has both."""

    left: frozenset[str]
    right: frozenset[str]
    left_days: tuple[DateMention, ...]
    right_days: tuple[DateMention, ...]
    named: bool


def find_poles(claimed: Reading, claim: Parsed, operation: Operation) -> Poles:
    """Return the two sides that the claim compares; for a share, the part and the whole."""
    text = claim.text
    days = tuple(reading.day for reading in claim.days if reading.day is not None)
    if operation is Operation.SHARE and claimed.mention is not None:
        return _share_poles(claimed, claim, days)
    split = _SPLIT.search(text, claimed.end if claimed.mention else 0) or _SPLIT.search(text)
    if split is None:
        ordered = sorted((day for day in days if day.first), key=lambda day: (day.first, day.start), reverse=True)
        everything = frozenset(group for _, group in claim.tokens)
        if len(ordered) >= 2:
            return Poles(everything, everything, (ordered[0],), (ordered[-1],), True)
        return Poles(everything, everything, days, (), False)
    left = frozenset(group for place, group in claim.tokens if place < split.start())
    right = frozenset(group for place, group in claim.tokens if place >= split.end())
    left_days = tuple(day for day in days if day.start < split.start())
    right_days = tuple(day for day in days if day.start >= split.end())
    return Poles(left, right, left_days, right_days, True)


def _share_poles(claimed: Reading, claim: Parsed, days: tuple[DateMention, ...]) -> Poles:
    text = claim.text
    of = _OF.match(text, claimed.end)
    stop = len(text)
    if of is None:
        everything = frozenset(group for _, group in claim.tokens)
        return Poles(everything, everything, days, days, False)
    if end := _END.search(text, of.end()):
        stop = end.start()
    whole = frozenset(group for place, group in claim.tokens if of.end() <= place < stop)
    part = frozenset(group for place, group in claim.tokens if not of.end() <= place < stop)
    return Poles(part, whole, days, days, True)


def affinity(reading: Reading, words: frozenset[str], days: Sequence[DateMention]) -> float:
    """Return how much of a side's words stand near a figure, plus or minus what its dates say."""
    near = math.fsum(reading.context.get(word, 0.0) for word in words) / (len(words) or 1)
    return near + 0.5 * match_days(reading.days[:1], days)


def match_days(found: Sequence[DateMention], wanted: Sequence[DateMention]) -> float:
    """Return 1 where a date overlaps one that is wanted, -1 where all are others, 0 where one side has none."""
    wanted = [day for day in wanted if day.first and day.last]
    found = [day for day in found if day.first and day.last]
    if not wanted or not found:
        return 0.0
    for have in found:
        for want in wanted:
            if (
                have.first
                and have.last
                and want.first
                and want.last
                and have.first <= want.last
                and want.first <= have.last
            ):
                return 1.0
    return -1.0


PAIR_FEATURES = (
    "bias", "multiple", "share", "change", "difference", "sum", "part", "base", "whole", "before", "left", "right",
    "contrast", "named",
    "days_left",
    "days_right", "same_head", "neighbours", "same_sentence", "claim_head", "coverage", "missing", "owner_left",
    "owner_right",
    "roles", "roles_wrong", "order", "crowd", "sign_wrong"
)  # fmt: skip


def describe_pair(
    made: Hypothesis, claimed: Reading, claim: Parsed, evidence: Parsed, poles: Poles, crowd: int
) -> dict[str, float]:
    """Return the features of one way to compute a figure."""
    a, b = made.a, made.b
    only_left, only_right = poles.left - poles.right, poles.right - poles.left
    left_a, right_b = affinity(a, poles.left, ()), affinity(b, poles.right, ())
    contrast = (
        _near(a, only_left) - _near(b, only_left) + _near(b, only_right) - _near(a, only_right) if poles.named else 0.0
    )
    words = [group for _, group in claim.tokens]
    covered = sum(1 for word in words if max(a.context.get(word, 0.0), b.context.get(word, 0.0)) > 0.25)
    shared_a, shared_b = _names(claim, a), _names(claim, b)
    roles = (a.role == "new" or b.role == "old") and not (a.role == "old" or b.role == "new")
    wrong = a.role == "old" or b.role == "new"
    return {
        "bias": 1.0,
        str(made.operation): 1.0,
        "left": left_a,
        "right": right_b,
        "contrast": contrast,
        "named": float(poles.named),
        "days_left": match_days(a.days[:1], poles.left_days),
        "days_right": match_days(b.days[:1], poles.right_days),
        "same_head": float(bool(a.head & b.head)),
        "neighbours": float(abs(a.order - b.order) == 1),
        "same_sentence": float(a.sentence == b.sentence),
        "claim_head": float(bool(claimed.head & (a.head | b.head))),
        "coverage": covered / (len(words) or 1),
        "missing": sum(1 for word in words if word not in evidence.words) / (len(words) or 1),
        "owner_left": float(bool(shared_a - shared_b)),
        "owner_right": float(bool(shared_b - shared_a)),
        "roles": float(roles),
        "roles_wrong": float(wrong),
        "order": float(a.start > b.start),
        "crowd": math.log1p(crowd),
        "sign_wrong": float(made.value < 0 and claimed.direction >= 0),
    }


def _near(reading: Reading, words: frozenset[str]) -> float:
    return math.fsum(reading.context.get(word, 0.0) for word in words) / (len(words) or 1)


def _names(claim: Parsed, reading: Reading) -> set[str]:
    return {name for name, near in reading.owners.items() if near > 0.2 and name in claim.owners}


# fitted by factcheck.evaluate.findings.fit_pairs as a conditional logit over the ways to compute one claimed figure
PAIR_COEFFICIENTS: Mapping[str, float] = {
    "difference": -0.21, "sum": 0.14, "part": 0.42, "base": -0.34, "left": 1.39, "right": 1.11, "contrast": 0.39,
    "days_left": 0.80, "days_right": 0.38, "same_head": 0.73, "neighbours": 0.48, "same_sentence": 1.25,
    "claim_head": 0.78, "coverage": 1.67, "owner_left": 0.02, "owner_right": 0.38, "roles": 0.26,
    "roles_wrong": -0.16, "order": 0.24, "sign_wrong": -0.43,
}  # fmt: skip
