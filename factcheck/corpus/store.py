"""Writing to the corpus folder: whole files or none, one writer at a time, the same document never twice."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from factcheck.corpus.document import FrontMatter, parse_front_matter, render_document
from factcheck.corpus.folder import list_files
from factcheck.errors import BadDocument, BadWorkspace
from factcheck.locking import lock_file

_HEAD_CHARACTERS = 20_000
_LONGEST_NAME = 80


class Outcome(StrEnum):
    """What became of a document that was to be added."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Added:
    """The document that is in the corpus now, and how it came there."""

    outcome: Outcome
    doc_id: str
    path: Path


def add_document(folder: Path, front: FrontMatter, body: str) -> Added:
    """Write a document into the corpus, as a new file or in place of an earlier version of it.

    The same original (by ``original_sha256``) with nothing new about it is left as it is. An earlier version is one
    with the same URL or from the same place (``original_from``); what only the earlier one knew about the source
    (publisher, dates, ...) is kept.

    :raises BadWorkspace: when the folder is missing or cannot be written.
    :raises BadDocument: when the document would not be readable afterwards.
    """
    if not folder.is_dir():
        raise BadWorkspace(f"no corpus at {folder}; `factcheck init` makes one, `--workspace` names another")
    with lock_corpus(folder):
        earlier = _find_earlier(folder, front)
        if earlier is None:
            path = _free_path(folder, front.title)
            write_text(path, _checked(front, body, path))
            return Added(Outcome.ADDED, path.relative_to(folder).as_posix()[: -len(".md")], path)
        doc_id, path, known = earlier
        merged = _merge(known, front)
        text = _checked(merged, body, path)
        if merged == known and path.read_text(encoding="utf-8") == text:
            return Added(Outcome.UNCHANGED, doc_id, path)
        write_text(path, text)
        return Added(Outcome.UPDATED, doc_id, path)


def remove_document(folder: Path, doc_id: str) -> Path:
    """Delete the file of a document and return where it was.

    :raises BadDocument: when there is no document of that id.
    :raises BadWorkspace: when the folder is missing or cannot be written.
    """
    with lock_corpus(folder):
        for file in list_files(folder):
            if file.doc_id == doc_id:
                try:
                    file.path.unlink()
                    _sync_folder(file.path.parent)
                except OSError as error:
                    raise BadWorkspace(f"cannot remove {file.path} ({error.strerror})") from None
                return file.path
    raise BadDocument(f"no document {doc_id!r} in {folder}; `factcheck corpus list` shows the ids")


@contextmanager
def lock_corpus(folder: Path) -> Iterator[None]:
    """Hold the corpus against other writers while the block runs."""
    with lock_file(folder / ".index" / "corpus.lock"):
        yield


def write_text(path: Path, text: str) -> None:
    """Put a whole file in place, or leave what was there: a kill or a full disk at any moment does no harm.

    :raises BadWorkspace: when it cannot be written.
    """
    scratch: str | None = None
    try:
        # The name is hidden, so that a file left by a kill is never taken for a document.
        descriptor, scratch = tempfile.mkstemp(prefix=".new-", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
        scratch = None
        _sync_folder(path.parent)
    except OSError as error:
        raise BadWorkspace(f"cannot write {path} ({error.strerror})") from None
    finally:
        if scratch is not None and os.path.exists(scratch):
            os.unlink(scratch)


def make_slug(title: str) -> str:
    """Return a readable file name for a title: ASCII letters, digits and hyphens, never empty, never a path."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(slug) > _LONGEST_NAME:
        slug = slug[:_LONGEST_NAME].rsplit("-", 1)[0]
    return slug or "document"


def _find_earlier(folder: Path, front: FrontMatter) -> tuple[str, Path, FrontMatter] | None:
    """Return the document that ``front`` is a copy or a new version of: by digest, then by place, then by URL.

    Two parts of one original are two documents, even under one URL.
    """
    by_place: tuple[str, Path, FrontMatter] | None = None
    by_url: tuple[str, Path, FrontMatter] | None = None
    marks = [mark for mark in (front.original_sha256, front.url, front.original_from) if mark]
    if not marks:
        return None
    for file in list_files(folder):
        with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            head = stream.read(_HEAD_CHARACTERS)
        if not any(mark in head for mark in marks):  # parsing YAML of ten thousand files would take seconds
            continue
        try:
            known, _ = parse_front_matter(head, name=str(file.path))
        except BadDocument:
            continue
        found = (file.doc_id, file.path, known)
        if front.original_sha256 and known.original_sha256 == front.original_sha256:
            return found
        if by_place is None and front.original_from is not None and known.original_from == front.original_from:
            by_place = found
        if by_url is None and front.url is not None and known.url == front.url and not _are_parts(known, front):
            by_url = found
    return by_place or by_url


def _are_parts(one: FrontMatter, other: FrontMatter) -> bool:
    """Say whether two documents are different parts of one original, by the digest that comes before ``#``."""
    digests = [front.original_sha256 or "" for front in (one, other)]
    wholes = [digest.split("#")[0] for digest in digests]
    return wholes[0] == wholes[1] != "" and digests[0] != digests[1]


def _merge(known: FrontMatter, new: FrontMatter) -> FrontMatter:
    """Return what is known of a source now: the new values, and the earlier ones where nothing new is said.

    A second copy of the same original does not change where it came from.
    """
    if known.original_sha256 and known.original_sha256 == new.original_sha256:
        new = replace(new, original=known.original, original_from=known.original_from)
    names = FrontMatter.__dataclass_fields__
    return replace(new, **{name: getattr(known, name) for name in names if getattr(new, name) in (None, "unknown")})


def _checked(front: FrontMatter, body: str, path: Path) -> str:
    text = render_document(front, body)
    parse_front_matter(text, name=str(path))
    return text


def _free_path(folder: Path, title: str) -> Path:
    slug = make_slug(title)
    number = 1
    while True:
        path = folder / (f"{slug}.md" if number == 1 else f"{slug}-{number}.md")
        if not path.exists():
            return path
        number += 1


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can do that for folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
