"""The review as a full screen (textual): the claim's card, a progress line, keys at the foot.

Imported only when a terminal can show it; everything it does goes through :class:`ReviewSession`, as the plain review.
"""

from __future__ import annotations

from typing import ClassVar

from rich.console import Group
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Label, ProgressBar, Static

from factcheck.errors import BadData, FactcheckError
from factcheck.report.clean import clean_line
from factcheck.report.view import ACTION_WORDS, SYMBOLS, WORDS
from factcheck.review.card import render_card
from factcheck.review.session import ReviewSession
from factcheck.types import CheckedClaim, HandEvidence, ReviewAction, StanceLabel, VerdictLabel

VERDICT_KEYS = {
    "s": VerdictLabel.SUPPORTED,
    "r": VerdictLabel.REFUTED,
    "c": VerdictLabel.CONFLICTING,
    "n": VerdictLabel.NOT_ENOUGH_INFO,
    "x": VerdictLabel.NOT_CHECKABLE,
}
_STANCE_WORDS = {"s": StanceLabel.SUPPORTS, "r": StanceLabel.REFUTES}


class VerdictChoice(ModalScreen[VerdictLabel | None]):
    """Ask which verdict is right; one key answers, escape answers none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"choose('{key}')", WORDS[label]) for key, label in VERDICT_KEYS.items()),
        Binding("escape", "choose('')", "none of them"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        choices = "\n".join(f"{key}   {SYMBOLS[label]} {WORDS[label]}" for key, label in VERDICT_KEYS.items())
        with Vertical(classes="box"):
            yield Label("Which verdict is right?")
            yield Static(choices, markup=False)
            yield Footer(show_command_palette=False)

    def action_choose(self, key: str) -> None:
        """Answer with the verdict of ``key``."""
        self.dismiss(VERDICT_KEYS.get(key))


class Entry(ModalScreen[tuple[str, ...] | None]):
    """Ask for one line or several; enter goes on and at the last one answers, escape answers nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "leave it")]

    def __init__(self, questions: tuple[str, ...], *, start: str = "") -> None:
        super().__init__()
        self._questions = questions
        self._start = start

    def compose(self) -> ComposeResult:
        """Lay out a line for each question."""
        with Vertical(classes="box"):
            for number, question in enumerate(self._questions):
                yield Label(question, markup=False)
                yield Input(self._start if number == 0 else "", id=f"line{number}", max_length=20_000)
            yield Footer(show_command_palette=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next line, or answer with all of them."""
        number = int((event.input.id or "line0").removeprefix("line"))
        if number + 1 < len(self._questions):
            self.set_focus(self.query_one(f"#line{number + 1}", Input))  # at once, so that keys typed ahead go there
        else:
            self.dismiss(tuple(clean_line(line.value) for line in self.query(Input)))

    def action_cancel(self) -> None:
        """Answer nothing."""
        self.dismiss(None)


class ReviewApp(App[None]):
    """One sitting. ``failure`` is what ended it when a decision could not be recorded."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #title { text-style: bold; padding: 0 1; }
    #progress { padding: 0 1; }
    #card { padding: 0 1; height: 1fr; }
    #message { padding: 0 1; height: auto; min-height: 1; }
    ModalScreen { align: center middle; }
    .box { width: 80%; height: auto; max-height: 90%; border: round $foreground; padding: 1 2;
           background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "settle('accept')", "accept"),
        Binding("o", "override", "override"),
        Binding("x", "settle('not_a_claim')", "not a claim"),
        Binding("w", "settle('needs_source')", "wants a source"),
        Binding("e", "edit", "reword"),
        Binding("v", "evidence", "evidence"),
        Binding("n", "note", "note"),
        Binding("s", "settle('skip')", "skip"),
        Binding("u", "undo", "undo"),
        Binding("q,ctrl+c,ctrl+d", "quit", "quit", key_display="q", priority=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, session: ReviewSession) -> None:
        super().__init__(ansi_color=True)
        self.failure: FactcheckError | None = None
        self._session = session
        self._current: CheckedClaim | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, progress, card, message and keys."""
        article = self._session.report.article
        name = clean_line(article.title or article.path)
        yield Static(f"Reviewing “{name}” as {clean_line(self._session.reviewer)}", id="title", markup=False)
        with Vertical(id="progress"):
            yield Static("", id="place", markup=False)
            yield ProgressBar(total=max(1, self._session.total), show_eta=False)
        with VerticalScroll(id="card"):
            yield Static("", id="claim", markup=False)
        yield Static("", id="message", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first claim."""
        self.query_one("#progress").styles.height = 2
        self._show("")

    def action_settle(self, name: str) -> None:
        """Record an act that needs nothing more."""
        self._record(ReviewAction(name))

    def action_override(self) -> None:
        """Ask for the verdict and record it."""

        def take(verdict: VerdictLabel | None) -> None:
            if verdict is None:
                self._say("not overridden")
            else:
                self._record(ReviewAction.OVERRIDE, verdict=verdict, told=f"overridden: {WORDS[verdict]}")

        self.push_screen(VerdictChoice(), take)

    def action_note(self) -> None:
        """Ask for a note and record it."""
        self._write(ReviewAction.NOTE, "Note", "")

    def action_edit(self) -> None:
        """Ask for other words for the claim and record them."""
        if self._current is not None:
            self._write(ReviewAction.EDIT, "The claim in other words", clean_line(self._current.claim.text))

    def action_evidence(self) -> None:
        """Ask for a source found by hand and record it."""

        def take(lines: tuple[str, ...] | None) -> None:
            if not lines or not lines[0]:
                self._say("no evidence added")
                return
            quote, title, url, published, stance = lines
            found = HandEvidence(
                quote,
                title or "untitled",
                url or None,
                published or None,
                _STANCE_WORDS.get(stance[:1].lower(), StanceLabel.NEUTRAL),
            )
            self._record(ReviewAction.EVIDENCE, evidence=found)

        questions = (
            "What the source says, in its words",
            "Title of the source",
            "Web address (may be empty)",
            "Published, such as 2024-11 (may be empty)",
            "It supports (s), refutes (r) or neither (empty)",
        )
        self.push_screen(Entry(questions), take)

    def action_undo(self) -> None:
        """Take back one's last act on the article."""
        try:
            undone = self._session.undo()
        except FactcheckError as error:
            self._fail(error)
            return
        self._show("there is nothing of yours to take back on this article" if undone is None else "taken back")

    def action_scroll(self, lines: int) -> None:
        """Move the card."""
        self.query_one("#card", VerticalScroll).scroll_relative(y=lines, animate=False)

    def _write(self, action: ReviewAction, question: str, start: str) -> None:
        def take(lines: tuple[str, ...] | None) -> None:
            if lines and lines[0]:
                self._record(action, text=lines[0])
            else:
                self._say("nothing written")

        self.push_screen(Entry((question,), start=start), take)

    def _record(
        self,
        action: ReviewAction,
        *,
        verdict: VerdictLabel | None = None,
        text: str | None = None,
        evidence: HandEvidence | None = None,
        told: str = "",
    ) -> None:
        if self._current is None:
            return
        try:
            self._session.act(self._current, action, verdict=verdict, text=text, evidence=evidence)
        except BadData as error:
            self._say(str(error))
        except FactcheckError as error:
            self._fail(error)
        else:
            self._show(told or ACTION_WORDS[action])

    def _fail(self, error: FactcheckError) -> None:
        self.failure = error
        self.exit()

    def _say(self, message: str) -> None:
        self.query_one("#message", Static).update(f"→ {message}" if message else "")

    def _show(self, message: str) -> None:
        """Show the claim that is due, or end where none is left."""
        session = self._session
        self._current = session.current()
        if self._current is None:
            self.exit()
            return
        remaining = len(session.open_claims())
        place = f"claim {session.number(self._current)} of {session.total}"
        self.query_one("#place", Static).update(f"{place} · {session.total - remaining} decided, {remaining} open")
        self.query_one(ProgressBar).update(progress=session.total - remaining)
        state = session.states().get(self._current.claim.id)
        self.query_one("#claim", Static).update(Group(*render_card(session.report.article, self._current, state)))
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self._say(message)
