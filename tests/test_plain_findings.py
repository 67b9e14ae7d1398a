"""The plainest cases of a figure and a date held against evidence, through the real parser."""

import pytest

from factcheck.quantities import Comparison, ParsedComparer, find_time
from factcheck.types import FindingKind, Relation

CASES = [
    (
        "The country holds over 170 of the TOP500 supercomputers.",
        "On the June 2025 TOP500 list the country had 47 systems.",
        (FindingKind.NUMBER, Relation.CONFLICT),
    ),
    (
        "The act gives $52 billion to chipmakers.",
        "The act gives 52.7 billion dollars to chipmakers.",
        (FindingKind.NUMBER, Relation.MATCH),
    ),
    (
        "Huawei brought out a 7nm chip in 2024.",
        "Huawei brought out its 7nm chip in August 2023.",
        (FindingKind.DATE, Relation.CONFLICT),
    ),
    (
        "Norsk Kraft opened its 500 MW plant in 2021.",
        "Norsk Kraft opened the 500 MW plant in May 2019.",
        (FindingKind.DATE, Relation.CONFLICT),
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("claim", "evidence", "wanted"), CASES)
def test_a_plain_case_is_found(claim, evidence, wanted):
    comparison = Comparison(claim=claim, evidence=evidence, claim_time=find_time(claim, said_on="2025"), said_on="2025")
    (findings,) = ParsedComparer.load().compare([comparison])
    assert wanted in {(f.kind, f.relation) for f in findings}
    assert all(f.note for f in findings)


@pytest.mark.model
def test_a_figure_of_another_year_is_no_conflict():
    comparison = Comparison(
        claim="The port handled 3 million containers in 2021.",
        evidence="The port handled 2 million containers in 2015.",
        claim_time=find_time("in 2021", said_on="2025"),
        said_on="2025",
    )
    (findings,) = ParsedComparer.load().compare([comparison])
    assert not any(f.relation is Relation.CONFLICT for f in findings)
