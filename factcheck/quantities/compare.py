"""Findings: each figure and date of a claim held against what one passage says, with the working shown.

Two figures are compared only when what is measured, whose it is, unit and time agree; otherwise the finding says that
they cannot be compared and why. A conflict is announced only between figures that the alignment holds for the same
thing, and never when another figure of the passage agrees with the claim.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from factcheck.quantities.dates import DateMention, period
from factcheck.quantities.greater import COMPARATIVE, find_greater
from factcheck.quantities.moments import find_moments
from factcheck.quantities.numbers import find_numbers
from factcheck.quantities.readings import Parsed, shape_of
from factcheck.quantities.sentences import read
from factcheck.quantities.times import TimeRelation, find_time, relate_time
from factcheck.quantities.turns import TURN, find_turn
from factcheck.types import Finding, Relation, TimeScope

if TYPE_CHECKING:
    from spacy.language import Language

CACHE_TEXTS = 4096
RECENT_DAYS = 120  # a figure is taken to hold "today" for some months
_NOW = re.compile(r"today|currently|now|at present|nowadays|these days|presently", re.IGNORECASE)
LATEST_REPORT_DAYS = 460  # figures for a year are still published well into the second year after


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim and one passage to be compared, with the times of both as far as they are known."""

    claim: str
    evidence: str
    claim_time: TimeScope | None = None
    evidence_as_of: str | None = None
    title: str = ""
    said_on: str | None = None


class Comparer(Protocol):
    """Compare the figures and dates of claims with those of passages."""

    def compare(self, items: Sequence[Comparison]) -> list[tuple[Finding, ...]]:
        """Return the findings of each item, in order."""
        ...


class ParsedComparer:
    """Compares by the dependency parse; texts without figures are not parsed, parsed ones are kept."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._cache: OrderedDict[str, Parsed] = OrderedDict()

    @classmethod
    def load(cls) -> ParsedComparer:
        """Make a comparer with the shared spaCy pipeline.

        :raises MissingModel: when the pipeline is not there.
        """
        from factcheck.language import load_pipeline

        return cls(load_pipeline())

    def compare(self, items: Sequence[Comparison]) -> list[tuple[Finding, ...]]:
        """Return the findings of each item; none unless claim and passage both have figures or both have dates."""
        shapes = {text: shape_of(text) for item in items for text in (item.claim, item.evidence)}
        pairs = [
            (
                item,
                any(a and b for a, b in zip(shapes[item.claim], shapes[item.evidence], strict=True))
                or (shapes[item.evidence][0] and bool(COMPARATIVE.search(item.claim) or TURN.search(item.claim))),
            )
            for item in items
        ]
        texts = [text for item, parse in pairs if parse for text in (item.claim, item.evidence)]
        parsed = self.parse(texts)
        return [
            compare_parsed(parsed[item.claim], parsed[item.evidence], item) if parse else () for item, parse in pairs
        ]

    def parse(self, texts: Iterable[str]) -> dict[str, Parsed]:
        """Return each text parsed, from the cache where it was seen."""
        ordered = list(dict.fromkeys(texts))
        missing = [text for text in ordered if text not in self._cache]
        known = {text: self._cache[text] for text in ordered if text in self._cache}
        for text, doc in zip(missing, self._nlp.pipe(missing, batch_size=64), strict=True):
            known[text] = self._cache[text] = read(doc)
        for text in ordered:
            self._cache.move_to_end(text)
        while len(self._cache) > CACHE_TEXTS:
            self._cache.popitem(last=False)
        return known


def compare_parsed(claim: Parsed, evidence: Parsed, item: Comparison) -> tuple[Finding, ...]:
    """Return the findings of one claim against one passage, both parsed; pure."""
    evidence, claim = replace(evidence, title=item.title), _date_now(claim, item)
    numbers = find_numbers(claim, evidence)
    if not evidence.days and (reason := _is_of_other_time(item)):
        numbers = tuple(_set_apart(finding, reason) for finding in numbers)
    return (*numbers, *find_greater(claim, evidence), *find_turn(claim, evidence), *find_moments(claim, evidence))


def _date_now(claim: Parsed, item: Comparison) -> Parsed:
    """Return a claim whose figures hold "today" or "this year" with that time as their date."""
    scope = None if claim.days or not claim.numbers else item.claim_time or find_time(item.claim, said_on=item.said_on)
    if scope is None or scope.start is None or scope.end is None:
        return claim
    start = scope.start
    if _NOW.fullmatch(scope.text) and start.toordinal() > RECENT_DAYS:
        start -= timedelta(days=RECENT_DAYS)
    day = DateMention(-1, -1, start, scope.end, text=scope.text)
    return replace(claim, numbers=tuple(replace(item, days=(day,), own_days=(day,)) for item in claim.numbers))


def _is_of_other_time(item: Comparison) -> str:
    """Return why a passage that names no date is about another time than the claim, going by its own date."""
    scope = item.claim_time or find_time(item.claim, said_on=item.said_on)
    if scope is None or item.evidence_as_of is None or (scope.start is None and scope.end is None):
        return ""
    try:
        relation = relate_time(scope, item.evidence_as_of, item.evidence_as_of)
    except ValueError:
        return ""
    late = scope.end is not None and relation is TimeRelation.NEWER
    if late and scope.end is not None and (period(item.evidence_as_of)[0] - scope.end).days <= LATEST_REPORT_DAYS:
        return ""
    return f"it is of {item.evidence_as_of}" if relation in (TimeRelation.OLDER, TimeRelation.NEWER) else ""


def _set_apart(finding: Finding, reason: str) -> Finding:
    if finding.relation is Relation.INCOMPARABLE:
        return finding
    if finding.found.lower() == finding.claimed.lower():
        note = f"The source has “{finding.found}” too, but {reason}."
    else:
        note = f"“{finding.found}” in the source cannot be compared with “{finding.claimed}” in the claim: {reason}."
    return replace(finding, relation=Relation.INCOMPARABLE, note=note)
