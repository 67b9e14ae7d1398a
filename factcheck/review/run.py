"""The review in the terminal: one claim at a time, single keys, plain lines that scroll and can be read aloud."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from factcheck.ledger import Ledger
from factcheck.report.clean import clean_line
from factcheck.report.view import ACTION_WORDS, SYMBOLS, WORDS
from factcheck.review.card import render_card
from factcheck.review.keys import Keys, open_keys
from factcheck.review.session import ReviewSession, ReviewSummary
from factcheck.types import CheckedClaim, HandEvidence, Report, ReviewAction, StanceLabel, VerdictLabel

if TYPE_CHECKING:
    from rich.console import Console

_PROMPT = (
    "[a]ccept  [o]verride  [x] not a claim  [w]ants a source  "
    "[e]dit  e[v]idence  [n]ote  [s]kip  [u]ndo  [q]uit  [?] help"
)
_HELP = """a  the verdict is right
o  another verdict is right; asks which
x  this is not a claim that anyone need check
w  it needs a source before it can be printed
e  put the claim into other words
v  add a source that you found yourself
n  write a note; the claim stays open
s  leave it for later
u  take back your last act on this article
q  stop here; everything so far is kept"""
_DIRECT = {
    "a": ReviewAction.ACCEPT,
    "x": ReviewAction.NOT_A_CLAIM,
    "w": ReviewAction.NEEDS_SOURCE,
    "s": ReviewAction.SKIP,
}
_VERDICTS = {
    "s": VerdictLabel.SUPPORTED,
    "r": VerdictLabel.REFUTED,
    "c": VerdictLabel.CONFLICTING,
    "n": VerdictLabel.NOT_ENOUGH_INFO,
    "x": VerdictLabel.NOT_CHECKABLE,
}
_STANCES = {"s": StanceLabel.SUPPORTS, "r": StanceLabel.REFUTES, "n": StanceLabel.NEUTRAL}


def run_review(
    report: Report,
    ledger: Ledger,
    *,
    reviewer: str | None = None,
    everything: bool = False,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    width: int | None = None,
    plain: bool = False,
) -> ReviewSummary:
    """Show the claims to decide one by one and record what the reviewer decides, until none is left or they quit.

    On a terminal the claims fill the screen; with ``plain`` (or ``FACTCHECK_PLAIN`` set), through a pipe and on a dumb
    terminal they are lines that scroll, which a screen reader can follow. Flagged claims alone unless ``everything``;
    claims decided in an earlier sitting are not shown again unless their verdict has changed. The end of the input and
    Ctrl-C stop like quitting: what was decided is in the ledger.

    :raises BadLedger: when a decision cannot be recorded; earlier ones are kept.
    """
    from rich.console import Console

    console = Console(
        file=stdout if stdout is not None else sys.stdout, width=width, highlight=False, markup=False, emoji=False
    )
    ledger.record_report(report)
    session = ReviewSession(report, ledger, reviewer=reviewer, everything=everything)
    if session.total and not plain and stdin is None and stdout is None and _can_fill_screen():
        _fill_screen(session)
    else:
        try:
            _Sitting(session, console, open_keys(stdin)).run()
        except KeyboardInterrupt:
            console.print()
    summary = session.summarise()
    console.print(describe_summary(summary))
    return summary


def _can_fill_screen() -> bool:
    if os.environ.get("FACTCHECK_PLAIN") or os.environ.get("TERM", "dumb") in ("dumb", ""):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def _fill_screen(session: ReviewSession) -> None:
    from factcheck.review.screen import ReviewApp

    app = ReviewApp(session)
    app.run()
    if app.failure is not None:
        raise app.failure


def describe_summary(summary: ReviewSummary) -> str:
    """Return the outcome of a sitting on one line."""
    acts = ", ".join(f"{count} {ACTION_WORDS[action]}" for action, count in summary.acts) or "nothing decided"
    left = "none left" if summary.remaining == 0 else f"{summary.remaining} left; run the review again to go on"
    return f"{acts}; {left}"


class _Sitting:
    """The loop of cards and keys."""

    def __init__(self, session: ReviewSession, console: Console, keys: Keys) -> None:
        self._session = session
        self._console = console
        self._keys = keys

    def run(self) -> None:
        """Go on until nothing is left to decide or the reviewer stops."""
        session = self._session
        if session.total == 0:
            self._say("no claim is flagged")
            return
        title = clean_line(session.report.article.title or session.report.article.path)
        self._say(f"Reviewing “{title}” as {clean_line(session.reviewer)}")
        shown: tuple[str, int] | None = None
        acts = 0
        while (checked := session.current()) is not None:
            if shown != (checked.claim.id, acts):
                self._show(checked)
                shown = (checked.claim.id, acts)
            key = self._keys.read_key()
            if key is None or key in "qQ":
                return
            if self._press(key.lower(), checked):
                acts += 1
        self._say("Every claim in the queue has been seen.")

    def _show(self, checked: CheckedClaim) -> None:
        session = self._session
        remaining = len(session.open_claims())
        done = session.total - remaining
        self._console.rule(f"claim {session.number(checked)} of {session.total} · {done} decided, {remaining} open")
        for part in render_card(session.report.article, checked, session.states().get(checked.claim.id)):
            self._console.print(part)
        self._console.print()
        self._say(_PROMPT)

    def _press(self, key: str, checked: CheckedClaim) -> bool:
        """Do what a key asks; return whether the card is to be shown again."""
        if key in _DIRECT:
            self._session.act(checked, _DIRECT[key])
            self._say(f"→ {ACTION_WORDS[_DIRECT[key]]}")
            return True
        asking = {"o": self._override, "e": self._edit, "n": self._note, "v": self._add_evidence}
        if key in asking:
            return asking[key](checked)
        if key == "u":
            return self._undo()
        self._say(_HELP if key in "?h" else _PROMPT)
        return False

    def _override(self, checked: CheckedClaim) -> bool:
        choices = "  ".join(f"[{key}] {SYMBOLS[label]} {WORDS[label]}" for key, label in _VERDICTS.items())
        self._say(f"Which verdict is right?  {choices}  any other key: none")
        verdict = _VERDICTS.get((self._keys.read_key() or "").lower())
        if verdict is None:
            self._say("→ not overridden")
            return False
        self._session.act(checked, ReviewAction.OVERRIDE, verdict=verdict)
        self._say(f"→ overridden: {WORDS[verdict]}")
        return True

    def _edit(self, checked: CheckedClaim) -> bool:
        return self._write(checked, ReviewAction.EDIT, "The claim in other words (empty: leave it)")

    def _note(self, checked: CheckedClaim) -> bool:
        return self._write(checked, ReviewAction.NOTE, "Note (empty: none)")

    def _write(self, checked: CheckedClaim, action: ReviewAction, question: str) -> bool:
        text = self._ask(question)
        if not text:
            self._say("→ nothing written")
            return False
        self._session.act(checked, action, text=text)
        self._say(f"→ {ACTION_WORDS[action]}")
        return True

    def _add_evidence(self, checked: CheckedClaim) -> bool:
        quote = self._ask("What does the source say, in its words (empty: none)")
        if not quote:
            self._say("→ no evidence added")
            return False
        title = self._ask("Title of the source") or "untitled"
        url = self._ask("Web address (empty: none)")
        published = self._ask("Published, such as 2024-11 (empty: not known)")
        self._say("It  [s] supports  [r] refutes  the claim  (any other key: neither)")
        stance = _STANCES.get((self._keys.read_key() or "").lower(), StanceLabel.NEUTRAL)
        found = HandEvidence(quote, title, url or None, published or None, stance)
        self._session.act(checked, ReviewAction.EVIDENCE, evidence=found)
        self._say(f"→ {ACTION_WORDS[ReviewAction.EVIDENCE]}")
        return True

    def _undo(self) -> bool:
        if self._session.undo() is None:
            self._say("→ there is nothing of yours to take back on this article")
            return False
        self._say("→ taken back")
        return True

    def _ask(self, question: str) -> str:
        self._console.print(f"{question}: ", end="")
        self._console.file.flush()
        return clean_line(self._keys.read_line() or "")

    def _say(self, text: str) -> None:
        self._console.print(text)
