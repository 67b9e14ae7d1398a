"""The claims of an article alone, not judged, as a table for a reader."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from factcheck.report.clean import clean_line
from factcheck.types import Claim


def render_claims(claims: Sequence[Claim], *, width: int, colour: bool, explain: bool) -> str:
    """Return a table of claims in the order given: kind, worth of checking, text; greyed where not checkable.

    ``explain`` adds the rules that made each claim, what was resolved to what, and the stretch it was taken from.
    """
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Kind", no_wrap=True)
    table.add_column("Worth", justify="right", no_wrap=True)
    table.add_column("Claim", ratio=1)
    for number, claim in enumerate(claims, 1):
        text = Text(clean_line(claim.text), style="" if claim.checkable else "dim")
        if claim.attribution:
            text.append(f"  [says {clean_line(claim.attribution)}]", style="italic")
        if explain:
            text.append(explain_claim(claim), style="dim")
        table.add_row(str(number), claim.kind.value, f"{claim.check_worthiness:.2f}", text)
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False)
    console.print(table)
    checkable = sum(c.checkable for c in claims)
    console.print(f"{len(claims)} claims, {checkable} of them checkable")
    return out.getvalue()


def explain_claim(claim: Claim) -> str:
    """Return the lines that tell how a claim came about, each starting on a new line."""
    lines = [f"from “{clean_line(claim.source.quote)}”"]
    if claim.also_at:
        lines.append(f"also said {len(claim.also_at)} more time{'s' if len(claim.also_at) > 1 else ''}")
    if claim.rules:
        lines.append(f"by {', then '.join(claim.rules)}")
    lines += [f"“{clean_line(r.before)}” read as “{clean_line(r.after)}” ({r.rule})" for r in claim.resolutions]
    lines += [f"“{clean_line(word)}” is not resolved" for word in claim.unresolved]
    return "".join(f"\n  {line}" for line in lines)
