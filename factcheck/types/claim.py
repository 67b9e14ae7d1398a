"""What an article states: claims with the figures and times in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from factcheck.types.article import Place
from factcheck.types.names import Bound, Kind


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
