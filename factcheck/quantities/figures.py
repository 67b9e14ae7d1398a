"""A bare number made whole: its scale word, its unit, the upper end of its range."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.mention import Mention, make
from factcheck.quantities.numerals import DIGITS, SCALES, SHORT_SCALES, WORDS, Numeral, read_number, scaled
from factcheck.quantities.patterns import AGED, JOINT, PER_SPEED, SCALE_AFTER, SPEEDS, UNIT_AFTER
from factcheck.quantities.units import COUNT, POINT, SIGN_PATTERN, is_money, name_unit
from factcheck.types import Bound


def finish(text: str, start: int, end: int, numeral: Numeral, unit: str) -> Mention | None:
    """Add scale, range and unit to a bare number."""
    numeral, end = _apply_scale(text, end, numeral, money=bool(unit))
    unit, end = _apply_unit(text, end, unit)
    high, high_end, unit2, factor = _read_high(text, start, end, numeral, unit)
    if high is None:
        if not unit:
            unit = _implied_unit(text, start, end)
        return make(text, start, end, numeral, unit)
    numeral = replace(numeral, value=numeral.value * factor, step=numeral.step * factor)
    begin = re.search(r"\bbetween\s+$", text[max(0, start - 12) : start], re.IGNORECASE)
    start -= len(begin[0]) if begin else 0
    return make(text, start, high_end, numeral, unit2 or unit or COUNT, high=high, bound=Bound.BETWEEN)


def _apply_scale(text: str, end: int, numeral: Numeral, *, money: bool) -> tuple[Numeral, int]:
    match = SCALE_AFTER.match(text, end)
    if not match or (numeral.spelled and not match["long"]):
        return numeral, end
    if match["long"]:
        factor = SCALES[match["long"].lower()] * SCALES.get((match["second"] or "").strip(), 1)
        return scaled(numeral, factor), match.end()
    if match["sure"]:
        return scaled(numeral, SHORT_SCALES[match["sure"]]), match.end()
    short = match["short"]
    counted = re.match(r"\s+[a-z]+(?:s|ople|en)\b", text[match.end() :])
    if money or short in "kKbB" or (short in "mMT" and counted and short != "T"):
        if short == "K" and not (money or counted):
            return numeral, end
        return scaled(numeral, SHORT_SCALES[short]), match.end()
    return numeral, end


def _apply_unit(text: str, end: int, unit: str) -> tuple[str, int]:
    match = UNIT_AFTER.match(text, end)
    if not match:
        return unit, end
    written = match["symbol"] or match["word"]
    name = name_unit(written)
    if name is None or (unit and name != unit and not (is_money(name) and written.isalpha())):
        return unit, end
    if (
        match["symbol"]
        and written in ("s", "h", "L", "K", "t", "g", "m", "V", "A", "min", "B")
        and not _is_symbol(text, match, written)
    ):
        return unit, end
    if unit:
        return (unit if name == "USD" else name), match.end()
    speed = PER_SPEED.match(text, match.end())
    if speed:
        period = {"s": "second", "h": "hour"}.get(speed["t"].lower(), speed["t"].lower())
        if (name, period) in SPEEDS:
            return SPEEDS[name, period], match.end() + len(speed[0])
    if name == "pound" and not re.search(r"\b(?:weigh|lb|heav|gain|los[te]|pounds? of)", text.lower()):
        name = "GBP"
    return name, match.end()


def _is_symbol(text: str, match: re.Match[str], written: str) -> bool:
    """Tell a one-letter unit from a word or a plural: "the 90 s"."""
    if written in ("s", "A", "V", "B", "L", "min"):
        return "-" not in match["gap"]
    return True


def _implied_unit(text: str, start: int, end: int) -> str:
    after = text[end : end + 24].lower()
    before = text[max(0, start - 32) : start].lower()
    if re.match(r"\s+points?\b", after) and ("%" in text or "per cent" in text or "percent" in text):
        return POINT
    if re.search(
        r"\b(?:aged|ages?(?: of)?|(?:older|younger) than|turned|turning)\s*(?:(?:over|under|about|around"
        r"|at least)\s*)?$",
        before,
    ) and not re.match(r"\s+[a-z]+s\b", after):
        return "year"
    if (
        AGED.search(before)
        and re.match(r"\d{2}\b", text[start:end])
        and not re.match(r"\s+[a-z]+s\b|\s?\d|\s+of\b", after)
    ):
        return "year"
    return COUNT


def _read_high(text: str, start: int, end: int, low: Numeral, unit: str) -> tuple[Decimal | None, int, str, Decimal]:
    """Read the upper end of a range; return it with its end, its unit and the factor that the lower end takes over."""
    none = (None, end, "", Decimal(1))
    joint = JOINT.match(text, end)
    if not joint:
        return none
    before = text[max(0, start - 12) : start].lower()
    between = bool(re.search(r"\bbetween\s+$", before))
    word = joint["to"]
    if (word in ("and", "or") and not (between and word == "and")) or (
        word == "to" and re.search(r"\bfrom\s+$", before)
    ):
        return none
    second = re.match(rf"(?P<sign>{SIGN_PATTERN})?\s?(?P<n>{DIGITS}|{WORDS})", text[joint.end() :], re.IGNORECASE)
    numeral = read_number(second["n"]) if second else None
    if second is None or numeral is None:
        return none
    high, stop = _apply_scale(text, joint.end() + second.end(), numeral, money=bool(unit and is_money(unit)))
    factor = high.value / numeral.value if numeral.value and low.value < numeral.value * 1000 else Decimal(1)
    if low.value * factor > high.value:
        factor = Decimal(1)
    unit2, stop = _apply_unit(text, stop, unit if unit and is_money(unit) else "")
    if low.value * factor >= high.value or (unit and unit2 and unit != unit2) or (unit and not unit2):
        return none
    if joint["dash"] in ("-", "—") and not unit2 and not re.match(r"\s[a-z]+s\b", text[stop:]):
        return none
    return high.value, stop, unit2, factor
