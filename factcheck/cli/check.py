"""What ``check`` and ``claims`` do with their options."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cli.output import (
    StageProgress,
    note,
    show_progress,
    terminal_width,
    wants_colour,
    write_bytes,
    write_text,
)
from factcheck.errors import BadArticle, BadData, BadWorkspace, FactcheckError
from factcheck.report import BINARY_FORMATS, ReportFormat, render, render_bytes
from factcheck.types import Article, Claim, Report, ReviewState, VerdictLabel

if TYPE_CHECKING:
    from factcheck.build import Settings
    from factcheck.workspace import Workspace


class FailOn(StrEnum):
    """What makes ``--fail-on`` exit with 1."""

    REFUTED = "refuted"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the reports of a run are to be shown, and what makes its exit code."""

    form: ReportFormat = ReportFormat.TABLE
    output: Path | None = None
    flagged_first: bool = False
    include_unreviewed: bool = False
    annotate: bool = False
    resume: bool = False
    fail_on: FailOn | None = None
    quiet: bool = False


def run_check(
    articles: Sequence[str], settings: Settings, shape: Presentation, *, claims_file: Path | None, force: bool
) -> int:
    """Check every article, print the reports, and return the exit code; one bad article does not stop the others."""
    from factcheck.build import build_checker
    from factcheck.workspace import find_workspace

    refuse_contradictions(shape)
    texts, failed = read_articles(articles, force=force)
    edited = read_edited(claims_file, articles)
    workspace = find_workspace(settings.workspace)
    if workspace.is_shipped:
        note(
            "no corpus/ here: checking against the shipped library (`factcheck init` makes your own)", quiet=shape.quiet
        )
    done = read_done(shape.output) if shape.resume else set()
    left = [article for article in texts if article.sha256 not in done]
    if len(left) < len(texts):
        note(f"{len(texts) - len(left)} articles are in {shape.output} already", quiet=shape.quiet)
    reports: list[Report] = []
    with show_progress(quiet=shape.quiet) as tell:
        checker = build_checker(
            settings, workspace=workspace, progress=lambda done, total: tell("indexing", done, total)
        )
        for number, article in enumerate(left, 1):
            which = f"article {number} of {len(left)}, " if len(left) > 1 else ""
            report = checker.check(article, claims=edited, progress=partial(tell_which, tell, which))
            reports.append(report)
            if shape.resume and shape.output is not None:
                append_line(render([report], ReportFormat.JSONL), shape.output)
    reviews = keep_and_look_up(workspace, reports, quiet=shape.quiet)
    if not shape.resume:
        show_reports(reports[0] if len(articles) == 1 else reports, reviews, shape)
    if failed:
        return 2
    return 1 if shape.fail_on is not None and any(_meets(report, shape.fail_on) for report in reports) else 0


def refuse_contradictions(shape: Presentation) -> None:
    """Raise where options do not go together, before anything is done."""
    if shape.form in BINARY_FORMATS and shape.output is None:
        raise BadArticle(f"--format {shape.form.value} makes a file; say where with --output FILE")
    if shape.resume and (shape.form is not ReportFormat.JSONL or shape.output is None):
        raise BadArticle("--resume goes on with a file of reports; give --format jsonl and --output FILE")


def tell_which(tell: StageProgress, which: str, what: str, done: int, total: int) -> None:
    """Show progress with the number of the article in front."""
    tell(which + what, done, total)


def show_reports(
    shown: Report | Sequence[Report], reviews: Mapping[str, Mapping[str, ReviewState]], shape: Presentation
) -> None:
    """Print reports in their form, or write them to the output file."""
    from factcheck.report.annotate import render_annotated

    many = [shown] if isinstance(shown, Report) else list(shown)
    if shape.annotate:
        to_screen = shape.output is None and sys.stdout.isatty()
        texts = [render_annotated(one, reviews=reviews.get(one.article.sha256), for_terminal=to_screen) for one in many]
        write_text("\n".join(texts), shape.output)
    elif shape.output is not None:
        options = {"flagged_first": shape.flagged_first, "include_unreviewed": shape.include_unreviewed}
        write_bytes(render_bytes(shown, shape.form, reviews=reviews, **options), shape.output)
    else:
        text = render(
            shown,
            shape.form,
            width=terminal_width(),
            colour=wants_colour(None),
            flagged_first=shape.flagged_first,
            reviews=reviews,
            include_unreviewed=shape.include_unreviewed,
        )
        write_text(text, None)


def read_done(output: Path | None) -> set[str]:
    """Return the digests of the articles that a file of reports holds; a half-written last line is cut off.

    :raises BadData: when the file is no file of reports.
    """
    if output is None or not output.is_file():
        return set()
    lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        # A run that was killed while it wrote; what it had finished before is whole.
        lines = lines[:-1]
        write_bytes("".join(lines).encode("utf-8"), output)
    try:
        return {json.loads(line)["article"]["sha256"] for line in lines if line.strip()}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BadData(f"{output} is no file of reports; give the one that the earlier run wrote") from error


def append_line(text: str, output: Path) -> None:
    """Add a finished report to the file and wait until it is on the disk.

    :raises BadWorkspace: when it cannot be written.
    """
    try:
        with output.open("a", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise BadWorkspace(f"{output} cannot be written ({error.strerror}); choose another --output") from error


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
