"""Open the ledger's file, refusing what is not ours, and read-only without leaving a trace."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from factcheck.errors import BadLedger
from factcheck.ledger.migrations import APPLICATION_ID, MIGRATIONS, migrate

_RETRY_S = 0.02


def open_for_writing(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open the file, made or brought up to date as needed, so that what is committed survives a loss of power.

    :raises BadLedger: when it is another program's or of a newer factcheck, or its folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadLedger(f"the folder {path.parent} of the ledger cannot be made: {error.strerror}") from error
    connection = connect(f"{path.resolve().as_uri()}?mode=rwc", timeout_s)
    _check_identity(connection, path)
    _switch_to_wal(connection, timeout_s)
    connection.execute("PRAGMA synchronous = FULL")
    migrate(connection)
    return connection


def _switch_to_wal(connection: sqlite3.Connection, timeout_s: float) -> None:
    """Turn the write-ahead log on, waiting for another process that makes the ledger at the same moment.

    The change of mode needs the file for itself, and sqlite3 does not wait for that as it does for a write.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)


def connect(uri: str, timeout_s: float) -> sqlite3.Connection:
    """Connect in autocommit, for several threads; writers wait ``timeout_s`` for their turn."""
    return sqlite3.connect(uri, uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False)


def open_read_only(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open without writing; an absent ledger is an empty one, an older schema is copied to memory and brought up."""
    if not path.exists():
        connection = connect("file::memory:", timeout_s)
        migrate(connection)
        return connection
    connection = _open_for_reading(path, timeout_s)
    _check_identity(connection, path)
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) < len(MIGRATIONS):
        copy = connect("file::memory:", timeout_s)
        connection.backup(copy)
        connection.close()
        migrate(copy)
        return copy
    return connection


def _open_for_reading(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open with ``mode=ro``; where the folder cannot hold the shared memory of WAL, the file is taken as it lies."""
    uri = path.resolve().as_uri()
    connection = connect(f"{uri}?mode=ro", timeout_s)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        connection = connect(f"{uri}?mode=ro&immutable=1", timeout_s)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not ours or was written by a newer factcheck.

    :raises BadLedger: when it is.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    identity = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if identity != APPLICATION_ID and (identity or version or tables):
        connection.close()
        raise BadLedger(f"{path} is a database of another program, not a ledger; name another file")
    if version > len(MIGRATIONS):
        connection.close()
        raise BadLedger(
            f"the ledger {path} was written by a newer factcheck (schema {version}, this one knows up to"
            f" {len(MIGRATIONS)}); update factcheck"
        )
