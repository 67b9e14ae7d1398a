"""From events to the state of a claim, and how events find their claim again when an article has changed. Pure."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

from factcheck.ledger.events import SETTLING, ReviewEvent
from factcheck.types import CheckedClaim, HandEvidence, ReviewAction, ReviewState, VerdictLabel

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def claim_key(text: str) -> str:
    """Return a digest that is the same for wordings that differ in case, spacing, quotes or the final stop alone."""
    plain = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    plain = " ".join(plain.split()).rstrip(" .!;")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def standing(events: Iterable[ReviewEvent]) -> list[ReviewEvent]:
    """Return the events that were not taken back, in their order; undo events themselves are left out."""
    ordered = sorted(events, key=lambda event: (event.stamp, event.id))
    undone = {event.undoes for event in ordered if event.action is ReviewAction.UNDO}
    return [event for event in ordered if event.action is not ReviewAction.UNDO and event.id not in undone]


def fold(events: Iterable[ReviewEvent]) -> tuple[ReviewState, ReviewEvent | None]:
    """Return the state that the events of one claim add up to, and the event that settled it, if one did.

    The order in which events are given does not matter: the last decision by stamp stands.
    """
    settled: ReviewEvent | None = None
    text: str | None = None
    notes: list[str] = []
    evidence: list[HandEvidence] = []
    for event in standing(events):
        if event.action in SETTLING:
            settled = event
        elif event.action is ReviewAction.EDIT:
            text = event.text
        elif event.action is ReviewAction.NOTE and event.text:
            notes.append(event.text)
        elif event.action is ReviewAction.EVIDENCE and event.evidence:
            evidence.append(event.evidence)
    if settled is None:
        return ReviewState(text=text, notes=tuple(notes), evidence=tuple(evidence)), None
    state = ReviewState(
        action=settled.action,
        verdict=_person_verdict(settled),
        reviewer=settled.reviewer,
        time=settled.time,
        judged=settled.judged,
        text=text,
        notes=tuple(notes),
        evidence=tuple(evidence),
    )
    return state, settled


def describe_change(settled: ReviewEvent, checked: CheckedClaim) -> str | None:
    """Return what is different about a claim since it was decided, or ``None`` where the decision still holds.

    A decision holds while the tool's verdict is the one that was decided on, and also where the tool has come round to
    the person's verdict. That a statement is no claim does not depend on the verdict.
    """
    now = checked.verdict.label
    if settled.action is ReviewAction.NOT_A_CLAIM or now is settled.judged or now is _person_verdict(settled):
        return None
    known = set(settled.doc_ids)
    fresh = [found.document.title for found in checked.evidence if found.document.id not in known]
    told = f"the verdict was {_words(settled.judged)} and is now {_words(now)}"
    if checked.claim.text != (settled.wording or settled.claim_text) and checked.claim.reworded_from is not None:
        told += "; it was judged in other words"
    return f"{told}; new evidence: {', '.join(_distinct(fresh)[:3])}" if fresh else told


def _person_verdict(settled: ReviewEvent) -> VerdictLabel | None:
    if settled.action is ReviewAction.OVERRIDE:
        return settled.verdict
    if settled.action is ReviewAction.NOT_A_CLAIM:
        return VerdictLabel.NOT_CHECKABLE
    return settled.judged if settled.action is ReviewAction.ACCEPT else None


def _words(label: VerdictLabel) -> str:
    return label.value.replace("_", " ")


def _distinct(titles: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(titles))
