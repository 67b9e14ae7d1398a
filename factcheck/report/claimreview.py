"""Reviews as schema.org ClaimReview (https://schema.org/ClaimReview), the form in which search engines read them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from factcheck.report.clean import clean_line
from factcheck.report.markdown import safe_url
from factcheck.report.view import AllReviews
from factcheck.types import CheckedClaim, Flag, Report, ReviewAction, ReviewState, VerdictLabel

_RATINGS = {
    VerdictLabel.SUPPORTED: (5, "True"),
    VerdictLabel.REFUTED: (1, "False"),
    VerdictLabel.CONFLICTING: (3, "Disputed: sources conflict"),
    VerdictLabel.NOT_ENOUGH_INFO: (3, "Unproven: not enough information"),
}
_OUTDATED = (2, "Outdated: true once, not any more")
_WORST, _BEST = 1, 5


def render_claimreview(
    reports: Sequence[Report],
    reviews: AllReviews | None = None,
    *,
    include_unreviewed: bool = False,
    base_url: str | None = None,
) -> str:
    """Return a JSON array of ClaimReview objects, one a claim with a verdict that a person stands behind.

    Left out are claims whose review lacks a verdict, is out of date or says that they are no claim, and, unless
    ``include_unreviewed``, claims that nobody reviewed; those name the tool as their author. ``base_url`` is where the
    reports are published: each review's ``url`` is that with the claim's id after a ``#``.
    """
    found = []
    for report in reports:
        states = (reviews or {}).get(report.article.sha256, {})
        found += [
            _describe(report, checked, states.get(checked.claim.id), base_url)
            for checked in report.claims
            if _is_wanted(checked, states.get(checked.claim.id), include_unreviewed)
        ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _is_wanted(checked: CheckedClaim, state: ReviewState | None, include_unreviewed: bool) -> bool:
    if state is None or not state.settled:
        return include_unreviewed and checked.verdict.label is not VerdictLabel.NOT_CHECKABLE
    return state.action in (ReviewAction.ACCEPT, ReviewAction.OVERRIDE) and state.verdict in _RATINGS


def _describe(report: Report, checked: CheckedClaim, state: ReviewState | None, base_url: str | None) -> dict[str, Any]:
    settled = state if state is not None and state.settled else None
    label = settled.verdict if settled and settled.verdict else checked.verdict.label
    value, words = _RATINGS[label]
    if label is VerdictLabel.REFUTED and Flag.OUTDATED in checked.verdict.flags:
        value, words = _OUTDATED
    article = report.article
    appearance: dict[str, Any] = {"@type": "Article", "headline": clean_line(article.title)}
    if article.published:
        appearance["datePublished"] = article.published
    item: dict[str, Any] = {"@type": "Claim", "appearance": appearance}
    if checked.claim.attribution:
        item["author"] = {"@type": "Organization", "name": clean_line(checked.claim.attribution)}
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": _locate(report, checked, base_url),
        "datePublished": settled.time[:10] if settled else report.run.as_of,
        "author": _name_author(report, settled),
        "claimReviewed": clean_line((state.text if state else None) or checked.claim.text),
        "itemReviewed": item,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": _BEST,
            "worstRating": _WORST,
            "alternateName": words,
        },
    }
    if label is checked.verdict.label:
        review["reviewBody"] = clean_line(checked.verdict.reason)
    if cited := _cite(checked, settled):
        review["citation"] = cited
    return review


def _locate(report: Report, checked: CheckedClaim, base_url: str | None) -> str:
    base = safe_url(base_url) or f"urn:sha256:{report.article.sha256}"
    return f"{base}#claim-{checked.claim.id}"


def _name_author(report: Report, settled: ReviewState | None) -> dict[str, str]:
    if settled is None:
        return {"@type": "Organization", "name": f"factcheck {report.run.version}, automatic and not reviewed"}
    return {"@type": "Person", "name": clean_line(settled.reviewer)}


def _cite(checked: CheckedClaim, settled: ReviewState | None) -> list[dict[str, Any]]:
    cited: dict[str, dict[str, Any]] = {}
    for evidence in checked.evidence:
        document = evidence.document
        work: dict[str, Any] = {"@type": "CreativeWork", "name": clean_line(document.title or document.id)}
        if document.publisher:
            work["publisher"] = {"@type": "Organization", "name": clean_line(document.publisher)}
        if url := safe_url(document.url):
            work["url"] = url
        if document.published:
            work["datePublished"] = document.published
        cited.setdefault(document.id, work)
    for number, added in enumerate(settled.evidence if settled else ()):
        work = {"@type": "CreativeWork", "name": clean_line(added.title)}
        if url := safe_url(added.url):
            work["url"] = url
        cited[f"by hand {number}"] = work
    return list(cited.values())
