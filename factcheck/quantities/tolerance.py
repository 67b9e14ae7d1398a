"""How near two figures must be: the whole of it in one place, by how the claim is worded.

A figure claimed stands for a range of true values. A figure found inside it is a match, one clearly outside a conflict;
between the two lies a margin in which ordinary rounding or a rounded source leave it open, and nothing is announced.

=================  ==========================  ======================  ====================
claim says         match                       left open               conflict
=================  ==========================  ======================  ====================
39 reviews         39                                                  37
68 %               67.5 to 68.5                                        69
6 million          5.7 to 6.3 million          5.5 to 6.5 million      7 million
$52 billion        51 to 53 billion                                    $54 billion
$52.7 billion      52.6 to 52.8 billion                                $53 billion
5,000              4,950 to 5,050              4,500 to 5,500          6,000
about 170          153 to 187                  136 to 204              47
over 170           more than 170                                       170, 47
at least 170       170 and more                                        169
under 50           less than 50                                        50, 51
nearly half        45 to 50 %                  40 to 51 %              55 %
twice              1.8 to 2.2                  1.7 to 2.3              3
half               46.5 to 53.5 %              45 to 55 %              60 %
38 to 41 percent   38 to 41                                            45
exactly 48,000     48,000                                              47,860
=================  ==========================  ======================  ====================
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factcheck.quantities.mention import Mention
from factcheck.quantities.units import RATIO, conversion_factor
from factcheck.types import Bound, Relation

D = Decimal
ROUNDING_CAP = D("0.05")  # "6 million" may hide 5.5 to 6.5; more than a twentieth away is not announced as a match
ZEROS_CAP = D("0.01")  # "5,000" written out is taken as meant to a hundredth
CUT_CAP = D("0.02")  # "$52 billion" is also said of 52.7 billion: digits cut off, not rounded, up to a fiftieth
ABOUT, ABOUT_OPEN = D("0.10"), D("0.20")
NEARLY, NEARLY_OPEN, NEARLY_ABOVE = D("0.10"), D("0.20"), D("0.02")
MULTIPLE, MULTIPLE_OPEN = D("0.10"), D("0.15")
SHARE, SHARE_OPEN = D("0.07"), D("0.10")
OPEN_BOUNDS = frozenset({Bound.OVER, Bound.AT_LEAST, Bound.UNDER, Bound.AT_MOST})
LEAST_OF_BOUND, MOST_OF_BOUND = D("0.6"), D("1.6")  # of "less than half", "more than a third"
PLAUSIBLE_OVER = D(2)  # a source's "over 170" is taken to mean less than twice that
INFINITY = D("Infinity")


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a figure stands for, and the wider ones beyond which it is contradicted."""

    low: Decimal
    high: Decimal
    open_low: Decimal
    open_high: Decimal
    strict: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether the value is one that the figure stands for."""
        if self.strict:
            return self.low < value < self.high
        return self.low <= value <= self.high


def compare_values(claimed: Mention, found: Mention) -> Relation:
    """Return how the value found stands to the value claimed: match, conflict, or incomparable where it is left open.

    Units that do not convert into each other are incomparable.
    """
    factor = conversion_factor(found.quantity.unit, claimed.quantity.unit)
    if factor is None:
        return Relation.INCOMPARABLE
    claim_range = range_of(claimed)
    low, high = _source_range(found, factor)
    value = found.quantity.value * factor
    if found.quantity.high is not None:
        value = (value + found.quantity.high * factor) / 2
    if claimed.quantity.bound is found.quantity.bound and value == claimed.quantity.value:
        return Relation.MATCH
    return _relate(claim_range, value, low, high, found.quantity.bound)


def is_far_below_bound(claimed: Mention, found: Mention) -> bool:
    """Whether a share lies so far inside the bound claimed that the claim will hardly mean it.

    Nobody says "less than half" of 8 percent: that is another share.
    """
    factor = conversion_factor(found.quantity.unit, claimed.quantity.unit)
    if claimed.quantity.unit != RATIO or claimed.quantity.bound not in OPEN_BOUNDS or not claimed.spelled:
        return False
    if factor is None or not claimed.quantity.value:
        return False
    times = found.quantity.value * factor / claimed.quantity.value
    return not LEAST_OF_BOUND <= times <= MOST_OF_BOUND


def compare_number(claimed: Mention, value: Decimal) -> Relation:
    """Return how a computed value, in the unit of the claim, stands to the value claimed."""
    return _relate(range_of(claimed), value, value, value, Bound.EXACT)


def _relate(claim: Range, value: Decimal, low: Decimal, high: Decimal, bound: Bound) -> Relation:
    if bound in (Bound.OVER, Bound.AT_LEAST, Bound.UNDER, Bound.AT_MOST, Bound.UP_TO):
        return _relate_bounded(claim, value, low, high, above=bound in (Bound.OVER, Bound.AT_LEAST))
    if claim.holds(value):
        return Relation.MATCH
    if claim.strict and bound is Bound.EXACT and value in (claim.low, claim.high):
        return Relation.CONFLICT
    if high < claim.open_low or low > claim.open_high:
        return Relation.CONFLICT
    return Relation.INCOMPARABLE


def _relate_bounded(claim: Range, value: Decimal, low: Decimal, high: Decimal, *, above: bool) -> Relation:
    """Compare a claim with a source that gives only a bound: "over 170" says nothing of 180, but rules out 160."""
    open_end = claim.high == INFINITY if above else claim.low == -INFINITY
    if open_end:
        inside = claim.low <= value if above else claim.high >= value
        return Relation.MATCH if inside else Relation.INCOMPARABLE
    if (claim.high <= value if above else claim.low >= value) and not (claim.holds(value) and not claim.strict):
        return Relation.CONFLICT
    if claim.low != -INFINITY and claim.high != INFINITY and claim.holds(value):
        return Relation.MATCH
    return Relation.CONFLICT if high < claim.open_low or low > claim.open_high else Relation.INCOMPARABLE


def range_of(mention: Mention) -> Range:
    """Return the values that a claimed figure stands for."""
    quantity = mention.quantity
    value, size = quantity.value, abs(quantity.value)
    if mention.precise:
        return Range(value, value, value, value)
    slack, half = _rounding(mention)
    match quantity.bound:
        case Bound.OVER:
            return Range(value, INFINITY, value, INFINITY, strict=True)
        case Bound.AT_LEAST:
            return Range(value - min(slack, size * ZEROS_CAP), INFINITY, value - slack, INFINITY)
        case Bound.UNDER:
            return Range(-INFINITY, value, -INFINITY, value, strict=True)
        case Bound.AT_MOST | Bound.UP_TO:
            return Range(-INFINITY, value + min(slack, size * ZEROS_CAP), -INFINITY, value + slack)
        case Bound.ABOUT:
            near, far = max(size * ABOUT, half), max(size * ABOUT_OPEN, half * 2)
            return Range(value - near, value + near, value - far, value + far)
        case Bound.NEARLY:
            top = value + size * NEARLY_ABOVE
            return Range(value - size * NEARLY, value, value - size * NEARLY_OPEN, top)
        case Bound.BETWEEN:
            top = quantity.high if quantity.high is not None else value
            return Range(value - slack, top + slack, value - half, top + half)
    return Range(value - slack, value + slack, value - half, value + half)


def _rounding(mention: Mention) -> tuple[Decimal, Decimal]:
    """Return how far the true value may lie from an exact figure, and how far before it is contradicted."""
    quantity = mention.quantity
    size = abs(quantity.value)
    if quantity.unit == RATIO and mention.spelled:
        near, far = (SHARE, SHARE_OPEN) if size < 1 else (MULTIPLE, MULTIPLE_OPEN)
        return size * near, size * far
    half = mention.step / 2
    if mention.step > 1 and size and _is_written_out(mention):
        return min(half, size * ZEROS_CAP), half if mention.step >= 100 else min(half, size * ZEROS_CAP)
    if mention.scaled:
        near = max(min(half, size * ROUNDING_CAP), min(mention.step, size * CUT_CAP))
        return near, max(half, near)
    return min(half, size * ROUNDING_CAP) if mention.step > 1 else half, half


def _is_written_out(mention: Mention) -> bool:
    """Whether a whole number stands in digits to its last zero, so that its zeros may be rounding or not."""
    return not mention.scaled and not mention.spelled


def _source_range(found: Mention, factor: Decimal) -> tuple[Decimal, Decimal]:
    """Return the values that a source's figure allows, converted by ``factor``."""
    quantity = found.quantity
    value = quantity.value * factor
    size = abs(value)
    if quantity.high is not None:
        return value, quantity.high * factor
    half = found.step / 2 * factor if found.step > 1 else D(0)
    match quantity.bound:
        case Bound.OVER | Bound.AT_LEAST:
            return value, value * PLAUSIBLE_OVER
        case Bound.UNDER | Bound.AT_MOST | Bound.UP_TO:
            return D(0), value
        case Bound.ABOUT:
            return value - max(size * ABOUT, half), value + max(size * ABOUT, half)
        case Bound.NEARLY:
            return value - size * NEARLY, value
    half = min(half, size * ROUNDING_CAP)
    return value - half, value + half
