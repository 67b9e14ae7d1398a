"""The report as a table for the terminal, through rich; legible without colour from 80 columns on."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

from factcheck.report.clean import clean_line, shorten
from factcheck.report.view import (
    STANCE_WORDS,
    SYMBOLS,
    WORDS,
    Reviews,
    describe_deciding,
    describe_gaps,
    describe_hand_source,
    describe_review,
    describe_run,
    describe_source,
    describe_wording,
    order_claims,
    select_evidence,
    summarise,
)
from factcheck.types import CheckedClaim, Evidence, Report, ReviewState, StanceLabel, VerdictLabel

if TYPE_CHECKING:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

STYLES = {
    VerdictLabel.SUPPORTED: "bold green",
    VerdictLabel.REFUTED: "bold red",
    VerdictLabel.CONFLICTING: "bold magenta",
    VerdictLabel.NOT_ENOUGH_INFO: "bold yellow",
    VerdictLabel.NOT_CHECKABLE: "bright_black",
}
_STANCE_STYLES = {StanceLabel.SUPPORTS: "green", StanceLabel.REFUTES: "red", StanceLabel.NEUTRAL: "bright_black"}
_GREY = "bright_black"
_NARROWEST, _WIDEST = 60, 200
_NEAREST_CHARACTERS = 110


def render_table(
    report: Report,
    *,
    width: int | None = None,
    colour: bool = True,
    flagged_first: bool = False,
    reviews: Reviews | None = None,
) -> str:
    """Return the per-claim table with a heading and a summary line, ending in a line feed.

    ``width`` is in columns, by default the terminal's, kept between 60 and 200; without ``colour`` no escape sequence
    is in the result. ``reviews`` shows beside each verdict what people decided.
    """
    from rich.console import Console
    from rich.text import Text

    columns = max(_NARROWEST, min(width or shutil.get_terminal_size().columns, _WIDEST))
    out = io.StringIO()
    console = Console(
        file=out,
        width=columns,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    title = clean_line(report.article.title) or clean_line(report.article.path)
    console.print(Text(title, style="bold"))
    console.print(Text(describe_run(report), style=_GREY))
    if report.claims:
        console.print(_build_table(report, columns, flagged_first, reviews or {}))
    console.print(Text(summarise(report, reviews), style="bold"))
    if told := describe_gaps(report):
        console.print(Text(told, style=_GREY))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _build_table(report: Report, columns: int, flagged_first: bool, reviews: Reviews) -> Table:
    from rich import box
    from rich.table import Table

    verdict_width = 17
    number_width = len(str(len(report.claims)))
    room = columns - verdict_width - number_width - 8
    table = Table(
        box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold"
    )
    table.add_column("#", justify="right", width=number_width, style=_GREY)
    table.add_column("Verdict", width=verdict_width)
    table.add_column("Claim", ratio=4, overflow="fold")
    table.add_column("Evidence", ratio=6, overflow="fold")
    max_quote = min(420, room * 6 // 10 * 5)
    for number, checked in order_claims(report.claims, flagged_first=flagged_first):
        table.add_row(
            str(number),
            _verdict_cell(checked),
            _claim_cell(checked, reviews),
            _evidence_cell(checked, reviews.get(checked.claim.id), max_quote),
        )
    return table


def _verdict_cell(checked: CheckedClaim) -> Text:
    from rich.text import Text

    verdict = checked.verdict
    cell = Text(f"{SYMBOLS[verdict.label]} {WORDS[verdict.label]}", style=STYLES[verdict.label])
    if verdict.label is VerdictLabel.NOT_CHECKABLE:
        cell.append(f"\n  {checked.claim.kind.value}", style=_GREY)
        return cell
    cell.append(f"\n  {verdict.confidence:.0%}", style="not bold")
    for flag in verdict.flags:
        cell.append(f"\n  {flag.value.replace('_', ' ')}", style=f"not bold {_GREY}")
    return cell


def _claim_cell(checked: CheckedClaim, reviews: Reviews) -> Text:
    from rich.text import Text

    grey = checked.verdict.label is VerdictLabel.NOT_CHECKABLE
    cell = Text(clean_line(checked.claim.text), style=_GREY if grey else "")
    if checked.claim.attribution:
        cell.append(f"\naccording to {clean_line(checked.claim.attribution)}", style=_GREY)
    state = reviews.get(checked.claim.id)
    if told := describe_wording(checked.claim, state):
        cell.append(f"\n{told}", style=_GREY)
    if state is not None and (told := describe_review(state, with_sources=False)):
        cell.append(f"\n» {told}", style="cyan")
    return cell


def _evidence_cell(checked: CheckedClaim, state: ReviewState | None, max_quote: int) -> Group:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    reason = clean_line(checked.verdict.reason)
    if checked.verdict.label is VerdictLabel.NOT_CHECKABLE:
        return Group(Text(reason, style=_GREY), *_by_hand(state, max_quote))
    lines: list[Text | Padding] = [Text(reason), *_by_hand(state, max_quote)]
    chosen = select_evidence(checked)
    if checked.verdict.label is VerdictLabel.NOT_ENOUGH_INFO:
        # What decides nothing is shown small: the nearest passage, so that a reader sees what was looked at.
        for evidence in chosen:
            nearest = f"nearest: “{shorten(evidence.quote, _NEAREST_CHARACTERS)}” {describe_source(evidence)}"
            lines.append(Text(nearest, style=_GREY))
        return Group(*lines)
    for evidence in chosen:
        lines.append(_quote(evidence, max(80, max_quote // len(chosen))))
        lines.append(Padding(Text(describe_source(evidence), style=_GREY), (0, 0, 0, 2)))
        deciding = describe_deciding(checked, evidence)
        if deciding and deciding not in reason:
            lines.append(Padding(Text(deciding), (0, 0, 0, 2)))
    more = len(checked.evidence) - len(chosen)
    if more > 0:
        lines.append(Text(f"+ {more} more", style=_GREY))
    return Group(*lines)


def _by_hand(state: ReviewState | None, max_quote: int) -> list[Text | Padding]:
    from rich.padding import Padding
    from rich.text import Text

    lines: list[Text | Padding] = []
    for found in state.evidence if state is not None else ():
        text = Text().append(f"{STANCE_WORDS[found.stance]}, added by hand: ", style=_STANCE_STYLES[found.stance])
        lines.append(text.append(f"“{shorten(found.quote, max(80, max_quote))}”", style="italic"))
        lines.append(Padding(Text(describe_hand_source(found), style=_GREY), (0, 0, 0, 2)))
    return lines


def _quote(evidence: Evidence, max_quote: int) -> Text:
    from rich.text import Text

    label = evidence.stance.label
    decided = evidence.stance.rationale.text if evidence.stance.rationale else ""
    text = Text().append(f"{STANCE_WORDS[label]}: ", style=_STANCE_STYLES[label])
    return text.append(f"“{shorten(evidence.quote, max_quote, around=decided)}”", style="italic")
