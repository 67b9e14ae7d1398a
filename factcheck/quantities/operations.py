"""What a claimed figure can be computed from: a ratio, share, change, difference, sum or product of two figures.

The wording of the claim says which of these it states; the arithmetic is exact and is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, DivisionByZero, InvalidOperation
from enum import StrEnum

from factcheck.quantities.mention import Mention
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import COUNT, PERCENT, POINT, RANK, RATIO, conversion_factor
from factcheck.types import Quantity


class Operation(StrEnum):
    """How a claimed figure follows from two figures of the evidence, ``a`` and ``b``."""

    MULTIPLE = "multiple"  # a / b
    SHARE = "share"  # a / b, a a part of b
    CHANGE = "change"  # (a - b) / b, signed
    DIFFERENCE = "difference"  # a - b, signed
    SUM = "sum"  # a + b
    PART = "part"  # a, a share, of b
    BASE = "base"  # b before it changed by a
    WHOLE = "whole"  # b / a, a the share that b is of the whole
    BEFORE = "before"  # b before it changed by the amount a


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


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to compute a claimed figure from the evidence: the two figures, the value and the working."""

    operation: Operation
    a: Reading
    b: Reading
    value: Decimal
    working: str

    @property
    def made_of_different_things(self) -> bool:
        """Whether the text names what both figures count and the two are not the same."""
        return bool(self.a.head and self.b.head and not self.a.head & self.b.head)


def operations_for(claimed: Reading, claim: Parsed) -> tuple[Operation, ...]:
    """Return the operations that the unit and the wording of a claimed figure allow."""
    if claimed.mention is None:
        return ()
    unit = claimed.mention.quantity.unit
    text = claim.text
    if unit == RATIO:
        return _ratio_operations(claimed.mention, claimed, text)
    if unit == PERCENT:
        return (Operation.CHANGE,) if claimed.is_change or _CHANGE.search(text) else (Operation.SHARE,)
    if unit == POINT:
        return (Operation.DIFFERENCE,)
    if unit == RANK or unit.startswith("out_of_"):
        return ()
    out = []
    if claimed.is_change or _DIFFERENCE.search(text):
        out.append(Operation.DIFFERENCE)
    if _SUM.search(text):
        out.append(Operation.SUM)
    return (*out, Operation.PART, Operation.BASE, Operation.WHOLE, Operation.BEFORE)


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
    return (Operation.SHARE,)


def hypotheses(claimed: Reading, claim: Parsed, figures: tuple[Reading, ...]) -> Iterator[Hypothesis]:
    """Yield every way that the claim's wording allows to compute its figure from two of the figures."""
    for operation in operations_for(claimed, claim):
        for a in figures:
            for b in figures:
                if (
                    a is not b
                    and _may_serve(operation, a, b)
                    and (made := _apply(operation, claimed, a, b)) is not None
                ):
                    yield made


_OF_A_SHARE = frozenset({Operation.PART, Operation.BASE, Operation.WHOLE})
_SHARES = frozenset({RATIO, PERCENT})


def _may_serve(operation: Operation, a: Reading, b: Reading) -> bool:
    """Whether two figures are of the sorts that an operation takes.

    The ratio of two fractions of different wholes says nothing; a share is of the figure beside it; only a level has a
    level before it.
    """
    if a.mention is None or b.mention is None:
        return False
    if operation in _OF_A_SHARE:
        if a.mention.quantity.unit != RATIO:
            return operation is not Operation.WHOLE or (not a.is_change and a.sentence == b.sentence)
        return abs(a.order - b.order) == 1 and (operation is not Operation.BASE or a.is_change)
    if operation is Operation.BEFORE:
        return a.is_change and not b.is_change and a.sentence == b.sentence and 0 < a.order - b.order <= 2
    return a.mention.quantity.unit != RATIO and b.mention.quantity.unit != RATIO


