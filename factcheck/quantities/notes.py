"""Findings on two figures, with what a reader sees of them: both quotes and how they stand to each other."""

from __future__ import annotations

from dataclasses import replace

from factcheck.quantities.align import Alignment
from factcheck.quantities.ranks import explain_rank
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.told import Told
from factcheck.quantities.units import RANK
from factcheck.types import Finding, FindingKind, Relation


def _kind(reading: Reading) -> FindingKind:
    unit = reading.mention.quantity.unit if reading.mention else ""
    return FindingKind.RANK if unit == RANK else FindingKind.NUMBER


def quote(parsed: Parsed, reading: Reading) -> str:
    """Return a figure as it stands in its text, with its bound."""
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]


def describe_figures(
    claimed: Reading, item: Alignment, relation: Relation, sure: float, claim: Parsed, evidence: Parsed
) -> Finding:
    """Return the finding that two figures agree or differ."""
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    of = claimed.mention.quantity.of if claimed.mention else ""
    what = f" ({of})" if of and of not in left else ""
    if relation is Relation.MATCH:
        note = f"“{right}” in the source agrees with “{left}”{what} in the claim."
    elif claimed.direction * item.reading.direction < 0:
        note = (
            f"The claim speaks of {_turn(claimed)} of “{left}”{what}, the source of {_turn(item.reading)} of “{right}”."
        )
    else:
        note = f"The claim says “{left}”{what}, the source “{right}”."
    if item.reading.projected and not claimed.projected:
        note = f"{note[:-1]}, as a projection."
    return Finding(_kind(claimed), relation, left, right, note, round(sure, 3))


def _turn(reading: Reading) -> str:
    return "a rise" if reading.direction > 0 else "a fall"


def describe_incomparable(claimed: Reading, item: Alignment, claim: Parsed, evidence: Parsed) -> Finding:
    """Return the finding that two figures cannot be compared, with the reason."""
    left, right = quote(claim, claimed), quote(evidence, item.reading)
    reason = explain_rank(claimed, item.reading, claim, evidence) or item.reason
    if left.lower() == right.lower():
        note = f"The source has “{right}” too, but {reason}."
    else:
        note = f"“{right}” in the source cannot be compared with “{left}” in the claim: {reason}."
    return Finding(_kind(claimed), Relation.INCOMPARABLE, left, right, note, round(1 - item.probability, 3))


def explain_lack(item: Alignment, told: Told) -> Alignment:
    """Return a figure that is not barred with what of the claim it lacks as the reason."""
    lacking = told.held[item.reading.start].lacking
    if item.barred or not lacking:
        return item
    return replace(item, reason="it says nothing of " + ", ".join(f"“{word.text}”" for word in lacking[:3]))
