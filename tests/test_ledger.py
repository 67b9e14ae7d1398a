"""What is acknowledged stays, decisions find their claims again, and what is wrong with a file is said in one line."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import TEXT, make_article, make_report

from factcheck.errors import BadData, BadLedger
from factcheck.ledger import Ledger, ReviewEvent, claim_key, fold, make_event, resolve_reviewer
from factcheck.ledger.migrations import MIGRATIONS
from factcheck.types import HandEvidence, ReviewAction, ReviewState, StanceLabel, Verdict, VerdictLabel

REPORT = make_report()
BUSIEST = REPORT.claims[1]


@pytest.fixture
def ledger():
    with Ledger.in_memory() as store:
        yield store


def event(action=ReviewAction.ACCEPT, *, claim=BUSIEST, report=REPORT, reviewer="ada", **more: object):
    return make_event(report, claim, action, reviewer=reviewer, **more)


def with_verdict(report, index, label):
    checked = report.claims[index]
    old = checked.verdict
    verdict = Verdict(label, old.confidence, old.probabilities, old.reason, old.flags, old.flagged)
    claims = list(report.claims)
    claims[index] = replace(checked, verdict=verdict)
    return replace(report, claims=tuple(claims))


def test_a_decision_is_found_again(ledger):
    ledger.append(event(ReviewAction.OVERRIDE, verdict=VerdictLabel.SUPPORTED))
    ledger.append(event(ReviewAction.NOTE, text="  rang the port  "))
    ledger.append(event(ReviewAction.EDIT, text="Aldmouth is busy."))
    found = HandEvidence("busy", "a letter", stance=StanceLabel.SUPPORTS)
    ledger.append(event(ReviewAction.EVIDENCE, evidence=found))
    state = ledger.states(REPORT)[BUSIEST.claim.id]
    assert (state.action, state.verdict, state.reviewer) == (ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, "ada")
    assert state.judged is VerdictLabel.REFUTED and state.settled
    assert (state.notes, state.text, state.evidence) == (("rang the port",), "Aldmouth is busy.", (found,))
    assert set(ledger.states(REPORT)) == {BUSIEST.claim.id}


def test_the_last_decision_stands(ledger):
    ledger.append(event(ReviewAction.ACCEPT, reviewer="ada"))
    ledger.append(event(ReviewAction.NOT_A_CLAIM, reviewer="bo"))
    state = ledger.states(REPORT)[BUSIEST.claim.id]
    assert (state.action, state.reviewer, state.verdict) == (ReviewAction.NOT_A_CLAIM, "bo", VerdictLabel.NOT_CHECKABLE)


def test_undo_takes_back_ones_own_acts_one_after_the_other(ledger):
    ledger.append(event(ReviewAction.ACCEPT))
    ledger.append(event(ReviewAction.NOTE, text="hm"))
    ledger.append(event(ReviewAction.NEEDS_SOURCE, reviewer="bo"))
    assert ledger.undo(reviewer="ada").action is ReviewAction.NOTE
    assert ledger.states(REPORT)[BUSIEST.claim.id].action is ReviewAction.NEEDS_SOURCE
    assert ledger.undo(reviewer="ada").action is ReviewAction.ACCEPT
    assert ledger.undo(reviewer="ada") is None
    assert ledger.undo(reviewer="bo", article_sha256="another") is None
    assert ledger.undo(reviewer="bo").action is ReviewAction.NEEDS_SOURCE
    assert ledger.states(REPORT) == {}
    assert [entry.action for entry in ledger.log()][:1] == [ReviewAction.UNDO]
    assert len(ledger.log()) == 6


def test_a_clock_that_was_set_back_buries_nothing(ledger):
    first = ledger.append(event(ReviewAction.ACCEPT))
    ahead = replace(first, id="ahead", stamp=first.stamp + 3_600_000_000)
    line = json.dumps({"schema": "factcheck-ledger/1", "type": "review"} | json.loads(next(_lines(ahead))))
    ledger.import_jsonl([line])
    ledger.append(event(ReviewAction.NOT_A_CLAIM))
    assert ledger.states(REPORT)[BUSIEST.claim.id].action is ReviewAction.NOT_A_CLAIM


def _lines(stored):
    from factcheck.ledger.events import event_to_json

    yield json.dumps(event_to_json(stored))


def test_reviews_follow_their_claim_into_a_changed_article(ledger):
    ledger.record_report(REPORT)
    ledger.append(event())
    longer = make_report(make_article(TEXT.replace("Aldmouth moved", "Last year was good.\n\nAldmouth moved", 1)))
    assert longer.article.sha256 != REPORT.article.sha256
    assert ledger.states(longer)[BUSIEST.claim.id].settled
    renamed = replace(longer, article=replace(longer.article, title="Ports", path="ports.txt", sha256="e" * 64))
    assert ledger.states(renamed)[BUSIEST.claim.id].settled


def test_reviews_do_not_wander_into_an_unrelated_article(ledger):
    ledger.record_report(REPORT)
    ledger.append(event())
    other = replace(
        REPORT,
        article=replace(REPORT.article, title="Elsewhere", path="elsewhere.txt", sha256="f" * 64),
        claims=(REPORT.claims[1],),
    )
    assert ledger.states(other) == {}


@pytest.mark.parametrize(
    ("action", "verdict", "now", "returns"),
    [
        (ReviewAction.ACCEPT, None, VerdictLabel.SUPPORTED, True),
        (ReviewAction.ACCEPT, None, VerdictLabel.REFUTED, False),
        (ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, VerdictLabel.SUPPORTED, False),
        (ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, VerdictLabel.CONFLICTING, True),
        (ReviewAction.NOT_A_CLAIM, None, VerdictLabel.SUPPORTED, False),
        (ReviewAction.NEEDS_SOURCE, None, VerdictLabel.SUPPORTED, True),
    ],
)
def test_a_changed_verdict_is_to_be_seen_again(ledger, action, verdict, now, returns):
    ledger.append(event(action, verdict=verdict))
    state = ledger.states(with_verdict(REPORT, 1, now))[BUSIEST.claim.id]
    assert state.settled is not returns
    if returns:
        assert state.changed == f"the verdict was refuted and is now {now.value}"


def test_new_evidence_is_named_when_a_verdict_changes(ledger):
    ledger.append(event())
    changed = with_verdict(REPORT, 1, VerdictLabel.CONFLICTING)
    fresh = replace(changed.claims[1], evidence=changed.claims[4].evidence[:1])
    changed = replace(changed, claims=(changed.claims[0], fresh, *changed.claims[2:]))
    assert ledger.states(changed)[BUSIEST.claim.id].changed.endswith("; new evidence: Notice to shipping 14")


@pytest.mark.parametrize(
    ("action", "more", "message"),
    [
        (ReviewAction.OVERRIDE, {}, "an override needs the verdict"),
        (ReviewAction.NOTE, {"text": "  "}, "note needs a text"),
        (ReviewAction.EVIDENCE, {"evidence": HandEvidence(" ", "x")}, "evidence needs a quote"),
        (ReviewAction.NOTE, {"text": "x" * 20_001}, "over the limit of 20000"),
    ],
)
def test_an_act_that_lacks_something_is_refused(action, more, message):
    with pytest.raises(BadData, match=message):
        event(action, **more)


def test_a_report_is_recorded_once_and_again_when_it_says_something_else(ledger):
    first = ledger.record_report(REPORT)
    slower = replace(REPORT, run=replace(REPORT.run, elapsed_s=99.0))
    assert ledger.record_report(slower) == first
    changed = with_verdict(REPORT, 0, VerdictLabel.CONFLICTING)
    ledger.record_report(changed)
    ledger.record_report(REPORT)
    labels = [report.claims[0].verdict.label.value for _, report in ledger.reports(REPORT.article.sha256)]
    assert labels == ["supported", "conflicting", "supported"]
    latest = ledger.last_report()
    assert latest.article.text == TEXT and latest.claims[1].claim == BUSIEST.claim
    (article,) = ledger.articles()
    assert (article.title, article.reports, article.reviews) == ("Harbour towns and their cranes", 3, 0)


def test_an_article_tells_which_documents_it_was_last_checked_against(ledger):
    ledger.record_report(REPORT)
    ledger.record_report(replace(REPORT, run=replace(REPORT.run, corpus_sha256="later")))
    (article,) = ledger.articles()
    assert (article.corpus_sha256, article.reports) == ("later", 2)


def test_export_and_import_carry_everything_and_double_nothing(ledger):
    ledger.record_report(REPORT)
    for action in (ReviewAction.ACCEPT, ReviewAction.SKIP):
        ledger.append(event(action))
    ledger.append(event(ReviewAction.NOTE, text="é \u2028 \U0001f3d7", reviewer="bo"))
    ledger.undo(reviewer="ada")
    lines = list(ledger.export_jsonl())
    assert [json.loads(line)["type"] for line in lines] == ["article", "report"] + ["review"] * 4
    with Ledger.in_memory() as other:
        counts = other.import_jsonl(lines)
        assert (counts.new_reports, counts.new_reviews, counts.known) == (1, 4, 0)
        assert list(other.export_jsonl()) == lines
        assert other.states(REPORT) == ledger.states(REPORT)
        assert other.import_jsonl(lines).known == 5
        assert list(other.export_jsonl()) == lines


def test_a_bad_line_imports_nothing(ledger):
    with Ledger.in_memory() as other:
        other.append(event())
        lines = list(other.export_jsonl())
    row = json.loads(lines[0])
    for bad, message in [
        ("{", "line 2 is not a line of a ledger's export"),
        (json.dumps(row | {"schema": "x"}), "the schema factcheck-ledger/1 is missing"),
        (json.dumps(row | {"type": "thing"}), "the type 'thing' is not known"),
        (json.dumps(row | {"judged": "true"}), "line 2: the event is not well formed"),
        (json.dumps({key: value for key, value in row.items() if key != "id"}), "lacks the field 'id'"),
        (json.dumps(row | {"stamp": int((time.time() + 9e5) * 1e6)}), "in the future"),
    ]:
        with pytest.raises(BadData, match=message):
            ledger.import_jsonl([lines[0], bad])
        assert ledger.log() == []


def test_skipped_claims_are_known_until_something_else_happens(ledger):
    ledger.append(event(ReviewAction.SKIP))
    assert ledger.skipped(REPORT) == {BUSIEST.claim.id}
    assert ledger.states(REPORT) == {}
    ledger.append(event(ReviewAction.ACCEPT))
    assert ledger.skipped(REPORT) == set()


@given(st.text(max_size=60))
def test_the_key_of_a_claim_ignores_case_space_and_quotes(text):
    assert claim_key(text) == claim_key(f"  {text} ")
    assert claim_key("It’s  “5 m”.") == claim_key('it\'s "5 M"')
    assert claim_key("over 5 m") != claim_key("over 6 m")


ACTS = st.sampled_from([action for action in ReviewAction if action is not ReviewAction.UNDO])


@given(st.lists(ACTS, max_size=8), st.randoms(use_true_random=False))
def test_the_state_does_not_depend_on_the_order_of_reading(actions, shuffler):
    more = {
        ReviewAction.OVERRIDE: {"verdict": VerdictLabel.SUPPORTED},
        ReviewAction.NOTE: {"text": "n"},
        ReviewAction.EDIT: {"text": "e"},
        ReviewAction.EVIDENCE: {"evidence": HandEvidence("q", "t")},
    }
    events = [
        replace(event(action, **more.get(action, {})), id=str(number), stamp=number, time="t")
        for number, action in enumerate(actions)
    ]
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    assert fold(shuffled) == fold(events)
    undone = [
        replace(one, action=ReviewAction.UNDO, undoes=one.id, id=f"u{one.id}", stamp=one.stamp + 100) for one in events
    ]
    assert fold(events + undone) == (ReviewState(), None)


@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*ReviewAction]), st.integers(0, 2), st.sampled_from(["ada", "bo"])), max_size=20
    )
)
def test_the_state_that_the_database_picks_is_the_one_that_all_events_add_up_to(steps):
    more = {
        ReviewAction.OVERRIDE: {"verdict": VerdictLabel.SUPPORTED},
        ReviewAction.EDIT: {"text": "other words"},
        ReviewAction.NOTE: {"text": "a note"},
        ReviewAction.EVIDENCE: {"evidence": HandEvidence("q", "t")},
    }
    with Ledger.in_memory() as ledger:
        for number, (action, index, reviewer) in enumerate(steps):
            if action is ReviewAction.UNDO:
                ledger.undo(reviewer=reviewer)
                continue
            extra = dict(more.get(action, {}))
            if "text" in extra:
                extra["text"] = f"{extra['text']} {number}"
            ledger.append(event(action, claim=REPORT.claims[index], reviewer=reviewer, **extra))
        events, states, decisions = ledger.log(), ledger.states(REPORT), ledger.decisions()
    folded = [fold([one for one in events if one.claim_id == c.claim.id]) for c in REPORT.claims[:3]]
    for checked, (wanted, _) in zip(REPORT.claims, folded, strict=False):
        assert states.get(checked.claim.id, ReviewState()) == wanted
    settled = [event for _, event in folded if event is not None]
    assert decisions == sorted(settled, key=lambda one: one.stamp)


def test_a_decision_on_other_words_belongs_to_the_claim_of_the_article(ledger):
    claim = replace(BUSIEST.claim, text="Aldmouth is the second port.", reworded_from=BUSIEST.claim.text)
    claims = (REPORT.claims[0], replace(BUSIEST, claim=claim), *REPORT.claims[2:])
    reworded = with_verdict(replace(REPORT, claims=claims), 1, VerdictLabel.SUPPORTED)
    ledger.record_report(REPORT)
    ledger.append(event(ReviewAction.ACCEPT))
    told = ledger.states(reworded)[BUSIEST.claim.id].changed
    assert told == "the verdict was refuted and is now supported; it was judged in other words"
    stored = ledger.append(event(ReviewAction.ACCEPT, claim=reworded.claims[1], report=reworded))
    assert (stored.claim_text, stored.wording) == (BUSIEST.claim.text, "Aldmouth is the second port.")
    assert ledger.states(reworded)[BUSIEST.claim.id].settled
    assert ledger.log()[0] == stored
    ledger.record_report(reworded)
    rows = list(ledger.export_jsonl())
    with Ledger.in_memory() as other:
        other.import_jsonl(rows)
        assert list(other.export_jsonl()) == rows
        assert other.states(reworded) == ledger.states(reworded)


def test_the_reviewer_is_named_by_argument_variable_or_machine(monkeypatch):
    monkeypatch.setenv("FACTCHECK_REVIEWER", "vera")
    assert resolve_reviewer(" ada ") == "ada"
    assert resolve_reviewer() == "vera"
    monkeypatch.delenv("FACTCHECK_REVIEWER")
    monkeypatch.setenv("LOGNAME", "machine-user")
    assert resolve_reviewer("") == "machine-user"


def test_nothing_can_be_changed_or_deleted(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record_report(REPORT)
        ledger.append(event())
    raw = sqlite3.connect(path)
    for statement in (
        "UPDATE reviews SET reviewer = 'eve'",
        "DELETE FROM reviews",
        "DELETE FROM reports",
        "UPDATE articles SET text = ''",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only appends"):
            raw.execute(statement)
    raw.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_ledger_of_an_older_version_is_brought_up_to_date(tmp_path, version):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.append(event())
        rows = list(ledger.export_jsonl())
    path.unlink()
    old = sqlite3.connect(path, isolation_level=None)
    for step in MIGRATIONS[:version]:
        step(old)
    old.execute("PRAGMA application_id = 0x46434C47")
    old.execute(f"PRAGMA user_version = {version}")
    data = json.loads(rows[0])
    stored = {key: value for key, value in data.items() if key not in ("schema", "type")}
    old.execute(
        "INSERT INTO reviews (id, stamp, time, reviewer, action, article_sha256, claim_key, event)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            data["id"],
            data["stamp"],
            data["time"],
            "ada",
            "accept",
            data["article_sha256"],
            claim_key(data["claim_text"]),
            json.dumps(stored),
        ),
    )
    old.close()
    with Ledger.open(path, read_only=True) as ledger:
        assert list(ledger.export_jsonl()) == rows
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (version,)
    with Ledger.open(path) as ledger:
        assert list(ledger.export_jsonl()) == rows
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_newer_ledger_is_refused(tmp_path):
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    for read_only in (False, True):
        with pytest.raises(
            BadLedger, match=r"newer factcheck \(schema 99, this one knows up to \d+\); update factcheck"
        ):
            Ledger.open(path, read_only=read_only)


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "ledger.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE mine (x)")
    raw.commit()
    raw.close()
    before = path.read_bytes()
    with pytest.raises(BadLedger, match="database of another program"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_file_of_rubbish_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "ledger.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(BadLedger, match="not a ledger or is damaged; move it aside") as caught:
        Ledger.open(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"not a database at all" * 100


def test_a_damaged_page_is_named(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        for number in range(200):
            ledger.append(event(ReviewAction.NOTE, text=f"note {number} " * 20))
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    path.write_bytes(data)
    with (
        pytest.raises(BadLedger, match=r"is damaged \(database disk image is malformed\)"),
        Ledger.open(path) as ledger,
    ):
        list(ledger.export_jsonl())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_folder_is_named(tmp_path):
    folder = tmp_path / "claims"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(BadLedger, match="cannot be opened or made"):
        Ledger.open(folder / "ledger.db")


def test_read_only_reads_and_refuses_to_write(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.append(event())
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.states(REPORT)[BUSIEST.claim.id].settled
        with pytest.raises(BadLedger, match="opened for reading only"):
            ledger.append(event())
    with Ledger.open(tmp_path / "absent.db", read_only=True) as ledger:
        assert ledger.log() == []
    assert not (tmp_path / "absent.db").exists()


def test_a_locked_ledger_is_waited_for_and_then_named(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path, timeout_s=0.1) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BadLedger, match="being written by another process; nothing was recorded, try again"):
            ledger.append(event())
        other.execute("ROLLBACK")
        ledger.append(event())
        assert len(ledger.log()) == 1
        other.close()


def test_a_full_disk_keeps_what_was_recorded(tmp_path):
    """A limit on the number of pages fails exactly as a disk without room does (SQLITE_FULL)."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.append(event(ReviewAction.NOTE, text="kept"))
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(BadLedger, match="no room left on the disk"):
            for _ in range(50):
                ledger.append(event(ReviewAction.NOTE, text="x" * 2000))
        kept = ledger.log()
        assert kept[-1].text == "kept"
        ledger._connection.execute("PRAGMA max_page_count = 100000")
        ledger.append(event(ReviewAction.NOTE, text="after"))
    with Ledger.open(path) as ledger:
        assert len(ledger.log()) == len(kept) + 1
        assert ledger.log()[0].text == "after"


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from sample_report import make_report
from factcheck.ledger import Ledger, make_event
from factcheck.types import ReviewAction
report = make_report()
with Ledger.open(Path({path!r})) as ledger:
    for number in range({count}):
        stored = ledger.append(make_event(report, report.claims[1], ReviewAction.NOTE, text=f"{name} {{number}}"))
        print(stored.id, flush=True)
