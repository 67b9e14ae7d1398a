"""One sentence on why a verdict is what it is, for a reader who sees nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.decide.flags import side_of, speakers, stale_support, superseded
from factcheck.decide.modality import only_foresees
from factcheck.types import (
    Claim,
    Evidence,
    Finding,
    FindingKind,
    Flag,
    Kind,
    Relation,
    SourceKind,
    StanceLabel,
    VerdictLabel,
)

_MONTHS = "January February March April May June July August September October November December".split()
_TELLING = (FindingKind.RATIO, FindingKind.NUMBER, FindingKind.RANK, FindingKind.DATE, FindingKind.ENTITY)
# Press is what a reader expects; of the others it matters that they know at first hand, or speak for themselves.
_TELLING_KINDS = frozenset(SourceKind) - {SourceKind.PRESS, SourceKind.UNKNOWN}
_UNCHECKABLE = {
    Kind.OPINION: "This is an opinion; documents can neither confirm nor refute it.",
    Kind.PREDICTION: "This speaks about the future; nothing on record can decide it yet.",
    Kind.DEFINITION: "This says what a term means; it makes no statement of fact to check.",
    Kind.ADVICE: "This is advice; it makes no statement of fact to check.",
    Kind.RHETORIC: "This is a figure of speech; it makes no statement of fact to check.",
    Kind.VAGUE: "This is too vague to be checked: it gives no figure, name or date that a source could contradict.",
}


def explain(
    claim: Claim, evidence: Sequence[Evidence], label: VerdictLabel, flags: Sequence[Flag], reader_as_of: str
) -> str:
    """Return the reason for a verdict as one sentence that names the deciding source and date."""
    if label is VerdictLabel.NOT_CHECKABLE:
        return _UNCHECKABLE.get(claim.kind, "This makes no statement that documents could confirm or refute.")
    if label is VerdictLabel.CONFLICTING:
        return _conflicting(evidence)
    if label is VerdictLabel.NOT_ENOUGH_INFO:
        return _undecided(claim, evidence, reader_as_of)
    outdated = superseded(claim, evidence, reader_as_of) if Flag.OUTDATED in flags else None
    if outdated is not None:
        old, new = outdated
        working = _working(new, Relation.CONFLICT)
        return f"It fits {name_source(old)}, but the newer {name_source(new)} contradicts it{working}."
    first = side_of(evidence, label)[0]
    if label is VerdictLabel.SUPPORTED:
        return f"{name_source(first)} says so{_working(first, Relation.MATCH)}."
    return f"{name_source(first)} contradicts it{_working(first, Relation.CONFLICT)}."


def _conflicting(evidence: Sequence[Evidence]) -> str:
    supporting = speakers(evidence, StanceLabel.SUPPORTS)
    refuting = speakers(evidence, StanceLabel.REFUTES)
    return f"{name_source(supporting[0])} supports it, {name_source(refuting[0])} contradicts it."


def _undecided(claim: Claim, evidence: Sequence[Evidence], reader_as_of: str) -> str:
    if not evidence:
        return "Nothing in the corpus speaks about this."
    stale = stale_support(claim, evidence, reader_as_of)
    if stale is not None:
        return f"The only support found, {name_source(stale)}, is about another time than the claim."
    supporting = speakers(evidence, StanceLabel.SUPPORTS)
    if supporting and all(only_foresees(claim, e) for e in supporting):
        return f"The only support found, {name_source(supporting[0])}, tells what was planned or expected, not what is."
    nearest = max(evidence, key=lambda e: (e.similarity, e.passage.id))
    finding = first_finding(nearest, Relation.INCOMPARABLE)
    if finding is not None:
        return f"{name_source(nearest)} is the nearest; {_lower_first(_bare(finding))}."
    return f"The nearest passage, {name_source(nearest)}, does not decide it."


def _working(evidence: Evidence, relation: Relation) -> str:
    """Return ": note" for the finding in that relation that says most, or nothing."""
    finding = first_finding(evidence, relation)
    return f": {_lower_first(_bare(finding))}" if finding is not None else ""


def first_finding(evidence: Evidence, relation: Relation) -> Finding | None:
    """Return the finding in that relation that a reader wants first: figures before dates, dates before names."""
    told = [f for f in evidence.findings if f.relation is relation and f.note]
    return min(told, key=lambda f: _TELLING.index(f.kind), default=None)


def _bare(finding: Finding) -> str:
    return finding.note.strip().rstrip(".")


def _lower_first(text: str) -> str:
    word = text.split(" ", 1)[0]
    # A name or an acronym keeps its capital; only an article or a common opening word loses it.
    return text[0].lower() + text[1:] if word in {"The", "A", "An", "Both", "This", "Its", "It", "In"} else text


def name_source(evidence: Evidence) -> str:
    """Return the source as a reader would name it: publisher, else title, its kind where that tells, and its date."""
    document = evidence.document
    kind = [document.kind.words] if document.kind in _TELLING_KINDS else []
    facts = ", ".join([*kind, say_date(evidence.as_of) or "undated"])
    return f"{document.publisher or document.title} ({facts})"


def say_date(iso: str | None) -> str:
    """Return an ISO date of any precision in words: "2024", "June 2022", "18 November 2024"."""
    if not iso:
        return ""
    parts = iso.split("-")
    if len(parts) == 1:
        return parts[0]
    month = _MONTHS[int(parts[1]) - 1] if parts[1].isdigit() and 1 <= int(parts[1]) <= 12 else parts[1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"
