"""Tables and lines of JSON: each row a statement under its header, so that a figure in a cell can be evidence."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from factcheck.corpus.document import check_date
from factcheck.errors import BadDocument, MissingModel
from factcheck.ingest.form import Draft, escape_markdown, read_date
from factcheck.ingest.office import open_archive
from factcheck.ingest.texts import decode_any
from factcheck.types import SourceKind

MAX_ROWS = 100_000
_YEARS = range(1000, 2101)
"""A number outside them in a column of dates is no year."""
_DATE_COLUMN = re.compile(r"(?:year|date|as[ _]of|period|month|quarter)\b", re.IGNORECASE)


def read_delimited(content: bytes, *, name: str) -> list[Draft]:
    """Read comma-, semicolon- or tab-separated rows; the first row names the columns.

    :raises BadDocument: when there is no header with a row under it, or far too many rows.
    """
    text = decode_any(content, name=name)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if name.lower().endswith(".tsv") else csv.excel
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), dialect) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadDocument(f"{name}: not a readable table ({error})") from None
    if len(rows) < 2:
        raise BadDocument(f"{name}: a table needs a row of column names and a row under it")
    return [Draft("\n\n".join(_write_rows(rows, name=name)))]


def read_xlsx(content: bytes, *, name: str) -> list[Draft]:
    """Read the sheets of a workbook, each under its name; formulas count as the values they last had.

    :raises BadDocument: when it is damaged or holds no table.
    :raises MissingModel: when openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingModel("Excel workbooks need openpyxl: pip install openpyxl") from None

    open_archive(content, name=name).close()
    parts: list[str] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        properties = book.properties
        for sheet in book.worksheets:
            cells = ([_write_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
            rows = [row for row in cells if any(row)]
            if len(rows) >= 2:
                parts += [f"# {sheet.title}", *_write_rows(rows, name=name)]
        book.close()
    except BadDocument:
        raise
    except Exception as error:  # openpyxl lets through whatever the zip and the XML raise
        raise BadDocument(f"{name}: not a readable workbook ({type(error).__name__}: {str(error)[:100]})") from None
    if not parts:
        raise BadDocument(f"{name}: no sheet has a row of column names and a row under it")
    title = (properties.title or "").strip()
    return [Draft("\n\n".join(parts), title=title or None, published=read_date(properties.modified))]


def read_jsonl(content: bytes, *, name: str) -> list[Draft]:
    """Read a passage a line: ``text``, and what is known of its source (the front matter's names).

    Rows of one source (title, publisher and URL) become one document, each row a paragraph with its own date.

    :raises BadDocument: when a line is no object with a text, naming the line.
    """
    sources: dict[tuple[str | None, ...], list[dict[str, Any]]] = {}
    for number, line in enumerate(decode_any(content, name=name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
            raise BadDocument(f'{name}: line {number} is not an object with a text, {{"text": "..."}}')
        _check_row(row, name=f"{name}: line {number}")
        key = tuple(_plain(row.get(field)) for field in ("title", "publisher", "url"))
        sources.setdefault(key, []).append(row)
    if len(sources) > MAX_ROWS:
        raise BadDocument(f"{name}: {len(sources):,} sources, over the limit of {MAX_ROWS:,}; split it")
    return [_draft_rows(rows, key=json.dumps(key)) for key, rows in sources.items()]


def _check_row(row: dict[str, Any], *, name: str) -> None:
    for field in ("published", "as_of"):
        if row.get(field) is not None:
            try:
                check_date(str(row[field]))
            except ValueError as error:
                raise BadDocument(f"{name}: {field}: {error}") from None
    if row.get("kind") is not None and row["kind"] not in set(SourceKind):
        raise BadDocument(f"{name}: kind is {row['kind']!r}; it must be one of {', '.join(SourceKind)}")


def _draft_rows(rows: list[dict[str, Any]], *, key: str) -> Draft:
    first = rows[0]
    as_of = _plain(first.get("as_of"))
    paragraphs = []
    for row in rows:
        own = _plain(row.get("as_of"))
        text = escape_markdown(re.sub(r"\n\s*\n", "\n", row["text"].strip()))
        paragraphs.append(f"{text} {{as_of={own}}}" if own and own != as_of else text)
    return Draft(
        body="\n\n".join(paragraphs),
        title=_plain(first.get("title")),
        publisher=_plain(first.get("publisher")),
        url=_plain(first.get("url")),
        published=_plain(first.get("published")),
        as_of=as_of,
        kind=SourceKind(first["kind"]) if first.get("kind") else None,
        licence=_plain(first.get("licence")),
        key=key,
    )


def _write_rows(rows: Sequence[Sequence[str]], *, name: str) -> Iterator[str]:
    """Yield a statement a row, "Port: Rotterdam; Ships: 47.", dated where a column is a date."""
    if len(rows) > MAX_ROWS:
        raise BadDocument(f"{name}: {len(rows):,} rows, over the limit of {MAX_ROWS:,}; split it")
    header = [" ".join(cell.split()) or f"column {place}" for place, cell in enumerate(rows[0], start=1)]
    dated = next((place for place, column in enumerate(header) if _DATE_COLUMN.match(column)), None)
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row[len(header) :]):
            raise BadDocument(f"{name}: row {number} has {len(row)} cells, the row of column names has {len(header)}")
        cells = [(column, " ".join(cell.split())) for column, cell in zip(header, row, strict=False)]
        statement = "; ".join(f"{column}: {cell}" for column, cell in cells if cell)
        if not statement:
            continue
        as_of = _read_moment(row[dated]) if dated is not None and dated < len(row) else None
        text = escape_markdown(statement + ".")
        yield f"{text} {{as_of={as_of}}}" if as_of else text


def _read_moment(cell: str) -> str | None:
    found = read_date(cell)
    return found if found is not None and int(found[:4]) in _YEARS else None


def _write_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # Binary noise of a sum (0.30000000000000004) is no part of what the sheet shows.
        return f"{value:.12g}" if abs(value) < 1e15 else str(value)
    return str(value)


def _plain(value: object) -> str | None:
    return (" ".join(str(value).split()) or None) if value is not None else None
