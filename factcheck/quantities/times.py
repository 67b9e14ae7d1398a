"""The time a statement is about, and how the date of a figure stands to it.

Three dates are kept apart: the time a claim speaks of (its scope), the day something was said or published, and the day
a figure is about (``as_of``). A figure for June 2022 neither supports nor refutes a claim about 2025 by itself.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from factcheck.quantities.dates import (
    DateBound,
    DateMention,
    find_dates,
    period,
    span_months,
)
from factcheck.quantities.numerals import read_words
from factcheck.types import TimeScope


class TimeRelation(StrEnum):
    """How the date of a figure stands to the time that a claim is about."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    UNKNOWN = "unknown"


_COUNT = r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
_RELATIVE = re.compile(
    rf"\b(?:(?P<until>until recently)"
    rf"|(?P<unit>this|last|next|past|previous|coming|current) (?P<what>year|month|week|quarter|decade|century"
    rf"|summer|autumn"
    rf"|spring|winter)(?! of\b)"
    rf"|(?:(?:in|over|during|for|within) )?(?:the )?(?:past|last|previous) {_COUNT} (?P<span>years|months|weeks"
    rf"|days|decades)"
    rf"|(?:the )?(?:past|last) (?P<single>decade|century)"
    rf"|{_COUNT.replace('?P<n>', '?P<m>')} (?P<ago>years?|months?|weeks?|days?|decades?) ago"
    rf"|(?P<now>today|currently|now|at present|nowadays|these days|presently|so far this year|to date)"
    rf"|(?P<yesterday>yesterday)"
    rf"|(?P<recent>recently|lately|in recent (?:years|months|weeks)))\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def find_time(text: str, *, said_on: str | None) -> TimeScope | None:
    """Return the time a sentence speaks of, or ``None`` where it names none.

    An explicit date goes before a relative one ("this year"), which is read against ``said_on`` (a partial ISO date)
    and keeps open ends when that is not known. "By 2025" is open at its start, "since 2019" at its end. Several dates
    give the span from the first to the last where they are joined as a range, else the first that is in the main flow
    of the sentence.
    """
    dates = find_dates(text)
    chosen = _choose(text, dates, said_on)
    if chosen is not None:
        return chosen
    match = _RELATIVE.search(text)
    if match is None:
        return None
    return _resolve(match, said_on)


def _choose(text: str, dates: tuple[DateMention, ...], said_on: str | None) -> TimeScope | None:
    dated = [mention for mention in dates if mention.is_dated]
    if not dated:
        return _choose_undated(text, dates, said_on)
    head = dated[0]
    if len(dated) > 1:
        joint = text[head.end : dated[1].start].strip().lower()
        if joint in ("to", "until", "and", "–", "-", "through") and head.first and dated[1].last:
            if joint != "and" or re.search(r"\bbetween\s*$", text[: head.start].lower()):
                return TimeScope(head.first, dated[1].last, text[head.start : dated[1].end])
    return scope_of(head, text)


def _choose_undated(text: str, dates: tuple[DateMention, ...], said_on: str | None) -> TimeScope | None:
    if not dates or said_on is None:
        return None
    month, day = dates[0].month_day or (1, 1)
    anchor = period(said_on)[1]
    for year in (anchor.year, anchor.year - 1):
        try:
            guess = date(year, month, day)
        except ValueError:
            continue
        if guess <= anchor:
            return TimeScope(guess, guess, dates[0].text)
    return None


def scope_of(mention: DateMention, text: str) -> TimeScope:
    """Return the scope that a dated mention opens: "before 2019" ends on the last day of 2018."""
    phrase = mention.text or text[mention.start : mention.end]
    first, last = mention.first, mention.last
    one = timedelta(days=1)
    match mention.bound:
        case DateBound.BEFORE:
            return TimeScope(None, first - one if first and first > date.min else None, f"before {phrase}")
        case DateBound.BY:
            return TimeScope(None, last, f"by {phrase}")
        case DateBound.AFTER:
            return TimeScope(last + one if last and last < date.max else None, None, f"after {phrase}")
        case DateBound.SINCE:
            return TimeScope(first, None, f"since {phrase}")
    return TimeScope(first, last, phrase)


def _resolve(match: re.Match[str], said_on: str | None) -> TimeScope | None:
    phrase = match[0]
    if said_on is None:
        return TimeScope(None, None, phrase)
    first, last = period(said_on)
    if match["until"] or match["recent"]:
        return TimeScope(None, last, phrase)
    if match["now"]:
        return TimeScope(first, last, phrase)
    if match["yesterday"]:
        return TimeScope(first - timedelta(days=1), first - timedelta(days=1), phrase)
    if match["span"] or match["single"]:
        unit = (match["span"] or match["single"]).rstrip("s")
        count = _count(match["n"]) if match["span"] else 1
        return TimeScope(last - timedelta(days=count * _DAYS.get(unit, 36525)), last, phrase)
    if match["ago"]:
        return _ago(phrase, match["ago"].rstrip("s"), _count(match["m"]), last)
    return _named(phrase, match["unit"].lower(), match["what"].lower(), last)


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    numeral = read_words(word)
    return int(numeral.value) if numeral else 1


def _ago(phrase: str, unit: str, count: int, last: date) -> TimeScope:
    moment = last - timedelta(days=count * _DAYS[unit])
    if unit == "year":
        return TimeScope(*period(str(last.year - count)), phrase)
    slack = timedelta(days=_DAYS[unit] // 2)
    return TimeScope(moment - slack, moment + slack, phrase)


def _named(phrase: str, which: str, what: str, last: date) -> TimeScope:
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if what == "year":
        return TimeScope(*period(f"{last.year + shift:04d}"), phrase)
    if what == "month":
        index = last.year * 12 + last.month - 1 + shift
        return TimeScope(*span_months(index // 12, index % 12 + 1, index % 12 + 1), phrase)
    if what == "quarter":
        index = last.year * 4 + (last.month - 1) // 3 + shift
        return TimeScope(*span_months(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3), phrase)
    if what == "week":
        monday = last - timedelta(days=last.weekday()) + timedelta(weeks=shift)
        return TimeScope(monday, monday + timedelta(days=6), phrase)
    if what in ("decade", "century"):
        size = 10 if what == "decade" else 100
        begin = last.year // size * size + shift * size
        return TimeScope(date(begin, 1, 1), date(begin + size - 1, 12, 31), phrase)
    return TimeScope(*period(f"{last.year + shift:04d}"), phrase)


def relate_time(claim_time: TimeScope | None, evidence_as_of: str | None, reader_as_of: str) -> TimeRelation:
    """Tell how a figure's date stands to the claim's time; a claim without one is about the reader's date.

    SAME means that the two overlap, or that the claim is undated and the figure is of the reader's year or the one
    before. OLDER and NEWER mean that the figure neither supports nor refutes the claim by itself.

    :raises ValueError: when one of the dates is none.
    """
    if evidence_as_of is None:
        return TimeRelation.UNKNOWN
    first, last = period(evidence_as_of)
    if claim_time is not None and (claim_time.start or claim_time.end):
        if claim_time.start is None and claim_time.end is not None:
            return TimeRelation.NEWER if first > claim_time.end else TimeRelation.SAME
        if claim_time.start and last < claim_time.start:
            return TimeRelation.OLDER
        if claim_time.end and first > claim_time.end:
            return TimeRelation.NEWER
        return TimeRelation.SAME
    reader = period(reader_as_of)[1]
    if first > reader:
        return TimeRelation.NEWER
    return TimeRelation.SAME if last.year >= reader.year - 1 else TimeRelation.OLDER
