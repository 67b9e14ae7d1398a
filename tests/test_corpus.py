import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.corpus import (
    FrontMatter,
    Outcome,
    add_document,
    list_files,
    parse_document,
    read_corpus,
    read_document,
    remove_document,
    render_document,
    split_passages,
    split_sentences,
)
from factcheck.corpus.document import check_date, parse_front_matter
from factcheck.corpus.passages import MAX_CHARACTERS, MAX_SENTENCES, pack
from factcheck.corpus.store import make_slug
from factcheck.errors import BadDocument, BadWorkspace
from factcheck.types import Document, SourceKind

HEAD = """---
title: Harbour report
publisher: Port Office
url: https://port.example/2024
published: 2024-11-18
as_of: 2024
kind: official
licence: CC0-1.0
---
"""


def parse(text: str) -> Document:
    return parse_document(text, doc_id="d", path="corpus/d.md", sha256="0")


def passages(body: str) -> list[tuple[str, str, str | None]]:
    document = parse("---\ntitle: T\n---\n" + body)
    found = split_passages(document)
    for passage in found:
        assert document.body[passage.start : passage.end] == passage.text
    return [(passage.text, passage.heading, passage.as_of) for passage in found]


def texts(body: str) -> list[str]:
    return [text for text, _, _ in passages(body)]


class TestFrontMatter:
    def test_every_field_is_read(self):
        document = parse(HEAD + "Forty ships came.\n")
        assert document == Document(
            id="d", title="Harbour report", body="Forty ships came.\n", sha256="0", path="corpus/d.md",
            publisher="Port Office", url="https://port.example/2024", published="2024-11-18", as_of="2024",
            kind=SourceKind.OFFICIAL, licence="CC0-1.0",
        )  # fmt: skip

    def test_all_but_the_title_may_be_missing(self):
        document = parse("---\ntitle: T\npublisher:\n---\nBody")
        assert (document.publisher, document.published, document.kind) == (None, None, SourceKind.UNKNOWN)

    def test_the_first_heading_stands_in_for_a_title(self):
        document = parse("Preface\n\n# The tides ##\n\nText")
        assert (document.title, document.body) == ("The tides", "Preface\n\n# The tides ##\n\nText")

    def test_windows_line_ends_stay_in_the_body(self):
        assert parse("---\r\ntitle: T\r\n---\r\nOne.\r\nTwo.").body == "One.\r\nTwo."

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("No heading, no front matter", "corpus/d.md: no title; write `title: ...` into its front matter"),
            ("---\ntitle: T\nBody", "corpus/d.md: the front matter has no end; close it with a line of three hyphens"),
            ("---\ntitle: A: B\n---\n", "corpus/d.md: the front matter cannot be read at line 2: "),
            ("---\n- T\n---\n", "corpus/d.md: the front matter must be lines of `name: value`"),
            ("---\ntitle: T\nkind: blog\n---\n", "corpus/d.md: kind is 'blog'; it must be one of official, "),
            ("---\ntitle: T\npublished: May 2024\n---\n", "corpus/d.md: published: 'May 2024' is not a date"),
            ("---\ntitle: T\nas_of: 2024-13\n---\n", "corpus/d.md: as_of: '2024-13' is not a day of the calendar"),
            ("---\ntitle: T\npublished: 2024-02-30\n---\n", "corpus/d.md: the front matter cannot be read: day"),
            ("---\ntitle: [a, b]\n---\n", "corpus/d.md: title must be one line of text"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_refused_with_the_way_out(self, text, message):
        with pytest.raises(BadDocument) as error:
            parse(text)
        assert str(error.value).startswith(message)

    @given(
        st.builds(
            FrontMatter,
            title=st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
            publisher=st.none() | st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
            published=st.none() | st.sampled_from(["2024", "2024-11", "2024-11-18", "0999"]),
            as_of=st.none() | st.sampled_from(["1987", "1987-02", "1987-02-28"]),
            kind=st.sampled_from(SourceKind),
        ),
        st.text(),
    )
    def test_what_is_written_is_read_back(self, front, body):
        written = render_document(front, body)
        read, start = parse_front_matter(written, name="x")
        assert (read, written[start:]) == (front, body)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"---\ntitle: T\n---\n\xff\xfe", "not UTF-8 text (byte 17); save it as UTF-8"),
            (b"# T\n\0", "a binary file"),
        ],
    )
    def test_a_file_that_is_no_text_is_refused(self, tmp_path, content, message):
        path = tmp_path / "x.md"
        path.write_bytes(content)
        with pytest.raises(BadDocument) as error:
            read_document(path)
        assert str(error.value).startswith(f"{path}: {message}")

    def test_dates_of_reduced_precision_are_checked(self):
        assert [check_date(date) for date in ("2024", "2024-02", "2024-02-29")] == ["2024", "2024-02", "2024-02-29"]
        with pytest.raises(ValueError, match="2023-02-29"):
            check_date("2023-02-29")


