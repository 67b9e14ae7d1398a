"""What two figures make: the ratio, share, change, sum, rate or rest, exact and with the working shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, DivisionByZero, InvalidOperation

from factcheck.quantities.operations import NUMBER_OF, Operation, operations_for, thing_of_rate
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import COUNT, PERCENT, POINT, RANK, RATIO, conversion_factor
from factcheck.types import Quantity

_OF_A_CHANGE = frozenset({Operation.BASE, Operation.AFTER})
_OF_A_SHARE = frozenset({Operation.PART, Operation.WHOLE}) | _OF_A_CHANGE

_SHARES = frozenset({RATIO, PERCENT})


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


def hypotheses(claimed: Reading, claim: Parsed, figures: tuple[Reading, ...]) -> Iterator[Hypothesis]:
    """Yield every way that the claim's wording allows to compute its figure from two of the figures."""
    thing = thing_of_rate(claimed, claim)
    if NUMBER_OF.search(claim.text[: claimed.start]):  # a rise of the rate is none of the number
        figures = tuple(item for item in figures if item.mention and item.mention.quantity.unit != PERCENT)
    for operation in operations_for(claimed, claim):
        for a in figures:
            for b in figures:
                if (
                    (a is b) is (operation is Operation.REST)
                    and _may_serve(operation, a, b)
                    and (operation not in _OF_A_SHARE or _are_beside(a, b, figures))
                    and (made := _apply(operation, claimed, a, b, thing)) is not None
                ):
                    yield made


def _are_beside(share: Reading, level: Reading, figures: tuple[Reading, ...]) -> bool:
    """Whether a share may be of a level: a fraction is of the next figure of its kind, wholes left aside."""
    if share.mention is None or level.mention is None or share.mention.quantity.unit != RATIO:
        return True
    unit, (low, high) = level.mention.quantity.unit, sorted((share.start, level.start))
    return not any(
        low < item.start < high and not (item.whole and item is not level)
        for item in figures
        if item.mention and conversion_factor(item.mention.quantity.unit, unit) is not None
    )


def _may_serve(operation: Operation, a: Reading, b: Reading) -> bool:
    """Whether two figures are of the sorts that an operation takes.

    The ratio of two fractions of different wholes says nothing; a share is of the figure beside it; only a level has a
    level before it.
    """
    if a.mention is None or b.mention is None:
        return False
    if operation is Operation.REST:
        return not a.is_change and a.mention.quantity.unit in _SHARES
    if operation is Operation.RATE:
        return not a.is_change and not b.is_change and b.mention.quantity.value > 0
    if operation is Operation.TIMES:
        counted = b.mention.quantity.unit == COUNT and b.mention.quantity.value >= 2
        return counted and a.each and abs(a.sentence - b.sentence) <= 1
    if operation in _OF_A_SHARE:
        if abs(a.sentence - b.sentence) > 1 or (operation in _OF_A_CHANGE) is not a.is_change:
            return False
        return a.mention.quantity.unit == RATIO or operation is not Operation.WHOLE or a.sentence == b.sentence
    if operation is Operation.BEFORE:
        return a.is_change and not b.is_change and a.sentence == b.sentence and abs(a.order - b.order) <= 2
    return a.mention.quantity.unit != RATIO and b.mention.quantity.unit != RATIO


def _apply(operation: Operation, claimed: Reading, a: Reading, b: Reading, thing: tuple[str, str]) -> Hypothesis | None:
    if a.mention is None or b.mention is None or claimed.mention is None:
        return None
    left, right, goal = a.mention.quantity, b.mention.quantity, claimed.mention.quantity
    if a.direction < 0 and operation in (Operation.BASE, Operation.AFTER, Operation.BEFORE):
        left = replace(left, value=-left.value)
    try:
        if operation is Operation.RATE:
            made = _compute_rate(goal, left, right, b, thing)
        else:
            made = _compute(operation, goal, left, right)
    except (DivisionByZero, InvalidOperation, OverflowError):
        return None
    if made is None:
        return None
    return Hypothesis(operation, a, b, made[0], made[1])


