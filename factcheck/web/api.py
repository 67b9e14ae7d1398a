"""The HTTP API, described by ``/openapi.json`` and used by the page itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from factcheck.evaluate.reviews import measure_reviews
from factcheck.ledger.events import MAX_TEXT_CHARACTERS, event_to_json
from factcheck.report import ReportFormat, render_annotated, render_bytes, to_json
from factcheck.report.cards import make_hand_card
from factcheck.report.clean import clean_line, clean_text
from factcheck.report.gaps import explain_change
from factcheck.report.schema import article_to_json, claim_to_json, review_to_json
from factcheck.report.view import count_verdicts, describe_review, describe_wording
from factcheck.types import HandEvidence, Hit, ReviewAction, StanceLabel, VerdictLabel
from factcheck.web.desk import Desk, Opened
from factcheck.web.jobs import Job
from factcheck.web.ports import SourceDetails

Short = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=MAX_TEXT_CHARACTERS)]
MAX_ARTICLE_CHARACTERS = 2_000_000

_MEDIA = {
    ReportFormat.TABLE: ("text/plain; charset=utf-8", "txt"),
    ReportFormat.JSON: ("application/json", "json"),
    ReportFormat.JSONL: ("application/x-ndjson", "jsonl"),
    ReportFormat.CSV: ("text/csv; charset=utf-8", "csv"),
    ReportFormat.MD: ("text/markdown; charset=utf-8", "md"),
    ReportFormat.HTML: ("text/html; charset=utf-8", "html"),
    ReportFormat.CLAIMREVIEW: ("application/ld+json", "claimreview.json"),
    ReportFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextToCheck(_Strict):
    """A pasted article."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_ARTICLE_CHARACTERS)]
    title: Short | None = None
    published: Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] | None = None


class EvidenceByHand(_Strict):
    """A source that a person found."""

    quote: Text
    title: Short
    url: Short | None = None
    published: Short | None = None
    stance: StanceLabel = StanceLabel.NEUTRAL


class Review(_Strict):
    """One act of a reviewer on a claim."""

    article_sha256: Short
    claim_id: Short
    action: ReviewAction
    verdict: VerdictLabel | None = None
    text: Text | None = None
    evidence: EvidenceByHand | None = None
    reviewer: Short | None = None


class Undo(_Strict):
    """Whose last act on which article is to be taken back."""

    article_sha256: Short
    reviewer: Short | None = None


def make_api(desk: Desk) -> APIRouter:
    """Return the routes under ``/api``."""
    api = APIRouter(prefix="/api")
    _add_checks(api, desk)
    _add_articles(api, desk)
    _add_reviews(api, desk)
    _add_corpus(api, desk)
    return api


def _add_checks(api: APIRouter, desk: Desk) -> None:
    @api.post("/checks", status_code=202, summary="Start checking a pasted text")
    def check_text(body: TextToCheck) -> dict[str, Any]:
        return job_to_json(desk.check_text(body.text, title=body.title, published=body.published))

    @api.post("/checks/file", status_code=202, summary="Start checking a file; the body is its bytes")
    async def check_file(request: Request, name: Annotated[str, Query(max_length=255)]) -> dict[str, Any]:
        return job_to_json(desk.check_file(name, await request.body()))

    @api.get("/checks/{job_id}", summary="How far a check is")
    def find_check(job_id: str) -> dict[str, Any]:
        job = desk.jobs.find(job_id)
        if job is None:
            raise HTTPException(404, "there is no such check")
        return job_to_json(job)

    @api.post("/claims", summary="The claims of a text, not judged and not recorded")
    def extract(body: TextToCheck) -> dict[str, Any]:
        article, claims = desk.extract(body.text)
        return {
            "schema": "factcheck-claims/1",
            "article": article_to_json(article),
            "claims": [claim_to_json(claim) for claim in claims],
        }


