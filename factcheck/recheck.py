"""Check again only the claims that new documents or new words can touch, and say what changed and why."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.article import parse_article
from factcheck.errors import BadArticle
from factcheck.pipeline import Checker, Progress, annotate
from factcheck.types import CheckedClaim, Claim, Hit, Kind, Report, ReviewState, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose verdict is another now.

    ``new_sources`` names the documents that were not there before, ``lost_sources`` those that are found no more;
    ``reworded`` tells that it was judged in other words than before, ``claim`` being the new ones.
    """

    claim_id: str
    claim: str
    before: Verdict
    after: Verdict
    new_sources: tuple[str, ...] = ()
    lost_sources: tuple[str, ...] = ()
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Recheck:
    """The report as it is now, how many claims were judged again, and what changed.

    ``reworded`` is how many of those were judged in words that they were not judged in before.
    """

    report: Report
    touched: int
    changes: tuple[Change, ...]
    reworded: int = 0


def recheck(
    checker: Checker,
    earlier: Report,
    *,
    states: Mapping[str, ReviewState] | None = None,
    progress: Progress | None = None,
) -> Recheck:
    """Return the report on the same claims against the corpus as it is now, each in the words of its last review.

    A claim is touched when a reviewer put it into other words (``states``, by claim id), or when the passages found
    for it are not those that it was judged by. All others keep verdict and evidence as they were, since the same
    parts judging the same words by the same passages would give the same; with other parts every claim is touched.
    """
    begun = time.perf_counter()
    worded = reword(checker, earlier, states or {})
    new_words = {c.claim.id for c, claim in zip(earlier.claims, worded, strict=True) if c.claim.text != claim.text}
    touched = new_words | _touched_by_corpus(checker, earlier, skip=new_words)
    judged = checker.judge([c for c in worded if c.id in touched], earlier.run.as_of, progress=progress)
    by_id = {c.claim.id: c for c in judged}
    claims = tuple(by_id.get(c.claim.id, c) for c in earlier.claims)
    run = replace(
        earlier.run,
        version=checker.provenance.version,
        corpus_sha256=checker.provenance.corpus_sha256,
        encoder=checker.provenance.encoder,
        verifier=checker.provenance.verifier,
        elapsed_s=time.perf_counter() - begun,
    )
    return Recheck(
        report=replace(earlier, run=run, claims=claims),
        touched=len(touched),
        changes=find_changes(earlier.claims, claims),
        reworded=len(new_words),
    )


def reword(checker: Checker, earlier: Report, states: Mapping[str, ReviewState]) -> list[Claim]:
    """Return the claims of a report, in order, in the words of their last review.

    A claim whose rewording was taken back has its own words again. What a new wording states (kind, figures, time) is
    read from it like from an article.
    """
    claims = [c.claim for c in earlier.claims]
    wanted = [(states[claim.id].text if claim.id in states else None) or claim.own_text for claim in claims]
    said_on = earlier.article.published or earlier.run.as_of
    return [
        claim if claim.text == text else annotate([_reword(checker, claim, text)], said_on)[0]
        for claim, text in zip(claims, wanted, strict=True)
    ]


def places_of(hits: Sequence[Hit]) -> frozenset[tuple[str, int, int, str]]:
    """Return where the passages of a search stand, in a form that survives a report."""
    return frozenset((h.document.id, h.passage.start, h.passage.end, h.passage.text) for h in hits)


def judged_places(checked: CheckedClaim) -> frozenset[tuple[str, int, int, str]]:
    """Return where the passages that a claim was judged by stand."""
    return frozenset((e.document.id, e.passage.start, e.passage.end, e.passage.text) for e in checked.evidence)


def find_changes(before: Sequence[CheckedClaim], after: Sequence[CheckedClaim]) -> tuple[Change, ...]:
    """Return the claims whose verdict differs, in the order of ``after``; claims are paired by id."""
    earlier = {old.claim.id: old for old in before}
    changes = []
    for new in after:
        old = earlier.get(new.claim.id)
        if old is None or old.verdict.label is new.verdict.label:
            continue
        had = {e.document.id: e.document.title for e in old.evidence}
        has = {e.document.id: e.document.title for e in new.evidence}
        changes.append(
            Change(
                claim_id=new.claim.id,
                claim=new.claim.text,
                before=old.verdict,
                after=new.verdict,
                new_sources=tuple(dict.fromkeys(title for doc_id, title in has.items() if doc_id not in had)),
                lost_sources=tuple(dict.fromkeys(title for doc_id, title in had.items() if doc_id not in has)),
                reworded=old.claim.text != new.claim.text,
            )
        )
    return tuple(changes)


def _touched_by_corpus(checker: Checker, earlier: Report, *, skip: set[str]) -> set[str]:
    """Return the ids of the checkable claims that would be judged by other passages, or by other parts, than before."""
    asked = [c for c in earlier.claims if c.claim.checkable and c.claim.id not in skip]
    parts = checker.provenance
    if (earlier.run.version, earlier.run.encoder, earlier.run.verifier) != (
        parts.version,
        parts.encoder,
        parts.verifier,
    ):
        return {c.claim.id for c in asked}
    found = checker.find([c.claim for c in asked], earlier.run.as_of)
    return {c.claim.id for c, hits in zip(asked, found, strict=True) if places_of(hits) != judged_places(c)}


def _reword(checker: Checker, claim: Claim, text: str) -> Claim:
    """Return the claim in other words, its kind and whether it can be checked read from them.

    A person has made it stand by itself, so that no reference in it counts as unresolved.
    """
    kind, checkable, worth = _classify(checker, claim, text)
    own = None if text == claim.own_text else claim.own_text
    return replace(
        claim,
        text=text,
        kind=kind,
        checkable=checkable,
        check_worthiness=worth,
        unresolved=(),
        reworded_from=own,
    )


def _classify(checker: Checker, claim: Claim, text: str) -> tuple[Kind, bool, float]:
    """Return kind, checkability and worth of a wording; those of the claim where nothing can be taken from it.

    Where a wording holds several statements, one that can be checked is enough to check it.
    """
    try:
        found = checker.extractor.extract([parse_article(text, force=True)])[0]
    except BadArticle:
        found = []
    if not found:
        return claim.kind, claim.checkable, claim.check_worthiness
    first = next((one for one in found if one.checkable), found[0])
    return first.kind, first.checkable, first.check_worthiness


__all__ = ["Change", "Recheck", "find_changes", "judged_places", "places_of", "recheck", "reword"]
