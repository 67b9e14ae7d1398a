"""Findings that need more than one figure of a passage, or the words around it: each row fails without its rule."""

import pytest

from factcheck.evaluate.findings import overall_relation
from factcheck.quantities import Comparison, ParsedComparer, find_quantities
from factcheck.quantities.dates import find_dates
from factcheck.quantities.lexicon import concept
from factcheck.quantities.linked_dates import link_dates
from factcheck.types import Relation

MATCH, CONFLICT, OPEN = Relation.MATCH, Relation.CONFLICT, Relation.INCOMPARABLE


@pytest.fixture(scope="module")
def comparer() -> ParsedComparer:
    return ParsedComparer.load()


TIMBER = "Private felling in 2024 was 109.1 million logs in the United States. In China it was 9.3 million logs."


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        # the figure is another's, and the claim's own owner has a different one
        ("Private felling in 2024 was 109.1 million logs in China.", TIMBER, CONFLICT),
        ("Kenya has 175 lighthouses.", "In June Ghana had 175 lighthouses, Kenya 47 and Togo 41.", CONFLICT),
        # "United" denies nothing, so that what a share leaves is not asked for
        (
            "The United Ports had nearly two thirds of the world's dry docks in 2024.",
            "The United Ports had well over half of the dry docks in 2024, and Oor about a third of the remainder.",
            OPEN,
        ),
        # a plant is no plan
        ("By 2030 the mill will have 18 looms.", "By 2030 the plant will have 18 looms.", OPEN),
        # a name with the last figure of a list
        (
            "A clerk in Togo reads more letters than one in Benin.",
            "A clerk in Ghana reads 118 letters a day; in Benin it is 92 letters and in Togo 80.",
            CONFLICT,
        ),
        # coins are hundredths of the passage's currency
        (
            "In January the fare in Zell went up by 41 cents.",
            "A fare of 12.41 euros applies in Zell since January; before, it was 12 euros.",
            MATCH,
        ),
        # doses are no people, an age only says of whom the claim speaks, a rate is no number
        ("By May 4,800 people had been served.", "By May the kitchens had given 4,800 meals to 2,700 people.", OPEN),
        (
            "The drill lowered daily pressure by 9 points in patients under 60.",
            "The drill lowered nightly pressure by 9 points in patients under 60.",
            OPEN,
        ),
        (
            "The number of falls in Zell went up by a quarter in 2023.",
            "Zell's rate of falls stood at 8 percent in January 2023 and at 10 percent in December of that year.",
            OPEN,
        ),
        # whichever of two years is the later one, the change is another
        (
            "Zell's rate of falls grew by just 2 percent of its level in 2023.",
            "Zell's rate of falls stood at 8 percent in January 2023 and at 10 percent in December of that year.",
            CONFLICT,
        ),
        # percent against points, what was before a change, people against the crowd that they make
        (
            "The toll on ferries goes up by 5 percent of its rate in May.",
            "The rate of the toll on ferries goes up in May by 5 percentage points, from 7 to 12 percent.",
            CONFLICT,
        ),
        (
            "The share of trains on time had been 66 percent before.",
            "The share of trains on time rose by 3 percentage points to 63 percent.",
            CONFLICT,
        ),
        ("Exactly 48,000 people came to the fair.", "Attendance at the fair reached 47,860.", CONFLICT),
        # a level is not the amount by which it changed
        (
            "The guild had 46 members in May 2023.",
            "In May 2023 the guild had 751 members, 46 more than in May 2022.",
            CONFLICT,
        ),
        # nobody says "less than half" of 8 percent
        ("Less than half of the looms in Zell stood still.", "Of the looms in Zell 8 percent stood still.", OPEN),
        ("Less than half of the looms in Zell stood still.", "Of the looms in Zell 41 percent stood still.", MATCH),
        # what is a part of a whole counts what the whole counts
        (
            "On Monday the zoo lost over half of its birds to the storm.",
            "The storm cost the zoo 1,400 of its 5,200 birds on Monday.",
            CONFLICT,
        ),
        # what a denial says of one clause it does not say of the next
        (
            "Support for the dam sank by 25 percentage points within a year.",
            "Support for the dam sank from 48 to 36 percent within a year; the others have no opinion.",
            CONFLICT,
        ),
    ],
)
def test_compares_what_the_passage_gives_the_claims_owner(comparer, claim, evidence, relation):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is relation, findings


