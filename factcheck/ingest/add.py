"""From paths and addresses to documents in the corpus, one by one, with a summary of what became of each."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from factcheck.corpus import add_document, parse_document, split_passages
from factcheck.corpus.document import render_document
from factcheck.errors import BadDocument, FactcheckError
from factcheck.ingest import office, pdf, tables, texts
from factcheck.ingest.form import Details, Draft, make_front, need_text

Progress = Callable[[int, int], None]
"""Called with the sources done and the sources there are."""

Reader = Callable[..., list[Draft]]

MAX_BYTES = 100_000_000
READERS: dict[str, Reader] = {
    ".md": texts.read_markdown,
    ".markdown": texts.read_markdown,
    ".txt": texts.read_text,
    ".text": texts.read_text,
    ".html": texts.read_html,
    ".htm": texts.read_html,
    ".xhtml": texts.read_html,
    ".pdf": pdf.read_pdf,
    ".docx": office.read_docx,
    ".epub": office.read_epub,
    ".csv": tables.read_delimited,
    ".tsv": tables.read_delimited,
    ".xlsx": tables.read_xlsx,
    ".jsonl": tables.read_jsonl,
}
_SETTLE_S = 0.3
"""A file changed this recently is looked at twice: it may still be growing."""


class Outcome(StrEnum):
    """What became of a source."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class AddedItem:
    """One source, or one document of a source that holds several. ``note`` is the reason, or what to know."""

    source: str
    outcome: Outcome
    doc_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What became of everything that was to be added, in the order it was given."""

    items: tuple[AddedItem, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many documents met an outcome."""
        return sum(item.outcome is outcome for item in self.items)

    @property
    def refused(self) -> tuple[AddedItem, ...]:
        """What could not be added."""
        return tuple(item for item in self.items if item.outcome is Outcome.REFUSED)

    def lines(self) -> list[str]:
        """Return what to tell the user: a line for whatever needs one, then the counts."""
        told = [
            f"{item.outcome}: {item.note if item.outcome is Outcome.REFUSED else f'{item.source}: {item.note}'}"
            for item in self.items
            if item.note
        ]
        counts = [f"{self.count(outcome)} {outcome}" for outcome in Outcome if self.count(outcome)]
        return [*told, ", ".join(counts) or "nothing to add"]


@dataclass(frozen=True, slots=True)
class _Source:
    """Something to read: a path or an address, or a problem met before it could be read."""

    name: str
    path: Path | None = None
    problem: str = ""
    skipped: bool = False


def add_paths(
    sources: Sequence[str],
    corpus_dir: Path,
    *,
    details: Details | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    allow_private: bool = False,
    progress: Progress | None = None,
) -> AddSummary:
    """Add files, folders and addresses to the corpus; what cannot be read is refused and the others go on.

    ``include`` and ``exclude`` are patterns of names (``*.pdf``) or of paths within a folder; they do not hold for
    files named one by one.

    :raises FactcheckError: when the details cannot hold for the sources (one title for many).
    :raises BadWorkspace: when the corpus is missing or cannot be written.
    """
    found = list(_expand(sources, include=include, exclude=exclude, corpus_dir=corpus_dir))
    details = details if details is not None else Details()
    if len([source for source in found if not source.problem]) > 1 and (details.title or details.url):
        raise FactcheckError(f"--title and --url name one document, {len(found)} were given; add them one by one")
    items: list[AddedItem] = []
    for done, source in enumerate(found):
        if progress is not None:
            progress(done, len(found))
        items += _add_source(source, corpus_dir, details, allow_private=allow_private)
    if progress is not None:
        progress(len(found), len(found))
    return AddSummary(tuple(items))


def _add_source(source: _Source, corpus_dir: Path, details: Details, *, allow_private: bool) -> Iterator[AddedItem]:
    if source.problem:
        yield AddedItem(source.name, Outcome.SKIPPED if source.skipped else Outcome.REFUSED, note=source.problem)
        return
    try:
        content, reader, place = _open_source(source, allow_private=allow_private)
        drafts = reader(content, name=source.name)
        drafts = [need_text(draft, name=source.name) for draft in drafts]
        if not drafts:
            raise BadDocument(f"{source.name}: holds no text")
    except BadDocument as error:
        yield AddedItem(source.name, Outcome.REFUSED, note=str(error))
        return
    digest = hashlib.sha256(content).hexdigest()
    for number, draft in enumerate(drafts):
        part = f"#{number}" if len(drafts) > 1 else ""
        try:
            where = place + (f"#{draft.key}" if draft.key else part)
            yield _store(draft, source, corpus_dir, details, digest=digest + part, place=where)
        except BadDocument as error:
            yield AddedItem(source.name, Outcome.REFUSED, note=str(error))


