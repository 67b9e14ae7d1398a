"""What a page shows of a report, as plain values that a template only has to lay out; all of it unescaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.report.clean import clean_line, clean_text
from factcheck.report.markdown import safe_url
from factcheck.report.marks import QuotePart, mark_context, mark_quote
from factcheck.report.view import (
    ACTION_WORDS,
    STANCE_WORDS,
    SYMBOLS,
    WORDS,
    Reviews,
    count_verdicts,
    describe_dates,
    describe_kind,
    describe_looked_for,
    describe_review,
    describe_wording,
    order_evidence,
)
from factcheck.types import CheckedClaim, Evidence, HandEvidence, Relation, ReviewState, VerdictLabel

_RELATION_SYMBOLS = {Relation.MATCH: "✔", Relation.CONFLICT: "✘", Relation.INCOMPARABLE: "·"}


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A compared detail: relation by name and symbol, and the working."""

    relation: str
    symbol: str
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A source as shown: the quote and what stands around it in parts, where it is from, what it says of the claim."""

    stance: str
    stance_words: str
    strength: str
    before: tuple[QuotePart, ...]
    parts: tuple[QuotePart, ...]
    after: tuple[QuotePart, ...]
    title: str
    publisher: str
    url: str | None
    kind: str
    dates: str
    doc_id: str
    start: int
    end: int
    findings: tuple[FindingCard, ...]


@dataclass(frozen=True, slots=True)
class HandCard:
    """A source that a person added, as shown."""

    stance: str
    stance_words: str
    quote: str
    title: str
    url: str | None
    published: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as shown beside the article."""

    number: int
    id: str
    text: str
    verdict: str
    symbol: str
    words: str
    confidence: str
    kind: str
    checkable: bool
    flags: tuple[str, ...]
    flagged: bool
    reason: str
    looked_for: str
    query: str
    attribution: str
    section: str
    evidence: tuple[EvidenceCard, ...]
    by_hand: tuple[HandCard, ...]
    wording: str
    review: str
    review_action: str
    settled: bool
    changed: str


@dataclass(frozen=True, slots=True)
class VerdictShare:
    """One part of the verdict summary; ``percent`` of all claims."""

    verdict: str
    symbol: str
    words: str
    count: int
    percent: float
    offset: float


def make_cards(claims: Sequence[CheckedClaim], reviews: Reviews) -> list[ClaimCard]:
    """Return a card a claim, in the order of the report."""
    return [
        make_card(number, checked, reviews.get(checked.claim.id, ReviewState()))
        for number, checked in enumerate(claims, start=1)
    ]


def make_card(number: int, checked: CheckedClaim, state: ReviewState) -> ClaimCard:
    """Return one claim's card."""
    claim, verdict = checked.claim, checked.verdict
    looked_for, query = describe_looked_for(checked)
    return ClaimCard(
        number=number,
        id=claim.id,
        text=clean_line(claim.text),
        verdict=verdict.label.value,
        symbol=SYMBOLS[verdict.label],
        words=WORDS[verdict.label],
        confidence="" if verdict.label is VerdictLabel.NOT_CHECKABLE else f"{verdict.confidence:.0%}",
        kind=claim.kind.value,
        checkable=claim.checkable,
        flags=tuple(flag.value.replace("_", " ") for flag in verdict.flags),
        flagged=verdict.flagged,
        reason=clean_line(verdict.reason),
        looked_for=looked_for,
        query=query,
        attribution=clean_line(claim.attribution or ""),
        section=clean_line(claim.source.section),
        evidence=tuple(make_evidence_card(evidence) for evidence in order_evidence(checked)),
        by_hand=tuple(make_hand_card(found) for found in state.evidence),
        wording=describe_wording(claim, state),
        review=describe_review(state, with_sources=False),
        review_action=ACTION_WORDS[state.action] if state.action else "",
        settled=state.settled,
        changed=clean_line(state.changed or ""),
    )


def make_evidence_card(evidence: Evidence) -> EvidenceCard:
    """Return one source's card."""
    document, stance = evidence.document, evidence.stance
    before, after = mark_context(evidence)
    return EvidenceCard(
        stance=stance.label.value,
        stance_words=STANCE_WORDS[stance.label],
        strength=f"{max(stance.p_supports, stance.p_refutes):.0%}",
        before=tuple(before),
        parts=tuple(QuotePart(clean_text(part.text), part.roles) for part in mark_quote(evidence)),
        after=tuple(after),
        title=clean_line(document.title or document.id),
        publisher=clean_line(document.publisher or ""),
        url=safe_url(document.url),
        kind=describe_kind(evidence),
        dates=clean_line(describe_dates(evidence)),
        doc_id=document.id,
        start=evidence.start,
        end=evidence.end,
        findings=tuple(
            FindingCard(finding.relation.value, _RELATION_SYMBOLS[finding.relation], clean_line(finding.note))
            for finding in evidence.findings
        ),
    )


def make_hand_card(found: HandEvidence) -> HandCard:
    """Return the card of a source that a person added."""
    return HandCard(
        stance=found.stance.value,
        stance_words=STANCE_WORDS[found.stance],
        quote=clean_text(found.quote),
        title=clean_line(found.title) or "untitled",
        url=safe_url(found.url),
        published=clean_line(found.published or "undated"),
    )


def share_verdicts(claims: Sequence[CheckedClaim]) -> list[VerdictShare]:
    """Return the parts of the verdict summary that are not empty, in order; the percentages add up to 100."""
    shares, offset = [], 0.0
    for label, count in count_verdicts(claims).items():
        if count:
            percent = 100 * count / len(claims)
            shares.append(VerdictShare(label.value, SYMBOLS[label], WORDS[label], count, percent, offset))
            offset += percent
    return shares
