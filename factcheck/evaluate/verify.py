"""Measure a judge on labelled (evidence, claim) pairs: each row's evidence is all it may use."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.embed import Encoder
from factcheck.errors import BadData
from factcheck.evaluate.metrics import LabelScore, expected_calibration_error, macro, ratio, score_labels
from factcheck.quantities import Comparer, Comparison
from factcheck.restated import score_restated
from factcheck.stance import temper
from factcheck.types import Pair, Stance
from factcheck.verify import LABELS, Verifier

SUPPORTED, REFUTED, NOT_ENOUGH = LABELS
HALF = 0.5
_NAMES = frozenset({"id", "doc_id"})
_TEXTS = frozenset({"claim", "evidence", "text", "title"})
_NO_TEXT = re.compile("[\\x00\\ud800-\\udfff]")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A claim, the evidence it is judged by, and the right label."""

    evidence: str
    claim: str
    label: str


@dataclass(frozen=True, slots=True)
class VerifyScores:
    """What the contract prints for a file of pairs.

    ``binary_balanced_accuracy`` is of supported against all else, ``two_way_accuracy`` of supported and refuted rows by
    the larger of the two probabilities, ``refuted_called_supported`` the share of refuted rows called supported,
    ``undecided_called_decided`` the share of rows without enough information where one of the others has over 0.5.
    """

    n: int
    accuracy: float
    balanced_accuracy: float
    macro_f1: float
    per_label: Mapping[str, LabelScore]
    binary_balanced_accuracy: float
    two_way_accuracy: float
    refuted_called_supported: float
    undecided_called_decided: float
    ece: float
    pairs_per_s: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


def read_rows(path: Path, needed: Sequence[str], *, lists: Sequence[str] = ("gold",)) -> list[dict[str, Any]]:
    """Read JSONL objects that have all ``needed`` fields, of the type their name promises; ``lists`` are lists.

    :raises BadData: when the file cannot be read, a line is no object, or a field is missing or of another type; the
        line is named.
    """
    try:
        # Other line ends than "\n", such as U+2028, may stand within a row's text.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{path} cannot be read ({error}); give a JSONL file in UTF-8") from error
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadData(f"{path}, line {number}, is no JSON ({error.msg}); each line must be one object") from error
        missing = [f for f in needed if not isinstance(row, dict) or f not in row]
        if missing:
            raise BadData(f"{path}, line {number}, lacks {', '.join(missing)}; the contract names the fields")
        for name in {*needed, *lists}.intersection(row):
            if wrong := _find_wrong(name, row[name], is_list=name in lists, is_needed=name in needed):
                raise BadData(f"{path}, line {number}: {name} {wrong}")
        rows.append(row)
    if not rows:
        raise BadData(f"{path} holds no rows; give a JSONL file with one object a line")
    return rows


def _find_wrong(name: str, value: object, *, is_list: bool, is_needed: bool) -> str:
    """Return what is wrong with a field's value, nothing where all is well."""
    if is_list:
        return "" if isinstance(value, list) or (value is None and not is_needed) else "must be a list"
    if name in _NAMES:
        return "" if isinstance(value, (str, int)) else "must be text or a number"
    if name not in _TEXTS:
        return ""
    if not isinstance(value, str):
        return "must be text"
    return "holds characters that no text has (NUL or half a surrogate pair)" if _NO_TEXT.search(value) else ""


def read_pairs(path: Path) -> list[LabelledPair]:
    """Read labelled pairs from JSONL.

    :raises BadData: when a row lacks a field or has another label than the three.
    """
    pairs = []
    for number, row in enumerate(read_rows(path, ("evidence", "claim", "label")), 1):
        if row["label"] not in LABELS:
            raise BadData(
                f"{path}, row {number}, has the label {row['label']!r}; it must be one of {', '.join(LABELS)}"
            )
        pairs.append(LabelledPair(str(row["evidence"]), str(row["claim"]), str(row["label"])))
    return pairs


