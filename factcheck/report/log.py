"""The record of reviews as lines for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.ledger import RecordedArticle, ReviewEvent
from factcheck.report.clean import clean_line


def render_log(events: Sequence[ReviewEvent], articles: Sequence[RecordedArticle]) -> str:
    """Return the checked articles and then the acts in the order given, a line each."""
    titles = {article.sha256: article.title or article.path for article in articles}
    lines = [f"{len(articles)} articles checked"]
    lines += [
        f"  {a.checked_at[:16]}  {clean_line(a.title or a.path)}  ({a.reports} reports, {a.reviews} acts)"
        for a in articles
    ]
    lines.append(f"{len(events)} acts, the newest first" if events else "nobody has reviewed a claim yet")
    for event in events:
        verdict = f" {event.verdict.value}" if event.verdict else ""
        words = f" “{clean_line(event.text)}”" if event.text else ""
        where = clean_line(titles.get(event.article_sha256, "an article not recorded here"))
        lines.append(
            f"  {event.time[:16]}  {clean_line(event.reviewer)}: {event.action.value}{verdict}{words} – "
            f"“{clean_line(event.claim_text)}” ({event.judged.value}) in {where}"
        )
    return "\n".join(lines) + "\n"
