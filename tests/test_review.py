"""The review in a real pseudo-terminal, through a pipe, and its queue without either."""

import io
import sys
import time
from dataclasses import replace
from pathlib import Path

import pexpect
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from sample_report import make_article, make_hostile_report, make_report

from factcheck.ledger import Ledger, make_event
from factcheck.report.marks import Role
from factcheck.review import ReviewSession, run_review
from factcheck.review.card import ROLE_STYLES, locate_sentence, mark_claim, render_card
from factcheck.review.run import describe_summary
from factcheck.review.session import order_queue
from factcheck.types import (
    Place,
    Report,
    ReviewAction,
    StanceLabel,
    VerdictLabel,
)

REPORT = make_report()
QUEUE = [REPORT.claims[index].claim.id for index in (1, 4, 2, 3)]
BY_ID = {checked.claim.id: checked for checked in REPORT.claims}

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from sample_report import make_report
from factcheck.ledger import Ledger
from factcheck.review import run_review
with Ledger.open(Path({path!r})) as ledger:
    run_review(make_report(), ledger, reviewer="ada")
print("STOPPED")
"""


class Terminal:
    """A program on a pseudo-terminal of 100 by 40, and the screen that a person would see."""

    def __init__(self, code, *, plain) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", code],
            encoding="utf-8",
            dimensions=(40, 100),
            timeout=20,
            env={
                "PATH": "/usr/bin:/bin",
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "PYTHONUTF8": "1",
                "FACTCHECK_PLAIN": "1" if plain else "",
            },
        )
        self.screen = pyte.HistoryScreen(100, 40, history=1000)
        self._stream = pyte.Stream(self.screen)

    def expect(self, text):
        self.child.expect_exact(text)
        self._stream.feed(self.child.before + self.child.after)

    def wait_for(self, *texts: str):
        """Read until one of ``texts`` stands somewhere on the screen."""
        end = time.monotonic() + 20
        while not any(text in self.shown() for text in texts):
            assert time.monotonic() < end, self.shown()
            try:
                self._stream.feed(self.child.read_nonblocking(65536, 0.1))
            except pexpect.TIMEOUT:
                continue

    def settle(self):
        """Read until the screen has been still for a third of a second."""
        still = time.monotonic() + 0.33
        while time.monotonic() < still:
            try:
                self._stream.feed(self.child.read_nonblocking(65536, 0.05))
                still = time.monotonic() + 0.33
            except pexpect.TIMEOUT:
                continue

    def shown(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, keys):
        self.child.send(keys)

    def close(self):
        self.child.expect(pexpect.EOF)
        self._stream.feed(self.child.before)
        self.child.close()
        return self.child.exitstatus


def program(tmp_path):
    return PROGRAM.format(tests=str(Path(__file__).parent), path=str(tmp_path / "ledger.db"))


@pytest.fixture
def terminal(tmp_path):
    return lambda: Terminal(program(tmp_path), plain=True)


@pytest.fixture
def full_screen(tmp_path):
    return lambda: Terminal(program(tmp_path), plain=False)


def read_states(tmp_path):
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        return ledger.states(REPORT), [entry.action for entry in reversed(ledger.log())]


def test_a_whole_review_by_single_keys(terminal, tmp_path):
    screen = terminal()
    screen.expect("claim 1 of 4")
    screen.expect("[q]uit")
    screen.send("a")
    screen.expect("claim 2 of 4")
    screen.send("o")
    screen.expect("Which verdict is right?")
    screen.send("s")
    screen.expect("overridden: supported")
    screen.expect("claim 3 of 4")
    screen.send("n")
    screen.expect("Note (empty: none): ")
    screen.send("rang the pört\n")
    screen.expect("» note: rang the pört")
    screen.send("x")
    screen.expect("claim 4 of 4")
    screen.send("w")
    screen.expect("none left")
    screen.expect("STOPPED")
    assert screen.close() == 0
    states, actions = read_states(tmp_path)
    assert [states[claim_id].action for claim_id in QUEUE] == [
        ReviewAction.ACCEPT,
        ReviewAction.OVERRIDE,
        ReviewAction.NOT_A_CLAIM,
        ReviewAction.NEEDS_SOURCE,
    ]
    assert states[QUEUE[1]].verdict is VerdictLabel.SUPPORTED
    assert states[QUEUE[2]].notes == ("rang the pört",)
    assert len(actions) == 5


def test_it_goes_on_where_one_left_off(terminal, tmp_path):
    first = terminal()
    first.expect("claim 1 of 4")
    first.send("as")
    first.expect("claim 3 of 4")
    first.send("q")
    first.expect("3 left; run the review again")
    first.expect("STOPPED")
    first.close()
    second = terminal()
    second.expect("claim 2 of 4 · 1 decided, 3 open")
    second.send("u")
    second.expect("taken back")
    second.send("u")
    second.expect("claim 1 of 4 · 0 decided, 4 open")
    second.send("q")
    second.expect("4 left")
    second.close()
    assert read_states(tmp_path)[0] == {}


def test_an_interrupt_keeps_what_was_decided_and_the_terminal_as_it_was(terminal, tmp_path):
    screen = terminal()
    screen.expect("[q]uit")
    screen.send("a")
    screen.expect("claim 2 of 4")
    screen.send("\x03")
    screen.expect("3 left")
    screen.expect("STOPPED")
    assert screen.close() == 0
    assert list(read_states(tmp_path)[0]) == [QUEUE[0]]


def test_a_killed_review_keeps_every_key_that_was_answered(terminal, tmp_path):
    screen = terminal()
    screen.expect("claim 1 of 4")
    screen.send("a")
    screen.expect("→ accepted")
    screen.child.kill(9)
    screen.child.wait()
    assert read_states(tmp_path)[1] == [ReviewAction.ACCEPT]


def test_keys_that_mean_nothing_change_nothing(terminal, tmp_path):
    screen = terminal()
    screen.expect("[q]uit")
    screen.send("\x1b[A")
    screen.send("Zé")
    screen.send("?")
    screen.expect("the verdict is right")
    screen.send("oz")
    screen.expect("not overridden")
    screen.send("n\n")
    screen.expect("nothing written")
    screen.send("\x04")
    screen.expect("nothing decided; 4 left")
    screen.close()
    assert read_states(tmp_path)[1] == []


def test_evidence_by_hand(terminal, tmp_path):
    screen = terminal()
    screen.expect("[q]uit")
    screen.send("v")
    screen.expect("in its words")
    screen.send("Brack is busier.\nA letter\nhttps://a.example/1\n2025-04\n")
    screen.expect("It  [s] supports")
    screen.send("r")
    screen.expect("refutes, added by hand: ")
    screen.expect("A letter (2025-04)")
    screen.expect("“Brack is busier.”")
    screen.send("q")
    screen.close()
    (found,) = read_states(tmp_path)[0][QUEUE[0]].evidence
    assert (found.quote, found.title, found.url, found.published) == (
        "Brack is busier.",
        "A letter",
        "https://a.example/1",
        "2025-04",
    )


def test_the_screen_shows_the_claim_in_its_sentence(terminal):
    screen = terminal()
    screen.expect("claim 1 of 4")
    screen.send("a")
    screen.expect("claim 2 of 4")
    screen.expect("[q]uit")
    shown = screen.shown()
    assert "Brack opened a second terminal in March 2021, and ▶it still runs nine cranes today◀." in shown
    assert "✘ refuted  81%  number mismatch, outdated" in shown
    assert "✘ 9 cranes ≠ 6 cranes" in shown
    assert "as of 2025-01, published 2025-02-03" in shown
    screen.send("q")
    screen.close()


@pytest.mark.screen
def test_a_whole_review_on_a_full_screen(full_screen, tmp_path):
    screen = full_screen()
    screen.wait_for("claim 1 of 4 · 0 decided, 4 open")
    screen.wait_for("✘ Brack 5.6 million > Aldmouth 4.1 million")
    screen.send("a")
    screen.wait_for("claim 2 of 4 · 1 decided, 3 open")
    screen.send("o")
    screen.wait_for("Which verdict is right?")
    screen.send("\x1b")
    screen.wait_for("→ not overridden")
    screen.send("o")
    screen.wait_for("Which verdict is right?")
    screen.send("s")
    screen.wait_for("→ overridden: supported")
    screen.send("n")
    screen.wait_for("Note")
    screen.send("rang the pört, asked\r")
    screen.wait_for("» note: rang the pört, asked")
    screen.send("x")
    screen.wait_for("claim 4 of 4 · 3 decided, 1 open")
    screen.send("u")
    screen.wait_for("claim 3 of 4 · 2 decided, 2 open")
    screen.send("w")
    screen.wait_for("claim 4 of 4 · 3 decided, 1 open")
    screen.send("a")
    screen.expect("none left")
    screen.expect("STOPPED")
    assert screen.close() == 0
    states, actions = read_states(tmp_path)
    assert [states[claim_id].action for claim_id in QUEUE] == [
        ReviewAction.ACCEPT,
        ReviewAction.OVERRIDE,
        ReviewAction.NEEDS_SOURCE,
        ReviewAction.ACCEPT,
    ]
    assert states[QUEUE[1]].verdict is VerdictLabel.SUPPORTED
    assert states[QUEUE[2]].notes == ("rang the pört, asked",)
    assert actions[-1] is ReviewAction.ACCEPT and len(actions) == 7


@pytest.mark.screen
def test_a_full_screen_goes_on_where_one_left_off_and_takes_evidence(full_screen, tmp_path):
    first = full_screen()
    first.wait_for("claim 1 of 4")
    first.send("s")
    first.wait_for("claim 2 of 4")
    first.send("a")
    first.wait_for("claim 3 of 4")
    first.child.kill(9)
    first.child.wait()
    second = full_screen()
    second.wait_for("claim 1 of 4 · 1 decided, 3 open")
    second.send("v")
    second.wait_for("What the source says")
    for line in ("Brack is busier.", "A letter", "", "2025-04", "r"):
        second.send(line)
        second.wait_for(line)
        second.send("\r")
        second.settle()
    second.wait_for("refutes, added by hand: A letter (2025-04)")
    second.send("q")
    second.expect("3 left")
    second.expect("STOPPED")
    assert second.close() == 0
    (found,) = read_states(tmp_path)[0][QUEUE[0]].evidence
    assert (found.title, found.url, found.published, found.stance) == ("A letter", None, "2025-04", StanceLabel.REFUTES)


@pytest.mark.screen
@pytest.mark.parametrize("key", ["\x03", "q"])
def test_a_full_screen_ends_at_once_and_loses_nothing(full_screen, tmp_path, key):
    screen = full_screen()
    screen.wait_for("claim 1 of 4")
    screen.send("a")
    screen.wait_for("claim 2 of 4")
    screen.send(key)
    screen.expect("3 left")
    screen.expect("STOPPED")
    assert screen.close() == 0
    assert list(read_states(tmp_path)[0]) == [QUEUE[0]]


@pytest.mark.screen
def test_a_ledger_that_fails_ends_the_full_screen_with_its_message(tmp_path):
    """The disk fills (a limit on the pages of the file fails the same way) while the screen is up."""
    code = program(tmp_path).replace(
        "    run_review",
        """    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger.record_report(make_report())
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    run_review""",
    )
    screen = Terminal(code, plain=False)
    screen.wait_for("claim 1 of 4")
    for number in range(200):
        screen.send("au"[number % 2])
        screen.wait_for(f"claim {2 - number % 2} of 4", "no room left on the disk")
        if "no room left on the disk" in screen.shown():
            break
    else:
        raise AssertionError("the ledger never filled")
    screen.child.expect(pexpect.EOF)
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        kept = ledger.log()
    acts = [ReviewAction.ACCEPT, ReviewAction.UNDO] * 100
    assert [entry.action for entry in reversed(kept)] == acts[: len(kept)] and len(kept) >= number


def run_piped(report, keys, ledger):
    out = io.StringIO()
    summary = run_review(report, ledger, reviewer="ada", stdin=io.StringIO(keys), stdout=out, width=100)
    return summary, out.getvalue()


def test_a_pipe_will_do_as_well():
    with Ledger.in_memory() as ledger:
        summary, shown = run_piped(REPORT, "a\no\ns\nn\na note\nq\n", ledger)
        assert (summary.decided, summary.remaining) == (2, 2)
        assert "1 accepted, 1 overridden, 1 note; 2 left" in shown
        assert "\x1b" not in shown
        again, shown = run_piped(REPORT, "", ledger)
        assert again.acts == () and "claim 3 of 4 · 2 decided, 2 open" in shown


def test_a_report_without_flags_ends_at_once():
    with Ledger.in_memory() as ledger:
        summary, shown = run_piped(Report(REPORT.article, REPORT.run, REPORT.claims[:1]), "a\n", ledger)
    assert summary.remaining == 0 and "no claim is flagged" in shown


def test_hostile_text_is_shown_and_not_obeyed():
    with Ledger.in_memory() as ledger:
        _, shown = run_piped(make_hostile_report(), "o\nr\n", ledger)
    assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown
    assert "[red]bold[/red]" in shown and "<script>" in shown


def test_the_queue_puts_the_worst_first():
    assert [checked.claim.id for checked in order_queue(REPORT.claims)] == QUEUE


def test_another_reviewers_decision_takes_a_claim_out_of_the_queue():
    with Ledger.in_memory() as ledger:
        mine, theirs = ReviewSession(REPORT, ledger, reviewer="ada"), ReviewSession(REPORT, ledger, reviewer="bo")
        theirs.act(BY_ID[QUEUE[0]], ReviewAction.ACCEPT)
        assert mine.current().claim.id == QUEUE[1]
        assert mine.undo() is None
        assert theirs.undo().claim.id == QUEUE[0]
        assert mine.current().claim.id == QUEUE[0]


def test_a_changed_verdict_is_back_in_the_queue_and_says_why():
    with Ledger.in_memory() as ledger:
        session = ReviewSession(REPORT, ledger, reviewer="ada")
        for claim_id in QUEUE:
            session.act(BY_ID[claim_id], ReviewAction.ACCEPT)
        assert session.current() is None
        verdict = replace(REPORT.claims[1].verdict, label=VerdictLabel.CONFLICTING)
        changed = replace(
            REPORT, claims=(REPORT.claims[0], replace(REPORT.claims[1], verdict=verdict), *REPORT.claims[2:])
        )
        summary, shown = run_piped(changed, "q\n", ledger)
    assert summary.remaining == 1
    assert "Seen before; the verdict was refuted and is now conflicting" in shown


def test_a_changed_verdict_that_is_not_flagged_is_back_in_the_queue_too():
    report = make_report()
    checked = report.claims[1]
    calm = replace(checked, verdict=replace(checked.verdict, label=VerdictLabel.SUPPORTED, flagged=False))
    later = replace(report, claims=(report.claims[0], calm, *report.claims[2:]))
    with Ledger.in_memory() as ledger:
        assert checked.claim.id not in [c.claim.id for c in ReviewSession(later, ledger).open_claims()]
        ledger.append(make_event(report, checked, ReviewAction.ACCEPT, reviewer="ada"))
        session = ReviewSession(later, ledger, reviewer="ada")
        assert checked.claim.id in [c.claim.id for c in session.open_claims()]
        session.act(calm, ReviewAction.ACCEPT)
        assert checked.claim.id not in [c.claim.id for c in session.open_claims()]


def test_the_summary_line_names_every_act():
    with Ledger.in_memory() as ledger:
        session = ReviewSession(REPORT, ledger, reviewer="ada")
        session.act(BY_ID[QUEUE[0]], ReviewAction.SKIP)
        session.act(BY_ID[QUEUE[1]], ReviewAction.ACCEPT)
        assert session.current().claim.id == QUEUE[2]
        line = describe_summary(session.summarise())
    assert line == "1 accepted, 1 skipped; 3 left; run the review again to go on"


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 100))
def test_the_sentence_always_holds_the_quote(text, at, length):
    start = min(at, len(text))
    end = min(start + length, len(text))
    found = locate_sentence(text, Place(start, end, text[start:end]))
    assert found[0] <= start and end <= found[1] <= len(text)


def test_a_sentence_ends_where_it_ends():
    text = "One. Two “is here.” And three.\nFour goes\non! Five"
    for quote, sentence in [
        ("is here", "Two “is here.” "),
        ("three", "And three.\n"),
        ("Five", "Five"),
        ("One.", "One."),
    ]:
        start = text.index(quote)
        found = locate_sentence(text, Place(start, start + len(quote), quote))
        assert text[found[0] : found[1]] == sentence


def shown_card(checked):
    console = Console(record=True, width=200, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(*render_card(REPORT.article, checked, None), sep="\n")
    return console


def test_a_card_says_what_was_looked_for_where_nothing_decides():
    assert "looked for: Brack · search for: Gulls prefer Brack" in shown_card(REPORT.claims[5]).export_text()
    assert "looked for" not in shown_card(REPORT.claims[1]).export_text()


def test_a_card_shows_what_stands_around_the_quote():
    checked = REPORT.claims[1]
    (evidence,) = checked.evidence
    whole = replace(evidence.passage, text=evidence.document.body, start=0, end=len(evidence.document.body))
    text = shown_card(replace(checked, evidence=(replace(evidence, passage=whole),))).export_text()
    assert "Aldmouth handled 4.1 million containers in 2023. “Brack handled 5.6 million in the same year.”" in text
    assert "Office of Coastal Statistics, Coastal traffic, yearly tables (official source, as of 2023" in text


def brightness(colour):
    """Return the relative luminance of WCAG 2."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("role", [Role.MATCH, Role.CONFLICT])
def test_marked_details_are_legible_on_any_background(role):
    style = Style.parse(ROLE_STYLES[role])
    assert style.color and style.bgcolor and not style.reverse
    lighter, darker = sorted((brightness(style.color), brightness(style.bgcolor)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) > 6


def test_a_quote_that_is_not_in_the_text_stands_alone():
    place = REPORT.claims[1].claim.source
    assert mark_claim(make_article("Quite another text"), place) == ("", place.quote, "")
