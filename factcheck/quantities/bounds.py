"""The words around a figure that bound it: "over 170", "170+", "nearly half", "no fewer than", "or so"."""

from __future__ import annotations

import re

from factcheck.types import Bound

# longest first within one bound; the first that matches right before the figure wins
_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        Bound.AT_MOST,
        r"(?:no|not) (?:more|greater|higher|larger|longer|later|over)(?: than)?|at (?:the )?(?:very )?most"
        r"|max(?:imum)?(?: of)?"
        r"|a maximum of|not exceeding|does not exceed|up to a maximum of|capped at|limited to|within|≤|<=",
    ),
    (
        Bound.AT_LEAST,
        r"(?:no|not) (?:less|fewer|lower|smaller|shorter|under)(?: than)?|at (?:the )?(?:very )?least|a minimum of"
        r"|min(?:imum)?(?: of)?"
        r"|from at least|≥|>=",
    ),
    (
        Bound.ABOUT,
        r"just about|more or less|somewhere (?:around|near)|in the (?:region|order|neighbou?rhood|vicinity) of"
        r"|(?:a|an) (?:estimated|average of about)|estimated(?: at)?|about|around|approximately|approx\.?|roughly"
        r"|circa|ca\.?|c\."
        r"|some|~|≈|broadly|on the order of|or so|about as much as",
    ),
    (
        Bound.NEARLY,
        r"nearly|almost|close to|approaching|not quite|virtually|getting on for|just (?:under|below|short of|shy of)"
        r"|a little (?:under|below|less than)|slightly (?:under|below|less than|fewer than)"
        r"|barely under|nearing|shy of",
    ),
    (
        Bound.UP_TO,
        r"up to|as (?:many|much|high|large|long|far) as|anything up to|a (?:peak|high) of up to",
    ),
    (
        Bound.OVER,
        r"(?:much |far |well |slightly |just |a little |a bit |significantly |considerably |substantially )?"
        r"(?:more|greater|higher|larger|longer|older|bigger|taller|heavier|better|faster|wider|later"
        r"|further|farther) than"
        r"|(?:just |well |a little |slightly )?(?:over|above)|upwards? of|in excess of|exceed(?:s|ed|ing)?"
        r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops"
        r"|beyond|north of|(?:just |well )?past the|>",
    ),
    (
        Bound.UNDER,
        r"(?:much |far |well |considerably |significantly )?"
        r"(?:less|fewer|lower|smaller|shorter|younger|lighter|cheaper|slower|narrower|earlier) than"
        r"|well (?:under|below)|under|below|short of|south of|not even|<",
    ),
)
_BEFORE_PATTERN = re.compile(
    "|".join(f"(?:(?P<{bound.name}>{words}))" for bound, words in _BEFORE).join((r"(?:(?<=\s)|(?<=\()|^)(?:", "")) + ")"
    r"\s*(?:(?:a|an|only|just|another|total(?: of)?|of|record)\s+)?$",
    re.IGNORECASE,
)
_AFTER_PATTERN = re.compile(
    r"\s?(?:(?P<AT_LEAST>\+(?!\d)|or (?:more|above|over|older|higher|greater|better|longer)\b|and (?:over|above"
    r"|older|up)\b|plus\b(?!\s+\d)"
    r"|at (?:the )?least\b|upwards\b)"
    r"|(?P<AT_MOST>or (?:less|fewer|under|below|younger|lower)\b|and (?:under|younger)\b|at (?:the )?most\b"
    r"|(?:at )?maximum\b)"
    r"|(?P<ABOUT>or so\b|or thereabouts\b|-odd\b|-ish\b|approximately\b|give or take\b))",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(r"(?:^|\s)over\s*(?:(?:a|an|the|its|these|those)\s+)?$", re.IGNORECASE)
_OVER_STATED = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|of|for|lasted|lasts|took|takes|take|spent|after|in|to|at|with|has|have|had"
    r"|by|and)|[,(])\s+over\s*$",
    re.IGNORECASE,
)


def bound_before(text: str, start: int, *, duration: bool = False) -> tuple[Bound, int]:
    """Return the bound that the words right before ``start`` give, and where those words begin.

    "over three years" says during which time rather than more than three, unless a verb of lasting stands before it.
    """
    window_start = max(0, start - 48)
    window = text[window_start:start]
    match = _BEFORE_PATTERN.search(window)
    if match is None or match.lastgroup is None:
        return Bound.EXACT, start
    if duration and _OVER_TIME.search(window) and not _OVER_STATED.search(window):
        return Bound.EXACT, start
    return Bound[match.lastgroup], window_start + match.start()


def bound_after(text: str, end: int) -> tuple[Bound, int]:
    """Return the bound that the words right after ``end`` give, and where those words end."""
    match = _AFTER_PATTERN.match(text, end)
    if match is None or match.lastgroup is None:
        return Bound.EXACT, end
    return Bound[match.lastgroup], match.end()