class TestSentences:
    @pytest.mark.parametrize(
        "sentences",
        [
            ["The harbour opened in 1904.", "It closed in 1987."],
            ["Dr. Okoro met J. R. Tan at 9 a.m. on Monday.", "They left at 5 p.m.", "The talks failed."],
            ["Output rose 4.5 percent to 1.2 billion.", "Prices fell."],
            ["He works for Acme Inc. in Leeds.", "She left the U.S.", "The firm stayed.", "U.S. Steel paid."],
            ["See Fig. 3 and No. 7 for details.", "Is it true?", "Yes!"],
            ["“We won.”", "She smiled (at last).", "[2] Nobody asked."],
            ["He said no.", "The others agreed."],
            ["Version 2.0 e.g. Linux works, i.e. Debian.", "But vol. 3 does not."],
        ],
    )
    def test_text_is_cut_where_sentences_end(self, sentences):
        text = " ".join(sentences)
        assert [text[start:end] for start, end in split_sentences(text)] == sentences

    def test_chinese_stops_need_no_space(self):
        text = "数据中心在增长。这是真的吗？是。"
        assert [text[start:end] for start, end in split_sentences(text)] == ["数据中心在增长。", "这是真的吗？", "是。"]

    @given(st.text(alphabet=st.sampled_from("aB1. !?\n。)\"'U.S"), max_size=80))
    def test_every_character_that_is_no_space_is_in_one_sentence(self, text):
        spans = split_sentences(text)
        covered = "".join(text[start:end] for start, end in spans)
        assert "".join(covered.split()) == "".join(text.split())
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


