import math
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from encoders import HashEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from factcheck.corpus import FrontMatter, add_document, read_corpus
from factcheck.corpus.folder import digest_documents
from factcheck.errors import BadDocument, BadWorkspace, IndexStale
from factcheck.index import Index, Mode, check_index, fuse
from factcheck.index.dense import DenseSearch
from factcheck.index.fusion import put_copies_last
from factcheck.index.packing import pack_vectors, unpack_vectors
from factcheck.index.reading import month_of
from factcheck.index.store import PassageStore
from factcheck.index.timely import find_shared_words, insert_timely, is_timely, month_window
from factcheck.index.words import index_words, query_words

FACTS = {
    "harbour": "# The harbour\n\nForty ships entered the harbour in 2024.\n\nThe harbour closed in 1987.\n",
    "bread": "# Bread\n\nBread needs yeast and 45.6 grams of salt.\n\nFlour is milled from wheat.\n",
    "tides": "---\ntitle: Tides\nas_of: 2020\n---\nHigh tide comes at noon. {as_of=2024}\n\nLow tide comes at six.\n",
}


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in FACTS.items():
        (folder / f"{name}.md").write_text(text)
    return folder


@pytest.fixture
def encoder():
    return HashEncoder(256)


def open_index(corpus: Path, encoder: HashEncoder, progress=None) -> Index:
    return Index.open(corpus, corpus / ".index", encoder, progress=progress)


def found(index: Index, query: str, *, mode: Mode = Mode.HYBRID) -> list[str]:
    return [hit.passage.text for hit in index.retrieve([query], top_k=3, mode=mode)[0]]


unit = st.floats(-1, 1, width=32)


class TestDenseSearch:
    """FAISS against brute force."""

    @settings(deadline=None)
    @given(
        st.integers(0, 12).flatmap(lambda n: arrays(np.float32, (n, 4), elements=unit)),
        arrays(np.float32, (2, 4), elements=unit),
        st.integers(1, 20),
    )
    def test_agrees_with_brute_force(self, rows, queries, k):
        rows = np.round(rows, 2)  # duplicates and zero vectors come up often, lengths are anything
        hits = DenseSearch(rows).search(queries, k=k)
        for query, found_rows in zip(queries, hits, strict=True):
            lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(query)
            cosines = np.divide(rows @ query, lengths, out=np.zeros(len(rows), np.float32), where=lengths > 0)
            best = np.sort(cosines)[::-1][:k]
            assert len(found_rows) == min(k, len(rows))
            np.testing.assert_allclose([value for _, value in found_rows], best, atol=1e-5)
            np.testing.assert_allclose([cosines[row] for row, _ in found_rows], best, atol=1e-5)
            assert len({row for row, _ in found_rows}) == len(found_rows)
            assert found_rows == sorted(found_rows, key=lambda hit: (-hit[1], hit[0]))

    def test_lengths_do_not_matter_and_zero_is_like_nothing(self):
        rows = np.array([[3, 4, 0], [0, 0, 0], [0.03, 0.04, 0], [0, 0, 9]], dtype=np.float32)
        (hits,) = DenseSearch(rows).search(np.array([[30, 40, 0]], dtype=np.float32), k=9)
        assert hits == [(0, pytest.approx(1)), (2, pytest.approx(1)), (1, 0.0), (3, 0.0)]

    def test_beyond_the_limit_bytes_find_what_brute_force_finds(self):
        random = np.random.default_rng(7)
        rows = random.standard_normal((3000, 64)).astype(np.float32)
        rows[17] = 0
        queries = (rows[:40] + random.standard_normal((40, 64)) * 0.8).astype(np.float32)
        queries[3] = 0
        search = DenseSearch(rows, exact_limit=2999)
        lengths = np.linalg.norm(rows, axis=1)[None] * np.linalg.norm(queries, axis=1)[:, None]
        cosines = np.divide(queries @ rows.T, lengths, out=np.zeros((40, 3000), np.float32), where=lengths > 0)
        shared = []
        for query, hits in enumerate(search.search(queries, k=10)):
            assert len(hits) == 10
            np.testing.assert_allclose(
                [cosines[query, row] for row, _ in hits], [value for _, value in hits], atol=0.01
            )
            shared.append(len({row for row, _ in hits} & set(np.argsort(-cosines[query])[:10].tolist())))
        assert np.mean(shared[:3] + shared[4:]) >= 9.5
        np.testing.assert_allclose(search.similarity(queries[0], [0, 17, 5]), cosines[0, [0, 17, 5]], atol=0.01)

    def test_nothing_is_found_among_nothing(self):
        assert DenseSearch(np.zeros((0, 3), np.float32)).search(np.ones((2, 3), np.float32), k=5) == [[], []]


