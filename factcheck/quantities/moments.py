"""Findings about dates: when the claim says that something was, against when the passage says it was.

A date that only says for which time a figure holds is no finding of its own: figures for another time cannot be
compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from factcheck.quantities.align import Alignment, bar_opposite, describe, explain, probability
from factcheck.quantities.announce import DAY_CONFLICT_COEFFICIENTS, DAY_MATCH_COEFFICIENTS, is_denied, score, weigh
from factcheck.quantities.dates import DateBound, DateMention
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.times import scope_of
from factcheck.quantities.tolerance import compare_values
from factcheck.quantities.units import COUNT, PERCENT, POINT, RANK, RATIO, is_money
from factcheck.types import Finding, FindingKind, Relation

_MEASURED_AT_A_TIME = frozenset({COUNT, PERCENT, POINT, RATIO, RANK})
_DETERMINED = re.compile(r"(?:\b(?:an?|the|its|his|her|their|our|first|new|this|that)|[’']s)\s+$", re.IGNORECASE)
_NOUN_NEXT = re.compile(
    r"[\s-]+(?!(?:of|in|at|by|for|from|to|on|and|or|than|per|a|an|the|each|long|wide|high|deep)\b)[A-Za-z]"
)
_COMPARES = re.compile(r"\bthan\b", re.IGNORECASE)  # then the claim is about the two sides and not about the date
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
MATCH_FLOOR = 0.5
CONFLICT_FLOOR = 0.8

# fitted as those of align.COEFFICIENTS, on dates
DAY_COEFFICIENTS: Mapping[str, float] = {
    "bias": -1.06, "cosine": -0.19, "head_same": 0.67, "head_other": -0.49, "verb_same": 0.41, "verb_other": -0.20,
    "owner_same": 0.29, "owner_other": -0.47, "owner_absent": -0.73, "day_same": 0.40, "day_other": -0.74,
    "day_absent": 0.07, "coverage": 1.77, "direction_other": -0.14, "margin": 2.84, "alone": 1.76, "projected": -0.56,
    "order_same": 0.81, "sentence_cover": -1.86, "segment": 0.47, "segment_margin": 1.10, "crowd": -0.32,
}  # fmt: skip


def relate_dates(claimed: DateMention, found: DateMention, claim: str = "", evidence: str = "") -> Relation:
    """Return how a date found stands to one claimed: within it, outside it, or left open.

    A date without a year is compared by month and day alone. A date found that is wider than the one claimed leaves it
    open.
    """
    if not claimed.is_dated or not found.is_dated:
        if claimed.month_day and found.month_day:
            same = claimed.month_day == found.month_day
            if claimed.bound is DateBound.IN and found.bound is DateBound.IN:
                return Relation.MATCH if same else Relation.CONFLICT
        return Relation.INCOMPARABLE
    if _UNTIL.search(claim[: claimed.start]) and _UNTIL.search(evidence[: found.start]):
        claimed, found = replace(claimed, bound=DateBound.IN), replace(found, bound=DateBound.IN)  # both name an end
    left, right = scope_of(claimed, claim), scope_of(found, evidence)
    low, high = left.start or date.min, left.end or date.max
    first, last = right.start or date.min, right.end or date.max
    if low <= first and last <= high:
        return Relation.MATCH
    if last < low or first > high:
        return Relation.CONFLICT
    return Relation.INCOMPARABLE


def align_days(claimed: Reading, claim: Parsed, evidence: Parsed) -> list[Alignment]:
    """Return the dates of the passage, the likeliest to be about the same event first."""
    out = []
    for found in evidence.days:
        features = describe(claimed, found, claim, evidence, evidence.days)
        sure, reason = probability(features, DAY_COEFFICIENTS), explain(features, claimed, found)
        out.append(Alignment(found, sure, features, reason, bar_opposite(claimed, found)))
    return sorted(out, key=lambda item: (item.barred, -item.probability, item.reading.start))


def find_moments(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return a finding for each date of the claim that the passage has a date for."""
    findings = []
    unmatched = miss_figures(claim, evidence)
    for claimed in claim.days:
        candidates = align_days(claimed, claim, evidence)
        if candidates and claimed.day is not None:
            finding = judge_days(claimed, candidates, claim, evidence, unmatched)
            if finding is not None:
                findings.append(finding)
    return tuple(findings)


