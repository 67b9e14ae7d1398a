"""What all the evidence together says, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.types.article import Article
from factcheck.types.claim import Claim
from factcheck.types.evidence import Evidence
from factcheck.types.names import AsOfSource, Flag, VerdictLabel

if TYPE_CHECKING:
    import pandas as pd


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
