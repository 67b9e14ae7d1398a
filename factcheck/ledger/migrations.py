"""The ledger's schema as numbered steps; a ledger of any age is brought up to date in one transaction.

A step that has been released is never edited: a later change is a later step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x46434C47  # "FCLG": tells our files from other sqlite3 files
KEPT_TABLES = ("articles", "reports", "reviews")


def _create_tables(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE articles (sha256 TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,"
        " published TEXT, time TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE article_claims (article_sha256 TEXT NOT NULL, claim_key TEXT NOT NULL,"
        " PRIMARY KEY (article_sha256, claim_key)) WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE reports (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,"
        " stamp INTEGER NOT NULL, time TEXT NOT NULL, article_sha256 TEXT NOT NULL, report TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE reviews (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,"
        " time TEXT NOT NULL, reviewer TEXT NOT NULL, action TEXT NOT NULL, article_sha256 TEXT NOT NULL,"
        " claim_key TEXT NOT NULL, event TEXT NOT NULL)"
    )


def _add_indexes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX reviews_by_claim ON reviews (claim_key, stamp)")
    connection.execute("CREATE INDEX reviews_by_stamp ON reviews (stamp)")
    connection.execute("CREATE INDEX reports_by_article ON reports (article_sha256, stamp)")
    connection.execute("CREATE INDEX reports_by_stamp ON reports (stamp)")
    connection.execute("CREATE INDEX articles_by_title ON articles (title)")
    connection.execute("CREATE INDEX claims_by_key ON article_claims (claim_key)")


def _forbid_changes(connection: sqlite3.Connection) -> None:
    for table in KEPT_TABLES:
        for act in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END"
            )


def _index_reviews(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX reviews_by_article ON reviews (article_sha256, stamp)")


def _index_decisions(connection: sqlite3.Connection) -> None:
    """Let the last decision on a claim, and whether it was taken back, be found without reading its history."""
    connection.execute("CREATE INDEX reviews_by_decision ON reviews (claim_key, stamp, id, action, article_sha256)")
    connection.execute("CREATE INDEX reviews_undone ON reviews (json_extract(event, '$.undoes')) WHERE action = 'undo'")
    connection.execute("DROP INDEX reviews_by_claim")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _create_tables,
    _add_indexes,
    _forbid_changes,
    _index_reviews,
    _index_decisions,
)
"""Step n brings a ledger from schema n to schema n + 1."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the open ledger to the newest schema in one transaction; another process doing the same is waited for."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(_version(connection), len(MIGRATIONS)):
            MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
