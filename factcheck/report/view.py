"""What every view of a report shows alike: words and symbols for verdicts, which evidence to quote, the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from factcheck.gaps import find_gap
from factcheck.report.clean import clean_line
from factcheck.types import (
    CheckedClaim,
    Claim,
    Evidence,
    Flag,
    HandEvidence,
    Relation,
    Report,
    ReviewAction,
    ReviewState,
    SourceKind,
    StanceLabel,
    VerdictLabel,
)

Reviews = Mapping[str, ReviewState]
"""Claim id to what people decided about it, within one article: the same claim has the same id in another."""

AllReviews = Mapping[str, Reviews]
"""Digest of an article to the reviews of its claims."""

SYMBOLS: Mapping[VerdictLabel, str] = {
    VerdictLabel.SUPPORTED: "✔",
    VerdictLabel.REFUTED: "✘",
    VerdictLabel.CONFLICTING: "⇄",
    VerdictLabel.NOT_ENOUGH_INFO: "?",
    VerdictLabel.NOT_CHECKABLE: "–",
}
WORDS: Mapping[VerdictLabel, str] = {
    VerdictLabel.SUPPORTED: "supported",
    VerdictLabel.REFUTED: "refuted",
    VerdictLabel.CONFLICTING: "conflicting",
    VerdictLabel.NOT_ENOUGH_INFO: "not enough info",
    VerdictLabel.NOT_CHECKABLE: "not checkable",
}
STANCE_WORDS: Mapping[StanceLabel, str] = {
    StanceLabel.SUPPORTS: "supports",
    StanceLabel.REFUTES: "refutes",
    StanceLabel.NEUTRAL: "says neither",
}
ACTION_WORDS: Mapping[ReviewAction, str] = {
    ReviewAction.ACCEPT: "accepted",
    ReviewAction.OVERRIDE: "overridden",
    ReviewAction.NOT_A_CLAIM: "not a claim",
    ReviewAction.NEEDS_SOURCE: "needs a source",
    ReviewAction.EDIT: "reworded",
    ReviewAction.EVIDENCE: "evidence added",
    ReviewAction.NOTE: "note",
    ReviewAction.SKIP: "skipped",
    ReviewAction.UNDO: "taken back",
}
_SIDES: Mapping[VerdictLabel, StanceLabel] = {
    VerdictLabel.SUPPORTED: StanceLabel.SUPPORTS,
    VerdictLabel.REFUTED: StanceLabel.REFUTES,
}


def select_evidence(checked: CheckedClaim) -> tuple[Evidence, ...]:
    """Return the one or two pieces of evidence worth quoting first.

    One for a plain verdict: the first in the report's order that takes the verdict's side, else the first of all. Two
    where the sources disagree (conflicting, outdated): also the first of the other side.
    """
    label = checked.verdict.label
    if label is VerdictLabel.NOT_CHECKABLE or not checked.evidence:
        return ()
    side = _SIDES.get(label)
    first = next((found for found in checked.evidence if found.stance.label is side), checked.evidence[0])
    if label is VerdictLabel.CONFLICTING or Flag.OUTDATED in checked.verdict.flags:
        for other in checked.evidence:
            if other.stance.label in _SIDES.values() and other.stance.label is not first.stance.label:
                return (first, other)
    return (first,)


def order_evidence(checked: CheckedClaim) -> tuple[Evidence, ...]:
    """Return all the evidence of a claim, what is worth quoting first before the rest in the report's order."""
    first = select_evidence(checked)
    return first + tuple(found for found in checked.evidence if not any(found is one for one in first))


def describe_source(evidence: Evidence) -> str:
    """Return publisher, title, kind where it is known, and date of a piece of evidence on one clean line."""
    document = evidence.document
    title = document.title or document.id
    known = [document.publisher, title if title != document.publisher else None]
    facts = ", ".join(part for part in (describe_kind(evidence), describe_dates(evidence)) if part)
    return clean_line(", ".join([part for part in known if part]) + f" ({facts})")


def describe_kind(evidence: Evidence) -> str:
    """Return what kind of source a piece of evidence is from; "" where that is not known."""
    kind = evidence.document.kind
    return "" if kind is SourceKind.UNKNOWN else kind.words


def describe_dates(evidence: Evidence) -> str:
    """Return the date the statement is about, and the date it was published where that differs."""
    about, published = evidence.as_of, evidence.document.published
    if about is None:
        return "undated"
    if published is None or published == about:
        return about
    return f"as of {about}, published {published}"


def describe_deciding(checked: CheckedClaim, evidence: Evidence) -> str:
    """Return the detail that speaks most for the verdict: a conflict where there is one, else a match, else ""."""
    order = (Relation.CONFLICT, Relation.MATCH)
    if checked.verdict.label is VerdictLabel.SUPPORTED:
        order = (Relation.MATCH, Relation.CONFLICT)
    for relation in order:
        for finding in evidence.findings:
            if finding.relation is relation:
                return clean_line(finding.note)
    return ""


