"""The index that a check uses: opened, brought up to date, searched."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factcheck.corpus import CorpusFile, list_files, split_passages
from factcheck.corpus.folder import digest_documents
from factcheck.embed import Encoder
from factcheck.errors import BadWorkspace, FactcheckError
from factcheck.index.dense import DenseSearch
from factcheck.index.fusion import fuse, put_copies_last
from factcheck.index.reading import month_of
from factcheck.index.store import OtherVersion, PassageStore
from factcheck.index.timely import (
    HEAD,
    LEAST_LIKENESS,
    PLACES,
    find_shared_words,
    insert_timely,
    is_timely,
    month_window,
)
from factcheck.index.update import Progress, check_encoder, find_changes, must_write, update_store, write_documents
from factcheck.index.words import bare_words, query_words
from factcheck.locking import lock_file
from factcheck.types import Document, Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE_NAME = "index.db"
CANDIDATES = 300
"""Passages that each of the two searches gives to the fusion."""

COPIES_KEPT = 2
_SPARE = 12
"""Passages read beyond those asked for, to take the place of copies."""

FREQUENT_SHARE = 0.2
FREQUENT_FROM = 20_000
LEAST_WORDS = 4
"""In an index of this many passages a word that this share of them holds is left out of a query, as long as so many
rarer words are left. Over 97,000 passages that takes the slowest queries from 25 to 18 ms; on 292 labelled claims it
leaves recall among ten at 0.85, where a share of 0.05 would take it to 0.82."""


class Mode(StrEnum):
    """Which of the two searches a query goes through."""

    DENSE = "dense"
    SPARSE = "sparse"
    HYBRID = "hybrid"


_Ranked = tuple[int, Hit]


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
        self._count_holding = lru_cache(maxsize=50_000)(store.count_holding)

    @classmethod
    def open(cls, corpus_dir: Path, index_dir: Path, encoder: Encoder, *, progress: Progress | None = None) -> Index:
        """Open the index of a corpus, building it or bringing it up to date first where that is needed.

        :raises BadWorkspace: when there is no corpus, it is empty, or the index must be written and cannot be.
        :raises BadDocument: when a document cannot be read; the index stays as it was.
        :raises IndexStale: when the index is damaged or of another encoder.
        """
        files = _list_some(corpus_dir)
        path = index_dir / FILE_NAME
        try:
            behind = must_write(path, files, encoder)
        except OtherVersion:
            return cls.rebuild(corpus_dir, index_dir, encoder, progress=progress)
        if behind:
            with lock_file(index_dir / "index.lock"):
                store = PassageStore.open(path, create=True)
                try:
                    update_store(store, files, encoder, progress)
                finally:
                    store.close()
        store = PassageStore.open(path)
        check_encoder(store, encoder)
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
        write_documents(store, reads, encoder, progress)
        return cls._of(store, encoder)

    @classmethod
    def rebuild(cls, corpus_dir: Path, index_dir: Path, encoder: Encoder, *, progress: Progress | None = None) -> Index:
        """Build the index anew, whatever is there; the old one stays in use until the new one is whole.

        :raises BadWorkspace: when there is no corpus, it is empty, or the index cannot be written.
        :raises BadDocument: when a document cannot be read.
        """
        files = _list_some(corpus_dir)
        with lock_file(index_dir / "index.lock"):
            scratch = index_dir / f"{FILE_NAME}.new"
            scratch.unlink(missing_ok=True)
            store = PassageStore.open(scratch, create=True)
            try:
                update_store(store, files, encoder, progress)
            finally:
                store.close()
            _settle(index_dir / FILE_NAME)
            os.replace(scratch, index_dir / FILE_NAME)
        return cls.open(corpus_dir, index_dir, encoder, progress=progress)

    @classmethod
    def _of(cls, store: PassageStore, encoder: Encoder) -> Index:
        with store.reading():
            dim = int(store.get_meta("dim") or 0)
        numbers, vectors = store.read_vectors(dim)
        return cls(store, encoder, numbers=numbers, vectors=vectors)

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

    def retrieve(
        self,
        queries: Sequence[str],
        *,
        top_k: int,
        dates: Sequence[str | None] | None = None,
        mode: Mode = Mode.HYBRID,
        distinct: bool = True,
    ) -> list[list[Hit]]:
        """Return up to ``top_k`` passages for each query, best first.

        With ``distinct``, the third and further passages in the same words come behind all others, so that evidence is
        not five copies of one sentence; without, every document counts.
        ``dates`` gives the date that each query is about: where none of the first three passages is of that time, up to
        two that are, on the same matter, follow them (:mod:`factcheck.index.timely`). ``similarity`` is the cosine of
        query and passage; ``bm25`` is 0 where the passage was not among those found by words. Ties go to the passage
        that was stored first.
        """
        vectors = self._encoder.encode(queries)
        depth = max(CANDIDATES, top_k)
        by_meaning = self._dense.search(vectors, k=depth) if mode is not Mode.SPARSE else [[] for _ in queries]
        found: list[list[Hit]] = []
        for place, (query, vector, rows) in enumerate(zip(queries, vectors, by_meaning, strict=True)):
            similarity = {int(self._numbers[row]): value for row, value in rows}
            bm25 = self._search_words(query, k=depth) if mode is not Mode.DENSE else {}
            hits = self._rank(vector, similarity, bm25, count=top_k + _SPARE, mode=mode, distinct=distinct)
            date = dates[place] if dates is not None else None
            if date is not None and top_k > HEAD:
                hits = self._add_timely(query, vector, hits, date)
            found.append([hit for _, hit in hits[:top_k]])
        return found

    def find_copies(self, doc_id: str, *, least_share: float = 0.5) -> list[tuple[str, float]]:
        """Return the documents that hold so much of a document in the same words, and the share, the largest first.

        Such are syndicated copies and earlier versions: they are no second source.
        """
        own = self._stored[doc_id].passages
        shares = {other: count / own for other, count in self._store.count_copies(doc_id).items()}
        return sorted(
            ((other, share) for other, share in shares.items() if share >= least_share),
            key=lambda item: (-item[1], item[0]),
        )

    def check(self) -> list[str]:
        """Return what is wrong with the index file, reading all of it; an empty list when nothing is."""
        problems = self._store.find_problems()
        if len(set(self._numbers.tolist())) != len(self._numbers):
            problems.append("two documents claim the same passages")
        return problems

    def _search_words(self, query: str, *, k: int) -> dict[int, float]:
        return dict(self._store.search_words(self._leave_frequent(query_words(query)), k=k))

    def _leave_frequent(self, words: list[str]) -> list[str]:
        if self.passage_count < FREQUENT_FROM or len(words) <= LEAST_WORDS:
            return words
        counts = {word: self._count_holding(word) for word in words}
        rarest = set(sorted(words, key=lambda word: (counts[word], word))[:LEAST_WORDS])
        limit = FREQUENT_SHARE * self.passage_count
        return [word for word in words if counts[word] <= limit or word in rarest]

    def _rank(
        self,
        vector: NDArray[np.float32],
        similarity: dict[int, float],
        bm25: dict[int, float],
        *,
        count: int,
        mode: Mode,
        distinct: bool,
    ) -> list[_Ranked]:
        similarity = similarity | self._measure(vector, [number for number in bm25 if number not in similarity])
        ranked = _rank_by(mode, similarity, bm25)[:count]
        hits = self._make_hits(ranked, similarity, bm25)
        if not distinct:
            return [(number, hits[number]) for number, _ in ranked]
        copies = {number: bare_words(hit.passage.text) for number, hit in hits.items()}
        return [(number, hits[number]) for number, _ in put_copies_last(ranked, copies, keep=COPIES_KEPT)]

    def _add_timely(self, query: str, vector: NDArray[np.float32], hits: list[_Ranked], date: str) -> list[_Ranked]:
        head = [hit for _, hit in hits[:HEAD]]
        window = month_window(date)
        if not head or is_timely([month_of(hit.passage.as_of or hit.document.published) for hit in head], window):
            return hits
        words = self._leave_frequent(find_shared_words(query, [hit.passage.text for hit in head]))
        bm25 = dict(self._store.search_words(words, k=PLACES + HEAD, months=window))
        likeness = [self._measure(self._vector_of(number), list(bm25)) for number, _ in hits[:HEAD]]
        ranked = [
            number
            for number in sorted(bm25, key=lambda number: (-bm25[number], number))
            if max(like[number] for like in likeness) >= LEAST_LIKENESS
        ]
        timely = self._make_hits([(number, 0.0) for number in ranked], self._measure(vector, ranked), bm25)
        by_number = {**timely, **dict(hits)}
        return [(number, by_number[number]) for number in insert_timely([number for number, _ in hits], ranked)]

    def _vector_of(self, number: int) -> NDArray[np.float32]:
        return self._dense.row(int(np.searchsorted(self._numbers, number)))

    def _measure(self, vector: NDArray[np.float32], numbers: list[int]) -> dict[int, float]:
        """Return the cosine of a query to passages by row number."""
        if not numbers:
            return {}
        rows = np.searchsorted(self._numbers, numbers).tolist()
        return {
            number: float(value) for number, value in zip(numbers, self._dense.similarity(vector, rows), strict=True)
        }

    def _make_hits(
        self, ranked: Sequence[tuple[int, float]], similarity: dict[int, float], bm25: dict[int, float]
    ) -> dict[int, Hit]:
        bare = self._store.read_passages(number for number, _ in ranked)
        hits: dict[int, Hit] = {}
        for number, fused in ranked:
            passage, doc_id = bare[number]
            document = self._read_document(doc_id)
            passage = replace(passage, text=document.body[passage.start : passage.end])
            hits[number] = Hit(passage, document, similarity[number], bm25.get(number, 0.0), fused)
        return hits


def check_index(corpus_dir: Path, index_dir: Path, encoder: Encoder) -> list[str]:
    """Return everything that is wrong with the index of a corpus, or an empty list; nothing is changed."""
    path = index_dir / FILE_NAME
    if not path.exists():
        return [f"there is no index at {path}"]
    try:
        files = list_files(corpus_dir)
        changes = find_changes(path, files, encoder)
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


def _settle(path: Path) -> None:
    """Let the old index finish what a killed writer began, so that its journal is never played into the new one."""
    if path.exists():
        with suppress(FactcheckError):
            PassageStore.open(path).close()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _list_some(corpus_dir: Path) -> tuple[CorpusFile, ...]:
    files = list_files(corpus_dir)
    if not files:
        raise BadWorkspace(f"the corpus {corpus_dir} has no documents; add some with `factcheck add FILE`")
    return files


def _rank_by(mode: Mode, similarity: dict[int, float], bm25: dict[int, float]) -> list[tuple[int, float]]:
    if mode is Mode.HYBRID:
        return fuse(similarity, bm25)
    values = similarity if mode is Mode.DENSE else bm25
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))
