"""Findings on parsed pairs: the right figure is compared, the wrong one is not, and the working is shown."""

from pathlib import Path

import pytest

from factcheck.evaluate.findings import measure_relations, overall_relation
from factcheck.evaluate.verify import read_rows
from factcheck.quantities import Comparison, ParsedComparer, derive
from factcheck.types import FindingKind, Relation

CHALLENGE = Path(__file__).parents[1] / "claims" / "gold" / "challenge.jsonl"
MATCH, CONFLICT, OPEN = Relation.MATCH, Relation.CONFLICT, Relation.INCOMPARABLE


@pytest.fixture(scope="module")
def comparer() -> ParsedComparer:
    return ParsedComparer.load()


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("Kenya has over 170 lighthouses.", "In June Ghana had 175 lighthouses, Kenya 47 and Togo 41.", CONFLICT),
        ("Kenya has over 170 lighthouses.", "Kenya had 173 lighthouses and Ghana 126.", MATCH),
        ("Ghana has over 170 lighthouses.", "Kenya had 173 lighthouses, Togo 41.", OPEN),
        ("Norway exported 146 TWh of power in 2023.", "Norway exported 146 TWh of power in 2022.", OPEN),
        (
            "The film was reviewed by fewer than 95 critics.",
            "The film has a 59% rating, based on 96 reviews.",
            CONFLICT,
        ),
        ("The film has a rating of 59%.", "The film has a 59% rating, based on 96 reviews.", MATCH),
        ("The grant is worth $52 billion.", "The grant is worth 52.7 billion dollars.", MATCH),
        ("Joanne Frost was born in 1971.", "Joanne Frost was born on 27 June 1970 in London.", CONFLICT),
        ("Joanne Frost was born in 1970.", "Joanne Frost was born on 27 June 1970 in London.", MATCH),
        ("Ibex numbers rose.", "The valley has 40 ibex.", OPEN),
    ],
)
def test_compares_what_is_about_the_same_thing(comparer, claim, evidence, relation):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is relation, findings


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        # the clause with the claim's verb, year or kind has its figure, also where it leaves out the rest
        (
            "Peru smelted 9 tonnes of zinc in 2021.",
            "Peru mined 9 tonnes of zinc in 2021 and smelted 4 tonnes.",
            CONFLICT,
        ),
        (
            "Net income of the Loden group came to 8.1 billion pesos.",
            "Gross income of the Loden group came to 8.1 billion pesos. Net income, after fees, was 6.5 billion pesos.",
            CONFLICT,
        ),
        ("The reserve covers 3 square kilometres.", "The reserve stretches over 300 hectares.", MATCH),
        ("The reserve covers 3 square miles.", "The reserve stretches over exactly 300 hectares.", CONFLICT),
        # what the claim says, of another thing, owner, month or time
        ("The depot holds 7.4 tonnes of barley.", "The depot holds 7.4 tonnes of rye.", OPEN),
        ("The depot received 320 nails in May.", "The depot received 320 nails in April.", OPEN),
        ("Eleven of the boats leaked.", "The harbour master expects 11 leaking boats.", OPEN),
        ("The dredger is chartered until 2041.", "The dredger has a charter until 2036.", CONFLICT),
        ("Ghana shipped more cocoa than Togo in 2021.", "Togo shipped 4 tonnes of cocoa in 2021.", OPEN),
        ("A barn owl eats some 1,400 voles a year.", "The Alpine lynx eats some 1,400 voles a year.", OPEN),
        # which of two figures is the greater
        (
            "Ghana shipped more cocoa than Togo in 2021.",
            "Togo shipped 4 tonnes of cocoa in 2021; Ghana shipped 9 tonnes.",
            MATCH,
        ),
        (
            "Ghana shipped less cocoa than Togo in 2021.",
            "Togo shipped 4 tonnes of cocoa in 2021; Ghana shipped 9 tonnes.",
            CONFLICT,
        ),
        (
            "Ghana shipped more coffee than Togo in 2021.",
            "Togo shipped 4 tonnes of cocoa in 2021; Ghana shipped 9 tonnes.",
            OPEN,
        ),
        (
            "Ghana shipped more than twice as much cocoa as Togo.",
            "Ghana shipped 9.6 tonnes of cocoa and Togo shipped 4 tonnes of cocoa.",
            MATCH,
        ),
        # a figure that may follow from the share beside it is no conflict
        ("Tarn Steel made about 80,000 rails worldwide.", "Tarn Steel made 40,000 rails in Spain, half of all.", OPEN),
    ],
)
def test_takes_the_words_of_a_clause_for_its_figure(comparer, claim, evidence, relation):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is relation, findings


