"""File or text to ``Article``: decoding, main content of HTML, title and date, and a refusal that says what is wrong.

Offsets are code points in the decoded file for ``.txt`` and ``.md``; line ends and a byte order mark stay as they are.
HTML and standard input give an article that carries its own text. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from factcheck.errors import BadArticle
from factcheck.layout import count_words, find_front_matter, split_blocks
from factcheck.types import Article, Block, BlockKind, Span

MAX_BYTES = 20_000_000
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text", ""})
_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP or Office file", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG"}
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|" + (
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATES = (
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)
_DATE_LABEL = re.compile(r"(?i)(?:last\s+)?(?:published|updated|posted|date|dated)\s*(?:on|:)?\s*")
# "WELLINGTON, June 13, 2024 – ", "San Isidro, Feb. 4, 2025. ": place, date, sign, then the report.
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w.'’-]*(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’-]*|de|la|the|of|el|al|upon)){0,5}),\s+"
    rf"(?P<date>{_MONTH}\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?|\d{{1,2}}\s+[A-Z][a-z]+(?:\s+(?:19|20)\d\d)?)"
    r"(?:\s*\((?P<agency>[\w ]{2,30})\))?\s*(?:[–—-]{1,2}|\.|:)\s+"
)
# Small closed sets of the commonest words, to tell which language a text is in: counted, never looked up by a model.
_FUNCTION_WORDS = {
    "English": "the of and to in a is that for it was on with as are by this be at from or which has not an but have",
    "German": "der die und das den von zu mit ist des im für auf nicht eine ein dem sich auch als werden bei nach sind",
    "French": "le la les des et est une du dans que pour qui par sur pas au plus avec ce il sont ne aux cette ses leur",
    "Spanish": "el la los las de que y en un una del por con para se al es su lo como más pero sus este fue son han",
    "Italian": "il la di che e un una per del della con non sono le gli nel alla dei dal si più anche come ha questo",
    "Portuguese": "o os as de que e em um uma do da para com não por mais dos das no na se ao foi são como pelo",
    "Dutch": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door worden naar heeft",
    "Swedish": "och att det som en på är av för med den till inte ett om har de var från kan vid efter men ska",
    "Polish": "i w z na się nie do że jest to o jak po dla od przez za są oraz który która tym może już",
    "Turkish": "ve bir bu da de için ile olarak olan daha çok en gibi kadar sonra ise ama her ne olduğu tarafından",
}


def read_article(path: str, *, stdin: BinaryIO | None = None, force: bool = False) -> Article:
    """Return the article in the file ``path``; ``-`` reads standard input.

    ``force`` lets a text in another language through.

    :raises BadArticle: when the file is missing, not a text, over 20 MB, wrongly encoded or holds nothing to check.
    """
    if path == "-":
        data = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)
        text = _decode(data, "standard input")
        if re.match(r"\s*(?:<!doctype html|<html)", text, re.IGNORECASE):
            return _parse_html(text, path="-", data=data, force=force)
        return _build(text, path="-", data=data, title=None, published=None, embeds_text=True, force=force)
    file = Path(path)
    data = _read_bytes(file)
    suffix = file.suffix.lower()
    text = _decode(data, path)
    if suffix in _HTML_SUFFIXES or (
        suffix not in _TEXT_SUFFIXES and text.lstrip()[:15].lower().startswith("<!doctype")
    ):
        return _parse_html(text, path=path, data=data, force=force)
    return _build(text, path=path, data=data, title=None, published=None, embeds_text=False, force=force)


def parse_article(
    text: str,
    *,
    path: str = "",
    title: str | None = None,
    published: str | None = None,
    embeds_text: bool = False,
    force: bool = False,
) -> Article:
    """Return the article that ``text`` is; every offset points into ``text`` as given.

    :raises BadArticle: when there is no sentence in it, or it is not in English and ``force`` is not set.
    """
    data = text.encode("utf-8", errors="surrogatepass")
    return _build(text, path=path, data=data, title=title, published=published, embeds_text=embeds_text, force=force)


def detect_language(text: str) -> str:
    """Return the name of the language whose commonest words fill most of ``text``, "English" for short texts.

    "an unknown language" where the script or the words fit none.
    """
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 40:
        return "English"
    if sum(ord(c) > 0x24F for c in letters) * 2 > len(letters):
        return "an unknown language"
    words = re.findall(r"[^\W\d_]+", text[:40_000].lower())
    if len(words) < 15:
        return "English"
    shares = {name: sum(w in set(list_.split()) for w in words) / len(words) for name, list_ in _FUNCTION_WORDS.items()}
    best = max(shares, key=lambda name: (shares[name], name == "English"))
    if shares["English"] >= 0.12 and shares["English"] * 1.2 >= shares[best]:
        return "English"
    if best != "English" and shares[best] >= 0.12:
        return best
    return "English" if shares["English"] >= 0.05 else "an unknown language"


def _read_bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise BadArticle(f"{file} is a folder; name a file in it")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise BadArticle(f"{file} has {size / 1e6:.0f} MB, the limit is {MAX_BYTES // 1_000_000} MB; split it")
        return file.read_bytes()
    except FileNotFoundError:
        raise BadArticle(f"{file} does not exist; check the path") from None
    except (OSError, ValueError) as error:
        raise BadArticle(f"{str(file)!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _decode(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BadArticle(f"{name} has more than {MAX_BYTES // 1_000_000} MB; split it")
    if not data.strip():
        raise BadArticle(f"{name} is empty; there is nothing to check")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise BadArticle(f"{name} is {what}, not a text; save it as .txt, .md or .html first")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codec = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
        try:
            return data.decode(codec)
        except UnicodeDecodeError as error:
            raise BadArticle(f"{name} starts as UTF-16 but breaks at byte {error.start}; save it as UTF-8") from None
    if b"\x00" in data[:8192]:
        raise BadArticle(f"{name} is a binary file, not a text; save it as .txt, .md or .html first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise BadArticle(
            f"{name} is not UTF-8 (byte 0x{byte:02X} at {error.start}); convert it: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def _build(
    text: str, *, path: str, data: bytes, title: str | None, published: str | None, embeds_text: bool, force: bool
) -> Article:
    name = {"-": "standard input", "": "the text"}.get(path, path)
    matter, start = find_front_matter(text)
    meta = _parse_front_matter(matter)
    blocks = split_blocks(text, start=start, first_is_title=True)
    content = [b for b in blocks if b.kind is not BlockKind.BOILERPLATE]
    if not any(count_words(b.span.text) >= 3 for b in content):
        raise BadArticle(f"{name} holds no sentence; there is nothing to check")
    if not force and (language := detect_language(" ".join(b.span.text for b in content))) != "English":
        raise BadArticle(
            f"{name} seems to be in {language}; only English is understood, --force checks it all the same"
        )
    first_title = next((b.span.text for b in blocks if b.kind is BlockKind.TITLE), "")
    return Article(
        text=text,
        title=(title or meta.get("title") or first_title).strip("*_# "),
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        published=next(
            (day for value in (published, meta.get("published"), meta.get("date")) if (day := _read_date(value))), None
        )
        or _find_published(blocks),
        blocks=tuple(_skip_dateline(block) for block in blocks),
        embeds_text=embeds_text,
    )


def _skip_dateline(block: Block) -> Block:
    """Return the block without place and date before its first sentence."""
    found = _DATELINE.match(block.span.text) if block.kind is BlockKind.PARAGRAPH else None
    if not found or found.end() == len(block.span.text):
        return block
    span = Span(block.span.start + found.end(), block.span.end, block.span.text[found.end() :])
    return replace(block, span=span)


def _parse_front_matter(matter: str) -> dict[str, str]:
    """Return title, published and date as written, where front matter gives them as plain values."""
    if not matter:
        return {}
    import yaml

    try:
        # This loader makes nothing but strings, lists and mappings: a wrong date does not take the title with it.
        loaded = yaml.load(matter, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    # Other values are left alone: aliases can make one of them grow without end when it is written out.
    found = {key: loaded.get(key) for key in ("title", "published", "date")}
    return {key: v for key, v in found.items() if isinstance(v, str) and v not in ("", "~", "null")}


def _read_date(value: str | None) -> str | None:
    """Return a date that somebody or some page gave as ISO 8601, ``None`` where it is no day, month or year."""
    text = (value or "").strip()
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", text, re.ASCII):
        return _make_date(found[1], int(found[2]) if found[2] else None, found[3])
    return parse_date(text)


def _find_published(blocks: tuple[Block, ...]) -> str | None:
    """Return the article's own date: a dateline, a line that is a date, or a title that ends in one."""
    for block in blocks[:8]:
        text = block.span.text.strip("*_ ")
        if (found := _DATELINE.match(text)) and (date := parse_date(found.group("date"))):
            return date
        label = _DATE_LABEL.match(text)
        rest = text[label.end() :] if label else text
        if (label or len(rest) < 32) and (date := parse_date(rest[:40])):
            bare = re.sub(r"[\W\d]", "", re.sub(_MONTH, "", rest, flags=re.IGNORECASE))
            if label or len(bare) <= 9:
                return date
        if block.kind is BlockKind.TITLE and (found := re.search(r"[,–—|(-]\s*([^,–—|()]*(?:,\s*\d{4})?)\)?$", text)):
            date = parse_date(found.group(1))
            if date and len(found.group(1)) < 24:
                return date
    return None