@pytest.mark.model
def test_sees_that_a_passage_has_the_claimed_figure_and_the_ratio_is_wrong(comparer):
    claim = "Private felling reached 109.1 million logs in the United States, about three times as much as in China."
    (findings,) = comparer.compare([Comparison(claim, TIMBER)])
    assert {finding.claimed: finding.relation for finding in findings} == {
        "109.1 million": OPEN,
        "about three times": CONFLICT,
    }
    assert "109,100,000 / 9,300,000 = 11.73" in findings[-1].note


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "working"),
    [
        (
            "Togo has about 400 farmers to the square kilometre.",
            "Togo has ten million farmers and an area of 25,000 square kilometres.",
            "10,000,000 / 25,000 = 400",
        ),
        (
            "Cod was worth nearly 29 kroner a kilogram.",
            "Some 5,120 tonnes of cod were worth 148 million kroner.",
            "148,000,000 / 5,120,000 = 28.91",
        ),
        (
            "Altogether the reactors are rated at 3.6 GW.",
            "All four reactors run. Each of the reactors is rated at 900 MW.",
            "900 × 4 = 3.6",
        ),
        (
            "Other countries grow about a fifth of the vanilla.",
            "Togo grows 80 percent of the vanilla grown by all countries.",
            "100 − 80 = 0.2",
        ),
        (
            "The share of trains on time had been 60 percent.",
            "The share of trains on time rose by 3 percentage points to 63 percent.",
            "63 − 3 = 60",
        ),
        (
            "The fare in Zell went up by almost 12 percent.",
            "A fare in Zell costs 95 pence, up from 85; a child's fare stays at 65.",
            "(0.95 − 0.85) / 0.85 = 11.76 %",
        ),
        (
            "The yard's profit in 2022 was around €427 million.",
            "The yard's profit in 2023 came to €640 million, half as much again as in 2022.",
            "640,000,000 / (1 + 0.5) = 426,666,667",
        ),
        (
            "In the afternoon gulls visited 19 of the rocks.",
            "Gulls visited 38 of the 50 rocks in the morning. In the afternoon the tally was down by half.",
            "38 × (1 − 0.5) = 19",
        ),
        (
            "Under a tenth of Togo's power came from plants that are not new.",
            "Togo drew 94 percent of its power from new plants.",
            "100 − 94 = 0.06",
        ),
        (
            "About one citizen in eight has no opinion of the dam.",
            "Support for the dam sank to 36 percent; 51 percent now object, and the others have no opinion.",
            "1 − 0.36 − 0.51 = 0.13",
        ),
        (
            "In 2020 there were 116 fewer falls per 100,000 climbs than in 2000.",
            "Between 2000 and 2020 falls went down by 34 percent, from 339 to 223 per 100,000 climbs.",
            "223 − 339 = -116",
        ),
        (
            "A dozen crews came from Togo.",
            "Of the 32 crews, eleven came from Benin, nine from Ghana and the rest from Togo.",
            "32 − 11 − 9 = 12",
        ),
        (
            "More than half of the band are drummers and pipers.",
            "The band has 64 players: 20 drummers, 18 pipers, and the horns and harps in equal number.",
            "(20 + 18) / 64 = 59.38 %",
        ),
    ],
)
def test_computes_rates_rests_and_what_was_before_or_after(comparer, claim, evidence, working):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is MATCH, findings
    assert any(working in finding.note for finding in findings), findings


