"""What a reader of any format gives: Markdown, and what the file says of itself."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from factcheck.corpus import FrontMatter
from factcheck.corpus.document import check_date
from factcheck.errors import BadDocument
from factcheck.types import SourceKind

MAX_UNPACKED = 200_000_000
MAX_ENTRIES = 20_000
MAX_RATIO = 300
"""A zip that grows beyond these is a bomb: office files seldom pack tighter than 1 to 50."""

_MARKUP = re.compile(r"^(?=[ ]{0,3}(?:#{1,6}\s|```|~~~|<!--|\||(?:[-*_]\s*){3,}$|={3,}\s*$))", re.MULTILINE)
_HOSTS = (
    (
        SourceKind.LAW,
        re.compile(r"(?:^|\.)(?:legislation\.gov\.\w\w|eur-lex\.europa\.eu|legifrance\.gouv\.fr|congress\.gov)$"),
    ),
    (
        SourceKind.OFFICIAL,
        re.compile(r"\.(?:gov|mil|gov\.[a-z]{2}|gouv\.[a-z]{2}|gob\.[a-z]{2}|go\.[a-z]{2}|europa\.eu)$"),
    ),
    (SourceKind.RESEARCH, re.compile(r"(?:\.(?:edu|edu\.[a-z]{2}|ac\.[a-z]{2})|(?:^|\.)arxiv\.org|^doi\.org)$")),
    (SourceKind.REFERENCE, re.compile(r"(?:^|\.)(?:wikipedia\.org|britannica\.com)$")),
)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Details:
    """What the user says of the sources that are added; it stands above what the files say of themselves."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    as_of: str | None = None
    kind: SourceKind | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One document read from a source: its text as Markdown, and what is known of it; no title is a title unknown.

    ``key`` tells it from the others of its source wherever it stands among them; it is empty where its place has to do.
    """

    body: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    as_of: str | None = None
    kind: SourceKind | None = None
    licence: str | None = None
    key: str = ""


def make_front(draft: Draft, details: Details, *, name: str) -> FrontMatter:
    """Return the front matter of a draft; what the user said comes first, and ``name`` stands in for a title."""
    return FrontMatter(
        title=" ".join((details.title or draft.title or name).split()) or "document",
        publisher=details.publisher or draft.publisher,
        url=details.url or draft.url,
        published=details.published or draft.published,
        as_of=details.as_of or draft.as_of,
        kind=details.kind or draft.kind or guess_kind(details.url or draft.url),
        licence=details.licence or draft.licence,
    )


def guess_kind(url: str | None) -> SourceKind:
    """Return what the host of an address says by itself about its publisher; most say nothing, and that is ``UNKNOWN``.

    Only names that are given out to one kind of publisher count: those of governments, parliaments' law collections,
    universities, and a few works of reference.
    """
    host = (urlsplit(url).hostname or "") if url else ""
    for kind, pattern in _HOSTS:
        if pattern.search(host):
            return kind
    return SourceKind.UNKNOWN


def escape_markdown(text: str) -> str:
    """Return text that Markdown leaves as it is: lines that would be headings, tables or rules get a backslash."""
    return _MARKUP.sub(r"\\", text)


def read_date(value: object) -> str | None:
    """Return the date that a value begins with as 2024, 2024-11 or 2024-11-18; ``None`` where it has none."""
    match = _DATE.match(str(value).strip()) if value is not None else None
    if match is None:
        return None
    parts = [match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]
    while parts:
        try:
            return check_date("-".join(parts))
        except ValueError:
            parts.pop()
    return None


def check_archive(archive: zipfile.ZipFile, *, name: str) -> None:
    """Look at what a zip says it holds before any of it is unpacked.

    :raises BadDocument: when it would grow beyond all measure, or is encrypted.
    """
    entries = archive.infolist()
    size, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or size > MAX_UNPACKED or (size > 10_000_000 and size > MAX_RATIO * max(packed, 1)):
        raise BadDocument(f"{name}: unpacks to {size:,} bytes in {len(entries):,} parts, over the limit; not opened")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadDocument(f"{name}: encrypted; save it without a password")


def need_text(draft: Draft, *, name: str) -> Draft:
    """Return the draft as it is.

    :raises BadDocument: when it holds no letters or figures.
    """
    if not re.search(r"\w", draft.body):
        raise BadDocument(f"{name}: holds no text")
    return replace(draft, body="\n" + draft.body.strip("\n") + "\n")
