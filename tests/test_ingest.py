import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from factcheck.corpus import read_corpus, split_passages
from factcheck.errors import BadDocument, BadWorkspace, FactcheckError
from factcheck.ingest import AddSummary, Details, Outcome, add_paths
from factcheck.ingest.add import read_settled
from factcheck.ingest.form import escape_markdown, guess_kind, read_date
from factcheck.ingest.pdf import _write_pages, find_running_lines, join_lines
from factcheck.ingest.web import Limits, fetch, is_public
from factcheck.types import Document, Passage, SourceKind


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(path: Path, content: bytes | str) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (1_700_000_000, 1_700_000_000))  # long settled
    return str(path)


def add(corpus: Path, *sources: str, **details) -> tuple[AddSummary, list[Document], list[Passage]]:
    summary = add_paths(sources, corpus, details=Details(**details))
    read = read_corpus(corpus)
    return summary, list(read.documents), list(read.passages)


def refusal(corpus: Path, source: str) -> str:
    summary, documents, _ = add(corpus, source)
    assert (len(summary.refused), documents) == (1, [])
    assert source in summary.refused[0].note
    return summary.refused[0].note.replace(source, "FILE")


def make_pdf(paragraphs_by_page: list[list[str]], *, title: str = "Harbour report") -> bytes:
    target, styles = io.BytesIO(), getSampleStyleSheet()
    story = []
    for page in paragraphs_by_page:
        story += [Paragraph(text, styles["BodyText"]) for text in page]
        story.append(PageBreak())
    foot = lambda canvas, document: canvas.drawString(50, 20, f"Port Office - page {document.page}")  # noqa: E731
    SimpleDocTemplate(target, pagesize=A4, title=title).build(story, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def make_epub(chapters: dict[str, str], *, extra: dict[str, bytes] | None = None) -> bytes:
    target = io.BytesIO()
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters)
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>The Sea Book</dc:title><dc:publisher>Tide Press</dc:publisher><dc:date>2019-05-02</dc:date>"
            f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, body in chapters.items():
            archive.writestr(f"OEBPS/{name}.xhtml", f"<html><head><title>x</title></head><body>{body}</body></html>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


class TestText:
    def test_markdown_keeps_its_front_matter_and_details_stand_above_it(self, corpus, inbox):
        path = put(inbox / "a.md", "---\ntitle: Tides\npublisher: Port\nkind: law\nas_of: 2020\n---\nHigh at noon.\n")
        summary, (document,), (passage,) = add(corpus, path, published="2024-11", kind=SourceKind.OFFICIAL)
        assert (document.title, document.publisher, document.published, document.as_of, document.kind) == (
            "Tides", "Port", "2024-11", "2020", SourceKind.OFFICIAL
        )  # fmt: skip
        assert passage.text == "High at noon."
        assert summary.lines() == ["1 added"]
        assert "original: a.md" in (corpus / "tides.md").read_text()

    def test_text_has_a_title_line_and_nothing_in_it_is_markup(self, corpus, inbox):
        path = put(
            inbox / "a.txt", "The Tides of 2024\r\n\r\nHigh at noon.\r\n\r\n# 5 ships sank.\r\n| Not a table |\r\n"
        )
        summary, (document,), passages = add(corpus, path)
        assert document.title == "The Tides of 2024"
        assert [(p.text, p.heading) for p in passages] == [
            ("High at noon.", ""),
            ("\\# 5 ships sank.\n\\| Not a table |", ""),
        ]
        assert summary.lines() == [f"added: {path}: no date is known; give --published", "1 added"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_text_in_other_encodings_is_read(self, corpus, inbox, encoding):
        path = put(inbox / "zürich.txt", "Zürich – die größte Stadt.".encode(encoding))
        _, (document,), (passage,) = add(corpus, path)
        assert (document.title, document.id, passage.text) == ("zürich", "zurich", "Zürich – die größte Stadt.")

    def test_a_web_page_gives_its_main_content_and_metadata(self, corpus, inbox):
        page = """<!DOCTYPE html><html lang="en"><head><title>Harbour doubles | Port News</title>
            <meta property="og:site_name" content="Port News"><meta property="article:published_time"
            content="2024-11-18T08:00:00Z"><meta property="og:title" content="Harbour doubles">
            <script>document.write('<p>Injected words</p>')</script></head><body><nav><a href="/">Home</a></nav>
            <article><h1>Harbour doubles</h1><p>The harbour took 4,700 ships in 2024, twice as many as in 2014.</p>
            <p>Officials said the new pier, opened in March, made the difference for the larger vessels.</p></article>
            <footer>Cookie settings</footer></body></html>"""
        _, (document,), passages = add(corpus, put(inbox / "page.html", page))
        assert (document.title, document.publisher, document.published) == (
            "Harbour doubles",
            "Port News",
            "2024-11-18",
        )
        text = " ".join(p.text for p in passages)
        assert "4,700 ships in 2024" in text
        assert "Injected" not in text
        assert "Cookie" not in text

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ('<title>Ships &amp; tides - Port News</title>', "Ships & tides"),
            ('<title>Ships | A | Port</title><meta content="Own title" property="og:title">', "Own title"),
            ("<title>\n Twenty-\n four ships </title>", "Twenty- four ships"),
        ],
    )  # fmt: skip
    def test_a_page_is_called_what_it_calls_itself(self, corpus, inbox, head, title):
        text = "The harbour took four thousand ships in the year, and more are to come. " * 5
        page = (
            f"<html><head>{head}</head><body><h2>Keyboard shortcuts</h2><article><p>{text}</p></article></body></html>"
        )
        assert add(corpus, put(inbox / "p.html", page))[1][0].title == title

    @pytest.mark.parametrize(
        ("url", "kind"),
        [
            ("https://www.bis.gov/press", "official"), ("https://www.gov.uk/x", "official"),
            ("https://stats.gov.cn/", "official"),
            ("https://www.legislation.gov.uk/ukpga/2024/1", "law"), ("https://eur-lex.europa.eu/x", "law"),
            ("https://ec.europa.eu/eurostat", "official"), ("https://arxiv.org/abs/1", "research"),
            ("https://hai.stanford.edu/x", "research"), ("https://en.wikipedia.org/wiki/X", "reference"),
            ("https://gov.example.com/", "unknown"), ("https://notarxiv.org/", "unknown"), (None, "unknown"),
        ],
    )  # fmt: skip
    def test_hosts_that_say_what_they_are_are_known(self, url, kind):
        assert guess_kind(url) == kind

    def test_escaping_hides_markup_only(self):
        assert escape_markdown("# a\n#b\n--- \n| x\n```\n1. one") == "\\# a\n#b\n\\--- \n\\| x\n\\```\n1. one"

    @given(st.text(alphabet=st.sampled_from("ab #|-=`<!>~*_\n."), max_size=60))
    def test_no_word_of_escaped_text_is_lost(self, text):
        document = Document(id="d", title="T", body=escape_markdown(text), sha256="", path="p")
        kept = " ".join(passage.text for passage in split_passages(document))
        assert sorted(set("ab") & set(text)) == sorted(set("ab") & set(kept))


