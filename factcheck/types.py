"""Every value that passes between stages, and every closed set of names.

Data flows one way: ``Article -> Claim -> Hit -> Evidence -> Verdict -> Report``. Nothing here does work that needs a
model, a file or a clock, so that any stage can be tested with literals. Dates are ISO 8601 strings of reduced
precision (``2024``, ``2024-11``, ``2024-11-18``): a year that is known without its month is kept as that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class BlockKind(StrEnum):
    """What a stretch of an article is, as far as its layout tells."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Kind(StrEnum):
    """What a claim is about; the last six cannot be checked against documents."""

    QUANTITY = "quantity"
    DATE = "date"
    EVENT = "event"
    COMPARISON = "comparison"
    RANK = "rank"
    ATTRIBUTION = "attribution"
    POLICY = "policy"
    STATE = "state"
    CAUSAL = "causal"
    OPINION = "opinion"
    PREDICTION = "prediction"
    DEFINITION = "definition"
    ADVICE = "advice"
    RHETORIC = "rhetoric"
    VAGUE = "vague"


UNCHECKABLE_KINDS = frozenset({Kind.OPINION, Kind.PREDICTION, Kind.DEFINITION, Kind.ADVICE, Kind.RHETORIC, Kind.VAGUE})


class Bound(StrEnum):
    """How a stated figure limits the true one."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"
    NEARLY = "nearly"
    UP_TO = "up_to"
    BETWEEN = "between"


class Relation(StrEnum):
    """How a detail found in evidence stands to the detail claimed."""

    MATCH = "match"
    CONFLICT = "conflict"
    INCOMPARABLE = "incomparable"


class FindingKind(StrEnum):
    """Which kind of detail a finding compares."""

    NUMBER = "number"
    DATE = "date"
    ENTITY = "entity"
    RATIO = "ratio"
    RANK = "rank"


class StanceLabel(StrEnum):
    """What one passage says about one claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


class VerdictLabel(StrEnum):
    """What all the evidence together says about a claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_INFO = "not_enough_info"
    NOT_CHECKABLE = "not_checkable"


class Flag(StrEnum):
    """A reason to look at a verdict with care."""

    NUMBER_MISMATCH = "number_mismatch"
    DATE_MISMATCH = "date_mismatch"
    ENTITY_MISMATCH = "entity_mismatch"
    OUTDATED = "outdated"
    SINGLE_SOURCE = "single_source"
    OLD_EVIDENCE = "old_evidence"
    UNRESOLVED_REFERENCE = "unresolved_reference"
    LOW_CONFIDENCE = "low_confidence"


class SourceKind(StrEnum):
    """What sort of publisher a document comes from."""

    OFFICIAL = "official"
    LAW = "law"
    COMPANY = "company"
    PRESS = "press"
    REFERENCE = "reference"
    RESEARCH = "research"
    UNKNOWN = "unknown"


class AsOfSource(StrEnum):
    """Where the reader's date of a run was taken from."""

    FLAG = "flag"
    ARTICLE = "article"
    TEXT = "text"
    TODAY = "today"


