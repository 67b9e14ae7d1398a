"""Years told from another year of the text ("went bankrupt the following year", "opened two years later"), put in.

The year counted from is the last one before the words, in the same sentence or the one before; a comparison ("more than
a year earlier") keeps its words.
"""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]\d|\d|%)")
_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {"a": 1}
_SHIFTED = re.compile(
    r"(?P<compared>\b(?:than|from|with|to|of|against|as) (?:about |in |that )?)?"
    r"\b(?:(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) "
    r"years? (?P<way>later|earlier)|"
    r"(?:in )?(?:the )?(?P<next>following|next|same|previous) year)\b(?!['’s])",
    re.IGNORECASE,
)


def last_year(text: str) -> int | None:
    """Return the last year that a sentence names."""
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None


def fill_years(text: str, sentence: str, before: int | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a claim with its relative year as a year, and what was put for what.

    :param sentence: the whole sentence of the claim.
    :param before: the last year of the sentence before, if any.
    """
    found = _SHIFTED.search(text)
    if found is None or found["compared"] or (found["next"] or "").lower() == "next":
        return text, ()
    words = found.group()
    at = sentence.lower().find(words.lower())
    if at < 0:
        return text, ()
    own = last_year(sentence[:at])
    year = own if own is not None else before
    if year is None or _YEAR.search(text[: found.start()] if own is None else ""):
        return text, ()
    meant = year + _count(found)
    after = f"in {meant}"
    if str(meant) in text:
        return text, ()
    written = after[:1].upper() + after[1:] if found.start() == 0 else after
    return f"{text[: found.start()]}{written}{text[found.end() :]}", ((words, after),)


def _count(found: re.Match[str]) -> int:
    if found["next"]:
        return {"following": 1, "next": 1, "same": 0, "previous": -1}[found["next"].lower()]
    count = _COUNTS.get(found["count"].lower()) or int(found["count"])
    return count if found["way"].lower() == "later" else -count
