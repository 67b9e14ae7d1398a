"""The pipeline on stages made of literals: what goes in comes out, and a recheck touches only what it must."""

from dataclasses import replace
from datetime import date

import pytest

from factcheck.article import parse_article
from factcheck.decide import DecisionModel
from factcheck.decide.features import FEATURES
from factcheck.decide.model import OUTCOMES
from factcheck.pipeline import Checker, CheckOptions, Provenance
from factcheck.quantities import Derived
from factcheck.recheck import recheck
from factcheck.report import from_json, to_json
from factcheck.types import (
    AsOfSource,
    Claim,
    Document,
    Finding,
    FindingKind,
    Hit,
    Kind,
    Passage,
    Place,
    Relation,
    Stance,
    VerdictLabel,
)

TEXT = "The valley had 47 mills in 2024. Mills are lovely. The lake froze in 2021."
MODEL = DecisionModel(
    {
        label: dict.fromkeys(FEATURES, 0.0)
        | ({"support": 1.0} if label is VerdictLabel.SUPPORTED else {})
        | ({"refute": 1.0} if label is VerdictLabel.REFUTED else {})
        for label in OUTCOMES
    },
    dict.fromkeys(OUTCOMES, 0.0),
)


class SentenceExtractor:
    """One claim a sentence; "lovely" makes an opinion."""

    def extract(self, articles):
        out = []
        for article in articles:
            claims, at = [], 0
            for sentence in article.text.split(". "):
                start = article.text.index(sentence, at)
                at = start + len(sentence)
                opinion = "lovely" in sentence
                claims.append(
                    Claim(
                        f"c{start}",
                        sentence,
                        Place(start, at, sentence),
                        Kind.OPINION if opinion else Kind.QUANTITY,
                        not opinion,
                        0.1 if opinion else 0.9,
                    )
                )
            out.append(claims)
        return out


class WordRetriever:
    """Passages that share a long word with the query."""

    def __init__(self, texts) -> None:
        self.texts = texts

    def retrieve(self, queries, *, top_k, dates=None):
        return [self._hits(q)[:top_k] for q in queries]

    def _hits(self, query):
        hits = []
        for name, text in self.texts.items():
            shared = {w for w in query.lower().split() if len(w) > 4} & set(text.lower().strip(".").split())
            if shared:
                document = Document(name, name.title(), text, "", "", published="2024")
                passage = Passage(f"{name}.0", name, text, 0, len(text))
                hits.append(Hit(passage, document, similarity=0.9, bm25=1.0, fused=1.0))
        return hits


class TableVerifier:
    """Stances by evidence text."""

    name = "table"

    def __init__(self, stances) -> None:
        self.stances = stances
        self.asked = []

    def score(self, pairs):
        self.asked += [p.evidence for p in pairs]
        return [self.stances.get(p.evidence, Stance(0.05, 0.05, 0.9)) for p in pairs]


class NoComparer:
    def compare(self, items):
        return [() for _ in items]


MILLS = "The valley has some 47 mills, forty of them at work, according to the archive."
LAKE = "The great lake was open water all through winter."


def make_checker(texts, stances, **options):
    return Checker(
        SentenceExtractor(),
        WordRetriever(texts),
        TableVerifier(stances),
        NoComparer(),
        MODEL,
        provenance=Provenance("0", f"corpus of {len(texts)}", "words", "table"),
        options=CheckOptions(**options),
        today=date(2026, 1, 1),
    )


def test_every_claim_comes_out_in_order_with_its_verdict():
    checker = make_checker({"archive": MILLS}, {MILLS: Stance(0.98, 0.01, 0.01)})
    report = checker.check(parse_article(TEXT))
    assert [c.verdict.label for c in report.claims] == [
        VerdictLabel.SUPPORTED,
        VerdictLabel.NOT_CHECKABLE,
        VerdictLabel.NOT_ENOUGH_INFO,
    ]
    assert (report.run.as_of, report.run.as_of_source) == ("2024", AsOfSource.TEXT)
    assert report.claims[0].claim.quantities[0].value == 47
    assert report.claims[0].claim.time.text
    (evidence,) = report.claims[0].evidence
    assert evidence.document.body[evidence.start : evidence.end] == evidence.quote
    assert MILLS not in [c.claim.text for c in report.claims[1:]]


