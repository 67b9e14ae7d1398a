"""What ``review`` does: find the report to work on, then hand over to the terminal review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.cli.output import show_progress
from factcheck.errors import BadLedger

if TYPE_CHECKING:
    from factcheck.build import Settings


def run_review_command(
    path: str | None, settings: Settings, *, reviewer: str | None, everything: bool, plain: bool, quiet: bool
) -> None:
    """Review the article at ``path`` (checked first), or the last one checked."""
    from factcheck.cli.check import read_articles
    from factcheck.ledger import Ledger
    from factcheck.recheck import recheck
    from factcheck.review import run_review
    from factcheck.workspace import find_workspace, writable

    workspace = writable(find_workspace(settings.workspace))
    assert workspace.ledger is not None
    with Ledger.open(workspace.ledger) as ledger:
        if path is None:
            report = ledger.last_report()
            if report is None:
                raise BadLedger(f"{workspace.ledger} holds no report yet; run `factcheck ARTICLE` or name an article")
        else:
            from factcheck.build import build_checker

            articles, _ = read_articles([path], force=True)
            with show_progress(quiet=quiet) as tell:
                checker = build_checker(
                    settings, workspace=workspace, progress=lambda done, total: tell("indexing", done, total)
                )
                report = checker.check(articles[0], progress=tell)
                states = ledger.states(report)
                if any(state.text for state in states.values()):
                    report = recheck(checker, report, states=states, progress=tell).report
        run_review(report, ledger, reviewer=reviewer, everything=everything, plain=plain)
