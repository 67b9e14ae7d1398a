"""The report as Markdown that renders the same in any viewer: a summary, then one section a claim."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from factcheck.report.clean import clean_context, clean_line
from factcheck.report.view import (
    STANCE_WORDS,
    SYMBOLS,
    WORDS,
    Reviews,
    describe_dates,
    describe_kind,
    describe_looked_for,
    describe_review,
    describe_run,
    describe_wording,
    order_claims,
    order_evidence,
    summarise,
)
from factcheck.types import CheckedClaim, Evidence, HandEvidence, Report, ReviewState, VerdictLabel

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#!|~&])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def render_markdown(report: Report, *, flagged_first: bool = False, reviews: Reviews | None = None) -> str:
    """Return the report as CommonMark; texts of the article and of documents are escaped and cannot open markup."""
    lines = [f"# Fact check: {escape_markdown(report.article.title or report.article.path)}", ""]
    lines += [f"**{escape_markdown(summarise(report, reviews))}**", "", escape_markdown(describe_run(report)), ""]
    for number, checked in order_claims(report.claims, flagged_first=flagged_first):
        lines += _render_claim(number, checked, (reviews or {}).get(checked.claim.id))
    return "\n".join(lines).rstrip() + "\n"


def escape_markdown(text: str) -> str:
    """Return ``text`` as one line in which nothing is markup."""
    escaped = _SPECIAL.sub(r"\\\1", clean_line(text))
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def link_markdown(title: str, url: str | None) -> str:
    """Return a link where ``url`` is a plain web address, else the title alone."""
    shown = escape_markdown(title)
    address = safe_url(url)
    return f"[{shown}](<{address}>)" if address else shown


def safe_url(url: str | None) -> str | None:
    """Return ``url`` percent-encoded where it is http or https with a host, else ``None``."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip(), safe=":/?#[]@!$&'()*+,;=%~-._")


def _render_claim(number: int, checked: CheckedClaim, state: ReviewState | None) -> list[str]:
    verdict, claim = checked.verdict, checked.claim
    lines = [f"## {number}. {SYMBOLS[verdict.label]} {escape_markdown(claim.text)}", ""]
    if verdict.label is VerdictLabel.NOT_CHECKABLE:
        head = f"*{WORDS[verdict.label]}: {claim.kind.value}.*"
    else:
        head = f"**{WORDS[verdict.label]}**, confidence {verdict.confidence:.0%}."
    flags = ", ".join(flag.value.replace("_", " ") for flag in verdict.flags)
    lines += [f"{head} {escape_markdown(verdict.reason)}" + (f" ({flags})" if flags else ""), ""]
    lines += [f"> {escape_markdown(claim.source.quote)}", ""]
    looked, query = describe_looked_for(checked)
    if query:
        found = f"Looked for: {looked}. " if looked else ""
        lines += [escape_markdown(f"{found}Search for: {query}"), ""]
    if told := describe_wording(claim, state):
        lines += [escape_markdown(told), ""]
    if state is not None and (told := describe_review(state, with_sources=False)):
        lines += [f"Review: {escape_markdown(told)}", ""]
    by_hand = state.evidence if state is not None else ()
    lines += [_render_by_hand(found) for found in by_hand]
    for evidence in order_evidence(checked):
        lines += _render_evidence(evidence)
    if checked.evidence or by_hand:
        lines.append("")
    return lines


def _render_by_hand(found: HandEvidence) -> str:
    source = link_markdown(found.title or "untitled", found.url)
    dates = escape_markdown(found.published or "undated")
    return f"- *{STANCE_WORDS[found.stance]}, added by hand*: “{escape_markdown(found.quote)}” — {source}, {dates}"


def _render_evidence(evidence: Evidence) -> list[str]:
    document = evidence.document
    source = link_markdown(document.title or document.id, document.url)
    publisher = f"{escape_markdown(document.publisher)}, " if document.publisher else ""
    facts = escape_markdown(", ".join(part for part in (describe_kind(evidence), describe_dates(evidence)) if part))
    stance = STANCE_WORDS[evidence.stance.label]
    lines = [f"- *{stance}*: “{escape_markdown(evidence.quote)}” — {publisher}{source}, {facts}"]
    for place, text in (("before it", evidence.before), ("after it", evidence.after)):
        if shown := clean_context(text):
            lines.append(f"  - {place}: “{escape_markdown(shown)}”")
    lines += [f"  - {finding.relation.value}: {escape_markdown(finding.note)}" for finding in evidence.findings]
    return lines
