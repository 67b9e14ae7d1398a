"""Judge a claim twice where its figures are rounded: as it is written, and with the figures that the passage has.

A judge of language takes "1.4 billion" against "1.4097 billion" for a contradiction, because its training taught it
that figures that differ decide. Whether they differ is arithmetic, which :mod:`factcheck.quantities.tolerance` does; so
the judge also reads the claim with the passage's own figure, and the mean of both readings stands. On 537 dev pairs of
thirteen sets that have such figures 400 instead of 385 are judged right, refuted ones called supported fall from 35 to
31 and supported ones called refuted from 38 to 25; the second reading alone judges 383 right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.mention import Mention
from factcheck.quantities.parse import scan
from factcheck.quantities.tolerance import compare_values
from factcheck.quantities.units import COUNT, PERCENT, RANK, RATIO
from factcheck.types import Bound, Pair, Relation, Stance
from factcheck.verify import Verifier

LEAST, MOST = Decimal("0.5"), Decimal(2)
"""A bound ("over 500") is restated only by a figure between half and double of it: one far off is of something else."""

SMALL_COUNT = 10
_SHARES = frozenset({RATIO, PERCENT})
_VERB = re.compile(r"\b(?:doubl|halv|trebl|tripl|quadrupl)", re.IGNORECASE)


def score_restated(verifier: Verifier, pairs: Sequence[Pair]) -> list[Stance]:
    """Return one stance a pair, in order: the mean of both readings where figures can be restated."""
    restated = {place: text for place, pair in enumerate(pairs) if (text := restate(pair.claim, pair.evidence))}
    more = [Pair(text, pairs[place].evidence) for place, text in restated.items()]
    stances = verifier.score([*pairs, *more])
    for place, second in zip(restated, stances[len(pairs) :], strict=True):
        stances[place] = _mean(stances[place], second)
    return stances[: len(pairs)]


def restate(claim: str, evidence: str) -> str | None:
    """Return the claim with every figure that agrees with one of the passage written as the passage writes it.

    ``None`` where nothing would change. Whose figures they are is left to the judge.
    """
    there = [found for found in scan(evidence) if _can_stand(found, evidence)]
    text = claim
    for claimed in sorted(scan(claim), key=lambda mention: -mention.quantity.start) if there else ():
        if not _can_stand(claimed, claim) or _is_small(claimed):
            continue
        own = _words(claimed, claim)
        agreeing = [found for found in there if _agrees(claimed, found)]
        if not agreeing or any(_words(found, evidence).lower() == own.lower() for found in agreeing):
            continue
        nearest = min(agreeing, key=lambda found: _distance(claimed, found))
        text = text[: claimed.quantity.start] + _words(nearest, evidence) + text[claimed.quantity.end :]
    return text if text != claim else None


def _can_stand(mention: Mention, text: str) -> bool:
    """Whether a figure can be put in another sentence: no rank, and no verb ("doubled")."""
    return mention.quantity.unit != RANK and not _VERB.search(_words(mention, text))


def _is_small(mention: Mention) -> bool:
    quantity = mention.quantity
    return quantity.unit == COUNT and quantity.bound is Bound.EXACT and abs(quantity.value) < SMALL_COUNT


def _agrees(claimed: Mention, found: Mention) -> bool:
    """Whether a figure is one that the claim's may stand for, in a unit that can take its place."""
    units = {claimed.quantity.unit, found.quantity.unit}
    if len(units) > 1 and (COUNT in units or (units & _SHARES and not units <= _SHARES)):
        return False
    if len(units) == 1 and claimed.quantity.value:
        if not LEAST <= found.quantity.value / claimed.quantity.value <= MOST:
            return False
    return compare_values(claimed, found) is Relation.MATCH


def _distance(claimed: Mention, found: Mention) -> Decimal:
    if claimed.quantity.unit != found.quantity.unit:
        return Decimal("Infinity")
    return abs(found.quantity.value - claimed.quantity.value)


def _words(mention: Mention, text: str) -> str:
    return text[mention.quantity.start : mention.quantity.end]


def _mean(one: Stance, other: Stance) -> Stance:
    return replace(
        one,
        p_supports=(one.p_supports + other.p_supports) / 2,
        p_refutes=(one.p_refutes + other.p_refutes) / 2,
        p_neutral=(one.p_neutral + other.p_neutral) / 2,
    )
