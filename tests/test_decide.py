"""From evidence to verdict: dates, sources, flags and reasons, on evidence built from literals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.decide import DecisionModel, decide, featurise, freshness
from factcheck.decide.features import FEATURES, independent, logit
from factcheck.decide.flags import superseded
from factcheck.decide.model import OUTCOMES, choose, has_witness
from factcheck.decide.reason import say_date
from factcheck.quantities import find_quantities, find_time
from factcheck.types import (
    Claim,
    Document,
    Evidence,
    Finding,
    FindingKind,
    Flag,
    Kind,
    Passage,
    Place,
    Relation,
    SourceKind,
    Stance,
    VerdictLabel,
)

# A plain model: support and refutation count, figures count, nothing else does.
MODEL = DecisionModel(
    {
        VerdictLabel.SUPPORTED: dict.fromkeys(FEATURES, 0.0) | {"support": 1.0, "refute": -0.5},
        VerdictLabel.REFUTED: dict.fromkeys(FEATURES, 0.0) | {"refute": 1.0, "support": -0.5, "newer_refute": 2.0},
        VerdictLabel.NOT_ENOUGH_INFO: dict.fromkeys(FEATURES, 0.0) | {"support": -0.5, "refute": -0.5},
        VerdictLabel.CONFLICTING: dict.fromkeys(FEATURES, 0.0) | {"both_sides": 1.0},
    },
    dict.fromkeys(OUTCOMES, 0.0),
)


def a_claim(text="The region has over 170 windmills.", kind=Kind.QUANTITY, **changes):
    claim = Claim("c1", text, Place(0, len(text), text), kind, checkable=True, check_worthiness=0.9)
    claim = replace(claim, quantities=find_quantities(text), time=find_time(text, said_on="2025"))
    return replace(claim, **changes)


def evidence(name, supports, refutes, as_of, quote=None, findings=(), similarity=0.7):
    quote = quote or f"{name} writes at length about windmills in the region."
    document = Document(f"d-{name}", name.title(), quote, "", "", publisher=name.title())
    passage = Passage(f"p-{name}", document.id, quote, 0, len(quote), as_of=as_of)
    stance = Stance(supports, refutes, 1 - supports - refutes)
    return Evidence(passage, document, quote, 0, len(quote), stance, similarity, tuple(findings))


def test_contradicting_sources_are_weighed_by_their_kind():
    claim = a_claim("The bridge opened in May.", Kind.EVENT)
    paper, register = evidence("paper", 0.9, 0.05, "2025"), evidence("register", 0.05, 0.9, "2025")
    paper = replace(paper, document=replace(paper.document, kind=SourceKind.PRESS))
    register = replace(register, document=replace(register.document, kind=SourceKind.OFFICIAL))
    found = featurise(claim, (paper, register), "2025")
    assert (found["weightier_support"], found["weightier_refute"]) == (0.0, 1.0)
    alike = replace(register, document=replace(register.document, kind=SourceKind.COMPANY))
    assert featurise(claim, (paper, alike), "2025")["weightier_refute"] == 0.0
    # A source that contradicts nothing outweighs nothing.
    assert featurise(claim, (register,), "2025")["weightier_refute"] == 0.0


def test_a_present_figure_loses_weight_with_age_and_an_event_does_not():
    claim = a_claim()
    assert freshness(claim, "2025-03", "2025") == 1.0
    assert 0.3 < freshness(claim, "2022-06", "2025") < 0.6
    assert freshness(claim, "2015", "2025") < 0.05
    assert freshness(a_claim("The law passed.", Kind.EVENT), "2015", "2025") == 1.0
    assert freshness(claim, None, "2025") == 0.8


def test_a_claim_about_a_stated_year_is_judged_by_passages_about_it():
    claim = a_claim("In 2019 the region had over 170 windmills.")
    assert freshness(claim, "2019-12", "2025") == 1.0
    assert freshness(claim, "2023", "2025") < 0.5


def test_an_older_match_and_a_newer_conflict_are_refuted_as_outdated():
    claim = a_claim()
    clash = Finding(FindingKind.NUMBER, Relation.CONFLICT, "over 170", "47", "47 is not over 170.")
    old = evidence("almanac", 0.9, 0.05, "2022-06")
    new = evidence("gazette", 0.05, 0.9, "2025-06", findings=[clash])
    verdict = decide(MODEL, claim, [old, new], "2025")
    assert verdict.label is VerdictLabel.REFUTED
    assert Flag.OUTDATED in verdict.flags
    assert Flag.NUMBER_MISMATCH in verdict.flags
    assert verdict.flagged
    assert "Almanac (June 2022)" in verdict.reason
    assert "newer Gazette (June 2025)" in verdict.reason
    assert "47 is not over 170" in verdict.reason
    assert superseded(claim, [old, new], "2025") == (old, new)
    assert superseded(a_claim("The law passed.", Kind.EVENT), [old, new], "2025") is None


def test_an_older_forecast_is_not_outdated_by_another():
    claim = a_claim("By 2030 the region will have over 170 windmills.")
    old = evidence("almanac", 0.9, 0.05, "2017-06")
    new = evidence("gazette", 0.05, 0.9, "2018-09")
    assert superseded(claim, [old, new], "2025") is None
    assert freshness(claim, "2017-06", "2025") == 1.0


def test_two_forecasts_that_differ_are_conflicting():
    claim = a_claim("By 2030 the region will have over 170 windmills.")
    agrees = Finding(FindingKind.NUMBER, Relation.MATCH, "over 170", "180", "180 is over 170.")
    clashes = Finding(FindingKind.NUMBER, Relation.CONFLICT, "over 170", "120", "120 is not over 170.")
    one = evidence("almanac", 0.85, 0.1, "2017-06", findings=[agrees])
    other = evidence("gazette", 0.02, 0.97, "2018-09", findings=[clashes])
    verdict = decide(MODEL, claim, [one, other], "2025")
    assert verdict.label is VerdictLabel.CONFLICTING
    assert verdict.reason == "Almanac (June 2017) supports it, Gazette (September 2018) contradicts it."
    assert decide(MODEL, claim, [other], "2025").label is VerdictLabel.REFUTED


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (SourceKind.OFFICIAL, "Almanac (official source, June 2022) says so."),
        (SourceKind.COMPANY, "Almanac (company, June 2022) says so."),
        (SourceKind.PRESS, "Almanac (June 2022) says so."),
        (SourceKind.UNKNOWN, "Almanac (June 2022) says so."),
    ],
)
def test_the_reason_names_the_kind_of_source_where_it_tells(kind, named):
    found = evidence("almanac", 0.97, 0.01, "2022-06")
    found = replace(found, document=replace(found.document, kind=kind))
    assert decide(MODEL, a_claim("The law passed.", Kind.EVENT), [found], "2025").reason == named


def test_without_evidence_nothing_is_said():
    verdict = decide(MODEL, a_claim(), [], "2025")
    assert verdict.label is VerdictLabel.NOT_ENOUGH_INFO
    assert verdict.probabilities.not_enough_info == 1.0
    assert verdict.flagged
    assert not decide(MODEL, a_claim(check_worthiness=0.2), [], "2025").flagged


def test_what_cannot_be_checked_is_said_to_be_so():
    verdict = decide(MODEL, a_claim("Windmills are lovely.", Kind.OPINION, checkable=False), [], "2025")
    assert verdict.label is VerdictLabel.NOT_CHECKABLE
    assert "opinion" in verdict.reason
    assert not verdict.flagged


def test_nothing_is_said_below_its_floor():
    likeliest = {
        VerdictLabel.SUPPORTED: 0.4,
        VerdictLabel.REFUTED: 0.3,
        VerdictLabel.NOT_ENOUGH_INFO: 0.2,
        VerdictLabel.CONFLICTING: 0.1,
    }
    assert choose(likeliest) is VerdictLabel.NOT_ENOUGH_INFO
    surer = likeliest | {VerdictLabel.SUPPORTED: 0.65, VerdictLabel.REFUTED: 0.05}
    assert choose(surer) is VerdictLabel.SUPPORTED
    doubtful = likeliest | {
        VerdictLabel.SUPPORTED: 0.25,
        VerdictLabel.REFUTED: 0.48,
        VerdictLabel.NOT_ENOUGH_INFO: 0.17,
    }
    assert choose(doubtful) is VerdictLabel.NOT_ENOUGH_INFO
    assert choose(doubtful, figures_clash=True) is VerdictLabel.REFUTED


def test_a_figure_is_supported_only_by_a_passage_that_states_it():
    claim = a_claim()
    vague = evidence("gazette", 0.97, 0.01, "2025-06")
    exact = evidence("bulletin", 0.97, 0.01, "2025-06", quote="Over 170 windmills stood in the region.")
    assert decide(MODEL, claim, [vague], "2025").label is VerdictLabel.NOT_ENOUGH_INFO
    assert decide(MODEL, claim, [exact], "2025").label is VerdictLabel.SUPPORTED
    assert decide(MODEL, claim, [vague, exact], "2025").label is VerdictLabel.SUPPORTED


def test_a_claimed_figure_that_a_source_has_is_refuted_only_by_a_newer_figure_that_clashes():
    claim = a_claim()
    words = "The region has 90 windmills, others say."
    against = evidence("post", 0.02, 0.95, "2025-06", quote=words)
    match = Finding(FindingKind.NUMBER, Relation.MATCH, "over 170", "172", "They agree.")
    clash = Finding(FindingKind.NUMBER, Relation.CONFLICT, "over 170", "90", "They differ.")
    having = evidence("bulletin", 0.3, 0.1, "2025-06", findings=[match])
    assert has_witness(claim, [against], VerdictLabel.REFUTED)
    assert not has_witness(claim, [against, having], VerdictLabel.REFUTED)
    clashing = replace(against, findings=(clash,))
    assert not has_witness(claim, [clashing, having], VerdictLabel.REFUTED)
    assert has_witness(claim, [clashing], VerdictLabel.REFUTED)
    older = evidence("almanac", 0.3, 0.1, "2023-06", findings=[match])
    assert has_witness(claim, [clashing, older], VerdictLabel.REFUTED)


def test_a_copied_report_is_no_second_witness():
    text = "The plant closes in March, the company said in a statement on Monday evening."
    one, copy = evidence("post", 0.9, 0.0, "2025", text), evidence("herald", 0.9, 0.0, "2025", text)
    other = evidence("times", 0.9, 0.0, "2025", "Workers were told that the gates shut for good this spring.")
    assert not independent(one, copy)
    assert independent(one, other)
    claim = a_claim("The plant closes in March.", Kind.EVENT)
    assert Flag.SINGLE_SOURCE in decide(MODEL, claim, [one, copy], "2025").flags
    assert Flag.SINGLE_SOURCE not in decide(MODEL, claim, [one, other], "2025").flags


stances = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda p: (p[0] * 0.5, p[1] * 0.5))
dates = st.sampled_from([None, "2019", "2022-06", "2024-11-18", "2025-03"])


@given(st.lists(st.tuples(stances, dates), max_size=5), st.randoms())
def test_the_order_of_evidence_makes_no_difference(rows, rng):
    items = [evidence(f"source{i}", s, r, when) for i, ((s, r), when) in enumerate(rows)]
    shuffled = items[:]
    rng.shuffle(shuffled)
    assert decide(MODEL, a_claim(), items, "2025") == decide(MODEL, a_claim(), shuffled, "2025")
    assert featurise(a_claim(), items, "2025") == featurise(a_claim(), shuffled, "2025")


@given(st.lists(st.tuples(stances, dates), max_size=5))
def test_probabilities_sum_to_one_and_confidence_is_one_of_them(rows):
    items = [evidence(f"source{i}", s, r, when) for i, ((s, r), when) in enumerate(rows)]
    verdict = decide(MODEL, a_claim(), items, "2025")
    p = verdict.probabilities
    assert p.supported + p.refuted + p.not_enough_info == pytest.approx(1.0)
    assert 0.0 <= verdict.confidence <= 1.0
    assert verdict.reason.endswith(".")
    assert verdict.reason.count("\n") == 0


def test_logit_stays_within_bounds():
    assert logit(0.5) == 0.0
    assert logit(0.0) == -4.0
    assert logit(1.0) == 4.0


def test_dates_are_said_in_words():
    assert say_date("2024") == "2024"
    assert say_date("2022-06") == "June 2022"
    assert say_date("2024-11-08") == "8 November 2024"
    assert say_date(None) == ""
