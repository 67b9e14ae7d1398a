"""A report as a pandas table, one row a claim, and the CSV and Excel files made from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from factcheck.report.clean import clean_line, clean_text, safe_cell
from factcheck.report.view import STANCE_WORDS, AllReviews, describe_hand_source, select_evidence
from factcheck.types import CheckedClaim, HandEvidence, Report, ReviewState

if TYPE_CHECKING:
    import io

    import pandas as pd


def to_dataframe(report: Report | Sequence[Report], reviews: AllReviews | None = None) -> pd.DataFrame:
    """Return one row a claim, in the order of the articles, with its verdict and the evidence quoted first.

    Texts are as they are in the report; lists (flags, findings) are joined with "; ". The columns are the same for
    every report, an empty one too. ``reviews`` fills the columns ``review`` to ``review_evidence``.
    """
    import pandas as pd

    reports = [report] if isinstance(report, Report) else list(report)
    rows = [
        _make_row(one, checked, (reviews or {}).get(one.article.sha256, {}).get(checked.claim.id, ReviewState()))
        for one in reports
        for checked in one.claims
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def render_csv(report: Report | Sequence[Report], reviews: AllReviews | None = None) -> str:
    """Return the table as CSV with a header; no cell of text can be taken for a formula by a spreadsheet."""
    frame = to_dataframe(report, reviews)
    for name in _text_columns(frame):
        frame[name] = frame[name].map(lambda cell: safe_cell(cell) if isinstance(cell, str) else cell)
    return str(frame.to_csv(index=False, lineterminator="\n"))


def write_xlsx(report: Report | Sequence[Report], file: io.BytesIO, reviews: AllReviews | None = None) -> None:
    """Write the table as an Excel workbook with a frozen, filterable header; every text cell is plain text."""
    import pandas as pd

    frame = to_dataframe(report, reviews)
    for name in _text_columns(frame):
        frame[name] = frame[name].map(lambda cell: clean_text(cell)[:32_000] if isinstance(cell, str) else cell)
    with pd.ExcelWriter(file, engine="openpyxl") as writer:
        frame.to_excel(writer, sheet_name="claims", index=False)
        sheet = writer.sheets["claims"]
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        for column in sheet.iter_cols():
            texts = [cell for cell in column if isinstance(cell.value, str)]
            for cell in texts:
                cell.data_type = "s"  # openpyxl makes a formula of any text that begins with "="
            longest = max((len(cell.value) for cell in texts), default=8)
            sheet.column_dimensions[column[0].column_letter].width = min(60, longest + 2)


def _text_columns(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if any(isinstance(cell, str) for cell in frame[name])]


def _make_row(report: Report, checked: CheckedClaim, state: ReviewState) -> dict[str, Any]:
    claim, verdict = checked.claim, checked.verdict
    row: dict[str, Any] = {
        "article": report.article.path,
        "article_title": report.article.title,
        "id": claim.id,
        "claim": claim.text,
        "kind": claim.kind.value,
        "checkable": claim.checkable,
        "check_worthiness": claim.check_worthiness,
        "attribution": claim.attribution,
        "section": claim.source.section,
        "source_quote": claim.source.quote,
        "source_start": claim.source.start,
        "source_end": claim.source.end,
        "verdict": verdict.label.value,
        "confidence": verdict.confidence,
        "p_supported": verdict.probabilities.supported,
        "p_refuted": verdict.probabilities.refuted,
        "p_not_enough_info": verdict.probabilities.not_enough_info,
        "flags": "; ".join(flag.value for flag in verdict.flags),
        "flagged": verdict.flagged,
        "reason": verdict.reason,
    }
    for evidence in select_evidence(checked)[:1]:
        document = evidence.document
        row |= {
            "evidence_quote": evidence.quote,
            "evidence_stance": evidence.stance.label.value,
            "evidence_title": document.title,
            "evidence_publisher": document.publisher,
            "evidence_kind": document.kind.value,
            "evidence_url": document.url,
            "evidence_published": document.published,
            "evidence_as_of": evidence.as_of,
            "findings": "; ".join(clean_line(finding.note) for finding in evidence.findings),
        }
    row |= {
        "review": state.action.value if state.action else None,
        "review_verdict": state.verdict.value if state.verdict else None,
        "reviewer": state.reviewer or None,
        "reviewed_at": state.time or None,
        "review_text": state.text,
        "review_notes": "; ".join(state.notes) or None,
        "review_evidence": "; ".join(_by_hand(found) for found in state.evidence) or None,
        "reworded_from": claim.reworded_from,
    }
    return row


def _by_hand(found: HandEvidence) -> str:
    address = f" <{found.url}>" if found.url else ""
    return clean_line(f"{STANCE_WORDS[found.stance]}: “{found.quote}” {describe_hand_source(found)}{address}")


COLUMNS = (
    "article",
    "article_title",
    "id",
    "claim",
    "kind",
    "checkable",
    "check_worthiness",
    "attribution",
    "section",
    "source_quote",
    "source_start",
    "source_end",
    "verdict",
    "confidence",
    "p_supported",
    "p_refuted",
    "p_not_enough_info",
    "flags",
    "flagged",
    "reason",
    "evidence_quote",
    "evidence_stance",
    "evidence_title",
    "evidence_publisher",
    "evidence_kind",
    "evidence_url",
    "evidence_published",
    "evidence_as_of",
    "findings",
    "review",
    "review_verdict",
    "reviewer",
    "reviewed_at",
    "review_text",
    "review_notes",
    "review_evidence",
    "reworded_from",
)
"""The columns of every table, in order."""
