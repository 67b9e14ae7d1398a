"""The wordings by which figures are recognised, as regular expressions."""

from __future__ import annotations

import re
from decimal import Decimal

from factcheck.quantities.numerals import DENOMINATORS, DIGITS, ONES, ORDINALS, SCALES, TENS, WORDS
from factcheck.quantities.units import SIGN_PATTERN, SYMBOL_PATTERN, WORD_PATTERN

ORDINAL = rf"(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty)[- ])?(?:{'|'.join(ORDINALS)}))"
_FRACTIONS = "|".join(sorted(DENOMINATORS, key=len, reverse=True))
_NUMERATOR = r"(?:one|two|three|four|five|six|seven|eight|nine|a|an|\d{1,2})"
_TIMES_OF = (
    r"(?=\s+(?:as\b|more\b|less\b|the\b|that\b|those\b|its\b|their\b|his\b|her\b|what\b|fewer\b|greater\b|over\b"
    r"|[a-z]+er\b|"
    r"[a-z]+['’]s\b|[A-Z]))"
)
WORD_MULTIPLES: dict[str, int | Decimal] = {
    "twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "quadruple": 4, "quintuple": 5, "halve":
    Decimal("0.5"), "halv": Decimal("0.5"), "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5,
}  # fmt: skip
VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6,
          "billions": 10**9, "trillions": 10**12}  # fmt: skip
