"""Gaps of a report and changes of a recheck as text for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.gaps import Wish
from factcheck.recheck import Change, Recheck
from factcheck.report.clean import clean_line
from factcheck.report.view import WORDS


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
    lines = [summarise_recheck(outcome)]
    for change in outcome.changes:
        lines.append(f"{WORDS[change.before.label]} → {WORDS[change.after.label]}: {clean_line(change.claim)}")
        lines.append(f"  {clean_line(change.after.reason)}")
        lines += [f"  {cause}" for cause in explain_change(change)]
    return "\n".join(lines) + "\n"


def summarise_recheck(outcome: Recheck) -> str:
    """Return on one line how many claims were judged again and how many verdicts changed."""
    told = f"{outcome.touched} of {len(outcome.report.claims)} claims were judged again"
    if outcome.reworded:
        told += f", {outcome.reworded} of them in the words of a review"
    count = len(outcome.changes)
    return f"{told}; {count} verdict{'' if count == 1 else 's'} changed"


def explain_change(change: Change) -> list[str]:
    """Return what brought a change about: new words, new documents, documents that are found no more."""
    causes = ["judged in the words of its last review"] if change.reworded else []
    if change.new_sources:
        causes.append(f"new: {clean_line('; '.join(change.new_sources))}")
    if change.lost_sources:
        causes.append(f"no longer among the nearest: {clean_line('; '.join(change.lost_sources))}")
    return causes
