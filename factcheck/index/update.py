"""Bringing an index file in line with the folder it is made from, a document at a time."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.corpus import CorpusFile, read_document, split_passages
from factcheck.corpus.folder import raise_problems
from factcheck.embed import Encoder
from factcheck.errors import BadDocument, IndexStale
from factcheck.index.reading import passage_text
from factcheck.index.store import Entry, PassageStore, Stored
from factcheck.types import Document, Passage

Progress = Callable[[int, int], None]
"""Called with the passages done and the passages there are to do."""

PASSAGES_PER_COMMIT = 2_048
"""What a kill during a build can lose; the rest is kept and gone on from."""

_RACY_NS = 2_000_000_000
"""A file changed this shortly before it was read may have been changed again within the same tick of its clock."""

Read = tuple[CorpusFile, Document, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class Changes:
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


def must_write(path: Path, files: Sequence[CorpusFile], encoder: Encoder) -> bool:
    """Say whether the index must be written before it can be used.

    A file whose date alone changed is noted anew where that can be written, and does no harm where it cannot.
    """
    if not path.exists():
        return True
    changes = find_changes(path, files, encoder)
    if changes.removed or (changes.to_read and os.access(path.parent, os.W_OK)):
        return True
    return bool(changes.find_edited())


def find_changes(path: Path, files: Sequence[CorpusFile], encoder: Encoder) -> Changes:
    """Return what must be done to bring an index up to date.

    :raises IndexStale: when it is damaged or of another encoder.
    """
    store = PassageStore.open(path)
    try:
        if store.is_blank():
            return Changes(tuple(files), (), {})
        check_encoder(store, encoder)
        return _compare(files, store.list_stored())
    finally:
        store.close()


def check_encoder(store: PassageStore, encoder: Encoder) -> None:
    """Do nothing if the store was built by the encoder, or by none yet.

    :raises IndexStale: when it was built by another.
    """
    with store.reading():
        built_by = store.get_meta("encoder")
    if built_by is not None and built_by != encoder.name:
        raise IndexStale(
            f"the index was built by the encoder {built_by}, this run uses {encoder.name};"
            " run `factcheck index` to build it again"
        )


def update_store(store: PassageStore, files: Sequence[CorpusFile], encoder: Encoder, progress: Progress | None) -> None:
    """Bring the store in line with the files, a bounded number of passages at a time.

    :raises BadDocument: when a file cannot be read; nothing is changed then.
    """
    check_encoder(store, encoder)
    stored = store.list_stored()
    changes = _compare(files, stored)
    documents, same = _read_changed(changes.to_read, stored)
    with store.writing():
        for doc_id in changes.removed:
            store.delete(doc_id)
        for file in same:
            store.touch(file)
    write_documents(store, documents, encoder, progress)


def write_documents(
    store: PassageStore, documents: Sequence[Read], encoder: Encoder, progress: Progress | None
) -> None:
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


def _compare(files: Sequence[CorpusFile], stored: dict[str, Stored]) -> Changes:
    to_read = tuple(
        file
        for file in files
        if (known := stored.get(file.doc_id)) is None or (known.size, known.mtime_ns) != (file.size, file.mtime_ns)
    )
    present = {file.doc_id for file in files}
    removed = tuple(sorted(doc_id for doc_id in stored if doc_id not in present))
    return Changes(to_read, removed, stored)


def _read_changed(files: Sequence[CorpusFile], stored: dict[str, Stored]) -> tuple[list[Read], list[CorpusFile]]:
    """Read the files that look changed; return those that are, split, and those that hold what is stored."""
    changed: list[Read] = []
    same: list[CorpusFile] = []
    problems: list[str] = []
    for file in files:
        try:
            document = read_document(file.path, doc_id=file.doc_id)
            known = stored.get(file.doc_id)
            if known is not None and known.sha256 == document.sha256:
                same.append(_settled(file))
            else:
                changed.append((_settled(file), document, split_passages(document)))
        except BadDocument as error:
            problems.append(str(error))
    raise_problems(problems)
    return changed, same


def _settled(file: CorpusFile) -> CorpusFile:
    """Return the file with a date that never compares equal if it is too fresh to be trusted."""
    fresh = time.time_ns() - file.mtime_ns < _RACY_NS
    return replace(file, mtime_ns=-1) if fresh else file


def _group(documents: Sequence[Read]) -> Iterator[list[Read]]:
    """Yield documents in groups of about as many passages as one commit takes."""
    group: list[Read] = []
    size = 0
    for read in documents:
        group.append(read)
        size += len(read[2])
        if size >= PASSAGES_PER_COMMIT:
            yield group
            group, size = [], 0
    if group:
        yield group
