"""Measure retrieval: whether the documents that bear on a claim are among the first that are found."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from factcheck.embed import Encoder
from factcheck.errors import BadData
from factcheck.index import Index, Mode
from factcheck.types import Document

RetrieveMode = Mode
DEPTH = 20
_PASSAGES = 100
"""Passages asked for at first; more where one document puts so many there that twenty documents are not among them."""
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class RetrieveScores:
    """Means over the claims that have gold documents. ``recall_at`` is by cut: 1, 5, 10, 20.

    Recall is the share of a claim's gold documents found; MRR and nDCG look at the first ten. ``predictions`` has a row
    for every claim measured, in the input's order.
    """

    n: int
    recall_at: Mapping[int, float]
    mrr_at_10: float
    ndcg_at_10: float
    queries_per_s: float
    predictions: Sequence[Mapping[str, Any]] = field(repr=False, default=())

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON under their customary names, without the predictions."""
        values = asdict(self)
        recalls = {f"recall@{cut}": recall for cut, recall in values["recall_at"].items()}
        return {
            "n": self.n,
            **recalls,
            "mrr@10": self.mrr_at_10,
            "ndcg@10": self.ndcg_at_10,
            "queries_per_s": self.queries_per_s,
        }


def evaluate_retrieve(
    corpus_rows: Sequence[Mapping[str, Any]],
    claim_rows: Sequence[Mapping[str, Any]],
    encoder: Encoder,
    mode: Mode = Mode.HYBRID,
) -> RetrieveScores:
    """Find documents for every claim that has gold ones. A document stands where its best passage stands.

    Copies of a sentence all count here, since each is the word of another document.

    :raises BadData: when no claim has gold documents, or an id comes twice.
    """
    return score_index(build_index(corpus_rows, encoder), claim_rows, mode)


def build_index(corpus_rows: Sequence[Mapping[str, Any]], encoder: Encoder) -> Index:
    """Index rows of ``doc_id``, ``title``, ``text`` as they would be in a corpus.

    :raises BadData: when an id comes twice.
    """
    documents = [
        Document(id=str(row["doc_id"]), title=row["title"], body=row["text"], sha256=str(row["doc_id"]), path="")
        for row in corpus_rows
    ]
    if len({document.id for document in documents}) != len(documents):
        raise BadData("two documents have the same doc_id; every row of the corpus needs its own")
    return Index.from_documents(documents, encoder)


def score_index(index: Index, claim_rows: Sequence[Mapping[str, Any]], mode: Mode) -> RetrieveScores:
    """Measure an index that is built already.

    :raises BadData: when no claim has gold documents.
    """
    rows = [row for row in claim_rows if row["gold"]]
    if not rows:
        raise BadData("no claim has gold documents; there is nothing to measure")
    begun = time.perf_counter()
    ranked = _rank_documents(index, [row["claim"] for row in rows], mode)
    elapsed_s = time.perf_counter() - begun
    gold = [{str(doc_id) for doc_id in row["gold"]} for row in rows]
    pairs = list(zip(ranked, gold, strict=True))
    return RetrieveScores(
        n=len(rows),
        recall_at={cut: _mean([recall(ids, right, cut) for ids, right in pairs]) for cut in (1, 5, 10, DEPTH)},
        mrr_at_10=_mean([reciprocal_rank(ids, right, 10) for ids, right in pairs]),
        ndcg_at_10=_mean([ndcg(ids, right, 10) for ids, right in pairs]),
        queries_per_s=len(rows) / elapsed_s,
        predictions=[{**row, "doc_ids": ids} for row, ids in zip(rows, ranked, strict=True)],
    )


def _rank_documents(index: Index, claims: Sequence[str], mode: Mode) -> list[list[str]]:
    """Return the ids of the first documents for every claim: as many as are measured, or all that can be found."""
    ranked: list[list[str]] = [[] for _ in claims]
    open_claims, count = list(range(len(claims))), _PASSAGES
    while open_claims:
        found = index.retrieve([claims[at] for at in open_claims], top_k=count, mode=mode, distinct=False)
        left = []
        for at, hits in zip(open_claims, found, strict=True):
            # What was found first stays in front, so that asking for more changes no rank.
            ranked[at] = list(dict.fromkeys([*ranked[at], *(hit.document.id for hit in hits)]))[:DEPTH]
            if len(ranked[at]) < DEPTH and len(hits) >= count:
                left.append(at)
        open_claims, count = left, count * _GROWTH
    return ranked


def recall(ranked: Sequence[str], gold: set[str], cut: int) -> float:
    """Return the share of the gold documents among the first ``cut``."""
    return len(gold.intersection(ranked[:cut])) / len(gold)


def reciprocal_rank(ranked: Sequence[str], gold: set[str], cut: int) -> float:
    """Return one over the rank of the first gold document, 0 where none is among the first ``cut``."""
    return next((1 / rank for rank, doc_id in enumerate(ranked[:cut], start=1) if doc_id in gold), 0.0)


def ndcg(ranked: Sequence[str], gold: set[str], cut: int) -> float:
    """Return the discounted gain over that of the best order (Järvelin and Kekäläinen 2002), with gains of 0 and 1."""
    gain = sum(1 / math.log2(rank + 1) for rank, doc_id in enumerate(ranked[:cut], start=1) if doc_id in gold)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(len(gold), cut) + 1))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
