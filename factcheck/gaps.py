"""What the corpus could not say: for each undecided claim what was looked for, and which documents are worth adding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.types import CheckedClaim, Claim, Report, VerdictLabel

# A name is a run of capitalised words, with small words only between two of them ("Bank of England").
_NAME = re.compile(
    r"(?:[A-Z][\w&’'.-]*|[A-Z]{2,})(?:\s+(?:(?:of|for|and|the|de|la)\s+)?(?:[A-Z][\w&’'.-]*|\d{1,3}\b))*"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
_STOP_WORDS = frozenset(
    (
        "the a an and or but of in on at by for from to with without over under about into than that this these those "
        "is are was were be been being has have had do does did will would can could may might must should its their "
        "his her our your they them she you who whom which what when where while also more most less least very only "
        "just such some any all both each other another same own not nor too it as if so up out off per via"
    ).split()
)
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
    gaps = [describe_gap(c.claim) for c in report.claims if is_gap(c)]
    return tuple(sorted(gaps, key=lambda gap: (-gap.check_worthiness, gap.claim)))


def is_gap(checked: CheckedClaim) -> bool:
    """Return whether a claim could be checked but nothing found decides it."""
    return checked.claim.checkable and checked.verdict.label is VerdictLabel.NOT_ENOUGH_INFO


def describe_gap(claim: Claim) -> Gap:
    """Return what a claim asks of a corpus: names, figures with what they count, time, and a query."""
    names = find_names(claim.text)
    figures = tuple(claim.text[q.start : q.end] + (f" {q.of}" if q.of else "") for q in claim.quantities)
    time = claim.time.text if claim.time is not None else None
    return Gap(claim.text, claim.check_worthiness, names, figures, time, make_query(claim.text))


def find_names(text: str) -> tuple[str, ...]:
    """Return the names in a claim.

    A single word that opens the sentence counts only where it owns something ("Ghana's ports") or is written in
    capitals, since any word has a capital there.
    """
    found = []
    for match in _NAME.finditer(text):
        words = match.group().rstrip(".'’").split()
        while words and (words[0].lower() in _STOP_WORDS or words[0].isdigit()):
            words = words[1:]
        name = " ".join(words)
        owns = name.endswith(("'s", "’s"))
        name = name.removesuffix("'s").removesuffix("’s")
        opens = match.start() == 0 and " " not in name and not owns and not name.isupper()
        if len(name) > 1 and not opens and not name.isdigit():
            found.append(name)
    return tuple(dict.fromkeys(found))


def make_query(text: str) -> str:
    """Return the words of a claim that a search engine needs: names, years and content words, in their order."""
    words = [w for w in re.findall(r"\b(?:19|20)\d\d\b|[A-Za-z][\w'’-]*", text) if w.lower() not in _STOP_WORDS]
    bare = [w.removesuffix("'s").removesuffix("’s") for w in words]
    return " ".join(list(dict.fromkeys(bare))[:_MAX_QUERY_WORDS])


def wish_for(gaps: Sequence[Gap]) -> tuple[Wish, ...]:
    """Return the documents worth adding, the one that could decide most first.

    Gaps that share their rarest common name go together: one document about it may decide them all. Every gap is in
    one wish only.
    """
    left = list(gaps)
    wishes = []
    while left:
        names = {name for gap in left for name in gap.names}
        groups = [(name, [gap for gap in left if name in gap.names]) for name in sorted(names)]
        worth = [(sum(g.check_worthiness for g in group), -len(name), name, group) for name, group in groups]
        if not worth:
            wishes += [Wish(gap.query, gap.query, (gap,), gap.check_worthiness) for gap in left]
            break
        total, _, subject, members = max(worth, key=lambda item: item[:3])
        wishes.append(Wish(subject, common_query(subject, members), tuple(members), total))
        left = [gap for gap in left if gap not in members]
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