def _apply(operation: Operation, claimed: Reading, a: Reading, b: Reading) -> Hypothesis | None:
    if a.mention is None or b.mention is None or claimed.mention is None:
        return None
    left, right, goal = a.mention.quantity, b.mention.quantity, claimed.mention.quantity
    if a.direction < 0 and operation in (Operation.BASE, Operation.BEFORE):
        left = replace(left, value=-left.value)
    try:
        made = _compute(operation, goal, left, right)
    except (DivisionByZero, InvalidOperation, OverflowError):
        return None
    if made is None:
        return None
    return Hypothesis(operation, a, b, made[0], made[1])


def _compute(operation: Operation, goal: Quantity, left: Quantity, right: Quantity) -> tuple[Decimal, str] | None:
    if operation in (Operation.PART, Operation.BASE, Operation.WHOLE):
        return _compute_from_share(operation, goal, left, right)
    factor = conversion_factor(right.unit, left.unit)
    if factor is None or RANK in (left.unit, right.unit) or left.unit.startswith("out_of_"):
        return None
    x, y = left.value, right.value * factor
    if operation in (Operation.MULTIPLE, Operation.SHARE, Operation.CHANGE):
        return _compute_quotient(operation, goal, x, y)
    if left.unit in (PERCENT,) and goal.unit != POINT:
        return None
    if goal.unit == POINT:
        if left.unit != PERCENT:
            return None
        back = Decimal(1)
    else:
        converted = conversion_factor(left.unit, goal.unit)
        if converted is None:
            return None
        back = converted
    if operation is Operation.BEFORE:
        sign = "−" if x > 0 else "+"
        return (y - x) * back, f"{show(y)} {sign} {show(abs(x))} = {show((y - x) * back)}"
    if operation is Operation.SUM:
        return (x + y) * back, f"{show(x)} + {show(y)} = {show((x + y) * back)}"
    return (x - y) * back, f"{show(x)} − {show(y)} = {show((x - y) * back)}"


def _compute_quotient(operation: Operation, goal: Quantity, x: Decimal, y: Decimal) -> tuple[Decimal, str] | None:
    if y == 0 or x < 0 or y < 0:
        return None
    scale = Decimal(100) if goal.unit == PERCENT else Decimal(1)
    sign = " %" if goal.unit == PERCENT else ""
    if operation is Operation.CHANGE:
        value = (x - y) / y * scale
        return value, f"({show(x)} − {show(y)}) / {show(y)} = {show(value)}{sign}"
    if operation is Operation.SHARE and x > y:
        return None
    value = x / y * scale
    return value, f"{show(x)} / {show(y)} = {show(value)}{sign}"


def _compute_from_share(
    operation: Operation, goal: Quantity, left: Quantity, right: Quantity
) -> tuple[Decimal, str] | None:
    """Compute a part of a whole, or what a figure was before it changed by a share."""
    share = conversion_factor(left.unit, RATIO)
    back = conversion_factor(right.unit, goal.unit)
    if share is None or back is None or right.unit in (PERCENT, RATIO, RANK):
        return None
    part = left.value * share
    if operation is Operation.PART:
        value = part * right.value * back
        return value, f"{show(part)} × {show(right.value)} = {show(value)}"
    if operation is Operation.WHOLE:
        if not 0 < part < 1:
            return None
        value = right.value * back / part
        return value, f"{show(right.value)} / {show(part)} = {show(value)}"
    if part <= -1 or part == 0:
        return None
    if part > 1 and left.unit == RATIO:  # it doubled
        return right.value * back / part, f"{show(right.value)} / {show(part)} = {show(right.value * back / part)}"
    value = right.value * back / (1 + part)
    return value, f"{show(right.value)} / (1 + {show(part)}) = {show(value)}"


def show(value: Decimal) -> str:
    """Return a number as a reader expects it: thousands separated, at most three significant decimals."""
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    size = abs(value)
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 3
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_count_like(unit: str) -> bool:
    """Whether a unit is of things, which can be parts of one another."""
    return unit == COUNT
