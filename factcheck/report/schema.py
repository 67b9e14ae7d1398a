"""A report as plain data under the schema ``factcheck-report/1``, for JSON and JSON lines."""

from __future__ import annotations

from typing import Any

from factcheck.claim_form import quantity_to_json, time_to_json
from factcheck.gaps import Gap, find_gap
from factcheck.report.view import Reviews, order_evidence
from factcheck.types import (
    Article,
    CheckedClaim,
    Claim,
    Evidence,
    HandEvidence,
    Place,
    Report,
    ReviewState,
)

REPORT_SCHEMA = "factcheck-report/1"


def to_json(report: Report, reviews: Reviews | None = None) -> dict[str, Any]:
    """Return the report as a dict that ``json.dumps`` takes.

    ``reviews`` adds ``review`` to the claims that people have looked at; without it, every report of the same input is
    the same but for ``run.elapsed_s``.
    """
    run = report.run
    return {
        "schema": REPORT_SCHEMA,
        "article": article_to_json(report.article),
        "run": {
            "version": run.version,
            "corpus_sha256": run.corpus_sha256,
            "encoder": run.encoder,
            "verifier": run.verifier,
            "as_of": run.as_of,
            "as_of_source": run.as_of_source.value,
            "elapsed_s": run.elapsed_s,
        },
        "claims": [_checked_to_json(checked, (reviews or {}).get(checked.claim.id)) for checked in report.claims],
    }


def article_to_json(article: Article) -> dict[str, Any]:
    """Return what identifies an article; its text only where that is not the file itself."""
    data: dict[str, Any] = {
        "title": article.title,
        "path": article.path,
        "sha256": article.sha256,
        "characters": len(article.text),
        "published": article.published,
    }
    if article.embeds_text:
        data["text"] = article.text
    return data


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """Return a claim's own fields, from ``id`` to ``time``; ``unresolved`` and ``reworded_from`` if any."""
    data: dict[str, Any] = {
        "id": claim.id,
        "text": claim.text,
        "kind": claim.kind.value,
        "checkable": claim.checkable,
        "check_worthiness": claim.check_worthiness,
        "attribution": claim.attribution,
        "source": _place_to_json(claim.source),
        "also_at": [_place_to_json(place) for place in claim.also_at],
        "quantities": [quantity_to_json(quantity) for quantity in claim.quantities],
        "time": time_to_json(claim.time),
    }
    if claim.unresolved:
        data["unresolved"] = list(claim.unresolved)
    if claim.reworded_from is not None:
        data["reworded_from"] = claim.reworded_from
    return data


def review_to_json(state: ReviewState) -> dict[str, Any]:
    """Return what people decided about a claim."""
    return {
        "action": state.action.value if state.action else None,
        "verdict": state.verdict.value if state.verdict else None,
        "reviewer": state.reviewer,
        "time": state.time,
        "text": state.text,
        "notes": list(state.notes),
        "evidence": [hand_evidence_to_json(found) for found in state.evidence],
        "changed": state.changed,
    }


def hand_evidence_to_json(found: HandEvidence) -> dict[str, Any]:
    """Return a source that a person added."""
    return {
        "quote": found.quote,
        "title": found.title,
        "url": found.url,
        "published": found.published,
        "stance": found.stance.value,
    }


def _checked_to_json(checked: CheckedClaim, review: ReviewState | None) -> dict[str, Any]:
    verdict = checked.verdict
    probabilities = verdict.probabilities
    data = claim_to_json(checked.claim)
    data |= {
        "verdict": verdict.label.value,
        "confidence": verdict.confidence,
        "probabilities": {
            "supported": probabilities.supported,
            "refuted": probabilities.refuted,
            "not_enough_info": probabilities.not_enough_info,
        },
        "flags": [flag.value for flag in verdict.flags],
        "flagged": verdict.flagged,
        "reason": verdict.reason,
        "evidence": [_evidence_to_json(evidence) for evidence in order_evidence(checked)],
    }
    gap = find_gap(checked)
    if gap is not None:
        data["looked_for"] = _gap_to_json(gap)
    if review is not None:
        data["review"] = review_to_json(review)
    return data


def _gap_to_json(gap: Gap) -> dict[str, Any]:
    return {"entities": list(gap.names), "quantities": list(gap.figures), "time": gap.time, "query": gap.query}


def _evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    document = evidence.document
    return {
        "doc_id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind.value,
        "url": document.url,
        "published": document.published,
        "as_of": evidence.as_of,
        "page": evidence.passage.page,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "before": evidence.before,
        "after": evidence.after,
        "passage_start": evidence.passage.start,
        "passage_end": evidence.passage.end,
        "stance": evidence.stance.label.value,
        "p_supports": evidence.stance.p_supports,
        "p_refutes": evidence.stance.p_refutes,
        "similarity": evidence.similarity,
        "findings": [
            {
                "kind": finding.kind.value,
                "relation": finding.relation.value,
                "claimed": finding.claimed,
                "found": finding.found,
                "note": finding.note,
            }
            for finding in evidence.findings
        ],
    }


def _place_to_json(place: Place) -> dict[str, Any]:
    return {"start": place.start, "end": place.end, "quote": place.quote, "section": place.section}
