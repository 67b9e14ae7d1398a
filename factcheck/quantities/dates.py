"""Dates in a text: where they stand, how precise they are and how they bound the time they speak of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from factcheck.quantities.numerals import find_starts

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


class DateBound(StrEnum):
    """How a date limits the time spoken of: in it, before it, by it, after it or from it on."""

    IN = "in"
    BEFORE = "before"
    BY = "by"
    AFTER = "after"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written. ``year`` is ``None`` where the text names only a day and month; ``last`` ends a range."""

    start: int
    end: int
    first: date | None
    last: date | None
    bound: DateBound = DateBound.IN
    month_day: tuple[int, int] | None = None
    text: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether the year is known."""
        return self.first is not None


def period(iso: str) -> tuple[date, date]:
    """Return the first and last day of a partial ISO date: ``2024``, ``2024-06``, ``2024-06-30``, ``2024-Q3``.

    :raises ValueError: when it is none of these.
    """
    if match := re.fullmatch(r"(\d{4})-?Q([1-4])", iso):
        return span_months(int(match[1]), 3 * int(match[2]) - 2, 3 * int(match[2]))
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", iso.strip())
    if not match:
        raise ValueError(f"{iso!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(match[1]), match[2], match[3]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return span_months(year, int(month), int(month))
    exact = date(year, int(month), int(day))
    return exact, exact


def span_months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the first day of month ``first`` and the last day of month ``last``; a span may run into the next year.

    :raises ValueError: when the year or a month does not exist.
    """
    end_year = year + 1 if last < first else year
    return date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1])


_MONTH = rf"(?P<{{0}}>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_DASH = r"\s?(?:-|–|—|/|to\b|until\b|through\b)\s?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_PATTERNS: dict[str, str] = {
    "iso": rf"(?<![\w.-])(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\w-])",
    "dmy": rf"\b(?P<dmy_d>{_DAY})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<dmy_d2>{_DAY}))?(?:\s+of)?\s+{_MONTH.format('dmy_m')}"
    rf"(?:,?\s+(?P<dmy_y>{_YEAR})\b)?",
    "mdy": rf"\b{_MONTH.format('mdy_m')}\s+(?P<mdy_d>{_DAY})(?:st|nd|rd|th)?\b(?:\s?[-–]\s?(?P<mdy_d2>{_DAY})\b)?"
    rf"(?:,?\s+(?P<mdy_y>{_YEAR})\b)?(?!\s?%|[.,]\d)",
    "my": rf"\b{_MONTH.format('my_m')}(?:{_DASH}{_MONTH.format('my_m2')})?,?\s+(?:of\s+)?(?P<my_y>{_YEAR})\b",
    "quarter": rf"\b(?:Q(?P<q_n>[1-4])|(?P<q_w>first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s+quarter)"
    rf"(?:\s+of)?(?:\s+(?:fiscal\s+|the\s+year\s+)?(?P<q_y>{_YEAR})\b)",
    "half": rf"\b(?:H(?P<h_n>[12])|(?P<h_w>first|second)\s+half\s+of)\s+(?P<h_y>{_YEAR})\b",
    "season": rf"\b(?P<s_n>spring|summer|autumn|winter|fall)\s+(?:of\s+)?"
    rf"(?P<s_y>{_YEAR})(?:\s?[-–/]\s?(?:{_YEAR}|\d\d))?\b",
    "part": rf"\b(?P<p_w>early|mid|late|the\s+(?:start|beginning|middle|end)\s+of|end[- ]of)[-\s]+"
    rf"(?P<p_y>{_YEAR})(?P<p_s>['’]?s)?\b",
    "decade": r"\b(?P<dec>(?:1[0-9]|20)\d0)['’]?s\b",
    "century": r"\b(?P<cen>\d{1,2}(?:st|nd|rd|th)|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth"
    r"|eighteenth|nineteenth|twentieth|twenty-first)[-\s]+century\b",
    "between": rf"\bbetween\s+(?P<b_a>{_YEAR})\s+and\s+(?P<b_b>{_YEAR})\b",
    "years": rf"(?<![\w.,$€£#-])(?P<y_a>{_YEAR})"
    rf"(?:{_DASH}(?P<y_b>{_YEAR}|(?<!\w\s)\d\d)(?![\d%,.]*\d))(?!\s?(?:%|per\s?cent|million|billion))",
    "fiscal": rf"\b(?:FY\s?'?|fiscal(?:\s+year)?\s+)(?P<f_y>{_YEAR}|\d\d)\b",
    "year": rf"(?<![\w.,$€£¥#/+-])(?P<y>{_YEAR})"
    rf"(?![\w%°€£$]|[.,]\d|-\w|\s?(?:%|°|per\s?cent|million|billion|thousand|km|kg|m\b|MW|GW))",
}  # fmt: skip


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    order = "iso dmy mdy my quarter half season part decade century between years fiscal year".split()
    return re.compile("|".join(f"(?P<{name}_>{_PATTERNS[name]})" for name in order), re.IGNORECASE)


