"""Markdown, plain text and web pages."""

from __future__ import annotations

import html
import re
from typing import Any

from factcheck.corpus.document import parse_front_matter
from factcheck.errors import BadDocument, MissingModel
from factcheck.ingest.form import Draft, escape_markdown, read_date

_OG_TITLE = re.compile(
    r"<meta\b(?=[^>]*\bproperty\s*=\s*[\"']og:title[\"'])[^>]*\bcontent\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>(?P<title>.*?)</title>", re.IGNORECASE | re.DOTALL)
_SITE_SUFFIX = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TITLE_LINE = re.compile(r"\s*(?P<title>[^\n]{3,120}?)[ \t]*\n[ \t]*\n")


def decode_any(content: bytes, *, name: str, declared: str | None = None) -> str:
    """Return the text of bytes in UTF-8, UTF-16 with a mark, the declared encoding or Windows-1252.

    :raises BadDocument: when it is binary.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", declared, "cp1252"):
        if encoding is None:
            continue
        try:
            text = content.decode(encoding)
        except (ValueError, LookupError):  # a page may declare any name, "undefined" among them
            continue
        if "\0" not in text and sum(char < " " and char not in "\t\n\r\f" for char in text[:4000]) < 4:
            return text
    raise BadDocument(f"{name}: not text in an encoding that can be told; save it as UTF-8")


def read_markdown(content: bytes, *, name: str) -> list[Draft]:
    """Read Markdown, with or without front matter.

    :raises BadDocument: when the front matter cannot be understood.
    """
    text = decode_any(content, name=name)
    if not text.lstrip().startswith("---") and not re.search(r"^#{1,6}[ \t]+\S", text, re.MULTILINE):
        return [Draft(text)]
    front, start = parse_front_matter(text, name=name)
    return [
        Draft(
            body=text[start:],
            title=front.title,
            publisher=front.publisher,
            url=front.url,
            published=front.published,
            as_of=front.as_of,
            kind=front.kind,
            licence=front.licence,
        )
    ]


def read_text(content: bytes, *, name: str) -> list[Draft]:
    """Read plain text; a short first line that stands alone and ends in no stop is the title."""
    text = decode_any(content, name=name).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    match = _TITLE_LINE.match(text)
    if match is None or match["title"][-1] in ".!?…:;,":
        return [Draft(escape_markdown(text))]
    return [Draft(escape_markdown(text[match.end() :]), title=match["title"])]


def _read_title(page: str) -> str | None:
    """Return the title that a page gives itself, without the site's name behind it.

    trafilatura takes the first heading, which on many pages is that of a dialogue or a menu.
    """
    head = page[:200_000]
    if match := _OG_TITLE.search(head):
        return html.unescape(match["a"] or match["b"] or "").strip() or None
    match = _TITLE.search(head)
    title = " ".join(html.unescape(match["title"]).split()) if match else ""
    return _SITE_SUFFIX.sub("", title) or None


def read_html(content: bytes, *, name: str, url: str | None = None) -> list[Draft]:
    """Read the main content of a web page, with title, date and publisher from its metadata; scripts are never run.

    :raises BadDocument: when no main content is found.
    :raises MissingModel: when trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise MissingModel("web pages need trafilatura: pip install trafilatura") from None

    declared = _META_CHARSET.search(content[:4096])
    text = decode_any(content, name=name, declared=declared[1].decode("ascii") if declared else None)
    body = trafilatura.extract(
        text, url=url, output_format="markdown", include_comments=False, include_tables=True, include_links=False
    )
    meta: Any = trafilatura.extract_metadata(text, default_url=url)
    if not body:
        body = trafilatura.html2txt(text)
    if not body or not re.search(r"\w", body):
        raise BadDocument(f"{name}: no main content was found in the page; save its text and add that")
    return [
        Draft(
            body=body,
            title=_read_title(text) or getattr(meta, "title", None),
            publisher=getattr(meta, "sitename", None) or getattr(meta, "hostname", None),
            url=url or getattr(meta, "url", None),
            published=read_date(getattr(meta, "date", None)),
        )
    ]
