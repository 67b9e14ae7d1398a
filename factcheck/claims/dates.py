"""Days and months that are told from the day of writing ("on Thursday", "in May", "last year"), given their year.

Only words whose date follows from the article's own date are completed; a text about another time, known by a year
in the sentence, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from factcheck.claims.inflect import is_past_form

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(_MONTHS)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_WEEKDAY = re.compile(rf"\b(?P<lead>on |by |until |since |last |next |this )?(?P<day>{'|'.join(_DAYS)})\b(?!,? \w+ \d)")
_DAY_MONTH = re.compile(
    rf"\b(?:(?P<a>\d{{1,2}}) (?P<m>{_MONTH})|(?P<n>{_MONTH}) (?P<b>\d{{1,2}}))\b(?!,? ?\d{{4}})(?!\d)"
)
_BARE_MONTH = re.compile(
    rf"\b(?P<lead>in|since|by|until|of|last|next|through|before|after) (?P<month>{_MONTH})\b(?! \d)(?! [A-Z])"
)
_SPAN = re.compile(r"\b(?:in )?(?P<which>last|this|next) (?P<unit>year|month)\b(?!['’])", re.IGNORECASE)
_AGO = re.compile(r"\b(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years? ago\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?P<word>today|yesterday|tomorrow)\b(?!['’])", re.IGNORECASE)
_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1,
    "an": 1,
}
_AHEAD = re.compile(
    r"\b(?:will|shall|(?-i:may)|might|could|is to|are to|next|going to|plans?|expects?|aims?|please)\b", re.IGNORECASE
)


# What is told in the present tense of a day to come ("goes on view on 1 March").
_SCHEDULED = re.compile(
    r"\b(?:starts|begins|opens|closes|ends|takes|goes|follows|meets|returns|comes|arrives|leaves|launches|expires|"
    r"(?:is|are) (?:due|moved|planned|scheduled|set|postponed))\b"
)
# What happens every year ("turns black by August", "at the end of June or December").
_HABITUAL = re.compile(rf"^(?:An?|Each|Every|No) \w|\b(?:or|and) (?:{_MONTH})\b|\b(?:{_MONTH}) (?:or|and) ")
_DEADLINE = re.compile(r"\b(?:by|until) [A-Z]")
_PAST = re.compile(r"\b(?:was|were|had|did|said|told)\b")
_PRESENT = re.compile(r"\b(?:is|are|be|being|has|have)\b")


def fill_dates(text: str, published: str | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the claim with its relative dates completed from the article's date, and what was put for what.

    ``published`` is ISO 8601; without a day, only years are filled.
    """
    if published is None or not re.match(r"\d{4}", published) or _YEAR.search(text):
        return text, ()
    year = int(published[:4])
    month = int(published[5:7]) if len(published) >= 7 else 0
    day = _parse_day(published)
    ahead = _AHEAD.search(text) is not None or (_DEADLINE.search(text) is not None and not _tells_past(text))
    ahead = ahead or (_SCHEDULED.search(text) is not None and not _PAST.search(text))
    steps: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]
    steps = [(_AGO, lambda m: _years_ago(m, year)), (_SPAN, lambda m: _name_span(m, year, month))]
    if day is not None:
        steps += [
            (_WEEKDAY, lambda m: _name_weekday(m, day, ahead=ahead or not _has_past(text))),
            (_TODAY, lambda m: _name_today(m, day, habitual=not ahead and not _tells_past(text))),
        ]
    if month and (ahead or _has_past(text) or not _HABITUAL.search(text)):
        steps += [
            (_DAY_MONTH, lambda m: _name_day(m, year, month, ahead=ahead)),
            (_BARE_MONTH, lambda m: _name_month(m, year, month, ahead=ahead)),
        ]
    for pattern, name in steps:
        found = pattern.search(text)
        after = name(found) if found else ""
        if found and after:
            if found.start() == 0:
                after = after[:1].upper() + after[1:]
            if re.search(r", \d{4}$", after) and text[found.end() : found.end() + 1] == " ":
                after += ","
            return text[: found.start()] + after + text[found.end() :], ((found.group(), after),)
    return text, ()


def _tells_past(text: str) -> bool:
    return _PAST.search(text) is not None or (not _PRESENT.search(text) and re.search(r"\b\w+ed\b", text) is not None)


def _has_past(text: str) -> bool:
    """Tell whether any word is a past form: "the inquiry resumes on Monday" looks ahead, "talks broke down" back."""
    return any(is_past_form(word) for word in re.findall(r"[a-z']+", text))


def _parse_day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if len(published) >= 10 else None
    except ValueError:
        return None


def _years_ago(found: re.Match[str], year: int) -> str:
    count = _COUNTS.get(found["n"].lower()) or int(found["n"])
    return f"in {year - count}"


def _name_span(found: re.Match[str], year: int, month: int) -> str:
    shift = {"last": -1, "this": 0, "next": 1}[found["which"].lower()]
    if found["unit"].lower() == "year":
        return f"in {year + shift}"
    if not month:
        return ""
    index = year * 12 + month - 1 + shift
    return f"in {_MONTHS[index % 12]} {index // 12}"


def _name_weekday(found: re.Match[str], day: date, *, ahead: bool) -> str:
    lead = (found["lead"] or "").strip()
    wanted = _DAYS.index(found["day"])
    back = (day.weekday() - wanted) % 7
    if lead == "next" or (ahead and lead in ("by", "until", "on", "")):
        meant = day + timedelta(days=(wanted - day.weekday()) % 7 or 7)
    else:
        meant = day - timedelta(days=(back or 7) if lead == "last" else back)
    kept = "on" if lead in ("last", "next", "this") else lead
    return f"{kept} {_write(found['day'], meant)}".strip()


def _name_today(found: re.Match[str], day: date, *, habitual: bool) -> str:
    if habitual and found["word"].lower() == "today":
        return ""  # "most visitors come for the fishing today" is about these years, not the day of writing
    meant = day + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[found["word"].lower()])
    return f"on {_MONTHS[meant.month - 1]} {meant.day}, {meant.year}"


def _name_day(found: re.Match[str], year: int, month: int, *, ahead: bool) -> str:
    name = found["m"] or found["n"]
    meant = _nearest_year(_MONTHS.index(name) + 1, year, month, ahead=ahead)
    return f"{found['a']} {name} {meant}" if found["a"] else f"{name} {found['b']}, {meant}"


def _name_month(found: re.Match[str], year: int, month: int, *, ahead: bool) -> str:
    number = _MONTHS.index(found["month"]) + 1
    lead = found["lead"]
    meant = _nearest_year(number, year, month, ahead=ahead or lead == "next")
    return f"{'in' if lead in ('last', 'next') else lead} {found['month']} {meant}"


def _nearest_year(number: int, year: int, month: int, *, ahead: bool) -> int:
    """Return the year of a month that is told without one: the last such month, or the next where the text looks on."""
    if ahead:
        return year if number >= month else year + 1
    return year if number <= month else year - 1


def _write(weekday: str, day: date) -> str:
    return f"{weekday}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"