_BEFORE_WORDS = re.compile(
    r"\b(?:(?P<before>before|prior to|earlier than|ahead of|preceding)|(?P<by>by|until|till|up to|through|no later than"
    r"|not later than)|(?P<after>after|later than|following)|(?P<since>since|from|as of|starting(?: in| on)?"
    r"|beginning(?: in| on)?|onwards? from))\s+(?:about |around |late |early |the |at )*(?:year |end of |start of )?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?!(?:was|is|has|its|his|this|as|plans|sales|results|figures|elections|levels|prices|rules|exports|imports"
    r"|games|olympics|thus|unless|versus|s|always|perhaps|across|towards|less|census|series|texas)\b)"
    r"(?:[a-z]+\s+)?(?:[a-z]{2,}s|people|men|women|children)\b"
)
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|to|during|of|for|before|after|and|or|through|between|late|early|mid|end"
    r"|around"
    r"|circa|year|season|the|this|its|their|his|her|our|s|fiscal|on)|[(,;:–—-]|['’]s?)\s*$",
    re.IGNORECASE,
)
_COUNT_CUE = re.compile(
    r"\b(?:some|about|over|than|nearly|almost|roughly|least|most|to|had|has|have|with|were|are)\s*$", re.IGNORECASE
)


_STARTERS = frozenset(
    """q h first second third fourth last final early mid late the end fy fiscal between twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty""".split()
) | frozenset((*MONTHS, *SEASONS))


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the calendar dates of a text in order, from days to centuries; impossible dates are left out."""
    found: list[DateMention] = []
    taken = 0
    for start in find_starts(text, _STARTERS):
        match = _scanner().match(text, start) if start >= taken else None
        if match is None:
            continue
        taken = match.end()
        kind = (match.lastgroup or "").rstrip("_")
        kind = next((name for name in _PATTERNS if match.group(f"{name}_") is not None), kind)
        if kind == "year" and _is_count(text, match.start(), match.end()):
            continue
        if kind in ("mdy", "dmy") and match[0].split()[-1].lower() == "may" and not match.group("dmy_y"):
            continue
        try:
            span = _READERS[kind](match)
        except (ValueError, KeyError, OverflowError):
            continue
        first, last, month_day = span
        bound = _find_bound(text, match.start()) if kind not in ("years", "between") else DateBound.IN
        found.append(DateMention(match.start(), match.end(), first, last, bound, month_day, match[0].strip()))
    return tuple(found)


def _is_count(text: str, start: int, end: int) -> bool:
    """Tell whether four digits are a number of things ("2000 people") rather than a year ("the 2024 elections")."""
    before = text[max(0, start - 14) : start]
    if not _COUNTED.match(text, end):
        return bool(re.search(r"(?:\babout|\bover|\bthan|\bnearly|\balmost|\broughly)\s*$", before)) and bool(
            re.match(r"\s+(?:of|people)\b", text[end:])
        )
    if _COUNT_CUE.search(before) and not re.search(r"\b(?:in|since|by) $", before):
        return True
    return not _YEAR_CUE.search(before) and (bool(before.strip()) or text[end:].lstrip().startswith("people"))


def _find_bound(text: str, start: int) -> DateBound:
    match = _BEFORE_WORDS.search(text[max(0, start - 40) : start])
    if not match:
        return DateBound.IN
    return DateBound(match.lastgroup) if match.lastgroup else DateBound.IN


Reading = tuple[date | None, date | None, tuple[int, int] | None]


def _read_iso(match: re.Match[str]) -> Reading:
    return (*period(match["iso"]), None)


def _read_day(match: re.Match[str], prefix: str) -> Reading:
    month, day = MONTHS[match[f"{prefix}_m"].lower()], int(match[f"{prefix}_d"])
    last_day = int(match[f"{prefix}_d2"] or day)
    if not match[f"{prefix}_y"]:
        date(2000, month, day)
        return None, None, (month, day)
    year = int(match[f"{prefix}_y"])
    return date(year, month, day), date(year, month, max(day, last_day)), (month, day)


def _read_month(match: re.Match[str]) -> Reading:
    first = MONTHS[match["my_m"].lower()]
    last = MONTHS[match["my_m2"].lower()] if match["my_m2"] else first
    year = int(match["my_y"])
    return (*span_months(year if last >= first else year - 1, first, last), None)


_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}


def _read_quarter(match: re.Match[str]) -> Reading:
    number = int(match["q_n"]) if match["q_n"] else _QUARTERS[match["q_w"].lower()]
    return (*span_months(int(match["q_y"]), 3 * number - 2, 3 * number), None)


def _read_half(match: re.Match[str]) -> Reading:
    number = int(match["h_n"]) if match["h_n"] else _QUARTERS[match["h_w"].lower()]
    return (*span_months(int(match["h_y"]), 6 * number - 5, 6 * number), None)


def _read_season(match: re.Match[str]) -> Reading:
    first, last = SEASONS[match["s_n"].lower()]
    return (*span_months(int(match["s_y"]), first, last), None)


def _read_part(match: re.Match[str]) -> Reading:
    year, word = int(match["p_y"]), match["p_w"].lower()
    if match["p_s"]:
        third = {"early": (0, 3), "late": (6, 9)}.get(word, (3, 6) if word == "mid" else (0, 9))
        return date(year + third[0], 1, 1), date(year + third[1], 12, 31), None
    if "late" in word or "end" in word:
        return (*span_months(year, 9, 12), None)
    if word == "mid" or "middle" in word:
        return (*span_months(year, 4, 9), None)
    return (*span_months(year, 1, 4), None)


def _read_decade(match: re.Match[str]) -> Reading:
    year = int(match["dec"])
    return date(year, 1, 1), date(year + 9, 12, 31), None


_CENTURIES = ("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
              "nineteenth", "twentieth", "twenty-first")  # fmt: skip


def _read_century(match: re.Match[str]) -> Reading:
    word = match["cen"].lower()
    number = int(word[:-2]) if word[0].isdigit() else 12 + _CENTURIES.index(word)
    return date((number - 1) * 100 + 1, 1, 1), date(number * 100, 12, 31), None


def _read_years(match: re.Match[str]) -> Reading:
    first, tail = int(match["y_a"]), match["y_b"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first <= last <= first + 400:
        raise ValueError("the range runs backwards")
    return date(first, 1, 1), date(last, 12, 31), None


def _read_between(match: re.Match[str]) -> Reading:
    first, last = sorted((int(match["b_a"]), int(match["b_b"])))
    return date(first, 1, 1), date(last, 12, 31), None


def _read_fiscal(match: re.Match[str]) -> Reading:
    year = int(match["f_y"])
    return (*period(str(year if year > 99 else 2000 + year)), None)


_READERS: dict[str, Callable[[re.Match[str]], Reading]] = {
    "iso": _read_iso,
    "dmy": lambda match: _read_day(match, "dmy"),
    "mdy": lambda match: _read_day(match, "mdy"),
    "my": _read_month,
    "quarter": _read_quarter,
    "half": _read_half,
    "season": _read_season,
    "part": _read_part,
    "decade": _read_decade,
    "century": _read_century,
    "between": _read_between,
    "years": _read_years,
    "fiscal": _read_fiscal,
    "year": lambda match: (*period(match["y"]), None),
}