class TestPdf:
    def test_pages_are_numbered_and_running_feet_are_left_out(self, corpus, inbox):
        towns = ["Hull", "Leith", "Cork", "Bergen", "Porto", "Riga"]
        pages = [[f"{town} took {n}00 ships. It was a good year there."] for n, town in enumerate(towns, start=1)]
        path = put(inbox / "r.pdf", make_pdf(pages))
        _, (document,), passages = add(corpus, path)
        assert document.title == "Harbour report"
        assert [(p.page, p.text.split(".")[0]) for p in passages] == [
            (n, f"{town} took {n}00 ships") for n, town in enumerate(towns, start=1)
        ]
        assert "Port Office" not in document.body

    def test_lines_are_joined_and_broken_words_closed(self):
        lines = [
            "Trade",
            "The harbour of the city has grown in every year, its infra-",
            "structure has doubled since 1990.",
            "• First item of the list",
        ]
        assert join_lines(lines) == [
            "Trade",
            "The harbour of the city has grown in every year, its infrastructure has doubled since 1990.",
            "• First item of the list",
        ]
        contents = list(
            _write_pages(["Contents\nTides . . . . . . . . 7\nShips........ 9", "The oﬃce has ﬁve pilots."])
        )
        assert contents == ["\n<!-- page 1 -->\n", "Contents", "\n<!-- page 2 -->\n", "The office has five pilots."]
        assert find_running_lines(["Head 1\nx\ny\nz", "Head 2\nu\nv\nw"] * 3) >= {"Head #"}
        contents = list(
            _write_pages(["Contents\nTides . . . . . . . . 7\nShips........ 9", "The oﬃce has ﬁve pilots."])
        )
        assert contents == ["\n<!-- page 1 -->\n", "Contents", "\n<!-- page 2 -->\n", "The office has five pilots."]
        assert find_running_lines(["Head 1\nx"] * 3) == set()

    def test_a_password_a_scan_and_damage_are_told_apart(self, corpus, inbox):
        whole = make_pdf([["Some text that is long enough to be read."]])
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
        writer.encrypt("secret", algorithm="RC4-128")
        locked, scan = io.BytesIO(), io.BytesIO()
        writer.write(locked)
        canvas = Canvas(scan)
        canvas.rect(10, 10, 300, 300, fill=1)
        canvas.save()
        assert (
            refusal(corpus, put(inbox / "locked.pdf", locked.getvalue()))
            == "FILE: needs a password; save it without one"
        )
        assert refusal(corpus, put(inbox / "scan.pdf", scan.getvalue())).startswith(
            "FILE: 1 pages without text, a scan"
        )
        assert refusal(corpus, put(inbox / "cut.pdf", whole[: len(whole) // 3])).startswith(
            "FILE: not a readable PDF ("
        )
        assert refusal(corpus, put(inbox / "junk.pdf", b"%PDF-1.7\n" + os.urandom(4000))).startswith(
            "FILE: not a readable"
        )


class TestOffice:
    def test_word_documents_keep_headings_lists_and_tables(self, corpus, inbox):
        word = docx.Document()
        word.core_properties.title = "Port survey"
        word.add_heading("Traffic", level=1)
        word.add_paragraph("Forty ships came. None sank.")
        word.add_paragraph("Pilots: twelve", style="List Bullet")
        table = word.add_table(rows=2, cols=2)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Year", "Ships", "2024", "47"], strict=True
        ):
            cell.text = text
        word.save(str(inbox / "s.docx"))
        _, (document,), passages = add(corpus, str(inbox / "s.docx"))
        assert document.title == "Port survey"
        assert [(p.heading, p.text) for p in passages] == [
            ("Traffic", "Forty ships came. None sank."),
            ("Traffic", "Pilots: twelve"),
            ("Traffic: Year | Ships", "2024 | 47"),
        ]

    def test_e_books_are_read_in_order(self, corpus, inbox):
        book = make_epub({
            "c2": "<h1>Tides</h1><p>High at <em>noon</em>.</p><script>x()</script>",
            "c1": "<div><p>Forty ships.</p><ul><li>One</li><li>Two</li></ul></div>",
        })  # fmt: skip
        _, (document,), passages = add(corpus, put(inbox / "b.epub", book))
        assert (document.title, document.publisher, document.published) == ("The Sea Book", "Tide Press", "2019-05-02")
        assert [(p.heading, p.text) for p in passages] == [
            ("Tides", "High at noon."), ("Tides", "Forty ships."), ("Tides", "One\n\n- Two")
        ]  # fmt: skip

    def test_bombs_and_damage_are_refused_unopened(self, corpus, inbox):
        bomb = make_epub({"c": "<p>x</p>"}, extra={"OEBPS/big.bin": bytes(30_000_000)})
        assert "unpacks to 30,000," in refusal(corpus, put(inbox / "bomb.epub", bomb))
        for name in ("cut.docx", "cut.xlsx", "cut.epub"):
            assert refusal(corpus, put(inbox / name, bomb[:3000])).startswith("FILE: damaged (")
            (inbox / name).unlink()
        assert "not a readable Word document" in refusal(corpus, put(inbox / "epub.docx", make_epub({"c": "<p>x</p>"})))
        many = make_epub({"c": "x"}, extra={f"OEBPS/{n}": b"" for n in range(20_000)})
        assert "in 20,004 parts, over the limit" in refusal(corpus, put(inbox / "many.epub", many))


def test_a_charset_that_is_no_encoding_is_passed_over(corpus, inbox):
    text = "The café took forty ships. " * 9
    page = f"<html><meta charset='undefined'><body><p>{text}</p></body></html>"
    _, (document,), _ = add(corpus, put(inbox / "p.html", page.encode("cp1252")))
    assert "The café took" in document.body


class TestTables:
    def test_rows_become_statements_under_their_header(self, corpus, inbox):
        path = put(inbox / "t.csv", "Year;Port;Ships\n2023;Hull;40\n2024;Leith;47\n;;\n2025-06;Cork;\n")
        _, (document,), passages = add(corpus, path, as_of="2020")
        assert document.title == "t"
        assert [(p.text, p.as_of) for p in passages] == [
            ("Year: 2023; Port: Hull; Ships: 40.", "2023"),
            ("Year: 2024; Port: Leith; Ships: 47.", "2024"),
            ("Year: 2025-06; Port: Cork.", "2025-06"),
        ]

    def test_seconds_are_no_years(self, corpus, inbox):
        table = "Time (s),Period,Ships\n1800.5,3600.5,40\n1900.5,2024,47\n"
        _, _, passages = add(corpus, put(inbox / "t.csv", table))
        assert [p.as_of for p in passages] == [None, "2024"]

    def test_workbooks_are_read_sheet_by_sheet(self, corpus, inbox):
        book = openpyxl.Workbook()
        book.active.title = "Traffic"
        for row in (["Port", "Share"], ["Hull", 0.1 + 0.2], [None, None], ["Leith", 12]):
            book.active.append(row)
        book.create_sheet("Empty")
        book.save(inbox / "t.xlsx")
        _, _, passages = add(corpus, str(inbox / "t.xlsx"))
        assert [(p.heading, p.text) for p in passages] == [
            ("Traffic", "Port: Hull; Share: 0.3."), ("Traffic", "Port: Leith; Share: 12.")
        ]  # fmt: skip

    def test_only_line_feeds_end_a_line_of_json(self, corpus, inbox):
        put(inbox / "p.jsonl", '\ufeff{"title": "A", "text": "Ships\u2028called at Hull."}\r\n')
        assert add(corpus, str(inbox / "p.jsonl"))[0].count(Outcome.ADDED) == 1

    def test_lines_of_json_become_a_document_a_source(self, corpus, inbox):
        rows = (
            '{"text": "Forty ships.", "title": "A", "url": "https://a.example/", "as_of": "2023"}\n\n'
            '{"text": "One tide.", "title": "B", "kind": "law"}\n'
            '{"text": "Fifty ships.", "title": "A", "url": "https://a.example/", "as_of": "2024"}\n'
        )
        summary, documents, passages = add(corpus, put(inbox / "p.jsonl", rows))
        assert [(d.title, d.kind) for d in documents] == [("A", SourceKind.UNKNOWN), ("B", SourceKind.LAW)]
        assert [(p.text, p.as_of) for p in passages] == [
            ("Forty ships.", "2023"),
            ("Fifty ships.", "2024"),
            ("One tide.", None),
        ]
        assert summary.count(Outcome.ADDED) == 2
        assert add(corpus, str(inbox / "p.jsonl"))[0].count(Outcome.UNCHANGED) == 2

    def test_two_sources_under_one_address_stay_two(self, corpus, inbox):
        rows = '{"title": "A", "text": "Forty ships.", "url": "https://a.example/", "publisher": "Port"}\n'
        put(inbox / "p.jsonl", rows + '{"title": "B", "text": "One tide.", "url": "https://a.example/"}\n')
        summary, documents, _ = add(corpus, str(inbox / "p.jsonl"))
        assert summary.count(Outcome.ADDED) == 2
        assert {(d.title, d.publisher) for d in documents} == {("A", "Port"), ("B", None)}

    def test_a_source_keeps_its_own_document_when_the_lines_move(self, corpus, inbox):
        first = '{"text": "Forty ships.", "title": "A", "publisher": "Port A", "published": "2023"}\n'
        put(inbox / "p.jsonl", first)
        add(corpus, str(inbox / "p.jsonl"))
        put(inbox / "p.jsonl", '{"text": "One tide.", "title": "B"}\n' + first)
        _, documents, _ = add(corpus, str(inbox / "p.jsonl"))
        assert {(d.title, d.publisher, d.published, d.body.strip()) for d in documents} == {
            ("A", "Port A", "2023", "Forty ships."),
            ("B", None, None, "One tide."),
        }
        put(inbox / "p.jsonl", '{"text": "A new quay.", "title": "C"}\n')
        _, documents, _ = add(corpus, str(inbox / "p.jsonl"))
        assert ("C", None, None) in {(d.title, d.publisher, d.published) for d in documents}

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.csv", "only a header\n", "a table needs a row of column names and a row under it"),
            ("a.csv", "Port,Ships\nHull,40\nLeith,1,234\n", "row 3 has 3 cells, the row of column names has 2"),
            ("a.jsonl", '{"text": "x"}\n[1]\n', 'line 2 is not an object with a text, {"text": "..."}'),
            ("a.jsonl", '{"text": "x", "as_of": "May"}\n', "line 1: as_of: 'May' is not a date like 2024"),
            ("a.jsonl", '{"text": "x", "kind": "blog"}\n', "line 1: kind is 'blog'; it must be one of official"),
        ],
    )
    def test_what_is_wrong_with_a_table_is_said(self, corpus, inbox, name, content, reason):
        assert refusal(corpus, put(inbox / name, content)).startswith(f"FILE: {reason}")

    @pytest.mark.parametrize(
        ("value", "date"),
        [("2024", "2024"), ("2024-5", "2024-05"), ("2024/11/18 10:00", "2024-11-18"), ("2024-02-31", "2024-02"),
         ("20241", None), ("May 2024", None), (None, None), (2023, "2023")],
    )  # fmt: skip
    def test_dates_are_read_as_far_as_they_go(self, value, date):
        assert read_date(value) == date


