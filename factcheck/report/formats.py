"""One door to every form a report can be handed on in."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from enum import StrEnum

from factcheck.errors import BadData
from factcheck.report.claimreview import render_claimreview
from factcheck.report.frames import render_csv, write_xlsx
from factcheck.report.html import render_html
from factcheck.report.markdown import render_markdown
from factcheck.report.schema import to_json
from factcheck.report.table import render_table
from factcheck.report.view import AllReviews
from factcheck.types import Report


class ReportFormat(StrEnum):
    """The forms of ``--format``."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    CLAIMREVIEW = "claimreview"
    XLSX = "xlsx"


BINARY_FORMATS = frozenset({ReportFormat.XLSX})
"""Forms that are bytes and need a file to go to."""


def render(
    reports: Report | Sequence[Report],
    form: ReportFormat,
    *,
    width: int | None = None,
    colour: bool = False,
    flagged_first: bool = False,
    reviews: AllReviews | None = None,
    include_unreviewed: bool = False,
) -> str:
    """Return one or several reports in a textual form, ending in a line feed.

    A single report given as such makes one JSON object; a sequence makes a list (``jsonl`` is always one a line).
    ``reviews`` maps the digest of an article to the reviews of its claims. ``include_unreviewed`` matters to
    ``claimreview`` alone.

    :raises BadData: for a binary form; :func:`render_bytes` makes those.
    """
    many = [reports] if isinstance(reports, Report) else list(reports)
    states = [(reviews or {}).get(one.article.sha256, {}) for one in many]
    if form is ReportFormat.TABLE:
        shown = [
            render_table(one, width=width, colour=colour, flagged_first=flagged_first, reviews=found)
            for one, found in zip(many, states, strict=True)
        ]
        return "\n".join(shown)
    if form is ReportFormat.MD:
        return "\n".join(
            render_markdown(one, flagged_first=flagged_first, reviews=found)
            for one, found in zip(many, states, strict=True)
        )
    if form is ReportFormat.CSV:
        return render_csv(many, reviews)
    rows = [to_json(one, found) for one, found in zip(many, states, strict=True)]
    if form is ReportFormat.JSON:
        return json.dumps(rows[0] if isinstance(reports, Report) else rows, ensure_ascii=False, indent=1) + "\n"
    if form is ReportFormat.JSONL:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form is ReportFormat.HTML:
        return render_html(many, reviews, flagged_first=flagged_first)
    if form is ReportFormat.CLAIMREVIEW:
        return render_claimreview(many, reviews, include_unreviewed=include_unreviewed)
    raise BadData(f"the form {form.value} cannot be shown as text; write it to a file with --output")


def render_bytes(
    reports: Report | Sequence[Report],
    form: ReportFormat,
    *,
    flagged_first: bool = False,
    reviews: AllReviews | None = None,
    include_unreviewed: bool = False,
) -> bytes:
    """Return reports in any form as the bytes of a file; text is UTF-8."""
    if form is ReportFormat.XLSX:
        file = io.BytesIO()
        write_xlsx(reports, file, reviews)
        return file.getvalue()
    text = render(
        reports,
        form,
        width=120,
        flagged_first=flagged_first,
        reviews=reviews,
        include_unreviewed=include_unreviewed,
    )
    return text.encode("utf-8", errors="replace")
