"""The whole path from an article to its report; the stages are passed in, and nothing here knows how they work."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol

from factcheck.claims import ClaimExtractor
from factcheck.decide import DecisionModel, decide
from factcheck.quantities import Comparer, Comparison, Derived, find_quantities, find_time
from factcheck.rationale import quote_sentence
from factcheck.reader_date import find_reader_date
from factcheck.restated import score_restated
from factcheck.stance import temper
from factcheck.types import (
    Article,
    CheckedClaim,
    Claim,
    Evidence,
    Hit,
    Pair,
    Report,
    RunInfo,
    VerdictLabel,
)
from factcheck.verify import Verifier

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, how many are done, how many there are)."""


Deriver = Callable[[str, Sequence[str]], list[Derived]]
"""Checks a claim's figures by computing from those of several passages."""


class Retriever(Protocol):
    """Find the passages nearest to each query."""

    def retrieve(
        self, queries: Sequence[str], *, top_k: int, dates: Sequence[str | None] | None = None
    ) -> list[list[Hit]]:
        """Return up to ``top_k`` hits a query, the best first; ``dates`` are those that the queries are about."""
        ...


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a run may vary.

    Passages under ``min_similarity``, and those ``max_lag`` behind the nearest one, are not judged: they are about
    something else, and judging is what takes the time.
    """

    top_k: int = 6
    min_similarity: float = 0.35
    max_lag: float = 0.2
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report says of the parts that made it."""

    version: str
    corpus_sha256: str
    encoder: str
    verifier: str


def _silent(what: str, done: int, total: int) -> None:
    return None


