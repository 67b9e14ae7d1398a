"""What people decided about a claim."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.types.names import ReviewAction, StanceLabel, VerdictLabel


@dataclass(frozen=True, slots=True)
class HandEvidence:
    """A source that a person found for a claim."""

    quote: str
    title: str
    url: str | None = None
    published: str | None = None
    stance: StanceLabel = StanceLabel.NEUTRAL


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What people have decided about a claim so far; the last decision stands.

    ``action`` is the settling act or ``None``; ``verdict`` is the person's verdict where the act has one. ``judged``
    is the tool's verdict at that time; ``changed`` says what is different since, so that the claim is seen again.
    """

    action: ReviewAction | None = None
    verdict: VerdictLabel | None = None
    reviewer: str = ""
    time: str = ""
    judged: VerdictLabel | None = None
    text: str | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[HandEvidence, ...] = ()
    changed: str | None = None

    @property
    def settled(self) -> bool:
        """Whether a person has decided and nothing has changed since."""
        return self.action is not None and self.changed is None
