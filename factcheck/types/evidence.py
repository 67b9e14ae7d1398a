"""What a passage says about a claim, by a judge's reading and by details compared."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.types.article import Span
from factcheck.types.names import FindingKind, Relation, StanceLabel
from factcheck.types.source import Document, Passage


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the text it is to be judged by; ``context`` (title, date) may help the judge and is not evidence."""

    claim: str
    evidence: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a passage says about a claim: three probabilities that sum to 1, and the sentence that decided.

    ``rationale`` gives offsets into the evidence of the pair.
    """

    p_supports: float
    p_refutes: float
    p_neutral: float
    rationale: Span | None = None

    @property
    def label(self) -> StanceLabel:
        """The most probable of the three; ties go to neutral."""
        if self.p_supports > max(self.p_refutes, self.p_neutral):
            return StanceLabel.SUPPORTS
        if self.p_refutes > max(self.p_supports, self.p_neutral):
            return StanceLabel.REFUTES
        return StanceLabel.NEUTRAL


@dataclass(frozen=True, slots=True)
class Finding:
    """One detail of the claim held against one detail of the evidence, with the working shown in ``note``.

    ``claimed`` and ``found`` quote the two texts. ``certainty`` (0 to 1) is how sure it is that both are about the same
    thing.
    """

    kind: FindingKind
    relation: Relation
    claimed: str
    found: str
    note: str
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with what it says about the claim; ``document.body[start:end] == quote``.

    The quote is the passage or a part of it: the judge has read the whole passage. ``preceding`` and ``following``
    stand next to the passage in the document, to be read with it; nobody judged them.
    """

    passage: Passage
    document: Document
    quote: str
    start: int
    end: int
    stance: Stance
    similarity: float
    findings: tuple[Finding, ...] = ()
    preceding: str = ""
    following: str = ""

    @property
    def as_of(self) -> str | None:
        """The date that the statement is about, else the date it was published."""
        return self.passage.as_of or self.document.as_of or self.document.published

    @property
    def before(self) -> str:
        """What is shown before the quote: ``document.body[start - len(before):start] == before``."""
        return self.preceding + self.passage.text[: max(0, self.start - self.passage.start)]

    @property
    def after(self) -> str:
        """What is shown after the quote: ``document.body[end:end + len(after)] == after``."""
        return self.passage.text[max(0, self.end - self.passage.start) :] + self.following
