"""The numbers behind the pictures of the page; a template draws them, and each has a table beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.evaluate.reviews import Agreement
from factcheck.report.view import count_verdicts
from factcheck.types import Report, VerdictLabel

WIDTH, HEIGHT = 600.0, 200.0
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle in a picture of 600 by 200, its class, and the place of its label."""

    x: float
    y: float
    width: float
    height: float
    role: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of bars with its label and what each bar stands for."""

    label: str
    middle: float
    bars: tuple[Bar, ...]
    values: tuple[tuple[str, str], ...]


def draw_agreement(bands: Mapping[str, Agreement]) -> list[Column]:
    """Return for each confidence band two bars: how sure the tool was, and how often people agreed."""
    columns = []
    step = WIDTH / max(1, len(bands))
    for index, (name, one) in enumerate(bands.items()):
        left, width = index * step + step * _GAP / 2, step * (1 - _GAP) / 2
        heights = (("confidence", one.mean_confidence), ("agreed", one.rate))
        bars = tuple(
            Bar(left + place * width, HEIGHT * (1 - share), width, HEIGHT * share, role)
            for place, (role, share) in enumerate(heights)
        )
        values = (
            ("mean confidence", f"{one.mean_confidence:.0%}"),
            ("people agreed", f"{one.rate:.0%}"),
            ("decisions", str(one.n)),
        )
        columns.append(Column(name, left + width, bars, values))
    return columns


def draw_history(days: Sequence[tuple[str, Sequence[Report]]]) -> list[Column]:
    """Return for each day a column of claims by verdict, stacked, of the reports made on it."""
    counts = [
        (day, count_verdicts(checked for report in reports for checked in report.claims)) for day, reports in days
    ]
    most = max((sum(count.values()) for _, count in counts), default=0) or 1
    step = WIDTH / max(1, len(counts))
    columns = []
    for index, (day, count) in enumerate(counts):
        left, width, level, bars = index * step + step * _GAP / 2, step * (1 - _GAP), HEIGHT, []
        for label in VerdictLabel:
            height = HEIGHT * count[label] / most
            level -= height
            if height:
                bars.append(Bar(left, level, width, height, label.value))
        values = tuple((label.value.replace("_", " "), str(count[label])) for label in VerdictLabel)
        columns.append(Column(day, left + width / 2, tuple(bars), values))
    return columns
