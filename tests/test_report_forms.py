"""Reports to hand on: HTML, ClaimReview, the annotated article; hostile texts stay text in each."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import ATTACK, TEXT, make_hostile_report, make_report

from factcheck.report import ReportFormat, render, render_annotated, render_bytes, to_dataframe, to_json
from factcheck.report.cards import make_cards, share_verdicts
from factcheck.report.markdown import safe_url
from factcheck.report.marks import Role, gravest, mark_article, mark_context, mark_quote
from factcheck.report.view import describe_wording
from factcheck.types import (
    BlockKind,
    HandEvidence,
    Place,
    Relation,
    ReviewAction,
    ReviewState,
    Span,
    Stance,
    StanceLabel,
    VerdictLabel,
)

REPORT = make_report()
SHA = REPORT.article.sha256
BUSIEST, CRANES = REPORT.claims[1], REPORT.claims[4]

# The properties that schema.org publishes for each type and that we use or might; anything else is an error.
SCHEMA_ORG = {
    "ClaimReview": {
        "@context",
        "url",
        "datePublished",
        "author",
        "claimReviewed",
        "itemReviewed",
        "reviewRating",
        "reviewBody",
        "citation",
    },
    "Claim": {"appearance", "author", "datePublished", "firstAppearance", "name"},
    "Rating": {"ratingValue", "bestRating", "worstRating", "alternateName"},
    "Article": {"headline", "datePublished", "url", "author"},
    "Organization": {"name", "url"},
    "Person": {"name", "url"},
    "CreativeWork": {"name", "url", "datePublished", "publisher", "author"},
}


class Page(HTMLParser):
    """Collects elements, attributes and text of a page as a browser would see them."""

    def __init__(self, source) -> None:
        super().__init__()
        self.elements, self.attributes, self.text = [], [], ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.text += data

    def values(self, name):
        return [value for _, found, value in self.attributes if found == name]


def state(action=ReviewAction.ACCEPT, verdict=None, **more: object):
    return ReviewState(action, verdict, "Ada", "2025-05-02T10:00:00Z", **more)


def read_reviews(reviews=None, report=REPORT, **more: object):
    return json.loads(render(report, ReportFormat.CLAIMREVIEW, reviews={SHA: reviews or {}}, **more))


def test_html_holds_article_claims_and_evidence():
    page = Page(render(REPORT, ReportFormat.HTML))
    for text in (
        "“Brack handled ",
        "5.6 million",
        "Port of Brack",
        "as of 2025-01",
        "9 cranes ≠ 6 cranes",
        "4 flagged",
    ):
        assert text in page.text
    assert page.values("id").count("r1-claim-5") == 1 and "#r1-claim-5" in page.values("href")
    assert len(page.values("id")) == len(set(page.values("id")))


def test_html_tells_what_was_looked_for_and_what_stands_around_a_quote():
    page = Page(render(REPORT, ReportFormat.HTML))
    assert page.text.count("Search for: ") == 1
    assert "Looked for: Brack. Search for: Gulls prefer Brack" in page.text
    assert "(official source, as of 2023" in page.text and "(press, " in page.text
    evidence = BUSIEST.evidence[0]
    whole = replace(evidence.passage, text=evidence.document.body, start=0, end=len(evidence.document.body))
    report = replace(REPORT, claims=(replace(BUSIEST, evidence=(replace(evidence, passage=whole),)),))
    shown = render(report, ReportFormat.HTML)
    assert '<span class="around">Aldmouth handled 4.1 million containers in 2023.</span> “Brack handled ' in shown


def test_a_detail_that_the_quote_lacks_is_marked_beside_it():
    evidence = BUSIEST.evidence[0]
    whole = replace(evidence.passage, text=evidence.document.body, start=0, end=len(evidence.document.body))
    claimed = replace(evidence.findings[0], relation=Relation.MATCH, found="4.1 million")
    found = replace(evidence, passage=whole, findings=(*evidence.findings, claimed))
    before, after = mark_context(found)
    assert [(part.text, part.roles) for part in before if part.roles] == [("4.1 million", (Role.MATCH,))]
    assert after == []
    assert [part.text for part in mark_quote(found) if part.roles] == ["5.6 million"]


def test_html_loads_nothing_and_runs_nothing():
    shown = render([REPORT, make_hostile_report()], ReportFormat.HTML)
    page = Page(shown)
    assert not {"script", "img", "iframe", "link", "object", "b"} & set(page.elements)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "src"]
    for address in page.values("href"):
        assert address.startswith(("#", "https://statistics.example/", "https://brack.example/"))
    assert "default-src 'none'" in shown
    assert "<script>alert(1)</script>" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_html_shows_what_people_decided():
    shown = render(REPORT, ReportFormat.HTML, reviews={SHA: {BUSIEST.claim.id: state(verdict=VerdictLabel.REFUTED)}})
    assert "Review: accepted by Ada, 2025-05-02" in Page(shown).text


def test_html_with_flagged_first():
    shown = render(REPORT, ReportFormat.HTML, flagged_first=True)
    assert re.findall(r'id="r1-claim-(\d)"', shown) == ["2", "3", "4", "5", "1", "6", "7"]


def test_the_verdict_bar_adds_up():
    shares = share_verdicts(REPORT.claims)
    assert sum(share.percent for share in shares) == pytest.approx(100)
    assert [share.count for share in shares] == [2, 2, 1, 1, 1]
    assert share_verdicts([]) == []


def test_a_card_keeps_the_wording_that_was_judged_and_tells_the_new_one():
    (card, *_) = make_cards(REPORT.claims, {REPORT.claims[0].claim.id: ReviewState(text="In other words.")})
    assert card.text == REPORT.claims[0].claim.text and card.review == ""
    assert card.wording == "put into other words, not judged in them yet: “In other words.”"
    assert card.confidence == "94%" and not card.settled


def test_marked_stretches_join_to_the_text():
    blocks = mark_article(REPORT.article, REPORT.claims)
    joined = ["".join(stretch.text for stretch in block.stretches) for block in blocks]
    assert joined == [block.span.text for block in REPORT.article.blocks]
    gulls = next(stretch for stretch in blocks[2].stretches if stretch.text == "gulls prefer Brack")
    assert gulls.numbers == (6,) and gulls.label is VerdictLabel.NOT_ENOUGH_INFO
    assert blocks[0].kind is BlockKind.TITLE


def test_an_article_without_blocks_is_marked_line_by_line():
    bare = replace(REPORT.article, blocks=())
    lines = ["".join(stretch.text for stretch in block.stretches) for block in mark_article(bare, REPORT.claims)]
    assert lines == [line for line in TEXT.splitlines() if line]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 80)), max_size=6))
def test_any_overlap_of_claims_leaves_the_text_whole(spans):
    claims = [
        replace(
            REPORT.claims[0],
            claim=replace(
                REPORT.claims[0].claim,
                source=Place(start, min(start + size, len(TEXT)), TEXT[start : start + size]),
            ),
        )
        for start, size in spans
    ]
    blocks = mark_article(REPORT.article, claims)
    assert ["".join(part.text for part in block.stretches) for block in blocks] == [
        block.span.text for block in REPORT.article.blocks
    ]
    for block in blocks:
        for part in block.stretches:
            assert set(part.ends) <= set(part.numbers)


def test_the_gravest_verdict_colours_the_text():
    assert gravest([VerdictLabel.SUPPORTED, VerdictLabel.REFUTED, VerdictLabel.CONFLICTING]) is VerdictLabel.REFUTED
    assert gravest([]) is None


def test_deciding_words_and_figures_are_marked():
    evidence = CRANES.evidence[0]
    rationale = Span(0, 16, "Since the storm ")
    parts = mark_quote(replace(evidence, stance=replace(evidence.stance, rationale=rationale)))
    assert "".join(part.text for part in parts) == evidence.quote
    assert {part.text: part.roles for part in parts if part.roles} == {
        "Since the storm ": (Role.DECIDES,),
        "six cranes": (Role.CONFLICT,),
    }


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=%20", "https://a.example/x?y=1&z=%20"),
        ("https://a.example/a b<c>", "https://a.example/a%20b%3Cc%3E"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert safe_url(url) == safe


def check_properties(node):
    if isinstance(node, list):
        for item in node:
            check_properties(item)
    elif isinstance(node, dict):
        assert set(node) - {"@type"} <= SCHEMA_ORG[node["@type"]], node
        for value in node.values():
            check_properties(value)


def test_claimreview_holds_reviewed_claims_alone():
    reviews = {
        BUSIEST.claim.id: state(verdict=VerdictLabel.REFUTED),
        CRANES.claim.id: state(ReviewAction.OVERRIDE, VerdictLabel.SUPPORTED, text="Nine cranes ran in 2021."),
        REPORT.claims[3].claim.id: state(ReviewAction.NEEDS_SOURCE),
        REPORT.claims[2].claim.id: state(verdict=VerdictLabel.REFUTED, changed="it changed"),
        REPORT.claims[5].claim.id: state(ReviewAction.NOT_A_CLAIM, VerdictLabel.NOT_CHECKABLE),
    }
    found = read_reviews(reviews)
    check_properties(found)
    assert [(item["claimReviewed"], item["reviewRating"]["ratingValue"]) for item in found] == [
        ("The port of Aldmouth is the busiest on the coast.", 1),
        ("Nine cranes ran in 2021.", 5),
    ]
    first = found[0]
    assert first["@type"] == "ClaimReview" and first["author"] == {"@type": "Person", "name": "Ada"}
    assert first["itemReviewed"]["author"]["name"] == "Aldmouth Tourist Board"
    assert first["datePublished"] == "2025-05-02" and first["url"].endswith(f"#claim-{BUSIEST.claim.id}")
    assert first["reviewRating"]["worstRating"] <= 1 <= first["reviewRating"]["bestRating"]
    assert "reviewBody" not in found[1]


def test_claimreview_of_unreviewed_claims_names_the_tool():
    assert read_reviews() == []
    found = read_reviews(include_unreviewed=True)
    check_properties(found)
    assert len(found) == 6
    assert found[0]["author"]["name"] == "factcheck 0.1.0, automatic and not reviewed"
    assert found[4]["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Outdated: true once, not any more",
    }


def test_claimreview_of_hostile_text_has_no_attack_in_an_address():
    found = read_reviews(report=make_hostile_report(), include_unreviewed=True)
    check_properties(found)
    assert "url" not in found[0]["citation"][0]
    assert "\x1b" not in json.dumps(found, ensure_ascii=False)


def test_footnotes_leave_the_article_as_it_is():
    shown = render_annotated(REPORT)
    body = shown[: shown.index("\n[^1]: ")]
    assert re.sub(r"\[\^\d+\]", "", body) == TEXT
    assert "nine cranes today[^5]" in body
    assert "[^5]: ✘ refuted (81%): Brack's second terminal runs nine cranes. — True in 2021" in shown
    assert "In 2021 the terminal at Brack ran nine cranes." in shown
    assert "[^7]" not in shown


def test_footnotes_of_flagged_claims_alone():
    shown = render_annotated(REPORT, flagged_only=True, reviews={BUSIEST.claim.id: state(verdict=VerdictLabel.REFUTED)})
    assert re.findall(r"^\[\^(\d)\]: ", shown, re.M) == ["2", "3", "4", "5"]
    assert "Review: accepted by Ada, 2025-05-02" in shown


def test_footnotes_for_a_terminal_hold_no_control_characters():
    report = make_hostile_report()
    assert ATTACK in render_annotated(report)
    assert "\x1b" not in render_annotated(report, for_terminal=True)


def test_every_form_can_be_written_to_a_file():
    for form in ReportFormat:
        assert len(render_bytes([REPORT, make_hostile_report()], form)) > 1


def test_surrogates_in_a_text_do_not_stop_a_report():
    report = replace(REPORT, article=replace(REPORT.article, title="bad \ud800 title"))
    for form in ReportFormat:
        render_bytes(report, form)


def test_a_decision_on_one_article_is_not_shown_on_another_with_the_same_claim():
    other = replace(REPORT, article=replace(REPORT.article, sha256="b" * 64))
    reviews = {SHA: {BUSIEST.claim.id: state(verdict=VerdictLabel.REFUTED)}}
    assert len(json.loads(render([REPORT, other], ReportFormat.CLAIMREVIEW, reviews=reviews))) == 1
    for form in (ReportFormat.TABLE, ReportFormat.MD, ReportFormat.HTML, ReportFormat.CSV, ReportFormat.JSONL):
        assert render([REPORT, other], form, reviews=reviews, width=200).count("Ada") == 1, form


def test_a_claim_said_within_a_longer_place_of_its_own_is_numbered_once():
    stretches = [stretch for block in mark_article(REPORT.article, REPORT.claims) for stretch in block.stretches]
    assert "".join(stretch.text for stretch in stretches if 6 in stretch.numbers).endswith("gulls prefer Brack.")
    assert [stretch.text for stretch in stretches if 6 in stretch.ends] == ["."]


BY_HAND = HandEvidence("Brack | moved *more*.", "=Port [log]", "https://a.example/x y", "2025-04", StanceLabel.REFUTES)


def test_evidence_added_by_hand_is_evidence_in_every_form():
    reviews = {REPORT.article.sha256: {REPORT.claims[1].claim.id: ReviewState(evidence=(BY_HAND,))}}
    shown = {form: render(REPORT, form, width=200, reviews=reviews) for form in ReportFormat if form.value != "xlsx"}
    source = r"[\=Port \[log\]](<https://a.example/x%20y>), 2025-04"
    assert rf"- *refutes, added by hand*: “Brack \| moved \*more\*.” — {source}" in shown[ReportFormat.MD]
    assert "refutes, added by hand: “Brack | moved *more*.”" in shown[ReportFormat.TABLE]
    assert '<span class="stance">refutes</span> <span class="soft">added by hand</span>' in shown[ReportFormat.HTML]
    (row,) = to_dataframe(REPORT, reviews)["review_evidence"].dropna()
    assert row == "refutes: “Brack | moved *more*.” =Port [log] (2025-04) <https://a.example/x y>"
    assert "refutes, added by hand: “Brack" in render_annotated(REPORT, reviews=reviews[REPORT.article.sha256])
    assert json.loads(shown[ReportFormat.JSON])["claims"][1]["review"]["evidence"][0]["quote"] == BY_HAND.quote


def test_a_view_says_in_whose_words_a_verdict_is():
    checked = REPORT.claims[1]
    reworded = replace(checked, claim=replace(checked.claim, text="Brack leads.", reworded_from=checked.claim.text))
    report = replace(REPORT, claims=(reworded,))
    told = f"judged in a reviewer's words; taken from the article as “{checked.claim.text}”"
    for form in (ReportFormat.MD, ReportFormat.HTML):
        assert clean_quotes(told) in clean_quotes(render(report, form))
    assert describe_wording(reworded.claim, ReviewState(text="Brack leads.")) == told
    assert describe_wording(reworded.claim, ReviewState(text="Brack led.")).startswith("put into other words, not")
    assert describe_wording(checked.claim, ReviewState()) == ""


def clean_quotes(text):
    return text.replace("&#39;", "'").replace("\\", "")


def test_what_decides_comes_first_in_every_view():
    checked = REPORT.claims[0]
    against = replace(checked.evidence[0], stance=Stance(0.001, 0.998, 0.001), quote="against", end=7)
    report = replace(REPORT, claims=(replace(checked, evidence=(against, *checked.evidence)),))
    assert checked.verdict.label is VerdictLabel.SUPPORTED
    first = checked.evidence[0].quote
    assert to_json(report)["claims"][0]["evidence"][0]["quote"] == first
    assert make_cards(report.claims, {})[0].evidence[0].stance == "supports"
    assert to_dataframe(report)["evidence_quote"][0] == first
    shown = render(report, ReportFormat.MD)
    assert shown.index("*supports*") < shown.index("*refutes*")
