"""Figures, dates and comparisons: read to exact values, compared with the working shown.

Why not a library for the reading: quantulum3 (0.10) returns floats, reads years as numbers, takes "52.7bn" for
bit-newtons, knows no bounds, ranks or "twice as many", and needs a classifier to tell units apart; recognizers-text
(1.0.2a2) is an unmaintained alpha that fails to import with a current ``emoji``. Units themselves are pint's, in
Decimal.
"""

from factcheck.quantities.compare import Comparer, Comparison, ParsedComparer
from factcheck.quantities.computed import Derived, derive
from factcheck.quantities.dates import period
from factcheck.quantities.parse import find_quantities
from factcheck.quantities.times import TimeRelation, find_time, relate_time

__all__ = [
    "Comparer",
    "Comparison",
    "Derived",
    "ParsedComparer",
    "TimeRelation",
    "derive",
    "find_quantities",
    "find_time",
    "period",
    "relate_time",
]
