"""The index that a check uses: opened, brought up to date, searched."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factcheck.corpus import CorpusFile, list_files, read_document, split_passages
from factcheck.corpus.folder import digest_documents, raise_problems
from factcheck.embed import Encoder
from factcheck.errors import BadDocument, BadWorkspace, FactcheckError, IndexStale
from factcheck.index.dense import DenseSearch
from factcheck.index.fusion import fuse
from factcheck.index.store import Entry, PassageStore, Stored, passage_text
from factcheck.index.words import query_words
from factcheck.locking import lock_file
from factcheck.types import Document, Hit, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with the passages done and the passages there are to do."""

FILE_NAME = "index.db"
PASSAGES_PER_COMMIT = 2_048
"""What a kill during a build can lose; the rest is kept and gone on from."""

CANDIDATES = 100
_RACY_NS = 2_000_000_000
"""A file changed this shortly before it was read may have been changed again within the same tick of its clock."""


class Mode(StrEnum):
    """Which of the two searches a query goes through."""

    DENSE = "dense"
    SPARSE = "sparse"
    HYBRID = "hybrid"


_Read = tuple[CorpusFile, Document, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class _Changes:
    """The difference between the folder and the index: files whose size or date is not the one noted, files gone."""

    to_read: tuple[CorpusFile, ...]
    removed: tuple[str, ...]
    stored: dict[str, Stored]

    def find_edited(self) -> list[CorpusFile]:
        """Return the files whose content is not the one stored."""
        return [
            file
            for file in self.to_read
            if (known := self.stored.get(file.doc_id)) is None
            or hashlib.sha256(file.path.read_bytes()).hexdigest() != known.sha256
        ]


class Index:
    """Passages of a corpus, found by meaning and by words."""

    def __init__(
        self, store: PassageStore, encoder: Encoder, *, numbers: NDArray[np.int64], vectors: NDArray[np.float32]
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._numbers = numbers
        self._dense = DenseSearch(vectors)
        self._stored = store.list_stored()
        self._read_document = lru_cache(maxsize=512)(store.read_document)

    @classmethod
    def open(cls, corpus_dir: Path, index_dir: Path, encoder: Encoder, *, progress: Progress | None = None) -> Index:
        """Open the index of a corpus, building it or bringing it up to date first where that is needed.

        :raises BadWorkspace: when there is no corpus, it is empty, or the index must be written and cannot be.
        :raises BadDocument: when a document cannot be read; the index stays as it was.
        :raises IndexStale: when the index is damaged or of another encoder.
        """
        files = list_files(corpus_dir)
        if not files:
            raise BadWorkspace(f"the corpus {corpus_dir} has no documents; add some with `factcheck add FILE`")
        path = index_dir / FILE_NAME
        if _must_write(path, files, encoder):
            with lock_file(index_dir / "index.lock"):
                store = PassageStore.open(path, create=True)
                try:
                    _check_encoder(store, encoder)
                    _update(store, files, encoder, progress)
                finally:
                    store.close()
        store = PassageStore.open(path)
        _check_encoder(store, encoder)
        return cls._of(store, encoder)

    @classmethod
    def from_documents(
        cls, documents: Sequence[Document], encoder: Encoder, *, progress: Progress | None = None
    ) -> Index:
        """Index documents in memory, for measuring and for callers who hold no folder; their ids must differ."""
        store = PassageStore.in_memory()
        reads = [
            (CorpusFile(document.id, Path(document.path), 0, 0), document, split_passages(document))
            for document in documents
        ]
        _write(store, reads, encoder, progress)
        return cls._of(store, encoder)

    @classmethod
    def _of(cls, store: PassageStore, encoder: Encoder) -> Index:
        with store.reading():
            dim = int(store.get_meta("dim") or 0)
        numbers, vectors = store.read_vectors(dim)
        return cls(store, encoder, numbers=numbers, vectors=vectors)

    @classmethod
    def rebuild(cls, corpus_dir: Path, index_dir: Path, encoder: Encoder, *, progress: Progress | None = None) -> Index:
        """Build the index anew, whatever is there; the old one stays in use until the new one is whole.

        :raises BadWorkspace: when there is no corpus, it is empty, or the index cannot be written.
        :raises BadDocument: when a document cannot be read.
        """
        files = list_files(corpus_dir)
        if not files:
            raise BadWorkspace(f"the corpus {corpus_dir} has no documents; add some with `factcheck add FILE`")
        with lock_file(index_dir / "index.lock"):
            scratch = index_dir / f"{FILE_NAME}.new"
            _remove(scratch)
            store = PassageStore.open(scratch, create=True)
            try:
                _check_encoder(store, encoder)
                _update(store, files, encoder, progress)
            finally:
                store.close()
            _remove(index_dir / f"{FILE_NAME}-journal")
            os.replace(scratch, index_dir / FILE_NAME)
        return cls.open(corpus_dir, index_dir, encoder, progress=progress)

    def close(self) -> None:
        """Close the file under the index."""
        self._store.close()

    @property
    def corpus_sha256(self) -> str:
        """The digest of the documents in the index, as :class:`factcheck.corpus.Corpus` has it."""
        return digest_documents((doc_id, stored.sha256) for doc_id, stored in self._stored.items())

    @property
    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted."""
        return tuple(sorted(self._stored))

    @property
    def passage_count(self) -> int:
        """How many passages can be found."""
        return len(self._dense)

    def retrieve(self, queries: Sequence[str], *, top_k: int, mode: Mode = Mode.HYBRID) -> list[list[Hit]]:
        """Return up to ``top_k`` passages for each query, best first.

        ``similarity`` is the cosine of query and passage; ``bm25`` is 0 where the passage was not among those found by
        words. Ties go to the passage that was stored first.
        """
        vectors = self._encoder.encode(queries)
        depth = max(CANDIDATES, top_k)
        by_meaning = self._dense.search(vectors, k=depth) if mode is not Mode.SPARSE else [[] for _ in queries]
        return [
            self._rank(query, vector, {int(self._numbers[row]): value for row, value in found}, top_k=top_k, mode=mode)
            for query, vector, found in zip(queries, vectors, by_meaning, strict=True)
        ]

    def check(self) -> list[str]:
        """Return what is wrong with the index file, reading all of it; an empty list when nothing is."""
        problems = self._store.find_problems()
        if len(set(self._numbers.tolist())) != len(self._numbers):
            problems.append("two documents claim the same passages")
        return problems

    def _rank(
        self, query: str, vector: NDArray[np.float32], similarity: dict[int, float], *, top_k: int, mode: Mode
    ) -> list[Hit]:
        depth = max(CANDIDATES, top_k)
        bm25 = dict(self._store.search_words(query_words(query), k=depth)) if mode is not Mode.DENSE else {}
        unknown = [number for number in bm25 if number not in similarity]
        if unknown:
            rows = np.searchsorted(self._numbers, unknown).tolist()
            cosines = self._dense.similarity(vector, rows)
            similarity |= {number: float(value) for number, value in zip(unknown, cosines, strict=True)}
        ranked = _rank_by(mode, similarity, bm25)[:top_k]
        passages = self._store.read_passages(number for number, _ in ranked)
        return [
            self._make_hit(passages[number], similarity[number], bm25.get(number, 0.0), fused)
            for number, fused in ranked
        ]

    def _make_hit(self, found: tuple[Passage, str], similarity: float, bm25: float, fused: float) -> Hit:
        bare, doc_id = found
        document: Document = self._read_document(doc_id)
        passage = replace(bare, text=document.body[bare.start : bare.end])
        return Hit(passage, document, similarity=similarity, bm25=bm25, fused=fused)


def check_index(corpus_dir: Path, index_dir: Path, encoder: Encoder) -> list[str]:
    """Return everything that is wrong with the index of a corpus, or an empty list; nothing is changed."""
    path = index_dir / FILE_NAME
    if not path.exists():
        return [f"there is no index at {path}"]
    try:
        files = list_files(corpus_dir)
        changes = _find_changes(path, files, encoder)
        store = PassageStore.open(path)
        try:
            with store.reading():
                store.read_vectors(int(store.get_meta("dim") or 0))
            problems = store.find_problems()
        finally:
            store.close()
    except FactcheckError as error:
        return [str(error)]
    edited, gone = len(changes.find_edited()), len(changes.removed)
    if edited or gone:
        problems.append(f"documents changed since it was built: {edited} new or edited, {gone} gone")
    return problems


def _rank_by(mode: Mode, similarity: dict[int, float], bm25: dict[int, float]) -> list[tuple[int, float]]:
    if mode is Mode.HYBRID:
        return fuse(similarity, bm25)
    values = similarity if mode is Mode.DENSE else bm25
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))


def _check_encoder(store: PassageStore, encoder: Encoder) -> None:
    with store.reading():
        built_by = store.get_meta("encoder")
    if built_by is not None and built_by != encoder.name:
        raise IndexStale(
            f"the index was built by the encoder {built_by}, this run uses {encoder.name};"
            " run `factcheck index` to build it again"
        )


def _must_write(path: Path, files: Sequence[CorpusFile], encoder: Encoder) -> bool:
    """Say whether the index must be written before it can be used.

    A file whose date alone changed is noted anew where that can be written, and does no harm where it cannot.
    """
    if not path.exists():
        return True
    changes = _find_changes(path, files, encoder)
    if changes.removed or (changes.to_read and os.access(path.parent, os.W_OK)):
        return True
    return bool(changes.find_edited())


def _find_changes(path: Path, files: Sequence[CorpusFile], encoder: Encoder) -> _Changes:
    """Return what must be done to bring an index up to date."""
    store = PassageStore.open(path)
    try:
        if store.is_blank():
            return _Changes(tuple(files), (), {})
        _check_encoder(store, encoder)
        return _compare(files, store.list_stored())
    finally:
        store.close()


def _compare(files: Sequence[CorpusFile], stored: dict[str, Stored]) -> _Changes:
    to_read = tuple(
        file
        for file in files
        if (known := stored.get(file.doc_id)) is None or (known.size, known.mtime_ns) != (file.size, file.mtime_ns)
    )
    present = {file.doc_id for file in files}
    removed = tuple(sorted(doc_id for doc_id in stored if doc_id not in present))
    return _Changes(to_read, removed, stored)


def _update(store: PassageStore, files: Sequence[CorpusFile], encoder: Encoder, progress: Progress | None) -> None:
    """Bring the store in line with the files, a bounded number of passages at a time."""
    stored = store.list_stored()
    changes = _compare(files, stored)
    documents, same = _read_changed(changes.to_read, stored)
    with store.writing():
        for doc_id in changes.removed:
            store.delete(doc_id)
        for file in same:
            store.touch(file)
    _write(store, [(_settled(file), document, passages) for file, document, passages in documents], encoder, progress)


def _write(store: PassageStore, documents: Sequence[_Read], encoder: Encoder, progress: Progress | None) -> None:
    """Encode and store documents, a transaction for every so many passages."""
    done, total = 0, sum(len(passages) for _, _, passages in documents)
    if progress is not None:
        progress(done, total)
    for group in _group(documents):
        texts = [passage_text(document, passage) for _, document, passages in group for passage in passages]
        vectors = encoder.encode(texts)
        with store.writing():
            if store.get_meta("encoder") is None:
                store.set_meta("encoder", encoder.name)
                store.set_meta("dim", str(vectors.shape[1]))
            first = 0
            for file, document, passages in group:
                store.put(Entry(file, document, passages, vectors[first : first + len(passages)]))
                first += len(passages)
        done += len(texts)
        if progress is not None:
            progress(done, total)


def _read_changed(files: Sequence[CorpusFile], stored: dict[str, Stored]) -> tuple[list[_Read], list[CorpusFile]]:
    """Read the files that look changed; return those that are, split, and those that hold what is stored."""
    changed: list[_Read] = []
    same: list[CorpusFile] = []
    problems: list[str] = []
    for file in files:
        try:
            document = read_document(file.path, doc_id=file.doc_id)
            known = stored.get(file.doc_id)
            if known is not None and known.sha256 == document.sha256:
                same.append(_settled(file))
            else:
                changed.append((file, document, split_passages(document)))
        except BadDocument as error:
            problems.append(str(error))
    raise_problems(problems)
    return changed, same


def _settled(file: CorpusFile) -> CorpusFile:
    """Return the file with a date that never compares equal if it is too fresh to be trusted."""
    fresh = time.time_ns() - file.mtime_ns < _RACY_NS
    return replace(file, mtime_ns=-1) if fresh else file


def _group(documents: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Yield documents in groups of about as many passages as one commit takes."""
    group: list[_Read] = []
    size = 0
    for read in documents:
        group.append(read)
        size += len(read[2])
        if size >= PASSAGES_PER_COMMIT:
            yield group
            group, size = [], 0
    if group:
        yield group


def _remove(path: Path) -> None:
    if path.exists():
        path.unlink()
