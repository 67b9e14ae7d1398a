"""The sentence that is quoted, and that its offsets stay those of the document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.quantities import find_quantities
from factcheck.rationale import find_rationale, quote_sentence, split_units
from factcheck.types import (
    Claim,
    Document,
    Evidence,
    Finding,
    FindingKind,
    Kind,
    Passage,
    Place,
    Relation,
    Stance,
)


def a_claim(text):
    return Claim("c", text, Place(0, len(text), text), Kind.STATE, True, 0.9, quantities=find_quantities(text))


def some_evidence(body, start, end, findings=()):
    passage = Passage("p", "d", body[start:end], start, end)
    document = Document("d", "Harbours", body, "", "")
    return Evidence(passage, document, passage.text, start, end, Stance(0.9, 0.0, 0.1), 0.7, tuple(findings))


def quoted(claim, passage, findings=()):
    start, end = find_rationale(a_claim(claim), passage, findings)
    return passage[start:end]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Tarn opened its quay in 1904.", "Tarn has had a quay since 1904."),
        ("The port of Tarn moved 4.1 million tonnes.", "In all 4,100,000 tonnes went over it last year."),
        ("Dole Shipping is the largest customer of the port.", "The largest customer was Dole Shipping, a carrier."),
    ],
)
def test_the_sentence_that_says_what_the_claim_does_is_quoted(claim, quote):
    passage = (
        "Tarn has had a quay since 1904. In all 4,100,000 tonnes went over it last year. "
        "The largest customer was Dole Shipping, a carrier."
    )
    assert quoted(claim, passage) == quote


def test_a_sentence_that_points_back_is_quoted_with_the_one_before():
    passage = "Rain fell all week. The quay of Tarn is long. It takes nine ships. They pay by the metre."
    assert quoted("Tarn's quay takes nine ships.", passage) == "The quay of Tarn is long. It takes nine ships."
    assert quoted("Rain fell on Tarn.", passage) == "Rain fell all week."


def test_a_detail_that_was_compared_shows_where_the_passage_decides():
    passage = "The crew of the ferry works in shifts. At night there are seven on board."
    clash = Finding(FindingKind.NUMBER, Relation.CONFLICT, "crew of nine", "seven", "7 is not 9")
    claim = "The ferry works with a crew of nine."
    assert quoted(claim, passage) == "The crew of the ferry works in shifts."
    assert quoted(claim, passage, [clash]) == "At night there are seven on board."


def test_list_items_and_table_rows_are_quoted_by_themselves():
    items = "Aldmouth: 12 cranes\n- Brack: nine cranes\n- It is said that Tarn has none"
    assert quoted("Brack has nine cranes.", items) == "Brack: nine cranes"
    assert quoted("Tarn has none.", items) == "It is said that Tarn has none"
    rows = "Aldmouth | 2023 | 12 |\n| Brack | 2023 | 9 |\n| Tarn | 2023 | 0"
    assert quoted("Brack had 9 cranes in 2023.", rows) == "Brack | 2023 | 9"
    assert quoted("Aldmouth had 12 cranes in 2023.", rows) == "Aldmouth | 2023 | 12"


def test_a_wrapped_line_ends_no_sentence():
    passage = "The quay of Tarn\nis long. It takes\nnine ships."
    assert [passage[a:b] for a, b in split_units(passage)] == ["The quay of Tarn\nis long.", "It takes\nnine ships."]
    assert quoted("The quay takes nine ships.", passage) == passage


def test_what_stands_around_the_quote_is_its_context():
    body = "# Tarn 港\n\nThe town is old 🏗. Tarn moved 41 ships. Gulls came."
    start = body.index("The town")
    found = quote_sentence(a_claim("Tarn moved 41 ships."), some_evidence(body, start, len(body)))
    assert (found.before, found.quote, found.after) == ("The town is old 🏗. ", "Tarn moved 41 ships.", " Gulls came.")
    assert body[found.start : found.end] == found.quote
    assert found.passage.text == found.before + found.quote + found.after


@pytest.mark.parametrize(
    ("body", "passage", "before", "after"),
    [
        ("One came. Two went.\nThree stayed. Four\nslept.", "Three stayed.", "Two went.\n", " Four\nslept."),
        ("# Ships\nOne came. Two went.\n\nThree stayed.", "Two went.", "One came. ", ""),
        ("# Ships\nOne came.\n# Boats", "One came.", "", ""),
        ("- One came. Two went.\n- Three stayed.", "Two went.", "One came. ", ""),
        ("1. One came.\n2. Two went.\n3. Three stayed.", "Two went.", "", ""),
        ("| a | b |\n| 1 | 2 |\n| 3 | 4 |", "1 | 2", "", ""),
        ("One came. Two went. {as_of=2024}\n\nThree stayed.", "Two went.", "One came. ", ""),
        ("<!-- page 2 -->\nOne came. Two went.\n<!-- page 3 -->\nThree", "One came.", "", " Two went."),
        ("One came.\n```\ncode\n```", "One came.", "", ""),
    ],
)
def test_context_is_the_next_sentence_of_the_paragraph(body, passage, before, after):
    start = body.index(passage)
    found = quote_sentence(a_claim(passage), some_evidence(body, start, start + len(passage)))
    assert (found.before, found.quote, found.after) == (before, passage, after)
    assert found.passage.text == passage


def test_context_is_no_longer_than_a_reader_takes_in():
    body = "word " * 300 + "Two went. " + "word " * 300
    start = body.index("Two")
    found = quote_sentence(a_claim("Two went."), some_evidence(body, start, start + 9))
    assert 300 < len(found.before) <= 400 and 300 < len(found.after) <= 400
    assert set(found.before.split()) == set(found.after.split()) == {"word"}


@given(
    body=st.lists(st.sampled_from(["Tarn", "41", "ships. ", "It ", "\n- ", " |\n| ", "é🏗", " ", ".", "\n"])).map(
        "".join
    ),
    cut=st.tuples(st.integers(0, 20), st.integers(0, 20)),
)
def test_any_passage_gives_a_quote_that_slices_back(body, cut):
    start, end = min(cut[0], len(body)), max(len(body) - cut[1], min(cut[0], len(body)))
    found = quote_sentence(a_claim("Tarn has 41 ships."), some_evidence(body, start, end))
    assert body[found.start : found.end] == found.quote
    shown = found.before + found.quote + found.after
    assert shown == body[found.start - len(found.before) : found.end + len(found.after)]
    assert found.passage.text == body[start:end] and found.passage.text in shown
    assert found.quote or not body[start:end].strip()
