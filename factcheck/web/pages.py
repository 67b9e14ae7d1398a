"""The pages a person reads; all data in them is escaped by the templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from factcheck.evaluate.reviews import measure_reviews
from factcheck.recheck import Change
from factcheck.report import ReportFormat
from factcheck.report.cards import ClaimCard, make_cards, share_verdicts
from factcheck.report.clean import clean_line
from factcheck.report.gaps import explain_change
from factcheck.report.html import TEMPLATES, make_environment
from factcheck.report.marks import mark_article
from factcheck.report.view import ACTION_WORDS, SYMBOLS, WORDS, describe_run, summarise
from factcheck.types import Report, ReviewAction, VerdictLabel
from factcheck.web.charts import draw_agreement, draw_history
from factcheck.web.desk import Desk
from factcheck.web.guard import Access

PAGE_TEMPLATES = Path(__file__).resolve().parent / "templates"
_LOG_ROWS = 200
_SHOWN_ARTICLES = 50
_HISTORY_DAYS = 30


def make_pages(desk: Desk, access: Access) -> APIRouter:
    """Return the routes of the pages."""
    pages = APIRouter(include_in_schema=False)
    environment = make_environment(PAGE_TEMPLATES, TEMPLATES)

    def show(request: Request, template: str, **values: Any) -> HTMLResponse:  # noqa: ANN401  for the template
        page = environment.get_template(template).render(
            token=access.token, reviewer=desk.reviewer, here=request.url.path, **values
        )
        return HTMLResponse(page)

    @pages.get("/")
    def home(request: Request) -> HTMLResponse:
        rows = []
        for article in desk.articles()[:_SHOWN_ARTICLES]:
            opened = desk.open(article.sha256)
            if opened is not None:
                rows.append(
                    {
                        "sha256": article.sha256,
                        "title": clean_line(article.title) or clean_line(article.path) or "untitled",
                        "checked_at": article.checked_at[:16].replace("T", " "),
                        "summary": summarise(opened.report, opened.states),
                        "shares": share_verdicts(opened.report.claims),
                        "open": len(opened.open_claims()),
                    }
                )
        return show(request, "home.html", articles=rows)

    @pages.get("/articles/{sha256}")
    def article(request: Request, sha256: str, recheck: str | None = None) -> HTMLResponse:
        opened = desk.open(sha256)
        if opened is None:
            raise HTTPException(404, "there is no such article")
        report = opened.report
        cards = make_cards(report.claims, opened.states)
        job = desk.jobs.find(recheck) if recheck else None
        job = job if job is not None and job.article_sha256 == sha256 else None
        return show(
            request,
            "article.html",
            sha256=sha256,
            title=clean_line(report.article.title) or clean_line(report.article.path) or "untitled",
            summary=summarise(report, opened.states),
            run=describe_run(report),
            shares=share_verdicts(report.claims),
            blocks=mark_article(report.article, report.claims),
            cards=cards,
            numbered={card.number: card for card in cards},
            behind=desk.is_behind(report),
            rechecked=job.summary if job else "",
            changes=[describe_change(change, cards) for change in job.changes] if job else [],
            open=[checked.claim.id for checked in opened.open_claims()],
            formats=[form.value for form in ReportFormat if form is not ReportFormat.TABLE],
            verdicts={label.value: f"{SYMBOLS[label]} {WORDS[label]}" for label in VerdictLabel},
        )

    @pages.get("/corpus")
    def corpus(request: Request) -> HTMLResponse:
        documents = desk.library.documents()
        behind = [
            (article.sha256, clean_line(article.title) or clean_line(article.path) or "untitled")
            for article in desk.articles_behind(limit=_SHOWN_ARTICLES)
        ]
        return show(request, "corpus.html", documents=documents, behind=behind, read_only=desk.library.read_only)

    @pages.get("/history")
    def history(request: Request) -> HTMLResponse:
        scores = measure_reviews(desk.ledger)
        events = desk.ledger.log(limit=_LOG_ROWS)
        undone = {event.undoes for event in events if event.action is ReviewAction.UNDO}
        return show(
            request,
            "history.html",
            scores=scores,
            agreement=draw_agreement(scores.by_confidence),
            days=draw_history(list_days(desk)),
            events=events,
            undone=undone,
            actions={action.value: words for action, words in ACTION_WORDS.items()},
        )

    @pages.get("/static/report.css")
    def report_style() -> Response:
        return Response((TEMPLATES / "report.css").read_text(encoding="utf-8"), media_type="text/css")

    return pages


def describe_change(change: Change, cards: list[ClaimCard]) -> dict[str, Any]:
    """Return a changed verdict as the page shows it."""
    return {
        "number": next((card.number for card in cards if card.id == change.claim_id), None),
        "claim": clean_line(change.claim),
        "before": f"{SYMBOLS[change.before.label]} {WORDS[change.before.label]}",
        "after": f"{SYMBOLS[change.after.label]} {WORDS[change.after.label]}",
        "reason": clean_line(change.after.reason),
        "why": explain_change(change),
    }


def render_error(status: int, message: str, *, desk: Desk, access: Access) -> HTMLResponse:
    """Return a page that says what went wrong."""
    environment = make_environment(PAGE_TEMPLATES, TEMPLATES)
    page = environment.get_template("error.html").render(
        token=access.token, reviewer=desk.reviewer, here="", message=message
    )
    return HTMLResponse(page, status_code=status)


def list_days(desk: Desk) -> list[tuple[str, list[Report]]]:
    """Return the last days on which articles were checked, the oldest first, with the last report a day and article."""
    days: dict[str, dict[str, Report]] = {}
    for article in desk.ledger.articles()[:_SHOWN_ARTICLES]:
        for time, report in desk.ledger.reports(article.sha256, limit=_HISTORY_DAYS):
            days.setdefault(time[:10], {})[article.sha256] = report
    return [(day, list(days[day].values())) for day in sorted(days)[-_HISTORY_DAYS:]]
