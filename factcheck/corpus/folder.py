"""The corpus as a folder: which files are in it, and what they hold together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from factcheck.corpus.document import read_document
from factcheck.corpus.passages import split_passages
from factcheck.errors import BadDocument, BadWorkspace
from factcheck.types import Document, Passage


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus as the file system shows it; ``doc_id`` is its path in the folder without ``.md``."""

    doc_id: str
    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every document with its passages, in the order of the document ids."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    sha256: str


def list_files(folder: Path) -> tuple[CorpusFile, ...]:
    """Return the Markdown files under a folder by id; hidden files and folders are not looked at.

    :raises BadWorkspace: when the folder is missing or is no folder.
    """
    if not folder.is_dir():
        raise BadWorkspace(f"no corpus at {folder}; `factcheck init` makes one, `--workspace` names another")
    found: list[CorpusFile] = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or not name.lower().endswith(".md"):
                continue
            path = Path(where, name)
            try:
                status = path.stat()
            except FileNotFoundError:  # removed since it was listed, or a dangling link
                continue
            doc_id = path.relative_to(folder).as_posix()[: -len(".md")]
            found.append(CorpusFile(doc_id, path, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found, key=lambda file: file.doc_id))


def read_corpus(folder: Path) -> Corpus:
    """Read every document of a folder.

    :raises BadWorkspace: when the folder is missing.
    :raises BadDocument: when files cannot be read; the message names the first and counts the others.
    """
    documents: list[Document] = []
    passages: list[Passage] = []
    problems: list[str] = []
    for file in list_files(folder):
        try:
            document = read_document(file.path, doc_id=file.doc_id)
            passages.extend(split_passages(document))
            documents.append(document)
        except BadDocument as error:
            problems.append(str(error))
    raise_problems(problems)
    return Corpus(
        tuple(documents), tuple(passages), digest_documents((document.id, document.sha256) for document in documents)
    )


def raise_problems(problems: list[str]) -> None:
    """Raise one error for all files that could not be read; do nothing when there are none.

    :raises BadDocument: when there are problems.
    """
    if problems:
        others = f" (and {len(problems) - 1} more files)" if len(problems) > 1 else ""
        raise BadDocument(problems[0] + others)


def digest_documents(digests: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a corpus from the id and the file digest of each of its documents, in any order."""
    digest = hashlib.sha256()
    for doc_id, sha256 in sorted(digests):
        digest.update(f"{doc_id}\0{sha256}\n".encode())
    return digest.hexdigest()
