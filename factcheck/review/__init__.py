"""Work through the flagged claims of a report in the terminal; every decision is in the ledger before the next key."""

from factcheck.review.run import run_review
from factcheck.review.session import ReviewSession, ReviewSummary

__all__ = ["ReviewSession", "ReviewSummary", "run_review"]
