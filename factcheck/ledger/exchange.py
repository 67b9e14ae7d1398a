"""The ledger as JSON lines: everything out, and back in without doubling anything."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.errors import BadData
from factcheck.ledger.events import ReviewEvent, event_from_json, event_to_json
from factcheck.ledger.follow import claim_key
from factcheck.report import from_json

LEDGER_SCHEMA = "factcheck-ledger/1"
_DAY_US = 86_400_000_000
_ARTICLE = ("sha256", "title", "path", "text", "published", "time")
_REPORT = ("id", "digest", "stamp", "time", "article_sha256", "report")


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many rows of an import were new, and how many the ledger already had."""

    new_reports: int
    new_reviews: int
    known: int


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Checked rows of an export, ready to be inserted."""

    articles: tuple[tuple[Any, ...], ...]
    claims: tuple[tuple[str, str], ...]
    reports: tuple[tuple[Any, ...], ...]
    reviews: tuple[ReviewEvent, ...]

    def insert(self, connection: sqlite3.Connection) -> ImportCounts:
        """Insert what is not there yet; the caller holds the transaction."""
        connection.executemany(f"INSERT OR IGNORE INTO articles VALUES ({_marks(_ARTICLE)})", self.articles)
        connection.executemany("INSERT OR IGNORE INTO article_claims VALUES (?, ?)", self.claims)
        reports = connection.executemany(
            f"INSERT OR IGNORE INTO reports ({', '.join(_REPORT)}) VALUES ({_marks(_REPORT)})", self.reports
        ).rowcount
        reviews = insert_events(connection, self.reviews)
        new_reports, new_reviews = max(0, reports), max(0, reviews)
        known = len(self.reports) + len(self.reviews) - new_reports - new_reviews
        return ImportCounts(new_reports, new_reviews, known)


def insert_events(connection: sqlite3.Connection, events: Sequence[ReviewEvent]) -> int:
    """Insert the events that are not there yet, within the caller's transaction, and return how many those were."""
    rows = [
        (
            event.id,
            event.stamp,
            event.time,
            event.reviewer,
            event.action.value,
            event.article_sha256,
            claim_key(event.claim_text),
            json.dumps(event_to_json(event)),
        )
        for event in events
    ]
    return connection.executemany(
        "INSERT OR IGNORE INTO reviews (id, stamp, time, reviewer, action, article_sha256, claim_key, event)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    ).rowcount


def write_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield articles, then reports, then reviews, each as a JSON object on a line."""
    for row in connection.execute(f"SELECT {', '.join(_ARTICLE)} FROM articles ORDER BY time, sha256"):
        yield _line("article", dict(zip(_ARTICLE, row, strict=True)))
    for row in connection.execute(f"SELECT {', '.join(_REPORT)} FROM reports ORDER BY stamp, id"):
        data = dict(zip(_REPORT, row, strict=True))
        yield _line("report", data | {"report": json.loads(data["report"])})
    for (event,) in connection.execute("SELECT event FROM reviews ORDER BY stamp, id"):
        yield _line("review", json.loads(event))


def read_lines(lines: Sequence[str]) -> ImportRows:
    """Check every line of an export and return its rows.

    :raises BadData: naming the first line that is not of an export, or whose time is in the future.
    """
    articles: list[tuple[Any, ...]] = []
    claims: list[tuple[str, str]] = []
    reports: list[tuple[Any, ...]] = []
    reviews: list[ReviewEvent] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _read_row(line)
            if row["type"] == "article":
                articles.append(_read_article(row))
            elif row["type"] == "report":
                reports.append(_read_report(row))
                claims += [(row["article_sha256"], _key(claim)) for claim in row["report"]["claims"]]
            else:
                reviews.append(_check_time(event_from_json(row)))
        except BadData as error:
            raise BadData(f"line {number}: {error}; nothing was imported") from error
        except (KeyError, TypeError, ValueError) as error:
            raise BadData(
                f"line {number} is not a line of a ledger's export ({error}); nothing was imported"
            ) from error
    return ImportRows(tuple(articles), tuple(claims), tuple(reports), tuple(reviews))


def _read_row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or row.get("schema") != LEDGER_SCHEMA:
        raise ValueError(f"the schema {LEDGER_SCHEMA} is missing")
    if row.get("type") not in ("article", "report", "review"):
        raise ValueError(f"the type {row.get('type')!r} is not known")
    return row


def _read_article(row: dict[str, Any]) -> tuple[Any, ...]:
    for key in _ARTICLE:
        if not isinstance(row[key], str) and not (key == "published" and row[key] is None):
            raise ValueError(f"{key} should be text")
    return tuple(row[key] for key in _ARTICLE)


def _read_report(row: dict[str, Any]) -> tuple[Any, ...]:
    from_json(row["report"])
    if row["report"]["article"]["sha256"] != row["article_sha256"]:
        raise ValueError("the report is on another article")
    for key in ("id", "digest", "time", "article_sha256"):
        if not isinstance(row[key], str):
            raise ValueError(f"{key} should be text")
    stamp, report = int(row["stamp"]), json.dumps(row["report"])
    return (row["id"], row["digest"], stamp, row["time"], row["article_sha256"], report)


def _key(claim: dict[str, Any]) -> str:
    """Return the key of a claim as taken from the article, whatever words it was judged in."""
    own = claim.get("reworded_from")
    return claim_key(claim["text"] if own is None else own)


def _check_time(event: ReviewEvent) -> ReviewEvent:
    """Refuse an event of tomorrow: it would outrank every decision made until then."""
    if event.stamp > time.time() * 1_000_000 + _DAY_US:
        raise BadData(f"the event {event.id} is dated {event.time}, in the future; set the clock of that machine right")
    return event


def _line(kind: str, data: dict[str, Any]) -> str:
    return json.dumps({"schema": LEDGER_SCHEMA, "type": kind, **data}) + "\n"


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" for _ in names)
