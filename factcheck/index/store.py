"""The index file: documents, passages, vectors and words in one SQLite database.

SQLite's own word index (FTS5) was chosen over bm25s and tantivy because it lives in the same transaction as the
documents and vectors: a kill cannot leave them apart, a document is added or removed without touching the others, and
it comes with Python. ``tests/benchmarks/bench_sparse.py`` prints the comparison.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factcheck.corpus import CorpusFile
from factcheck.errors import BadWorkspace, IndexStale
from factcheck.index.packing import pack_vectors, unpack_vectors
from factcheck.index.reading import hash_wording, month_of, words_of
from factcheck.index.words import match_expression
from factcheck.types import Document, Passage, SourceKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCHEMA = 3

CONTEXT_WEIGHT = 0.5
"""What a word in title or heading counts for BM25 against one in the passage itself."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    rowid INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, first_passage INTEGER NOT NULL, passages INTEGER NOT NULL,
    front TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE vectors (document INTEGER PRIMARY KEY, crc32 INTEGER NOT NULL, rows BLOB NOT NULL);
CREATE TABLE passages (
    rowid INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    id BLOB NOT NULL, heading TEXT NOT NULL, as_of TEXT, page INTEGER, month TEXT, wording INTEGER NOT NULL
);
CREATE INDEX passages_by_wording ON passages (wording);
CREATE VIRTUAL TABLE words USING fts5(
    text, context, content='', tokenize="porter unicode61 remove_diacritics 2 tokenchars '_'"
);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index knows of a document's file, to tell whether it changed."""

    sha256: str
    size: int
    mtime_ns: int
    passages: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that is to be stored: its file, its passages and their vectors (one row a passage)."""

    file: CorpusFile
    document: Document
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]


class OtherVersion(IndexStale):
    """The index was written by another version of factcheck; nothing is wrong with it, and it can be made again."""


class PassageStore:
    """Reads and writes one index file. Passages are known by row numbers that never change while they are stored."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> PassageStore:
        """Open an index file, or make an empty one.

        :raises IndexStale: when the file is no index or of another version.
        :raises BadWorkspace: when it cannot be opened.
        """
        fresh = create and not path.exists()
        try:
            if fresh:
                path.parent.mkdir(parents=True, exist_ok=True)
            # Even a reader must be able to write where it may: it rolls back what a killed writer left half done.
            mode = "rwc" if create else "rw" if _is_writable(path) else "ro"
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=60.0)
            connection.isolation_level = None
            store = cls(connection, path)
        except (OSError, sqlite3.Error) as error:
            raise BadWorkspace(f"cannot open the index in {path.parent} ({error})") from None
        try:
            with store.reading():
                if create:
                    store.create_tables()
                if not store.is_blank() and store.get_meta("schema") != str(SCHEMA):
                    raise OtherVersion(
                        f"the index {path} is of another version; run `factcheck index` to build it again"
                    )
        except BaseException:
            connection.close()
            raise
        return store

    @classmethod
    def in_memory(cls) -> PassageStore:
        """Return an empty store that lives as long as it is held."""
        store = cls(sqlite3.connect(":memory:", isolation_level=None), Path(":memory:"))
        store.create_tables()
        return store

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what SQLite says of a damaged or unwritable file into our errors."""
        try:
            yield
        except sqlite3.OperationalError as error:
            text = str(error)
            if "no such table" in text or "malformed" in text:
                raise self._damaged(text) from None
            raise BadWorkspace(f"the index {self._path} cannot be used: {text}") from None
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run a block as one transaction: all of it is in the file afterwards, or nothing."""
        with self.reading():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def is_blank(self) -> bool:
        """Say whether nothing was ever written, as after a kill in the first moment of a build."""
        return bool(self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0)

    def get_meta(self, key: str) -> str | None:
        """Return a setting that the index was made with."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Note a setting that the index is made with."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def list_stored(self) -> dict[str, Stored]:
        """Return what is stored, by document id."""
        with self.reading():
            rows = self._connection.execute("SELECT doc_id, sha256, size, mtime_ns, passages FROM documents")
            return {row[0]: Stored(*row[1:]) for row in rows}

    def touch(self, file: CorpusFile) -> None:
        """Note that a file whose dates changed still holds what is stored."""
        self._connection.execute(
            "UPDATE documents SET size = ?, mtime_ns = ? WHERE doc_id = ?", (file.size, file.mtime_ns, file.doc_id)
        )

    def put(self, entry: Entry) -> None:
        """Store a document in place of what is stored under its id. Runs inside :meth:`writing`."""
        self.delete(entry.document.id)
        document, count = entry.document, len(entry.passages)
        first = self._connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM passages").fetchone()[0]
        blob = pack_vectors(entry.vectors)
        file = entry.file
        head = (document.id, document.sha256, file.size, file.mtime_ns, first, count)
        row = self._connection.execute(
            "INSERT INTO documents (doc_id, sha256, size, mtime_ns, first_passage, passages, front, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*head, _dump_front(document), document.body),
        ).lastrowid
        self._connection.execute("INSERT INTO vectors VALUES (?, ?, ?)", (row, zlib.crc32(blob), blob))
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(first + number, row, p.start, p.end, bytes.fromhex(p.id), p.heading, p.as_of, p.page),
                    *(month_of(p.as_of or document.published), hash_wording(p.text)),
                )
                for number, p in enumerate(entry.passages)
            ),
        )
        self._connection.executemany(
            "INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)",
            ((first + number, *words_of(document, p)) for number, p in enumerate(entry.passages)),
        )

    def delete(self, doc_id: str) -> None:
        """Forget a document, if it is stored. Runs inside :meth:`writing`."""
        row = self._connection.execute(
            "SELECT first_passage, passages, rowid FROM documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        if row is None:
            return
        first, count, key = row
        document = self.read_document(doc_id)
        # A word index without its own copy of the text must be told which words it loses.
        self._connection.executemany(
            "INSERT INTO words (words, rowid, text, context) VALUES ('delete', ?, ?, ?)",
            [
                (number, *words_of(document, passage))
                for number, passage in self._read_rows(first, count, document).items()
            ],
        )
        self._connection.execute("DELETE FROM passages WHERE rowid BETWEEN ? AND ?", (first, first + count - 1))
        self._connection.execute("DELETE FROM vectors WHERE document = ?", (key,))
        self._connection.execute("DELETE FROM documents WHERE rowid = ?", (key,))

    def read_vectors(self, dim: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the row numbers of all passages, rising, and their vectors in the same order.

        :raises IndexStale: when stored vectors are not what was written.
        """
        numbers: list[NDArray[np.int64]] = []
        blocks: list[NDArray[np.float32]] = []
        with self.reading():
            rows = self._connection.execute(
                "SELECT d.doc_id, d.first_passage, d.passages, v.rows, v.crc32"
                " FROM documents d LEFT JOIN vectors v ON v.document = d.rowid ORDER BY d.rowid"
            )
            for doc_id, first, count, blob, crc in rows:
                if blob is None or len(blob) != count * (dim + 4) or zlib.crc32(blob) != crc:
                    raise self._damaged(f"the vectors of {doc_id} are not what was written")
                numbers.append(np.arange(first, first + count, dtype=np.int64))
                blocks.append(unpack_vectors(blob, count=count, dim=dim))
        if not blocks:
            return np.zeros(0, dtype=np.int64), np.zeros((0, dim), dtype=np.float32)
        return np.concatenate(numbers), np.concatenate(blocks)

    def search_words(
        self, words: Sequence[str], *, k: int, months: tuple[str, str] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to ``k`` passages that hold any of the words as (row number, BM25), best first, ties by number.

        With ``months``, only passages dated from the first to the second of them, both included.
        """
        if not words:
            return []
        dated = " AND rowid IN (SELECT rowid FROM passages WHERE month BETWEEN ? AND ?)" if months else ""
        with self.reading():
            rows = self._connection.execute(
                f"SELECT rowid, -bm25(words, 1.0, {CONTEXT_WEIGHT}) AS relevance FROM words WHERE words MATCH ?{dated}"
                " ORDER BY relevance DESC, rowid LIMIT ?",
                (match_expression(list(words)), *(months or ()), k),
            )
            return [(int(number), float(relevance)) for number, relevance in rows]

    def count_holding(self, word: str) -> int:
        """Return how many passages hold a word."""
        with self.reading():
            row = self._connection.execute(
                "SELECT count(*) FROM words WHERE words MATCH ?", (match_expression([word]),)
            ).fetchone()
        return int(row[0])

    def count_copies(self, doc_id: str) -> dict[str, int]:
        """Return how many passages of a document each other document has in the same words, by document id."""
        with self.reading():
            rows = self._connection.execute(
                "SELECT other.doc_id, count(DISTINCT p.rowid) FROM documents own"
                " JOIN passages p ON p.document = own.rowid"
                " JOIN passages q ON q.wording = p.wording AND q.document <> p.document"
                " JOIN documents other ON other.rowid = q.document"
                " WHERE own.doc_id = ? GROUP BY other.doc_id",
                (doc_id,),
            )
            return {other: int(count) for other, count in rows}

    def read_passages(self, numbers: Iterable[int]) -> dict[int, tuple[Passage, str]]:
        """Return passages without their text, and the ids of their documents, by row number."""
        found: dict[int, tuple[Passage, str]] = {}
        with self.reading():
            for number in numbers:
                row = self._connection.execute(
                    "SELECT d.doc_id, p.start, p.stop, p.id, p.heading, p.as_of, p.page"
                    " FROM passages p JOIN documents d ON d.rowid = p.document WHERE p.rowid = ?",
                    (number,),
                ).fetchone()
                if row is None:
                    raise self._damaged(f"passage {number} is missing")
                doc_id, start, end, passage_id, heading, as_of, page = row
                found[number] = (Passage(passage_id.hex(), doc_id, "", start, end, heading, as_of, page), doc_id)
        return found

    def read_document(self, doc_id: str) -> Document:
        """Return a stored document with its body."""
        with self.reading():
            row = self._connection.execute(
                "SELECT front, body, sha256 FROM documents WHERE doc_id = ?", (doc_id,)
            ).fetchone()
        if row is None:
            raise self._damaged(f"document {doc_id} is missing")
        values = json.loads(row[0])
        values["kind"] = SourceKind(values["kind"])
        return Document(id=doc_id, body=row[1], sha256=row[2], **values)

    def _read_rows(self, first: int, count: int, document: Document) -> dict[int, Passage]:
        rows = self._connection.execute(
            "SELECT rowid, id, start, stop, heading, as_of, page FROM passages WHERE rowid BETWEEN ? AND ?",
            (first, first + count - 1),
        )
        return {
            number: Passage(passage_id.hex(), document.id, document.body[start:stop], start, stop, heading, as_of, page)
            for number, passage_id, start, stop, heading, as_of, page in rows
        }

    def find_problems(self) -> list[str]:
        """Return what is wrong inside the file, reading all of it; an empty list when nothing is."""
        problems: list[str] = []
        try:
            problems += [row[0] for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            self._connection.execute("SELECT count(*) FROM words WHERE words MATCH 'a'").fetchone()
            counted = self._connection.execute("SELECT count(*) FROM passages").fetchone()[0]
            claimed = self._connection.execute("SELECT coalesce(sum(passages), 0) FROM documents").fetchone()[0]
            if counted != claimed:
                problems.append(f"the documents have {claimed} passages, {counted} are stored")
        except sqlite3.DatabaseError as error:
            problems.append(str(error))
        return problems

    def create_tables(self) -> None:
        """Make the empty tables, unless they are there."""
        if not self.is_blank():
            return
        with self.writing():
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    self._connection.execute(statement)
            self.set_meta("schema", str(SCHEMA))

    def _damaged(self, detail: str) -> IndexStale:
        return IndexStale(f"the index {self._path} is damaged ({detail}); run `factcheck index` to build it again")


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _dump_front(document: Document) -> str:
    return json.dumps(
        {
            "title": document.title,
            "path": document.path,
            "publisher": document.publisher,
            "url": document.url,
            "published": document.published,
            "as_of": document.as_of,
            "kind": document.kind,
            "licence": document.licence,
        },
        ensure_ascii=False,
    )