class Checker:
    """Holds the stages and runs an article through them."""

    def __init__(
        self,
        extractor: ClaimExtractor,
        retriever: Retriever,
        verifier: Verifier,
        comparer: Comparer,
        model: DecisionModel,
        *,
        provenance: Provenance,
        options: CheckOptions | None = None,
        derive: Deriver | None = None,
        today: date | None = None,
    ) -> None:
        self.extractor = extractor
        self.retriever = retriever
        self.verifier = verifier
        self.comparer = comparer
        self.model = model
        self.provenance = provenance
        self.options = options or CheckOptions()
        self.derive = derive
        self._today = today

    def check(
        self, article: Article, *, claims: Sequence[Claim] | None = None, progress: Progress | None = None
    ) -> Report:
        """Return the report on ``article``; ``claims`` replaces the extraction where somebody edited them."""
        begun = time.perf_counter()
        tell = progress or _silent
        as_of, as_of_source = find_reader_date(article, self.options.as_of, self._today or date.today())
        tell("reading", 0, 1)
        if claims is None:
            claims = self.extractor.extract([article])[0]
        claims = annotate(claims, article.published or as_of)
        checked = self.judge(claims, as_of, progress=tell)
        return Report(
            article,
            RunInfo(
                version=self.provenance.version,
                corpus_sha256=self.provenance.corpus_sha256,
                encoder=self.provenance.encoder,
                verifier=self.provenance.verifier,
                as_of=as_of,
                as_of_source=as_of_source,
                elapsed_s=time.perf_counter() - begun,
            ),
            checked,
        )

    def judge(
        self, claims: Sequence[Claim], as_of: str, *, progress: Progress | None = None
    ) -> tuple[CheckedClaim, ...]:
        """Return every claim with verdict and evidence, in the order given."""
        tell = progress or _silent
        checkable = [c for c in claims if c.checkable]
        tell("searching", 0, len(checkable))
        near = self.find(checkable, as_of)
        tell("judging", 0, len(checkable))
        gathered = self._compute(checkable, self._weigh(checkable, near, as_of))
        tell("judging", len(checkable), len(checkable))
        # By position: two claims of one id keep their own evidence.
        in_order = iter(gathered)
        return tuple(self._conclude(claim, next(in_order) if claim.checkable else [], as_of) for claim in claims)

    def find(self, claims: Sequence[Claim], as_of: str) -> list[list[Hit]]:
        """Return the passages near enough to each claim to be judged, the best first."""
        if not claims:
            return []
        dates = [date_of(claim) or as_of for claim in claims]
        found = self.retriever.retrieve([c.text for c in claims], top_k=self.options.top_k, dates=dates)
        return [self._near_enough(hits) for hits in found]

    def _near_enough(self, hits: Sequence[Hit]) -> list[Hit]:
        nearest = max((h.similarity for h in hits), default=0.0)
        floor = max(self.options.min_similarity, nearest - self.options.max_lag)
        return [h for h in hits if h.similarity >= floor]

    def _weigh(self, claims: Sequence[Claim], hits: Sequence[Sequence[Hit]], as_of: str) -> list[list[Evidence]]:
        flat = [(claim, hit) for claim, found in zip(claims, hits, strict=True) for hit in found]
        comparisons = [
            Comparison(
                claim=claim.text,
                evidence=hit.passage.text,
                claim_time=claim.time,
                evidence_as_of=hit.passage.as_of or hit.document.as_of,
                title=hit.document.title,
                said_on=as_of,
            )
            for claim, hit in flat
        ]
        with ThreadPoolExecutor(1) as pool:
            # The judge computes outside the interpreter's lock, so that figures are compared in the meantime.
            pairs = [Pair(claim.text, hit.passage.text) for claim, hit in flat]
            judging = pool.submit(score_restated, self.verifier, pairs)
            findings = self.comparer.compare(comparisons)
            stances = judging.result()
        evidence = iter(
            [
                Evidence(
                    passage=hit.passage,
                    document=hit.document,
                    quote=hit.passage.text,
                    start=hit.passage.start,
                    end=hit.passage.end,
                    stance=temper(stance, found),
                    similarity=hit.similarity,
                    findings=tuple(found),
                )
                for (_, hit), stance, found in zip(flat, stances, findings, strict=True)
            ]
        )
        return [[next(evidence) for _ in found] for found in hits]

    def _compute(self, claims: Sequence[Claim], gathered: list[list[Evidence]]) -> list[list[Evidence]]:
        """Judge two passages together where a claim's figure can be computed from one of each.

        Each passage then carries the finding, and the stance of both read as one text.
        """
        if self.derive is None:
            return gathered
        found = [
            (row, derived)
            for row, (claim, evidence) in enumerate(zip(claims, gathered, strict=True))
            if claim.quantities and len(evidence) > 1
            for derived in self.derive(claim.text, [e.quote for e in evidence])
            if len(set(derived.passages)) > 1
        ]
        joined = [" ".join(gathered[row][i].quote for i in derived.passages) for row, derived in found]
        stances = score_restated(
            self.verifier, [Pair(claims[row].text, text) for (row, _), text in zip(found, joined, strict=True)]
        )
        for (row, derived), stance in zip(found, stances, strict=True):
            for place in derived.passages:
                item = gathered[row][place]
                findings = (derived.finding, *item.findings)
                gathered[row][place] = replace(item, stance=temper(stance, findings), findings=findings)
        return gathered

    def _conclude(self, claim: Claim, evidence: list[Evidence], as_of: str) -> CheckedClaim:
        verdict = decide(self.model, claim, evidence, as_of)
        ranked = sorted(evidence, key=partial(_rank_for, verdict.label))
        return CheckedClaim(claim, verdict, tuple(quote_sentence(claim, found) for found in ranked))


def date_of(claim: Claim) -> str | None:
    """Return the last day that a claim says it is about, or ``None`` where it names no time."""
    if claim.time is None:
        return None
    day = claim.time.end or claim.time.start
    return day.isoformat() if day is not None else None


def annotate(claims: Sequence[Claim], said_on: str) -> list[Claim]:
    """Return the claims with the figures and the time that their texts state."""
    return [
        replace(claim, quantities=find_quantities(claim.text), time=find_time(claim.text, said_on=said_on))
        for claim in claims
    ]


def _rank_for(label: VerdictLabel, evidence: Evidence) -> tuple[float, float, str]:
    """Order evidence by how clearly it speaks for the verdict, then by nearness; where nothing decides, by nearness."""
    stance = evidence.stance
    weight = {
        VerdictLabel.SUPPORTED: stance.p_supports,
        VerdictLabel.REFUTED: stance.p_refutes,
        VerdictLabel.CONFLICTING: max(stance.p_supports, stance.p_refutes),
    }.get(label, 0.0)
    return (-weight, -evidence.similarity, evidence.passage.id)


__all__ = ["CheckOptions", "Checker", "Provenance", "Retriever", "annotate"]
