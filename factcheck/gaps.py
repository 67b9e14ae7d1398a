"""What the corpus could not say: for each undecided claim what was looked for, and which documents are worth adding."""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.names import find_names, is_small
from factcheck.types import CheckedClaim, Claim, Quantity, Report, VerdictLabel

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
_QUERY_WORD = re.compile(r"\b(?:19|20)\d\d\b|[A-Za-z][\w'’-]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AMOUNTS = frozenset("hundred thousand million billion trillion dozen percent nearly almost roughly exactly".split())
_MAX_QUERY_WORDS = 9


@dataclass(frozen=True, slots=True)
class Gap:
    """What was looked for on a claim's behalf in vain, and a query to find a document that would decide it."""

    claim: str
    check_worthiness: float
    names: tuple[str, ...]
    figures: tuple[str, ...]
    time: str | None
    query: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A document worth adding: its subject, the claims it could decide, and how much that is worth."""

    subject: str
    query: str
    gaps: tuple[Gap, ...]
    worth: float


def find_gaps(report: Report) -> tuple[Gap, ...]:
    """Return a gap for every checkable claim that the corpus does not decide, most worth checking first."""
    gaps = [gap for checked in report.claims if (gap := find_gap(checked)) is not None]
    return tuple(sorted(gaps, key=lambda gap: (-gap.check_worthiness, gap.claim)))


def find_gap(checked: CheckedClaim) -> Gap | None:
    """Return what was looked for on a claim's behalf, ``None`` where it cannot be checked or something decides it."""
    if not checked.claim.checkable or checked.verdict.label is not VerdictLabel.NOT_ENOUGH_INFO:
        return None
    return describe_gap(checked.claim)


def describe_gap(claim: Claim) -> Gap:
    """Return what a claim asks of a corpus: names, figures with what they count, time, and a query."""
    time = claim.time.text if claim.time is not None else None
    names = tuple(name for name in find_names(claim.text) if time is None or name not in time)
    figures = tuple(_describe_figure(claim.text, quantity) for quantity in claim.quantities)
    return Gap(claim.text, claim.check_worthiness, names, figures, time, _make_claim_query(claim))


def make_query(text: str) -> str:
    """Return the words of a text that a search engine needs: names, years and content words, in their order.

    Amounts are left out: a document that gives another figure is the one to find.
    """
    words = [w for w in _QUERY_WORD.findall(text) if not is_small(w) and w.lower() not in _AMOUNTS]
    bare = [w.removesuffix("'s").removesuffix("’s") for w in words]
    return " ".join(list(dict.fromkeys(bare))[:_MAX_QUERY_WORDS])


def _make_claim_query(claim: Claim) -> str:
    """Return the query of a claim without its figures, its years last where they are never cut off."""
    rest = claim.text
    for quantity in sorted(claim.quantities, key=lambda q: -q.start):
        rest = rest[: quantity.start] + " " + rest[quantity.end :]
    years = dict.fromkeys(_YEAR.findall(claim.time.text if claim.time is not None else ""))
    if claim.time is not None:
        rest = rest.replace(claim.time.text, " ")
    return " ".join(part for part in (make_query(rest), *years) if part)


def _describe_figure(text: str, quantity: Quantity) -> str:
    figure = text[quantity.start : quantity.end]
    if not quantity.of:
        return figure
    follows = text[quantity.end :].lstrip().lower().startswith(quantity.of.lower())
    return f"{figure} {quantity.of}" if follows else f"{figure} of {quantity.of}"


def wish_for(gaps: Sequence[Gap]) -> tuple[Wish, ...]:
    """Return the documents worth adding, the one that could decide most first.

    Gaps that share their rarest common name go together: one document about it may decide them all. Every gap is in
    one wish only.
    """
    groups: dict[str, list[int]] = {}
    for place, gap in enumerate(gaps):
        for name in dict.fromkeys(gap.names):
            groups.setdefault(name, []).append(place)
    # A heap of (-worth, length, rank, name): the most worth first, then the shorter name, then the later one. What a
    # group is worth only falls as gaps leave it, so that it is counted anew when it comes to the top.
    heap = [
        (-sum(gaps[place].check_worthiness for place in groups[name]), len(name), rank, name)
        for rank, name in enumerate(sorted(groups, reverse=True))
    ]
    heapq.heapify(heap)
    left = dict.fromkeys(range(len(gaps)))
    wishes = []
    while heap:
        worth, length, rank, subject = heapq.heappop(heap)
        places = groups[subject] = [place for place in groups[subject] if place in left]
        total = sum(gaps[place].check_worthiness for place in places)
        if places and total != -worth:
            heapq.heappush(heap, (-total, length, rank, subject))
        elif places:
            members = tuple(gaps[place] for place in places)
            wishes.append(Wish(subject, common_query(subject, members), members, total))
            for place in places:
                del left[place]
    alone = [gaps[place] for place in left]
    wishes += [Wish(gap.query, gap.query, (gap,), gap.check_worthiness) for gap in alone]
    return tuple(sorted(wishes, key=lambda wish: (-wish.worth, wish.subject)))


def common_query(subject: str, gaps: Sequence[Gap]) -> str:
    """Return a query for a group: its subject and the words that most of its claims share."""
    if len(gaps) == 1:
        return gaps[0].query
    counts: dict[str, int] = {}
    for gap in gaps:
        for word in {w.lower() for w in _WORD.findall(gap.query)} - set(subject.lower().split()):
            counts[word] = counts.get(word, 0) + 1
    shared = sorted(counts, key=lambda word: (-counts[word], word))[:4]
    return " ".join([subject, *shared])