VOCABULARY = ("alba", "bora", "12", "4.5", "kilo", "nowhere")


def textbook_bm25(documents: list[list[str]], query: list[str]) -> list[float]:
    """Robertson and Zaragoza 2009, with k1 = 1.2 and b = 0.75; a word in half of the documents or more weighs 1e-6."""
    counts = [Counter(words) for words in documents]
    mean = sum(map(len, documents)) / len(documents)
    relevance = []
    for words, count in zip(documents, counts, strict=True):
        total = 0.0
        for word in query:
            holding = sum(word in other for other in counts)
            idf = max(math.log((len(documents) - holding + 0.5) / (holding + 0.5)), 1e-6)
            total += idf * count[word] * 2.2 / (count[word] + 1.2 * (0.25 + 0.75 * len(words) / mean))
        relevance.append(total)
    return relevance


class TestWords:
    @settings(deadline=None, max_examples=50)
    @given(
        st.lists(st.lists(st.sampled_from(VOCABULARY[:5]), min_size=1, max_size=8), min_size=2, max_size=9),
        st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4, unique=True),
    )
    def test_bm25_agrees_with_the_textbook(self, documents, query):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        store = PassageStore(connection, Path("memory"))
        store.create_tables()
        for number, words in enumerate(documents, start=1):
            row = (number, index_words(" ".join(words)))
            connection.execute("INSERT INTO words (rowid, text, context) VALUES (?, ?, '')", row)
        hits = dict(store.search_words(query_words(" ".join(query)), k=99))
        connection.close()
        wanted = textbook_bm25(documents, query)
        holding = [n for n, words in enumerate(documents, start=1) if set(words) & set(query)]
        assert hits == {number: pytest.approx(wanted[number - 1], rel=1e-6, abs=1e-9) for number in holding}

    def test_figures_are_one_word(self):
        assert index_words("It fell 45.6% to 1,234,567 in U.S. ports, v1.2.3") == (
            "It fell 45_6% to 1234567 in US  ports, v1_2_3"
        )
        assert query_words("The 45.6 of the U.S. and 1,000") == ["45_6", "us", "1000"]

    def test_a_query_of_stop_words_alone_keeps_them(self):
        assert query_words("to be or not to be") == ["to", "be", "or", "not"]
        assert query_words('") or 1 -- *') == ["1"]
        assert query_words("the US told us who WHO is") == ["us", "told", "who"]


class TestFusion:
    def test_both_sides_count_by_their_weight(self):
        ranked = fuse({1: 0.9, 2: 0.5, 3: 0.1}, {2: 8.0, 4: 4.0, 5: 4.0}, dense_weight=0.75)
        first, second, third = 1.0, 61 / 62, 61 / 63
        assert ranked == [
            (2, pytest.approx(0.75 * second + 0.25 * first)),
            (1, pytest.approx(0.75 * first)),
            (3, pytest.approx(0.75 * third)),
            (4, pytest.approx(0.25 * second)),
            (5, pytest.approx(0.25 * third)),
        ]

    def test_one_side_may_be_empty(self):
        assert fuse({}, {7: 2.0, 8: 1.0}, dense_weight=0.25) == [(7, 0.75), (8, pytest.approx(0.75 * 61 / 62))]
        assert fuse({}, {}) == []

    @given(st.dictionaries(st.integers(0, 9), unit), st.dictionaries(st.integers(0, 9), st.floats(0, 30)))
    def test_every_candidate_is_ranked_once_between_0_and_1(self, similarity, bm25):
        ranked = fuse(similarity, bm25)
        assert sorted(key for key, _ in ranked) == sorted(similarity.keys() | bm25.keys())
        assert all(0 <= value <= 1 + 1e-9 for _, value in ranked)
        assert ranked == sorted(ranked, key=lambda item: (-item[1], item[0]))

    def test_copies_come_behind_all_others_in_their_order(self):
        ranked = [(1, 0.9), (2, 0.8), (3, 0.7), (4, 0.6), (5, 0.5)]
        copies = {1: "a", 2: "a", 3: "b", 4: "a", 5: "c"}
        assert [key for key, _ in put_copies_last(ranked, copies, keep=1)] == [1, 3, 5, 2, 4]
        assert [key for key, _ in put_copies_last(ranked, copies, keep=2)] == [1, 2, 3, 5, 4]


