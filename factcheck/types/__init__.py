"""Every value that passes between stages, and every closed set of names.

Data flows one way: ``Article -> Claim -> Hit -> Evidence -> Verdict -> Report``. Nothing here does work that needs a
model, a file or a clock, so that any stage can be tested with literals. Dates are ISO 8601 strings of reduced
precision (``2024``, ``2024-11``, ``2024-11-18``): a year that is known without its month is kept as that.
"""

from __future__ import annotations

from factcheck.types.article import Article, Block, Place, Span
from factcheck.types.claim import Claim, Quantity, Resolution, TimeScope
from factcheck.types.evidence import Evidence, Finding, Pair, Stance
from factcheck.types.names import (
    UNCHECKABLE_KINDS,
    AsOfSource,
    BlockKind,
    Bound,
    FindingKind,
    Flag,
    Kind,
    Relation,
    ReviewAction,
    SourceKind,
    StanceLabel,
    VerdictLabel,
)
from factcheck.types.report import CheckedClaim, Probabilities, Report, RunInfo, Verdict
from factcheck.types.review import HandEvidence, ReviewState
from factcheck.types.source import Document, Hit, Passage

__all__ = [
    "UNCHECKABLE_KINDS",
    "Article",
    "AsOfSource",
    "Block",
    "BlockKind",
    "Bound",
    "CheckedClaim",
    "Claim",
    "Document",
    "Evidence",
    "Finding",
    "FindingKind",
    "Flag",
    "HandEvidence",
    "Hit",
    "Kind",
    "Pair",
    "Passage",
    "Place",
    "Probabilities",
    "Quantity",
    "Relation",
    "Report",
    "Resolution",
    "ReviewAction",
    "ReviewState",
    "RunInfo",
    "SourceKind",
    "Span",
    "Stance",
    "StanceLabel",
    "TimeScope",
    "Verdict",
    "VerdictLabel",
]
