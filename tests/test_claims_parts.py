"""The parts of claim extraction that need no parser: verb forms, mended text, sentence ends, quotations, files."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.article import parse_article
from factcheck.claims import claims_to_json, read_claims, write_claims
from factcheck.claims.dates import fill_dates
from factcheck.claims.draft import finish_sentence
from factcheck.claims.features import compute_features, list_features
from factcheck.claims.inflect import Tense, inflect_verb
from factcheck.claims.speech import find_quotation
from factcheck.claims.truecase import is_capitals
from factcheck.claims.units import iterate_units, split_sentences
from factcheck.claims.view import find_broken_words, make_view, take_brackets
from factcheck.claims.voice import find_voice
from factcheck.claims.worthiness import WorthinessModel, assess_by_rules, list_inputs
from factcheck.errors import BadData
from factcheck.pipeline import annotate
from factcheck.report.schema import claim_to_json
from factcheck.train.worthiness import train_worthiness
from factcheck.types import Claim, Kind, Place, Resolution


@pytest.mark.parametrize(
    ("lemma", "tense", "plural", "form"),
    [
        ("sweep", Tense.PAST, False, "swept"),
        ("carry", Tense.PAST, True, "carried"),
        ("stop", Tense.PAST, False, "stopped"),
        ("play", Tense.PRESENT, False, "plays"),
        ("reach", Tense.PRESENT, False, "reaches"),
        ("have", Tense.PRESENT, False, "has"),
        ("be", Tense.PAST, True, "were"),
        ("use", Tense.PRESENT, True, "use"),
    ],
)
def test_inflect_verb(lemma, tense, plural, form):
    assert inflect_verb(lemma, tense, plural=plural) == form


@given(st.text(max_size=200), st.integers(0, 50))
def test_every_character_of_a_view_stands_at_its_offset(text, start):
    view = make_view(text, start, Counter())
    assert len(view.text) == len(view.offsets)
    assert list(view.offsets) == sorted(set(view.offsets))
    for char, offset in zip(view.text, view.offsets, strict=True):
        if char.isalnum():
            assert text[offset - start] == char


def test_broken_words_are_mended_only_where_the_article_has_the_whole_word_often():
    words = Counter({"Norway": 5, "Nor": 1, "way": 1, "in": 9, "come": 1, "income": 1})
    assert find_broken_words("when Nor way grows", words) == [(8, 9)]
    assert find_broken_words("what may in come now", words) == []
    assert find_broken_words("No rway and Norwa y", Counter({"Norway": 5})) == [(2, 3), (17, 18)]


def test_a_view_drops_markdown_soft_hyphens_and_line_breaks():
    view = make_view(
        "**Rail**: the\n[old line](http://x.y) was re\u00adopened in infra-\nstructure plans[3].", 10, Counter()
    )
    assert view.text == "Rail: the old line was reopened in infrastructure plans."
    assert view.offsets[0] == 12


def test_brackets_are_taken_out_but_a_year_stays():
    view, asides = take_brackets(
        make_view("The Act (2022) of the union (half of its members agree) and ASSE (MIIT).", 0, Counter())
    )
    assert view.text == "The Act (2022) of the union and ASSE."
    assert asides == ("half of its members agree",)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Ito of Acme Inc. came. He left.", ["Dr. Ito of Acme Inc. came.", "He left."]),
        ("It cost $4.5 million. That is 3.2% more.", ["It cost $4.5 million.", "That is 3.2% more."]),
        ("The U.S. army left at 5 p.m. on Monday.", ["The U.S. army left at 5 p.m. on Monday."]),
        (
            "The U.S. Energy Office left the U.S. The rest stayed.",
            ["The U.S. Energy Office left the U.S.", "The rest stayed."],
        ),
        ("No. You get it back.", ["No.", "You get it back."]),
        ('"It works." She smiled.', ['"It works."', "She smiled."]),
        ('"Will it work?" she asked.', ['"Will it work?" she asked.']),
        ("No. 4 won (see p. 3. of it). Then it rained", ["No. 4 won (see p. 3. of it).", "Then it rained"]),
    ],
)
def test_split_sentences(text, sentences):
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


@given(st.text(max_size=200))
def test_sentences_cover_all_but_white_space(text):
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "quote", "frame"),
    [
        ('"We lost the map," said guide Ana Ruiz.', "We lost the map", "Guide Ana Ruiz said."),
        ('She said: "The lake froze in May."', "The lake froze in May.", "She said."),
        ('"The pump failed," he said, "and nobody noticed."', "The pump failed and nobody noticed.", "He said."),
        ('"The lake froze twice in May."', "The lake froze twice in May.", ""),
    ],
)
def test_quotations_are_taken_apart(text, quote, frame):
    found = find_quotation(text)
    assert found is not None
    assert (found.quote, found.frame) == (quote, frame)


def test_a_short_name_in_quotation_marks_is_no_quotation():
    assert find_quotation('The "Green Line" opened in May.') is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The tunnel is 12 kilometres long.", Kind.QUANTITY),
        ("Travellers should book early.", Kind.ADVICE),
        ("Prices will probably fall.", Kind.PREDICTION),
        ("The new library is ugly and the plan is a disgrace.", Kind.OPINION),
        ("GDP stands for gross domestic product.", Kind.DEFINITION),
        ("Sales were higher than in May.", Kind.COMPARISON),
    ],
)
def test_rules_for_kinds(text, kind):
    assert assess_by_rules(text).kind is kind


def test_features_are_named_and_know_no_topic():
    names = list_features()
    assert len(compute_features("The tunnel is 12 kilometres long.")) == len(names) == len(set(names))
    assert compute_features("Zurich spends 4% of it.") == compute_features("Geneva spends 7% of it.")


def test_finish_sentence():
    assert finish_sentence("  and the law , which , passed,") == "The law, which, passed."
    assert finish_sentence('so it said "yes') == "It said yes."
    assert finish_sentence("iPhones sold well") == "iPhones sold well."


def test_capitals():
    assert is_capitals("MAYOR RESIGNS AFTER THE AUDIT")
    assert not is_capitals("NASA and ESA agree on it")


def test_speakers_of_a_transcript_open_their_turns():
    article = parse_article(
        "ANN LEE: The dam holds.\n\nBO RAY: It leaks.\n\nANN LEE: It was built in 1950.\n\nBO RAY: No."
    )
    assert [unit.speaker for unit in iterate_units(article)] == ["Ann Lee", "Bo Ray", "Ann Lee", "Bo Ray"]


def test_who_speaks():
    column = parse_article("Against trams\n\nBy Ann Lee\n\nI never liked them. My street has two lines.")
    assert find_voice(column).author == "Ann Lee"
    letter = parse_article("News from Brook Foods\n\nWe opened two shops. Our staff grew. We thank you all.")
    assert find_voice(letter).body == "Brook Foods"
    assert find_voice(parse_article("Trams\n\nThe line opened. It has 24 stops.")).author == ""


CLAIM = Claim(
    id="c1",
    text="The mill employs 40 people.",
    source=Place(0, 27, "The mill employs 40 people.", "Work"),
    kind=Kind.QUANTITY,
    checkable=True,
    check_worthiness=0.8,
    also_at=(Place(30, 34, "Mill", ""),),
    attribution="the mayor",
    rules=("sentence",),
    resolutions=(Resolution("It", "The mill", "pronoun"),),
    unresolved=("there",),
)


def test_claims_go_to_a_file_and_come_back(tmp_path):
    article = parse_article("The mill employs 40 people.   Mill", title="Mills")
    path = str(tmp_path / "claims.json")
    write_claims(path, article, [CLAIM])
    assert read_claims(path) == [CLAIM]
    data = json.loads((tmp_path / "claims.json").read_text())
    assert data["schema"] == "factcheck-claims/1"
    assert data["article"]["title"] == "Mills"
    assert claims_to_json(article, [CLAIM]) == data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(schema="other"), "has the schema 'other'"),
        (lambda d: d.update(claims=None), 'has no list "claims"'),
        (lambda d: d["claims"][0].update(kind="poem"), "claim 1 has the kind 'poem'"),
        (lambda d: d["claims"][0].update(text=" "), "claim 1 has no text"),
        (lambda d: d["claims"][0].update(checkable=1), "claim 1 has no checkable"),
        (lambda d: d["claims"][0].update(check_worthiness=1.5), "not between 0 and 1"),
        (lambda d: d["claims"][0]["source"].update(end=99), "has a quote of 27 characters"),
        (lambda d: d["claims"][0].update(also_at=7), "claim 1 has no list in also_at"),
        (lambda d: d["claims"].append(d["claims"][0]), "claim 2 has the id 'c1' of claim 1"),
    ],
)
def test_a_broken_claims_file_names_the_place(tmp_path, change, message):
    data = claims_to_json(parse_article("The mill employs 40 people."), [CLAIM])
    change(data)
    file = tmp_path / "claims.json"
    file.write_text(json.dumps(data))
    with pytest.raises(BadData, match=r".") as caught:
        read_claims(str(file))
    assert message in str(caught.value)


def test_a_claims_file_holds_figures_and_time_in_the_form_of_a_report():
    (claim,) = annotate([replace(CLAIM, text="The mill employed 40 people in 2024.")], "2025-01-01")
    (row,) = claims_to_json(parse_article("The mill employs 40 people."), [claim])["claims"]
    assert row["quantities"][0]["value"] == 40
    assert (row["time"]["from"], row["time"]["to"]) == ("2024-01-01", "2024-12-31")
    report_form = claim_to_json(claim)
    assert (row["quantities"], row["time"]) == (report_form["quantities"], report_form["time"])


def test_a_list_of_a_claims_file_may_be_null(tmp_path):
    data = claims_to_json(parse_article("The mill employs 40 people."), [CLAIM])
    data["claims"][0] |= {"also_at": None, "rules": None, "resolutions": None, "unresolved": None}
    (tmp_path / "claims.json").write_text(json.dumps(data))
    (claim,) = read_claims(str(tmp_path / "claims.json"))
    assert (claim.also_at, claim.rules, claim.resolutions, claim.unresolved) == ((), (), (), ())


def test_files_that_are_no_claims(tmp_path):
    with pytest.raises(BadData, match="cannot be read"):
        read_claims(str(tmp_path / "none.json"))
    (tmp_path / "x.json").write_text("{")
    with pytest.raises(BadData, match="is not JSON"):
        read_claims(str(tmp_path / "x.json"))


@pytest.mark.parametrize(
    ("text", "published", "filled"),
    [
        ("The law passed on Thursday.", "2024-06-13", "The law passed on Thursday, June 13, 2024."),
        ("Builders found it on Tuesday.", "2024-10-10", "Builders found it on Tuesday, October 8, 2024."),
        ("Wages will rise on 1 January.", "2024-12-13", "Wages will rise on 1 January 2025."),
        ("It was ready by October.", "2025-02-04", "It was ready by October 2024."),
        ("A check last August found cracks.", "2025-02-04", "A check in August 2024 found cracks."),
        ("Six years ago the town had no water.", "2025-04", "In 2019 the town had no water."),
        ("Leeds follows next year.", "2024", "Leeds follows in 2025."),
        ("It opened last month.", "2025-01-12", "It opened in December 2024."),
        ("Inflation was 3.8% in May.", "2025-06-12", "Inflation was 3.8% in May 2025."),
        ("The show goes on view on 1 March.", "2024-11-02", "The show goes on view on 1 March 2025."),
        ("The show went on view on 1 March.", "2024-11-02", "The show went on view on 1 March 2024."),
        ("Most visitors today come for the fishing.", "2024-11-02", "Most visitors today come for the fishing."),
        ("The plan of 1998 failed on Monday.", "2024-06-13", "The plan of 1998 failed on Monday."),
        ("The March of Penguins ran on Monday.", None, "The March of Penguins ran on Monday."),
    ],
)
def test_relative_dates_are_completed_from_the_articles_own(text, published, filled):
    made, changes = fill_dates(text, published)
    assert made == filled
    assert all(before in text and after in filled for before, after in changes)
    assert bool(changes) == (made != text)


def test_the_worthiness_model_is_the_same_from_the_same_rows(tmp_path):
    rows = [
        {"claim": "The mill employs 40 people.", "checkable": True, "kind": "quantity"},
        {"claim": "The plan is a disgrace.", "checkable": False, "kind": "opinion"},
        {"claim": "The dam holds 3 million tonnes of water.", "checkable": True, "kind": "quantity"},
        {"claim": "The film is a terrible mistake.", "checkable": False, "kind": "opinion"},
    ]
    train_worthiness(rows, tmp_path / "a.json")
    train_worthiness(rows, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    with pytest.raises(BadData, match="needs claim, checkable and a kind"):
        train_worthiness([{"claim": "x", "kind": "poem"}], tmp_path / "c.json")


def test_the_shipped_worthiness_model_fits_the_features():
    model = WorthinessModel.load()
    assert model is not None
    assert model.checkable.shape == (len(list_inputs()) + 1, 1)
    assert model.kind.shape == (len(list_inputs()) + 1, len(model.kinds))
    assert model.assess("The mill employs 40 people.").checkable
    assert not model.assess("The plan is a shameful disgrace.").checkable