def label_of(stance: Stance) -> str:
    """Return the data label that a stance amounts to."""
    return {"supports": SUPPORTED, "refutes": REFUTED, "neutral": NOT_ENOUGH}[stance.label.value]


def judge(
    pairs: Sequence[LabelledPair], verifier: Verifier, comparer: Comparer | None = None
) -> tuple[list[Stance], float]:
    """Return the stance of every pair and the seconds that took, after a warm-up on a few.

    With a ``comparer``, figures are restated and number and date findings move the judge, as in a check.
    """
    asked = [Pair(p.claim, p.evidence) for p in pairs]
    verifier.score(asked[:4])
    begun = time.perf_counter()
    stances = verifier.score(asked) if comparer is None else score_restated(verifier, asked)
    if comparer is not None:
        findings = comparer.compare([Comparison(claim=p.claim, evidence=p.evidence) for p in pairs])
        stances = [temper(stance, found) for stance, found in zip(stances, findings, strict=True)]
    return stances, time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class VerifyOutcome:
    """Scores a file, pooled where there are several, and one prediction a row in the order of the input."""

    files: Mapping[str, VerifyScores]
    pooled: VerifyScores | None
    baselines: Mapping[str, Mapping[str, float]]
    predictions: Sequence[Mapping[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the contract: one file at the top level, several under ``files`` and ``pooled``."""
        if self.pooled is None:
            (scores,) = self.files.values()
            out = scores.to_dict()
        else:
            files = {name: scores.to_dict() for name, scores in self.files.items()}
            out = {"files": files, "pooled": self.pooled.to_dict()}
        return out | ({"baselines": dict(self.baselines)} if self.baselines else {})

    def named(self) -> list[tuple[str, dict[str, Any]]]:
        """Return (name, figures) of every file, then of all together, then of the baselines."""
        shown = [(name, scores.to_dict()) for name, scores in self.files.items()]
        if self.pooled is not None:
            shown.append(("pooled", self.pooled.to_dict()))
        return shown + [(f"baseline {name}", dict(values)) for name, values in self.baselines.items()]


def evaluate_files(
    paths: Sequence[Path],
    verifier: Verifier,
    *,
    comparer: Comparer | None = None,
    limit: int | None = None,
    baselines: bool = False,
    encoder: Encoder | None = None,
) -> VerifyOutcome:
    """Judge every row of every file and return all figures; an ``encoder`` adds cosine similarity to the baselines.

    :raises BadData: when a file is not of the form the contract describes.
    """
    names = [path.stem if [p.stem for p in paths].count(path.stem) == 1 else str(path) for path in paths]
    read = [(read_rows(p, ("evidence", "claim", "label"))[:limit], read_pairs(p)[:limit]) for p in paths]
    files: dict[str, VerifyScores] = {}
    simple: dict[str, Mapping[str, float]] = {}
    rows: list[dict[str, Any]] = []
    all_gold: list[str] = []
    all_stances: list[Stance] = []
    all_s = 0.0
    for name, (raw, pairs) in zip(names, read, strict=True):
        stances, elapsed = judge(pairs, verifier, comparer)
        gold = [p.label for p in pairs]
        files[name] = measure(gold, stances, elapsed)
        if baselines:
            figures = {"majority_accuracy": majority_baseline(gold)}
            figures |= _both("overlap", measure(gold, overlap_baseline(pairs), 0.0))
            if encoder is not None:
                figures |= _both("cosine", measure(gold, cosine_baseline(pairs, encoder), 0.0))
            simple[name] = figures
        rows += [row | _predicted(stance) for row, stance in zip(raw, stances, strict=True)]
        all_gold += gold
        all_stances += stances
        all_s += elapsed
    pooled = measure(all_gold, all_stances, all_s) if len(paths) > 1 else None
    return VerifyOutcome(files, pooled, simple, rows)


def confidences(rows: Sequence[Mapping[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the largest probability of every prediction and whether it was right, each of shape (n,)."""
    confidence = np.array([max(row["probabilities"].values()) for row in rows], dtype=np.float64)
    return confidence, np.array([row["predicted"] == row["label"] for row in rows], dtype=bool)


def _predicted(stance: Stance) -> dict[str, Any]:
    probabilities = dict(zip(LABELS, (stance.p_supports, stance.p_refutes, stance.p_neutral), strict=True))
    return {"predicted": label_of(stance), "probabilities": probabilities}


def measure(gold: Sequence[str], stances: Sequence[Stance], elapsed_s: float) -> VerifyScores:
    """Return every figure of the contract for stances against gold labels."""
    predicted = [label_of(s) for s in stances]
    probabilities = to_array(stances)
    per_label = score_labels(gold, predicted, LABELS)
    present = [label for label in LABELS if per_label[label].n]
    right = np.array([g == p for g, p in zip(gold, predicted, strict=True)], dtype=bool)
    is_supported = np.array([g == SUPPORTED for g in gold])
    called = np.array([p == SUPPORTED for p in predicted])
    is_refuted = np.array([g == REFUTED for g in gold])
    decided = is_supported | is_refuted
    says_something = probabilities[:, :2].max(axis=1, initial=0.0) > HALF
    leans_to_support = probabilities[:, 0] > probabilities[:, 1]
    return VerifyScores(
        n=len(gold),
        accuracy=ratio(right.sum(), len(gold)),
        balanced_accuracy=macro([per_label[label].recall for label in present]),
        macro_f1=macro([per_label[label].f1 for label in present]),
        per_label=per_label,
        binary_balanced_accuracy=macro(
            [
                ratio((called == is_supported)[side].sum(), side.sum())
                for side in (is_supported, ~is_supported)
                if side.any()
            ]
        ),
        two_way_accuracy=ratio((leans_to_support == is_supported)[decided].sum(), decided.sum()),
        refuted_called_supported=ratio((called & is_refuted).sum(), is_refuted.sum()),
        undecided_called_decided=ratio((says_something & ~decided).sum(), (~decided).sum()),
        ece=expected_calibration_error(probabilities.max(axis=1), right),
        pairs_per_s=ratio(len(gold), elapsed_s),
    )


def to_array(stances: Sequence[Stance]) -> NDArray[np.float64]:
    """Return probabilities of shape (n, 3), in the order of ``LABELS``."""
    return np.array([[s.p_supports, s.p_refutes, s.p_neutral] for s in stances], dtype=np.float64).reshape(-1, 3)


def overlap_baseline(pairs: Sequence[LabelledPair]) -> list[Stance]:
    """Judge by word overlap alone: the share of the claim's words that the evidence has is ``p_supports``.

    It never refutes; it shows what a judge that only matches words would get.
    """
    stances = []
    for pair in pairs:
        words, seen = set(pair.claim.lower().split()), set(pair.evidence.lower().split())
        share = ratio(len(words & seen), len(words))
        stances.append(Stance(share, 0.0, 1.0 - share))
    return stances


def cosine_baseline(pairs: Sequence[LabelledPair], encoder: Encoder) -> list[Stance]:
    """Judge by likeness alone: the cosine of claim and evidence is ``p_supports``; it never refutes."""
    claims, evidence = encoder.encode([p.claim for p in pairs]), encoder.encode([p.evidence for p in pairs])
    likeness = np.clip(np.sum(claims * evidence, axis=1), 0.0, 1.0)
    return [Stance(float(share), 0.0, 1.0 - float(share)) for share in likeness]


def _both(name: str, scores: VerifyScores) -> dict[str, float]:
    return {f"{name}_accuracy": scores.accuracy, f"{name}_macro_f1": scores.macro_f1}


def majority_baseline(gold: Sequence[str]) -> float:
    """Return the accuracy of always giving the commonest label."""
    return max(ratio(sum(g == label for g in gold), len(gold)) for label in LABELS)
