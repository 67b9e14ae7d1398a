"""Every closed set of names that values carry."""

from __future__ import annotations

from enum import StrEnum


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

    @property
    def words(self) -> str:
        """The kind as a reader is told it."""
        return {"official": "official source", "reference": "reference work"}.get(self.value, self.value)


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