def test_heavy_libraries_are_imported_only_for_the_files_that_need_them(corpus, inbox):
    path = put(inbox / "a.md", "# A\n\nText of a.")
    program = (
        "import sys; from pathlib import Path; import factcheck.index;"
        "from factcheck.ingest import add_paths; add_paths([sys.argv[1]], Path(sys.argv[2]));"
        "heavy = {'torch', 'sentence_transformers', 'pandas', 'trafilatura', 'pypdf', 'docx', 'openpyxl', 'lxml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path, str(corpus)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


class TestBatches:
    def test_a_folder_is_read_through_and_the_bad_do_not_stop_the_good(self, corpus, inbox):
        (inbox / "deep").mkdir()
        put(inbox / "a.md", "# A\n\nText of a.")
        put(inbox / "b.md", "---\ntitle: [\n---\n")
        put(inbox / "deep" / "c.txt", "Text of c.")
        put(inbox / "deep" / "d.txt", "")
        put(inbox / ".hidden.txt", "Hidden.")
        put(inbox / "e.png", b"\x89PNG")
        outside = put(inbox.parent / "secret.txt", "Secret.")
        (inbox / "link.txt").symlink_to(outside)
        (inbox / "loop").symlink_to(inbox)
        summary, documents, _ = add(corpus, str(inbox))
        assert [document.title for document in documents] == ["A", "c"]
        told = [line.replace(str(inbox), "IN") for line in summary.lines()]
        assert [line for line in told if not line.startswith("added")] == [
            told[1], "refused: IN/link.txt: a link out of the folder; name its target to add it",
            "refused: IN/deep/d.txt: empty", "skipped: IN: 1 files of kinds that cannot be read",
            "2 added, 3 refused, 1 skipped",
        ]  # fmt: skip
        assert told[1].startswith("refused: IN/b.md: the front matter cannot be read at line ")

    def test_patterns_choose_within_a_folder(self, corpus, inbox):
        for name in ("a.txt", "b.md", "c.txt"):
            put(inbox / name, f"Text of {name}.")
        summary = add_paths([str(inbox)], corpus, include=["*.txt"], exclude=["c.*"])
        assert [Path(item.source).name for item in summary.items] == ["a.txt"]

    def test_twice_is_unchanged_and_a_new_version_takes_the_place_of_the_old(self, corpus, inbox):
        path = put(inbox / "a.txt", "Forty ships came.")
        first = add(corpus, path, published="2023")[0].items[0]
        assert add(corpus, path)[0].items[0].outcome is Outcome.UNCHANGED
        put(inbox / "copy.txt", "Forty ships came.")
        assert add(corpus, str(inbox / "copy.txt"))[0].items[0].doc_id == first.doc_id
        put(inbox / "a.txt", "Fifty ships came.")
        summary, (document,), (passage,) = add(corpus, path)
        assert (summary.items[0].outcome, document.id, document.published) == (Outcome.UPDATED, first.doc_id, "2023")
        assert passage.text == "Fifty ships came."

    def test_progress_is_told(self, corpus, inbox):
        seen: list[tuple[int, int]] = []
        put(inbox / "a.txt", "One.")
        put(inbox / "b.txt", "Two.")
        add_paths([str(inbox)], corpus, progress=lambda done, total: seen.append((done, total)))
        assert seen == [(0, 2), (1, 2), (2, 2)]

    def test_a_title_for_many_is_refused(self, corpus, inbox):
        sources = [put(inbox / name, "Text.") for name in ("a.txt", "b.txt")]
        with pytest.raises(FactcheckError, match="--title and --url name one document, 2 were given"):
            add_paths(sources, corpus, details=Details(title="T"))

    def test_a_corpus_that_is_missing_is_said(self, tmp_path, inbox):
        with pytest.raises(BadWorkspace, match="no corpus at"):
            add_paths([put(inbox / "a.txt", "Text.")], tmp_path / "nowhere")

    def test_names_that_climb_stay_in_the_corpus(self, corpus, inbox):
        row = '{"text": "x y z.", "title": "../../etc/passwd"}\n'
        _, (document,), _ = add(corpus, put(inbox / "a.jsonl", row))
        assert Path(document.path).parent == corpus

    def test_what_is_no_plain_file_of_a_fit_size_is_refused(self, corpus, inbox):
        os.mkfifo(inbox / "pipe.txt")
        assert refusal(corpus, str(inbox / "pipe.txt")) == "FILE: not a plain file"
        with (inbox / "huge.txt").open("wb") as stream:
            stream.truncate(1_000_000_000)
        assert (
            refusal(corpus, str(inbox / "huge.txt"))
            == "FILE: 1,000,000,000 bytes, over the limit of 100,000,000; split it"
        )
        assert refusal(corpus, put(inbox / "a.png", b"\x89PNG\0\0")).startswith(
            "FILE: a kind of file that cannot be read"
        )
        assert refusal(corpus, str(inbox / "missing.txt")) == "FILE: no such file or folder"
        assert refusal(corpus, put(inbox / "blank.md", "---\ntitle: T\n---\n  \n")) == "FILE: holds no text"
        assert refusal(corpus, "ftp://x.example/a.txt") == "FILE: only http and https addresses are fetched"

    def test_a_file_that_is_being_written_is_refused(self, inbox):
        path = inbox / "growing.txt"
        path.write_text("Begun.")
        writer = threading.Timer(0.1, lambda: path.open("a").write(" And more."))
        writer.start()
        with pytest.raises(BadDocument, match=r"is being written; add it again when that is done"):
            read_settled(path)
        writer.join()


class Site(BaseHTTPRequestHandler):
    """Answers by path; used on loopback addresses only."""

    def do_GET(self):
        where, _, rest = self.path.lstrip("/").partition("/")
        if where == "to":
            self.send_response(302)
            self.send_header("Location", rest.replace("_", "/"))
            self.end_headers()
        elif where == "page":
            sentence = b"The harbour took forty ships in the year. "
            body = b"<html><title>T</title><body><article><p>" + sentence * 9 + b"</p></article></body></html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)
        elif where == "slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif where == "endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(bytes(1_000_000))
        else:
            self.send_error(404)

    def log_message(self, *_args: object):
        pass

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def only_first(address: str) -> bool:
    return address == "127.0.0.1"


class TestWeb:
    def test_a_page_is_added_with_its_address(self, corpus, site):
        summary = add_paths([f"{site}/to/_page"], corpus, allow_private=True)
        (document,) = read_corpus(corpus).documents
        assert (summary.items[0].outcome, document.url) == (Outcome.ADDED, f"{site}/page")
        assert "forty ships" in document.body

    def test_addresses_beyond_ascii_and_without_a_path_are_asked_for(self, site):
        assert b"forty ships" in fetch(f"{site}/page/Köln a%20b?q=é", may_connect=only_first).content
        with pytest.raises(BadDocument, match="answered 404"):
            fetch(f"{site}?x=1", may_connect=only_first)

    def test_private_addresses_are_refused_unless_allowed(self, corpus, site):
        reason = "FILE: 127.0.0.1 is at the private address 127.0.0.1; --allow-private fetches it all the same"
        assert refusal(corpus, f"{site}/page") == reason
        assert "private address" in refusal(corpus, site.replace("127.0.0.1", "localhost"))

    @pytest.mark.parametrize("target", ["127.0.0.2_page", "[::1]_page", "169.254.169.254_latest", "10.0.0.1_"])
    def test_a_redirect_to_a_private_address_is_refused(self, site, target):
        with pytest.raises(BadDocument, match="is at the private address"):
            fetch(f"{site}/to/http:__{target}", may_connect=only_first)

    def test_redirects_elsewhere_and_in_circles_are_refused(self, site):
        with pytest.raises(BadDocument, match="only http and https addresses are fetched"):
            fetch(f"{site}/to/file:___etc_passwd", may_connect=only_first)
        with pytest.raises(BadDocument, match="holds a user name"):
            fetch("http://me:pw@127.0.0.1/", may_connect=only_first)

    def test_what_fails_is_said(self, site):
        with pytest.raises(BadDocument, match="the server answered 404 Not Found"):
            fetch(f"{site}/nowhere", may_connect=only_first)
        with pytest.raises(BadDocument, match=r"slow: cannot be fetched \(took too long\)"):
            fetch(f"{site}/slow", may_connect=only_first, limits=Limits(seconds=0.4))
        with pytest.raises(BadDocument, match="over the limit of 3,000,000 bytes"):
            fetch(f"{site}/endless", may_connect=only_first, limits=Limits(bytes=3_000_000))
        with pytest.raises(BadDocument, match=r"there is no host nowhere\.invalid"):
            fetch("http://nowhere.invalid/")

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
         "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"],
    )  # fmt: skip
    def test_private_addresses_are_known_in_every_form(self, address):
        assert not is_public(address)

    def test_public_addresses_are_known(self):
        assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"]))
