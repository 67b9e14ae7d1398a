"""Figures that are not a plain number: ranks, fractions, multiples, odds, marks, dozens and vague thousands."""

from __future__ import annotations

import re
from decimal import Decimal

from factcheck.quantities.counted import find_counted
from factcheck.quantities.figures import finish
from factcheck.quantities.mention import Mention, make
from factcheck.quantities.numerals import (
    DENOMINATORS,
    DIGITS,
    GLYPHS,
    SCALES,
    WORDS,
    Numeral,
    read_digits,
    read_number,
    read_ordinal,
    read_words,
)
from factcheck.quantities.patterns import AFTER_FRACTION, ORDINAL, RANKED, VAGUE, WORD_MULTIPLES
from factcheck.quantities.units import COUNT, RANK, RATIO, SYMBOL_PATTERN, WORD_PATTERN, name_unit
from factcheck.types import Bound, Quantity


def _stands_as_rank(text: str, start: int, end: int, value: int) -> bool:
    """Tell whether a bare ordinal is a place in an order ("was fourth, behind") and not an adverb or a date."""
    before = text[max(0, start - 48) : start]
    if re.match(
        r"[-\s](?:place|spot|position)\b|\s+in\s+the\s+(?:world|ranking|table|league|list|standings)", text[end:]
    ):
        return True
    if not RANKED.search(before) or re.search(r"\b(?:the|in|to|for|from|into)\s+$", before):
        return False
    return value > 1 or bool(re.search(r"\b(?:came|comes|ranked|ranks|finished|placed)\b", before))