def miss_figures(claim: Parsed, evidence: Parsed) -> float:
    """Return the share of the claim's figures that no figure of the passage agrees with."""
    if not claim.numbers:
        return 0.0
    found = [item.mention for item in evidence.numbers if item.mention is not None]
    missed = sum(
        1
        for item in claim.numbers
        if item.mention is None or not any(compare_values(item.mention, other) is Relation.MATCH for other in found)
    )
    return missed / len(claim.numbers)


def judge_days(
    claimed: Reading, candidates: Sequence[Alignment], claim: Parsed, evidence: Parsed, unmatched: float = 0.0
) -> Finding | None:
    """Decide what the aligned dates say; ``None`` where no date of the passage is about the same event."""
    if claimed.day is None:
        return None
    relations = [
        relate_dates(claimed.day, item.reading.day, claim.text, evidence.text)
        for item in candidates
        if item.reading.day is not None
    ]
    for item, relation in zip(candidates, relations, strict=True):
        if relation is Relation.MATCH and not item.barred:
            if (
                _dates_figure(claimed, claim)
                or _COMPARES.search(claim.text)
                or is_denied(claimed, item.reading, claim, evidence)
            ):
                return None
            sure = score(
                weigh(claimed, item, claim, evidence, computed=False, unmatched=unmatched), DAY_MATCH_COEFFICIENTS
            )
            return _finding(claimed, item, relation, sure, claim, evidence) if sure >= MATCH_FLOOR else None
    best = candidates[0]
    if all(relation is Relation.CONFLICT for relation in relations) and not (
        best.barred or _dates_figure(claimed, claim) or _is_foreign(claim, evidence)
    ):
        sure = score(
            weigh(claimed, best, claim, evidence, computed=False, unmatched=unmatched), DAY_CONFLICT_COEFFICIENTS
        )
        if sure >= CONFLICT_FLOOR and not is_denied(claimed, best.reading, claim, evidence):
            return _finding(claimed, best, Relation.CONFLICT, sure, claim, evidence)
    return _incomparable(claimed, best, claim, evidence)


def _is_foreign(claim: Parsed, evidence: Parsed) -> bool:
    """Whether the document, by title and text, speaks of none of the names in the claim."""
    return bool(evidence.title and claim.owners) and not any(evidence.speaks_of(name) for name in claim.owners)


def _dates_figure(claimed: Reading, claim: Parsed) -> bool:
    """Whether the date says for when a figure of the claim holds; then another date makes that figure incomparable.

    A size that only names a thing ("a 7nm chip", "the 500 MW plant") holds at any time; its date is the event's.
    """
    return any(claimed.day in number.days[:1] and not _names_thing(number, claim.text) for number in claim.numbers)


def _names_thing(number: Reading, text: str) -> bool:
    """Whether a size stands between a determiner and a noun, as a part of the noun's name."""
    if number.mention is None:
        return False
    unit = number.mention.quantity.unit
    if unit in _MEASURED_AT_A_TIME or is_money(unit):
        return False
    return bool(_DETERMINED.search(text[: number.start]) and _NOUN_NEXT.match(text[number.end :]))


def _finding(
    claimed: Reading, item: Alignment, relation: Relation, sure: float, claim: Parsed, evidence: Parsed
) -> Finding:
    left, right = claim.text[claimed.start : claimed.end], evidence.text[item.reading.start : item.reading.end]
    if relation is Relation.MATCH:
        note = f"The date in the source, “{right}”, agrees with “{left}” in the claim."
    else:
        note = f"The claim dates it to “{left}”, the source to “{right}”."
    return Finding(FindingKind.DATE, relation, left, right, note, round(sure, 3))


def _incomparable(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Finding:
    left, right = claim.text[claimed.start : claimed.end], evidence.text[item.reading.start : item.reading.end]
    note = f"“{right}” in the source may not be about the same event as “{left}” in the claim."
    return Finding(FindingKind.DATE, Relation.INCOMPARABLE, left, right, note, round(1 - item.probability, 3))
