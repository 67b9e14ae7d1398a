"""The commands that a user types most: check, claims, review, init; the others hang on as groups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from factcheck import __version__
from factcheck.cli.again import gaps_command, recheck_command
from factcheck.cli.corpus import add_command, corpus_app, index_command
from factcheck.cli.evaluate import evaluate_app
from factcheck.cli.ledger import calibrate_command, ledger_app, serve_command
from factcheck.cli.options import (
    AsOf,
    EncoderName,
    Force,
    Output,
    Quiet,
    TopK,
    VerifierName,
    WorkspaceFolder,
    make_settings,
)
from factcheck.cli.output import note
from factcheck.cli.train import train_app
from factcheck.report import ReportFormat

app = typer.Typer(
    name="factcheck",
    help="Check an article's claims against reference documents: `factcheck ARTICLE` does what `factcheck check` does.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"factcheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    return None


@app.command("check")
def check_command(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Text, Markdown or HTML; - is standard input.")
    ],
    form: Annotated[ReportFormat, typer.Option("--format", help="How to show the report.")] = ReportFormat.TABLE,
    output: Output = None,
    workspace: WorkspaceFolder = None,
    as_of: AsOf = None,
    top_k: TopK = 6,
    encoder: EncoderName = "default",
    verifier: VerifierName = "default",
    claims: Annotated[
        Path | None, typer.Option("--claims", help="Check the claims of this file (from `factcheck claims`).")
    ] = None,
    flagged_first: Annotated[bool, typer.Option("--flagged-first", help="Flagged claims on top.")] = False,
    fail_on: Annotated[str | None, typer.Option("--fail-on", help="Exit 1 on: refuted, flagged.")] = None,
    include_unreviewed: Annotated[
        bool, typer.Option("--include-unreviewed", help="ClaimReview of claims that nobody reviewed, too.")
    ] = False,
    annotate: Annotated[bool, typer.Option("--annotate", help="The article itself, with footnotes.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="With jsonl and --output: leave out what the file holds already.")
    ] = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Check the claims of one or several articles."""
    from factcheck.cli.check import FailOn, Presentation, run_check

    if fail_on is not None and fail_on not in set(FailOn):
        raise typer.BadParameter(f"{fail_on!r} is neither refuted nor flagged", param_hint="--fail-on")
    shape = Presentation(
        form=form,
        output=output,
        flagged_first=flagged_first,
        include_unreviewed=include_unreviewed,
        annotate=annotate,
        resume=resume,
        fail_on=FailOn(fail_on) if fail_on else None,
        quiet=quiet,
    )
    settings = make_settings(workspace, encoder, verifier, top_k, as_of)
    raise typer.Exit(run_check(articles, settings, shape, claims_file=claims, force=force))


@app.command("claims")
def claims_command(
    article: Annotated[str, typer.Argument(help="Text, Markdown or HTML; - is standard input.")],
    explain: Annotated[bool, typer.Option("--explain", help="Show the rules and what was resolved to what.")] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Write a claims file to edit, for `--claims`.")] = False,
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """Print an article's claims, not judged."""
    from factcheck.cli.check import run_claims

    if form not in ("table", "json"):
        raise typer.BadParameter(f"{form!r} is neither table nor json", param_hint="--format")
    run_claims(article, explain=explain, edit=edit, as_json=form == "json", output=output, force=force)


@app.command("review")
def review_command(
    article: Annotated[str | None, typer.Argument(help="The article; without one, the last checked.")] = None,
    workspace: WorkspaceFolder = None,
    as_of: AsOf = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Your name in the ledger.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every claim, not the flagged ones alone.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Lines that scroll instead of a full screen.")] = False,
    quiet: Quiet = False,
) -> None:
    """Work through the flagged claims, one by one."""
    from factcheck.cli.review import run_review_command

    settings = make_settings(workspace, "default", "default", 6, as_of)
    run_review_command(article, settings, reviewer=reviewer, everything=everything, plain=plain, quiet=quiet)


@app.command("init")
def init_command(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to make the workspace.")] = Path("."),
    empty: Annotated[bool, typer.Option("--empty", help="Without the shipped library.")] = False,
) -> None:
    """Make a workspace: corpus/ with the shipped library, and claims/."""
    from factcheck.workspace import init_workspace

    made = init_workspace(folder, empty=empty)
    count = sum(1 for _ in made.corpus.glob("*.md"))
    note(f"made {made.corpus} with {count} documents; add yours with `factcheck add FILE...`")


# Help lists the commands in this order: those above, which a user types most, come first.
app.command("add")(add_command)
app.command("index")(index_command)
app.command("recheck")(recheck_command)
app.command("gaps")(gaps_command)
app.command("serve")(serve_command)
app.command("calibrate")(calibrate_command)
app.add_typer(corpus_app, name="corpus")
app.add_typer(ledger_app, name="ledger")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(train_app, name="train")