GLASS = "The Glass Act appropriates 52.7 billion dollars: 39 billion in subsidies and 13 billion for research."
PHYSICS = "Ghana graduated 49,498 physicists in 2019, Togo 33,759; the projection for 2025 was 77,179 against 39,959."
TRILLIONS = "Of the 15.7 trillion dollars in all, Ghana would gain about 7 trillion (26 percent) and Togo 3.7 trillion."
CLOUDS = (
    "In 2023 Orbis passed Okapi for third place in worldwide cloud services; Okapi Cloud was fourth with 7.9 percent."
)


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "relations"),
    [
        # words of giving are kin, what it is for need not be told, a part is not the total
        ("The Glass Act provides $52 billion in subsidies to boost glass making.", GLASS, [MATCH]),
        ("The Glass Act provides $13 billion in subsidies.", GLASS, [CONFLICT, OPEN]),
        ("The Glass Act provides $52 billion for research.", GLASS, [CONFLICT, OPEN]),
        ("The state provides €4 billion for rail.", "The state allocated 4 billion euros for rail.", [MATCH]),
        ("The state provides €4 billion for rail.", "The state allocated 4 billion euros for roads.", [OPEN]),
        ("The port has an impressive 40 cranes.", "The port has 40 cranes.", [MATCH]),
        ("Ghana trains 40,000 pilots annually.", "Ghana trains about 40,000 pilots a year.", [MATCH]),
        ("Ghana trains 40,000 pilots annually.", "Ghana has trained 40,000 pilots.", [OPEN]),
        # a figure that leaves out its unit, and what is counted
        ("Over 500 cities in Togo use meters.", "Homes used 183 terawatt-hours in Ghana and 102 in Togo.", [OPEN]),
        ("Togo used 110 terawatt-hours.", "Homes used 183 terawatt-hours in Ghana and 102 in Togo.", [CONFLICT]),
        ("Over 500 cities use cameras.", "Ghana has over 500 smart-city projects that use cameras.", [OPEN]),
        ("Over 500 cities use cameras.", "Cameras are in use in 540 cities.", [MATCH]),
        # a projection for the very time that the claim is about, but not what is only wished for
        ("By 2025 Ghana graduates twice as many physicists as Togo.", PHYSICS, [MATCH]),
        ("In 2025 Ghana has 700 mills.", "The firm forecasts that Ghana will have 700 mills in 2025.", [MATCH]),
        ("In 2025 Ghana had 700 mills.", "The firm forecast that Ghana will have 700 mills in 2025.", [OPEN]),
        ("By 2030 Ghana will have 9 mills.", "The government wants Ghana to have 9 mills by 2030.", [OPEN]),
        # the share of two in a total
        ("Ghana and Togo are to capture nearly half of the $15 trillion.", TRILLIONS, [CONFLICT]),
        ("Ghana and Togo together gain two-thirds of the 15.7 trillion dollars.", TRILLIONS, [MATCH]),
        # places in a ranking
        ("Okapi Cloud is the world's third-largest cloud provider.", CLOUDS, [CONFLICT]),
        ("Orbis is the world's third-largest cloud provider.", CLOUDS, [MATCH, OPEN]),
        ("Okapi is the world's third-largest cloud provider.", "Okapi ranked second in Ghana's cloud market.", [OPEN]),
        ("Okapi is the world's third-largest cloud provider.", "Okapi ranked third in Ghana's cloud market.", [OPEN]),
        # computed from a share, from a change, from both ends of a change
        ("About 600 of the boats leaked.", "Of the 1,800 boats a third leaked.", [MATCH]),
        ("Ghana made 80 rails in 2020.", "Ghana made 95 rails in 2021, 15 more than in 2020.", [MATCH]),
        ("The share of absentees fell by 9 points.", "The share of absentees fell from 31 to 25 percent.", [CONFLICT]),
        ("Exactly 4,800 people came.", "The fair had 4,786 visitors.", [CONFLICT, OPEN]),
    ],
)  # fmt: skip
def test_reads_what_the_wording_leaves_out(comparer, claim, evidence, relations):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) in relations, findings