def _store(draft: Draft, source: _Source, corpus_dir: Path, details: Details, *, digest: str, place: str) -> AddedItem:
    stem = Path(source.name).stem if source.path is not None else source.name
    front = replace(
        make_front(draft, details, name=stem),
        original=source.path.name if source.path is not None else source.name,
        original_sha256=digest,
        original_from=hashlib.sha256(place.encode()).hexdigest()[:16],
    )
    # Refused now, with the source's name, rather than at the next run with the corpus file's.
    rendered = parse_document(render_document(front, draft.body), doc_id="new", path=source.name, sha256="")
    if not split_passages(rendered):
        raise BadDocument(f"{source.name}: holds no text")
    added = add_document(corpus_dir, front, draft.body)
    dated = front.published or front.as_of
    return AddedItem(
        source.name, Outcome(added.outcome), added.doc_id, note="" if dated else "no date is known; give --published"
    )


def _open_source(source: _Source, *, allow_private: bool) -> tuple[bytes, Reader, str]:
    """Return the bytes of a source, what reads them, and where it lies, as a name that lasts."""
    if source.path is None:
        from factcheck.ingest.web import fetch

        page = fetch(source.name, allow_private=allow_private)
        reader = find_reader(page.file_name, page.content, name=source.name, media_type=page.media_type)
        if reader is texts.read_html:
            return page.content, lambda content, name: texts.read_html(content, name=name, url=page.url), source.name
        return page.content, lambda content, name: _with_url(reader(content, name=name), page.url), source.name
    content = read_settled(source.path)
    return content, find_reader(source.path.name, content, name=source.name), str(source.path.resolve())


def _with_url(drafts: list[Draft], url: str) -> list[Draft]:
    return [replace(draft, url=draft.url or url) for draft in drafts]


def find_reader(file_name: str, content: bytes, *, name: str, media_type: str = "") -> Reader:
    """Return what reads a file: by its first bytes where they tell, else by media type, then by the name's ending.

    :raises BadDocument: when it is of no kind that can be read.
    """
    if content.startswith(b"%PDF-"):
        return pdf.read_pdf
    suffix = Path(file_name).suffix.lower()
    if media_type in {"text/html", "application/xhtml+xml"}:
        return texts.read_html
    if suffix in READERS:
        return READERS[suffix]
    start = content[:1000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return texts.read_html
    if b"\0" not in content[:4000] and (not suffix or media_type == "text/plain"):
        return texts.read_text
    raise BadDocument(f"{name}: a kind of file that cannot be read; {', '.join(sorted(READERS))} can")


def read_settled(path: Path) -> bytes:
    """Return the bytes of a file that nobody is writing.

    :raises BadDocument: when it is missing, no plain file, too large, empty or changing.
    """
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise BadDocument(f"{path}: not a plain file")
        if before.st_size > MAX_BYTES:
            raise BadDocument(f"{path}: {before.st_size:,} bytes, over the limit of {MAX_BYTES:,}; split it")
        if not before.st_size:
            raise BadDocument(f"{path}: empty")
        if time.time() - before.st_mtime < _SETTLE_S:
            time.sleep(_SETTLE_S)
        content = path.read_bytes()
        after = path.stat()
    except OSError as error:
        raise BadDocument(f"{path}: cannot be read ({error.strerror or error})") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise BadDocument(f"{path}: is being written; add it again when that is done")
    return content


def _expand(
    sources: Sequence[str], *, include: Sequence[str], exclude: Sequence[str], corpus_dir: Path
) -> Iterator[_Source]:
    for source in sources:
        if re.match(r"https?://", source, re.IGNORECASE):
            yield _Source(source)
        elif re.match(r"[a-z][a-z0-9+.-]+://", source, re.IGNORECASE):
            yield _Source(source, problem=f"{source}: only http and https addresses are fetched")
        elif not os.path.lexists(source):
            yield _Source(source, problem=f"{source}: no such file or folder")
        elif Path(source).is_dir():
            yield from _walk(Path(source), include=include, exclude=exclude, corpus_dir=corpus_dir)
        else:
            yield _Source(source, Path(source))


def _walk(root: Path, *, include: Sequence[str], exclude: Sequence[str], corpus_dir: Path) -> Iterator[_Source]:
    """Yield the files of a folder in order; links that lead out of it and the corpus itself are left alone."""
    home, corpus = root.resolve(), corpus_dir.resolve()
    others = 0
    for where, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(where, name).resolve() != corpus
        )
        for name in sorted(names):
            path = Path(where, name)
            inside = path.relative_to(root).as_posix()
            if name.startswith(".") or not _matches(inside, include, default=True):
                continue
            if _matches(inside, exclude, default=False):
                continue
            if not path.resolve().is_relative_to(home):
                yield _Source(str(path), problem=f"{path}: a link out of the folder; name its target to add it")
            elif path.suffix.lower() in READERS:
                yield _Source(str(path), path)
            else:
                others += 1
    if others:
        yield _Source(str(root), problem=f"{others} files of kinds that cannot be read", skipped=True)


def _matches(path: str, patterns: Sequence[str], *, default: bool) -> bool:
    if not patterns:
        return default
    return any(
        fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(path.rsplit("/", 1)[-1], pattern) for pattern in patterns
    )
