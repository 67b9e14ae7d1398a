"""Which words of a passage belong to which of its figures: those of the figure's own clause, and those before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from factcheck.quantities.content import Word
from factcheck.quantities.kinship import is_light
from factcheck.quantities.lexicon import concept
from factcheck.quantities.readings import Parsed, Reading

# Giving money, and what is given: kin to each other where the passage lacks the word itself.
GIVING = frozenset(
    concept(word)
    for word in """provide appropriate allocate grant earmark authorise authorize fund commit invest spend award donate
    subsidise subsidize subsidy funding investment appropriation allocation commitment""".split()
) | {"give"}
_SAYING = frozenset("say report tell announce state estimate note add warn write claim find show".split())


@dataclass(frozen=True, slots=True)
class Scope:
    """The words of a figure's own clause, and those before it that may hold for it too."""

    reading: Reading
    own: tuple[Word, ...]
    before: tuple[Word, ...]


def find_scopes(evidence: Parsed) -> list[Scope]:
    """Return the scope of each figure of a passage."""
    starts = sorted(reading.mention.quantity.start for reading in evidence.numbers if reading.mention)
    edges = _find_edges(evidence, starts)
    out = []
    for reading in evidence.numbers:
        if reading.mention is None:
            continue
        at = reading.mention.quantity.start
        first, last = evidence.sentences[reading.sentence]
        begin, end = _widen(at, edges, starts, first, last, evidence)
        own = tuple(word for word in evidence.content if begin <= word.start < end)
        stretch = max((edge for edge in evidence.breaks if edge <= at), default=first)
        stop = min((edge for edge in evidence.breaks if edge > at), default=last)
        acts = any(word.role == "verb" and not is_light(word) for word in own)
        behind = next((start for start in starts if start < begin), len(evidence.text)) if acts else len(evidence.text)
        before = tuple(
            word
            for word in evidence.content
            if not begin <= word.start < end
            and (word.start < begin or stretch <= word.start < stop)
            and not (word.role == "name" and word.start > behind)  # where another deed was done
        )
        out.append(Scope(reading, own, before))
    return out


def mind_parts(scope: Scope, parts: Mapping[int, tuple[int, ...]], own: Mapping[int, tuple[Word, ...]]) -> Scope:
    """Return a scope without what is said of other parts of the same total, and a total with the words of giving.

    "52 billion: 39 billion in subsidies and 13 billion for research" is 52 billion in subsidies as one speaks of money,
    but the 13 billion are none.
    """
    start = scope.reading.start
    given = tuple(
        word for part in parts.get(start, ()) for word in own[part] if word.group in GIVING and word.role != "verb"
    )
    others = {
        word
        for total, siblings in parts.items()
        if start in siblings
        for sibling in siblings
        if sibling != start
        for word in own[sibling]
        if word not in own[start]
    }
    before = tuple(word for word in scope.before if word not in others)
    return replace(scope, own=(*scope.own, *(word for word in given if word not in scope.own)), before=before)


def _find_edges(evidence: Parsed, starts: Sequence[int]) -> list[int]:
    """Return where clauses begin: after commas and conjunctions, and at the preposition before a second figure."""
    edges = set(evidence.breaks)
    for left, right in pairwise(starts):
        if not any(left < edge <= right for edge in evidence.breaks):
            joint = max((place for place in evidence.joints if left < place < right), default=right)
            edges.add(joint)
    return sorted(edges)


def _widen(
    at: int, edges: Sequence[int], starts: Sequence[int], first: int, last: int, evidence: Parsed
) -> tuple[int, int]:
    """Return the stretch of a figure with the clauses beside it without figures: all before, verbless ones after."""
    inner = [edge for edge in edges if first < edge < last]
    pieces = list(zip([first, *inner], [*inner, last], strict=True))
    place = next((index for index, (low, high) in enumerate(pieces) if low <= at < high), len(pieces) - 1)
    low = high = place
    while low > 0 and not _has_figure(pieces[low - 1], starts):
        low -= 1
    while (
        high + 1 < len(pieces)
        and not _has_figure(pieces[high + 1], starts)
        and not _has_verb(pieces[high + 1], evidence)
    ):
        high += 1
    return pieces[low][0], pieces[high][1]


def _has_figure(piece: tuple[int, int], starts: Sequence[int]) -> bool:
    return any(piece[0] <= start < piece[1] for start in starts)


def _has_verb(piece: tuple[int, int], evidence: Parsed) -> bool:
    return any(
        piece[0] <= word.start < piece[1] and word.role == "verb" and word.form not in _SAYING
        for word in evidence.content
    )
