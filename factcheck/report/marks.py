"""An article's text cut into stretches that carry their claims, for views that show claims in the text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from factcheck.report.clean import clean_context
from factcheck.types import Article, BlockKind, CheckedClaim, Evidence, Finding, Place, Relation, VerdictLabel

_WORST_FIRST = (
    VerdictLabel.REFUTED,
    VerdictLabel.CONFLICTING,
    VerdictLabel.NOT_ENOUGH_INFO,
    VerdictLabel.SUPPORTED,
    VerdictLabel.NOT_CHECKABLE,
)
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that the same claims cover; ``numbers`` are the claims' in the report, ``ends`` those that end here.

    ``label`` is the gravest verdict among the claims, ``None`` where no claim covers the text.
    """

    text: str
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    label: VerdictLabel | None = None


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the article as stretches; joined, they are the block's own text."""

    kind: BlockKind
    stretches: tuple[Stretch, ...]


class Role(StrEnum):
    """Why a part of a quote is marked."""

    DECIDES = "decides"
    MATCH = "match"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class QuotePart:
    """A part of a quote and why it is marked; parts joined are the quote."""

    text: str
    roles: tuple[Role, ...] = ()


def mark_quote(evidence: Evidence) -> list[QuotePart]:
    """Return the quote in parts: the sentence that decided, and the details that match or conflict with the claim."""
    rationale = evidence.stance.rationale
    if rationale is None or rationale.text == evidence.quote:
        return mark_details(evidence.quote, evidence.findings)
    return mark_details(evidence.quote, evidence.findings, decides=rationale.text)


def mark_context(evidence: Evidence) -> tuple[list[QuotePart], list[QuotePart]]:
    """Return what stands before and after the quote, cleaned, with the compared details that are not in the quote."""
    elsewhere = [finding for finding in evidence.findings if finding.found not in evidence.quote]
    before, after = clean_context(evidence.before), clean_context(evidence.after)
    return mark_details(before, elsewhere), mark_details(after, elsewhere)


def mark_details(quote: str, findings: Iterable[Finding], *, decides: str = "") -> list[QuotePart]:
    """Return a text in parts, those marked that decide and those that a finding compares; none for no text."""
    marks = _find(quote, decides, Role.DECIDES)
    for finding in findings:
        if finding.relation is Relation.MATCH:
            marks += _find(quote, finding.found, Role.MATCH)
        elif finding.relation is Relation.CONFLICT:
            marks += _find(quote, finding.found, Role.CONFLICT)
    cuts = sorted({0, len(quote)} | {start for start, _, _ in marks} | {end for _, end, _ in marks})
    parts = []
    for left, right in pairwise(cuts):
        roles = {role for start, end, role in marks if start <= left and end >= right}
        parts.append(QuotePart(quote[left:right], tuple(role for role in Role if role in roles)))
    return parts


def _find(quote: str, part: str, role: Role) -> list[tuple[int, int, Role]]:
    at = quote.find(part) if part else -1
    return [(at, at + len(part), role)] if at >= 0 else []


def mark_article(article: Article, claims: Sequence[CheckedClaim]) -> list[MarkedBlock]:
    """Return the article block by block with its claims marked; boilerplate is left out.

    An article without blocks (read back from JSON) is taken line by line.
    """
    spans = [
        (block.kind, block.span.start, block.span.end)
        for block in article.blocks
        if block.kind is not BlockKind.BOILERPLATE
    ] or [(BlockKind.PARAGRAPH, found.start(), found.end()) for found in _LINE.finditer(article.text)]
    places = [
        (place, number, checked.verdict.label)
        for number, checked in enumerate(claims, start=1)
        for place in (checked.claim.source, *checked.claim.also_at)
        if article.text[place.start : place.end] == place.quote and place.quote
    ]
    return [MarkedBlock(kind, tuple(_cut(article.text, start, end, places))) for kind, start, end in spans]


def gravest(labels: Iterable[VerdictLabel]) -> VerdictLabel | None:
    """Return the verdict that a reader must not overlook, ``None`` for none."""
    return min(labels, key=_WORST_FIRST.index, default=None)


def _cut(text: str, start: int, end: int, places: Sequence[tuple[Place, int, VerdictLabel]]) -> list[Stretch]:
    inside = [entry for entry in places if entry[0].start < end and entry[0].end > start]
    borders = {start, end}
    for place, _, _ in inside:
        borders |= {max(start, place.start), min(end, place.end)}
    cuts = sorted(borders)
    stretches = []
    for left, right in pairwise(cuts):
        covering = [entry for entry in inside if entry[0].start <= left and entry[0].end >= right]
        ending = {number for place, number, _ in covering if place.end == right}
        going_on = {number for place, number, _ in covering if place.end > right}  # said within a longer place of it
        stretches.append(
            Stretch(
                text=text[left:right],
                numbers=tuple(sorted({number for _, number, _ in covering})),
                ends=tuple(sorted(ending - going_on)),
                label=gravest(label for _, _, label in covering),
            )
        )
    return stretches
