"""What ``check`` and ``claims`` do with their options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cli.output import note, show_progress, terminal_width, wants_colour, write_bytes, write_text
from factcheck.errors import BadArticle, FactcheckError
from factcheck.report import BINARY_FORMATS, ReportFormat, render, render_bytes
from factcheck.types import Article, Claim, Report, ReviewState, VerdictLabel

if TYPE_CHECKING:
    from factcheck.build import Settings
    from factcheck.workspace import Workspace


class FailOn(StrEnum):
    """What makes ``--fail-on`` exit with 1."""

    REFUTED = "refuted"
    FLAGGED = "flagged"


def run_check(
    articles: Sequence[str],
    settings: Settings,
    *,
    form: ReportFormat,
    output: Path | None,
    claims_file: Path | None,
    flagged_first: bool,
    fail_on: FailOn | None,
    include_unreviewed: bool,
    force: bool,
    quiet: bool,
) -> int:
    """Check every article, print the reports, and return the exit code; one bad article does not stop the others."""
    from factcheck.build import build_checker
    from factcheck.workspace import find_workspace

    if form in BINARY_FORMATS and output is None:
        raise BadArticle(f"--format {form.value} makes a file; say where with --output FILE")
    texts, failed = read_articles(articles, force=force)
    edited = read_edited(claims_file, articles)
    workspace = find_workspace(settings.workspace)
    if workspace.is_shipped:
        note("no corpus/ here: checking against the shipped library (`factcheck init` makes your own)", quiet=quiet)
    reports: list[Report] = []
    with show_progress(quiet=quiet) as tell:
        checker = build_checker(
            settings, workspace=workspace, progress=lambda done, total: tell("indexing", done, total)
        )
        for article in texts:
            reports.append(checker.check(article, claims=edited, progress=tell))
    reviews = keep_and_look_up(workspace, reports, quiet=quiet)
    shown = reports[0] if len(articles) == 1 else reports
    if form in BINARY_FORMATS:
        assert output is not None
        write_bytes(render_bytes(shown, form, flagged_first=flagged_first, reviews=reviews), output)
    else:
        text = render(
            shown,
            form,
            width=terminal_width() if output is None else 120,
            colour=wants_colour(output),
            flagged_first=flagged_first,
            reviews=reviews,
            include_unreviewed=include_unreviewed,
        )
        write_text(text, output)
    if failed:
        return 2
    return 1 if fail_on is not None and any(_meets(report, fail_on) for report in reports) else 0


def read_articles(paths: Sequence[str], *, force: bool) -> tuple[list[Article], int]:
    """Return the articles that could be read and how many could not; a single bad one is raised."""
    from factcheck.article import read_article

    articles, failed = [], 0
    for path in paths:
        try:
            articles.append(read_article(path, stdin=sys.stdin.buffer if path == "-" else None, force=force))
        except FactcheckError as error:
            if len(paths) == 1:
                raise
            failed += 1
            note(f"factcheck: {error}")
    if not articles:
        raise BadArticle(f"none of the {len(paths)} articles could be read")
    return articles, failed


def read_edited(claims_file: Path | None, articles: Sequence[str]) -> list[Claim] | None:
    """Return the claims of a claims file, or ``None`` without one."""
    if claims_file is None:
        return None
    if len(articles) != 1:
        raise BadArticle(f"--claims goes with one article, {len(articles)} were given; check them one by one")
    from factcheck.claims.files import read_claims

    return read_claims(str(claims_file))


def keep_and_look_up(
    workspace: Workspace, reports: Sequence[Report], *, quiet: bool
) -> dict[str, dict[str, ReviewState]]:
    """Record the reports in the ledger and return, by article, what people have decided about their claims."""
    from factcheck.ledger import Ledger

    states: dict[str, dict[str, ReviewState]] = {}
    if workspace.ledger is None:
        return states
    try:
        with Ledger.open(workspace.ledger) as ledger:
            for report in reports:
                ledger.record_report(report)
                states[report.article.sha256] = ledger.states(report)
    except FactcheckError as error:
        # A report is worth having where the ledger cannot be written (a read-only workspace); say so and go on.
        note(f"factcheck: not recorded: {error}", quiet=quiet)
    return states


def _meets(report: Report, fail_on: FailOn) -> bool:
    if fail_on is FailOn.REFUTED:
        return any(c.verdict.label is VerdictLabel.REFUTED for c in report.claims)
    return any(c.verdict.flagged for c in report.claims)


def run_claims(path: str, *, explain: bool, edit: bool, as_json: bool, output: Path | None, force: bool) -> None:
    """Print the claims of the article at ``path``, or write them to a file to edit."""
    import json
    from datetime import date

    from factcheck.build import build_extractor
    from factcheck.claims.files import claims_to_json, write_claims
    from factcheck.pipeline import annotate
    from factcheck.reader_date import find_reader_date
    from factcheck.report.claims import render_claims

    articles, _ = read_articles([path], force=force)
    article = articles[0]
    as_of, _source = find_reader_date(article, None, date.today())
    claims = annotate(build_extractor().extract([article])[0], article.published or as_of)
    if edit:
        target = output or Path(f"{Path(article.path).stem or 'article'}.claims.json")
        write_claims(str(target), article, claims)
        note(f"wrote {len(claims)} claims to {target}; edit it, then run `factcheck {path} --claims {target}`")
    elif as_json:
        write_text(json.dumps(claims_to_json(article, claims), ensure_ascii=False, indent=1), output)
    else:
        write_text(render_claims(claims, width=terminal_width(), colour=wants_colour(output), explain=explain), output)
