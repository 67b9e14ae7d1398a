"""A document's body to passages: one to three sentences that stand together, under their heading.

A passage never crosses the edge of a paragraph, a list item or a table. Markdown is read only as far as that needs:
headings, list items, tables, fenced code and comments (both left out), and two marks of ours: ``{as_of=2024-11}`` at
the end of a paragraph or list item, and ``<!-- page 3 -->`` on a line of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.corpus.document import check_date
from factcheck.corpus.sentences import split_sentences, trim
from factcheck.errors import BadDocument
from factcheck.types import Document, Passage

MAX_SENTENCES = 3
MAX_CHARACTERS = 480
"""Some 100 tokens: what the encoder was tuned on, and little enough that a verifier sees the sentence that matters."""

LONGEST_SENTENCE = 1_000
"""A "sentence" beyond this is text without stops (a list, a dump) and is cut at white space."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t#]*\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[ ]{0,3}(?:[-*_][ \t]*){3,}\Z|[ \t|:-]*-{3,}[ \t|:-]*\Z|[ ]{0,3}={3,}[ \t]*\Z")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_PAGE = re.compile(r"[ \t]*<!--[ \t]*page[ \t]+(?P<page>\d+)[ \t]*-->[ \t]*\Z")
_COMMENT = re.compile(r"[ \t]*<!--")
_LETTER = re.compile(r"[^\W_]")
_AS_OF = re.compile(r"\s*\{as_of=(?P<date>[^{}\n]*)\}\s*\Z")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that belong together: a paragraph, a list item or a table row."""

    start: int
    end: int
    heading: str
    page: int | None
    joins: bool = False
    """Whether it may share a passage with the block before it (list items, table rows)."""
    as_of: str | None = None


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document in order; ``document.body[start:end] == text`` for each.

    :raises BadDocument: when a paragraph carries an ``as_of`` that is no date.
    """
    blocks = [_take_as_of(block, document) for block in _split_blocks(document.body)]
    passages: list[Passage] = []
    units: list[tuple[int, int]] = []
    before: _Block | None = None
    for block in blocks:
        # A block with a date of its own ends in a mark that is no text, so that nothing can follow it in its passage.
        if before is not None and not (block.joins and before.as_of is None and block.as_of is None):
            passages.extend(_make_passages(document, before, units))
            units = []
        units.extend(_split_units(document.body, block))
        before = block
    if before is not None:
        passages.extend(_make_passages(document, before, units))
    return tuple(passages)


def pack(units: list[tuple[int, int]], *, max_units: int, max_characters: int) -> list[tuple[int, int]]:
    """Join consecutive spans into as few as the limits allow, of about equal count: 4 become 2 and 2, not 3 and 1."""
    groups: list[tuple[int, int]] = []
    first = 0
    while first < len(units):
        left = len(units) - first
        size = -(-left // -(-left // max_units))
        last = first
        while last + 1 < first + size and units[last + 1][1] - units[first][0] <= max_characters:
            last += 1
        groups.append((units[first][0], units[last][1]))
        first = last + 1
    return groups


def _make_passages(document: Document, block: _Block, units: list[tuple[int, int]]) -> Iterator[Passage]:
    for start, end in pack(units, max_units=MAX_SENTENCES, max_characters=MAX_CHARACTERS):
        text = document.body[start:end]
        if not _LETTER.search(text):
            continue
        yield Passage(
            id=hashlib.sha256(f"{document.id}\0{start}\0{text}".encode()).hexdigest()[:16],
            doc_id=document.id,
            text=text,
            start=start,
            end=end,
            heading=block.heading,
            as_of=block.as_of or document.as_of,
            page=block.page,
        )


def _split_units(body: str, block: _Block) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block; a list item or table row that is short is one unit."""
    if block.joins and block.end - block.start <= MAX_CHARACTERS // 2:
        yield block.start, block.end
        return
    for start, end in split_sentences(body, start=block.start, end=block.end):
        while end - start > LONGEST_SENTENCE:
            space = max(body.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE), -1)
            cut = space if space > 0 else start + LONGEST_SENTENCE
            yield start, cut
            start = (trim(body, cut, end) or (end, end))[0]
        if start < end:
            yield start, end


def _take_as_of(block: _Block, document: Document) -> _Block:
    match = _AS_OF.search(document.body, block.start, block.end)
    if match is None:
        return block
    try:
        as_of = check_date(match["date"])
    except ValueError as error:
        raise BadDocument(f"{document.path}: as_of of a paragraph: {error}") from None
    return replace(block, end=match.start(), as_of=as_of)


class _Reader:
    """The state while lines go by: heading, page, open paragraph."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.heading = ""
        self.columns = ""
        self.page: int | None = None
        self.open: tuple[int, int] | None = None
        self.item = False
        self.after_item = False

    def close(self) -> Iterator[_Block]:
        """Yield the open paragraph, if any."""
        if self.open is not None:
            span = trim(self.body, *self.open)
            if span is not None:
                yield _Block(*span, heading=self.heading, page=self.page, joins=self.item and self.after_item)
            self.after_item = self.item
        self.open, self.item = None, False

    def extend(self, start: int, end: int) -> None:
        """Add a line to the open paragraph."""
        self.open = (self.open[0] if self.open else start, end)


def _split_blocks(body: str) -> Iterator[_Block]:
    reader = _Reader(body)
    skip_until: re.Pattern[str] | None = None
    for match in _LINE.finditer(body):
        line = match.group().rstrip("\r\n")
        if skip_until is not None:
            skip_until = None if skip_until.search(line) else skip_until
        elif opens := _opens_skipped(line):
            yield from reader.close()
            skip_until = opens
        elif (heading := _HEADING.match(line)) or not line.strip() or _RULE.match(line) or _COMMENT.match(line):
            yield from reader.close()
            _note_mark(reader, line, heading)
        elif line.lstrip().startswith("|"):
            yield from _read_table_row(reader, line, match.start())
        elif item := _ITEM.match(line):
            yield from reader.close()
            reader.item = True
            reader.extend(match.start() + item.end(), match.end())
        else:
            reader.columns = ""
            reader.extend(match.start(), match.end())
    yield from reader.close()


def _opens_skipped(line: str) -> re.Pattern[str] | None:
    """Return what ends the stretch that a line opens, for fenced code and comments of several lines."""
    if _FENCE.match(line):
        return _FENCE
    if _COMMENT.match(line) and "-->" not in line:
        return re.compile("-->")
    return None


def _note_mark(reader: _Reader, line: str, heading: re.Match[str] | None) -> None:
    if heading:
        reader.heading = heading["text"]
        reader.after_item = False
        reader.columns = ""
    elif page := _PAGE.match(line):
        reader.page = int(page["page"])
        reader.after_item = False
    elif not line.strip():
        reader.columns = ""


def _read_table_row(reader: _Reader, line: str, start: int) -> Iterator[_Block]:
    """Rows of a table are blocks that join; the first row names the columns and is kept as part of the heading."""
    yield from reader.close()
    span = trim(line, line.index("|") + 1, len(line.rstrip().removesuffix("|")))
    if span is None:
        return
    if not reader.columns:
        reader.columns = " | ".join(cell.strip() for cell in line[span[0] : span[1]].split("|"))
        reader.after_item = False
        return
    heading = f"{reader.heading}: {reader.columns}" if reader.heading else reader.columns
    yield _Block(start + span[0], start + span[1], heading=heading, page=reader.page, joins=reader.after_item)
    reader.after_item = True
