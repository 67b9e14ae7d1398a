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

_REPORT_START = b'{"schema"'


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
    from factcheck.report.parse import from_json
    from factcheck.workspace import find_workspace

    refuse_contradictions(shape)
    texts, failed = read_articles(articles, force=force)
    edited = read_edited(claims_file, articles)
    if edited is not None:
        refuse_other_places(edited, texts[0], claims_file)
    workspace = find_workspace(settings.workspace)
    if workspace.is_shipped:
        note(
            "no corpus/ here: checking against the shipped library (`factcheck init` makes your own)", quiet=shape.quiet
        )
    done = read_done(shape.output) if shape.resume else {}
    left = [article for article in texts if article.sha256 not in done]
    earlier = [from_json(done[a.sha256]) for a in texts if a.sha256 in done] if shape.fail_on is not None else []
    if len(left) < len(texts):
        note(f"{len(texts) - len(left)} articles are in {shape.output} already", quiet=shape.quiet)
    reports: list[Report] = []
    with show_progress(quiet=shape.quiet) as tell:
        checker = build_checker(
            settings, workspace=workspace, progress=lambda done, total: tell("indexing", done, total)
        )
        for number, article in enumerate(left, 1):
            which = f"article {number} of {len(left)}, " if len(left) > 1 else ""
            try:
                report = checker.check(article, claims=edited, progress=partial(tell_which, tell, which))
            except Exception as error:
                # One article of a batch; a single one is told by its exit code.
                if len(articles) == 1 or os.environ.get("FACTCHECK_DEBUG"):
                    raise
                failed += 1
                note(describe_failure(article.path, error))
                continue
            reports.append(report)
            if shape.resume and shape.output is not None:
                append_line(render([report], ReportFormat.JSONL), shape.output)
    reviews = keep_and_look_up(workspace, reports, quiet=shape.quiet)
    if not shape.resume and reports:
        show_reports(reports[0] if len(articles) == 1 else reports, reviews, shape)
    if failed:
        return 2
    fail_on = shape.fail_on
    return 1 if fail_on is not None and any(_meets(report, fail_on) for report in (*earlier, *reports)) else 0


def describe_failure(path: str, error: Exception) -> str:
    """Return the line that tells why one article of a batch was not checked."""
    ours = "" if isinstance(error, FactcheckError) else f"an error of ours, {type(error).__name__}: "
    return f"factcheck: {path} was not checked: {ours}{' '.join(str(error).split())}"


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


def read_done(output: Path | None) -> dict[str, object]:
    """Return the reports that a file of reports holds, by their articles' digests; a half-written last line is cut off.

    :raises BadData: when the file is no file of reports; it is left as it is.
    """
    if output is None or not output.is_file():
        return {}
    # Bytes, as a run that was killed may have ended inside a character; what it had finished before is whole.
    whole, newline, torn = output.read_bytes().rpartition(b"\n")
    whole += newline
    done: dict[str, object] = {}
    try:
        for line in whole.decode("utf-8-sig").split("\n"):
            if line.strip():
                report = json.loads(line)
                done[report["article"]["sha256"]] = report
        if not torn.startswith(_REPORT_START[: len(torn)]):
            raise ValueError("the last line is no report")
    except (ValueError, KeyError, TypeError) as error:
        raise BadData(f"{output} is no file of reports; give the one that the earlier run wrote") from error
    if torn:
        write_bytes(whole, output)
    return done


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


def refuse_other_places(claims: Sequence[Claim], article: Article, claims_file: Path | None) -> None:
    """Raise where a claim's place does not hold what it quotes: the file is another article's, or the text changed.

    :raises BadData: naming the claim.
    """
    for claim in claims:
        for place in (claim.source, *claim.also_at):
            if article.text[place.start : place.end] != place.quote:
                raise BadData(
                    f"{claims_file}: claim {claim.id!r} quotes what {article.path} does not have between "
                    f"{place.start} and {place.end}; make the file anew with `factcheck claims ARTICLE --edit`"
                )


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
    target = output or Path(f"{Path(article.path).stem or 'article'}.claims.json")
    if edit and output is None and target.exists():
        raise BadData(f"{target} exists and may hold your edits; name a file with --output, or this one to replace it")
    as_of, _source = find_reader_date(article, None, date.today())
    claims = annotate(build_extractor().extract([article])[0], article.published or as_of)
    if edit:
        write_claims(str(target), article, claims)
        note(f"wrote {len(claims)} claims to {target}; edit it, then run `factcheck {path} --claims {target}`")
    elif as_json:
        write_text(json.dumps(claims_to_json(article, claims), ensure_ascii=False, indent=1), output)
    else:
        write_text(render_claims(claims, width=terminal_width(), colour=wants_colour(output), explain=explain), output)
