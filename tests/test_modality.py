"""Plans, hopes and forecasts are no evidence that something happened."""

import pytest

from factcheck.decide.modality import foresees, only_foresees
from factcheck.types import Claim, Document, Evidence, Kind, Passage, Place, Stance


def a_claim(text, kind=Kind.EVENT):
    return Claim("c", text, Place(0, len(text), text), kind, checkable=True, check_worthiness=0.9)


def a_passage(text):
    document = Document("d", "Title", text, "", "")
    return Evidence(Passage("p", "d", text, 0, len(text)), document, text, 0, len(text), Stance(0.8, 0.1, 0.1), 0.7)


@pytest.mark.parametrize(
    "text",
    [
        "The tunnel will open in 2027.",
        "The museum is to reopen on 1 March.",
        "Analysts expect that the firm will pay no dividend.",
        "His papers are expected to go to the state library.",
        "Builders hope to finish the roof by May.",
        "The plan calls for 400 new trams.",
    ],
)
def test_what_is_to_come_is_known_by_its_words(text):
    assert foresees(text)


@pytest.mark.parametrize(
    "text",
    [
        "The tunnel opened in 2027.",
        "The museum is to the north of the river.",
        "The firm paid a dividend of two euros.",
    ],
)
def test_what_is_and_was_is_not_taken_for_a_plan(text):
    assert not foresees(text)


def test_a_plan_is_no_evidence_for_a_fact_and_a_fact_beside_a_plan_is():
    claim = a_claim("The harbour tunnel opened in 2021.")
    assert only_foresees(claim, a_passage("The harbour tunnel will open in 2021."))
    assert not only_foresees(
        claim, a_passage("The harbour tunnel opened in 2021 and aims to halve the traffic by 2030.")
    )
    assert only_foresees(claim, a_passage("Work began in 2017. The harbour tunnel is scheduled to open in 2021."))


def test_a_claim_about_a_plan_is_answered_by_plans():
    claim = a_claim("The city plans to open the harbour tunnel in 2021.")
    assert not only_foresees(claim, a_passage("The harbour tunnel will open in 2021, says the city."))
