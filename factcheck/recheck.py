"""Check again only the claims that a changed corpus can touch, and say which verdicts changed and why."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.pipeline import Checker, Progress
from factcheck.types import CheckedClaim, Hit, Report, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose verdict is another now; ``new_sources`` names the documents that were not there before."""

    claim: str
    before: Verdict
    after: Verdict
    new_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recheck:
    """The report as it is now, how many claims were judged again, and what changed."""

    report: Report
    touched: int
    changes: tuple[Change, ...]


def recheck(checker: Checker, earlier: Report, *, progress: Progress | None = None) -> Recheck:
    """Return the report on the same claims against the corpus as it is now.

    A claim is touched when the passages found for it are not those that it was judged by; all others keep verdict and
    evidence as they were, since judging the same passages again would give the same.
    """
    begun = time.perf_counter()
    checkable = [c for c in earlier.claims if c.claim.checkable]
    found = checker.find([c.claim for c in checkable])
    touched = [c for c, hits in zip(checkable, found, strict=True) if places_of(hits) != judged_places(c)]
    judged = checker.judge([c.claim for c in touched], earlier.run.as_of, progress=progress)
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
    changes = find_changes(touched, judged)
    return Recheck(replace(earlier, run=run, claims=claims), len(touched), changes)


def places_of(hits: Sequence[Hit]) -> frozenset[tuple[str, int, int, str]]:
    """Return where the passages of a search stand, in a form that survives a report."""
    return frozenset((h.document.id, h.passage.start, h.passage.end, h.passage.text) for h in hits)


def judged_places(checked: CheckedClaim) -> frozenset[tuple[str, int, int, str]]:
    """Return where the passages that a claim was judged by stand."""
    return frozenset((e.document.id, e.start, e.end, e.quote) for e in checked.evidence)


def find_changes(before: Sequence[CheckedClaim], after: Sequence[CheckedClaim]) -> tuple[Change, ...]:
    """Return the claims whose verdict differs, in the order given."""
    changes = []
    for old, new in zip(before, after, strict=True):
        if old.verdict.label is not new.verdict.label:
            known = {e.document.id for e in old.evidence}
            fresh = dict.fromkeys(e.document.title for e in new.evidence if e.document.id not in known)
            changes.append(Change(new.claim.text, old.verdict, new.verdict, tuple(fresh)))
    return tuple(changes)
