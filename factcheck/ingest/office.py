"""Word documents and e-books."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from factcheck.errors import BadDocument, MissingModel
from factcheck.ingest.form import Draft, check_archive, escape_markdown, read_date

_BLOCKS = ("p", "li", "blockquote", "td", "th", "dd", "dt", "figcaption", "div", "section", "body")


def open_archive(content: bytes, *, name: str) -> zipfile.ZipFile:
    """Open a zip in memory after a look at its size.

    :raises BadDocument: when it is damaged, encrypted or a bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadDocument(f"{name}: damaged ({error})") from None
    check_archive(archive, name=name)
    return archive


def read_docx(content: bytes, *, name: str) -> list[Draft]:
    """Read a Word document: headings, paragraphs, list items and tables in their order.

    :raises BadDocument: when it is damaged.
    :raises MissingModel: when python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingModel("Word documents need python-docx: pip install python-docx") from None

    open_archive(content, name=name).close()
    try:
        document: Any = docx.Document(io.BytesIO(content))
        properties = document.core_properties
        body = "\n\n".join(_write_docx(document))
    except Exception as error:  # python-docx lets through whatever the zip and the XML raise
        raise BadDocument(
            f"{name}: not a readable Word document ({type(error).__name__}: {str(error)[:100]})"
        ) from None
    title = (properties.title or "").strip()
    return [Draft(body=body, title=title or None, published=read_date(properties.created))]


def _write_docx(document: Any) -> Iterator[str]:  # noqa: ANN401
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in item.rows]
            yield write_table(rows)
            continue
        text = " ".join(item.text.split())
        if not text:
            continue
        style = (item.style.name or "").lower() if item.style is not None else ""
        level = re.match(r"heading (\d)", style)
        if style == "title" or level:
            yield f"{'#' * (int(level[1]) if level else 1)} {text}"
        elif style.startswith("list"):
            yield f"- {text}"
        else:
            yield escape_markdown(text)


def write_table(rows: list[list[str]]) -> str:
    """Return a Markdown table; bars in cells are written as slashes."""
    clean = [[cell.replace("|", "/") for cell in row] for row in rows if any(row)]
    if not clean:
        return ""
    rule = "|" + "---|" * len(clean[0])
    lines = ["| " + " | ".join(row) + " |" for row in clean]
    return "\n".join([lines[0], rule, *lines[1:]])


def read_epub(content: bytes, *, name: str) -> list[Draft]:
    """Read an e-book: its chapters in reading order, with title, publisher and date.

    :raises BadDocument: when it is damaged or its chapters are encrypted.
    """
    from lxml import etree

    with open_archive(content, name=name) as archive:
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            container = etree.fromstring(archive.read("META-INF/container.xml"), parser)
            package_path = unquote(str(container.xpath("string(//*[local-name()='rootfile']/@full-path)")))
            package = etree.fromstring(archive.read(package_path), parser)
            folder = posixpath.dirname(package_path)
            hrefs = {i.get("id"): i.get("href") for i in package.xpath("//*[local-name()='item']")}
            spine = [ref.get("idref") for ref in package.xpath("//*[local-name()='itemref']")]
            chapters = [posixpath.normpath(posixpath.join(folder, unquote(hrefs[idref]))) for idref in spine]
            body = "\n\n".join(text for path in chapters if (text := _write_chapter(archive.read(path))))
        except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, NotImplementedError) as error:
            raise BadDocument(f"{name}: not a readable e-book ({str(error)[:120]})") from None

        def meta(field: str) -> str | None:
            value = package.xpath(f"string(//*[local-name()='metadata']/*[local-name()='{field}'])")
            return " ".join(str(value).split()) or None

        return [Draft(body, title=meta("title"), publisher=meta("publisher"), published=read_date(meta("date")))]


def _write_chapter(content: bytes) -> str:
    from lxml import html

    tree: Any = html.fromstring(content) if content.strip() else None
    if tree is None:
        return ""
    for gone in tree.xpath("//script | //style | //head | //nav"):
        gone.drop_tree()
    blocks: list[str] = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        heading = re.fullmatch(r"h([1-6])", element.tag)
        if heading:
            blocks.append(f"{'#' * int(heading[1])} {_flat(element)}")
        elif element.tag in _BLOCKS and not element.xpath(".//p | .//li | .//div | .//h1 | .//h2 | .//h3 | .//td"):
            text = _flat(element)
            if text and not element.xpath("ancestor::h1 | ancestor::h2 | ancestor::h3 | ancestor::p | ancestor::li"):
                blocks.append(f"- {text}" if element.tag == "li" else escape_markdown(text))
    return "\n\n".join(block for block in blocks if block.strip("# -"))


def _flat(element: Any) -> str:  # noqa: ANN401
    return " ".join(str(element.text_content()).split())