class TestPassages:
    def test_a_passage_holds_up_to_three_sentences_of_one_paragraph(self):
        body = "One came. Two came. Three came.\n\nFour came. Five came. Six came. Seven came."
        assert texts(body) == ["One came. Two came. Three came.", "Four came. Five came.", "Six came. Seven came."]

    def test_headings_are_kept_and_are_no_passages(self):
        body = "Before.\n# Ships #\n\nForty came.\n\n## Tides\nHigh at noon."
        assert passages(body) == [
            ("Before.", "", None),
            ("Forty came.", "Ships", None),
            ("High at noon.", "Tides", None),
        ]

    def test_a_paragraph_may_have_a_date_of_its_own(self):
        document = parse(
            "---\ntitle: T\nas_of: 2020\n---\nOld fact.\n\nNew fact. It holds. {as_of=2024-11}\n\nAgain old."
        )
        assert [(p.text, p.as_of) for p in split_passages(document)] == [
            ("Old fact.", "2020"), ("New fact. It holds.", "2024-11"), ("Again old.", "2020")
        ]  # fmt: skip

    def test_items_of_a_list_have_dates_of_their_own_and_join_without(self):
        body = "- In 1990 there were 3. {as_of=1990}\n- In 2000 there were 5. {as_of=2000}\n- Red\n- Green\n"
        assert passages(body) == [
            ("In 1990 there were 3.", "", "1990"), ("In 2000 there were 5.", "", "2000"), ("Red\n- Green", "", None)
        ]  # fmt: skip

    def test_a_date_that_is_none_is_refused(self):
        with pytest.raises(BadDocument, match=r"corpus/d.md: as_of of a paragraph: 'soon' is not a date"):
            split_passages(parse("---\ntitle: T\n---\nFact. {as_of=soon}"))

    def test_table_rows_stand_under_their_columns(self):
        body = "# Trade\n\n| Year | Ships |\n|---|---:|\n| 2023 | 40 |\n| 2024 | 47 |\n"
        assert passages(body) == [("2023 | 40 |\n| 2024 | 47", "Trade: Year | Ships", None)]

    def test_code_comments_and_rules_are_left_out(self):
        body = "Text.\n\n```python\nx = 1\n```\n\n<!-- hidden\nstill hidden -->\n\n---\n\nMore.\n"
        assert texts(body) == ["Text.", "More."]

    def test_what_has_no_letter_or_figure_is_no_passage(self):
        assert texts("Text.\n\n. . . .\n\n***\n\n——\n\n7") == ["Text.", "7"]

    def test_page_marks_number_the_passages_after_them(self):
        document = parse("---\ntitle: T\n---\nCover.\n\n<!-- page 2 -->\n\nInside.\n\n<!-- page 13 -->\nEnd.")
        assert [(p.text, p.page) for p in split_passages(document)] == [("Cover.", None), ("Inside.", 2), ("End.", 13)]

    def test_text_without_stops_is_cut_at_white_space(self):
        found = texts("word " * 1000)
        assert max(map(len, found)) <= 1000
        assert " ".join(found).split() == ["word"] * 1000

    def test_ids_differ_for_equal_sentences_and_last(self):
        document = parse("---\ntitle: T\n---\nSame.\n\nSame.")
        first, second = split_passages(document)
        assert first.id != second.id
        assert split_passages(document) == (first, second)

    @given(st.text(alphabet=st.sampled_from("Ab1.\n -#|{}=`<>!?\r\té"), max_size=300))
    def test_any_body_gives_passages_that_slice_back_in_order(self, body):
        document = Document(id="d", title="T", body=body, sha256="", path="p")
        try:
            found = split_passages(document)
        except BadDocument:
            return
        end = 0
        for passage in found:
            assert passage.start >= end
            assert document.body[passage.start : passage.end] == passage.text == passage.text.strip()
            assert passage.text
            end = passage.end

    @given(st.lists(st.integers(1, 700), max_size=30))
    def test_packing_keeps_to_its_limits(self, lengths):
        units, start = [], 0
        for length in lengths:
            units.append((start, start + length))
            start += length + 1
        groups = pack(units, max_units=MAX_SENTENCES, max_characters=MAX_CHARACTERS)
        inside = [[unit for unit in units if first <= unit[0] < last] for first, last in groups]
        assert [unit for group in inside for unit in group] == units
        for group, (first, last) in zip(inside, groups, strict=True):
            assert 1 <= len(group) <= MAX_SENTENCES
            assert len(group) == 1 or last - first <= MAX_CHARACTERS


class TestFolder:
    def test_documents_are_named_by_their_path_and_ordered(self, tmp_path):
        for name in ("b.md", "a/z.md", ".hidden.md", ".index/c.md", "a.txt"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"# {name}\n\nText of {name}.")
        corpus = read_corpus(tmp_path)
        assert [document.id for document in corpus.documents] == ["a/z", "b"]
        assert [passage.text for passage in corpus.passages] == ["Text of a/z.md.", "Text of b.md."]

    def test_the_digest_follows_content_and_names_alone(self, tmp_path):
        path = tmp_path / "a.md"
        path.write_text("# A\n\nOne.")
        first = read_corpus(tmp_path).sha256
        os.utime(path, (1, 1))
        assert read_corpus(tmp_path).sha256 == first
        path.write_text("# A\n\nTwo.")
        second = read_corpus(tmp_path).sha256
        path.rename(tmp_path / "b.md")
        assert len({first, second, read_corpus(tmp_path).sha256}) == 3

    def test_broken_files_are_named(self, tmp_path):
        (tmp_path / "a.md").write_text("---\nkind: blog\ntitle: T\n---\n")
        (tmp_path / "b.md").write_text("nothing")
        (tmp_path / "c.md").write_text("# C\n\nFine.")
        with pytest.raises(BadDocument) as error:
            read_corpus(tmp_path)
        assert str(error.value).startswith(f"{tmp_path / 'a.md'}: kind is 'blog'")
        assert str(error.value).endswith("(and 1 more files)")

    def test_a_missing_folder_is_named(self, tmp_path):
        with pytest.raises(BadWorkspace, match=r"no corpus at .*nowhere; `factcheck init` makes one"):
            list_files(tmp_path / "nowhere")


