"""Names in a sentence by their capitals alone, where a parser would take too long or is not at hand."""

from __future__ import annotations

import re

_SMALL_WORDS = frozenset(
    (
        "the a an and or but of in on at by for from to with without over under about into than that this these those "
        "is are was were be been being has have had do does did will would can could may might must should its their "
        "his her our your they them she you who whom which what when where while also more most less least very only "
        "just such some any all both each another other same own not nor too it as if so up out off per via between "
        "before after during since until against among through around there here one he we i us him no yet"
    ).split()
)

# A name is a run of capitalised words, with small words only between two of them ("Bank of England").
_RUN = re.compile(
    r"(?<![\w'’-])[a-z]{0,2}[A-Z][\w&’'.-]*"
    r"(?:\s+(?:(?:of|for|and|the|de|la)\s+)?(?:[A-Z][\w&’'.-]*|\d{1,3}\b(?![.,]?\d)))*"
)
_OWNS = re.compile(r"['’]s?(?=\s|$)")
_COUNTED = re.compile(r"\w+ly \d+|\w+ \d+ \d+")
# "CHIPS and Science Act" is one name, "France and South Korea" are two.
_INSTITUTIONS = frozenset(
    "Act Agency Association Authority Bank Board Bureau Center Centre Commission Committee Company Conference Council "
    "Department Fund Group Institute Ministry Office Organisation Organization Service Society Union University".split()
)
# What follows a name that stands alone at the start of a sentence, and seldom an adjective or a plural.
_VERB = re.compile(
    r"\s+(?:is|was|has|had|will|would|can|could|may|might|must|made|held|came|led|put|took|gave|set|rose|fell|grew|won|"
    r"lost|sold|bought|built|began|became|said|spent|ran|saw|met|got|kept|left|sent|\w+[^aeiou\W]ed|"
    r"\w+[^s\W]s(?=\s+(?:an?|the|its|his|her|some|over|about|around|nearly|more|most|less|no|first|second|third|fourth|"
    r"on|in|at|to|from|of|\W?\d)\b))\b"
)
_NO_NAME = re.compile(r"(?:s|ly|tion|sion|ment|ness|ity|ing|ance|ence|ism|ship|age|hood)$")


def is_small(word: str) -> bool:
    """Return whether a word says nothing by itself; in capitals it is an abbreviation ("US", "IT")."""
    return word.lower() in _SMALL_WORDS and not (len(word) > 1 and word.isupper())


def find_names(text: str) -> tuple[str, ...]:
    """Return the names in a sentence, each once, in order.

    A single word that opens the sentence has a capital whatever it is. It counts where it owns something ("Ghana's
    ports"), has a second capital, or stands before a verb and does not look like a common noun.
    """
    found: list[str] = []
    for match in _RUN.finditer(text):
        words = list(re.finditer(r"\S+", match.group()))
        while words and (is_small(words[0].group()) or words[0].group().isdigit()):
            words = words[1:]
        if not words:
            continue
        start = match.start() + words[0].start()
        run = match.group()[words[0].start() :].rstrip(".'’-")
        if start == 0 and _COUNTED.fullmatch(run):
            continue
        pieces = [piece for part in _OWNS.split(run) for piece in _split_lists(part.strip())]
        for number, name in enumerate(pieces):
            alone = start == 0 and number == 0 and " " not in name
            if len(name) > 1 and not name.isdigit() and not (alone and _is_common(name, text)):
                found.append(name)
    return tuple(dict.fromkeys(found))


def _split_lists(name: str) -> list[str]:
    """Return the names that an "and" joins; one where it is part of the name."""
    if " and " not in name or name.split()[-1] in _INSTITUTIONS:
        return [name]
    return name.split(" and ")


def _is_common(word: str, text: str) -> bool:
    """Return whether the word that opens ``text`` has its capital from standing there."""
    after = text[len(word) :]
    if _OWNS.match(after) or any(letter.isupper() for letter in word[1:]):
        return False
    return bool(_NO_NAME.search(word)) or not _VERB.match(after)
