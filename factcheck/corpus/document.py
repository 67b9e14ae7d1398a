"""One corpus file: its front matter and body, read and written.

Offsets of passages and quotes point into the body, the text after the front matter, with line ends as they are in the
file. Front matter that cannot be understood is refused with the file's name: a source whose date was silently dropped
would be weighed wrongly.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from factcheck.errors import BadDocument
from factcheck.types import Document, SourceKind

MAX_BYTES = 50_000_000
"""A Markdown file beyond this is no document but a dump; it would hold up every run."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_FIRST_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is known about a source. Dates are ISO 8601 of reduced precision.

    ``original`` is the name of the file or the address that the document was made from, ``original_sha256`` the digest
    of those bytes and ``original_from`` a digest of where they lay; a later version of the same original is found by
    them.
    """

    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    as_of: str | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    licence: str | None = None
    original: str | None = None
    original_sha256: str | None = None
    original_from: str | None = None


def check_date(value: str) -> str:
    """Return a date of the form 2024, 2024-11 or 2024-11-18 as it is.

    :raises ValueError: when it has another form or is no date.
    """
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is not a date like 2024, 2024-11 or 2024-11-18")
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        raise ValueError(f"{value!r} is not a day of the calendar") from None
    return value


def parse_front_matter(text: str, *, name: str) -> tuple[FrontMatter, int]:
    """Return the front matter of a file's text and where its body starts; ``name`` is for messages.

    Without front matter, or without a title in it, the first heading is the title.

    :raises BadDocument: when the YAML is broken, a value has the wrong form or there is no title.
    """
    match = _FRONT_MATTER.match(text)
    if match is None and re.match(r"---[ \t]*\r?\n", text):
        raise BadDocument(f"{name}: the front matter has no end; close it with a line of three hyphens")
    values = _load_yaml(match["yaml"], name=name) if match else {}
    start = match.end() if match else 0
    title = _text(values, "title", name=name)
    if title is None:
        heading = _FIRST_HEADING.search(text, start)
        if heading is None:
            raise BadDocument(f"{name}: no title; write `title: ...` into its front matter")
        title = heading["title"]
    kind = _text(values, "kind", name=name)
    try:
        source_kind = SourceKind(kind.lower()) if kind else SourceKind.UNKNOWN
    except ValueError:
        raise BadDocument(f"{name}: kind is {kind!r}; it must be one of {', '.join(SourceKind)}") from None
    front = FrontMatter(
        title=title,
        publisher=_text(values, "publisher", name=name),
        url=_text(values, "url", name=name),
        published=_date(values, "published", name=name),
        as_of=_date(values, "as_of", name=name),
        kind=source_kind,
        licence=_text(values, "licence", name=name) or _text(values, "license", name=name),
        original=_text(values, "original", name=name),
        original_sha256=_text(values, "original_sha256", name=name),
        original_from=_text(values, "original_from", name=name),
    )
    return front, start


def parse_document(text: str, *, doc_id: str, path: str, sha256: str) -> Document:
    """Return the document that a file's text holds.

    :raises BadDocument: when its front matter cannot be understood.
    """
    front, start = parse_front_matter(text, name=path)
    return Document(
        id=doc_id,
        title=front.title,
        body=text[start:],
        sha256=sha256,
        path=path,
        publisher=front.publisher,
        url=front.url,
        published=front.published,
        as_of=front.as_of,
        kind=front.kind,
        licence=front.licence,
    )


def read_document(path: Path, *, doc_id: str | None = None) -> Document:
    """Read one Markdown file; its id is ``doc_id``, by default the file's name without ending.

    :raises BadDocument: when it cannot be read, is no UTF-8 text, or its front matter cannot be understood.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadDocument(
                f"{path}: {size:,} bytes, over the limit of {MAX_BYTES:,}; split it into several documents"
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadDocument(f"{path}: cannot be read ({error.strerror or error})") from None
    return parse_document(
        decode_text(content, name=str(path)),
        doc_id=doc_id if doc_id is not None else path.stem,
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def decode_text(content: bytes, *, name: str) -> str:
    """Return UTF-8 text without its byte order mark.

    :raises BadDocument: when it is binary or in another encoding.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument(f"{name}: not UTF-8 text (byte {error.start:,}); save it as UTF-8") from None
    if "\0" in text:
        raise BadDocument(f"{name}: a binary file, not text")
    return text


def render_document(front: FrontMatter, body: str) -> str:
    """Return the text of a corpus file; :func:`parse_front_matter` reads the same values back."""
    import yaml

    values = {
        "title": front.title,
        "publisher": front.publisher,
        "url": front.url,
        "published": front.published,
        "as_of": front.as_of,
        "kind": str(front.kind),
        "licence": front.licence,
        "original": front.original,
        "original_sha256": front.original_sha256,
        "original_from": front.original_from,
    }
    known = {key: value for key, value in values.items() if value is not None}
    head = yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{head}---\n{body}"


def _load_yaml(source: str, *, name: str) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        values = yaml.load(source, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise BadDocument(
            f"{name}: the front matter cannot be read{line}: {problem}; correct it, or quote the value"
        ) from None
    except ValueError as error:  # a date such as 2024-13-45 fails in its constructor
        raise BadDocument(f"{name}: the front matter cannot be read: {error}; correct it") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise BadDocument(f"{name}: the front matter must be lines of `name: value`")
    return values


def _text(values: dict[str, Any], key: str, *, name: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if isinstance(value, (dict, list)):
        raise BadDocument(f"{name}: {key} must be one line of text")
    return " ".join(str(value).split()) or None


def _date(values: dict[str, Any], key: str, *, name: str) -> str | None:
    value = values.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    try:
        return check_date(text)
    except ValueError as error:
        raise BadDocument(f"{name}: {key}: {error}") from None
