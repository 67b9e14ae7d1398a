"""What sqlite3 reports, in words that tell a person what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import BadLedger

_MESSAGES = {
    sqlite3.SQLITE_BUSY: "the ledger {path} is being written by another process; nothing was recorded, try again",
    sqlite3.SQLITE_LOCKED: "the ledger {path} is being written by another process; nothing was recorded, try again",
    sqlite3.SQLITE_READONLY: "the ledger {path} is read-only; nothing was recorded, make it and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "the ledger {path} cannot be opened or made; check that its folder exists and is writable",
    sqlite3.SQLITE_PERM: "the ledger {path} may not be opened; check its permissions",
    sqlite3.SQLITE_FULL: "no room left on the disk for the ledger {path}; what was recorded is kept, free some space",
    sqlite3.SQLITE_IOERR: "the disk failed while the ledger {path} was in use ({detail}); what was recorded is kept",
    sqlite3.SQLITE_CORRUPT: "the ledger {path} is damaged ({detail}); move it aside and import your last export",
    sqlite3.SQLITE_NOTADB: "{path} is not a ledger or is damaged; move it aside and import your last export",
}


@contextmanager
def explain(path: Path) -> Iterator[None]:
    """Turn what goes wrong in sqlite3 into a :class:`BadLedger` of one line.

    :raises BadLedger: in place of any ``sqlite3.Error``.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        message = _MESSAGES.get(code, "the ledger {path} could not be used: {detail}")
        raise BadLedger(message.format(path=path, detail=" ".join(str(error).split()))) from error