def _compute(operation: Operation, goal: Quantity, left: Quantity, right: Quantity) -> tuple[Decimal, str] | None:
    if operation in _OF_A_SHARE:
        return _compute_from_share(operation, goal, left, right)
    if operation is Operation.REST:
        return _compute_rest(goal, left)
    if operation is Operation.TIMES:
        return _compute_times(goal, left, right)
    if operation is Operation.BEFORE and (left.unit, right.unit, goal.unit) == (POINT, PERCENT, PERCENT):
        return _take_away(right.value, left.value, Decimal(1))
    factor = conversion_factor(right.unit, left.unit)
    if factor is None or RANK in (left.unit, right.unit) or left.unit.startswith("out_of_"):
        return None
    x, y = left.value, right.value * factor
    if operation in (Operation.MULTIPLE, Operation.SHARE, Operation.CHANGE):
        return _compute_quotient(operation, goal, x, y)
    back = _turn_back(left.unit, goal.unit)
    if back is None:
        return None
    if operation is Operation.BEFORE:
        return _take_away(y, x, back)
    if operation is Operation.SUM:
        return (x + y) * back, f"{show(x)} + {show(y)} = {show((x + y) * back)}"
    return (x - y) * back, f"{show(x)} − {show(y)} = {show((x - y) * back)}"


def _turn_back(unit: str, goal: str) -> Decimal | None:
    """Return the factor from the unit of a sum or difference to that of the claim; percents differ by points."""
    if goal == POINT:
        return Decimal(1) if unit == PERCENT else None
    return None if unit == PERCENT else conversion_factor(unit, goal)


def _take_away(y: Decimal, x: Decimal, back: Decimal) -> tuple[Decimal, str]:
    return (y - x) * back, f"{show(y)} {'−' if x > 0 else '+'} {show(abs(x))} = {show((y - x) * back)}"


def _compute_rest(goal: Quantity, share: Quantity) -> tuple[Decimal, str] | None:
    whole = conversion_factor(RATIO, share.unit)
    back = conversion_factor(share.unit, goal.unit)
    if whole is None or back is None or not 0 < share.value < whole:
        return None
    rest = (whole - share.value) * back
    return rest, f"{show(whole)} − {show(share.value)} = {show(rest)}"


def _compute_times(goal: Quantity, each: Quantity, count: Quantity) -> tuple[Decimal, str] | None:
    back = conversion_factor(each.unit, goal.unit)
    if back is None or each.unit in (PERCENT, RATIO):
        return None
    value = each.value * count.value * back
    return value, f"{show(each.value)} × {show(count.value)} = {show(value)}"


def _compute_rate(
    goal: Quantity, left: Quantity, right: Quantity, of: Reading, thing: tuple[str, str]
) -> tuple[Decimal, str] | None:
    """Compute how much of the one there is for each of the other, where the other is the thing that the rate is for."""
    unit, group = thing
    back = conversion_factor(left.unit, goal.unit)
    each = conversion_factor(right.unit, unit) if unit else Decimal(1) if group in of.head else None
    if back is None or each is None or (group and right.unit != COUNT) or left.unit in (PERCENT, RATIO, RANK):
        return None
    value = left.value * back / (right.value * each)
    return value, f"{show(left.value * back)} / {show(right.value * each)} = {show(value)}"


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
    doubled = part > 1 and left.unit == RATIO
    times = part if doubled else 1 + part
    written = show(part) if doubled else f"(1 {'−' if part < 0 else '+'} {show(abs(part))})"
    if operation is Operation.AFTER:
        return right.value * back * times, f"{show(right.value)} × {written} = {show(right.value * back * times)}"
    return right.value * back / times, f"{show(right.value)} / {written} = {show(right.value * back / times)}"


def show(value: Decimal) -> str:
    """Return a number as a reader expects it: thousands separated, at most three significant decimals."""
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    size = abs(value)
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else max(3, 1 - value.adjusted())
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
