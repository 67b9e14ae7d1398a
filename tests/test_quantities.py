"""Reading of figures, units, bounds and ranks: examples of what must be read, and of what is no quantity."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.evaluate.findings import measure_quantities
from factcheck.evaluate.verify import read_rows
from factcheck.quantities import find_quantities
from factcheck.quantities.units import conversion_factor, name_unit
from factcheck.types import Bound

GOLD = Path(__file__).parents[1] / "claims" / "gold" / "quantities.jsonl"


def read_one(text: str) -> tuple[str, str, str]:
    (quantity,) = find_quantities(text)
    return f"{quantity.value.normalize():f}", quantity.unit, quantity.bound.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fund holds $52bn.", ("52000000000", "USD", "exact")),
        ("The fund holds US$ 52.7 billion.", ("52700000000", "USD", "exact")),
        ("It cost 52.7 billion dollars.", ("52700000000", "USD", "exact")),
        ("It cost about €3.4 million.", ("3400000", "EUR", "about")),
        ("Some six million people came.", ("6000000", "count", "about")),
        ("Over 170 machines run.", ("170", "count", "over")),
        ("170+ museums joined.", ("170", "count", "at_least")),
        ("No fewer than forty ships sank.", ("40", "count", "at_least")),
        ("Nearly half of the islanders left.", ("0.5", "ratio", "nearly")),
        ("Two-fifths of the crop failed.", ("0.4", "ratio", "exact")),
        ("Three out of four pupils passed.", ("0.75", "ratio", "exact")),
        ("It has twice as many lakes as Norway.", ("2", "ratio", "exact")),
        ("Sales grew tenfold.", ("10", "ratio", "exact")),
        ("A dozen firms bid.", ("12", "count", "exact")),
        ("Half a million bees fled.", ("500000", "count", "exact")),
        ("Tens of thousands of pilgrims walked.", ("10000", "count", "at_least")),
        ("The rate fell by 0.4 percentage points.", ("0.4", "percentage_point", "exact")),
        ("The rate fell by 25 basis points.", ("25", "basis_point", "exact")),
        ("Turnout was 61 per cent.", ("61", "percent", "exact")),
        ("It is built on a 7nm process.", ("7", "nanometer", "exact")),
        ("It sustains 1,102 petaflops.", ("1102", "petaflops", "exact")),
        ("The line carries 1.4 GW.", ("1.4", "gigawatt", "exact")),
        ("It flew at 6.1 km per second.", ("6.1", "kilometer_per_second", "exact")),
        ("It is the third-largest bank.", ("3", "rank", "exact")),
        ("She came fourth, behind Ruiz.", ("4", "rank", "exact")),
        ("The film got 6.1/10 from viewers.", ("6.1", "out_of_10", "exact")),
        ("One hundred and twenty-three boats sailed.", ("123", "count", "exact")),
        ("It fell to −12 °C.", ("-12", "degree_Celsius", "exact")),
    ],
)
def test_reads(text, expected):
    assert read_one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Boeing 737 output resumed on 14 March 2024.",
        "Covid-19 tests moved to Building 12 in October 2021.",
        "Section 230 dates from 1996.",
        "Apollo 11 and Apollo 12 landed on the Moon.",
        "Dial 112 or 0800 555 111 for advice.",
        "They won 2-1 on Sunday at 10:30.",
        "In the third quarter of 2024 no one of them spoke.",
        "The Group of 77 met on BBC Two.",
        "",
        "No figure at all.",
    ],
)
def test_leaves_names_dates_and_times_alone(text):
    assert find_quantities(text) == ()


def test_a_range_is_one_quantity_and_a_change_is_two():
    (power,) = find_quantities("It met between 38 and 41 percent of demand.")
    assert (power.value, power.high, power.bound) == (38, 41, Bound.BETWEEN)
    old, new = find_quantities("Exports climbed from $3.2bn to $4.1bn.")
    assert (old.value, new.value) == (Decimal("3.2e9"), Decimal("4.1e9"))


def test_knows_what_is_counted():
    assert [q.of for q in find_quantities("It carries 1,200 passengers and 250 cars.")] == ["passengers", "cars"]


def test_offsets_cover_figure_and_bound():
    text = "China holds over 170 of them."
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == "over 170"


@given(st.integers(1, 999), st.sampled_from([("thousand", 10**3), ("million", 10**6), ("billion", 10**9)]))
@settings(deadline=None)
def test_spelling_does_not_matter(number, scale):
    word, factor = scale
    values = {
        find_quantities(f"They built {text} homes.")[0].value
        for text in (
            f"{number} {word}",
            f"{number * factor:,}",
            f"{number * factor}" if number * factor > 9999 else f"{number} {word}",
        )
    }
    assert values == {Decimal(number * factor)}


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_text_breaks_it_and_spans_lie_within(text):
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.high is None or quantity.high > quantity.value


_WORDS = st.sampled_from(
    "over under about half twice third 3 1.5 2,000 1999 % $ € km nm m million bn - – / ( ) , . the a of in from to "
    "between and May 12 quarter first most dozen hundred per as many more than -year-old +".split()
)


@given(st.lists(_WORDS, max_size=14))
@settings(deadline=None)
def test_no_salad_of_its_own_words_breaks_it(words):
    text = " ".join(words)
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end].strip()


@given(
    st.sampled_from(
        [("kilometer", "meter"), ("mile", "kilometer"), ("petabyte", "terabyte"), ("hectare", "square_kilometer")]
    )
)
@settings(deadline=None)
def test_conversion_there_and_back_is_one(units):
    there, back = conversion_factor(*units), conversion_factor(*units[::-1])
    assert there is not None and back is not None
    assert abs(there * back - 1) < Decimal("1e-20")


def test_money_temperatures_and_points_do_not_convert():
    assert conversion_factor("USD", "EUR") is None
    assert conversion_factor("degree_Celsius", "degree_Fahrenheit") is None
    assert conversion_factor("percent", "percentage_point") is None
    assert conversion_factor("count", "percent") is None
    assert conversion_factor("percent", "ratio") == Decimal("0.01")


def test_unit_names():
    assert [name_unit(name) for name in ("Kilometres", "kWh", "per cent", "square miles", "parsnips")] == [
        "kilometer",
        "kilowatt_hour",
        "percent",
        "square_mile",
        None,
    ]


def test_holds_the_floor_on_the_labelled_sentences():
    rows = read_rows(GOLD, ("text", "quantities"))
    unseen = measure_quantities(rows[0::2])
    assert unseen.n > 150
    assert unseen.f1 >= 0.90
