"""Measure the whole path from a claim to its verdict: retrieval, judging, findings and decision over a given corpus."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.build import Settings, build_checker
from factcheck.corpus import FrontMatter, render_document
from factcheck.errors import BadData
from factcheck.evaluate.cases import as_claim
from factcheck.evaluate.metrics import (
    LabelScore,
    accuracy_at_coverage,
    expected_calibration_error,
    macro,
    ratio,
    score_labels,
)
from factcheck.pipeline import Checker
from factcheck.types import CheckedClaim, VerdictLabel
from factcheck.verify import LABELS
from factcheck.workspace import Workspace

COVERAGES = (0.25, 0.5, 0.75)
_MARK = re.compile(r"^[ \t]*(?=\||#{1,6}[ \t]|```|~~~|<!--)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckScores:
    """What the contract prints. ``strict`` asks for the right label and a gold document among the evidence shown.

    ``accuracy_at`` is over the surest share of the claims; ``predictions`` has a row a claim, in the input's order.
    """

    n: int
    accuracy: float
    macro_f1: float
    per_label: Mapping[str, LabelScore]
    refuted_called_supported: float
    ece: float
    strict: float
    claims_per_s: float
    accuracy_at: Mapping[str, float]
    predictions: Sequence[Mapping[str, Any]] = field(repr=False, default=())

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, without the predictions."""
        values = asdict(self)
        del values["predictions"]
        return values


def evaluate_check(
    corpus: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
    *,
    encoder: str,
    verifier: str,
    today: date | None = None,
) -> CheckScores:
    """Check every claim against the corpus and compare verdicts with labels.

    :raises BadData: when a label is none of the three.
    """
    for row in claims:
        if row["label"] not in LABELS:
            raise BadData(f"claim {row['id']} has the label {row['label']!r}; it must be one of {', '.join(LABELS)}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        names = write_corpus(corpus, folder)
        workspace = Workspace(folder, folder / ".index", None)
        checker = build_checker(Settings(encoder=encoder, verifier=verifier), workspace=workspace)
        begun = time.perf_counter()
        checked = check_claims(checker, claims, (today or date.today()).isoformat())
        elapsed_s = time.perf_counter() - begun
    return score(claims, checked, names, elapsed_s)


def write_corpus(rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    """Write one document a row and return the row's id for each document's id.

    :raises BadData: when a row has no text.
    """
    folder.mkdir(parents=True)
    names = {}
    for number, row in enumerate(rows):
        name = f"d{number:07d}"
        names[name] = str(row["doc_id"])
        if not str(row["text"]).strip():
            raise BadData(f"the document {row['doc_id']} has no text; leave it out")
        front = FrontMatter(title=str(row["title"]).strip() or name)
        content = render_document(front, escape_text(str(row["text"])))
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
    return names


def escape_text(text: str) -> str:
    """Return text whose lines a corpus reads as words even where they look like marks of Markdown."""
    return _MARK.sub(r"\g<0>\\", "\n".join(text.replace("\r\n", "\n").split("\r"))).replace("{as_of=", "{ as_of=")


def check_claims(checker: Checker, claims: Sequence[Mapping[str, Any]], as_of: str) -> tuple[CheckedClaim, ...]:
    """Return the verdict on every row's claim, each taken as one checkable claim."""
    made = [
        as_claim(str(row["claim"]), checker.extractor, said_on=as_of, name=f"{number}")
        for number, row in enumerate(claims)
    ]
    return checker.judge(made, as_of)


def score(
    claims: Sequence[Mapping[str, Any]],
    checked: Sequence[CheckedClaim],
    names: Mapping[str, str],
    elapsed_s: float,
) -> CheckScores:
    """Return all figures for verdicts against labels."""
    gold = [str(row["label"]) for row in claims]
    predicted = [data_label(c.verdict.label) for c in checked]
    right = np.array([g == p for g, p in zip(gold, predicted, strict=True)], dtype=bool)
    confidence = np.array([c.verdict.confidence for c in checked])
    shown = [{names[e.document.id] for e in c.evidence} for c in checked]
    found = np.array(
        [
            not row.get("gold") or bool(ids & {str(doc_id) for doc_id in row["gold"]})
            for row, ids in zip(claims, shown, strict=True)
        ]
    )
    per_label = score_labels(gold, predicted, LABELS)
    refuted = [p for g, p in zip(gold, predicted, strict=True) if g == "refuted"]
    return CheckScores(
        n=len(gold),
        accuracy=ratio(right.sum(), len(gold)),
        macro_f1=macro([s.f1 for s in per_label.values() if s.n]),
        per_label=per_label,
        refuted_called_supported=ratio(refuted.count("supported"), len(refuted)),
        ece=expected_calibration_error(confidence, right),
        strict=ratio((right & found).sum(), len(gold)),
        claims_per_s=ratio(len(gold), elapsed_s),
        accuracy_at={f"{c:.0%}": accuracy_at_coverage(confidence, right, c) for c in COVERAGES},
        predictions=[
            dict(row)
            | {"predicted": p, "probabilities": asdict(c.verdict.probabilities), "confidence": c.verdict.confidence}
            for row, p, c in zip(claims, predicted, checked, strict=True)
        ],
    )


def data_label(label: VerdictLabel) -> str:
    """Return the data's label for a verdict; conflicting and not checkable count as not enough information."""
    return label.value if label.value in LABELS else "not_enough_info"
