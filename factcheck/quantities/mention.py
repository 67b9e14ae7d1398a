"""A figure in a text with the details of its wording that comparing needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from factcheck.quantities.bounds import bound_after, bound_before
from factcheck.quantities.counted import find_counted
from factcheck.quantities.numerals import Numeral
from factcheck.quantities.patterns import PER
from factcheck.quantities.units import DURATIONS
from factcheck.types import Bound, Quantity

_SPELLS = re.compile(r"\s+(?:winters|summers|seasons|nights|weekends|generations)\b", re.IGNORECASE)
_PRECISE = re.compile(r"\b(?:exactly|precisely)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity with what its wording tells beyond its value.

    ``step`` is the last place that was written ("1.4 billion": 100 million), ``per`` the time or thing it is a rate of
    ("year" in "5 million a year"), ``spelled`` whether it is in words. ``core`` is the start of the figure itself,
    after the words of its bound. ``precise`` tells that it is said to be exact.
    """

    quantity: Quantity
    step: Decimal
    core: int
    per: str = ""
    spelled: bool = False
    scaled: bool = False
    precise: bool = False


def make(
    text: str,
    start: int,
    end: int,
    numeral: Numeral,
    unit: str,
    *,
    high: Decimal | None = None,
    bound: Bound | None = None,
) -> Mention:
    """Build the mention, with bound words around it and the noun it counts."""
    duration = unit in DURATIONS or bool(_SPELLS.match(text, end))
    around, begin = bound_before(text, start, duration=duration)
    stop = end
    if around is Bound.EXACT:
        around, stop = bound_after(text, end)
    if bound is not None:
        around = bound
    rate = PER.match(text, stop)
    per = (rate["unit"] or rate["ly"]).lower() if rate else ""
    of = find_counted(text, begin, stop, unit)
    quantity = Quantity(numeral.value, unit, around, of, begin, stop, high)
    precise = bool(_PRECISE.search(text[max(0, begin - 16) : begin]))
    return Mention(quantity, numeral.step, start, per, numeral.spelled, numeral.scaled, precise)
