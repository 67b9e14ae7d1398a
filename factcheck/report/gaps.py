"""Gaps of a report and changes of a recheck as text for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.gaps import Wish
from factcheck.recheck import Recheck
from factcheck.report.clean import clean_line


def render_wishes(wishes: Sequence[Wish]) -> str:
    """Return the documents worth adding, the most useful first, with the claims that each could decide."""
    if not wishes:
        return "every checkable claim is decided; no document is missing\n"
    lines = []
    for number, wish in enumerate(wishes, 1):
        count = len(wish.gaps)
        lines.append(f"{number}. {clean_line(wish.subject)}: {count} claim{'s' if count > 1 else ''}")
        lines.append(f"   search for: {clean_line(wish.query)}")
        for gap in wish.gaps:
            looked = [*gap.figures, *([gap.time] if gap.time else [])]
            tail = f" (looked for {clean_line(', '.join(looked))})" if looked else ""
            lines.append(f"   - {clean_line(gap.claim)}{tail}")
    return "\n".join(lines) + "\n"


def render_recheck(outcome: Recheck) -> str:
    """Return which verdicts changed, from what to what, and why."""
    total = sum(c.claim.checkable for c in outcome.report.claims)
    lines = [
        f"{outcome.touched} of {total} checkable claims were judged again, {len(outcome.changes)} verdicts changed"
    ]
    for change in outcome.changes:
        lines.append(f"{change.before.label.value} → {change.after.label.value}: {clean_line(change.claim)}")
        lines.append(f"  {clean_line(change.after.reason)}")
        if change.new_sources:
            lines.append(f"  new: {clean_line('; '.join(change.new_sources))}")
    return "\n".join(lines) + "\n"
