"""A total and its parts: "52.7 billion for glass: 39 billion in subsidies and 13 billion for research".

What is said of one part is not said of another. The share that two owners have together follows from their parts and
the total, in two steps that are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from factcheck.quantities.arithmetic import show
from factcheck.quantities.content import Word
from factcheck.quantities.lexicon import concept, singular
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_number
from factcheck.quantities.units import PERCENT, RANK, RATIO, conversion_factor
from factcheck.types import Finding, FindingKind, Relation

LEAST_SUM, MOST_SUM = Decimal("0.85"), Decimal("1.02")  # of the total, for parts that are not said to be parts
SURE = 0.75
_PARTS_FOLLOW = re.compile(r":|\b(?:of which|of whom|including|among them|made up of|consisting of)\b", re.IGNORECASE)
_OF_TOTAL = re.compile(
    r"(?:\bof|\bout of)\s+(?:(?:the|an?|all|its|their|this|that|[A-Z]\w*[’']s|\w+[’']s)\s+)*$", re.IGNORECASE
)
_TOGETHER = re.compile(r"\b(?:and|together|combined|jointly|between them)\b", re.IGNORECASE)
_NO_NOUNS = frozenset({"verb", "other"})
_NO_AMOUNT = frozenset({RANK, RATIO})


def find_parts(evidence: Parsed) -> dict[int, tuple[int, ...]]:
    """Return for each total of a passage, by its start, the starts of the figures behind it that are its parts."""
    out = {}
    numbers = [item for item in evidence.numbers if item.mention and item.mention.quantity.unit not in _NO_AMOUNT]
    for place, total in enumerate(numbers):
        parts = []
        for item in numbers[place + 1 :]:
            if item.sentence != total.sentence or _share(item, total) is None:
                continue
            parts.append(item)
        if len(parts) < 2:
            continue
        sums = sum((_share(item, total) or Decimal(0) for item in parts), Decimal(0))
        said = _PARTS_FOLLOW.search(evidence.text[total.end : parts[0].start])
        if sums <= MOST_SUM and (said or sums >= LEAST_SUM):
            out[total.start] = tuple(item.start for item in parts)
    return out


def _share(part: Reading, total: Reading) -> Decimal | None:
    """Return which share of the one figure the other is; ``None`` where it cannot be a part."""
    if part.mention is None or total.mention is None or part.is_change or not total.mention.quantity.value:
        return None
    factor = conversion_factor(part.mention.quantity.unit, total.mention.quantity.unit)
    if factor is None:
        return None
    share = part.mention.quantity.value * factor / total.mention.quantity.value
    return share if 0 < share < 1 else None


def find_joint_share(claimed: Reading, claim: Parsed, evidence: Parsed) -> Finding | None:
    """Return how the share that a claim gives two owners stands to their parts of the total in a passage.

    Only for a fraction or percentage of a claim with two joined names of which each has one figure of its own in a
    sentence that starts from the total ("of the 15.7 trillion, Ghana has 7 trillion and Togo 3.7 trillion").
    """
    if claimed.mention is None or claimed.mention.quantity.unit not in (RATIO, PERCENT):
        return None
    if claimed.is_change or (claimed.mention.quantity.unit == RATIO and claimed.mention.quantity.value >= 1):
        return None
    pair = _joined(claim)
    if pair is None:
        return None
    totals = find_parts(evidence)
    for total in evidence.numbers:
        if total.mention is None:
            continue
        if total.start not in totals and not _OF_TOTAL.search(evidence.text[: total.mention.quantity.start]):
            continue
        shares = _shares_of(pair, total, evidence)
        if shares is not None:
            return _describe(claimed, shares, total, claim, evidence)
    return None


def _joined(claim: Parsed) -> tuple[Word, Word] | None:
    """Return the two names or nouns that the claim joins with "and"."""
    for left, right in pairwise(claim.content):
        between = claim.text[left.start + len(left.text) : right.start].strip().lower()
        if between in ("and", "and the") and left.name != right.name and {left.role, right.role}.isdisjoint(_NO_NOUNS):
            return left, right
    return None


def _shares_of(pair: tuple[Word, Word], total: Reading, evidence: Parsed) -> Mapping[str, Reading] | None:
    out: dict[str, Reading] = {}
    for item in evidence.numbers:
        if item.sentence != total.sentence or item is total or _share(item, total) is None:
            continue
        hits = [word.name for word in pair if _is_of(item, word, evidence)]
        if not hits and pair[0].role != "name":
            continue
        if len(hits) != 1 or hits[0] in out:
            return None
        out[hits[0]] = item
    return out if len(out) == 2 else None


def _is_of(item: Reading, word: Word, evidence: Parsed) -> bool:
    """Whether a figure is that of a name before it, or counts a noun right behind it."""
    if word.role != "name":
        counted = item.mention.quantity.of if item.mention else ""
        return bool(counted) and concept(singular(counted.split()[-1].lower())) == word.group
    return any(
        other.role == "name" and other.name == word.name and _stands_before(other.start, item, evidence)
        for other in evidence.content
    )


def _stands_before(place: int, item: Reading, evidence: Parsed) -> bool:
    """Whether a word stands between the figure before of a fitting kind and this one."""
    begin = item.mention.quantity.start if item.mention else item.start
    starts = [
        other.end
        for other in evidence.numbers
        if other.end <= begin
        and other.mention
        and item.mention
        and conversion_factor(other.mention.quantity.unit, item.mention.quantity.unit) is not None
    ]
    return max(starts, default=evidence.sentences[item.sentence][0]) <= place < begin


def _describe(
    claimed: Reading, shares: Mapping[str, Reading], total: Reading, claim: Parsed, evidence: Parsed
) -> Finding | None:
    if claimed.mention is None or total.mention is None:
        return None
    first, second = sorted(shares.values(), key=lambda item: item.start)
    sum_of = (_share(first, total) or Decimal(0)) + (_share(second, total) or Decimal(0))
    is_percent = claimed.mention.quantity.unit == PERCENT
    relation = compare_number(claimed.mention, sum_of * 100 if is_percent else sum_of)
    if relation is Relation.INCOMPARABLE or sum_of > MOST_SUM:
        return None
    amounts = [_amount(item, total) for item in (first, second)]
    working = (
        f"({show(amounts[0])} + {show(amounts[1])}) / {show(total.mention.quantity.value)} = {show(sum_of * 100)} %"
    )
    left = claim.text[claimed.mention.quantity.start : claimed.end]
    quotes = [evidence.text[item.mention.quantity.start : item.end] for item in (first, second, total) if item.mention]
    end = "within tolerance" if relation is Relation.MATCH else "outside tolerance"
    note = f"{working}: “{left}” {end}{', going by a projection' if total.projected or first.projected else ''}."
    return Finding(FindingKind.RATIO, relation, left, "; ".join(quotes), note, SURE)


def _amount(item: Reading, total: Reading) -> Decimal:
    if item.mention is None or total.mention is None:
        return Decimal(0)
    factor = conversion_factor(item.mention.quantity.unit, total.mention.quantity.unit) or Decimal(1)
    return item.mention.quantity.value * factor
