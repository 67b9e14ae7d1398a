"""A claim as the reviewer sees it: in its sentence, with verdict, evidence and the deciding words marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.report.clean import clean_line, clean_text
from factcheck.report.marks import Role, mark_context, mark_quote
from factcheck.report.table import STYLES
from factcheck.report.view import (
    STANCE_WORDS,
    SYMBOLS,
    WORDS,
    describe_hand_source,
    describe_looked_for,
    describe_review,
    describe_source,
    describe_wording,
    order_evidence,
)
from factcheck.types import (
    Article,
    CheckedClaim,
    Evidence,
    HandEvidence,
    Place,
    Relation,
    ReviewState,
    StanceLabel,
    VerdictLabel,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

RELATION_SYMBOLS = {Relation.MATCH: "✔", Relation.CONFLICT: "✘", Relation.INCOMPARABLE: "·"}
_RELATION_STYLES = {Relation.MATCH: "green", Relation.CONFLICT: "bold red", Relation.INCOMPARABLE: "bright_black"}
_STANCE_STYLES = {StanceLabel.SUPPORTS: "green", StanceLabel.REFUTES: "red", StanceLabel.NEUTRAL: "bright_black"}
# Both colours are set, since a terminal's own background may be dark or light; white stands out 6:1 on either.
ROLE_STYLES = {
    Role.DECIDES: "underline",
    Role.MATCH: "bold #ffffff on #0b6b43",
    Role.CONFLICT: "bold #ffffff on #a81d17",
}
_LINE_BREAK = re.compile(r"\s*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n+")
_CONTEXT_CHARACTERS = 300
_SHOWN_EVIDENCE = 3


def locate_sentence(text: str, place: Place) -> tuple[int, int]:
    """Return start and end of the sentence, within its line, that the quoted stretch stands in.

    At most 300 characters are taken on either side of the stretch; the stretch itself is never cut.
    """
    before = text[max(0, place.start - _CONTEXT_CHARACTERS) : place.start]
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    start = place.start - len(before) + (ends[-1] if ends else 0)
    after = text[place.end : place.end + _CONTEXT_CHARACTERS]
    if place.end > place.start and text[place.end - 1 : place.end] in ".!?…":
        return start, place.end
    found = _SENTENCE_END.search(after)
    return start, place.end + (found.end() if found else len(after))


def mark_claim(article: Article, place: Place) -> tuple[str, str, str]:
    """Return the sentence in three parts: before the quoted stretch, the stretch, after it, each cleaned.

    Where the text is not at hand or does not hold the quote, the quote stands alone.
    """
    if article.text[place.start : place.end] != place.quote:
        return "", clean_text(place.quote), ""
    start, end = locate_sentence(article.text, place)
    parts = article.text[start : place.start], place.quote, article.text[place.end : end]
    before, quote, after = (re.sub(r"\s+", " ", clean_text(part)) for part in parts)
    return before.lstrip(), quote, after.rstrip()


def render_card(article: Article, checked: CheckedClaim, state: ReviewState | None) -> list[RenderableType]:
    """Return what rich shows for a claim, top to bottom."""
    from rich.padding import Padding
    from rich.text import Text

    verdict = checked.verdict
    before, quote, after = mark_claim(article, checked.claim.source)
    sentence = Text()
    sentence.append(before, style="bright_black").append(f"▶{quote}◀", style="bold underline").append(
        after, style="bright_black"
    )
    head = Text(f"{SYMBOLS[verdict.label]} {WORDS[verdict.label]}", style=STYLES[verdict.label])
    head.append(f"  {verdict.confidence:.0%}", style="not bold")
    flags = ", ".join(flag.value.replace("_", " ") for flag in verdict.flags)
    if flags:
        head.append(f"  {flags}", style="not bold bright_black")
    shown: list[RenderableType] = []
    if checked.claim.source.section:
        shown.append(Text(clean_line(checked.claim.source.section), style="bright_black"))
    shown += [Padding(sentence, (0, 2)), Text("")]
    shown.append(Text("Claim: ", style="bold").append(clean_line(checked.claim.text), style="not bold"))
    if checked.claim.attribution:
        shown.append(Text(f"according to {clean_line(checked.claim.attribution)}", style="bright_black"))
    shown += [head, Text(clean_line(verdict.reason))]
    looked_for, query = describe_looked_for(checked)
    if query:
        told = f"looked for: {looked_for} · " if looked_for else ""
        shown.append(Text(f"{told}search for: {query}", style="bright_black"))
    if told := describe_wording(checked.claim, state):
        shown.append(Text(told, style="cyan"))
    for found in state.evidence if state is not None else ():
        shown += [Text(""), *_render_by_hand(found)]
    for evidence in order_evidence(checked)[:_SHOWN_EVIDENCE]:
        shown += [Text(""), *_render_evidence(evidence)]
    if not checked.evidence and verdict.label is not VerdictLabel.NOT_CHECKABLE:
        shown.append(Text("no passage of the corpus speaks of it", style="bright_black"))
    more = len(checked.evidence) - _SHOWN_EVIDENCE
    if more > 0:
        shown.append(Text(f"+ {more} more", style="bright_black"))
    if state is not None:
        shown += _render_state(state)
    return shown


def _render_evidence(evidence: Evidence) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    label = evidence.stance.label
    strength = max(evidence.stance.p_supports, evidence.stance.p_refutes)
    head = Text(f"{STANCE_WORDS[label]} ({strength:.0%}): ", style=_STANCE_STYLES[label])
    lines: list[RenderableType] = [head.append(describe_source(evidence), style="bright_black")]
    lines.append(Padding(_marked_quote(evidence), (0, 2)))
    for finding in evidence.findings:
        text = f"{RELATION_SYMBOLS[finding.relation]} {clean_line(finding.note)}"
        lines.append(Padding(Text(text, style=_RELATION_STYLES[finding.relation]), (0, 4)))
    return lines


def _render_by_hand(found: HandEvidence) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    head = Text(f"{STANCE_WORDS[found.stance]}, added by hand: ", style=_STANCE_STYLES[found.stance])
    quote = _LINE_BREAK.sub(" ", clean_text(found.quote))
    return [head.append(describe_hand_source(found), style="bright_black"), Padding(Text(f"“{quote}”"), (0, 2))]


def _marked_quote(evidence: Evidence) -> Text:
    from rich.text import Text

    before, after = mark_context(evidence)
    text = Text()
    for parts, style, opening, closing in (
        (before, "bright_black", "", " "),
        (mark_quote(evidence), "italic", "“", "”"),
        (after, "bright_black", " ", ""),
    ):
        text.append(opening if parts else "", style=style)
        for part in parts:
            marked = " ".join([style, *(ROLE_STYLES[role] for role in part.roles)])
            text.append(_LINE_BREAK.sub(" ", clean_text(part.text)), style=marked)
        text.append(closing if parts else "", style=style)
    return text


def _render_state(state: ReviewState) -> list[RenderableType]:
    from rich.text import Text

    told = describe_review(state, with_sources=False)
    if not told:
        return []
    seen = [Text(f"Seen before; {clean_line(state.changed)}", style="bold cyan")] if state.changed else []
    return [Text(""), *seen, Text(f"» {told}", style="cyan")]
