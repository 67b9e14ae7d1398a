"""The shipped reference library: its form. Whether its facts are true is for the editors who read their sources."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from factcheck.corpus import Corpus, read_corpus
from factcheck.types import SourceKind

LIBRARY = Path(__file__).parents[1] / "corpus"
LEAST_FACTS = 250
LAST_DAY = "2026-12-31"
"""No source of this edition of the library is later; raise it with the next."""


@pytest.fixture(scope="module")
def library() -> Corpus:
    return read_corpus(LIBRARY)


def test_there_are_enough_facts(library):
    assert len(library.passages) >= LEAST_FACTS


def test_front_matter_is_complete(library):
    for document in library.documents:
        assert document.title, document.id
        assert document.publisher, document.id
        assert document.licence, document.id
        assert document.as_of or document.published, document.id
        parts = urlsplit(document.url or "")
        assert parts.scheme in {"http", "https"}, document.id
        assert "." in parts.netloc, document.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document.id)


def test_dates_are_sane(library):
    dates = [document.published for document in library.documents] + [passage.as_of for passage in library.passages]
    for value in filter(None, dates):
        assert "1990" <= value <= LAST_DAY
        year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
        assert date(year, month, day)


def test_one_document_is_one_source(library):
    sources = [(document.publisher, document.url) for document in library.documents]
    assert len(set(sources)) == len(sources)


def test_no_fact_comes_twice(library):
    facts = [" ".join(re.findall(r"\w+", passage.text.lower())) for passage in library.passages]
    assert len(set(facts)) == len(facts)
    words = [(passage.as_of, frozenset(fact.split())) for passage, fact in zip(library.passages, facts, strict=True)]
    near = [
        (sorted(one), sorted(other))
        for place, (when, one) in enumerate(words)
        for then, other in words[:place]
        if when == then and len(one & other) / len(one | other) > 0.9
    ]
    assert near == []


def test_facts_are_sentences_that_stand_alone(library):
    for passage in library.passages:
        assert passage.text[0].isupper() or passage.text[0].isdigit() or passage.text.startswith("xAI"), passage.text
        assert passage.text.endswith("."), passage.text
        assert 30 <= len(passage.text) <= 480, passage.text
        assert not re.match(r"(?:It|They|He|She|This|These|Those|Its|Their)\b", passage.text), passage.text


def test_kinds_of_source_are_told_apart(library):
    kinds = {document.kind for document in library.documents}
    assert {SourceKind.OFFICIAL, SourceKind.COMPANY, SourceKind.PRESS, SourceKind.REFERENCE} <= kinds
