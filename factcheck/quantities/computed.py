"""Claimed figures that follow from two figures of the evidence, in one passage or in two, with the working shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from factcheck.quantities.align import relate_days
from factcheck.quantities.arithmetic import Hypothesis, hypotheses
from factcheck.quantities.mention import Mention
from factcheck.quantities.operations import Operation
from factcheck.quantities.poles import PAIR_COEFFICIENTS, PAIR_FEATURES, describe_pair, find_poles
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.tolerance import compare_number
from factcheck.quantities.units import RANK
from factcheck.types import Bound, Finding, FindingKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FIGURES = 16  # a table of more figures holds too many pairs that agree by chance
LIKELY, LIKELY_TOLD = 0.15, 0.08
CLEAR = 0.9  # of the weight of all ways to compute a figure, for saying that it is wrong
FEW = 3
D_HALF, D_THREE_QUARTERS = Decimal("0.5"), Decimal("0.75")  # of a bound, how far below it a value may be meant
_OPEN = frozenset({Bound.OVER, Bound.AT_LEAST, Bound.UNDER, Bound.AT_MOST})  # nearly anything is "over 6 million"


@dataclass(frozen=True, slots=True)
class Computed:
    """A way to compute a claimed figure: how likely its two figures are the right ones, and what comes of it."""

    made: Hypothesis
    probability: float
    relation: Relation


@dataclass(frozen=True, slots=True)
class Derived:
    """A claimed figure checked from figures of several passages; ``passages`` are their places in the input."""

    finding: Finding
    passages: tuple[int, ...]
    working: str


def compute(
    claimed: Reading, claim: Parsed, evidence: Parsed, figures: Sequence[Reading] | None = None
) -> list[Computed]:
    """Return the ways to compute a claimed figure, the likeliest first; empty where nothing computes."""
    pool = tuple(figures if figures is not None else evidence.numbers)
    pool = tuple(item for item in pool if item.mention is not None and item.mention.quantity.unit != RANK)
    if claimed.mention is None or not 1 <= len(pool) <= MOST_FIGURES:
        return []
    ways = list(hypotheses(claimed, claim, pool))
    if not ways:
        return []
    poles = {operation: find_poles(claimed, claim, operation) for operation in {way.operation for way in ways}}
    scores = [
        _weigh(describe_pair(way, claimed, claim, evidence, poles[way.operation], len(ways)), PAIR_COEFFICIENTS)
        for way in ways
    ]
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    total = math.fsum(masses)
    out = [Computed(way, mass / total, _relate(claimed, way)) for way, mass in zip(ways, masses, strict=True)]
    return sorted(out, key=lambda item: (-item.probability, item.made.a.start, item.made.b.start))


def find_hit(ways: Sequence[Computed], claimed: Reading) -> Computed | None:
    """Return the likeliest computation that agrees with the claim, of the first few; ``None`` where none is likely.

    The two ends that the wording gives of a change need be less likely than others.
    """
    for way in ways[:FEW]:
        told = claimed.is_change and way.made.a.role == "new" and way.made.b.role == "old"
        if way.relation is Relation.MATCH and way.probability >= (LIKELY_TOLD if told else LIKELY):
            return way
    return None


def find_clash(ways: Sequence[Computed], claimed: Reading, claim: Parsed) -> Computed | None:
    """Return a computation that contradicts the claim, where none agrees and its figures are plainly the right ones.

    They are where the wording tells the two ends of a change, or where the sentence has hardly another figure.
    """
    ways = [way for way in ways if not any(_is_of_other_time(claimed, item) for item in (way.made.a, way.made.b))]
    if not ways or claimed.mention is None or any(way.relation is Relation.MATCH for way in ways):
        return None
    best = ways[0]
    a, b = best.made.a, best.made.b
    near = a.sentence == b.sentence or (abs(a.sentence - b.sentence) == 1 and _is_one_pair(ways))
    if best.relation is not Relation.CONFLICT or not near:
        return None
    if best.made.operation in (Operation.CHANGE, Operation.DIFFERENCE):
        told = a.role == "new" and b.role == "old"
        return best if claimed.is_change and (told or _is_only_pair(ways)) else None
    if best.made.operation is Operation.BEFORE:
        return best if claimed.role == "old" and len(ways) == 1 else None
    if best.made.operation in (Operation.MULTIPLE, Operation.SHARE):
        return _find_clash_of_quotient(best, ways, claimed, claim)
    return None


def _find_clash_of_quotient(
    best: Computed, ways: Sequence[Computed], claimed: Reading, claim: Parsed
) -> Computed | None:
    """Return the quotient that contradicts a ratio or share, the one nearest to it of those on its side of one."""
    a, b, goal = best.made.a, best.made.b, claimed.mention.quantity.value if claimed.mention else 0
    places = (a.sentence, b.sentence)
    figures = {item.start for way in ways for item in (way.made.a, way.made.b) if item.sentence in places}
    against = math.fsum(way.probability for way in ways if way.relation is Relation.CONFLICT)
    if (
        against < CLEAR * math.fsum(way.probability for way in ways)
        or len(figures) > FEW
        or best.made.made_of_different_things
    ):
        return None
    if best.made.operation is Operation.MULTIPLE and not find_poles(claimed, claim, Operation.MULTIPLE).named:
        return None  # "came 38 times" compares nothing
    same = [way for way in ways if {way.made.a.start, way.made.b.start} == {a.start, b.start}]
    sided = [way for way in same if (way.made.value >= 1) == (goal >= 1)]
    return min(sided or same, key=lambda way: abs(way.made.value - goal))


def _is_one_pair(ways: Sequence[Computed]) -> bool:
    """Whether all ways are made of the same two figures."""
    return len({frozenset((way.made.a.start, way.made.b.start)) for way in ways}) == 1


def _is_only_pair(ways: Sequence[Computed]) -> bool:
    """Whether all ways are made of two figures that are of one time and a later one, and none agrees."""
    a, b = ways[0].made.a, ways[0].made.b
    ordered = _is_dated_later(a, b) or _is_dated_later(b, a)
    return _is_one_pair(ways) and ordered and all(way.relation is not Relation.MATCH for way in ways)


def _is_of_other_time(claimed: Reading, found: Reading) -> bool:
    return relate_days(claimed.own_days or claimed.days, found.own_days or found.days[:1]) < 0


def _weigh(features: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    return math.fsum(coefficients.get(name, 0.0) * features.get(name, 0.0) for name in PAIR_FEATURES)


def _relate(claimed: Reading, way: Hypothesis) -> Relation:
    """Compare the computed value with the one claimed; a rise is not a fall."""
    if claimed.mention is None:
        return Relation.INCOMPARABLE
    value = way.value
    if way.operation in (Operation.DIFFERENCE, Operation.SUM) and way.made_of_different_things:
        return Relation.INCOMPARABLE
    if way.operation is Operation.CHANGE or way.operation is Operation.DIFFERENCE:
        if claimed.direction and value and (value > 0) != (claimed.direction > 0) and is_ordered(way.a, way.b):
            return Relation.CONFLICT
        if claimed.direction and is_ordered(way.b, way.a):
            return Relation.INCOMPARABLE
        value = abs(value)
    goal = claimed.mention.quantity.value
    highest = goal + 1 if way.operation is Operation.MULTIPLE else goal * 4 / 3  # 2.8 is "more than twice" still
    lowest = goal * (D_HALF if way.operation is Operation.REST else D_THREE_QUARTERS)
    if claimed.mention.quantity.bound in _OPEN and not lowest <= value <= highest:
        return Relation.INCOMPARABLE if compare_number(claimed.mention, value) is Relation.MATCH else Relation.CONFLICT
    return compare_number(claimed.mention, value)


def is_ordered(later: Reading, earlier: Reading) -> bool:
    """Whether the wording or the dates tell that the one figure is of a later time than the other."""
    if later.role == "old" or earlier.role == "new":
        return False
    if later.role == "new" or earlier.role == "old":
        return True
    return _is_dated_later(later, earlier)


def _is_dated_later(later: Reading, earlier: Reading) -> bool:
    first = (later.own_days or later.days)[:1]
    second = (earlier.own_days or earlier.days)[:1]
    if not first or not second or first[0].first is None or second[0].first is None:
        return False
    return first[0].first > second[0].first


def derive(
    claim: str, texts: Sequence[str], *, parse: Callable[[Iterable[str]], Mapping[str, Parsed]] | None = None
) -> list[Derived]:
    """Return the claim's ratios, shares, changes and differences as computed from two figures of the passages.

    The two may stand in different passages. Only what agrees with the claim, or contradicts it with both sides named,
    is returned. ``parse`` maps texts to their readings; without it the shared spaCy pipeline is used.

    :raises MissingModel: when ``parse`` is not given and the pipeline is not there.
    """
    if parse is None:
        from factcheck.quantities.compare import ParsedComparer

        parse = ParsedComparer.load().parse
    parsed = parse([claim, *texts])
    return derive_parsed(parsed[claim], [parsed[text] for text in texts])


def derive_parsed(claim: Parsed, passages: Sequence[Parsed]) -> list[Derived]:
    """Return what :func:`derive` does, from parsed texts; pure."""
    out = []
    for claimed in claim.numbers:
        best: tuple[float, Derived] | None = None
        for first, second in _pairs(len(passages)):
            joined = _join(passages[first], passages[second]) if first != second else passages[first]
            ways = compute(claimed, claim, joined)
            split = len(passages[first].text) + 1 if first != second else len(joined.text) + 1
            hit = _pick(claimed, ways, split, across=first != second)
            if hit is None or (best is not None and hit.probability <= best[0]):
                continue
            places = (first,) if first == second else (first, second)
            best = hit.probability, Derived(describe(claimed, hit, claim, joined), places, hit.made.working)
        if best is not None:
            out.append(best[1])
    return out


def _pairs(count: int) -> list[tuple[int, int]]:
    """Return the single passages and the pairs of two, for at most eight passages."""
    some = min(count, 8)
    return [(i, i) for i in range(some)] + [(i, j) for i in range(some) for j in range(i + 1, some)]


def _pick(claimed: Reading, ways: Sequence[Computed], split: int, *, across: bool) -> Computed | None:
    for way in ways[:3]:
        crosses = (way.made.a.start < split) != (way.made.b.start < split)
        if way.relation is Relation.MATCH and way.probability >= LIKELY and crosses == across:
            return way
    return None


def _join(left: Parsed, right: Parsed) -> Parsed:
    """Return two passages read as one; offsets of the second are moved behind the first."""
    shift = len(left.text) + 1
    moved = tuple(
        replace(item, start=item.start + shift, end=item.end + shift, sentence=item.sentence + len(left.sentences),
                order=item.order + len(left.numbers), mention=_move(item, shift))
        for item in right.numbers
    )  # fmt: skip
    return Parsed(
        f"{left.text} {right.text}", (*left.numbers, *moved), (*left.days, *right.days), left.words | right.words,
        left.owners | right.owners, left.sentences, left.tokens,
    )  # fmt: skip


def _move(item: Reading, shift: int) -> Mention | None:
    if item.mention is None:
        return None
    quantity = item.mention.quantity
    moved = replace(quantity, start=quantity.start + shift, end=quantity.end + shift)
    return replace(item.mention, quantity=moved, core=item.mention.core + shift)


def describe(claimed: Reading, way: Computed, claim: Parsed, evidence: Parsed) -> Finding:
    """Return the finding that shows a computation: "77,179 / 39,959 = 1.93, 'twice' within tolerance"."""
    left = _quote(claim, claimed)
    right = f"{_quote(evidence, way.made.a)}; {_quote(evidence, way.made.b)}"
    end = "within tolerance" if way.relation is Relation.MATCH else "outside tolerance"
    if (way.made.a.projected or way.made.b.projected) and not claimed.projected:
        end += ", going by a projection"
    return Finding(
        FindingKind.RATIO,
        way.relation,
        left,
        right,
        f"{way.made.working}: “{left}” {end}.",
        round((1 + way.probability) / 2, 3),
    )


def _quote(parsed: Parsed, reading: Reading) -> str:
    begin = reading.mention.quantity.start if reading.mention else reading.start
    return parsed.text[begin : reading.end]
