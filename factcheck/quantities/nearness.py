"""Which words, names and dates stand near a figure, by the tree of the sentence and by the line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.quantities.content import CLASSES, is_content
from factcheck.quantities.dates import DateMention
from factcheck.quantities.lexicon import concept

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

NEAR = 6  # the farthest step in the tree at which a word still says something about a figure


@dataclass(frozen=True, slots=True)
class Tree:
    """Head and children of every token and its word group, "" where it has none.

    Taken once a text, since spaCy makes a token anew each time it is asked for.
    """

    near: list[list[int]]
    groups: list[str]
    starts: list[int]
    walls: list[bool]

    @classmethod
    def of(cls, line: list[Token]) -> Tree:
        """Return the tree of a text's tokens."""
        near: list[list[int]] = [[] for _ in line]
        for token in line:
            head = token.head.i
            if head != token.i:
                near[token.i].append(head)
                near[head].append(token.i)
        groups = [concept(token.lemma_) if is_content(token) else "" for token in line]
        return cls(near, groups, [token.idx for token in line], [parts_clauses(token) for token in line])

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and one past the last of the tokens that some characters lie in.

        ``Doc.char_span`` does the same, but builds the whole text anew for each call.
        """
        return max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)


def measure_distances(root: int, tree: Tree, sent: Span, span: Span) -> dict[int, int]:
    """Return for each token of the sentence its distance from the figure: in the tree, or half that in the line."""
    start, end, first, last = sent.start, sent.end, span.start, span.end
    far = {root: 0}
    queue = deque([root])
    while queue:
        index = queue.popleft()
        for other in tree.near[index]:
            if other not in far and start <= other < end:
                far[other] = far[index] + 1
                queue.append(other)
    steps = {}
    for index in range(start, end):
        gap = max(first - index, index - last + 1, 0)
        step = 0 if first <= index < last else min(far.get(index, NEAR + 2), 1 + gap // 2)
        if step <= NEAR:
            steps[index] = step
    return steps


def stretch_around(line: list[Token], tree: Tree, sent: Span, span: Span) -> list[Token]:
    """Return the words around a figure that no comma, bracket or conjunction parts from it."""
    first, last = span.start, span.end
    while first > sent.start and not tree.walls[first - 1]:
        first -= 1
    while last < sent.end and not tree.walls[last]:
        last += 1
    return line[first : span.start] + line[span.end : last]


def names_in(stretch: list[Token], places: list[tuple[str, Span]]) -> frozenset[str]:
    """Return the names that stand in a stretch of words, with their class: "place:china"."""
    inside = {token.i for token in stretch}
    return frozenset(
        f"{CLASSES[place.label_]}:{name}"
        for name, place in places
        if place.label_ in CLASSES and any(token.i in inside for token in place)
    )


def days_in(stretch: list[Token], days: tuple[DateMention, ...], own: DateMention | None) -> tuple[DateMention, ...]:
    """Return the dates that stand in a stretch of words, but for one's own."""
    if not stretch:
        return ()
    first, last = stretch[0].idx, stretch[-1].idx + len(stretch[-1])
    return tuple(day for day in days if day is not own and first <= day.start < last)


def parts_clauses(token: Token) -> bool:
    """Whether a token parts what stands before it from what follows: a comma, a bracket, a conjunction."""
    return (token.is_punct and token.text not in ("-", "–", "'", "’", '"', "%")) or token.lower_ in (
        "and",
        "while",
        "but",
        "or",
    )


def date_distance(tree: Tree, day: DateMention, steps: dict[int, int]) -> int | None:
    """Return how far a date stands from a figure; ``None`` where it is too far to say anything about it."""
    return min((steps[index] for index in range(*tree.cover(day.start, day.end)) if index in steps), default=None)
