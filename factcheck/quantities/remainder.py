"""What is left of a whole when its stated parts are taken away: "of 32 teams eleven came from Asia, nine from Europe".

Read where the passage itself speaks of a rest ("the others", "the rest", "every other one"), or the claim does. The
working is shown.
"""

from __future__ import annotations

import re
from decimal import Decimal

from factcheck.quantities.arithmetic import show
from factcheck.quantities.kinship import is_light, same_word
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_number
from factcheck.quantities.units import COUNT, PERCENT, POINT, RANK, RATIO, conversion_factor
from factcheck.types import Finding, FindingKind, Relation

SURE = 0.75
MOST_PARTS = 4
_REST = re.compile(
    r"\b(?:the (?:rest|remainder|others|remaining)|all (?:the )?(?:others|other|rest)|every other|everyone else"
    r"|everybody else|everything else|all else)\b",
    re.IGNORECASE,
)
_WHOLE_SHARE = {PERCENT: Decimal(100), RATIO: Decimal(1)}


def find_remainder(claimed: Reading, claim: Parsed, evidence: Parsed) -> Finding | None:
    """Return how a claimed figure stands to what the passage leaves to the rest; ``None`` where it says nothing of one.

    A match needs the claim's figure to be the rest; a conflict also that every word of the claim stands in the clause
    of the rest or before it.
    """
    rest = _REST.search(evidence.text)
    if rest is None or claimed.mention is None or claimed.is_change:
        return None
    if claimed.mention.quantity.unit in (RANK, POINT):
        return None
    made = _leave(claimed, evidence, rest.start())
    is_share = claimed.mention.quantity.unit in _WHOLE_SHARE
    if made is None or not _speaks_of_rest(claim, evidence, rest.start(), whole_is_share=is_share):
        return None
    value, working, used = made
    relation = compare_number(claimed.mention, value)
    if relation is Relation.INCOMPARABLE:
        return None
    left = claim.text[claimed.mention.quantity.start : claimed.end]
    right = "; ".join(evidence.text[item.mention.quantity.start : item.end] for item in used if item.mention)
    end = "within tolerance" if relation is Relation.MATCH else "outside tolerance"
    return Finding(FindingKind.RATIO, relation, left, right, f"{working}: “{left}” {end}.", SURE)


def _leave(claimed: Reading, evidence: Parsed, place: int) -> tuple[Decimal, str, tuple[Reading, ...]] | None:
    """Return the rest in the claim's unit, with its working and the figures it is made of."""
    number = next((i for i, (first, last) in enumerate(evidence.sentences) if first <= place < last), 0)
    figures = [
        item
        for item in evidence.numbers
        if item.mention and item.sentence == number and item.start < place and not item.is_change and item.role != "old"
    ]
    unit = claimed.mention.quantity.unit if claimed.mention else COUNT
    fitting = [
        (item, item.mention.quantity.value * factor)
        for item in figures
        if item.mention and (factor := conversion_factor(item.mention.quantity.unit, unit)) is not None
    ]
    if not fitting or len(fitting) > MOST_PARTS + 1:
        return None
    if unit in _WHOLE_SHARE:
        whole, parts = _WHOLE_SHARE[unit], fitting
    else:
        (_, whole), parts = fitting[0], fitting[1:]
    taken = sum((value for _, value in parts), Decimal(0))
    if not parts or not 0 < taken < whole:
        return None
    working = " − ".join(show(value) for value in (whole, *(value for _, value in parts)))
    return whole - taken, f"{working} = {show(whole - taken)}", tuple(item for item, _ in fitting)


def _speaks_of_rest(claim: Parsed, evidence: Parsed, place: int, *, whole_is_share: bool) -> bool:
    """Whether the claim speaks of what the rest is said to be, and of nothing that the passage lacks."""
    behind = [word for word in evidence.content if word.start > place]
    wanted = [word for word in claim.content if not is_light(word)]
    if not any(same_word(word, other) for word in wanted for other in behind if not is_light(other)):
        return False
    if whole_is_share and any(
        word.role in ("name", "subject") and not any(same_word(word, other) for other in behind) for word in wanted
    ):
        return False  # it is one of the parts that the claim speaks of
    return all(any(same_word(word, other) for other in evidence.content) for word in wanted)