def _add_articles(api: APIRouter, desk: Desk) -> None:
    @api.get("/articles", summary="Every checked article, the last one first")
    def list_articles() -> list[dict[str, Any]]:
        return [
            {
                "sha256": article.sha256,
                "title": clean_line(article.title),
                "file": clean_line(article.path),
                "checked_at": article.checked_at,
                "reports": article.reports,
                "reviews": article.reviews,
            }
            for article in desk.articles()
        ]

    @api.get("/articles/{sha256}", summary="The last report on an article, with its reviews")
    def get_article(sha256: str) -> dict[str, Any]:
        opened = find_article(desk, sha256)
        return to_json(opened.report, opened.states)

    @api.get("/articles/{sha256}/states", summary="What is decided about each claim, and what is open")
    def get_states(sha256: str) -> dict[str, Any]:
        return states_to_json(find_article(desk, sha256))

    @api.post(
        "/articles/{sha256}/recheck", status_code=202, summary="Judge again what new documents or new words touch"
    )
    def recheck(sha256: str) -> dict[str, Any]:
        return job_to_json(desk.recheck(sha256))

    @api.get("/articles/{sha256}/export", summary="The report as a file", response_class=Response)
    def export(
        sha256: str,
        form: Annotated[ReportFormat, Query(alias="format")] = ReportFormat.HTML,
        include_unreviewed: bool = False,
    ) -> Response:
        opened = find_article(desk, sha256)
        data = render_bytes(opened.report, form, reviews={sha256: opened.states}, include_unreviewed=include_unreviewed)
        media, ending = _MEDIA[form]
        return download(data, media, f"report-{sha256[:8]}.{ending}")

    @api.get("/articles/{sha256}/annotated", summary="The article itself with footnotes", response_class=Response)
    def annotated(sha256: str, flagged_only: bool = False) -> Response:
        opened = find_article(desk, sha256)
        text = render_annotated(opened.report, flagged_only=flagged_only, reviews=opened.states)
        return download(text.encode("utf-8", "replace"), "text/markdown; charset=utf-8", f"article-{sha256[:8]}.md")


def _add_reviews(api: APIRouter, desk: Desk) -> None:
    @api.post("/reviews", status_code=201, summary="Record what a person did with a claim")
    def review(body: Review) -> dict[str, Any]:
        evidence = HandEvidence(**body.evidence.model_dump()) if body.evidence else None
        desk.review(
            body.article_sha256,
            body.claim_id,
            body.action,
            reviewer=body.reviewer,
            verdict=body.verdict,
            text=body.text,
            evidence=evidence,
        )
        return states_to_json(find_article(desk, body.article_sha256))

    @api.post("/reviews/undo", summary="Take back one's last act on an article")
    def undo(body: Undo) -> dict[str, Any]:
        event = desk.ledger.undo(reviewer=body.reviewer or desk.reviewer, article_sha256=body.article_sha256)
        if event is None:
            raise HTTPException(409, "there is nothing of yours to take back on this article")
        return states_to_json(find_article(desk, body.article_sha256)) | {"undone": event.claim_id}

    @api.get("/reviews", summary="The events of the ledger, the newest first")
    def log(
        article_sha256: str | None = None, limit: Annotated[int, Query(ge=1, le=1000)] = 100
    ) -> list[dict[str, Any]]:
        return [event_to_json(event) for event in desk.ledger.log(article_sha256=article_sha256, limit=limit)]

    @api.get("/scores", summary="How often people agreed with the tool")
    def scores() -> dict[str, Any]:
        return measure_reviews(desk.ledger).to_dict()


