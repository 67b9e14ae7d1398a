"""What the lines of a text are: title, headings, paragraphs, bullets, table rows, captions, boilerplate.

Works on the layout and on fixed phrases of web pages alone, with no model, and never changes the text: every block is
a stretch of it. Nothing here decides what a block says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from factcheck.types import Block, BlockKind, Span

_BULLET = re.compile(
    r"[ \t\u00a0]*(?:[•●▪◦‣∙·○■□◆►➤✓✔*+–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t\u00a0]+(?=\S)"
    r"|[ \t\u00a0]*\d{1,2}[.)](?=(?-i:[A-ZÀ-Þ][a-zß-þ]))", re.IGNORECASE
)  # fmt: skip
_NUMBERED = re.compile(r"[ \t\u00a0]*(\d{1,2})[.)](?:[ \t\u00a0]+(?=\S)|(?=[A-ZÀ-Þ][a-zß-þ]))")
_MARKDOWN_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?=\S)")
_QUOTE_SIGN = re.compile(r"(?:>[ \t]?)+(?=\S)")
_SETEXT = re.compile(r"[ \t]*(=+|-+)[ \t]*$")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$")
_TURN = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}: ")
_CAPTION = re.compile(
    r"(?:(?:photo|image|picture|figure|fig\.|chart|graphic|caption)(?:\s+\d+)?\s*[:.–—]\s+|!\[)", re.IGNORECASE
)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*$")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_ENUMERATED_KINDS = frozenset({BlockKind.BULLET, BlockKind.PARAGRAPH})

# Phrases that publishing systems and house styles put around a text; each is anchored at the start of its block.
_BOILERPLATE = re.compile(
    r"""(?ix)
    (?: leave\s+(?:a|your)\s+(?:reply|comment)\b | your\s+e-?mail\s+address | required\s+fields\s+are
      | (?:read|see|watch|listen)\s+(?:next|more|also|further)\b | related\s+(?:articles?|posts?|stories|links|topics)\b
      | (?:more|also)\s+(?:on|from|in)\s+this\b | further\s+reading\b | you\s+(?:may|might)\s+also\s+like
      | share\s+(?:this|on|via|the)\b | tweet\s+this | follow\s+us\b | subscribe\b | sign\s+up\b | log\s+in\b
      | newsletter\b | advertisement\b | sponsored\b | cookies?\b.*\b(?:policy|settings|use)\b | privacy\s+policy
      | (?:©|\(c\)|copyright\b) | all\s+rights\s+reserved | terms\s+(?:of|and)\s+(?:use|service|conditions)
      | comments?\s+(?:are|is)\s+closed | \d+\s+comments?$ | post\s+a\s+comment | skip\s+to\b | back\s+to\s+top
      | (?:additional\s+)?reporting\s+by\b | edit(?:ed|ing)\s+by\b
      | (?:written\s+)?by\s+(?:(?-i:[A-ZÀ-Þ])[\w.'’-]*\s*){2,4}
        (?:(?:,|and)\s*[\w\s.,'’-]{3,60})?(?<![.!?])$ | (?:media|press)\s+contacts?\b | contacts?\s*:
      | tags?\s*: | categor(?:y|ies)\s*:
      | posted\s+(?:in|on|by)\b | filed\s+under\b | (?:last\s+)?updated\s*(?:on)?\s*:? | published\s*(?:on|:)
      | this\s+article\s+(?:was|is|about|first|originally|has\s+been|does)\b
      | you\s+can\s+help\b | this\s+(?:press\s+)?release\s+contains\b | forward-looking\s+statements\b
      | (?:the\s+)?views\s+expressed\b | disclaimer\b | editor['’]s\s+note | correction\s*: | source\s*:\s*$
      | the\s+full\s+(?:report|text|study|transcript)\s+(?:can|is|may)\b | click\s+here | download\s+(?:the|our)\b
      | print\s+this | e-?mail\s+this | \d+\s+min(?:ute)?s?\s+read | transcript\s+(?:ends|edited)
      | end(?:s)?$ | \#\#\#$ | -\s*end[s]?\s*-$ | prices\s+were\s+checked\b | call\s+our\s+newsdesk
      | let\s+me\s+know\s+(?:if|whether)\b | please\s+note\s+that\s+i\s+(?:may|can|might)\b | i\s+hope\s+this\s+helps )
    """
)
_GREETING = re.compile(
    r"(?i)(?:(?:hello|hi|hey|dear|good\s+(?:morning|afternoon|evening)|welcome|merry\s+christmas|happy\s+\w+|"
    r"best\s+(?:wishes|regards)|kind\s+regards|yours|sincerely|thank(?:s|\s+you)|cheers|great\s+question|sure|of\s+course)\b"
    r"(?![^.!?]*\bwho\b)[^.!?:]{0,60}[,!.]?$)"
)
_ENDS_THE_ARTICLE = re.compile(
    r"(?i)(?:leave\s+(?:a|your)\s+(?:reply|comment)|post\s+a\s+comment|related\s+(?:articles?|posts?|stories)|\d+\s+comments?$)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end; ``start`` and ``end`` are offsets into the text and cover the content alone."""

    start: int
    end: int
    text: str
    indented_bullet: bool = False


def find_front_matter(text: str) -> tuple[str, int]:
    """Return the YAML between two ``---`` lines that open the text, and where the text after it starts."""
    found = _FRONT_MATTER.match(text)
    return (found.group(1), found.end()) if found else ("", 0)


def count_words(text: str) -> int:
    """Return the number of words, counting a number as one."""
    return len(_WORD.findall(text))


def split_blocks(text: str, *, start: int = 0, first_is_title: bool = True) -> tuple[Block, ...]:
    """Return the blocks of ``text`` from offset ``start`` in order, each ``text[s:e] == span.text``.

    ``section`` and ``lead_in`` are filled; blocks without a word are left out.
    """
    blocks: list[Block] = []
    paragraphs = _group_lines(text, start)
    for at, lines in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else []
        blocks.extend(_classify_group(text, lines, following, is_first=first_is_title and not blocks))
    return _link(_mark_tail([b for b in blocks if count_words(b.span.text)]))


def _group_lines(text: str, start: int) -> list[list[_Line]]:
    """Return runs of lines between blank lines."""
    groups: list[list[_Line]] = [[]]
    for found in re.finditer(r"[^\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029]|$)", text[start:]):
        raw = found.group().rstrip("\r\n\u2028\u2029")
        content = raw.strip(" \t\u00a0\ufeff\u200b\x0b\x0c")
        if not content:
            if groups[-1]:
                groups.append([])
            continue
        offset = start + found.start() + raw.index(content[0])
        groups[-1].append(_Line(offset, offset + len(content), content))
    return [group for group in groups if group]


def _classify_group(text: str, lines: list[_Line], following: list[_Line], *, is_first: bool) -> list[Block]:
    if _is_wrapped(lines):
        return _paragraphs_of_wrapped(text, lines)
    blocks: list[Block] = []
    rows = _find_rows([line.text for line in lines])
    for at, line in enumerate(lines):
        if at in rows:
            blocks.append(Block(BlockKind.TABLE_ROW, _span(text, line.start, line.end)))
            continue
        after = lines[at + 1] if at + 1 < len(lines) else None
        if _SETEXT.match(line.text) and set(line.text.strip()) <= {"=", "-"}:
            if blocks and at and blocks[-1].kind is BlockKind.PARAGRAPH:
                blocks[-1] = replace(blocks[-1], kind=BlockKind.HEADING)
            continue
        if _TABLE_RULE.match(line.text):
            continue
        next_line = after or (following[0] if following else None)
        kind, skip = _classify_line(line, next_line, alone=len(lines) == 1, is_first=is_first and not blocks)
        blocks.append(Block(kind, _span(text, line.start + skip, line.end)))
    return blocks


def _find_rows(lines: list[str]) -> frozenset[int]:
    """Return the lines of a table without frame: a header and two rows or more with as many cells ("Party | Votes").

    Cells that commas part are a table only where the header has no figure and every row has one.
    """
    found: set[int] = set()
    for sign, least in ((" | ", 2), (", ", 3)):
        cells = [[c.strip() for c in line.strip("| ").split(sign)] for line in lines]
        start = 0
        while start < len(lines):
            end = start + 1
            while end < len(lines) and len(cells[end]) == len(cells[start]):
                end += 1
            head, rows = cells[start], cells[start + 1 : end]
            short = all(0 < len(c) <= 40 and c[-1] not in ".!?" for row in (head, *rows) for c in row)
            figures = [sum(any(ch.isdigit() for ch in c) for c in row[1:]) for row in rows]
            headed = not any(ch.isdigit() for c in head for ch in c)
            if len(head) >= least and len(rows) >= 2 and short and headed and all(figures):
                found.update(range(start, end))
            start = end
    return frozenset(found)


def _classify_line(line: _Line, next_line: _Line | None, *, alone: bool, is_first: bool) -> tuple[BlockKind, int]:
    """Return what a line is and how many characters of sign or number stand before its content."""
    text = line.text
    if _BOILERPLATE.match(text) or _GREETING.match(text):
        return BlockKind.BOILERPLATE, 0
    if found := _QUOTE_SIGN.match(text):
        return BlockKind.PARAGRAPH, found.end()
    if found := _MARKDOWN_HEADING.match(text):
        return BlockKind.TITLE if is_first else BlockKind.HEADING, found.end()
    if _TABLE_ROW.match(text):
        return BlockKind.TABLE_ROW, 0
    if _CAPTION.match(text):
        return BlockKind.CAPTION, 0
    if found := _NUMBERED.match(text):
        if _is_numbered_heading(text[found.end() :], int(found.group(1)), next_line):
            return BlockKind.HEADING, found.end()
        return BlockKind.BULLET, found.end()
    if (found := _BULLET.match(text)) and not (text[0].isalpha() and "." in found.group() and text[0].isupper()):
        return BlockKind.BULLET, found.end()
    if _looks_like_heading(text, alone=alone):
        return BlockKind.TITLE if is_first else BlockKind.HEADING, 0
    turn = _TURN.match(text) is not None and text.endswith((".", "?", "!"))
    if is_first and alone and not turn and count_words(text) <= 20 and len(text) < 160 and next_line is not None:
        return BlockKind.TITLE, 0
    return BlockKind.PARAGRAPH, 0


def _is_numbered_heading(content: str, number: int, next_line: _Line | None) -> bool:
    """Tell a numbered heading from an item of a numbered list: an item is followed by the next number or ends."""
    if _SENTENCE_END.search(content) and not content.endswith("?"):
        return False
    if count_words(content) > 12:
        return False
    following = _NUMBERED.match(next_line.text) if next_line else None
    return next_line is not None and (following is None or int(following.group(1)) != number + 1)


def _looks_like_heading(text: str, *, alone: bool) -> bool:
    """Tell a heading by its look: short, no full stop, not a label with its value."""
    words = count_words(text)
    bare = text.strip("*_# ")
    if words > (16 if alone else 9) or len(text) > 120 or bare.endswith((".", ":", ";", ",", "!", "…", '"', "”")):
        return False
    if bare.endswith("?"):
        return True
    label, colon, value = bare.partition(": ")
    return not (colon and not alone and count_words(label) <= 6 and value) and not bare[:1].islower()


def _is_wrapped(lines: list[_Line]) -> bool:
    """Tell a paragraph that was broken at a fixed width from lines that stand by themselves."""
    if len(lines) < 2:
        return False
    full = [len(line.text) for line in lines[:-1]]
    if min(full) < 45 or max(full) > 110 or max(full) - min(full) > 28:
        return False
    broken = sum(not _SENTENCE_END.search(line.text) and not line.text.endswith(":") for line in lines[:-1])
    starts_inside = sum(line.text[:1].islower() for line in lines[1:])
    starts_as_list = bool(_BULLET.match(lines[0].text))
    plain = [line for line in lines if not (_BULLET.match(line.text) or _TABLE_ROW.match(line.text))]
    return broken * 2 > len(full) and starts_inside > 0 and (len(plain) == len(lines) or starts_as_list)


def _paragraphs_of_wrapped(text: str, lines: list[_Line]) -> list[Block]:
    """Return one block per paragraph or bullet of lines broken at a fixed width."""
    starts = [at for at, line in enumerate(lines) if at == 0 or _BULLET.match(line.text)]
    blocks = []
    for first, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        bullet = _BULLET.match(lines[first].text)
        skip = bullet.end() if bullet else 0
        span = _span(text, lines[first].start + skip, lines[after - 1].end)
        kind = BlockKind.BULLET if bullet else BlockKind.PARAGRAPH
        blocks.append(Block(BlockKind.BOILERPLATE if _BOILERPLATE.match(span.text) else kind, span))
    return blocks


def _mark_tail(blocks: list[Block]) -> list[Block]:
    """Mark what follows a comment form or a list of links in the last third of the article as boilerplate."""
    for at, block in enumerate(blocks):
        if at * 3 >= len(blocks) * 2 and _ENDS_THE_ARTICLE.match(block.span.text):
            return blocks[:at] + [replace(b, kind=BlockKind.BOILERPLATE) for b in blocks[at:]]
    return blocks


def _link(blocks: list[Block]) -> tuple[Block, ...]:
    """Fill the section of each block and the lead-in of each list."""
    linked: list[Block] = []
    section, lead_in = "", None
    for at, block in enumerate(blocks):
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            section = block.span.text.strip("*_# ")
            lead_in = at if section.endswith(":") else None
            linked.append(replace(block, section=section))
            continue
        if block.kind is not BlockKind.BULLET:
            lead_in = at if block.span.text.rstrip("*_ ").endswith(":") and block.kind in _ENUMERATED_KINDS else None
            linked.append(replace(block, section=section))
            continue
        linked.append(replace(block, section=section, lead_in=lead_in))
    return tuple(linked)


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])
