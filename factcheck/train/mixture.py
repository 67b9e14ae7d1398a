"""Which pairs the judge learns from, and how often: sets differ in kind and size, so they are sampled by share.

``SHARES`` gives the part of each set that one pass takes; sets of contrastive and hand-written pairs count for more
than their size, templated probes for less. A set that is not named is taken whole.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.errors import BadData
from factcheck.verify import LABELS

SHARES: Mapping[str, float] = {
    "written": 1.5,
    "pairs": 2.0,
    "long_pairs": 1.5,
    "domain_pairs": 3.0,
    "subject_pairs": 3.0,
    "genre_pairs": 10.0,
    "rounding_pairs": 6.0,
    "vitaminc_real": 0.6,
    "vitaminc_synthetic": 0.15,
    "infotabs": 0.7,
    "wiki_nli": 1.0,
    "mnli": 1.5,
    "ling_nli": 0.3,
    "snli": 0.2,
    "scitail": 1.0,
    "foolmetwice": 2.5,
    "edits": 0.5,
    "near": 1.0,
    "fever": 0.3,
    "fever_symmetric": 1.0,
    "fever_adversarial": 0.5,
    "feverous": 0.6,
    "summedits": 0.7,
    "wice_partial": 2.0,
    "factcg": 0.5,
    "sufficient_facts": 0.5,
    "monotonicity": 0.2,
    "conj_nli": 0.2,
    "counterfactual_nli": 0.15,
    "negation_nli": 0.2,
    "begin": 0.0,
    "breaking_nli": 0.0,
    "bump": 0.0,
    "contract_nli": 0.0,
    "defacto": 0.0,
    "faithdial_audit": 0.0,
    "logicnlg": 0.0,
    "q2": 0.0,
    "scone": 0.0,
    "tabfact": 0.0,
    "tabfact_pairs": 0.0,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One training pair; ``label`` is an index into ``LABELS``, ``None`` where nobody has said."""

    evidence: str
    claim: str
    label: int | None


@dataclass(slots=True)
class Mixture:
    """Sets of pairs, drawn from by share without repeating a pair before its set is used up."""

    sets: Mapping[str, Sequence[Example]]
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)
    _left: dict[str, list[Example]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, paths: Iterable[Path], shares: Mapping[str, float] | None = None, *, unlabelled: bool = False
    ) -> Mixture:
        """Read JSONL files, or all in a folder; a set is called by its file's name.

        Rows without one of the three labels are left out, or kept with none if ``unlabelled``.

        :raises BadData: when a path holds no pairs.
        """
        sets: dict[str, list[Example]] = {}
        for path in paths:
            files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
            for file in files:
                sets.setdefault(file.stem, []).extend(_read(file, unlabelled=unlabelled))
        if not any(sets.values()):
            raise BadData("no pairs to train on; give JSONL files with evidence, claim and label")
        return cls(sets, SHARES if shares is None else shares)

    def draw(self, count: int, rng: random.Random) -> list[Example]:
        """Return about ``count`` pairs, each set by its share."""
        weights = {name: len(rows) * self.shares.get(name, 1.0) for name, rows in self.sets.items()}
        total = sum(weights.values())
        drawn: list[Example] = []
        for name, weight in sorted(weights.items()):
            exact = weight * count / total if total else 0.0
            drawn += self._take(name, int(exact) + (rng.random() < exact % 1), rng)
        return drawn

    def pass_size(self) -> int:
        """Return how many pairs one pass over the mixture has."""
        return round(sum(len(rows) * self.shares.get(name, 1.0) for name, rows in self.sets.items()))

    def _take(self, name: str, wanted: int, rng: random.Random) -> list[Example]:
        taken: list[Example] = []
        while len(taken) < wanted and self.sets[name]:
            left = self._left.setdefault(name, [])
            if not left:
                left.extend(self.sets[name])
                rng.shuffle(left)
            cut = max(0, len(left) - (wanted - len(taken)))
            taken += left[cut:]
            del left[cut:]
        return taken


def add_unrelated(rows: Sequence[Example], share: float, rng: random.Random) -> list[Example]:
    """Return the rows and, for about ``share`` of them, the claim again with evidence of another row, as undecided.

    Pairs of one scene teach a judge to find against a claim that its evidence does not speak of; such pairs are why
    sets of inference alone make a poor judge of what a search brings.
    """
    if len(rows) < 2:
        return list(rows)
    neutral = LABELS.index("not_enough_info")
    pairs = ((row, rng.choice(rows)) for row in rng.sample(list(rows), int(len(rows) * share)))
    return [*rows, *(Example(other.evidence, row.claim, neutral) for row, other in pairs if _strangers(row, other))]


def _strangers(one: Example, other: Example) -> bool:
    """Tell whether two rows share few words, so that the one's evidence can say nothing of the other's claim."""
    evidence = {w for w in other.evidence.lower().split() if len(w) > 4}
    words = {w for w in one.claim.lower().split() if len(w) > 4}
    return one.evidence != other.evidence and len(words & evidence) < 2


def _read(path: Path, *, unlabelled: bool) -> Iterator[Example]:
    # Other line ends than "\n", such as U+2028, may stand within a row's text.
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n"), 1):
        try:
            row = json.loads(line)
            label, evidence, claim = row.get("label") if unlabelled else row["label"], row["evidence"], row["claim"]
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise BadData(f"{path}, line {number}, is no pair ({error}); it needs evidence, claim and label") from error
        # Sets that do not tell refuted from undecided carry labels of their own, which teach nothing here.
        if label in LABELS:
            yield Example(evidence, claim, LABELS.index(label))
        elif unlabelled:
            yield Example(evidence, claim, None)


def digest_files(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of every JSONL file among ``paths``, by name."""
    files = [f for path in paths for f in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