def _add_corpus(api: APIRouter, desk: Desk) -> None:
    @api.get("/corpus", summary="Every reference document")
    def list_documents() -> list[dict[str, Any]]:
        return [
            {
                "doc_id": document.id,
                "title": clean_line(document.title),
                "publisher": document.publisher,
                "url": document.url,
                "published": document.published,
                "as_of": document.as_of,
                "kind": document.kind.value,
            }
            for document in desk.library.documents()
        ]

    @api.post("/corpus", status_code=201, summary="Add a document; the body is the bytes of its file")
    async def add(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=255)],
        title: Annotated[str | None, Query(max_length=500)] = None,
        publisher: Annotated[str | None, Query(max_length=500)] = None,
        url: Annotated[str | None, Query(max_length=2000)] = None,
        published: Annotated[str | None, Query(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] = None,
    ) -> dict[str, str]:
        data = await request.body()
        details = SourceDetails(title or None, publisher or None, url or None, published or None)
        outcome = await _in_thread(lambda: desk.jobs.call(lambda: desk.library.add(name, data, details)))
        return {"outcome": clean_line(outcome)}

    @api.delete("/corpus/{doc_id:path}", summary="Remove a document")
    def remove(doc_id: str) -> dict[str, str]:
        desk.jobs.call(lambda: desk.library.remove(doc_id))
        return {"outcome": f"removed {clean_line(doc_id)}"}

    @api.post("/corpus/search", summary="The passages nearest to a query")
    def search(
        query: Annotated[str, Body(embed=True, min_length=1, max_length=1000)],
        top_k: Annotated[int, Body(embed=True, ge=1, le=50)] = 10,
    ) -> list[dict[str, Any]]:
        return [hit_to_json(hit) for hit in desk.jobs.call(lambda: desk.library.search(query, top_k=top_k))]

    @api.get("/context", summary="A document's text around a stretch of its body")
    def context(doc_id: str, start: int, end: int) -> dict[str, str]:
        found = desk.context(doc_id, start, end)
        if found is None:
            raise HTTPException(404, "the document is not there any more, or has become shorter")
        before, quote, after = found
        return {"before": clean_text(before), "quote": clean_text(quote), "after": clean_text(after)}


def find_article(desk: Desk, sha256: str) -> Opened:
    """Return an article's last report.

    :raises HTTPException: 404 where it was never checked.
    """
    opened = desk.open(sha256)
    if opened is None:
        raise HTTPException(404, "there is no such article")
    return opened


def states_to_json(opened: Opened) -> dict[str, Any]:
    """Return what was decided on each claim, whose words it was judged in, and the flagged ones still open in order."""
    wordings = {
        checked.claim.id: describe_wording(checked.claim, opened.states.get(checked.claim.id))
        for checked in opened.report.claims
    }
    return {
        "states": {
            claim_id: review_to_json(state)
            | {
                "words": describe_review(state, with_sources=False),
                "by_hand": [asdict(make_hand_card(found)) for found in state.evidence],
                "settled": state.settled,
            }
            for claim_id, state in opened.states.items()
        },
        "wordings": {claim_id: words for claim_id, words in wordings.items() if words},
        "open": [checked.claim.id for checked in opened.open_claims()],
        "verdicts": {label.value: count for label, count in count_verdicts(opened.report.claims).items()},
    }


def job_to_json(job: Job) -> dict[str, Any]:
    """Return a check as plain data."""
    return {
        "id": job.id,
        "state": job.state.value,
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "article_sha256": job.article_sha256,
        "error": job.error,
        "summary": job.summary,
        "changes": [
            {
                "claim_id": change.claim_id,
                "claim": clean_line(change.claim),
                "before": change.before.label.value,
                "after": change.after.label.value,
                "reason": clean_line(change.after.reason),
                "why": explain_change(change),
            }
            for change in job.changes
        ],
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """Return a found passage as plain data."""
    document, passage = hit.document, hit.passage
    return {
        "doc_id": document.id,
        "title": clean_line(document.title),
        "publisher": document.publisher,
        "published": document.published,
        "as_of": passage.as_of,
        "text": clean_text(passage.text),
        "start": passage.start,
        "end": passage.end,
        "similarity": hit.similarity,
    }


def download(data: bytes, media: str, name: str) -> Response:
    """Return an answer that a browser saves under ``name`` and does not show."""
    return Response(data, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


async def _in_thread(work: Any) -> Any:  # noqa: ANN401  whatever the work returns
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(work)