@pytest.mark.model
def test_a_share_of_parts_shows_both_steps(comparer):
    claim = "Ghana and Togo are to capture nearly half of the $15 trillion."
    (findings,) = comparer.compare([Comparison(claim, TRILLIONS)])
    (found,) = [item for item in findings if item.kind is FindingKind.RATIO]
    assert found.note.startswith(
        "(7,000,000,000,000 + 3,700,000,000,000) / 15,700,000,000,000 = 68.15 %: “nearly half”"
    )


@pytest.mark.model
def test_a_projection_is_called_one(comparer):
    (findings,) = comparer.compare([Comparison("By 2025 Ghana graduates twice as many physicists as Togo.", PHYSICS)])
    (found,) = [item for item in findings if item.kind is FindingKind.RATIO]
    assert found.note == "77,179 / 39,959 = 1.93: “twice” within tolerance, going by a projection."


@pytest.mark.model
def test_names_the_words_that_a_figure_lacks(comparer):
    (findings,) = comparer.compare([Comparison("It holds 740 tonnes of barley.", "It holds 740 tonnes of rye.")])
    assert [finding.relation for finding in findings] == [OPEN]
    assert "nothing of “barley”" in findings[0].note


@pytest.mark.model
def test_a_dated_figure_says_nothing_of_today(comparer):
    evidence = "Some 300 seals lived in the bay in 2012, by the wardens' count."
    now = Comparison("Some 300 seals live in the bay today.", evidence, said_on="2024-06")
    then = Comparison("Some 300 seals lived in the bay in 2012.", evidence, said_on="2024-06")
    old, same = comparer.compare([now, then])
    assert overall_relation(old) is OPEN, old
    assert overall_relation(same) is MATCH, same


@pytest.mark.model
def test_says_whose_figure_it_is(comparer):
    (findings,) = comparer.compare([Comparison("Ghana has 173 lighthouses.", "Kenya had 173 lighthouses, Ghana 126.")])
    assert findings[0].relation is CONFLICT
    assert (findings[0].claimed, findings[0].found) == ("173", "126")


@pytest.mark.model
def test_nothing_to_compare_gives_no_finding(comparer):
    assert comparer.compare([Comparison("Cats purr.", "Dogs bark."), Comparison("It has 3 cats.", "Dogs bark.")]) == [
        (),
        (),
    ]


@pytest.mark.model
def test_a_ratio_is_computed_across_two_passages(comparer):
    passages = [
        "Kenya produced 77,179 doctors of engineering in 2025.",
        "In 2025 Ghana produced 39,959 doctors of engineering.",
    ]
    (found,) = derive(
        "Kenya produced twice as many doctors of engineering as Ghana in 2025.", passages, parse=comparer.parse
    )
    assert found.passages == (0, 1)
    assert found.working == "77,179 / 39,959 = 1.93"
    assert (found.finding.kind, found.finding.relation) == (FindingKind.RATIO, MATCH)
    assert "“twice” within tolerance" in found.finding.note


@pytest.mark.model
def test_a_ratio_that_nothing_supports_is_not_derived(comparer):
    assert derive("Kenya has twice as many lakes as Ghana.", ["Kenya has 3 lakes."], parse=comparer.parse) == []


@pytest.mark.model
def test_order_of_a_batch_does_not_matter(comparer):
    items = [
        Comparison("Kenya has 47 lakes.", "Kenya has 48 lakes."),
        Comparison("It opened in 1970.", "It opened in 1971."),
        Comparison("Kenya has 48 lakes.", "Kenya has 48 lakes."),
    ]
    assert comparer.compare(items) == comparer.compare(items[::-1])[::-1]


@pytest.mark.model
def test_holds_its_floors_on_the_challenge_set(comparer):
    rows = read_rows(CHALLENGE, ("claim", "evidence", "relation"))[0::2]
    score = measure_relations(rows, comparer)
    assert score.n > 200
    assert score.false_conflicts <= 0.02
    assert score.accuracy >= 0.75
