"""One act of a reviewer as a value, and its form as JSON."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from factcheck.errors import BadData
from factcheck.types import (
    CheckedClaim,
    HandEvidence,
    Kind,
    Probabilities,
    Report,
    ReviewAction,
    StanceLabel,
    VerdictLabel,
)

SETTLING = frozenset({ReviewAction.ACCEPT, ReviewAction.OVERRIDE, ReviewAction.NOT_A_CLAIM, ReviewAction.NEEDS_SOURCE})
"""The acts after which a claim leaves the queue."""
MAX_TEXT_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """What one person did with one claim at one moment, and what the tool had said about it then.

    ``claim_text`` is the claim as taken from the article, ``wording`` the words it was judged in where a reviewer had
    put it into others. ``text`` is the note or the new wording, ``verdict`` the person's in an override, ``undoes`` the
    id of the event that an undo takes back. ``doc_ids`` names the documents that were shown as evidence,
    ``probabilities`` what the tool had thought. ``id``, ``time`` (ISO 8601, UTC) and ``stamp`` (the order of events, in
    microseconds) are given by the ledger where they are empty.
    """

    article_sha256: str
    claim_id: str
    claim_text: str
    action: ReviewAction
    judged: VerdictLabel
    confidence: float
    kind: Kind | None = None
    verdict: VerdictLabel | None = None
    text: str | None = None
    evidence: HandEvidence | None = None
    undoes: str | None = None
    doc_ids: tuple[str, ...] = ()
    probabilities: Probabilities | None = None
    wording: str | None = None
    reviewer: str = ""
    time: str = ""
    id: str = ""
    stamp: int = 0


def make_event(
    report: Report,
    checked: CheckedClaim,
    action: ReviewAction,
    *,
    reviewer: str = "",
    verdict: VerdictLabel | None = None,
    text: str | None = None,
    evidence: HandEvidence | None = None,
) -> ReviewEvent:
    """Return the event of ``action`` on a claim of ``report``.

    :raises BadData: when the act lacks what it needs: an override its verdict, an edit or a note its text.
    """
    event = ReviewEvent(
        article_sha256=report.article.sha256,
        claim_id=checked.claim.id,
        claim_text=checked.claim.own_text,
        action=action,
        judged=checked.verdict.label,
        confidence=checked.verdict.confidence,
        kind=checked.claim.kind,
        verdict=verdict,
        text=text.strip() if text is not None else None,
        evidence=evidence,
        probabilities=checked.verdict.probabilities,
        doc_ids=tuple(dict.fromkeys(found.document.id for found in checked.evidence)),
        wording=checked.claim.text if checked.claim.reworded_from is not None else None,
        reviewer=reviewer,
    )
    check_event(event)
    return event


def check_event(event: ReviewEvent) -> None:
    """Check that an event holds what its act needs.

    :raises BadData: when it does not.
    """
    if event.action is ReviewAction.OVERRIDE and event.verdict is None:
        raise BadData("an override needs the verdict that is right")
    if event.action in (ReviewAction.EDIT, ReviewAction.NOTE) and not (event.text or "").strip():
        raise BadData(f"{event.action.value} needs a text")
    if event.action is ReviewAction.EVIDENCE and (event.evidence is None or not event.evidence.quote.strip()):
        raise BadData("evidence needs a quote")
    if event.action is ReviewAction.UNDO and not event.undoes:
        raise BadData("an undo needs the event that it takes back")
    longest = max(len(event.text or ""), len(event.evidence.quote) if event.evidence else 0)
    if longest > MAX_TEXT_CHARACTERS:
        raise BadData(f"a text of {longest} characters is over the limit of {MAX_TEXT_CHARACTERS}")


def resolve_reviewer(name: str | None = None) -> str:
    """Return the reviewer's name: as given, else ``FACTCHECK_REVIEWER``, else the user of this machine."""
    for candidate in (name, os.environ.get("FACTCHECK_REVIEWER")):
        if candidate and candidate.strip():
            return candidate.strip()[:200]
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def event_to_json(event: ReviewEvent) -> dict[str, Any]:
    """Return an event as plain data; fields without a value are left out."""
    evidence = event.evidence
    data = {
        "id": event.id,
        "stamp": event.stamp,
        "time": event.time,
        "reviewer": event.reviewer,
        "action": event.action.value,
        "article_sha256": event.article_sha256,
        "claim_id": event.claim_id,
        "claim_text": event.claim_text,
        "judged": event.judged.value,
        "confidence": event.confidence,
        "kind": event.kind.value if event.kind else None,
        "verdict": event.verdict.value if event.verdict else None,
        "text": event.text,
        "evidence": {
            "quote": evidence.quote,
            "title": evidence.title,
            "url": evidence.url,
            "published": evidence.published,
            "stance": evidence.stance.value,
        }
        if evidence
        else None,
        "undoes": event.undoes,
        "doc_ids": list(event.doc_ids),
        "wording": event.wording,
        "probabilities": asdict(event.probabilities) if event.probabilities else None,
    }
    return {key: value for key, value in data.items() if value not in (None, [])}


def event_from_json(data: Mapping[str, Any]) -> ReviewEvent:
    """Return the event that ``data`` describes.

    :raises BadData: when a field is missing, of the wrong type or not one of its names.
    """
    try:
        event = ReviewEvent(
            article_sha256=_text(data, "article_sha256"),
            claim_id=_text(data, "claim_id"),
            claim_text=_text(data, "claim_text"),
            action=ReviewAction(data["action"]),
            judged=VerdictLabel(data["judged"]),
            confidence=float(data["confidence"]),
            kind=Kind(data["kind"]) if data.get("kind") else None,
            verdict=VerdictLabel(data["verdict"]) if data.get("verdict") else None,
            text=_text(data, "text") if data.get("text") is not None else None,
            evidence=hand_evidence_from_json(data["evidence"]) if data.get("evidence") else None,
            undoes=_text(data, "undoes") if data.get("undoes") else None,
            doc_ids=tuple(str(doc_id) for doc_id in data.get("doc_ids", ())),
            probabilities=_probabilities(data["probabilities"]) if data.get("probabilities") else None,
            wording=_text(data, "wording") if data.get("wording") is not None else None,
            reviewer=_text(data, "reviewer"),
            time=_text(data, "time"),
            id=_text(data, "id"),
            stamp=int(data["stamp"]),
        )
    except KeyError as error:
        raise BadData(f"the event lacks the field {error.args[0]!r}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadData(f"the event is not well formed: {error}") from error
    check_event(event)
    return event


def hand_evidence_from_json(data: Mapping[str, Any]) -> HandEvidence:
    """Return a source added by hand.

    :raises KeyError: when a field is missing.
    :raises ValueError: when a field is of the wrong type or the stance is none.
    """
    return HandEvidence(
        quote=_text(data, "quote"),
        title=_text(data, "title"),
        url=_text(data, "url") if data.get("url") else None,
        published=_text(data, "published") if data.get("published") else None,
        stance=StanceLabel(data.get("stance", StanceLabel.NEUTRAL.value)),
    )


def _probabilities(data: Mapping[str, Any]) -> Probabilities:
    return Probabilities(float(data["supported"]), float(data["refuted"]), float(data["not_enough_info"]))


def with_identity(event: ReviewEvent, *, event_id: str, time: str, stamp: int, reviewer: str) -> ReviewEvent:
    """Return the event as it is stored: with its id, time, place in the order and reviewer."""
    return replace(event, id=event_id, time=event.time or time, stamp=stamp, reviewer=reviewer)


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise ValueError(f"{key} should be text, found {type(value).__name__}")
    return value
