"""Figures in a text: value, unit, bound, what is counted. Regular expressions over the raw text; no model, no state.

Years, dates, clock times, telephone numbers, names with a number in them (Boeing 737, Windows 11, COVID-19, Article 50)
are not quantities and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.quantities.bounds import bound_after, bound_before
from factcheck.quantities.counted import find_counted
from factcheck.quantities.dates import find_dates
from factcheck.quantities.numerals import (
    DENOMINATORS,
    DIGITS,
    GLYPHS,
    ONES,
    ORDINALS,
    SCALES,
    SHORT_SCALES,
    TENS,
    WORDS,
    Numeral,
    find_starts,
    read_digits,
    read_ordinal,
    read_words,
    scaled,
)
from factcheck.quantities.units import (
    COUNT,
    CURRENCY_SIGNS,
    DURATIONS,
    POINT,
    RANK,
    RATIO,
    SIGN_PATTERN,
    SYMBOL_PATTERN,
    WORD_PATTERN,
    is_money,
    name_unit,
)
from factcheck.types import Bound, Quantity


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity with what its wording tells beyond its value.

    ``step`` is the last place that was written ("1.4 billion": 100 million), ``per`` the time or thing it is a rate of
    ("year" in "5 million a year"), ``spelled`` whether it is in words. ``core`` is the start of the figure itself, after
    the words of its bound.
    """

    quantity: Quantity
    step: Decimal
    core: int
    per: str = ""
    spelled: bool = False
    scaled: bool = False


_ORDINAL = rf"(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty)[- ])?(?:{'|'.join(ORDINALS)}))"
_FRACTIONS = "|".join(sorted(DENOMINATORS, key=len, reverse=True))
_NUMERATOR = r"(?:one|two|three|four|five|six|seven|eight|nine|a|an|\d{1,2})"
_TIMES_OF = (
    r"(?=\s+(?:as\b|more\b|less\b|the\b|that\b|those\b|its\b|their\b|his\b|her\b|what\b|fewer\b|greater\b|over\b|[a-z]+er\b|"
    r"[a-z]+['’]s\b|[A-Z]))"
)
_WORD_MULTIPLES = {
    "twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "quadruple": 4, "quintuple": 5, "halve": Decimal("0.5"),
    "halv": Decimal("0.5"), "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5,
}  # fmt: skip
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6,
          "billions": 10**9, "trillions": 10**12}  # fmt: skip

