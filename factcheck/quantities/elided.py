"""Figures that leave out their unit because the figure beside them has it: "183 terawatt-hours in Ghana, 102 in Togo".

A bare number takes over the unit of the figure before it in the sentence, and of an amount of money its scale too ("7
billion and 3.7"); as the first of a range from one to the other it takes that of the figure after it. One that has a
noun of its own, is far from the other in size, or stands in a clause of another verb after a length of time keeps its
own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.coins import CENT, is_coin
from factcheck.quantities.mention import Mention
from factcheck.quantities.units import COUNT, DURATIONS, PERCENT, POINT, RANK, RATIO, is_money

SCALED = 1000  # what is written without its scale is a number below this
FARTHEST = 30  # times as large or as small as the figure before it, and it is of something else
FULL = 100
_JOINED = re.compile(r"[.,;:(]|\b(?:and|or|while|but|to|from|against|than|versus)\b|[–—]", re.IGNORECASE)
_ENDED = re.compile(r"[.!?]\s")
_BARE_AFTER = re.compile(
    r"\s*(?:$|[.,;:()–—]|(?:in|for|by|from|to|at|on|and|or|of it|of them|a|an|per|more|less|fewer|higher|lower|the|this"
    r"|last|next|during|between|before|after|each|now|then|elsewhere|as|with|while|since|through|over)\b)",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(r"\s+of\s+(?:the|its|their|these|those|all)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)


def share_units(text: str, mentions: Sequence[Mention], verbs: Sequence[int] = ()) -> tuple[Mention, ...]:
    """Return the figures with the units that they leave out; ``verbs`` are the places of full verbs in the text."""
    out = list(mentions)
    for index in range(len(out) - 1):
        first, second = out[index].quantity, out[index + 1].quantity
        between = text[first.end : second.start].strip().lower()
        if between in ("to", "and") and _FROM.search(text[: first.start]) and _takes(text, out[index], out[index + 1]):
            out[index] = replace(out[index], quantity=replace(first, unit=second.unit))
    bracketed = [text.count("(", 0, item.quantity.start) > text.count(")", 0, item.quantity.start) for item in out]
    for index in range(1, len(out)):
        # what stands in brackets between two figures is an aside: "7 trillion (26 percent) and 3.7 trillion"
        place = next((i for i in range(index - 1, -1, -1) if bracketed[index] or not bracketed[i]), index - 1)
        before, bare = out[place], out[index]
        between = text[before.quantity.end : bare.quantity.start]
        parted = any(before.quantity.end <= place < bare.quantity.start for place in verbs)
        apart = _ENDED.search(between) and not (bare.scaled and is_money(before.quantity.unit))
        if apart or not _JOINED.search(between) or (parted and before.quantity.unit in DURATIONS):
            continue
        scale = 1 if parted else _scale_left_out(text, bare, before)
        whole = replace(bare, quantity=replace(bare.quantity, value=bare.quantity.value * scale))
        if _takes(text, whole, before):
            unit = PERCENT if before.quantity.unit == POINT else before.quantity.unit
            out[index] = replace(
                whole,
                quantity=replace(whole.quantity, unit=unit),
                step=bare.step * scale,
                scaled=bare.scaled or scale > 1,
            )
    return tuple(out)


def _scale_left_out(text: str, bare: Mention, whole: Mention) -> int | Decimal:
    """Return the factor that a bare amount of money leaves out: "7 billion dollars and 3.7", "95 pence, up from 85"."""
    if is_money(whole.quantity.unit) and not bare.scaled and is_coin(text[whole.quantity.start : whole.quantity.end]):
        return CENT
    size = abs(whole.quantity.value)
    if (
        not is_money(whole.quantity.unit)
        or not whole.scaled
        or bare.scaled
        or not 0 < abs(bare.quantity.value) < SCALED
    ):
        return 1
    return next((scale for scale in (10**12, 10**9, 10**6) if size >= scale), 1)


def _takes(text: str, bare: Mention, whole: Mention) -> bool:
    """Whether a bare number may have the unit of the other figure."""
    unit = whole.quantity.unit
    if bare.quantity.unit != COUNT or unit in (COUNT, RANK, RATIO) or unit.startswith("out_of_"):
        return False
    if unit == PERCENT and abs(bare.quantity.value) > FULL >= abs(whole.quantity.value):
        return False  # "fell by 34 percent, from 339 to 223"
    return _is_bare(text, bare) and _are_near(bare, whole)


def is_bare_beside(text: str, bare: Mention, whole: Mention) -> bool:
    """Whether a count without a noun is joined to a count before it that is of its size."""
    between = text[whole.quantity.end : bare.quantity.start]
    joined = bool(_JOINED.search(between)) and not _ENDED.search(between)
    return whole.quantity.unit == COUNT and joined and _is_bare(text, bare) and _are_near(bare, whole)


def _is_bare(text: str, mention: Mention) -> bool:
    end = mention.quantity.end
    return not mention.quantity.of and bool(_BARE_AFTER.match(text, end)) and not _OF_THINGS.match(text, end)


def _are_near(one: Mention, other: Mention) -> bool:
    left, right = abs(one.quantity.value), abs(other.quantity.value)
    return bool(left and right) and max(left, right) / min(left, right) <= FARTHEST
