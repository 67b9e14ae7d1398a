"""Views of a report: table, JSON, CSV, Markdown and the rest. Nothing here computes a verdict again.

What an article or a document says is not trusted: every view takes out control characters and escapes what has a
meaning in its own format.
"""

from factcheck.report.annotate import render_annotated
from factcheck.report.claimreview import render_claimreview
from factcheck.report.formats import BINARY_FORMATS, ReportFormat, render, render_bytes
from factcheck.report.frames import render_csv, to_dataframe
from factcheck.report.html import render_html
from factcheck.report.markdown import render_markdown
from factcheck.report.parse import from_json
from factcheck.report.schema import to_json
from factcheck.report.table import render_table

__all__ = [
    "BINARY_FORMATS",
    "ReportFormat",
    "from_json",
    "render",
    "render_annotated",
    "render_bytes",
    "render_claimreview",
    "render_csv",
    "render_html",
    "render_markdown",
    "render_table",
    "to_dataframe",
    "to_json",
]
