"""A recheck judges what new documents or new words touch, in the words that reviewers gave, and says why it changed."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from test_pipeline import LAKE, MILLS, TEXT, make_checker

from factcheck.article import parse_article
from factcheck.ledger import Ledger, make_event
from factcheck.recheck import recheck, reword
from factcheck.report import from_json, to_json
from factcheck.report.gaps import explain_change, render_recheck, summarise_recheck
from factcheck.types import ReviewAction, ReviewState, Stance, VerdictLabel

SUPPORTS, REFUTES = Stance(0.98, 0.01, 0.01), Stance(0.01, 0.98, 0.01)
WORDS = "The valley has forty mills according to the archive, in 2024."


def check(checker):
    return checker.check(parse_article(TEXT))


def test_a_claim_is_judged_in_the_words_of_its_last_review():
    earlier = check(make_checker({"archive": MILLS}, {}))
    checker = make_checker({"archive": MILLS}, {MILLS: REFUTES})
    first = earlier.claims[0].claim
    outcome = recheck(checker, earlier, states={first.id: ReviewState(text=WORDS)})
    claim = outcome.report.claims[0].claim
    assert (claim.text, claim.reworded_from, claim.id, claim.source) == (WORDS, first.text, first.id, first.source)
    assert [str(figure.value) for figure in claim.quantities] == ["40"] and claim.time.start.year == 2024
    assert outcome.report.claims[0].verdict.label is VerdictLabel.REFUTED
    assert (outcome.touched, outcome.reworded) == (1, 1)
    (change,) = outcome.changes
    assert (change.claim, change.reworded, change.new_sources) == (WORDS, True, ())
    assert explain_change(change) == ["judged in the words of its last review"]
    assert "not enough info → refuted: " + WORDS in render_recheck(outcome)
    assert outcome.report.claims[1:] == earlier.claims[1:]


def test_the_new_words_are_kept_and_a_rewording_that_was_taken_back_returns_the_old_ones():
    earlier = check(make_checker({"archive": MILLS}, {MILLS: SUPPORTS}))
    checker = make_checker({"archive": MILLS}, {MILLS: SUPPORTS})
    state = {earlier.claims[0].claim.id: ReviewState(text=WORDS)}
    second = recheck(checker, earlier, states=state).report
    again = from_json(to_json(second), article_text=TEXT)
    assert recheck(checker, again, states=state).touched == 0
    back = recheck(checker, again, states={})
    assert (back.touched, back.reworded) == (1, 1)
    claim = back.report.claims[0].claim
    assert (claim.text, claim.reworded_from) == (earlier.claims[0].claim.text, None)
    assert back.report.claims[0].verdict == earlier.claims[0].verdict


def test_an_opinion_put_as_a_fact_is_judged():
    earlier = check(make_checker({"archive": MILLS}, {}))
    opinion = earlier.claims[1].claim
    assert not opinion.checkable
    checker = make_checker({"archive": MILLS}, {MILLS: SUPPORTS})
    outcome = recheck(checker, earlier, states={opinion.id: ReviewState(text=WORDS)})
    assert outcome.report.claims[1].claim.checkable
    assert outcome.report.claims[1].verdict.label is VerdictLabel.SUPPORTED


def test_words_in_which_nothing_is_claimed_leave_the_claim_what_it_was():
    earlier = check(make_checker({"archive": MILLS}, {}))
    first = earlier.claims[0].claim
    (claim, *_) = reword(make_checker({}, {}), earlier, {first.id: ReviewState(text="...")})
    assert (claim.text, claim.kind, claim.checkable) == ("...", first.kind, first.checkable)


@pytest.mark.parametrize("part", ["version", "encoder", "verifier"])
def test_other_parts_judge_every_claim_again(part):
    checker = make_checker({"archive": MILLS}, {})
    earlier = check(checker)
    old = replace(earlier, run=replace(earlier.run, **{part: "another"}))
    outcome = recheck(checker, old)
    assert outcome.touched == sum(c.claim.checkable for c in earlier.claims)
    assert getattr(outcome.report.run, part) == getattr(checker.provenance, part)


def test_a_document_that_is_gone_is_named():
    earlier = check(make_checker({"archive": MILLS}, {MILLS: SUPPORTS}))
    outcome = recheck(make_checker({"lake": LAKE}, {MILLS: SUPPORTS}), earlier)
    (change,) = outcome.changes
    assert (change.before.label, change.after.label) == (VerdictLabel.SUPPORTED, VerdictLabel.NOT_ENOUGH_INFO)
    assert change.lost_sources == ("Archive",)
    assert explain_change(change)[-1] == "no longer among the nearest: Archive"


def test_from_the_edit_in_a_ledger_to_the_claim_that_is_back_in_the_queue():
    checker = make_checker({"archive": MILLS}, {MILLS: REFUTES})
    earlier = check(make_checker({"archive": MILLS}, {MILLS: SUPPORTS}))
    with Ledger.in_memory() as ledger:
        ledger.record_report(earlier)
        ledger.append(make_event(earlier, earlier.claims[0], ReviewAction.ACCEPT, reviewer="ada"))
        ledger.append(make_event(earlier, earlier.claims[0], ReviewAction.EDIT, text=WORDS, reviewer="ada"))
        outcome = recheck(checker, earlier, states=ledger.states(earlier))
        ledger.record_report(outcome.report)
        again = ledger.latest_report(earlier.article.sha256)
        state = ledger.states(again)[again.claims[0].claim.id]
    assert again.claims[0].claim.text == WORDS
    assert not state.settled and "judged in other words" in state.changed
    assert summarise_recheck(outcome) == (
        "1 of 3 claims were judged again, 1 of them in the words of a review; 1 verdict changed"
    )


@pytest.mark.model
def test_the_command_judges_the_words_of_a_review_against_a_new_document(tmp_path):
    def run(*arguments: str):
        start = "import sys; from factcheck.cli import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", start, *arguments, "--workspace", str(tmp_path / "desk")],
            capture_output=True,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "desk" / "corpus").mkdir(parents=True)
    (tmp_path / "desk" / "corpus" / "mills.md").write_text("---\ntitle: Mills\n---\n\nMills grind corn.\n")
    article = tmp_path / "article.txt"
    article.write_text("Harbours\n\nThe port of Cawsand handled many more containers than that in 2023.\n")
    run(str(article))
    with Ledger.open(tmp_path / "desk" / "claims" / "ledger.db") as ledger:
        report = ledger.last_report()
        words = "The port of Cawsand handled 9.3 million containers in 2023."
        ledger.append(make_event(report, report.claims[0], ReviewAction.EDIT, text=words))
    assert run("recheck", str(article), "--quiet").startswith("1 of 1 claims were judged again, 1 of them in the words")
    (tmp_path / "cawsand.md").write_text(f"---\ntitle: Cawsand figures\npublished: 2024-03\n---\n\n{words}\n")
    run("add", str(tmp_path / "cawsand.md"))
    told = run("recheck", str(article), "--quiet").splitlines()
    assert told[0] == "1 of 1 claims were judged again; 1 verdict changed"
    assert told[1] == f"not enough info → supported: {words}"
    assert told[-1] == "  new: Cawsand figures"
    assert run("recheck", str(article), "--quiet") == "0 of 1 claims were judged again; 0 verdicts changed\n"
