"""Comparisons set off behind an amount ("paid $41 million, less than a third of what is claimed"), as claims."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_HEDGE = r"(?:(?:i\.e\.|that is|or|about|just|only|far|well|roughly|nearly|almost|some|slightly|still|around|much) )*"
_AMOUNT = (
    r"(?:[$€£¥]\s?\d[\d.,]*(?: (?:million|billion|trillion)|m|bn)?|"
    r"\d[\d.,]*(?:%| per ?cent| (?:thousand|million|billion|trillion)(?: [a-z]+)?| [a-z]+))"
)
_SIZE = re.compile(
    rf"(?P<amount>{_AMOUNT}), (?P<is>{_HEDGE}(?:"
    r"(?:more|less|fewer|higher|lower) than (?:half|twice|double|a (?:third|quarter|fifth|tenth)) |"
    rf"(?:{_NUMBER} times|twice|double|half) (?:the|as|that|what|its|their)\b|"
    r"(?:above|below) |"
    rf"(?:{_NUMBER}(?:%| per ?cent)|a (?:third|quarter|fifth|tenth|half)|two thirds|three quarters) of )"
    r"[^,;]+?)(?=,|;|\.?$)"
)
_FEWER = re.compile(
    rf", (?P<fewer>{_HEDGE}(?:{_AMOUNT}|\d[\d.,]*|a (?:third|quarter|fifth|tenth|half)|half|twice) "
    r"(?:more|less|fewer|higher|lower|longer|shorter|as (?:much|many)) (?:than|as) [^,;]+?"
    r"(?:, (?:[A-ZÀ-Þ][\w'’-]+ ?){2,4}(?=[,;.]))?)(?=,|;|\.?$)"
)
_FIGURE = re.compile(rf"(?<![\d.,])(?:(?:about|some|around|nearly|almost|over|a record) )?{_AMOUNT}|\b\d[\d.,]*\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?![\d.,]*\d|%)\b")
_OF_THOSE = re.compile(r"(?:Of|Out of|Among) (?P<whole>(?:the )?\d[\d,]* [a-z][^,;:]{2,40}), (?P<parts>[^;:]+)$")
_SHARE = re.compile(
    r"(?P<share>(?:only |about |nearly |just |some )?\d[\d,]*(?:%| per ?cent)?) "
    r"(?P<did>(?:were|was|are|had|have|has|did|do|could|can|will|would|[a-z]+(?:ed|ew|ell|ent|ook|ame))\b.*)"
)
_OF_THEM = re.compile(r"\bof (?:them|it|whom|which|these|those)\b")


def split_shares(text: str) -> list[str]:
    """Return "52 of the 118 fridges leaked.", "9 ..." for "Of 118 fridges, 52 leaked and 9 ..."; empty for others."""
    found = _OF_THOSE.match(text)
    if found is None:
        return []
    parts = re.split(r",? and (?=(?:only )?\d)|, (?=(?:only |and |while )?\d)", found["parts"].rstrip("."))
    parts = [re.sub(r"^(?:and|while) ", "", part) for part in parts]
    heads = [_SHARE.match(part) for part in parts]
    if not all(heads):
        return []
    whole = re.sub(r"^the ", "", found["whole"])
    return [f"{h['share']} of the {whole} {h['did']}." for h in heads if h is not None]


def split_measure(text: str) -> tuple[str, str] | None:
    """Return the sentence without the comparison, and the comparison said of the amount; ``None`` without one."""
    found = _SIZE.search(text)
    if found is None or _OF_THEM.search(found["is"]):
        return None
    said = re.sub(r"^(?:i\.e\.|that is|or) ", "", found["is"].rstrip("."))
    amount = found["amount"]
    be = "are" if amount.endswith("s") else "is"
    rest = text[found.end() :]
    return f"{text[: found.start()]}{amount}{rest}", f"The {amount} {be} {said}."


def split_difference(text: str) -> tuple[str, str] | None:
    """Return "A shipped 5 million tonnes last year" and "A shipped a tenth less than in 2022"; ``None`` without both.

    The difference stands behind a comma, with other words between it and the figure that it is told of.
    """
    found = _FEWER.search(text)
    if found is None:
        return None
    clause = max(text.rfind(sign, 0, found.start()) for sign in (",", ";", ":")) + 1
    clause = 0 if clause and text[clause : clause + 1].isdigit() else clause
    figures = [f for f in _FIGURE.finditer(text, clause, found.start()) if not _YEAR.match(f.group())]
    joint = text.rfind(" and ", clause, found.start())
    figures = [f for f in figures if f.start() > joint] or figures  # "began in March and cost 318 million, 9 more than"
    if not figures or clause > 40:
        return None
    front = re.sub(r"\b[a-z]+ of $", "", text[: figures[0].start()])
    rest, fewer = text[found.end() :], found["fewer"].rstrip(".")
    if re.match(r",\s+(?:when|which|where|who)\b", rest):
        return f"{text[: found.start()]}.", f"{front}{fewer}{rest}"
    return f"{text[: found.start()]}{rest}", f"{front}{fewer}."
