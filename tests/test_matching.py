"""When two claims are one: a wrong figure, name or denial parts them, and the assignment is the best there is."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.article import parse_article
from factcheck.errors import BadData
from factcheck.evaluate.extract import OneClaimPerSentence, evaluate_extract, read_gold
from factcheck.evaluate.matching import THRESHOLD, assign, measure_similarity
from factcheck.types import Claim, Kind, Place

SENTENCE = "It employs 1,664 people in Lyon and has not laid off anyone since 2019."


@pytest.mark.parametrize(
    ("predicted", "gold"),
    [
        ("The mill employs 1664 people in Lyon.", "The mill in Lyon employs 1,664 people."),
        ("The US added over 6 million servers.", "The United States added over 6 million servers in total."),
        ("The mill lost €38m.", "The mill lost €38 million."),
        ("Firms reported growing sales.", "Firms report that sales grow."),
        ("Neither plan was approved.", "The plan was not approved."),
    ],
)
def test_the_same_claim_in_other_words_matches(predicted, gold):
    assert measure_similarity(predicted, gold) >= THRESHOLD


@pytest.mark.parametrize(
    ("predicted", "gold"),
    [
        ("The mill employs 1,646 people in Lyon.", "The mill employs 1,664 people in Lyon."),
        ("The mill employs people in Lyon.", "The mill employs 1,664 people in Lyon."),
        ("The mill in Nice employs 1,664 people.", "The mill in Lyon employs 1,664 people."),
        ("The mill has laid off staff since 2019.", "The mill has not laid off staff since 2019."),
        ("Two plans were approved by all.", "Three plans were approved by all."),
    ],
)
def test_a_figure_a_name_or_a_denial_parts_two_claims(predicted, gold):
    assert measure_similarity(predicted, gold) == 0.0


def test_words_that_the_editor_took_from_elsewhere_weigh_half():
    gold = "The Valmont paper mill employs 1,664 people in Lyon."
    inside = measure_similarity("The mill employs 1,664 people in Lyon.", gold, SENTENCE)
    assert inside > measure_similarity("The mill employs 1,664 people in Lyon.", gold)


def test_a_wrong_antecedent_is_no_match_although_the_sentence_names_none():
    gold = "Valmont employs 1,664 people in Lyon."
    assert measure_similarity("Of all firms Dupont employs 1,664 people in Lyon.", gold, SENTENCE) == 0.0


def test_an_open_pronoun_and_a_further_figure_cost_a_fifth_each():
    gold = "The mill employs people in Lyon."
    plain = measure_similarity("The mill employs people in Lyon.", gold)
    assert measure_similarity("The mill employs people in Lyon, 1664 of them.", gold) < plain
    assert measure_similarity("It employs mill people in Lyon.", gold) == pytest.approx(0.8 * plain)


@given(st.lists(st.lists(st.integers(0, 10), min_size=4, max_size=4), min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_assignment_is_the_best_of_all(rows):
    table = np.array(rows) / 10
    worth = np.where(table >= THRESHOLD, table, 0)
    best = max(sum(worth[r, c] for r, c in enumerate(order)) for order in permutations(range(4), len(rows)))
    for given_table in (table, table.T):
        pairs = assign(given_table)
        assert sum(given_table[r, c] for r, c in pairs) == pytest.approx(best)
        assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
        assert all(given_table[r, c] >= THRESHOLD for r, c in pairs)


def gold(sentence, claim, kind, *, checkable=True):
    return {"sentence": sentence, "claim": claim, "checkable": checkable, "kind": kind}


ROW = {
    "text": "The mill employs 40 people. It is the best mill in town. Will it last?",
    "claims": [
        gold("The mill employs 40 people.", "The mill employs 40 people.", "quantity"),
        gold("It is the best mill in town.", "The mill is the best in town.", "opinion", checkable=False),
    ],
}


def make(text, *, checkable=True, kind=Kind.QUANTITY, start=0):
    quote = ROW["text"][start : start + 27]
    return Claim(text, text, Place(start, start + 27, quote), kind, checkable, 0.5)


class Fixed:
    """An extractor that knows its answer."""

    def __init__(self, claims) -> None:
        self._claims = claims

    def extract(self, articles):
        return [self._claims for _ in articles]


def test_scores_of_a_known_answer():
    scores = evaluate_extract(
        [ROW], Fixed([make("The mill employs 40 people."), make("Cats like fish."), make("It is fine.")])
    )
    assert (scores.gold, scores.predicted, scores.matched) == (2, 3, 1)
    assert scores.precision == pytest.approx(1 / 3)
    assert scores.recall == pytest.approx(1 / 2)
    assert scores.f1 == pytest.approx(2 / 5)
    assert scores.checkable_claim_f1 == pytest.approx(2 / 4)
    assert scores.kind_accuracy == 1.0
    assert scores.open_subject == pytest.approx(1 / 3)
    assert scores.spans_that_slice_back == 1.0
    assert scores.to_dict()["f1"] == scores.f1


def test_checkability_is_scored_over_matched_claims():
    claims = [make("The mill employs 40 people."), make("The mill is the best in town.", checkable=True)]
    scores = evaluate_extract([ROW], Fixed(claims))
    assert scores.checkable_f1 == pytest.approx(2 / 3)
    assert scores.checkable_balanced_accuracy == pytest.approx(0.5)


def test_a_span_that_does_not_slice_back_is_counted():
    wrong = Claim("x", "The mill employs 40 people.", Place(0, 3, "xxx"), Kind.STATE, True, 0.5)
    assert evaluate_extract([ROW], Fixed([wrong])).spans_that_slice_back == 0.0


def test_where_gold_has_report_and_content_either_counts():
    sentence = "According to Acme, sales of tea rose by 4% in May."
    row = {
        "text": sentence,
        "claims": [
            gold(sentence, "Acme reported that sales of tea rose by 4% in May.", "attribution"),
            gold(sentence, "Sales of tea rose by 4% in May.", "quantity"),
        ],
    }
    scores = evaluate_extract([row], Fixed([make("Sales of tea rose by 4% in May.")]))
    assert (scores.gold, scores.matched, scores.recall) == (1, 1, 1.0)


def test_the_other_row_form_and_bad_rows():
    sentence = {"text": "A.", "claims": ["A is so.", "B is so."], "claim_checkworthiness": ["factual", "opinion"]}
    row = {"text": "A. B.", "sentences": [sentence]}
    found, sentences = read_gold(row)
    assert [(g.text, g.checkable, g.kind) for g in found] == [("A is so.", True, None), ("B is so.", False, None)]
    assert sentences == 1
    with pytest.raises(BadData, match='must have "text"'):
        read_gold({"text": "x"})


def test_the_baseline_takes_each_sentence_as_it_stands():
    article = parse_article(ROW["text"])
    claims = OneClaimPerSentence().extract([article])[0]
    assert [c.text for c in claims] == ["The mill employs 40 people.", "It is the best mill in town.", "Will it last?"]
