"""The article itself, with a footnote at the end of every claim that was checked."""

from __future__ import annotations

from factcheck.report.clean import clean_line, clean_text, shorten
from factcheck.report.view import (
    STANCE_WORDS,
    SYMBOLS,
    WORDS,
    Reviews,
    describe_hand_source,
    describe_review,
    describe_source,
    describe_wording,
    select_evidence,
)
from factcheck.types import CheckedClaim, Report, VerdictLabel


def render_annotated(
    report: Report, *, flagged_only: bool = False, reviews: Reviews | None = None, for_terminal: bool = False
) -> str:
    """Return the article's text with marks such as ``[^3]`` and the footnotes they point to, in Markdown's form.

    Without the marks and the footnotes the text is the article's, character by character; ``for_terminal`` takes the
    control characters out of it. Claims that cannot be checked get no footnote.
    """
    text = report.article.text
    noted = [
        (number, checked)
        for number, checked in enumerate(report.claims, start=1)
        if checked.verdict.label is not VerdictLabel.NOT_CHECKABLE and (checked.verdict.flagged or not flagged_only)
    ]
    at: dict[int, list[int]] = {}
    for number, checked in noted:
        for place in (checked.claim.source, *checked.claim.also_at):
            if text[place.start : place.end] == place.quote:
                at.setdefault(place.end, []).append(number)
    pieces, done = [], 0
    for end in sorted(at):
        marks = "".join(f"[^{number}]" for number in sorted(set(at[end])))
        pieces += [text[done:end], marks]
        done = end
    pieces.append(text[done:])
    body = "".join(pieces)
    if for_terminal:
        body = clean_text(body)
    notes = [f"[^{number}]: {_describe(checked, reviews or {})}" for number, checked in noted]
    if not notes:
        return body
    return body + ("" if body.endswith("\n") else "\n") + "\n" + "\n".join(notes) + "\n"


def _describe(checked: CheckedClaim, reviews: Reviews) -> str:
    verdict = checked.verdict
    parts = [
        f"{SYMBOLS[verdict.label]} {WORDS[verdict.label]} ({verdict.confidence:.0%}): {clean_line(checked.claim.text)}",
        clean_line(verdict.reason),
    ]
    state = reviews.get(checked.claim.id)
    parts.append(describe_wording(checked.claim, state))
    parts += [
        f"{STANCE_WORDS[found.stance]}, added by hand: “{shorten(found.quote, 240)}” {describe_hand_source(found)}"
        + (f" <{clean_line(found.url)}>" if found.url else "")
        for found in (state.evidence if state else ())
    ]
    parts += [
        f"“{shorten(evidence.quote, 240)}” {describe_source(evidence)}"
        + (f" <{clean_line(evidence.document.url)}>" if evidence.document.url else "")
        for evidence in select_evidence(checked)
    ]
    if state is not None and (told := describe_review(state, with_sources=False)):
        parts.append(f"Review: {told}")
    return " — ".join(part for part in parts if part)