class ReviewAction(StrEnum):
    """What a person did with a claim; the first four settle it, ``UNDO`` takes an earlier act back."""

    ACCEPT = "accept"
    OVERRIDE = "override"
    NOT_A_CLAIM = "not_a_claim"
    NEEDS_SOURCE = "needs_source"
    EDIT = "edit"
    EVIDENCE = "evidence"
    NOTE = "note"
    SKIP = "skip"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text_of_the_owner[start:end] == text``, in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or bullet of an article.

    ``span`` covers the content alone, without bullet sign or heading number. ``section`` is the text of the nearest
    heading above, or "". ``lead_in`` is the index (into ``Article.blocks``) of the line that introduces a list.
    """

    kind: BlockKind
    span: Span
    section: str = ""
    lead_in: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be checked, with its layout recognised and every offset valid in ``text``.

    ``embeds_text`` is true where ``text`` is not the decoded file itself (HTML, standard input).
    """

    text: str
    title: str
    path: str
    sha256: str
    published: str | None
    blocks: tuple[Block, ...]
    embeds_text: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an article a claim is made: the quoted stretch and the section it stands in."""

    start: int
    end: int
    quote: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text, parsed once to an exact value.

    ``value`` is in the base of ``unit`` ("5 million" is 5000000). ``high`` is the upper end of a range. ``unit`` is a
    canonical name ("count", "percent", "percentage_point", "ratio", "rank", "USD", "nanometer", ...) and ``of`` what is
    counted or measured ("supercomputers"), "" where the text does not say. ``start`` and ``end`` are offsets into the
    text that was parsed.
    """

    value: Decimal
    unit: str
    bound: Bound
    of: str
    start: int
    end: int
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TimeScope:
    """The stretch of time that a statement is about; an open end is ``None``. Both days are included."""

    start: date | None
    end: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A word of the article and what it was replaced by in the claim ("it" -> "Huawei")."""

    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that stands by itself, tied to the exact characters it came from.

    ``rules`` names the splitting rules that made it, first to last; ``unresolved`` holds references that were left as
    they are because nothing in the article resolves them with confidence. Where ``text`` is a reviewer's wording,
    ``reworded_from`` is the claim as it was taken from the article.
    """

    id: str
    text: str
    source: Place
    kind: Kind
    checkable: bool
    check_worthiness: float
    also_at: tuple[Place, ...] = ()
    attribution: str | None = None
    quantities: tuple[Quantity, ...] = ()
    time: TimeScope | None = None
    rules: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    unresolved: tuple[str, ...] = ()
    reworded_from: str | None = None

    @property
    def own_text(self) -> str:
        """The claim as it was taken from the article, whatever a reviewer made of it since."""
        return self.text if self.reworded_from is None else self.reworded_from


@dataclass(frozen=True, slots=True)
class Document:
    """A reference document: its front matter, and the body that all offsets point into."""

    id: str
    title: str
    body: str
    sha256: str
    path: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    as_of: str | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three sentences of a document; ``document.body[start:end] == text``.

    ``as_of`` is the date that the passage is about: its paragraph's own, else the document's, else ``None``.
    """

    id: str
    doc_id: str
    text: str
    start: int
    end: int
    heading: str = ""
    as_of: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a claim. ``similarity`` is the cosine in [-1, 1]; ``bm25`` and ``fused`` only order."""

    passage: Passage
    document: Document
    similarity: float
    bm25: float
    fused: float


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
    """A passage with what it says about the claim; ``document.body[start:end] == quote``."""

    passage: Passage
    document: Document
    quote: str
    start: int
    end: int
    stance: Stance
    similarity: float
    findings: tuple[Finding, ...] = ()

    @property
    def as_of(self) -> str | None:
        """The date that the statement is about, else the date it was published."""
        return self.passage.as_of or self.document.as_of or self.document.published


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Calibrated probabilities of the three outcomes that evidence can have; they sum to 1."""

    supported: float
    refuted: float
    not_enough_info: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence says about a claim. ``confidence`` is the calibrated probability that ``label`` is right."""

    label: VerdictLabel
    confidence: float
    probabilities: Probabilities
    reason: str
    flags: tuple[Flag, ...] = ()
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict and the evidence for it, the deciding evidence first."""

    claim: Claim
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a report was made with, so that it can be made again."""

    version: str
    corpus_sha256: str
    encoder: str
    verifier: str
    as_of: str
    as_of_source: AsOfSource
    elapsed_s: float = field(compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of checking one article."""

    article: Article
    run: RunInfo
    claims: tuple[CheckedClaim, ...]

    def to_dataframe(self) -> pd.DataFrame:
        """Return one row a claim, in the order of the article, with its verdict and its first evidence."""
        from factcheck.report import to_dataframe

        return to_dataframe(self)


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
