"""The ledger's file: open, append, query. Every write is one transaction that is on the disk when the call returns."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from factcheck.errors import BadLedger
from factcheck.ledger.connect import connect, open_for_writing, open_read_only
from factcheck.ledger.events import (
    ReviewEvent,
    check_event,
    event_from_json,
    resolve_reviewer,
    with_identity,
)
from factcheck.ledger.exchange import ImportCounts, insert_events, read_lines, write_lines
from factcheck.ledger.failures import explain
from factcheck.ledger.follow import claim_key, describe_change, fold, standing
from factcheck.ledger.migrations import migrate
from factcheck.ledger.queries import DECIDING, DECISIONS, LAST_STANDING
from factcheck.report import from_json, to_json
from factcheck.types import Report, ReviewAction, ReviewState

_NAMELESS_PATHS = ("", "-", "pasted text")


@dataclass(frozen=True, slots=True)
class RecordedArticle:
    """An article that was checked: when last, how often its report changed, and how many claims were decided.

    ``corpus_sha256`` is the digest of the documents that it was last checked against.
    """

    sha256: str
    title: str
    path: str
    checked_at: str
    reports: int
    reviews: int
    corpus_sha256: str = ""


class Ledger:
    """Checked articles and reviews in one sqlite3 file; one object may be used by several threads.

    Several processes may write at once: each waits for its turn. A decision that was acknowledged survives the process
    being killed at any moment and the machine losing power.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool = False) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, timeout_s: float = 20.0) -> Self:
        """Open the ledger at ``path``, made or brought up to date as needed.

        ``read_only`` writes nothing, not even a newer schema, and takes a ledger that is not there for an empty one.

        :raises BadLedger: when the file is damaged, of a newer factcheck, something else, locked or not writable.
        """
        path = Path(path)
        with explain(path):
            if read_only:
                return cls(open_read_only(path, timeout_s), path, read_only=True)
            return cls(open_for_writing(path, timeout_s), path)

    @classmethod
    def in_memory(cls) -> Self:
        """Return an empty ledger that lives as long as the object."""
        connection = connect("file::memory:", 1.0)
        migrate(connection)
        return cls(connection, Path(":memory:"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a later call fails."""
        with self._lock:
            self._connection.close()

    def record_report(self, report: Report) -> str:
        """Record the article and its report, and return the report's id.

        A report that says what the last one on this article said is not recorded again.
        """
        data = to_json(report)
        article = report.article
        said = json.dumps(data | {"run": data["run"] | {"elapsed_s": 0}}, sort_keys=True)
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        with self._writing() as connection:
            last = connection.execute(
                "SELECT id, digest FROM reports WHERE article_sha256 = ? ORDER BY stamp DESC, seq DESC LIMIT 1",
                (article.sha256,),
            ).fetchone()
            if last and last[1] == digest:
                return str(last[0])
            report_id, time = uuid.uuid4().hex, _now()
            connection.execute(
                "INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?, ?)",
                (
                    article.sha256,
                    _storable(article.title),
                    article.path,
                    _storable(article.text),
                    article.published,
                    time,
                ),
            )
            keys = {claim_key(checked.claim.own_text) for checked in report.claims}
            connection.executemany(
                "INSERT OR IGNORE INTO article_claims VALUES (?, ?)", [(article.sha256, key) for key in sorted(keys)]
            )
            connection.execute(
                "INSERT INTO reports (id, digest, stamp, time, article_sha256, report) VALUES (?, ?, ?, ?, ?, ?)",
                (report_id, digest, self._next_stamp(), time, article.sha256, json.dumps(data)),
            )
        return report_id

    def append(self, event: ReviewEvent) -> ReviewEvent:
        """Record one act of a reviewer and return it with its id, time and place in the order.

        :raises BadData: when the event lacks what its act needs.
        """
        check_event(event)
        with self._writing() as connection:
            stored = with_identity(
                event,
                event_id=event.id or uuid.uuid4().hex,
                time=_now(),
                stamp=self._next_stamp(),
                reviewer=resolve_reviewer(event.reviewer),
            )
            insert_events(connection, [stored])
        return stored

    def undo(self, *, reviewer: str | None = None, article_sha256: str | None = None) -> ReviewEvent | None:
        """Take back the reviewer's last act that still stands, on one article or on any, and return that act.

        Returns ``None`` where there is nothing to take back.
        """
        name = resolve_reviewer(reviewer)
        with self._writing() as connection:
            whose: str = "reviewer = ?"
            values: tuple[str, ...] = (name,)
            if article_sha256 is not None:
                whose, values = "reviewer = ? AND article_sha256 = ?", (name, article_sha256)
            row = connection.execute(LAST_STANDING.format(whose=whose), values).fetchone()
            if row is None:
                return None
            last = event_from_json(json.loads(row[0]))
            back = replace(
                last, action=ReviewAction.UNDO, undoes=last.id, verdict=None, text=None, evidence=None, time=""
            )
            stored = with_identity(
                back, event_id=uuid.uuid4().hex, time=_now(), stamp=self._next_stamp(), reviewer=name
            )
            insert_events(connection, [stored])
        return last

    def states(self, report: Report) -> dict[str, ReviewState]:
        """Return, by claim id, what people decided about the claims of ``report``; untouched claims are left out.

        Decisions made on an earlier version of the article count where the claim, as taken from the article, has the
        same words. A version of an article is one with the same title or path, or one that shares at least half of its
        claims.
        """
        keys = {checked.claim.id: claim_key(checked.claim.own_text) for checked in report.claims}
        wanted = json.dumps(sorted(set(keys.values())))
        versions = json.dumps(sorted(self._versions(report, wanted)))
        found = self._deciding_events(wanted, versions)
        by_key: dict[str, list[ReviewEvent]] = {}
        for event in found:
            by_key.setdefault(claim_key(event.claim_text), []).append(event)
        states: dict[str, ReviewState] = {}
        for checked in report.claims:
            state, settled = fold(by_key.get(keys[checked.claim.id], []))
            if settled is not None:
                state = replace(state, changed=describe_change(settled, checked))
            if state != ReviewState():
                states[checked.claim.id] = state
        return states

    def decisions(self) -> list[ReviewEvent]:
        """Return the settling event of every claim that is decided, one for each article it was decided in."""
        with explain(self.path), self._lock:
            rows = self._connection.execute(DECISIONS).fetchall()
        return [event_from_json(json.loads(row[0])) for row in rows]

    def skipped(self, report: Report) -> set[str]:
        """Return the ids of claims whose last act on this very article was to skip them."""
        last: dict[str, ReviewAction] = {}
        for event in standing(self._events("article_sha256 = ?", (report.article.sha256,))):
            last[event.claim_id] = event.action
        return {claim_id for claim_id, action in last.items() if action is ReviewAction.SKIP}

    def log(self, *, article_sha256: str | None = None, limit: int | None = None) -> list[ReviewEvent]:
        """Return the events, the newest first, of one article or of all; undo events among them."""
        condition, values = ("article_sha256 = ?", (article_sha256,)) if article_sha256 else ("1", ())
        return list(reversed(self._events(condition, values, limit=-1 if limit is None else limit)))

    def articles(self) -> list[RecordedArticle]:
        """Return the checked articles, the one checked last first."""
        with explain(self.path), self._lock:
            rows = self._connection.execute(
                "SELECT a.sha256, a.title, a.path, max(r.time), count(r.seq),"
                " (SELECT count(*) FROM reviews v WHERE v.article_sha256 = a.sha256),"
                " (SELECT json_extract(l.report, '$.run.corpus_sha256') FROM reports l"
                "  WHERE l.article_sha256 = a.sha256 ORDER BY l.stamp DESC, l.seq DESC LIMIT 1)"
                " FROM articles a JOIN reports r ON r.article_sha256 = a.sha256 GROUP BY a.sha256"
                " ORDER BY max(r.stamp) DESC"
            ).fetchall()
        return [RecordedArticle(*row) for row in rows]

    def reports(self, article_sha256: str, *, limit: int = -1) -> list[tuple[str, Report]]:
        """Return the last ``limit`` reports on an article (default: all) with the time of each, the oldest first."""
        with explain(self.path), self._lock:
            text = self._connection.execute("SELECT text FROM articles WHERE sha256 = ?", (article_sha256,)).fetchone()
            rows = self._connection.execute(
                "SELECT time, report FROM reports WHERE article_sha256 = ? ORDER BY stamp DESC, seq DESC LIMIT ?",
                (article_sha256, limit),
            ).fetchall()
        known = text[0] if text else None
        return [(time, from_json(json.loads(report), article_text=known)) for time, report in reversed(rows)]

    def latest_report(self, article_sha256: str) -> Report | None:
        """Return the last recorded report on an article, or ``None``."""
        found = self.reports(article_sha256, limit=1)
        return found[-1][1] if found else None

    def last_report(self) -> Report | None:
        """Return the report that was recorded last, on any article, or ``None`` where there is none."""
        articles = self.articles()
        return self.latest_report(articles[0].sha256) if articles else None

    def export_jsonl(self) -> Iterator[str]:
        """Yield everything in the ledger, one JSON object a line with its line feed: articles, reports, reviews."""
        with explain(self.path), self._lock:
            yield from write_lines(self._connection)

    def import_jsonl(self, lines: Sequence[str]) -> ImportCounts:
        """Take in the lines of an export and return how many were new; those already here are left as they are.

        :raises BadData: when a line is not of an export; then nothing is taken in.
        """
        rows = read_lines(lines)
        with self._writing() as connection:
            return rows.insert(connection)

    def _versions(self, report: Report, wanted_keys: str) -> set[str]:
        """Return the digests of the articles with decisions on these claims that are versions of this one."""
        article = report.article
        with explain(self.path), self._lock:
            rows = self._connection.execute(
                "SELECT DISTINCT article_sha256 FROM reviews WHERE claim_key IN (SELECT value FROM json_each(?))",
                (wanted_keys,),
            ).fetchall()
        others = json.dumps(sorted({row[0] for row in rows} - {article.sha256}))
        if others == "[]":
            return {article.sha256}
        with explain(self.path), self._lock:
            same = self._connection.execute(
                "SELECT sha256 FROM articles WHERE sha256 IN (SELECT value FROM json_each(?))"
                " AND ((title = ? AND title != '') OR (path = ? AND path NOT IN (?, ?, ?)))",
                (others, _storable(article.title), article.path, *_NAMELESS_PATHS),
            ).fetchall()
            alike = self._connection.execute(
                "SELECT article_sha256 FROM article_claims WHERE article_sha256 IN (SELECT value FROM json_each(?))"
                " GROUP BY article_sha256"
                " HAVING 2 * sum(claim_key IN (SELECT value FROM json_each(?))) >= count(*)",
                (others, wanted_keys),
            ).fetchall()
        return {article.sha256} | {row[0] for row in same} | {row[0] for row in alike}

    def _deciding_events(self, wanted_keys: str, versions: str) -> list[ReviewEvent]:
        """Return the events that the states of these claims are made of, in their order."""
        with explain(self.path), self._lock:
            rows = self._connection.execute(DECIDING, (wanted_keys, versions)).fetchall()
        return [event_from_json(json.loads(row[0])) for row in rows]

    def _events(self, condition: str, values: tuple[Any, ...], *, limit: int = -1) -> list[ReviewEvent]:
        """Return the last ``limit`` events (default: all) that meet a condition of ours, in their order."""
        with explain(self.path), self._lock:
            rows = self._connection.execute(
                f"SELECT event FROM reviews WHERE {condition} ORDER BY stamp DESC, id DESC LIMIT ?", (*values, limit)
            ).fetchall()
        return [event_from_json(json.loads(row[0])) for row in reversed(rows)]

    def _next_stamp(self) -> int:
        """Return a number above every stamp in the ledger: the time in microseconds, or one more than the last.

        A hybrid logical clock (Kulkarni et al. 2014): a clock that was set back does not bury a later decision.
        """
        last = self._connection.execute(
            "SELECT max((SELECT ifnull(max(stamp), 0) FROM reviews), (SELECT ifnull(max(stamp), 0) FROM reports))"
        ).fetchone()[0]
        return max(int(datetime.now(UTC).timestamp() * 1_000_000), int(last) + 1)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, begun with the write lock so that what is read in it stays true until it is written."""
        if self.read_only:
            raise BadLedger(f"the ledger {self.path} was opened for reading only")
        with explain(self.path), self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                if self._connection.in_transaction:  # a full disk ends the transaction by itself
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _storable(text: str) -> str:
    """Return ``text`` without lone surrogates, which sqlite3 cannot hold; each becomes one replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
