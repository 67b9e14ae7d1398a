"""What an undecided claim asks of a corpus, and which documents would decide the most."""

import time

import pytest

from factcheck.gaps import Gap, describe_gap, make_query, wish_for
from factcheck.names import find_names
from factcheck.quantities import find_quantities, find_time
from factcheck.types import Claim, Kind, Place


def a_claim(text, worth=0.8):
    return Claim(
        text, text, Place(0, len(text), text), Kind.QUANTITY, True, worth,
        quantities=find_quantities(text), time=find_time(text, said_on="2025"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Construction of the Harbour Line began in March.", ("Harbour Line", "March")),
        ("Ghana's ports handled more than Togo did.", ("Ghana", "Togo")),
        ("The Bank of England raised rates.", ("Bank of England",)),
        ("In Norway, ferries burn less oil.", ("Norway",)),
        ("Two thirds came from the state.", ()),
        ("Nearly 40 ferries sail.", ()),
        ("Ferries had 12 crossings a day.", ()),
        ("Bramley holds a third of the market.", ("Bramley",)),
        ("eFerry's Tern sails for the US Coast Guard.", ("eFerry", "Tern", "US Coast Guard")),
        ("It names Bramley, Cole and Dunn.", ("Bramley", "Cole", "Dunn")),
        ("The Ports and Harbours Act was signed.", ("Ports and Harbours Act",)),
    ],
)
def test_names_are_found_without_the_capital_of_a_sentence_start(text, names):
    assert find_names(text) == names


def test_a_query_keeps_names_years_and_content_words():
    assert make_query("In 2024 the Port of Lome handled more than 2 million containers.") == (
        "2024 Port Lome handled containers"
    )


def test_a_gap_says_what_was_looked_for():
    gap = describe_gap(a_claim("In March 2024 Ghana exported over 500,000 tonnes of cocoa to the US."))
    assert (gap.names, gap.time) == (("Ghana", "US"), "March 2024")
    assert gap.figures == ("over 500,000 tonnes of cocoa",)
    assert gap.query == "Ghana exported cocoa US 2024"
    assert describe_gap(a_claim("The yard launched nine barges.")).figures == ("nine barges",)


def test_the_document_that_decides_most_comes_first_and_no_claim_is_counted_twice():
    texts = [
        "In 2024 the Harbour Line carried 3 million people.",
        "Fares on the Harbour Line rose by 4 percent.",
        "The Mill Tower is 60 metres high.",
    ]
    wishes = wish_for([describe_gap(a_claim(t)) for t in texts])
    assert [w.subject for w in wishes] == ["Harbour Line", "Mill Tower"]
    assert sorted(g.claim for w in wishes for g in w.gaps) == sorted(texts)
    assert wish_for([]) == ()


def test_thousands_of_gaps_are_grouped_at_once():
    gaps = [Gap(str(n), 0.5, (f"Port {n}", f"Port {n + 1}", "Hull"[: n % 5]), (), None, "port") for n in range(2000)]
    begun = time.monotonic()
    wishes = wish_for(gaps)
    assert time.monotonic() - begun < 5
    assert sorted(g.claim for w in wishes for g in w.gaps) == sorted(g.claim for g in gaps)
