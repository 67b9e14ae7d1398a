"""What a figure counts, read lightly from the words after it: "over 170 [of the 500] supercomputers"."""

from __future__ import annotations

import re

_STOP = frozenset(
    """a an the and or but nor of in on at by for from to with without into onto over under between among about after
    before since until during through than as that which who whom whose where when while if because so is are was were
    be been being has have had do does did will would can could may might must shall should not no its their his her
    our my your this these those it they he she we you i there here also only just more less fewer most least per each
    every against above below said says say remain remains live lives fell rose grew died came went took made won lost
    held holds including compared up down within worldwide alone altogether together annually yearly daily out off
    again ago later earlier yesterday today both either all any some such other same according versus vs respectively
    now then still already""".split()
)
_WORD = re.compile(r"\s*-?\s?([A-Za-z][\w’'-]*)")
_OF = re.compile(r"\s+(?:of\s+)?(?:the|these|those|its|their|all|our|his|her)?\s*(?:world[’']s\s+)?", re.IGNORECASE)
_OF_FIGURE = re.compile(
    r"\s+of\s+(?:the\s+)?(?:world[’']s\s+)?(?:its\s+|their\s+)?\d[\d,.]*\s+(?:fastest\s+|largest\s+|biggest\s+)?",
    re.IGNORECASE,
)


def find_counted(text: str, start: int, end: int, unit: str) -> str:
    """Return the noun phrase that is counted or measured, at most four words, or "" where the text does not say."""
    position = end
    if match := _OF_FIGURE.match(text, end):
        position = match.end()
    elif (match := _OF.match(text, end)) and "of" in match[0].lower():
        position = match.end()
    elif unit not in ("count", "rank") and not text[end : end + 1] == "-":
        return ""
    words: list[str] = []
    while len(words) < 4 and (match := _WORD.match(text, position)):
        word = match[1]
        if word.lower() in _STOP or word.lower().endswith("ly"):
            break
        words.append(re.sub(r"[’']s$", "", word))
        position = match.end()
        if text[position : position + 1] in ".,;:)!?":
            break
    return " ".join(_trim(words))


def _trim(words: list[str]) -> list[str]:
    """Cut after the last plural, which is the head of a counted noun phrase in almost every case."""
    for index in range(len(words) - 1, -1, -1):
        if re.search(r"(?:[^su]s|people|men|women|children|mice|feet)$", words[index]) and index < len(words) - 1:
            return words[: index + 1]
    return words