def describe_looked_for(checked: CheckedClaim) -> tuple[str, str]:
    """Return what was looked for in vain and the words to search for it; both "" where something decides the claim."""
    gap = find_gap(checked)
    if gap is None:
        return "", ""
    looked = [*gap.names, *gap.figures, *([gap.time] if gap.time else [])]
    return clean_line("; ".join(looked)), clean_line(gap.query)


def describe_gaps(report: Report) -> str:
    """Return where to read which documents would decide what nothing decides; "" where nothing is missing."""
    count = sum(find_gap(checked) is not None for checked in report.claims)
    if not count:
        return ""
    told = "1 claim lacks evidence" if count == 1 else f"{count} claims lack evidence"
    return f"{told}; `factcheck gaps REPORT.json` lists the documents worth adding"


def describe_hand_source(found: HandEvidence) -> str:
    """Return title and date of a source that a person added, on one clean line."""
    return clean_line(f"{found.title or 'untitled'} ({found.published or 'undated'})")


def describe_wording(claim: Claim, state: ReviewState | None) -> str:
    """Return whether the verdict is on the words that a reviewer gave the claim; "" where nobody reworded it."""
    if state is not None and state.text and clean_line(state.text) != clean_line(claim.text):
        return f"put into other words, not judged in them yet: “{clean_line(state.text)}”"
    if claim.reworded_from is not None:
        return f"judged in a reviewer's words; taken from the article as “{clean_line(claim.reworded_from)}”"
    return ""


def describe_review(state: ReviewState, *, with_sources: bool = True) -> str:
    """Return in a few words what was decided, by whom and when; "" where nothing was.

    Where the sources that a person added are shown by themselves, leave them out ``with_sources=False``. Other words
    for the claim are not told here but by :func:`describe_wording`, which knows whether they were judged.
    """
    parts = []
    if state.action is not None:
        words = ACTION_WORDS[state.action]
        if state.action is ReviewAction.OVERRIDE and state.verdict is not None:
            words = f"overridden: {WORDS[state.verdict]}"
        parts.append(f"{words} by {clean_line(state.reviewer) or 'unknown'}, {state.time[:10]}")
    if with_sources:
        parts += [f"added: “{clean_line(found.quote)}” ({clean_line(found.title)})" for found in state.evidence]
    parts += [f"note: {clean_line(note)}" for note in state.notes]
    if state.changed:
        parts.append(f"see again: {clean_line(state.changed)}")
    return "; ".join(parts)


def order_claims(claims: Sequence[CheckedClaim], *, flagged_first: bool) -> list[tuple[int, CheckedClaim]]:
    """Return the claims with their number in the article, 1 first; flagged ones before the others if asked."""
    numbered = list(enumerate(claims, start=1))
    return sorted(numbered, key=lambda pair: not pair[1].verdict.flagged) if flagged_first else numbered


def count_verdicts(claims: Iterable[CheckedClaim]) -> dict[VerdictLabel, int]:
    """Return how many claims have each verdict, every verdict named, in the order of the enum."""
    counts = Counter(checked.verdict.label for checked in claims)
    return {label: counts[label] for label in VerdictLabel}


def summarise(report: Report, reviews: Reviews | None = None) -> str:
    """Return the summary line: counts by verdict, flagged, reviewed."""
    claims = report.claims
    counts = count_verdicts(claims)
    outdated = sum(Flag.OUTDATED in checked.verdict.flags for checked in claims)
    parts = []
    for label, count in counts.items():
        if count:
            extra = f" ({outdated} outdated)" if label is VerdictLabel.REFUTED and outdated else ""
            parts.append(f"{SYMBOLS[label]} {count} {WORDS[label]}{extra}")
    flagged = sum(checked.verdict.flagged for checked in claims)
    tail = [f"{flagged} flagged"]
    settled = sum(
        bool(reviews and checked.claim.id in reviews and reviews[checked.claim.id].settled) for checked in claims
    )
    if settled:
        tail.append(f"{settled} reviewed")
    noun = "claim" if len(claims) == 1 else "claims"
    return f"{len(claims)} {noun}: {', '.join(parts) or 'none'} · {' · '.join(tail)}"


def describe_run(report: Report) -> str:
    """Return with what the report was made, on one line."""
    run = report.run
    return clean_line(
        f"read as of {run.as_of} ({run.as_of_source.value}) · verifier {run.verifier} · encoder {run.encoder} · "
        f"corpus {run.corpus_sha256[:8] or 'none'} · {run.elapsed_s:.1f} s"
    )