def test_takes_a_station_for_no_state():
    assert concept("stations") == concept("station") != concept("state")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Bread costs 15 cents.", "0.15", "USD"),
        ("Bread costs 3 euros and a roll 50 cents.", "0.50", "EUR"),
        ("A stamp costs 40 pence.", "0.40", "GBP"),
    ],
)
def test_reads_coins_as_money(text, value, unit):
    last = find_quantities(text)[-1]
    assert (str(last.value), last.unit) == (value, unit)
    assert text[last.start : last.end].split()[-1] in ("cents", "pence")


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "reason"),
    [
        (
            "Orbis is the fourth-largest seller of yarn by output.",
            "Okapi is the fourth-largest seller of yarn by output.",
            "it is not the place of Orbis",
        ),
        (
            "Orbis is the fourth-largest seller of yarn.",
            "Orbis is the fourth-smallest seller of yarn.",
            "the ranking is by another measure",
        ),
        (
            "Orbis is the fourth-largest seller of yarn in Togo.",
            "Orbis is the fourth-largest seller of yarn in Ghana.",
            "the ranking is of another part of the world",
        ),
        ("Orbis owns 173 looms.", "Okapi rents 173 mills in Togo.", "too, but other things are counted"),
    ],
)
def test_says_what_keeps_two_equal_figures_apart(comparer, claim, evidence, reason):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is OPEN
    assert any(reason in finding.note for finding in findings), findings
    assert not any(
        f"“{item.found}” in the source cannot be compared with “{item.found}”" in item.note for item in findings
    )


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It left on 3 March 2019 and landed on 5 December of the same year.", ("2019-12-05", "2019-12-05")),
        ("It opened in 2012 and closed two years later.", ("2014-01-01", "2014-12-31")),
        ("It had 9 rooms in 2020, against 7 the year before.", ("2019-01-01", "2019-12-31")),
        ("It opened in January 2021 and burnt down in June of that year.", ("2021-06-01", "2021-06-30")),
        ("It was sold the year before.", None),
    ],
)
def test_reads_dates_that_are_told_from_another(text, last):
    dates = link_dates(text, find_dates(text))
    assert (str(dates[-1].first), str(dates[-1].last)) == last if last else not dates


@pytest.mark.model
@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("Zell's exports fell in 2022.", "Zell's exports rose by 4 percent in 2022.", CONFLICT),
        ("Zell's exports rose in 2022.", "Zell's exports rose by 4 percent in 2022.", MATCH),
        ("Zell's exports fell in 2022.", "Zell's exports rose by 4 percent in 2021.", OPEN),
        ("Zell's imports fell in 2022.", "Zell's exports rose by 4 percent in 2022.", OPEN),
        ("Zell's exports did not fall in 2022.", "Zell's exports rose by 4 percent in 2022.", OPEN),
        (
            "Net income of the mill grew by 26 % in 2022.",
            "Turnover of the mill grew by 26 % in 2022, yet its net income fell to €61 million.",
            CONFLICT,
        ),
        ("Wool rose by $12.40 in May.", "Wool closed at $2,034 in May; silk slipped 2 percent, to $23.", OPEN),
        ("Exports of Zell fell in 2022.", "Exports of Zell came to 50 tonnes in 2022, up from 40.", CONFLICT),
    ],
)
def test_holds_a_rise_or_fall_against_the_change_of_the_passage(comparer, claim, evidence, relation):
    (findings,) = comparer.compare([Comparison(claim, evidence)])
    assert overall_relation(findings) is relation, findings


def test_reads_a_figure_after_a_year_as_no_year():
    (first, second) = find_dates("It went from 40 tonnes in 2021 to 50 tonnes in 2022.")
    assert (first.text, second.text) == ("2021", "2022")
    assert [day.text for day in find_dates("in 2018–19 and from 2020 to 2022")] == ["2018–19", "2020 to 2022"]
