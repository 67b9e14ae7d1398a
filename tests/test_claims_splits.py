"""Sentences of kinds that running text has often, taken apart with the shipped parser."""

from functools import lru_cache

import pytest

from factcheck.article import parse_article
from factcheck.claims import SpacyExtractor

pytestmark = pytest.mark.model


@lru_cache(maxsize=1)
def load():
    return SpacyExtractor.load()


def texts_of(text):
    return [claim.text for claim in load().extract([parse_article(text, force=True)])[0]]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # what members of a coordination share, and which are no members
        (
            "Omar Vasquez is a Chilean singer-songwriter and artist.",
            ["Omar Vasquez is a Chilean singer-songwriter.", "Omar Vasquez is an artist."],
        ),
        (
            "Jack Loden is a Scottish stage, television, and film actor.",
            ["Jack Loden is a Scottish stage, television, and film actor."],
        ),
        (
            "Ann Holm is the founder and former chairman of Delta Bank.",
            ["Ann Holm is the founder of Delta Bank.", "Ann Holm is the former chairman of Delta Bank."],
        ),
        # appositions
        (
            "Delta Health, one of the nation's largest hospital chains, is looking for a partner.",
            [
                "Delta Health is one of the nation's largest hospital chains.",
                "Delta Health is looking for a partner.",
            ],
        ),
        (
            "She won praise for parts in the films Bay Girls (2003), The Hat in the Hall (2004) and Red Fire (2005).",
            ["She won praise for parts in the films Bay Girls (2003), The Hat in the Hall (2004) and Red Fire (2005)."],
        ),
        (
            "The committee gave the first seed to the University of Maryland, College Park.",
            ["The committee gave the first seed to the University of Maryland, College Park."],
        ),
        # participles and clauses of a predicate noun
        (
            "River Song is a 2010 film directed by Mick Jones and starring Clare Dunn.",
            [
                "River Song is a 2010 film.",
                "River Song is directed by Mick Jones.",
                "River Song stars Clare Dunn.",
            ],
        ),
        (
            "Omar Vasquez is a banker, best known for his taste in ties.",
            ["Omar Vasquez is a banker.", "Omar Vasquez is best known for his taste in ties."],
        ),
        (
            "Ann Holm is a Danish painter whose work hangs in many museums.",
            ["Ann Holm is a Danish painter.", "Ann Holm's work hangs in many museums."],
        ),
        (
            "In 2003 Omar Vasquez created, produced, and hosted the show.",
            [
                "In 2003 Omar Vasquez created the show.",
                "In 2003 Omar Vasquez produced the show.",
                "In 2003 Omar Vasquez hosted the show.",
            ],
        ),
        # clauses with commas alone between them
        (
            "Anna Weiss took a degree in engineering, Eric Lund took a degree in physics, and Reid Holm studied law.",
            [
                "Anna Weiss took a degree in engineering.",
                "Eric Lund took a degree in physics.",
                "Reid Holm studied law.",
            ],
        ),
        (
            "Should the trial succeed, farmers might buy the seed.",
            ["Should the trial succeed, farmers might buy the seed."],
        ),
        # brackets behind another noun than the subject
        (
            "Gin is a spirit which has its taste from juniper berries (Juniperus communis).",
            ["Gin is a spirit.", "Gin has its taste from juniper berries."],
        ),
    ],
)
def test_sentences_are_split_into_propositions(text, claims):
    assert texts_of(text) == claims


def test_a_speaker_behind_whose_name_stands_his_office_is_named():
    assert texts_of('"The bridge opened in May," said Roy Rana, Head Coach.')[-1] == (
        "The bridge opened in May, according to Roy Rana."
    )


def test_a_name_that_ends_in_s_is_called_he():
    text = "Dawkins has won many prizes, and he writes for a daily paper."
    assert texts_of(text) == ["Dawkins has won many prizes.", "Dawkins writes for a daily paper."]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("It is difficult to see the ship from the shore.", "Seeing the ship from the shore is difficult."),
        ("It was Ann Lee who found the tomb.", "Ann Lee found the tomb."),
        ("It is known that the tomb was opened in 1902.", "The tomb is known to have been opened in 1902."),
        ("It was reported that the bank had lost its licence.", "The bank was reported to have lost its licence."),
        (
            "It is estimated that 3 million people have left the country.",
            "3 million people are estimated to have left the country.",
        ),
        ("It is likely that the plant will close.", "The plant is likely to close."),
        ("It is possible that the cover was blue.", "The cover was possibly blue."),
        ("It is believed that the firm can pay.", "It is believed that the firm can pay."),
        ("It is not known that the bank lost money.", "It is not known that the bank lost money."),
    ],
)
def test_an_empty_it_gives_way_to_what_is_said(text, claim):
    assert texts_of(text) == [claim]


def test_a_claim_with_an_open_subject_is_left_out_beside_another_of_its_sentence():
    assert texts_of("This is rare in Norway, where most lakes are deep.") == ["Most lakes are deep in Norway."]
    assert texts_of("This is rare in Norway.") == ["This is rare in Norway."]


def test_a_pronoun_of_a_title_stays():
    text = "Ann Lee sang in Watch My Step and We Are Late."
    assert all("My Step" in claim or "We Are" in claim for claim in texts_of(text))


def test_what_is_said_by_somebody_unknown_is_the_claim():
    claim = load().extract([parse_article("They say the stadium will pay for itself.")])[0][0]
    assert claim.text == "The stadium will pay for itself, according to them."
    assert claim.unresolved == ("They",)


def test_he_and_she_follow_the_first_name_or_the_title():
    text = "The plan of Karen Lund was read by Peter Holm. She won the prize."
    assert texts_of(text)[-1] == "Karen Lund won the prize."


def test_a_number_of_people_have_what_is_theirs():
    text = "The talks were long. In May a number of party members withdrew their names."
    assert texts_of(text)[-1].endswith("a number of party members withdrew their names.")


def test_nobody_is_an_amount_of_money():
    text = "Money is not short. These are the plans:\n\n• Siemens – More than 3 billion euros for cables and masts.\n"
    assert "Siemens' plan is more than 3 billion euros for cables and masts." in texts_of(text)
    text = "Money is not short.\n\n• Siemens: 3 billion euros for cables.\n• Renault: over 2 billion euros for masts.\n"
    assert "The figure for Siemens is 3 billion euros for cables." in texts_of(text)


def test_an_image_that_says_nothing_is_no_claim():
    assert texts_of("Trade is at the heart of growth.") == []
    assert texts_of("The church stands at the heart of the village.") == [
        "The church stands at the heart of the village."
    ]


def test_a_range_of_examples_may_be_left_out():
    assert texts_of("The firm sells parts for trade, from hand tools to engines.") == [
        "The firm sells parts for trade.",
        "The firm sells parts for trade, from hand tools to engines.",
    ]


def test_what_those_of_a_list_do_is_told_by_itself():
    text = "The town has good schools, cheap power, and many students working in local firms."
    assert texts_of(text)[-1] == "Many students are working in local firms."


def test_a_list_that_the_parser_tore_in_two_stays_whole():
    text = "The region has old docks, large yards, and domestic firms like Renault, Audi, and Fiat investing in ships."
    assert texts_of(text)[0] == text


def test_most_of_which_counts_the_plural_before_it():
    text = "Food kept in tins is food not bought in markets or corner shops, most of which are owned by locals."
    assert texts_of(text)[-1] == "Most of markets or corner shops are owned by locals."
