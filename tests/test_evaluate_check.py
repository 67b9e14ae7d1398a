"""What the evaluation of the whole path makes of its labelled rows, without a judge."""

from types import SimpleNamespace

import pytest

from factcheck.corpus import read_corpus, split_passages
from factcheck.errors import BadData
from factcheck.evaluate.check import escape_text, score, write_corpus
from factcheck.evaluate.extract import extract_rows
from factcheck.types import Probabilities, VerdictLabel


@pytest.mark.parametrize(
    "text",
    [
        "| Oslo | 700,000 people |",
        "# Oslo has 700,000 people",
        "```\nOslo has 700,000 people",
        "<!-- Oslo has 700,000 people",
        "Oslo has 700,000 people {as_of=soon}",
    ],
)
def test_text_that_looks_like_markdown_is_found(tmp_path, text):
    folder = tmp_path / "corpus"
    names = write_corpus([{"doc_id": 7, "title": "  ", "text": text}], folder)
    assert list(names.values()) == ["7"]
    (document,) = read_corpus(folder).documents
    assert any("700,000 people" in passage.text for passage in split_passages(document))


def test_plain_text_stays_as_it_is():
    text = "Oslo is No. #1 | a city.\n\n- It has 700,000 people."
    assert escape_text(text) == text


def test_a_document_without_text_is_named(tmp_path):
    with pytest.raises(BadData, match="document d9 has no text"):
        write_corpus([{"doc_id": "d9", "title": "t", "text": " \n"}], tmp_path / "corpus")


@pytest.mark.parametrize("gold", [{"claims": [{"sentence": "s"}]}, {"claims": ["c"]}, {"sentences": [None]}])
def test_a_row_whose_gold_claims_cannot_be_read_is_named(gold):
    with pytest.raises(BadData, match="row 2: every one of"):
        extract_rows([{"text": "a", "claims": []}, {"text": "b", **gold}], None)


def test_gold_ids_may_be_numbers():
    verdict = SimpleNamespace(
        label=VerdictLabel.SUPPORTED, confidence=0.9, probabilities=Probabilities(0.9, 0.05, 0.05)
    )
    shown = SimpleNamespace(document=SimpleNamespace(id="d0"))
    checked = [SimpleNamespace(verdict=verdict, evidence=[shown])]
    rows = [{"id": "a", "claim": "c", "label": "supported", "gold": [7]}]
    assert score(rows, checked, {"d0": "7"}, 1.0).strict == 1.0