def read_rank(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read a place in an order: "third-largest", "ranked 4th", "was fourth"."""
    words = match.group("rank")
    ordinal = re.match(ORDINAL, words, re.IGNORECASE)
    value = read_ordinal(ordinal[0]) if ordinal else None
    if value is None:
        digits = re.search(r"\d+", words)
        spelled = read_words(words.split()[-1]) if not digits else None
        value = int(digits[0]) if digits else int(spelled.value) if spelled else None
    if ordinal and ordinal[0] == words and not _stands_as_rank(text, match.start(), match.end(), value or 0):
        return None
    if value is None or value == 0 or re.match(r"\s+(?:place\s+)?(?:people|years|hours)\b", text[match.end() :]):
        return None
    quantity = Quantity(
        Decimal(value),
        RANK,
        Bound.EXACT,
        find_counted(text, match.start(), match.end(), RANK),
        match.start(),
        match.end(),
    )
    return Mention(quantity, Decimal(1), match.start(), "", True)


def read_every(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read "every second" as a half."""
    word = match.group("every").split()[-1].lower()
    number = 2 if word == "other" else read_ordinal(word) or 1
    return make(text, match.start(), match.end(), Numeral(1 / Decimal(number), Decimal("0.05"), True), RATIO)


def read_odds(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read "one in four", "nine out of ten" as a ratio."""
    low, high = re.split(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", match.group("odds"), flags=re.IGNORECASE)[:2]
    part, whole = read_number(low.split()[0] if low.lower().startswith("one ") else low), read_number(high)
    if part is None or whole is None or part.value >= whole.value or whole.value < 2:
        return None
    if not 1500 > whole.value and whole.value < 2100:
        return None
    return make(text, match.start(), match.end(), Numeral(part.value / whole.value, Decimal("0.05"), True), RATIO)


def read_slash(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read a mark out of a maximum: "6.1/10"."""
    part, whole = re.split(r"\s?/\s?|\s+out\s+of\s+", match.group("slash"), maxsplit=1)
    if re.match(r"\s?/", text[match.end() :]) or (part, whole) == ("24", "7"):
        return None
    return make(text, match.start(), match.end(), read_digits(part), f"out_of_{whole}")


def read_part(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read a fraction: "half", "two-thirds", "a quarter of a million"."""
    words = re.split(r"[-\s]", match.group("part").lower())
    down = DENOMINATORS[words[-1]]
    numerator = words[0] if len(words) > 1 else ""
    after = text[match.end() :]
    is_half = words[-1] in ("half", "halves")
    if not numerator and not is_half:
        return None
    if is_half and not _is_share_half(text, match.start(), after, numerator):
        return None
    up = read_number(numerator) if numerator not in ("", "a", "an") else Numeral(Decimal(1), Decimal(1))
    if up is None or (not is_half and not AFTER_FRACTION.match(after)) or up.value > 10 * down:
        return None
    if not is_half and (words[-1].endswith("s")) == (up.value == 1):
        return None
    numeral = Numeral(up.value / down, Decimal("0.05") if down <= 4 else Decimal("0.01"), True)
    return _scale_part(text, match.start(), match.end(), numeral)


def _is_share_half(text: str, start: int, after: str, numerator: str) -> bool:
    if re.match(
        r"[-\s](?:time|hearted|century-old|life|brother|sister|marathon|back|way|decade)\b|-(?!million|billion"
        r"|hour|the)",
        after,
    ):
        return False
    before = text[max(0, start - 12) : start].lower()
    if (
        re.search(r"(?:first|second|latter|other|former|this|last|better|top|bottom|each|either|and a|and)\s*$", before)
        and not numerator
    ):
        return False
    return numerator in ("", "a", "one", "an")


def _scale_part(text: str, start: int, end: int, numeral: Numeral) -> Mention | None:
    """Read what a fraction is of: a scale ("a quarter of a million"), a unit ("half an hour"), or a share."""
    scale = re.match(
        r"(?:\s+of)?\s+(?:an?|one)\s+(million|billion|trillion|thousand|hundred|dozen)\b|\s+(million|billion"
        r"|trillion)\b",
        text[end:],
    )
    if scale:
        factor = SCALES.get(scale[1] or scale[2], 12)
        value = Numeral(numeral.value * factor, Decimal(factor) / 20, True)
        return finish(text, start, end + scale.end(), value, "")
    unit = re.match(
        rf"(?:\s+of)?\s+an?\s+({WORD_PATTERN})|\s+({SYMBOL_PATTERN}|percentage points?|per\s?cent|(?:mile"
        rf"|kilomet(?:re|er)|inch|met(?:re|er)|acre|tonne|hour)s?\b)",
        text[end:],
    )
    name = name_unit(unit[1] or unit[2]) if unit else None
    if unit and name:
        return make(text, start, end + unit.end(), numeral, name)
    return make(text, start, end, numeral, RATIO)


def read_fold(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read a multiple: "twice as many", "2.5-fold", "doubled"."""
    words = match.group("fold").lower()
    if match[0][0].isupper() and re.search(r"[A-Za-z]\s$", text[: match.start()]):
        return None
    stem = re.search(r"twice|thrice|doubl|tripl|trebl|quadrupl|quintupl|halv", words)
    start = match.start()
    if stem:
        numeral = Numeral(Decimal(WORD_MULTIPLES[stem[0]]), Decimal("0.1"), True)
        if " " in words:
            start += words.index(" ") + 1
        return make(text, start, match.end(), numeral, RATIO)
    number = re.match(rf"(?:{WORDS}|{DIGITS})", words)
    numeral_or_none = read_number(number[0]) if number else None
    return make(text, start, match.end(), numeral_or_none, RATIO) if numeral_or_none else None


def read_vague(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read "tens of thousands" as at least ten thousand."""
    value = Decimal(1)
    for word in re.split(r"\s+of\s+", match.group("vague").lower()):
        value *= VAGUE[word]
    if re.match(r"\s+digits?\b", text[match.end() :]) or not re.match(
        r"\s+(?:of|more)\b|\s+[a-z]", text[match.end() :]
    ):
        return None
    return make(text, match.start(), match.end(), Numeral(value, value, True), COUNT, bound=Bound.AT_LEAST)


def read_dozen(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read "a dozen", "half a dozen", "two dozen"."""
    words = match.group("dozen").lower().rsplit(maxsplit=1)
    head = words[0] if len(words) > 1 else "a"
    times = Decimal("0.5") if head.startswith("half") else Decimal(1)
    if head not in ("a",) and not head.startswith("half"):
        numeral = read_number(head)
        times = numeral.value if numeral else times
    return make(text, match.start(), match.end(), Numeral(times * 12, Decimal(1), True), COUNT)


def read_glyphs(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    """Read a fraction in one sign: "½"."""
    return _scale_part(text, match.start(), match.end(), Numeral(GLYPHS[match.group("glyphs")], Decimal("0.05")))
