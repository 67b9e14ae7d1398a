"""Checked articles and what people decided about their claims, kept for good in one sqlite3 file.

Nothing in it is ever changed or deleted: a decision is an event, taking it back is another, and the current state is
computed from the events each time.
"""

from factcheck.ledger.events import ReviewEvent, make_event, resolve_reviewer
from factcheck.ledger.exchange import ImportCounts
from factcheck.ledger.follow import claim_key, fold
from factcheck.ledger.store import Ledger, RecordedArticle

__all__ = [
    "ImportCounts",
    "Ledger",
    "RecordedArticle",
    "ReviewEvent",
    "claim_key",
    "fold",
    "make_event",
    "resolve_reviewer",
]
