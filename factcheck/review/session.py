"""The queue of claims to decide and what each decision does to it; no terminal and no page in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.ledger import Ledger, ReviewEvent, make_event, resolve_reviewer
from factcheck.ledger.events import SETTLING
from factcheck.types import (
    CheckedClaim,
    Flag,
    HandEvidence,
    Report,
    ReviewAction,
    ReviewState,
    VerdictLabel,
)


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a sitting came to: acts by name, and how many flagged claims are left to decide."""

    acts: tuple[tuple[ReviewAction, int], ...]
    decided: int
    remaining: int


def order_queue(claims: Sequence[CheckedClaim], states: Mapping[str, ReviewState] | None = None) -> list[CheckedClaim]:
    """Return the claims to decide: refuted, conflicting, outdated, the rest; each group in the article's order.

    These are the flagged ones and, by ``states``, those that were decided on a verdict which has changed since, flagged
    or not.
    """
    known = states or {}
    due = [c for c in claims if c.verdict.flagged or (c.claim.id in known and known[c.claim.id].changed is not None)]
    return sorted(due, key=_urgency)


def _urgency(checked: CheckedClaim) -> int:
    if checked.verdict.label is VerdictLabel.REFUTED:
        return 0
    if checked.verdict.label is VerdictLabel.CONFLICTING:
        return 1
    return 2 if Flag.OUTDATED in checked.verdict.flags else 3


class ReviewSession:
    """One reviewer's sitting on one report.

    A claim is in the queue until it is settled; a settled one whose verdict has changed since is in it again. Skipped
    claims wait at the end of the sitting's queue and come back in the next one. Another reviewer's decisions count as
    soon as they are in the ledger.
    """

    def __init__(
        self, report: Report, ledger: Ledger, *, reviewer: str | None = None, everything: bool = False
    ) -> None:
        self.report = report
        self.ledger = ledger
        self.reviewer = resolve_reviewer(reviewer)
        self._claims = list(report.claims) if everything else order_queue(report.claims, ledger.states(report))
        self._by_id = {checked.claim.id: checked for checked in report.claims}
        self._passed: set[str] = set()
        self._acts: Counter[ReviewAction] = Counter()
        self._ahead: CheckedClaim | None = None

    @property
    def total(self) -> int:
        """How many claims the queue had before anything was decided."""
        return len(self._claims)

    def states(self) -> dict[str, ReviewState]:
        """Return what is decided by now, by claim id."""
        return self.ledger.states(self.report)

    def open_claims(self) -> list[CheckedClaim]:
        """Return the claims still to decide, in order, skipped ones included."""
        states = self.states()
        return [c for c in self._claims if c.claim.id not in states or not states[c.claim.id].settled]

    def current(self) -> CheckedClaim | None:
        """Return the claim to show now: one just brought back by undo, else the first open one not skipped."""
        if self._ahead is not None:
            return self._ahead
        return next((c for c in self.open_claims() if c.claim.id not in self._passed), None)

    def number(self, checked: CheckedClaim) -> int:
        """Return the claim's place in the queue, 1 first."""
        return self._claims.index(checked) + 1 if checked in self._claims else 0

    def act(
        self,
        checked: CheckedClaim,
        action: ReviewAction,
        *,
        verdict: VerdictLabel | None = None,
        text: str | None = None,
        evidence: HandEvidence | None = None,
    ) -> ReviewEvent:
        """Record one act; when this returns it is on the disk. A settling act or a skip moves on to the next claim.

        :raises BadLedger: when it could not be recorded.
        :raises BadData: when the act lacks its verdict or text.
        """
        event = self.ledger.append(
            make_event(
                self.report,
                checked,
                action,
                reviewer=self.reviewer,
                verdict=verdict,
                text=text,
                evidence=evidence,
            )
        )
        self._acts[action] += 1
        self._ahead = None
        if action in SETTLING or action is ReviewAction.SKIP:
            self._passed.add(checked.claim.id)
        else:
            self._ahead = checked
        return event

    def undo(self) -> CheckedClaim | None:
        """Take back this reviewer's last act on this article and go back to its claim; ``None`` if there is none."""
        event = self.ledger.undo(reviewer=self.reviewer, article_sha256=self.report.article.sha256)
        if event is None:
            return None
        self._acts[ReviewAction.UNDO] += 1
        self._passed.discard(event.claim_id)
        self._ahead = self._by_id.get(event.claim_id)
        return self._ahead

    def summarise(self) -> ReviewSummary:
        """Return what was done in this sitting."""
        acts = tuple((action, self._acts[action]) for action in ReviewAction if self._acts[action])
        remaining = len(self.open_claims())
        return ReviewSummary(acts=acts, decided=self.total - remaining, remaining=remaining)