class TestStore:
    def test_a_document_is_added_once(self, tmp_path):
        front = FrontMatter("The Tides: a study", original_sha256="aa", original="tides.txt", original_from="p1")
        first = add_document(tmp_path, front, "\nHigh at noon.\n")
        assert (first.outcome, first.doc_id) == (Outcome.ADDED, "the-tides-a-study")
        assert add_document(tmp_path, front, "\nHigh at noon.\n").outcome is Outcome.UNCHANGED
        assert [file.doc_id for file in list_files(tmp_path)] == ["the-tides-a-study"]

    def test_a_new_version_replaces_the_old_one_and_keeps_what_was_known(self, tmp_path):
        old = FrontMatter("T", publisher="Port", url="https://x.example/t", original_sha256="aa", kind=SourceKind.LAW)
        new = FrontMatter("T, second edition", url="https://x.example/t", original_sha256="bb", published="2025")
        path = add_document(tmp_path, old, "Old.").path
        added = add_document(tmp_path, new, "New.")
        assert (added.outcome, added.path) == (Outcome.UPDATED, path)
        document = read_document(path)
        assert (document.title, document.publisher, document.published, document.kind, document.body) == (
            "T, second edition", "Port", "2025", SourceKind.LAW, "New."
        )  # fmt: skip

    def test_other_documents_of_the_same_title_get_a_file_of_their_own(self, tmp_path):
        ids = [add_document(tmp_path, FrontMatter("T", url=f"u{n}"), f"Text {n}.").doc_id for n in range(3)]
        assert ids == ["t", "t-2", "t-3"]

    def test_removal_takes_the_file(self, tmp_path):
        added = add_document(tmp_path, FrontMatter("T"), "Text.")
        assert remove_document(tmp_path, "t") == added.path
        assert not added.path.exists()
        with pytest.raises(BadDocument, match="no document 't'"):
            remove_document(tmp_path, "t")

    @given(st.text(max_size=200))
    def test_a_slug_is_a_plain_file_name(self, title):
        slug = make_slug(title)
        assert slug == Path(slug).name
        assert 0 < len(slug) <= 80
        assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")

    def test_a_folder_that_cannot_be_written_is_named(self, tmp_path):
        (tmp_path / ".index").write_text("a file in the way")
        with pytest.raises(BadWorkspace, match=r"cannot write in .*\.index"):
            add_document(tmp_path, FrontMatter("T"), "Text.")

    def test_writers_at_once_lose_nothing(self, tmp_path):
        program = (
            "import sys; from pathlib import Path; from factcheck.corpus import *\n"
            "for n in range(15): add_document(Path(sys.argv[1]), FrontMatter('Same', url=sys.argv[2] + str(n)), 'T.')"
        )
        writers = [subprocess.Popen([sys.executable, "-c", program, tmp_path, str(n)]) for n in range(3)]
        assert [writer.wait() for writer in writers] == [0, 0, 0]
        assert len(read_corpus(tmp_path).documents) == 45

    def test_a_killed_writer_leaves_whole_files_and_no_lock(self, tmp_path):
        program = (
            "import sys; from pathlib import Path; from factcheck.corpus import *\n"
            "print('go', flush=True)\n"
            "for n in range(100000): add_document(Path(sys.argv[1]), FrontMatter('T', url='u'), f'No {n}. ' * 5000)"
        )
        for delay in (0.02, 0.05, 0.11):
            writer = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE)
            assert writer.stdout is not None
            writer.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(timeout=delay)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            writer.stdout.close()
            for document in read_corpus(tmp_path).documents:
                assert document.body == document.body[: len(document.body) // 5000] * 5000
        assert add_document(tmp_path, FrontMatter("Next"), "Text.").outcome is Outcome.ADDED
