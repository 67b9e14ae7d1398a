"""Numbers as people write them, in digits and in words, read to exact decimals.

Only the bare number is read here: "52.7 billion", "six million", "two-thirds", "a dozen", "1.4bn". What it measures and
how it is bounded is found by :mod:`factcheck.quantities.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
SHORT_SCALES = {
    "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "B": 10**9,
    "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "T": 10**12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twelfth": 12, "twelfths": 12, "twentieth": 20,
    "twentieths": 20, "hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000,
}  # fmt: skip
GLYPHS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}

_SMALL = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_BIG = "|".join(SCALES)
WORDS = rf"(?:(?:{_SMALL})|(?:a|an|one)[\s-]+(?:{_BIG})\b|{_BIG})(?:(?:[\s-]+(?:and\s+)?)(?:{_SMALL}|{_BIG})\b)*"
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?= \w|%)"
    r"|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
)
LONG_SCALE = rf"(?:{_BIG})"


_TOKEN = re.compile(r"[A-Za-z]+|\d+|[½¼¾⅓⅔]")


def find_starts(text: str, words: frozenset[str]) -> Iterator[int]:
    """Yield where a number can begin: at digits and at the given words (lower case).

    A long alternation tried at every character is what makes such scanners slow; this keeps it to a few places.
    """
    for token in _TOKEN.finditer(text):
        word = token[0]
        if not word[0].isalpha() or word.lower() in words:
            yield token.start()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A bare number: its value, the step it was rounded to, whether in words, whether with a scale word ("million")."""

    value: Decimal
    step: Decimal
    spelled: bool = False
    scaled: bool = False


def read_digits(text: str) -> Numeral:
    """Read "5,000", "5 000" or "52.7"; trailing zeros of a whole number are taken as rounding.

    >>> read_digits("52.7")
    Numeral(value=Decimal('52.7'), step=Decimal('0.1'), spelled=False, scaled=False)
    >>> read_digits("5,000").step
    Decimal('1000')
    """
    plain = re.sub(r"[,\s\u00a0\u202f\u2009]", "", text)
    value = Decimal(plain)
    if "." in plain:
        return Numeral(value, Decimal(1).scaleb(-len(plain.split(".")[1])))
    zeros = len(plain) - len(plain.rstrip("0"))
    return Numeral(value, Decimal(10) ** (zeros if value else 0))


def read_words(text: str) -> Numeral | None:
    """Read "six million", "one hundred and twenty-three", "a billion"; ``None`` when the words are no number.

    >>> read_words("one hundred and twenty-three").value
    Decimal('123')
    """
    total, current, step, seen = 0, 0, 1, False
    for word in re.split(r"[\s-]+", text.lower().strip()):
        if word in ("and", "a", "an"):
            continue
        if word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0))
            step = 10 if word in TENS and not current % 10 else 1
            seen = True
        elif word == "hundred":
            current, step, seen = max(current, 1) * 100, 100, True
        elif word in SCALES:
            total, current, step, seen = total + max(current, 1) * SCALES[word], 0, SCALES[word], True
        else:
            return None
    return Numeral(Decimal(total + current), Decimal(step), True) if seen else None


def read_number(text: str) -> Numeral | None:
    """Read a number in digits or in words; ``None`` when it is neither."""
    return read_digits(text) if text.strip()[:1].isdigit() else read_words(text)


def scaled(numeral: Numeral, factor: int) -> Numeral:
    """Return the numeral times a scale word; the step is then that of the last digit written, zeros included.

    "10 million" is rounded to a million, not to ten millions.
    """
    step = numeral.step if numeral.step < 1 else Decimal(1)
    return Numeral(numeral.value * factor, step * factor, numeral.spelled, scaled=True)


def read_ordinal(text: str) -> int | None:
    """Read "third", "3rd", "twenty-first"; ``None`` when it is no ordinal.

    >>> read_ordinal("twenty-first")
    21
    """
    word = text.lower().strip()
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return int(match[1])
    if word in ORDINALS:
        return ORDINALS[word]
    head, _, tail = word.replace(" ", "-").partition("-")
    if head in TENS and tail in ORDINALS and ORDINALS[tail] < 10:
        return TENS[head] + ORDINALS[tail]
    return None
