"""PDF: text with page numbers."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any

from factcheck.errors import BadDocument, MissingModel
from factcheck.ingest.form import Draft, escape_markdown, read_date

MAX_PAGES = 3_000
_LEAST_CHARACTERS_A_PAGE = 20
_LONGEST_RUNNING = 90
_STOP = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_BULLET = re.compile(r"^\s*(?:[•▪◦●‣–-]|\d{1,2}[.)])\s+")
_LEADERS = re.compile(r"(?:\.\s?){5,}|(?:\s_){5,}")
"""Dots to a page number: the lines of a table of contents, which state nothing."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u00ad]$")


def read_pdf(content: bytes, *, name: str) -> list[Draft]:
    """Read the text of a PDF, each page under its number; running heads and feet are left out.

    :raises BadDocument: when it is damaged, needs a password, or is a scan without text.
    :raises MissingModel: when pypdf is not installed.
    """
    try:
        from pypdf import PdfReader
    except ImportError:
        raise MissingModel("PDF files need pypdf: pip install pypdf") from None

    with _quiet():
        try:
            reader: Any = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise BadDocument(f"{name}: needs a password; save it without one")
            if len(reader.pages) > MAX_PAGES:
                raise BadDocument(f"{name}: {len(reader.pages):,} pages, over the limit of {MAX_PAGES:,}; split it")
            pages = [page.extract_text() or "" for page in reader.pages]
            meta = reader.metadata or {}
        except BadDocument:
            raise
        except Exception as error:  # a damaged file brings out any of a dozen types
            reason = " ".join(str(error).split()) or type(error).__name__
            raise BadDocument(f"{name}: not a readable PDF ({reason[:120]})") from None
    if sum(len(page.strip()) for page in pages) < _LEAST_CHARACTERS_A_PAGE * max(len(pages), 1):
        raise BadDocument(
            f"{name}: {len(pages)} pages without text, a scan by its look; run text recognition on it first"
        )
    title = str(meta.get("/Title") or "").strip()
    date = re.match(r"D:(\d{4})(\d{2})?(\d{2})?", str(meta.get("/CreationDate") or ""))
    return [
        Draft(
            body="\n".join(_write_pages(pages)),
            title=title if len(title) > 3 and not title.lower().endswith((".doc", ".docx", ".indd", ".pdf")) else None,
            published=read_date("-".join(part for part in date.groups() if part)) if date else None,
        )
    ]


def _write_pages(pages: Sequence[str]) -> Iterator[str]:
    running = find_running_lines(pages)
    for number, page in enumerate(pages, start=1):
        lines = [line.strip() for line in page.translate(_LIGATURES).splitlines()]
        kept = [line for line in lines if _without_figures(line) not in running and not _LEADERS.search(line)]
        paragraphs = join_lines(kept)
        if paragraphs:
            yield f"\n<!-- page {number} -->\n"
            yield "\n\n".join(escape_markdown(paragraph) for paragraph in paragraphs)


def find_running_lines(pages: Sequence[str]) -> set[str]:
    """Return the short first and last lines that stand on a third of the pages, figures aside; needs four pages."""
    if len(pages) < 4:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if 0 < len(line.strip()) <= _LONGEST_RUNNING]
        counts.update({_without_figures(line) for line in [*lines[:2], *lines[-2:]]})
    return {line for line, count in counts.items() if count >= max(4, len(pages) / 3)}


def join_lines(lines: Sequence[str]) -> list[str]:
    """Join the lines of a page to paragraphs: broken words closed, headings and list items on their own."""
    width = median([len(line) for line in lines if line] or [0])
    paragraphs: list[str] = []
    open_line = False
    for line in lines:
        if not line:
            open_line = False
            continue
        if open_line and not _BULLET.match(line):
            before = paragraphs[-1]
            broken = _BROKEN_WORD.search(before) and line[0].islower()
            paragraphs[-1] = _BROKEN_WORD.sub("", before) + line if broken else f"{before} {line}"
        else:
            paragraphs.append(line)
        # A line well short of the others ends its paragraph: the last line of one, or a heading.
        open_line = len(line) > 0.7 * width or not (_STOP.search(line) or line[0].isupper() or line[0].isdigit())
    return paragraphs


def _without_figures(line: str) -> str:
    return re.sub(r"\d+", "#", line)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on damaged files to itself; what matters is raised."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
