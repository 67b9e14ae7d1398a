import pytest
from encoders import HashEncoder

from factcheck.errors import BadData
from factcheck.evaluate.retrieve import Mode, evaluate_retrieve, ndcg, recall, reciprocal_rank

CORPUS = [
    {"doc_id": "1", "title": "", "text": "Ships came to the harbour. " * 3},
    {"doc_id": "2", "title": "", "text": "Bread needs yeast. Bread needs salt. Bread needs time. Ships need none."},
    {"doc_id": "3", "title": "", "text": "The tide is high at noon."},
]


def test_measures_are_those_of_the_books():
    ranked, gold = ["a", "b", "c", "d"], {"b", "d", "x"}
    assert recall(ranked, gold, 2) == pytest.approx(1 / 3)
    assert recall(ranked, gold, 10) == pytest.approx(2 / 3)
    assert (reciprocal_rank(ranked, gold, 10), reciprocal_rank(ranked, gold, 1)) == (0.5, 0.0)
    assert ndcg(ranked, gold, 10) == pytest.approx((0.6309298 + 0.4306766) / (1 + 0.6309298 + 0.5))
    assert ndcg(["b", "x", "d"], gold, 3) == pytest.approx(1)


@pytest.mark.parametrize("mode", list(Mode))
def test_documents_stand_where_their_best_passage_stands(mode):
    claims = [
        {"id": "a", "claim": "Bread needs yeast and salt", "gold": ["2"]},
        {"id": "b", "claim": "the tide at noon", "gold": ["3", "1"]},
        {"id": "c", "claim": "left out", "gold": []},
    ]
    scores = evaluate_retrieve(CORPUS, claims, HashEncoder(512), mode)
    assert scores.n == 2
    assert scores.recall_at[1] == pytest.approx((1 + 0.5) / 2)
    assert scores.mrr_at_10 == 1
    assert [row["id"] for row in scores.predictions] == ["a", "b"]
    assert [row["doc_ids"][0] for row in scores.predictions] == ["2", "3"]
    assert all(len(set(row["doc_ids"])) == len(row["doc_ids"]) for row in scores.predictions)
    assert list(scores.to_dict()) == [
        "n", "recall@1", "recall@5", "recall@10", "recall@20", "mrr@10", "ndcg@10", "queries_per_s"
    ]  # fmt: skip


def test_nothing_to_measure_is_said():
    with pytest.raises(BadData, match="no claim has gold documents"):
        evaluate_retrieve(CORPUS, [{"id": "a", "claim": "x", "gold": []}], HashEncoder())
    with pytest.raises(BadData, match="the same doc_id"):
        evaluate_retrieve([CORPUS[0], CORPUS[0]], [], HashEncoder())


def test_twenty_documents_are_found_behind_one_of_many_passages():
    long = "\n\n".join(f"The harbour has ships and tide {n}." for n in range(300))
    corpus = [{"doc_id": "long", "title": "", "text": long}]
    corpus += [{"doc_id": f"d{n}", "title": "", "text": f"A harbour near town {n} bakes bread."} for n in range(25)]
    claims = [{"id": "a", "claim": "The harbour has ships and tide", "gold": ["long"]}]
    scores = evaluate_retrieve(corpus, claims, HashEncoder(512))
    assert len(scores.predictions[0]["doc_ids"]) == 20
    assert scores.predictions[0]["doc_ids"][0] == "long"
