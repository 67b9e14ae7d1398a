"""The report as one self-contained HTML file: no script, nothing loaded from elsewhere, prints well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.report.cards import make_cards, share_verdicts
from factcheck.report.clean import clean_line, clean_text
from factcheck.report.marks import mark_article
from factcheck.report.view import SYMBOLS, AllReviews, describe_run, summarise
from factcheck.types import Report

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_html(reports: Sequence[Report], reviews: AllReviews | None = None, *, flagged_first: bool = False) -> str:
    """Return one HTML page with every report: the article with its claims marked, then each claim with its evidence."""
    sections = []
    for number, report in enumerate(reports, start=1):
        states = (reviews or {}).get(report.article.sha256, {})
        cards = make_cards(report.claims, states)
        if flagged_first:
            cards.sort(key=lambda card: not card.flagged)
        sections.append(
            {
                "prefix": f"r{number}-",
                "title": clean_line(report.article.title) or clean_line(report.article.path),
                "published": clean_line(report.article.published or ""),
                "run": describe_run(report),
                "summary": summarise(report, states),
                "shares": share_verdicts(report.claims),
                "blocks": mark_article(report.article, report.claims),
                "cards": cards,
            }
        )
    environment = make_environment(TEMPLATES)
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html").render(sections=sections, style=style)


@lru_cache(maxsize=4)
def make_environment(*folders: Path) -> Environment:
    """Return a template environment that escapes everything and refuses a name that is not there."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean_text
    environment.globals["symbols"] = {label.value: symbol for label, symbol in SYMBOLS.items()}
    return environment
