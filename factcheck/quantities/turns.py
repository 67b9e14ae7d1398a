"""Claims that something rose or fell without saying by how much: the changes of a passage decide.

"Joblessness in Zell declined in 2023" is held against the figures of the passage that have the claim's words and are of
its time: the size of a rise or fall, or the two ends of a change. Where they turn both ways nothing is announced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.quantities.align import relate_days
from factcheck.quantities.kinship import same_word
from factcheck.quantities.lexicon import concept
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.told import hold_against
from factcheck.quantities.units import conversion_factor
from factcheck.types import Finding, FindingKind, Relation

TURN = re.compile(
    r"\b(?:(?P<up>r[io]se[sn]?|rising|grew|grow(?:s|n|ing)?|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|soar(?:s|ed|ing)?"
    r"|went up|gone up|goes up)"
    r"|(?P<down>f[ae]ll(?:s|en|ing)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)|dropp?(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?"
    r"|sank|slid|slipp?(?:s|ed|ing)?|went down|gone down|goes down))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:not|n't|no|never|neither|nor|without|whether|if|because|after|before|faster|slower|less|more|most|least)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
SURE = 0.8
_VERBS = {concept("rise"): 1, concept("fall"): -1}


def find_turn(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return whether what a claim says to have risen or fallen did so; nothing for a claim with conditions.

    Every word of the claim must belong to the figure, but for words of change. A claim that says by how much is only
    contradicted: whether it agrees is for its figure to say.
    """
    turns = list(TURN.finditer(claim.text))
    if len(turns) != 1 or _OPEN.search(claim.text) or any(not item.is_change for item in claim.numbers):
        return ()
    told = hold_against(claim, evidence)
    goal = 1 if turns[0]["up"] else -1
    found = []
    for reading, sign, shown in _find_changes(evidence):
        unit = reading.mention.quantity.unit if reading.mention else ""
        if reading.projected or told.held[reading.start].lacks(unit, changed=True):
            continue
        if not _is_of_claim(reading, claim, evidence):
            continue
        days = [day for item in claim.days if (day := item.day) is not None]
        if relate_days(days, reading.own_days or reading.days) < 0 or (days and not (reading.own_days or reading.days)):
            continue
        found.append((sign, shown))
    if not found or len({sign for sign, _ in found}) > 1:
        return ()
    sign, shown = found[0]
    relation = Relation.MATCH if sign == goal else Relation.CONFLICT
    if claim.numbers and relation is Relation.MATCH:
        return ()
    said = turns[0][0]
    note = f"The claim says “{said}”; the source has {'a rise' if sign > 0 else 'a fall'}, “{shown}”."
    return (Finding(FindingKind.NUMBER, relation, said, shown, note, SURE),)


def _is_of_claim(reading: Reading, claim: Parsed, evidence: Parsed) -> bool:
    """Whether the last name or subject before a figure is one that the claim speaks of."""
    before = [word for word in evidence.content if word.start < reading.start and word.role in ("name", "subject")]
    return not before or any(same_word(word, before[-1]) for word in claim.content)


def _find_changes(evidence: Parsed) -> Iterator[tuple[Reading, int, str]]:
    """Yield the figures that tell of a change, which way it went, and how it is written."""
    for item in evidence.numbers:
        turned = item.direction or (_VERBS.get(item.verb, 0) if item.role == "new" else 0)
        if turned:
            yield item, turned, _quote(evidence, item)
            continue
        for old in evidence.numbers:
            if old.sentence == item.sentence and (sign := _compare(old, item)):
                first, second = sorted((old, item), key=lambda reading: reading.start)
                yield item, sign, f"{_quote(evidence, first)} … {_quote(evidence, second)}"


def _compare(old: Reading, new: Reading) -> int:
    """Return which way it goes from one end of a change to the other; 0 where they are no such ends."""
    if old.mention is None or new.mention is None or abs(old.order - new.order) != 1:
        return 0
    if old.role != "old" or new.role == "old" or old.is_change or new.is_change:
        return 0
    factor = conversion_factor(old.mention.quantity.unit, new.mention.quantity.unit)
    if factor is None:
        return 0
    before, after = old.mention.quantity.value * factor, new.mention.quantity.value
    return (after > before) - (after < before)


def _quote(parsed: Parsed, reading: Reading) -> str:
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]
