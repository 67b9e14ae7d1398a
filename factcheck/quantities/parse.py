"""Figures in a text: value, unit, bound, what is counted. Regular expressions over the raw text; no model, no state.

Years, dates, clock times, telephone numbers, names with a number in them (Boeing 737, Windows 11, COVID-19, Article 50)
are not quantities and are left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.coins import read_coins
from factcheck.quantities.dates import find_dates
from factcheck.quantities.figures import finish
from factcheck.quantities.mention import Mention
from factcheck.quantities.numerals import GLYPHS, SCALES, Numeral, find_starts, read_digits, read_words
from factcheck.quantities.patterns import (
    ATOM,
    CLOCK,
    LABELS,
    OPENERS,
    PRONOUN_ONE_AFTER,
    PRONOUN_ONE_BEFORE,
    SCALE_AFTER,
    SCORE,
    SIGN_BEFORE,
    STARTERS,
    UNIT_AFTER,
)
from factcheck.quantities.units import COUNT, CURRENCY_SIGNS, DURATIONS, RANK
from factcheck.quantities.wordings import (
    read_dozen,
    read_every,
    read_fold,
    read_glyphs,
    read_odds,
    read_part,
    read_rank,
    read_slash,
    read_vague,
)
from factcheck.types import Quantity

# "92 minutes in Oslo and in Bergen 80": a name with the last figure of a list, and not one with a number in it
_LISTED = re.compile(r"(?:\band|[,;])\s+in\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;]|$)")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures of a text in the order they stand, each with unit, bound and what is counted."""
    return tuple(mention.quantity for mention in scan(text))


def scan(text: str) -> tuple[Mention, ...]:
    """Return the figures of a text with the details of their wording that comparing needs."""
    dates = find_dates(text)
    taken = 0
    found: list[Mention] = []
    for start in find_starts(text, STARTERS):
        if start < taken:
            continue
        begin = start - 1 if start > taken and text[start - 1] in "-−+" else start
        match = ATOM.match(text, begin) or ATOM.match(text, start)
        if match is None or any(day.start < match.end() and start < day.end for day in dates):
            continue
        mention = _read(text, match, found)
        if mention is None:
            taken = max(taken, _skip_to(text, match))
            continue
        found.append(mention)
        taken = mention.quantity.end
    return tuple(read_coins(text, _inherit_points(text, found)))


def _skip_to(text: str, match: re.Match[str]) -> int:
    """Return where to read on after an atom that is no quantity; a result is left as a whole."""
    if match.group("digits") is None:
        return match.start()
    score = SCORE.match(text, match.start())
    return score.end() if score else match.end()


def _read(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    kind = next(name for name in _READERS if match.group(name) is not None)
    return _READERS[kind](text, match, found)


def _read_numeral(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    if match.group("words") is not None:
        if _is_pronoun(text, match) or _is_name(text, match.start()):
            return None
        numeral = read_words(match.group("words"))
        return finish(text, match.start(), match.end(), numeral, "") if numeral else None
    start, written = match.start(), match.group("digits")
    sign = written[0] if written[0] in "-−+" else ""
    start += len(sign)
    money = SIGN_BEFORE.search(text[max(0, start - 5) : start])
    digits = written[len(sign) :].removesuffix(match.group("glyph") or "")
    if not money and _is_label(text, match, start, digits, found):
        return None
    numeral = read_digits(digits)
    if match.group("glyph"):
        numeral = Numeral(numeral.value + GLYPHS[match.group("glyph")], Decimal("0.05"))
    if sign in ("-", "−") and (match.start() == 0 or text[match.start() - 1] in " ("):
        numeral, start = replace(numeral, value=-numeral.value), match.start()
    return finish(
        text, start - (len(money[0]) if money else 0), match.end(), numeral, _name_sign(money) if money else ""
    )


def _name_sign(money: re.Match[str]) -> str:
    return CURRENCY_SIGNS[re.sub(r"\s+", " ", money["sign"])]


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    word = match.group("words").lower()
    if word != "one":
        return word in SCALES and not SIGN_BEFORE.search(text[max(0, match.start() - 5) : match.start()]) and True
    return bool(
        PRONOUN_ONE_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        or PRONOUN_ONE_AFTER.match(text, match.end())
    )


def _is_name(text: str, start: int) -> bool:
    """Tell whether a number in words is part of a name ("BBC Two", "the Five Eyes"): a capital within a sentence."""
    return text[start].isupper() and bool(re.search(r"[\w,]['’\"”)]?\s+$", text[max(0, start - 4) : start]))


def _is_label(text: str, match: re.Match[str], start: int, digits: str, found: list[Mention]) -> bool:
    """Tell whether digits name something: a model, a chapter, a clock time, a telephone number."""
    after = text[match.end() :]
    if len(digits) > 1 and digits[0] == "0" and "." not in digits:
        return True
    if re.search(r"(?:\b0\d+\s|\bGroup of\s)$", text[max(0, start - 12) : start]):
        return True
    if SCORE.match(text, start):
        return True
    if CLOCK.match(after) or re.match(r"\.\d|/\d|:\d|['’]\d", after):
        return True
    has_unit = bool(UNIT_AFTER.match(text, match.end()) or SCALE_AFTER.match(text, match.end()))
    if after[:1].isalpha() and not has_unit:
        return True
    before = text[max(0, start - 24) : start]
    if LABELS.search(before) and not (
        has_unit or (re.match(r"\s+[a-z]+s\b", after) and re.search(r"(?:^|[a-z] )[a-z]+ $", before))
    ):
        return True
    return not has_unit and _follows_name(text, start, after, found) and "," not in digits and "." not in digits


def _follows_name(text: str, start: int, after: str, found: list[Mention]) -> bool:
    name = re.search(r"(?:^|\s|[\"'“‘(])([A-Z][\w.&]*)\s+$", text[max(0, start - 24) : start])
    if not name or re.match(r"\s+(?:of\b|[a-z]+(?:s|en|ople)\b)", after):
        return False
    begins = start - len(name[0]) <= 1 or text[: start - len(name[0]) + 1].rstrip()[-1:] in ".!?:;"
    listed = found and _LISTED.search(text[: start - len(name[0]) + 1]) and _ENDS.match(after)
    counted = any(item.quantity.unit == COUNT for item in found)
    return not counted and not listed and not (begins and name[1].lower() in OPENERS)


def _inherit_points(text: str, found: list[Mention]) -> list[Mention]:
    """Give "from 8 to 10 percent" its unit at both ends."""
    out = list(found)
    for index in range(len(out) - 1):
        left, right = out[index].quantity, out[index + 1].quantity
        between = text[left.end : right.start].strip().lower()
        lead = text[max(0, left.start - 12) : left.start].lower()
        shared = between in ("to", "and") and (re.search(r"\b(?:from|between)\s+$", lead) or between == "to")
        if (
            left.unit == COUNT
            and not left.of
            and shared
            and right.unit not in (COUNT, RANK)
            and right.unit not in DURATIONS
        ):
            out[index] = replace(out[index], quantity=replace(left, unit=right.unit))
    return out


_READERS = {
    "rank": read_rank,
    "every": read_every,
    "odds": read_odds,
    "slash": read_slash,
    "part": read_part,
    "fold": read_fold,
    "vague": read_vague,
    "dozen": read_dozen,
    "digits": _read_numeral,
    "glyphs": read_glyphs,
    "words": _read_numeral,
}