class TestVectors:
    @given(arrays(np.float32, st.tuples(st.integers(0, 6), st.just(5)), elements=unit))
    def test_packed_rows_come_back_within_half_a_step(self, rows):
        blob = pack_vectors(rows)
        assert len(blob) == rows.shape[0] * 9
        back = unpack_vectors(blob, count=len(rows), dim=5)
        step = np.abs(rows).max(axis=1, initial=0) / 127
        assert (np.abs(back - rows) <= step[:, None] * 0.501 + 1e-9).all()


class TestTimely:
    @pytest.fixture
    def index(self, tmp_path):
        def write(name: str, head: str, text: str) -> None:
            (tmp_path / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n")

        for year, count in {2010: 120, 2014: 180, 2018: 240, 2024: 47}.items():
            text = f"The register of {year} had {count} ships under the flag of Norway."
            write(f"fleet{year}", f"title: Fleet {year}\nas_of: {year}", text)
        for year in (2010, 2014, 2018):
            text = f"The register of {year} had ships under the flag of Norway, which holds many."
            write(f"many{year}", f"title: Big fleet\npublished: {year}", text)
        write("bread", "title: Bread\nas_of: 2024", "Bread needs salt and yeast.")
        return Index.open(tmp_path, tmp_path / ".index", HashEncoder(512))

    def test_the_claims_own_time_is_put_behind_the_first_three(self, index):
        query = "Norway holds many ships"
        plain = [hit.passage.text for hit in index.retrieve([query], top_k=5)[0]]
        timely = [hit.passage.text for hit in index.retrieve([query], top_k=5, dates=["2024-09"])[0]]
        new = "The register of 2024 had 47 ships under the flag of Norway."
        assert timely[:3] == plain[:3]
        assert timely[3] == new
        assert new not in plain[:4]
        assert "Bread needs salt and yeast." not in timely

    def test_nothing_moves_where_the_first_are_of_that_time(self, index):
        query = "Norway holds many ships"
        plain = index.retrieve([query], top_k=6)
        assert index.retrieve([query], top_k=6, dates=["2014"]) == plain
        assert index.retrieve([query], top_k=6, dates=[None]) == plain
        assert index.retrieve([query], top_k=3, dates=["2024"]) == index.retrieve([query], top_k=3)

    def test_months_of_a_window(self):
        assert month_window("2024") == ("2023-07", "2025-07")
        assert month_window("2024-11-18") == ("2023-11", "2025-11")
        assert (month_of("2024"), month_of("2024-11"), month_of("2024-11-18"), month_of(None)) == (
            "2024-07", "2024-11", "2024-11", None
        )  # fmt: skip
        assert is_timely([None, "2023-06"], ("2023-07", "2025-07")) is False
        assert is_timely([None, "2023-07"], ("2023-07", "2025-07")) is True

    def test_shared_words_leave_out_figures_and_months(self):
        texts = ["In June 2019 the list had 219 systems", "The list of June 2020 had 226 systems", "Systems fail"]
        assert find_shared_words("China holds 170 machines", texts) == ["china", "holds", "machines", "list", "systems"]

    def test_insertion_keeps_every_key_once(self):
        assert insert_timely([1, 2, 3, 4, 5, 6], [2, 6, 7, 8]) == [1, 2, 3, 6, 7, 4, 5]
        assert insert_timely([1, 2], [7]) == [1, 2, 7]


class TestRetrieval:
    def test_hits_carry_their_passage_document_and_parts(self, corpus, encoder):
        hit = open_index(corpus, encoder).retrieve(["How many ships entered the harbour?"], top_k=1)[0][0]
        assert hit.passage.text == "Forty ships entered the harbour in 2024."
        assert hit.document.body[hit.passage.start : hit.passage.end] == hit.passage.text
        assert (hit.document.id, hit.document.title, hit.document.path) == (
            "harbour", "The harbour", str(corpus / "harbour.md")
        )  # fmt: skip
        query, passage = encoder.encode(["How many ships entered the harbour?", "The harbour. " + hit.passage.text])
        assert hit.similarity == pytest.approx(float(query @ passage), abs=1e-3)
        assert hit.bm25 > 0

    def test_passages_in_the_index_are_those_of_the_corpus(self, corpus, encoder):
        index, read = open_index(corpus, encoder), read_corpus(corpus)
        hits = index.retrieve(["tide bread harbour"], top_k=99)[0]
        assert sorted((hit.passage for hit in hits), key=lambda p: (p.doc_id, p.start)) == list(read.passages)
        assert {hit.document for hit in hits} == set(read.documents)
        assert (index.corpus_sha256, index.passage_count) == (read.sha256, 6)
        assert index.document_ids == ("bread", "harbour", "tides")

    def test_words_find_an_exact_figure(self, corpus, encoder):
        assert found(open_index(corpus, encoder), "45.6", mode=Mode.SPARSE) == [
            "Bread needs yeast and 45.6 grams of salt."
        ]

    def test_copies_of_a_sentence_give_way_to_others(self, corpus, encoder):
        for number in range(5):
            (corpus / f"copy{number}.md").write_text(
                f"# Copy\n\nForty ships ENTERED the harbour in 2024{'.' * number}\n"
            )
        index = open_index(corpus, encoder)
        query = "forty ships entered the harbour in 2024"
        texts = [text.upper().rstrip(".") for text in found(index, query)]
        assert texts == [query.upper()] * 2 + ["THE HARBOUR CLOSED IN 1987"]
        every = [hit.passage.text.upper().rstrip(".") for hit in index.retrieve([query], top_k=3, distinct=False)[0]]
        assert every == [query.upper()] * 3

    def test_copies_of_a_document_are_found_by_their_wording(self, corpus, encoder):
        (corpus / "wire.md").write_text(
            "# Wire\n\nFORTY ships entered the harbour in 2024!\n\nThe harbour closed in 1987.\n"
        )
        (corpus / "part.md").write_text("# Part\n\nThe harbour closed in 1987.\n\nIt was sold.\n\nIt is a park.\n")
        index = open_index(corpus, encoder)
        assert index.find_copies("harbour") == [("wire", 1.0), ("part", 0.5)]
        assert index.find_copies("part") == []
        assert index.find_copies("part", least_share=0.3) == [("harbour", 1 / 3), ("wire", 1 / 3)]
        assert index.find_copies("bread") == []

    def test_no_queries_and_no_words_are_answered(self, corpus, encoder):
        index = open_index(corpus, encoder)
        assert index.retrieve([], top_k=3) == []
        assert len(index.retrieve(["?!"], top_k=2)[0]) == 2

    def test_order_does_not_depend_on_how_the_index_came_about(self, corpus, encoder):
        for name in ("tides", "bread"):
            (corpus / f"{name}.md").rename(corpus / f"{name}.txt")
        open_index(corpus, encoder).close()
        for name in ("tides", "bread"):
            (corpus / f"{name}.txt").rename(corpus / f"{name}.md")
            open_index(corpus, encoder).close()
        grown = open_index(corpus, encoder)
        whole = Index.open(corpus, corpus.parent / "elsewhere", encoder)
        for query in ("harbour in 2024", "bread", "tide at noon"):
            assert [(h.passage.id, h.similarity, h.bm25) for h in grown.retrieve([query], top_k=2)[0]] == [
                (h.passage.id, h.similarity, pytest.approx(h.bm25)) for h in whole.retrieve([query], top_k=2)[0]
            ]


class TestUpdates:
    def test_progress_counts_passages_and_nothing_is_done_twice(self, corpus, encoder):
        seen: list[tuple[int, int]] = []
        open_index(corpus, encoder, progress=lambda done, total: seen.append((done, total)))
        assert seen == [(0, 6), (6, 6)]
        encoded = encoder.encoded
        open_index(corpus, encoder, progress=lambda done, total: seen.append((done, total)))
        assert encoder.encoded == encoded

    def test_only_changed_documents_are_encoded(self, corpus, encoder):
        open_index(corpus, encoder)
        encoded = encoder.encoded
        (corpus / "bread.md").write_text("# Bread\n\nBread needs no yeast.\n")
        (corpus / "new.md").write_text("# New\n\nA new lighthouse was lit. It burns oil.\n")
        (corpus / "tides.md").unlink()
        index = open_index(corpus, encoder)
        assert encoder.encoded - encoded == 2
        assert index.corpus_sha256 == read_corpus(corpus).sha256
        assert found(index, "yeast", mode=Mode.SPARSE) == ["Bread needs no yeast."]
        assert found(index, "tide salt noon", mode=Mode.SPARSE) == []
        assert found(index, "lighthouse oil")[0] == "A new lighthouse was lit. It burns oil."
        assert index.check() == []

    def test_an_edit_that_keeps_size_and_date_is_noticed_while_fresh(self, corpus, encoder):
        path = corpus / "bread.md"
        open_index(corpus, encoder)
        before = path.stat()
        path.write_text(path.read_text().replace("45.6", "99.9"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert found(open_index(corpus, encoder), "99.9", mode=Mode.SPARSE)

    def test_a_new_date_alone_changes_nothing(self, corpus, encoder):
        open_index(corpus, encoder)
        encoded = encoder.encoded
        for path in corpus.glob("*.md"):
            os.utime(path, (1, 1))
        open_index(corpus, encoder)
        assert encoder.encoded == encoded

    def test_a_broken_document_leaves_the_index_as_it_was(self, corpus, encoder):
        open_index(corpus, encoder)
        (corpus / "bread.md").write_text("---\ntitle: [\n---\n")
        with pytest.raises(BadDocument, match=r"bread\.md"):
            open_index(corpus, encoder)
        (corpus / "bread.md").write_text(FACTS["bread"])
        assert found(open_index(corpus, encoder), "yeast", mode=Mode.SPARSE)

    def test_no_documents_and_no_folder_are_said(self, tmp_path, encoder):
        with pytest.raises(BadWorkspace, match="has no documents; add some with `factcheck add FILE`"):
            open_index(tmp_path, encoder)
        with pytest.raises(BadWorkspace, match="no corpus at"):
            open_index(tmp_path / "nowhere", encoder)

    def test_documents_without_text_are_no_error(self, corpus, encoder):
        (corpus / "empty.md").write_text("# Only a title\n")
        assert open_index(corpus, encoder).passage_count == 6


class TestDamage:
    def test_another_encoder_is_refused_and_a_rebuild_mends_it(self, corpus, encoder):
        open_index(corpus, encoder)
        other = HashEncoder(32, name="other")
        with pytest.raises(IndexStale) as error:
            open_index(corpus, other)
        assert str(error.value) == (
            "the index was built by the encoder hash-256, this run uses other-32;"
            " run `factcheck index` to build it again"
        )
        assert Index.rebuild(corpus, corpus / ".index", other).passage_count == 6
        assert open_index(corpus, other).check() == []

    @pytest.mark.parametrize("damage", ["truncate", "garbage", "vectors", "text"])
    def test_damage_is_refused_with_the_way_out(self, corpus, encoder, damage):
        open_index(corpus, encoder).close()
        path = corpus / ".index" / "index.db"
        content = path.read_bytes()
        if damage == "truncate":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "text":
            path.write_bytes(b"this is not an index" * 100)
        elif damage == "garbage":
            path.write_bytes(content[:100] + os.urandom(len(content) - 100))
        else:
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE vectors SET rows = zeroblob(length(rows)) WHERE document = 2")
            connection.close()
        with pytest.raises(IndexStale, match=r"run `factcheck index` to build it again"):
            open_index(corpus, encoder)
        assert check_index(corpus, corpus / ".index", encoder) != []
        assert found(Index.rebuild(corpus, corpus / ".index", encoder), "yeast", mode=Mode.SPARSE)
        assert check_index(corpus, corpus / ".index", encoder) == []

    def test_an_index_of_another_version_is_built_again_by_itself(self, corpus, encoder):
        open_index(corpus, encoder).close()
        with sqlite3.connect(corpus / ".index" / "index.db") as connection:
            connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
        connection.close()
        assert check_index(corpus, corpus / ".index", encoder)[0].endswith("run `factcheck index` to build it again")
        assert open_index(corpus, encoder).passage_count == 6
        assert check_index(corpus, corpus / ".index", encoder) == []

    def test_check_tells_what_is_out_of_date(self, corpus, encoder):
        assert check_index(corpus, corpus / ".index", encoder) == [
            f"there is no index at {corpus / '.index' / 'index.db'}"
        ]
        open_index(corpus, encoder)
        (corpus / "new.md").write_text("# New\n\nText.")
        (corpus / "bread.md").unlink()
        assert check_index(corpus, corpus / ".index", encoder) == [
            "documents changed since it was built: 1 new or edited, 1 gone"
        ]

    def test_a_folder_that_cannot_be_written_is_said(self, corpus, encoder):
        (corpus / ".index").write_text("a file in the way")
        with pytest.raises(BadWorkspace, match=r"cannot write in .*\.index"):
            open_index(corpus, encoder)


SLOW_BUILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from encoders import HashEncoder
import factcheck.index.hybrid as hybrid
import factcheck.index.update as update

update.PASSAGES_PER_COMMIT = 4
def progress(done, total):
    print(done, total, flush=True)
    time.sleep(0.005)
build = hybrid.Index.rebuild if sys.argv[3] == "rebuild" else hybrid.Index.open
index = build(Path(sys.argv[2]), Path(sys.argv[2]) / ".index", HashEncoder(256), progress=progress)
print(index.passage_count, flush=True)
"""


def start_build(corpus: Path, how: str = "open") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SLOW_BUILD, str(Path(__file__).parent), str(corpus), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(process: subprocess.Popen[str], done: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if int(re.split(r"\s", line)[0]) >= done:
            return
    pytest.fail("the build ended before it could be killed")


@pytest.fixture
def larger(corpus):
    for number in range(60):
        (corpus / f"n{number:02}.md").write_text(
            f"# N{number}\n\nFact number {number} holds.\n\nAnother about ships.\n"
        )
    return corpus


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from encoders import HashEncoder
from factcheck.corpus import FrontMatter, add_document
from factcheck.errors import BadWorkspace
from factcheck.index import Index

corpus, limit = Path(sys.argv[2]), int(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if sys.argv[3] == "add":
        add_document(corpus, FrontMatter("Harbour", url="u"), "New text of the harbour. " * 5000)
    else:
        Index.open(corpus, corpus / ".index", HashEncoder(256))
except BadWorkspace as error:
    print(error)
    sys.exit(2)
"""


class TestFullDisk:
    """A limit on the size of files stands for a disk without room: the same writes fail."""

    def run(self, corpus: Path, what: str, limit: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", FULL_DISK, str(Path(__file__).parent), str(corpus), what, str(limit)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_an_index_that_cannot_grow_stays_as_it_was(self, larger, encoder):
        whole = open_index(larger, encoder)
        size, digest = (larger / ".index" / "index.db").stat().st_size, whole.corpus_sha256
        whole.close()
        (larger / "big.md").write_text("# Big\n\n" + "\n\n".join(f"Fact {n} of many." for n in range(3000)))
        done = self.run(larger, "index", size + 40_000)
        assert (done.returncode, done.stderr) == (2, "")
        assert done.stdout.startswith(f"the index {larger / '.index' / 'index.db'} cannot be used: ")
        store = PassageStore.open(larger / ".index" / "index.db")
        assert digest_documents((name, known.sha256) for name, known in store.list_stored().items()) == digest
        assert store.find_problems() == []
        store.close()
        assert open_index(larger, encoder).passage_count == 3126

    def test_a_document_that_cannot_be_written_leaves_the_old_one(self, corpus):
        path = add_document(corpus, FrontMatter("Harbour", url="u"), "Old text.").path
        before = path.read_bytes()
        done = self.run(corpus, "add", 10_000)
        assert (done.returncode, done.stderr) == (2, "")
        assert done.stdout.startswith(f"cannot write {path} (")
        assert path.read_bytes() == before
        assert not list(corpus.glob(".new-*"))


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from encoders import HashEncoder
from factcheck.errors import BadWorkspace
from factcheck.index import Index
import factcheck.index.hybrid, factcheck.index.dense, faiss

corpus = Path(sys.argv[2])
if os.geteuid() == 0:
    os.setuid(65534)
try:
    print(Index.open(corpus, corpus / ".index", HashEncoder(256)).passage_count)
except BadWorkspace as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders are another matter on Windows")
class TestReadOnly:
    """A folder that may be read and not written; root gives up its rights in a process of its own."""

    @pytest.fixture
    def locked(self, encoder):
        with tempfile.TemporaryDirectory() as scratch:
            corpus = Path(scratch)
            for name, text in FACTS.items():
                (corpus / f"{name}.md").write_text(text)
                os.utime(corpus / f"{name}.md", (1_700_000_000, 1_700_000_000))
            open_index(corpus, encoder).close()
            yield corpus
            for folder in (corpus, corpus / ".index"):
                folder.chmod(0o755)

    def open(self, corpus: Path) -> str:
        for path in (corpus / ".index", corpus):
            path.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, str(Path(__file__).parent), str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.stderr == ""
        return done.stdout.strip()

    def test_an_index_that_is_up_to_date_is_used(self, locked):
        assert self.open(locked) == "6"

    def test_dates_that_alone_changed_do_no_harm(self, locked):
        os.utime(locked / "bread.md", (1, 1))
        assert self.open(locked) == "6"

    def test_what_must_be_written_and_cannot_is_said(self, locked):
        (locked / "new.md").write_text("# New\n\nA new fact.\n")
        assert self.open(locked).startswith(f"cannot write in {locked / '.index'} (")


class TestKills:
    @pytest.mark.parametrize(
        ("done", "how"), [(0, signal.SIGKILL), (8, signal.SIGKILL), (60, signal.SIGKILL), (8, signal.SIGINT)]
    )
    def test_a_killed_build_is_gone_on_from(self, larger, encoder, done, how):
        build = start_build(larger)
        wait_for(build, done)
        build.send_signal(how)
        build.communicate()
        assert build.returncode != 0
        index = open_index(larger, encoder)
        assert 126 - encoder.encoded >= done - 4
        assert index.passage_count == 126
        assert index.corpus_sha256 == read_corpus(larger).sha256
        assert index.check() == check_index(larger, larger / ".index", encoder) == []

    def test_a_killed_rebuild_leaves_the_old_index(self, larger, encoder):
        open_index(larger, encoder).close()
        encoded = encoder.encoded
        build = start_build(larger, "rebuild")
        wait_for(build, 8)
        build.kill()
        build.communicate()
        assert open_index(larger, encoder).passage_count == 126
        assert encoder.encoded == encoded
        assert Index.rebuild(larger, larger / ".index", encoder).check() == []

    @pytest.mark.parametrize("rebuilt", [False, True])
    def test_a_writer_killed_with_half_its_pages_written_is_undone(self, larger, encoder, rebuilt):
        open_index(larger, encoder).close()
        path = larger / ".index" / "index.db"
        program = (
            "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('PRAGMA cache_size = 2'); c.execute('BEGIN IMMEDIATE');"
            "c.execute('DELETE FROM passages'); c.execute('DELETE FROM vectors');"
            "c.execute('UPDATE documents SET body = zeroblob(9000)'); os._exit(1)"
        )
        subprocess.run([sys.executable, "-c", program, str(path)], check=False)
        journal = path.with_name("index.db-journal")
        assert journal.stat().st_size > 0
        if rebuilt:
            Index.rebuild(larger, larger / ".index", encoder).close()
        index = open_index(larger, encoder)
        assert (index.passage_count, index.check(), journal.exists()) == (126, [], False)
        assert found(index, "yeast", mode=Mode.SPARSE) == ["Bread needs yeast and 45.6 grams of salt."]

    def test_two_processes_build_one_index(self, larger, encoder):
        first, second = start_build(larger), start_build(larger)
        for build in (first, second):
            output, errors = build.communicate(timeout=60)
            assert (build.returncode, errors, output.split()[-1]) == (0, "", "126")
        assert open_index(larger, encoder).check() == []
        assert encoder.encoded == 0
