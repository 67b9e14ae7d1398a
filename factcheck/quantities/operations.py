"""What a claimed figure can be computed from: a ratio, share, change, difference, sum or product of two figures.

The wording of the claim says which of these it states; the arithmetic is exact and is shown.
"""

from __future__ import annotations

import re
from enum import StrEnum

from factcheck.quantities.lexicon import concept, singular
from factcheck.quantities.mention import Mention
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import PERCENT, POINT, RANK, RATIO, name_unit


class Operation(StrEnum):
    """How a claimed figure follows from two figures of the evidence, ``a`` and ``b``."""

    MULTIPLE = "multiple"  # a / b
    SHARE = "share"  # a / b, a a part of b
    CHANGE = "change"  # (a - b) / b, signed
    DIFFERENCE = "difference"  # a - b, signed
    SUM = "sum"  # a + b
    PART = "part"  # a, a share, of b
    BASE = "base"  # b before it changed by a
    AFTER = "after"  # b after it changed by a
    WHOLE = "whole"  # b / a, a the share that b is of the whole
    BEFORE = "before"  # b before it changed by the amount a
    RATE = "rate"  # a for each one of b
    TIMES = "times"  # a each, b times
    REST = "rest"  # what the share a leaves of the whole; b is a as well


_THAN = re.compile(
    r"\b(?:than|compared (?:with|to)|as against|ahead of|behind|above|below|over and above)\b", re.IGNORECASE
)
_AS = re.compile(
    r"\bas (?:many|much|large|big|high|long|often|old|heavy|fast|great|far|expensive|likely|wide|tall|dear|\w+)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:more|fewer|less|higher|lower|greater|larger|smaller|longer|shorter|older|younger|later|earlier|heavier"
    r"|lighter|taller|dearer|cheaper|above"
    r"|below|ahead|behind|difference|gap|margin|lead|short of|by|extra|additional|rose|fell|grew"
    r"|increased?|decreased?|dropped|shrank|exceed\w*|surpass\w*|miss\w*|beat\w*|apart)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:together|totals?|totall?ed|combined|altogether|in all|sum|both|add(?:s|ed)? up|overall|between them"
    r"|put together|jointly|whole)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:more|fewer|less|higher|lower|greater|larger|smaller|longer|shorter|above|below|rose|rise[sn]?|fell"
    r"|fall(?:en|s)?|grew|grow(?:n|s|th)?|increas\w+"
    r"|decreas\w+|declin\w+|dropp?\w*|shr[aiu]nk\w*|up|down|gain\w*|lost|lose|loss|cut|reduc\w+|climb\w*"
    r"|slipp?\w*|added|expand\w*|dear\w*|cheap\w*|ahead"
    r"|faster|slower|jump\w*|soar\w*|sank|slid|eased|widen\w*|narrow\w*)\b",
    re.IGNORECASE,
)


# "six tonnes of wheat per hectare", "29 kroner a kilogram", "400 inhabitants to the square kilometre"
_RATE = re.compile(
    r"(?:\s+(?:of\s+)?[\w’'-]+){0,3}?\s+(?:per|an?|each|every|to the|for each|for every)\s+"
    r"(?P<thing>[a-z]+(?:\s[a-z]+)?)",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(r"\b(?:number|count|tally|total) of\b|\bin absolute\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:together|totals?|totall?ed|combined|altogether|in all|all|whole|overall)\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:rest|others?|remain\w*|elsewhere|outside|without|not|no|non\w*|neither|nor|except|apart from"
    r"|(?-i:un(?!i(?!n)|der|til|less)[a-z]{4,}))\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)


def thing_of_rate(claimed: Reading, claim: Parsed) -> tuple[str, str]:
    """Return for each what a claimed figure is: a unit, or the word group of a thing; twice "" where it is no rate."""
    match = _RATE.match(claim.text, claimed.end)
    if match is None:
        return "", ""
    words = match["thing"].split()
    for count in (2, 1):
        if len(words) >= count and (unit := name_unit(" ".join(words[:count]))):
            return unit, ""
    return "", concept(singular(words[0].lower()))


def operations_for(claimed: Reading, claim: Parsed) -> tuple[Operation, ...]:
    """Return the operations that the unit and the wording of a claimed figure allow."""
    if claimed.mention is None:
        return ()
    unit = claimed.mention.quantity.unit
    text = claim.text
    if unit == RATIO:
        return _ratio_operations(claimed.mention, claimed, text)
    if unit == PERCENT:
        if claimed.is_change:
            return (Operation.CHANGE,)
        if _CHANGE.search(text):
            return (Operation.CHANGE, Operation.BEFORE)
        return (*_shares(text), Operation.BEFORE)
    if unit == POINT:
        return (Operation.DIFFERENCE,)
    if unit == RANK or unit.startswith("out_of_"):
        return ()
    out = []
    if claimed.is_change or _DIFFERENCE.search(text):
        out.append(Operation.DIFFERENCE)
    if _SUM.search(text):
        out.append(Operation.SUM)
    if any(thing_of_rate(claimed, claim)):
        out.append(Operation.RATE)
    if _ALL.search(text):
        out.append(Operation.TIMES)
    return (*out, Operation.PART, Operation.BASE, Operation.AFTER, Operation.WHOLE, Operation.BEFORE)


def _ratio_operations(mention: Mention, claimed: Reading, text: str) -> tuple[Operation, ...]:
    if mention.quantity.value >= 1:
        return (Operation.MULTIPLE,)
    after = text[mention.quantity.end :]
    if re.match(r"\s+(?:the size|the number|as\b|that\b|what\b|again as)", after) or _AS.match(after.strip()):
        return (Operation.MULTIPLE,)
    if claimed.is_change or re.match(
        r"\s+(?:more|less|fewer|higher|lower|larger|smaller|longer|shorter|cheaper|dearer)\b", after
    ):
        return (Operation.CHANGE,)
    if re.search(r"\bby (?:\w+ )?(?:\w+ )?$", text[: mention.quantity.start]) and _CHANGE.search(text):
        return (Operation.CHANGE,)
    return _shares(text)


def _shares(text: str) -> tuple[Operation, ...]:
    return (Operation.SHARE, Operation.REST) if _REST.search(text) else (Operation.SHARE,)