_ATOM = re.compile(
    rf"(?P<rank>\b{_ORDINAL}[-\s]+(?:(?:most|least)[-\s]+\w+|\w+est|best|worst)\b"
    rf"|(?:(?<=ranked )|(?<=ranks )|(?<=rank )|(?<=ranking )|(?<=place )|(?<=position )|(?<=ranked at )|(?<=ranked as )"
    rf"|(?<=ranks as )|(?<=ranked number )|(?<=ranked in )|(?<=ranked the )|(?<=came )|(?<=comes )|(?<=finished )|(?<=finishing )"
    rf"|(?<=placed ))(?:{_ORDINAL}\b(?!\s+(?:quarter|half|time|of\b))|(?:No\.\s?|number\s|#)?\d{{1,3}}(?!\w|[.,]\d|\s?%))"
    rf"|\b{_ORDINAL}(?=[-\s]place\b|\s+in\s+the\s+(?:world|ranking|table|league|list|standings)|\s+(?:spot|position)\b)"
    rf"|\b{_ORDINAL}(?=\s*(?:[,.;]|$)|\s+(?:with|behind|after|ahead|worldwide|globally|nationally|overall|among|at)\b)"
    rf"|\b(?:No\.|number)\s?(?:\d{{1,2}}|one|two|three)(?=\s+(?:in|spot|on|position)\b))"
    rf"|(?P<every>\bevery\s+(?:second|third|fourth|fifth|sixth|tenth|other)\b(?!\s+(?:year|month|week|day|hour)))"
    rf"|(?P<odds>\b(?:{WORDS}|\d{{1,3}})\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{WORDS}|\d{{1,3}}(?:,\d{{3}})?)\b(?!\s*(?:%|per\s?cent|years|months|days|weeks|hours|minutes)))"
    rf"|(?P<slash>(?<![\d/.])\d+(?:\.\d+)?\s?/\s?(?:4|5|6|10|20|100)(?![\d/]|[.,]\d)|(?<![\d/.])\d+(?:\.\d+)?\s+out\s+of\s+(?:4|5|10|20|100)\b)"
    rf"|(?P<part>\b(?:{_NUMERATOR}[-\s])?(?:{_FRACTIONS})\b)"
    rf"|(?P<fold>\b(?:{WORDS}|\d+(?:\.\d+)?)[-\s]?fold\b|\b\d+(?:\.\d+)?\s?[x×](?=\s|[,.;)]|$)"
    rf"|\b(?:{WORDS}|\d+(?:\.\d+)?(?:\s?(?:[-–]|to)\s?\d+)?)\s+times{_TIMES_OF}"
    rf"|\btwice{_TIMES_OF}|\bthrice{_TIMES_OF}|\bdouble(?=\s+(?:the|that|those|its|their|what|in)\b|\s+[a-z]+['’]s)"
    rf"|\b(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing|es)\b|\b(?:to|would|will|could|may|might|can)\s+(?:double|triple|treble|quadruple|halve)\b)"
    rf"|(?P<vague>\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b(?:\s+of\s+(?:thousands|millions|billions|hundreds)\b)?)"
    rf"|(?P<dozen>\b(?:(?:half\s+a|a|{WORDS}|\d+)\s+)?dozen\b)"
    rf"|(?P<digits>(?<![\w.#§])(?<![A-Za-z][-‑–])(?<!\d[,/:])[-−+]?{DIGITS}(?P<glyph>[½¼¾⅓⅔])?)"
    rf"|(?P<glyphs>[½¼¾⅓⅔])"
    rf"|(?P<words>\b{WORDS}\b(?!-year-old's))",
    re.IGNORECASE,
)
_STARTERS = frozenset(
    """a an one every no number dozen twice thrice double triple treble quadruple halve to would will could may might can
    half""".split()
) | {
    *ONES, *TENS, *SCALES, *ORDINALS, *DENOMINATORS, *_VAGUE,
    *(f"{word}fold" for word in ONES),
    *(f"{stem}{ending}" for stem in _WORD_MULTIPLES for ending in ("ed", "ing", "es")),
}  # fmt: skip
_SCALE_AFTER = re.compile(
    rf"(?:\s?-?\s?(?P<long>{'|'.join(SCALES)})(?P<second>\s(?:million|billion|trillion))?\b"
    rf"|\s?(?P<sure>bn|mn|mln|bln|tn|trn|mio)\b\.?|(?P<short>[kKmMbBT])(?![\w/²³]))",
)
_UNIT_AFTER = re.compile(
    rf"(?P<gap>\s?-?\s?)(?:(?P<symbol>{SYMBOL_PATTERN})|(?P<word>{WORD_PATTERN}))(?P<old>[-\s]olds?\b)?"
)
_SIGN_BEFORE = re.compile(rf"(?P<sign>{SIGN_PATTERN})\s?$")
_PER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:(?:per|each|every|an?)\s+(?P<unit>second|minute|hour|day|week|month|quarter|year|person|head|capita|household)\b"
    r"|(?P<ly>hourly|daily|weekly|monthly|annually|yearly)\b)",
    re.IGNORECASE,
)
_PER_SPEED = re.compile(r"\s?(?:per|an?|/)\s?(?P<t>second|hour|s\b|h\b)", re.IGNORECASE)
_SPEEDS = {
    ("kilometer", "hour"): "kilometer_per_hour", ("kilometer", "second"): "kilometer_per_second",
    ("meter", "second"): "meter_per_second", ("mile", "hour"): "mile_per_hour",
    ("gigabit", "second"): "gigabit_per_second", ("megabit", "second"): "megabit_per_second",
    ("terabit", "second"): "terabit_per_second", ("gigabyte", "second"): "gigabyte_per_second",
    ("megabyte", "second"): "megabyte_per_second", ("terabyte", "second"): "terabyte_per_second",
    ("barrel", "day"): "barrel_per_day",
}  # fmt: skip
_JOINT = re.compile(rf"\s?(?P<dash>[-–—])\s?|\s+(?P<to>to|and|or)\s+(?P<bound2>)(?={SIGN_PATTERN}|\d|[a-z])")
_LABELS = re.compile(
    r"(?:\b(?:chapter|part|article|section|figure|fig\.?|table|page|pp?\.|route|highway|type|phase|level|version|season|episode"
    r"|grade|class|room|flight|channel|formula|apollo|windows|building|district|terminal|resolution|platform|gate|line|volume|vol\.?"
    r"|act|title|rule|law|amendment|clause|paragraph|appendix|annex|exhibit|item|step|question|problem|unit|block|group|pool|lot|zone"
    r"|tier|stage|category|cat\.?|war|mark|mk|model|series|size|suite|apartment|apt\.?|bus|train|tram|track|week|day|round|game|match"
    r"|no\.?|nos\.?|number|dial|call|code|bill|file|form|lane|exit|interstate|psalm|genesis|mission|interval|sector|ward|area"
    r"|division|hall|court|pier|berth|dock|hangar|studio|stand|bay|tower|reactor|magnitude)\s+|[#№§]\s?)$",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:people|persons|men|women|children|boys|girls|adults|residents|citizens|readers|voters|patients|workers|employees|drivers"
    r"|players|users|visitors|members|volunteers|participants|smokers|pensioners|those|anyone|everyone|anybody|nobody"
    r"|(?:is|are|was|were) (?:now |still |all |mostly )?)\s*(?:aged\s+)?(?:over|under)(?: the age of)?\s*$",
    re.IGNORECASE,
)
# a result ("2-1"), a docket ("22-451"): two numbers joined by a dash that measure nothing
_SCORE = re.compile(
    rf"\d{{1,4}}[-–]\d{{1,4}}(?![\w.,]*\d|\s?-?(?:{SYMBOL_PATTERN}|{WORD_PATTERN})|\s?(?:million|billion|trillion|thousand|bn|mn|m)\b"
    r"|\s[a-z]+(?:s|ople|men)\b)"
)
_CLOCK = re.compile(r"\s?(?::\d\d|[ap]\.?m\.?\b|o['’]clock|(?:\.\d\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
_OPENERS = frozenset(
    """about above after all almost among an and another approximately around as at barely before below between but by exactly
    for from in its just less more nearly of on only or over roughly some than the their these those to under until up with
    within a fewer hardly his her our my your yet so then when while if are is was were there""".split()
)
_PRONOUN_ONE_BEFORE = re.compile(
    r"\b(?:no|any|every|this|that|which|the|each|some|another|new|first|last|next|only|old|good|big|small|-)\s*$",
    re.IGNORECASE,
)
_PRONOUN_ONE_AFTER = re.compile(
    r"(?:\s+(?:of|another|day|thing|who|that|can|could|should|must|may|might|is|has|was|would|will|or|and|to|by|in|as|more|less|where"
    r"|which|could|such|does|did|for|with|on|at|from|only|but|so|knows?|wants?|needs?|side|hand|can't|cannot|the|a|must)\b"
    r"|-(?!\w+\b\s+\w)|['’]s|\s*[.,;:!?)]|\s*$)",
    re.IGNORECASE,
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures of a text in the order they stand, each with unit, bound and what is counted."""
    return tuple(mention.quantity for mention in scan(text))


def scan(text: str) -> tuple[Mention, ...]:
    """Return the figures of a text with the details of their wording that comparing needs."""
    dates = find_dates(text)
    taken = 0
    found: list[Mention] = []
    for start in find_starts(text, _STARTERS):
        if start < taken:
            continue
        begin = start - 1 if start > taken and text[start - 1] in "-−+" else start
        match = _ATOM.match(text, begin) or _ATOM.match(text, start)
        if match is None or any(day.start < match.end() and start < day.end for day in dates):
            continue
        mention = _read(text, match, found)
        if mention is None:
            taken = max(taken, _skip_to(text, match))
            continue
        found.append(mention)
        taken = mention.quantity.end
    return tuple(_inherit_points(text, found))


def _skip_to(text: str, match: re.Match[str]) -> int:
    """Return where to read on after an atom that is no quantity; a result is left as a whole."""
    if match.group("digits") is None:
        return match.start()
    score = _SCORE.match(text, match.start())
    return score.end() if score else match.end()


def _read(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    kind = next(name for name in _READERS if match.group(name) is not None)
    return _READERS[kind](text, match, found)


def _make(
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
    duration = unit in DURATIONS
    around, begin = bound_before(text, start, duration=duration)
    stop = end
    if around is Bound.EXACT:
        around, stop = bound_after(text, end)
    if bound is not None:
        around = bound
    rate = _PER.match(text, stop)
    per = (rate["unit"] or rate["ly"]).lower() if rate else ""
    of = find_counted(text, begin, stop, unit)
    quantity = Quantity(numeral.value, unit, around, of, begin, stop, high)
    return Mention(quantity, numeral.step, start, per, numeral.spelled, numeral.scaled)


_RANKED = re.compile(
    r"\b(?:(?:is|was|were|are|be|been|being|remain(?:s|ed)?|stay(?:s|ed)?|stands?|stood|became|now|still|only|as|lay|lies)"
    r"|(?:came|comes|ranked|ranks|rank|finish(?:ed|es|ing)|placed|places|put|kept|ranked|rated|left)(?:\s+[\w.&'’-]+){0,3}|ranked (?:as|in|at)"
    r"|in|the|took|takes|taking|to|for|from|into|holds|held)\s+$",
    re.IGNORECASE,
)


def _stands_as_rank(text: str, start: int, end: int, value: int) -> bool:
    """Tell whether a bare ordinal is a place in an order ("was fourth, behind") and not an adverb or a date."""
    before = text[max(0, start - 48) : start]
    if re.match(r"[-\s](?:place|spot|position)\b|\s+in\s+the\s+(?:world|ranking|table|league|list|standings)", text[end:]):
        return True
    if not _RANKED.search(before) or re.search(r"\b(?:the|in|to|for|from|into)\s+$", before):
        return False
    return value > 1 or bool(re.search(r"\b(?:came|comes|ranked|ranks|finished|placed)\b", before))


def _read_rank(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    words = match.group("rank")
    ordinal = re.match(_ORDINAL, words, re.IGNORECASE)
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


def _read_every(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    word = match.group("every").split()[-1].lower()
    number = 2 if word == "other" else read_ordinal(word) or 1
    return _make(text, match.start(), match.end(), Numeral(1 / Decimal(number), Decimal("0.05"), True), RATIO)


def _read_odds(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    low, high = re.split(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", match.group("odds"), flags=re.IGNORECASE)[:2]
    part, whole = _plain(low), _plain(high)
    if part is None or whole is None or part.value >= whole.value or whole.value < 2:
        return None
    if not 1500 > whole.value and whole.value < 2100:
        return None
    return _make(text, match.start(), match.end(), Numeral(part.value / whole.value, Decimal("0.05"), True), RATIO)


def _plain(text: str) -> Numeral | None:
    return read_digits(text) if text.strip()[:1].isdigit() else read_words(text)


def _read_slash(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    part, whole = re.split(r"\s?/\s?|\s+out\s+of\s+", match.group("slash"), maxsplit=1)
    if re.match(r"\s?/", text[match.end() :]) or (part, whole) == ("24", "7"):
        return None
    return _make(text, match.start(), match.end(), read_digits(part), f"out_of_{whole}")


_AFTER_FRACTION = re.compile(
    r"\s+(?:of|more|less|fewer|as|the|its|their|his|her|that|our|higher|lower|larger|smaller|bigger|longer|shorter|cheaper|to|in|since|on|from|below|above|over|by|between|"
    r"were|was|are|is|have|had|has|said|say|came|come|went|live|believe|do|did|against|within|during|after|before|this|last|when|while|and|per|again|or|for|at|with)\b|\s*[.,;:!?)–—]|\s*$|\s+(?:a|an)\s|-",
    re.IGNORECASE,
)


def _read_part(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    words = re.split(r"[-\s]", match.group("part").lower())
    down = DENOMINATORS[words[-1]]
    numerator = words[0] if len(words) > 1 else ""
    after = text[match.end() :]
    is_half = words[-1] in ("half", "halves")
    if not numerator and not is_half:
        return None
    if is_half and not _is_share_half(text, match.start(), after, numerator):
        return None
    up = _plain(numerator) if numerator not in ("", "a", "an") else Numeral(Decimal(1), Decimal(1))
    if up is None or (not is_half and not _AFTER_FRACTION.match(after)) or up.value > 10 * down:
        return None
    if not is_half and (words[-1].endswith("s")) == (up.value == 1):
        return None
    numeral = Numeral(up.value / down, Decimal("0.05") if down <= 4 else Decimal("0.01"), True)
    return _scale_part(text, match.start(), match.end(), numeral)


def _is_share_half(text: str, start: int, after: str, numerator: str) -> bool:
    if re.match(
        r"[-\s](?:time|hearted|century-old|life|brother|sister|marathon|back|way|decade)\b|-(?!million|billion|hour|the)",
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


def _scale_part(text: str, start: int, end: int, numeral: Numeral) -> Mention:
    """Read what a fraction is of: a scale ("a quarter of a million"), a unit ("half an hour"), or a share."""
    scale = re.match(
        r"(?:\s+of)?\s+(?:an?|one)\s+(million|billion|trillion|thousand|hundred|dozen)\b|\s+(million|billion|trillion)\b",
        text[end:],
    )
    if scale:
        factor = SCALES.get(scale[1] or scale[2], 12)
        value = Numeral(numeral.value * factor, Decimal(factor) / 20, True)
        return _finish(text, start, end + scale.end(), value, "")
    unit = re.match(
        rf"(?:\s+of)?\s+an?\s+({WORD_PATTERN})|\s+({SYMBOL_PATTERN}|percentage points?|per\s?cent|(?:mile|kilomet(?:re|er)|inch|met(?:re|er)|acre|tonne|hour)s?\b)",
        text[end:],
    )
    name = name_unit(unit[1] or unit[2]) if unit else None
    if unit and name:
        return _make(text, start, end + unit.end(), numeral, name)
    return _make(text, start, end, numeral, RATIO)


def _read_fold(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    words = match.group("fold").lower()
    stem = re.search(r"twice|thrice|doubl|tripl|trebl|quadrupl|quintupl|halv", words)
    start = match.start()
    if stem:
        numeral = Numeral(Decimal(_WORD_MULTIPLES[stem[0]]), Decimal("0.1"), True)
        if " " in words:
            start += words.index(" ") + 1
        return _make(text, start, match.end(), numeral, RATIO)
    number = re.match(rf"(?:{WORDS}|{DIGITS})", words)
    numeral_or_none = _plain(number[0]) if number else None
    return _make(text, start, match.end(), numeral_or_none, RATIO) if numeral_or_none else None


def _read_vague(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    value = Decimal(1)
    for word in re.split(r"\s+of\s+", match.group("vague").lower()):
        value *= _VAGUE[word]
    if re.match(r"\s+digits?\b", text[match.end() :]) or not re.match(
        r"\s+(?:of|more)\b|\s+[a-z]", text[match.end() :]
    ):
        return None
    return _make(text, match.start(), match.end(), Numeral(value, value, True), COUNT, bound=Bound.AT_LEAST)


def _read_dozen(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    words = match.group("dozen").lower().rsplit(maxsplit=1)
    head = words[0] if len(words) > 1 else "a"
    times = Decimal("0.5") if head.startswith("half") else Decimal(1)
    if head not in ("a",) and not head.startswith("half"):
        numeral = _plain(head)
        times = numeral.value if numeral else times
    return _make(text, match.start(), match.end(), Numeral(times * 12, Decimal(1), True), COUNT)


def _read_glyphs(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    return _scale_part(text, match.start(), match.end(), Numeral(GLYPHS[match.group("glyphs")], Decimal("0.05")))


def _read_numeral(text: str, match: re.Match[str], found: list[Mention]) -> Mention | None:
    if match.group("words") is not None:
        if _is_pronoun(text, match) or _is_name(text, match.start()):
            return None
        numeral = read_words(match.group("words"))
        return _finish(text, match.start(), match.end(), numeral, "") if numeral else None
    start, written = match.start(), match.group("digits")
    sign = written[0] if written[0] in "-−+" else ""
    start += len(sign)
    money = _SIGN_BEFORE.search(text[max(0, start - 5) : start])
    digits = written[len(sign) :].removesuffix(match.group("glyph") or "")
    if not money and _is_label(text, match, start, digits, found):
        return None
    numeral = read_digits(digits)
    if match.group("glyph"):
        numeral = Numeral(numeral.value + GLYPHS[match.group("glyph")], Decimal("0.05"))
    if sign in ("-", "−") and (match.start() == 0 or text[match.start() - 1] in " ("):
        numeral, start = replace(numeral, value=-numeral.value), match.start()
    return _finish(
        text, start - (len(money[0]) if money else 0), match.end(), numeral, _name_sign(money) if money else ""
    )


def _name_sign(money: re.Match[str]) -> str:
    return CURRENCY_SIGNS[re.sub(r"\s+", " ", money["sign"])]


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    word = match.group("words").lower()
    if word != "one":
        return word in SCALES and not _SIGN_BEFORE.search(text[max(0, match.start() - 5) : match.start()]) and True
    return bool(
        _PRONOUN_ONE_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        or _PRONOUN_ONE_AFTER.match(text, match.end())
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
    if _SCORE.match(text, start):
        return True
    if _CLOCK.match(after) or re.match(r"\.\d|/\d|:\d", after):
        return True
    has_unit = bool(_UNIT_AFTER.match(text, match.end()) or _SCALE_AFTER.match(text, match.end()))
    if after[:1].isalpha() and not has_unit:
        return True
    before = text[max(0, start - 24) : start]
    if _LABELS.search(before) and not (
        has_unit or re.match(r"\s+[a-z]+s\b", after) and re.search(r"(?:^|[a-z] )[a-z]+ $", before)
    ):
        return True
    return not has_unit and _follows_name(text, start, after, found) and "," not in digits and "." not in digits


def _follows_name(text: str, start: int, after: str, found: list[Mention]) -> bool:
    name = re.search(r"(?:^|\s|[\"'“‘(])([A-Z][\w.&]*)\s+$", text[max(0, start - 24) : start])
    if not name or re.match(r"\s+(?:of\b|[a-z]+(?:s|en|ople)\b)", after):
        return False
    begins = start - len(name[0]) <= 1 or text[: start - len(name[0]) + 1].rstrip()[-1:] in ".!?:;"
    return not found and not (begins and name[1].lower() in _OPENERS)


def _finish(text: str, start: int, end: int, numeral: Numeral, unit: str) -> Mention | None:
    """Add scale, range and unit to a bare number."""
    numeral, end = _apply_scale(text, end, numeral, money=bool(unit))
    unit, end = _apply_unit(text, end, unit)
    high, high_end, unit2, factor = _read_high(text, start, end, numeral, unit)
    if high is None:
        if not unit:
            unit = _implied_unit(text, start, end)
        return _make(text, start, end, numeral, unit)
    numeral = replace(numeral, value=numeral.value * factor, step=numeral.step * factor)
    begin = re.search(r"\bbetween\s+$", text[max(0, start - 12) : start], re.IGNORECASE)
    start -= len(begin[0]) if begin else 0
    return _make(text, start, high_end, numeral, unit2 or unit or COUNT, high=high, bound=Bound.BETWEEN)


def _apply_scale(text: str, end: int, numeral: Numeral, *, money: bool) -> tuple[Numeral, int]:
    match = _SCALE_AFTER.match(text, end)
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
    match = _UNIT_AFTER.match(text, end)
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
    speed = _PER_SPEED.match(text, match.end())
    if speed:
        period = {"s": "second", "h": "hour"}.get(speed["t"].lower(), speed["t"].lower())
        if (name, period) in _SPEEDS:
            return _SPEEDS[name, period], match.end() + len(speed[0])
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
        r"\b(?:aged|ages?(?: of)?|(?:older|younger) than|turned|turning)\s*(?:(?:over|under|about|around|at least)\s*)?$",
        before,
    ) and not re.match(r"\s+[a-z]+s\b", after):
        return "year"
    if _AGED.search(before) and re.match(r"\d{2}\b", text[start:end]) and not re.match(r"\s+[a-z]+s\b|\s?\d|\s+of\b", after):
        return "year"
    return COUNT


def _read_high(text: str, start: int, end: int, low: Numeral, unit: str) -> tuple[Decimal | None, int, str, Decimal]:
    """Read the upper end of a range; return it with its end, its unit and the factor that the lower end takes over."""
    none = (None, end, "", Decimal(1))
    joint = _JOINT.match(text, end)
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
    numeral = _plain(second["n"]) if second else None
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
    "rank": _read_rank,
    "every": _read_every,
    "odds": _read_odds,
    "slash": _read_slash,
    "part": _read_part,
    "fold": _read_fold,
    "vague": _read_vague,
    "dozen": _read_dozen,
    "digits": _read_numeral,
    "glyphs": _read_glyphs,
    "words": _read_numeral,
}
