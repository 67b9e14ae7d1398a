"""Claims that one thing is more than another without saying by how much: the two figures of the passage decide.

"A nurse in Oslo works longer than one in Bergen" is held against the one figure that has the words before "than" and
the one that has those after it, which take the rest from before. Where either side has no figure of its own, or
several, nothing is announced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factcheck.quantities.content import Word
from factcheck.quantities.kinship import is_light
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.told import hold_against
from factcheck.quantities.units import RANK, RATIO, conversion_factor
from factcheck.types import Finding, FindingKind, Relation

COMPARATIVE = re.compile(
    r"\b(?:(?P<up>more|larger|bigger|higher|longer|greater|older|heavier|taller|wider|faster|dearer)"
    r"|(?P<down>fewer|less|smaller|lower|shorter|younger|lighter|narrower|slower|cheaper))\b[^.;]*?\s(?P<than>than)\b",
    re.IGNORECASE,
)
_ANY_OTHER = re.compile(
    r"\bthan\s+(?:in\s+)?(?:any|every|all|most|expected|planned|ever|before|usual)\b", re.IGNORECASE
)
SURE = 0.8


def find_greater(claim: Parsed, evidence: Parsed) -> tuple[Finding, ...]:
    """Return whether the passage's two figures stand as the claim says, if it states no figure and both are there."""
    match = COMPARATIVE.search(claim.text)
    if match is None or claim.numbers or len(evidence.numbers) < 2 or _ANY_OTHER.search(claim.text):
        return ()
    middle = match.start("than")
    words = [word for word in claim.content if not is_light(word) and word.start != match.start()]
    left = tuple(word for word in words if word.start < middle)
    right = tuple(word for word in words if word.start > middle)
    roles = {word.role for word in right}
    rest = tuple(word for word in left if word.role not in roles)
    first = _pick(claim, left, evidence, middle, before=True)
    second = _pick(claim, (*right, *rest), evidence, middle, before=False)
    if first is None or second is None or first.start == second.start:
        return ()
    return _compare(claim, evidence, match, first, second)


def _pick(claim: Parsed, words: Sequence[Word], evidence: Parsed, middle: int, *, before: bool) -> Reading | None:
    """Return the one figure that has all words and the date of a side of the claim."""
    days = [item.day for item in claim.days if item.day is not None and (item.start < middle) is before]
    days = days or [item.day for item in claim.days if item.day is not None]
    told = hold_against(replace(claim, content=tuple(words)), evidence)
    out = []
    for item in evidence.numbers:
        unit = item.mention.quantity.unit if item.mention else RANK
        if unit in (RANK, RATIO) or item.is_change or item.projected or told.held[item.start].lacks(unit):
            continue
        own = (item.own_days or item.days)[:1]
        if (
            days
            and own
            and not any(
                a.first and a.last and b.first and b.last and a.first <= b.last and b.first <= a.last
                for a in own
                for b in days
            )
        ):
            continue
        out.append((told.held[item.start].near, item))
    best = max((near for near, _ in out), default=0)
    top = [item for near, item in out if near == best]
    return top[0] if len(top) == 1 and words else None


def _compare(
    claim: Parsed, evidence: Parsed, match: re.Match[str], first: Reading, second: Reading
) -> tuple[Finding, ...]:
    if first.mention is None or second.mention is None:
        return ()
    one, other = first.mention.quantity, second.mention.quantity
    factor = conversion_factor(other.unit, one.unit)
    if factor is None or one.high is not None or other.high is not None or one.value == other.value * factor:
        return ()
    more = one.value > other.value * factor
    relation = Relation.MATCH if more == bool(match["up"]) else Relation.CONFLICT
    left, right = evidence.text[one.start : first.end], evidence.text[other.start : second.end]
    said = match["up"] or match["down"]
    note = f"The claim says “{said} than”; the source has “{left}” against “{right}”."
    return (Finding(FindingKind.NUMBER, relation, said, f"{left}; {right}", note, SURE),)
