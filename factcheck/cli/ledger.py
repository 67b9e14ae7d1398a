"""``factcheck ledger``, ``serve`` and ``calibrate``: what people decided, and what is learned from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli.options import AsOf, EncoderName, Output, Quiet, VerifierName, WorkspaceFolder, make_settings
from factcheck.cli.output import note, write_text

if TYPE_CHECKING:
    from factcheck.ledger import Ledger

ledger_app = typer.Typer(help="The record of checked articles and reviews.", no_args_is_help=True)


def _open(workspace: Path | None, *, read_only: bool) -> Ledger:
    from factcheck.errors import BadLedger
    from factcheck.ledger import Ledger
    from factcheck.workspace import find_workspace, writable

    home = find_workspace(workspace)
    if not read_only:
        home = writable(home)
    if home.ledger is None or (read_only and not home.ledger.is_file()):
        raise BadLedger("there is no ledger here yet; it is made when an article is checked in a workspace")
    return Ledger.open(home.ledger, read_only=read_only)


@ledger_app.command("log")
def log_command(
    workspace: WorkspaceFolder = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The newest so many.")] = 50,
    output: Output = None,
) -> None:
    """Print the reviews, the newest first."""
    from factcheck.report.log import render_log

    with _open(workspace, read_only=True) as ledger:
        events = ledger.log(limit=limit)
        articles = ledger.articles()
    write_text(render_log(events, articles), output)


@ledger_app.command("export")
def export_command(workspace: WorkspaceFolder = None, output: Output = None) -> None:
    """Print everything in the ledger as JSON lines."""
    with _open(workspace, read_only=True) as ledger:
        text = "".join(ledger.export_jsonl())
    write_text(text, output)


@ledger_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="JSON lines, as `ledger export` prints them.")],
    workspace: WorkspaceFolder = None,
    quiet: Quiet = False,
) -> None:
    """Take in an export; what is here already is left as it is."""
    from factcheck.errors import BadData

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{file} cannot be read ({error}); give a file that `factcheck ledger export` wrote") from error
    with _open(workspace, read_only=False) as ledger:
        counts = ledger.import_jsonl(lines)
    note(f"{counts.new_reports} reports and {counts.new_reviews} reviews are new, {counts.known} known", quiet=quiet)


@ledger_app.command("undo")
def undo_command(
    workspace: WorkspaceFolder = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Take back this person's last act.")] = None,
    quiet: Quiet = False,
) -> None:
    """Take back the last act of a review; it stays in the record as taken back."""
    from factcheck.errors import BadLedger

    with _open(workspace, read_only=False) as ledger:
        event = ledger.undo(reviewer=reviewer)
    if event is None:
        raise BadLedger("there is nothing to take back")
    note(f"taken back: {event.action.value} of “{event.claim_text}” by {event.reviewer}", quiet=quiet)


def serve_command(
    workspace: WorkspaceFolder = None,
    host: Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 lets other machines reach it.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")] = 8765,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    as_of: AsOf = None,
    encoder: EncoderName = "default",
    verifier: VerifierName = "default",
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="Your name in the ledger.")] = None,
    quiet: Quiet = False,
) -> None:
    """Serve the review page on this machine."""
    from factcheck.web import serve
    from factcheck.workspace import find_workspace

    settings = make_settings(workspace, encoder, verifier, 6, as_of)
    serve(
        settings,
        find_workspace(workspace),
        host=host,
        port=port,
        open_browser=browser,
        reviewer=reviewer,
        note=lambda message: note(message, quiet=quiet),
    )


def calibrate_command(
    from_reviews: Annotated[bool, typer.Option("--from-reviews", help="Refit on what people decided.")] = False,
    workspace: WorkspaceFolder = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the new coefficients go (default: claims/).")
    ] = None,
) -> None:
    """Refit the confidence on the decisions in the ledger."""
    from factcheck.assets import models_dir
    from factcheck.cli.output import write_bytes
    from factcheck.evaluate.reviews import fit_temperature, read_until, scale_model
    from factcheck.workspace import find_workspace

    if not from_reviews:
        raise typer.BadParameter("say what to refit on", param_hint="--from-reviews")
    home = find_workspace(workspace)
    source = home.calibration if home.calibration.is_file() else models_dir() / "calibration.json"
    with _open(workspace, read_only=True) as ledger:
        refit = fit_temperature(ledger, since=read_until(source))
    figures = f"log loss on held-out decisions {refit.log_loss_before:.3f} before, {refit.log_loss_after:.3f} after"
    if not refit.improves:
        note(f"nothing was changed: {refit.n} decisions make the confidence no better ({figures})")
        return
    target = output or home.calibration
    write_bytes(scale_model(source, refit.temperature, until=refit.until).encode("utf-8"), target)
    note(f"wrote {target}, refitted on {refit.n} decisions: {figures}; later checks in this workspace use it")
