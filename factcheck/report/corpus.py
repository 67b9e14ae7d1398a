"""The reference documents as tables for a reader: a list, one document's passages, what a search found."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from factcheck.names import find_names
from factcheck.report.clean import clean_line
from factcheck.types import Document, Hit, Passage

_NAMES_SHOWN = 25


def render_documents(documents: Sequence[Document], passages: Sequence[Passage], *, width: int, colour: bool) -> str:
    """Return a table of documents with dates, kind and number of passages, and a line of totals."""
    counts = Counter(p.doc_id for p in passages)
    table = _table("Id", "Title", "Publisher", "Published", "About", "Kind", "Passages")
    for document in documents:
        table.add_row(
            *(
                Text(clean_line(value))
                for value in (
                    document.id,
                    document.title,
                    document.publisher or "–",
                    document.published or "undated",
                    document.as_of or "–",
                    document.kind.value,
                    str(counts[document.id]),
                )
            )
        )
    dates = sorted(d.published for d in documents if d.published)
    span = f", published {dates[0]} to {dates[-1]}" if dates else ""
    undated = sum(d.published is None and d.as_of is None for d in documents)
    tail = f", {undated} undated" if undated else ""
    return _print(
        table, f"{len(documents)} documents, {len(passages)} passages{span}{tail}", width=width, colour=colour
    )


def render_document(document: Document, passages: Sequence[Passage], *, width: int, colour: bool) -> str:
    """Return a document's front matter and its passages, each with its place and the date it is about."""
    head = [
        f"{name}: {clean_line(value)}"
        for name, value in (
            ("title", document.title),
            ("publisher", document.publisher or "unknown"),
            ("url", document.url or "none"),
            ("published", document.published or "undated"),
            ("about", document.as_of or "no date of its own"),
            ("kind", document.kind.value),
            ("licence", document.licence or "not stated"),
        )
    ]
    table = _table("Place", "About", "Passage")
    for passage in passages:
        page = f" p. {passage.page}" if passage.page else ""
        table.add_row(f"{passage.start}–{passage.end}{page}", passage.as_of or "–", Text(clean_line(passage.text)))
    return "\n".join(head) + "\n\n" + _print(table, f"{len(passages)} passages", width=width, colour=colour)


def render_hits(hits: Sequence[Hit], *, width: int, colour: bool) -> str:
    """Return what a search found, the best first, with source and date."""
    table = _table("Likeness", "Passage", "Source")
    for hit in hits:
        when = hit.passage.as_of or hit.document.as_of or hit.document.published or "undated"
        source = f"{hit.document.publisher or hit.document.title} ({when})\n{hit.document.id}"
        table.add_row(f"{hit.similarity:.2f}", Text(clean_line(hit.passage.text)), Text(source))
    return _print(table, f"{len(hits)} passages found", width=width, colour=colour)


def render_stats(documents: Sequence[Document], passages: Sequence[Passage]) -> str:
    """Return kinds of source, the years that passages are about, and the names that most documents speak of."""
    by_id = {d.id: d for d in documents}
    years: Counter[str] = Counter()
    names: dict[str, set[str]] = {}
    for passage in passages:
        document = by_id[passage.doc_id]
        date = passage.as_of or document.as_of or document.published
        years[date[:4] if date else "undated"] += 1
        for name in find_names(passage.text):
            names.setdefault(name, set()).add(passage.doc_id)
    kinds = Counter(d.kind.value for d in documents)
    common = sorted(names, key=lambda name: (-len(names[name]), name))[:_NAMES_SHOWN]
    lines = [
        f"{len(documents)} documents, {len(passages)} passages",
        "kinds of source: " + (", ".join(f"{kind} {n}" for kind, n in kinds.most_common()) or "none"),
        "passages by the year they are about:",
        *(f"  {year:<8} {years[year]}" for year in sorted(years)),
        "names that most documents speak of:",
        *(f"  {clean_line(name)} ({len(names[name])})" for name in common),
        "what is not among these years and names, the corpus can hardly decide",
    ]
    return "\n".join(lines) + "\n"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _print(table: Table, last: str, *, width: int, colour: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False)
    console.print(table)
    console.print(last)
    return out.getvalue()
