"""Measure reading of quantities, findings, and what findings do to verdicts.

Three questions: are the figures of a sentence read right (:func:`measure_quantities`), is the relation of a claim to
its evidence found (:func:`measure_relations`), and are verdicts better with findings than without
(:func:`measure_verdicts`). Conflicts between figures that are not about the same thing are counted by themselves, since
they are what a reader would resent most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from factcheck.evaluate.metrics import ratio
from factcheck.evaluate.verify import label_of
from factcheck.quantities import Comparer, Comparison, find_quantities
from factcheck.quantities.readings import has_figures
from factcheck.restated import score_restated
from factcheck.stance import SHIFTS, Shift, temper
from factcheck.types import Finding, FindingKind, Pair, Relation
from factcheck.verify import Verifier

Row = dict[str, Any]
ShiftKey = tuple[FindingKind, Relation]
RELATION_OF = {"supported": "match", "refuted": "conflict", "not_enough_info": "incomparable"}
VALUE_SLACK = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class QuantityScore:
    """Quantities read against quantities labelled: value, unit, bound and upper end all right."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Relations found against relations labelled.

    ``false_conflicts`` is the share of pairs whose figures are not about the same thing for which a conflict was
    announced all the same; ``conflict_precision`` the share of announced conflicts that are labelled so.
    """

    accuracy: float
    per_relation: dict[str, float]
    per_kind: dict[str, float]
    false_conflicts: float
    conflict_precision: float
    n: int


@dataclass(frozen=True, slots=True)
class VerdictScore:
    """Verdicts on claims with figures or dates by the judge alone and with findings."""

    alone: float
    tempered: float
    refuted_called_supported_alone: int
    refuted_called_supported: int
    n: int

    @property
    def gain(self) -> float:
        """By how many points of accuracy findings help."""
        return 100 * (self.tempered - self.alone)


def measure_quantities(rows: Iterable[Row]) -> QuantityScore:
    """Score the reading of ``{"text", "quantities": [{"value", "high", "unit", "bound"}]}``."""
    hits = found = labelled = 0
    for row in rows:
        left = [_gold_key(item) for item in row["quantities"]]
        have = [(q.value, q.high, q.unit, str(q.bound)) for q in find_quantities(row["text"])]
        labelled += len(left)
        found += len(have)
        for key in have:
            match = next((gold for gold in left if _same(gold, key)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    precision, recall = ratio(hits, found), ratio(hits, labelled)
    return QuantityScore(precision, recall, ratio(2 * precision * recall, precision + recall), labelled)


Key = tuple[Decimal, Decimal | None, str, str]


def _gold_key(item: Row) -> Key:
    high = Decimal(str(item["high"])) if item.get("high") is not None else None
    return Decimal(str(item["value"])), high, str(item["unit"]), str(item["bound"])


def _same(gold: Key, key: Key) -> bool:
    near = abs(gold[0] - key[0]) <= abs(gold[0]) * VALUE_SLACK
    return near and gold[1:] == key[1:]


def overall_relation(findings: Sequence[Finding]) -> Relation:
    """Return what all findings on one pair say: any conflict, else any match, else incomparable."""
    relations = {finding.relation for finding in findings}
    for relation in (Relation.CONFLICT, Relation.MATCH):
        if relation in relations:
            return relation
    return Relation.INCOMPARABLE


def to_comparison(row: Row) -> Comparison:
    """Return the pair of a labelled row as the comparer takes it."""
    return Comparison(
        str(row["claim"]),
        str(row["evidence"]),
        evidence_as_of=row.get("evidence_as_of"),
        title=str(row.get("title") or ""),
        said_on=row.get("claim_date"),
    )


def measure_relations(rows: Sequence[Row], comparer: Comparer) -> RelationScore:
    """Score the relations of ``{"claim", "evidence", "relation" or "label" or "verdict"}``."""
    findings = comparer.compare([to_comparison(row) for row in rows])
    gold = [str(row.get("relation") or RELATION_OF[_label(row)]) for row in rows]
    said = [str(overall_relation(found)) for found in findings]
    right = [g == s for g, s in zip(gold, said, strict=True)]
    of_relation, of_kind = Counter(gold), Counter(str(row.get("kind", "")) for row in rows)
    hit_relation = Counter(g for g, ok in zip(gold, right, strict=True) if ok)
    hit_kind = Counter(str(row.get("kind", "")) for row, ok in zip(rows, right, strict=True) if ok)
    apart = [s for g, s in zip(gold, said, strict=True) if g == Relation.INCOMPARABLE]
    conflicts = [g for g, s in zip(gold, said, strict=True) if s == Relation.CONFLICT]
    return RelationScore(
        ratio(sum(right), len(rows)),
        {name: ratio(hit_relation[name], of_relation[name]) for name in sorted(of_relation)},
        {name: ratio(hit_kind[name], of_kind[name]) for name in sorted(of_kind)},
        ratio(sum(s == Relation.CONFLICT for s in apart), len(apart)),
        ratio(sum(g == Relation.CONFLICT for g in conflicts), len(conflicts)),
        len(rows),
    )


def measure_verdicts(
    rows: Sequence[Row], verifier: Verifier, comparer: Comparer, *, shifts: Mapping[ShiftKey, Shift] = SHIFTS
) -> VerdictScore:
    """Score verdicts on rows whose claim has a figure or a date: by the judge alone, and restated with findings."""
    numeric = [row for row in rows if has_numbers(str(row["claim"]))]
    findings = comparer.compare([to_comparison(row) for row in numeric])
    pairs = [Pair(str(row["claim"]), str(row["evidence"])) for row in numeric]
    gold = [_label(row) for row in numeric]
    alone = [label_of(stance) for stance in verifier.score(pairs)]
    read = score_restated(verifier, pairs)
    moved = [label_of(temper(stance, found, shifts)) for stance, found in zip(read, findings, strict=True)]
    return VerdictScore(
        ratio(sum(g == p for g, p in zip(gold, alone, strict=True)), len(gold)),
        ratio(sum(g == p for g, p in zip(gold, moved, strict=True)), len(gold)),
        sum(g == "refuted" and p == "supported" for g, p in zip(gold, alone, strict=True)),
        sum(g == "refuted" and p == "supported" for g, p in zip(gold, moved, strict=True)),
        len(gold),
    )


def has_numbers(claim: str) -> bool:
    """Whether a claim holds a figure or a date."""
    return has_figures(claim)


def _label(row: Row) -> str:
    return str(row.get("label") or row.get("verdict"))
