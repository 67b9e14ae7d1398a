"""Articles are read with every offset valid, their layout recognised, and bad input refused in one clear line."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.article import MAX_BYTES, detect_language, parse_article, parse_date, read_article
from factcheck.errors import BadArticle
from factcheck.layout import split_blocks
from factcheck.types import BlockKind

PAGE = """<!doctype html><html><head><title>Bridge closed</title>
<meta property="article:published_time" content="2024-05-03T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge closed after crack</h1><p>The bridge over the Lune was closed on Friday after engineers found
a crack of 12 centimetres in a girder.</p><h2>Cost</h2>
<ul><li>Repairs will cost £2m.</li><li>The work takes nine weeks.</li></ul>
<p>The council, which owns the bridge, said that buses would be sent round by Halton for the time being.</p></article>
<footer>© 2024</footer></body></html>"""


def kinds_of(text):
    return [(str(block.kind), block.span.text) for block in parse_article(text, force=True).blocks]


@given(st.text(max_size=400))
def test_blocks_slice_back_to_their_text_and_never_overlap(text):
    end = 0
    for block in split_blocks(text):
        assert text[block.span.start : block.span.end] == block.span.text
        assert block.span.start >= end
        end = block.span.end


def test_layout_of_a_report():
    text = (
        "Ten years of trams\n\nBy Ann Lee\n\n1. The start\nThe line opened in 2014.\n\nKey figures\n- Stops: 24\n"
        "- Cost: £80m\n\nRead next: More trams\n\nLeave a Reply\nYour email address will not be published."
    )
    assert kinds_of(text) == [
        ("title", "Ten years of trams"),
        ("boilerplate", "By Ann Lee"),
        ("heading", "The start"),
        ("paragraph", "The line opened in 2014."),
        ("heading", "Key figures"),
        ("bullet", "Stops: 24"),
        ("bullet", "Cost: £80m"),
        ("boilerplate", "Read next: More trams"),
        ("boilerplate", "Leave a Reply"),
        ("boilerplate", "Your email address will not be published."),
    ]


def test_bullets_know_their_section_and_their_lead_in():
    article = parse_article(
        "# Trams\n\n## Money\n\nThe city pays for:\n\n• tracks\n• wires and masts\n\nNothing else is paid."
    )
    bullets = [block for block in article.blocks if block.kind is BlockKind.BULLET]
    assert [b.section for b in bullets] == ["Money", "Money"]
    assert {article.blocks[b.lead_in].span.text for b in bullets} == {"The city pays for:"}


def test_a_numbered_list_is_no_list_of_headings():
    text = "Rules for visitors\n\n1. Shoes must be left at the door.\n2. Dogs stay outside.\n3. Photos are allowed.\n"
    assert [kind for kind, _ in kinds_of(text)] == ["title", "bullet", "bullet", "bullet"]


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    text = "The harbour was dredged in the spring of last year so that larger ships\ncould enter it at low tide. "
    text += "The work took nine weeks and cost the port\nabout four million euros in all.\n"
    assert [kind for kind, _ in kinds_of(text)] == ["paragraph"]


def test_windows_line_ends_and_a_byte_order_mark_stay_in_the_text(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffTitle here\r\n\r\nThe bridge is 40 metres long.\r\n".encode())
    article = read_article(str(file))
    assert article.text == "\ufeffTitle here\r\n\r\nThe bridge is 40 metres long.\r\n"
    for block in article.blocks:
        assert article.text[block.span.start : block.span.end] == block.span.text
    assert not article.embeds_text


def test_html_gives_the_main_content_with_title_and_date(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    article = read_article(str(file))
    assert article.embeds_text
    assert article.published == "2024-05-03"
    assert "Home" not in article.text and "© 2024" not in article.text
    assert [str(b.kind) for b in article.blocks].count("bullet") == 2


def test_standard_input_is_read_and_carries_its_text():
    article = read_article("-", stdin=io.BytesIO(b"The mill employs 40 people in the town."))
    assert article.path == "-" and article.embeds_text
    assert article.text == "The mill employs 40 people in the town."


def test_front_matter_gives_title_and_date_and_is_no_block():
    article = parse_article("---\ntitle: Tides\ndate: 2023-02-01\n---\n\nThe tide rose by three metres.\n")
    assert (article.title, article.published) == ("Tides", "2023-02-01")
    assert [b.span.text for b in article.blocks] == ["The tide rose by three metres."]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Storm\n\nLISBON, June 13, 2024 – A storm hit the coast on Thursday.", "2024-06-13"),
        ("Storm\n\nSan Isidro, Feb. 4, 2025. A storm hit the coast.", "2025-02-04"),
        ("Storm\n\nPublished: 3 May 2022\n\nA storm hit the coast.", "2022-05-03"),
        ("Remarks by the mayor, Lisbon, 12 April 2025\n\nA storm hit the coast.", "2025-04-12"),
        ("Storm of 2025: What to know\n\nA storm hit the coast in May 2021.", None),
    ],
)
def test_the_articles_own_date(text, published):
    assert parse_article(text).published == published


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024-06-05T10:00:00Z", "2024-06-05"),
        ("June 5, 2024", "2024-06-05"),
        ("2024", "2024"),
        ("2024-06", "2024-06"),
        ("2024-13-45", None),
        ("2024-00", None),
        ("soon", None),
        ("~", None),
    ],
)
def test_a_date_in_front_matter_is_one_of_the_calendar_or_none(written, published):
    article = parse_article(f"---\ntitle: Tides\ndate: {written}\n---\n\nThe tide rose by three metres.\n")
    assert (article.title, article.published) == ("Tides", published)
    assert parse_article("The tide rose by three metres.", published=written).published == published


def test_a_day_that_no_month_has_is_no_date():
    assert parse_article("Storm\n\nPublished: February 30, 2024\n\nA storm hit the coast.").published is None


def test_front_matter_that_grows_through_aliases_is_not_written_out():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    matter = "\n".join([*lines, "title: *a11", "date: 2024-06-05"])
    article = parse_article(f"---\n{matter}\n---\n\nThe tide rose by three metres.\n")
    assert (article.title, article.published) == ("", "2024-06-05")


def test_a_dateline_is_left_out_of_its_paragraph():
    article = parse_article("Storm\n\nLISBON, June 13, 2024 – A storm hit the coast on Thursday.")
    assert article.blocks[1].span.text == "A storm hit the coast on Thursday."


@pytest.mark.parametrize(
    ("text", "iso"), [("2 November 1967", "1967-11-02"), ("Sept. 2024", "2024-09"), ("2024-13-01", None), ("May", None)]
)
def test_parse_date(text, iso):
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"\x00\x01\x02 binary", "is a binary file"),
        (b"%PDF-1.7 x", "is a PDF"),
        ("Größe".encode("latin-1"), "is not UTF-8 (byte 0xF6 at 2)"),
        (b"Hello\n", "holds no sentence"),
    ],
)
def test_bad_input_is_refused_in_one_line(tmp_path, data, message):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(BadArticle, match=r".") as caught:
        read_article(str(file))
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_missing_files_folders_and_huge_files_are_refused(tmp_path):
    with pytest.raises(BadArticle, match="does not exist"):
        read_article(str(tmp_path / "nothing.txt"))
    with pytest.raises(BadArticle, match="is a folder"):
        read_article(str(tmp_path))
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadArticle, match="the limit is 20 MB"):
        read_article(str(huge))


GERMAN = (
    "Die Brücke über den Fluss wurde am Freitag gesperrt, weil ein Riss in dem Träger gefunden worden ist und nun "
    "repariert werden muss."
)


def test_another_language_is_named_and_let_through_when_forced():
    with pytest.raises(BadArticle, match="seems to be in German"):
        parse_article(GERMAN)
    assert parse_article(GERMAN, force=True).blocks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le pont sur la rivière est fermé depuis vendredi et les travaux vont durer plus de neuf semaines.", "French"),
        (
            "这座桥于周五关闭，因为工程师在梁上发现了一条十二厘米长的裂缝。修复需要九周时间，市议会说公交车将绕行，预计费用两百万英镑。",
            "an unknown language",
        ),
        ("MAYOR RESIGNS AFTER THE AUDIT FOUND THAT MONEY WAS MISSING FROM THE ROAD FUND OF THE CITY", "English"),
        ("Revenue of €412 million", "English"),
    ],
)
def test_detect_language(text, language):
    assert detect_language(text) == language
