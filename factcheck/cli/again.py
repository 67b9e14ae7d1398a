"""``factcheck recheck`` and ``gaps``: what new documents change, and which are still missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from factcheck.cli.options import EncoderName, Output, Quiet, TopK, VerifierName, WorkspaceFolder, make_settings
from factcheck.cli.output import show_progress, write_text


def recheck_command(
    article: Annotated[str | None, typer.Argument(help="The article; without one, the last checked.")] = None,
    workspace: WorkspaceFolder = None,
    top_k: TopK = 6,
    encoder: EncoderName = "default",
    verifier: VerifierName = "default",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Check again only what new documents can touch, and say what changed."""
    from factcheck.build import build_checker
    from factcheck.cli.check import read_articles
    from factcheck.errors import BadLedger
    from factcheck.ledger import Ledger
    from factcheck.recheck import recheck
    from factcheck.report.gaps import render_recheck
    from factcheck.workspace import find_workspace, writable

    settings = make_settings(workspace, encoder, verifier, top_k, None)
    home = writable(find_workspace(workspace))
    assert home.ledger is not None
    with Ledger.open(home.ledger) as ledger:
        if article is None:
            earlier = ledger.last_report()
        else:
            texts, _ = read_articles([article], force=True)
            earlier = ledger.latest_report(texts[0].sha256)
        if earlier is None:
            raise BadLedger(f"{article or 'no article'} was checked here before; run `factcheck ARTICLE` first")
        with show_progress(quiet=quiet) as tell:
            checker = build_checker(
                settings, workspace=home, progress=lambda done, total: tell("indexing", done, total)
            )
            outcome = recheck(checker, earlier, states=ledger.states(earlier), progress=tell)
        ledger.record_report(outcome.report)
    write_text(render_recheck(outcome), output)


def gaps_command(
    report: Annotated[Path, typer.Argument(help="A report from `factcheck ARTICLE --format json`.")],
    output: Output = None,
) -> None:
    """List the documents worth adding, the most useful first."""
    from factcheck.errors import BadData
    from factcheck.gaps import find_gaps, wish_for
    from factcheck.report import from_json
    from factcheck.report.gaps import render_wishes

    try:
        rows = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadData(f"{report} is no report ({error}); make one with `factcheck ARTICLE --format json`") from error
    many = rows if isinstance(rows, list) else [rows]
    gaps = [gap for row in many for gap in find_gaps(from_json(row))]
    write_text(render_wishes(wish_for(gaps)), output)
