"""Dates that are told from another one: "5 December of the same year", "the year before", "two years later".

They are read from the nearest dated mention before them, to the year where no month is named. Dates relative to the
day of writing ("last year") are not: see :mod:`factcheck.quantities.times`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from factcheck.quantities.dates import MONTHS, DateMention, span_months
from factcheck.quantities.numerals import read_number

_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 3 or name == "may"), key=len, reverse=True))
_LINKED = re.compile(
    rf"\b(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})\s+(?:of\s+)?)?"
    r"(?:that|the same) (?P<same>year)\b"
    r"|\b(?:the (?P<turn>following|next|previous|preceding) year|the year (?P<side>before|after|earlier|later)"
    r"|(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years?"
    r" (?P<way>later|earlier|before|after))\b",
    re.IGNORECASE,
)
_BACK = frozenset("previous preceding before earlier".split())
_LONGEST = 40  # years, for a count that is to lead from one date to another


def link_dates(text: str, dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Return the dates of a text with those that it tells from another one before them, in order."""
    if not dates or "year" not in text:  # most texts; the pattern is slow
        return tuple(dates)
    out = list(dates)
    for match in _LINKED.finditer(text):
        anchor = next((day for day in reversed(out) if day.end <= match.start() and _is_anchor(day)), None)
        if anchor is None or anchor.first is None:
            continue
        made = _read(match, anchor.first.year)
        if made is not None:
            out = [day for day in out if not (day.start < match.end() and match.start() < day.end and not day.is_dated)]
            out.append(made)
            out.sort(key=lambda day: day.start)
    return tuple(out)


def _is_anchor(day: DateMention) -> bool:
    """Whether a date names one year."""
    return bool(day.first and day.last and day.first.year == day.last.year)


def _read(match: re.Match[str], year: int) -> DateMention | None:
    if match["same"]:
        month = MONTHS[match["month"].lower()] if match["month"] else 0
        first, last = span_months(year, month or 1, month or 12)
        if not match["day"]:
            return DateMention(match.start(), match.end(), first, last, text=match[0])
        try:
            exact = date(year, month, int(match["day"]))
        except ValueError:
            return None
        return DateMention(match.start(), match.end(), exact, exact, month_day=(month, exact.day), text=match[0])
    word = (match["turn"] or match["side"] or match["way"]).lower()
    count = _count(match["count"]) if match["count"] else 1
    if not 0 < count <= _LONGEST or not date.min.year <= year - count:
        return None
    year += -count if word in _BACK else count
    return DateMention(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31), text=match[0])


def _count(word: str) -> int:
    numeral = read_number("one" if word.lower() == "a" else word)
    return int(numeral.value) if numeral else 0