ATOM = re.compile(
    rf"(?P<rank>\b{ORDINAL}[-\s]+(?:(?:most|least)[-\s]+\w+|\w+est|best|worst)\b"
    rf"|(?:(?<=ranked )|(?<=ranks )|(?<=rank )|(?<=ranking )|(?<=place )|(?<=position )|(?<=ranked at )|(?<=ranked as )"
    rf"|(?<=ranks as )|(?<=ranked number )|(?<=ranked in )|(?<=ranked the )|(?<=came )|(?<=comes )|(?<=finished )"
    rf"|(?<=finishing )"
    rf"|(?<=placed ))(?:{ORDINAL}\b(?!\s+(?:quarter|half|time|of\b))|(?:No\.\s?|number\s|#)?\d{{1,3}}(?!\w|[.,]\d"
    rf"|\s?%))"
    rf"|\b{ORDINAL}(?=[-\s]place\b|\s+in\s+the\s+(?:world|ranking|table|league|list|standings)|\s+(?:spot|position)\b)"
    rf"|\b{ORDINAL}(?=\s*(?:[,.;]|$)|\s+(?:with|behind|after|ahead|worldwide|globally|nationally|overall|among|at)\b)"
    rf"|\b(?:No\.|number)\s?(?:\d{{1,2}}|one|two|three)(?=\s+(?:in|spot|on|position)\b))"
    rf"|(?P<every>\bevery\s+(?:second|third|fourth|fifth|sixth|tenth|other)\b(?!\s+(?:year|month|week|day|hour)))"
    rf"|(?P<odds>\b(?:one\s+[a-z]+\s+in\s+(?:{WORDS})\b(?!\s+(?!has\b|is\b|was\b|does\b|says\b)[a-z]+s\b)"
    rf"|(?:{WORDS}|\d{{1,3}})\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{WORDS}"
    rf"|\d{{1,3}}(?:,\d{{3}})?)\b(?!\s*(?:%|per\s?cent|years|months|days|weeks|hours|minutes))))"
    rf"|(?P<slash>(?<![\d/.])\d+(?:\.\d+)?\s?/\s?(?:4|5|6|10|20|100)(?![\d/]|[.,]\d)"
    rf"|(?<![\d/.])\d+(?:\.\d+)?\s+out\s+of\s+(?:4|5|10|20|100)\b)"
    rf"|(?P<part>\b(?:{_NUMERATOR}[-\s])?(?:{_FRACTIONS})\b)"
    rf"|(?P<fold>\b(?:{WORDS}|\d+(?:\.\d+)?)[-\s]?fold\b|\b\d+(?:\.\d+)?\s?[x×](?=\s|[,.;)]|$)"
    rf"|\b(?:{WORDS}|\d+(?:\.\d+)?(?:\s?(?:[-–]|to)\s?\d+)?)\s+times{_TIMES_OF}"
    rf"|\btwice{_TIMES_OF}|\bthrice{_TIMES_OF}|\bdouble(?=\s+(?:the|that|those|its|their|what|in)\b|\s+[a-z]+['’]s)"
    rf"|\b(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing|es)\b|\b(?:to|would|will|could|may|might"
    rf"|can)\s+(?:double|triple|treble|quadruple|halve)\b)"
    rf"|(?P<vague>\b(?:tens|dozens|scores|hundreds|thousands|millions|billions"
    rf"|trillions)\b(?:\s+of\s+(?:thousands|millions|billions|hundreds)\b)?)"
    rf"|(?P<dozen>\b(?:(?:half\s+a|a|{WORDS}|\d+)\s+)?dozen\b)"
    rf"|(?P<digits>(?<![\w.#§])(?<![A-Za-z][-‑–])(?<![A-Za-z]\d[-‑–])(?<!\d[,/:])[-−+]?{DIGITS}(?P<glyph>[½¼¾⅓⅔])?)"
    rf"|(?P<glyphs>[½¼¾⅓⅔])"
    rf"|(?P<words>\b{WORDS}\b(?!-year-old's))",
    re.IGNORECASE,
)
STARTERS = frozenset(
    """a an one every no number dozen twice thrice double triple treble quadruple halve to would will could may might
    can half""".split()
) | {
    *ONES, *TENS, *SCALES, *ORDINALS, *DENOMINATORS, *VAGUE,
    *(f"{word}fold" for word in ONES),
    *(f"{stem}{ending}" for stem in WORD_MULTIPLES for ending in ("ed", "ing", "es")),
}  # fmt: skip
SCALE_AFTER = re.compile(
    rf"(?:\s?-?\s?(?P<long>{'|'.join(SCALES)})(?P<second>\s(?:million|billion|trillion))?\b"
    rf"|\s?(?P<sure>bn|mn|mln|bln|tn|trn|mio)\b\.?|(?P<short>[kKmMbBT])(?![\w/²³]))",
)
UNIT_AFTER = re.compile(
    rf"(?P<gap>\s?-?\s?)(?:(?P<symbol>{SYMBOL_PATTERN})|(?P<word>{WORD_PATTERN}))(?P<old>[-\s]olds?\b)?"
)
SIGN_BEFORE = re.compile(rf"(?P<sign>{SIGN_PATTERN})\s?$")
PER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:(?:per|each|every|an?)\s+(?P<unit>second|minute|hour|day|week|month|quarter|year"
    r"|person|head|capita|household)\b"
    r"|(?P<ly>hourly|daily|weekly|monthly|annually|yearly)\b)",
    re.IGNORECASE,
)
PER_SPEED = re.compile(r"\s?(?:per|an?|/)\s?(?P<t>second|hour|s\b|h\b)", re.IGNORECASE)
SPEEDS = {
    ("kilometer", "hour"): "kilometer_per_hour", ("kilometer", "second"): "kilometer_per_second",
    ("meter", "second"): "meter_per_second", ("mile", "hour"): "mile_per_hour",
    ("gigabit", "second"): "gigabit_per_second", ("megabit", "second"): "megabit_per_second",
    ("terabit", "second"): "terabit_per_second", ("gigabyte", "second"): "gigabyte_per_second",
    ("megabyte", "second"): "megabyte_per_second", ("terabyte", "second"): "terabyte_per_second",
    ("barrel", "day"): "barrel_per_day",
}  # fmt: skip
JOINT = re.compile(rf"\s?(?P<dash>[-–—])\s?|\s+(?P<to>to|and|or)\s+(?P<bound2>)(?={SIGN_PATTERN}|\d|[a-z])")
LABELS = re.compile(
    r"(?:\b(?:chapter|part|article|section|figure|fig\.?|table|page|pp?\.|route|highway|type|phase|level|version"
    r"|season|episode"
    r"|grade|class|room|flight|channel|formula|apollo|windows|building|district|terminal|resolution|platform|gate"
    r"|line|volume|vol\.?"
    r"|act|title|rule|law|amendment|clause|paragraph|appendix|annex|exhibit|item|step|question|problem|unit|block"
    r"|group|pool|lot|zone"
    r"|tier|stage|category|cat\.?|war|mark|mk|model|series|size|suite|apartment|apt\.?|bus|train|tram|track|week"
    r"|day|round|game|match"
    r"|no\.?|nos\.?|number|dial|call|code|bill|file|form|lane|exit|interstate|psalm|genesis|mission|interval"
    r"|sector|ward|area"
    r"|division|hall|court|pier|berth|dock|hangar|studio|stand|bay|tower|reactor|magnitude)\s+|[#№§]\s?)$",
    re.IGNORECASE,
)
# a result ("2-1"), a docket ("22-451"): two numbers joined by a dash that measure nothing
SCORE = re.compile(
    rf"\d{{1,4}}[-–]\d{{1,4}}(?![\w.,]*\d|\s?-?(?:{SYMBOL_PATTERN}|{WORD_PATTERN})|\s?(?:million|billion|trillion"
    rf"|thousand|bn|mn|m)\b"
    r"|\s[a-z]+(?:s|ople|men)\b)"
)
AGED = re.compile(
    r"\b(?:people|persons|men|women|children|boys|girls|adults|residents|citizens|readers|voters|patients|workers"
    r"|employees|drivers"
    r"|players|users|visitors|members|volunteers|participants|smokers|pensioners|those|anyone|everyone|anybody|nobody"
    r"|(?:is|are|was|were) (?:now |still |all |mostly )?)\s*(?:aged\s+)?(?:over|under)(?: the age of)?\s*$",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\s?(?::\d\d|[ap]\.?m\.?\b|o['’]clock|(?:\.\d\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
OPENERS = frozenset(
    """about above after all almost among an and another approximately around as at barely before below between but by
    exactly for from in its just less more nearly of on only or over roughly some than the their these those to under
    until up with within a fewer hardly his her our my your yet so then when while if are is was were there""".split()
)
PRONOUN_ONE_BEFORE = re.compile(
    r"\b(?:no|any|every|this|that|which|the|each|some|another|new|first|last|next|only|old|good|big|small|-)\s*$",
    re.IGNORECASE,
)
PRONOUN_ONE_AFTER = re.compile(
    r"(?:\s+(?:of|another|day|thing|who|that|can|could|should|must|may|might|is|has|was|would|will|or|and|to|by"
    r"|in|as|more|less|where"
    r"|which|could|such|does|did|for|with|on|at|from|only|but|so|knows?|wants?|needs?|side|hand|can't|cannot|the"
    r"|a|must)\b"
    r"|-(?!\w+\b\s+\w)|['’]s|\s*[.,;:!?)]|\s*$)",
    re.IGNORECASE,
)
AFTER_FRACTION = re.compile(
    r"\s+(?:of|more|less|fewer|as|the|its|their|his|her|that|our|higher|lower|larger|smaller|bigger|longer"
    r"|shorter|cheaper|to|in|since|on|from|below|above|over|by|between|"
    r"were|was|are|is|have|had|has|said|say|came|come|went|live|believe|do|did|against|within|during|after|before"
    r"|this|last|when|while|and|per|again|or|for|at|with)\b"
    r"|\s+[a-z]+ed(?=\s*[.,;]|\s+(?:in|on|at|to|from|by|for|the|their|its|during|after|before|because|when)\b)|\s*[.,;:!?)–—]|\s*$|\s+(?:a|an)\s|-",
    re.IGNORECASE,
)
RANKED = re.compile(
    r"\b(?:(?:is|was|were|are|be|been|being|remain(?:s|ed)?|stay(?:s|ed)?|stands?|stood|became|now|still|only|as"
    r"|lay|lies)"
    r"|(?:came|comes|ranked|ranks|rank|finish(?:ed|es|ing)|placed|places|put|kept|ranked|rated"
    r"|left)(?:\s+[\w.&'’-]+){0,3}|ranked (?:as|in|at)"
    r"|in|the|took|takes|taking|to|for|from|into|holds|held)\s+$",
    re.IGNORECASE,
)