def parse_date(text: str) -> str | None:
    """Return the first date in ``text`` as ISO 8601 (``2024-06-13`` or ``2024-06``), ``None`` without one."""
    for pattern in _DATES:
        if found := pattern.search(text):
            groups = found.groupdict()
            month = groups["month"].lower()
            number = int(month) if month.isdigit() else _month_number(month)
            day = groups.get("day")
            if iso := _make_date(groups["year"], number, day):
                return iso
    return None


def _make_date(year: str, month: int | None, day: str | None) -> str | None:
    """Return the date as ISO 8601 with the parts that are given, ``None`` where the calendar has no such date."""
    try:
        whole = date(int(year), 1 if month is None else month, int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 4 if month is None else 7]


def _month_number(name: str) -> int:
    return next((at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name.rstrip(".")[:3])), 0)


def _parse_html(html: str, *, path: str, data: bytes, force: bool) -> Article:
    import trafilatura

    extracted = trafilatura.extract(html, output_format="xml", with_metadata=True, include_comments=False)
    if not extracted:
        raise BadArticle(f"{path} is HTML without an article in it; save the text of the page as .txt")
    root = ElementTree.fromstring(extracted)
    main = root.find("main")
    text = "\n\n".join(_render_xml(root if main is None else main))
    title = root.get("title")
    if title and title not in text[: len(title) + 200]:
        text = f"# {title}\n\n{text}"
    published = root.get("date")
    return _build(text, path=path, data=data, title=title, published=published, embeds_text=True, force=force)


def _render_xml(element: ElementTree.Element) -> Iterator[str]:
    """Yield the blocks of trafilatura's XML as Markdown without inline marks."""
    for child in element:
        if child.tag == "head":
            yield f"## {_flatten(child)}"
        elif child.tag == "list":
            items = [_flatten(item) for item in child if _flatten(item)]
            yield "\n".join(f"• {item}" for item in items)
        elif child.tag == "table":
            rows = [[_flatten(cell) for cell in row] for row in child.iter("row")]
            yield "\n".join("| " + " | ".join(row) + " |" for row in rows if any(row))
        elif child.tag in ("p", "quote", "code", "item"):
            if flat := _flatten(child):
                yield flat
        else:
            yield from _render_xml(child)


def _flatten(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())