"""


def start_writer(path, name, count):
    code = WRITER.format(tests=str(Path(__file__).parent), path=str(path), name=name, count=count)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once_from_the_first_moment_and_nothing_is_lost(tmp_path):
    path = tmp_path / "claims" / "ledger.db"
    writers = [start_writer(path, name, 40) for name in ("one", "two")]
    acknowledged = [line.strip() for writer in writers for line in writer.communicate(timeout=60)[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0, 0]
    with Ledger.open(path) as ledger:
        log = ledger.log()
    assert len(acknowledged) == 80 and {entry.id for entry in log} == set(acknowledged)
    assert len({entry.stamp for entry in log}) == 80


def test_a_killed_writer_loses_nothing_it_was_told_is_recorded(tmp_path):
    path = tmp_path / "ledger.db"
    chance = random.Random(7)
    acknowledged = []
    for _ in range(3):
        writer = start_writer(path, "killed", 100_000)
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0.01, 0.15))
        writer.send_signal(signal.SIGKILL)
        rest = writer.communicate(timeout=30)[0]
        acknowledged += (first + rest).split("\n")[:-1]
    with Ledger.open(path) as ledger:
        known = {entry.id for entry in ledger.log()}
    assert len(acknowledged) > 3 and set(acknowledged) <= known
    assert len(known) <= len(acknowledged) + 3


def test_the_event_type_is_what_the_ledger_returns(ledger):
    stored = ledger.append(event())
    assert isinstance(stored, ReviewEvent) and stored.time.endswith("Z") and len(stored.id) == 32
    assert ledger.log() == [stored]
