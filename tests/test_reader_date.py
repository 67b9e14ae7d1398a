"""Where the reader's date comes from, in the order that the contract gives."""

from datetime import date

from factcheck.article import parse_article
from factcheck.reader_date import find_reader_date, latest_present_year
from factcheck.types import AsOfSource

TODAY = date(2026, 5, 4)
TEXT = "The port handled 3 million containers in 2021. In 2023 it handled more than in any year before."


def test_the_flag_comes_first():
    article = parse_article(TEXT, published="2024-02-01")
    assert find_reader_date(article, "2022", TODAY) == ("2022", AsOfSource.FLAG)


def test_then_the_article_then_its_text_then_today():
    assert find_reader_date(parse_article(TEXT, published="2024-02-01"), None, TODAY) == (
        "2024-02-01",
        AsOfSource.ARTICLE,
    )
    assert find_reader_date(parse_article(TEXT), None, TODAY) == ("2023", AsOfSource.TEXT)
    undated = parse_article("The port handled more containers than any other port did before.")
    assert find_reader_date(undated, None, TODAY) == ("2026-05-04", AsOfSource.TODAY)


def test_years_ahead_and_figures_that_look_like_years_do_not_count():
    assert latest_present_year(["It will open in 2025.", "It opened in 2019."], 2026) == 2019
    assert latest_present_year(["It cost $2024 and sold 2,025 units to 2020.5 people."], 2026) is None
    assert latest_present_year(["By 2024, it had three lines."], 2026) == 2024
    assert latest_present_year(["It dates from 2031."], 2026) is None