def test_the_judge_reads_the_passage_and_the_report_quotes_its_sentence():
    passage = f"The lake lies to the north. {MILLS} Nobody lives there."
    checker = make_checker({"archive": passage}, {passage: Stance(0.98, 0.01, 0.01)})
    report = checker.check(parse_article("The valley had 47 mills in 2024."))
    assert set(checker.verifier.asked) == {passage}
    (evidence,) = report.claims[0].evidence
    assert (evidence.before, evidence.quote, evidence.after) == (
        "The lake lies to the north. ",
        MILLS,
        " Nobody lives there.",
    )
    assert evidence.document.body[evidence.start : evidence.end] == evidence.quote
    kept = from_json(to_json(report), article_text=report.article.text)
    assert recheck(checker, kept).touched == 0


def test_uncheckable_claims_and_far_passages_are_not_judged():
    checker = make_checker({"archive": MILLS}, {}, min_similarity=0.95)
    report = checker.check(parse_article(TEXT))
    assert checker.verifier.asked == []
    assert all(not c.evidence for c in report.claims)


def test_edited_claims_replace_the_extraction():
    checker = make_checker({"archive": MILLS}, {MILLS: Stance(0.98, 0.01, 0.01)})
    article = parse_article(TEXT)
    claims = checker.extractor.extract([article])[0][:1]
    edited = [replace(claims[0], text="The valley had 40 mills in 2024.")]
    report = checker.check(article, claims=edited)
    assert [c.claim.text for c in report.claims] == ["The valley had 40 mills in 2024."]


def test_claims_of_one_id_keep_their_own_evidence():
    checker = make_checker({"archive": MILLS}, {MILLS: Stance(0.98, 0.01, 0.01)})
    article = parse_article(TEXT)
    claims = [replace(claim, id="same") for claim in checker.extractor.extract([article])[0]]
    first, _, last = checker.check(article, claims=claims).claims
    assert [e.document.id for e in first.evidence] == ["archive"]
    assert last.evidence == ()


def test_a_recheck_judges_only_what_a_new_document_touches():
    stances = {MILLS: Stance(0.98, 0.01, 0.01), LAKE: Stance(0.01, 0.98, 0.01)}
    earlier = make_checker({"archive": MILLS}, stances).check(parse_article(TEXT))
    later = make_checker({"archive": MILLS, "news": LAKE.replace("great lake", "great froze lake")}, stances)
    later.verifier.stances[LAKE.replace("great lake", "great froze lake")] = stances[LAKE]
    outcome = recheck(later, earlier)
    assert outcome.touched == 1
    (change,) = outcome.changes
    assert (change.before.label, change.after.label) == (VerdictLabel.NOT_ENOUGH_INFO, VerdictLabel.REFUTED)
    assert change.new_sources == ("News",)
    assert MILLS not in later.verifier.asked
    assert outcome.report.claims[0] == earlier.claims[0]
    assert outcome.report.run.corpus_sha256 == "corpus of 2"


def test_two_passages_are_read_together_where_a_figure_comes_from_both():
    first, second = "The valley kept 94 mills at first.", "The later valley kept 47 mills."
    finding = Finding(FindingKind.RATIO, Relation.MATCH, "half", "47 and 94", "47 / 94 = 0.5")
    checker = make_checker({"archive": first.replace("kept", "mills kept"), "news": second}, {}, top_k=4)
    texts = [hit.passage.text for hit in checker.retriever.retrieve(["The valley kept half its mills"], top_k=4)[0]]
    checker.verifier.stances[" ".join(texts)] = Stance(0.95, 0.01, 0.04)
    checker.derive = lambda claim, passages: [Derived(finding, (0, 1), "47 / 94 = 0.5")] if "half" in claim else []
    article = parse_article("The valley kept half of its mills, or 47.")
    (checked,) = checker.check(article).claims
    assert checked.verdict.label is VerdictLabel.SUPPORTED
    assert "47 / 94 = 0.5" in checked.verdict.reason
    assert len(checked.evidence) == 2


@pytest.mark.parametrize("texts", [{}, {"archive": MILLS}])
def test_nothing_new_changes_nothing(texts):
    checker = make_checker(texts, {})
    report = checker.check(parse_article(TEXT))
    outcome = recheck(checker, report)
    assert (outcome.touched, outcome.changes) == (0, ())
    assert outcome.report.claims == report.claims
