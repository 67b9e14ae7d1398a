"""SQLite FTS5, bm25s and tantivy at the same task: index passages, reopen, search, add one document.

python tests/benchmarks/bench_sparse.py [--passages 60000] [--texts FILE.jsonl...]

Needs ``pip install bm25s tantivy``, which factcheck itself does not. Agreement is the share of the first ten that FTS5
also has among its first ten; they differ in stemming and in ties.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from bench_index import draw_texts, read_texts, report

from factcheck.index.words import index_words, match_expression, query_words

TOKENIZER = "porter unicode61 remove_diacritics 2 tokenchars '_'"
Search = Callable[[str], list[int]]


def clock(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def measure(name: str, search: Search, queries: Sequence[str], reference: list[list[int]] | None) -> list[list[int]]:
    times, found = [], []
    for query in queries:
        begun = time.perf_counter()
        found.append(search(query))
        times.append((time.perf_counter() - begun) * 1000)
    shared = "" if reference is None else f"  agreement {overlap(found, reference):.2f}"
    report(f"{name}: query", f"p50 {np.percentile(times, 50):.1f}  p95 {np.percentile(times, 95):.1f} ms{shared}")
    return found


def overlap(found: list[list[int]], reference: list[list[int]]) -> float:
    return float(np.mean([len(set(a[:10]) & set(b[:10])) / 10 for a, b in zip(found, reference, strict=True)]))


def run_fts5(texts: Sequence[str], queries: Sequence[str], folder: Path) -> list[list[int]]:
    path = folder / "fts5.db"
    connection = sqlite3.connect(path)

    def build() -> None:
        connection.execute(f'CREATE VIRTUAL TABLE words USING fts5(text, content="", tokenize="{TOKENIZER}")')
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(map(index_words, texts)))
        connection.commit()

    report("fts5: build", f"{clock(build):.2f} s, {path.stat().st_size / len(texts):.0f} bytes a passage")

    def search(query: str) -> list[int]:
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT 100"
        return [row[0] for row in connection.execute(sql, (match_expression(query_words(query)),))]

    found = measure("fts5", search, queries, None)

    def add() -> None:
        for number, text in enumerate(texts[:100]):
            connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (len(texts) + number, text))
        connection.commit()

    report("fts5: add 100 passages", f"{clock(add):.2f} s")
    return found


def run_bm25s(texts: Sequence[str], queries: Sequence[str], folder: Path, reference: list[list[int]]) -> None:
    import bm25s

    retriever = bm25s.BM25(k1=1.2, b=0.75)

    def split(lines: Sequence[str]) -> object:
        return bm25s.tokenize([index_words(line) for line in lines], stopwords="en", show_progress=False)

    def build() -> None:
        retriever.index(split(texts), show_progress=False)
        retriever.save(folder / "bm25s")

    elapsed = clock(build)
    size = sum(path.stat().st_size for path in (folder / "bm25s").iterdir())
    report(
        "bm25s: build, which adding one document needs too", f"{elapsed:.2f} s, {size / len(texts):.0f} bytes a passage"
    )
    report("bm25s: reopen", f"{clock(lambda: bm25s.BM25.load(folder / 'bm25s')):.2f} s")

    def search(query: str) -> list[int]:
        return [int(row) for row in retriever.retrieve(split([query]), k=100, show_progress=False)[0][0]]

    measure("bm25s", search, queries, reference)


def run_tantivy(texts: Sequence[str], queries: Sequence[str], folder: Path, reference: list[list[int]]) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
    builder.add_integer_field("row", stored=True)
    path = folder / "tantivy"
    path.mkdir()
    index = tantivy.Index(builder.build(), path=str(path))

    def write(lines: Sequence[str], first: int) -> None:
        writer = index.writer(num_threads=1)
        for number, text in enumerate(lines, start=first):
            writer.add_document(tantivy.Document(text=[index_words(text)], row=number))
        writer.commit()
        writer.wait_merging_threads()

    elapsed = clock(lambda: write(texts, 0))
    size = sum(file.stat().st_size for file in path.iterdir())
    report("tantivy: build", f"{elapsed:.2f} s, {size / len(texts):.0f} bytes a passage")
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[int]:
        parsed = index.parse_query(" ".join(query_words(query)), ["text"])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(parsed, 100).hits]

    measure("tantivy", search, queries, reference)
    report("tantivy: add 100 passages", f"{clock(lambda: write(texts[:100], len(texts))):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=60_000)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    texts = list(read_texts(options.texts, options.passages) if options.texts else draw_texts(options.passages))
    queries = [text[:120] for text in texts[:: max(len(texts) // 200, 1)]][:200]
    report("passages", f"{len(texts):,}")
    with tempfile.TemporaryDirectory() as scratch:
        reference = run_fts5(texts, queries, Path(scratch))
        for run in (run_bm25s, run_tantivy):
            try:
                run(texts, queries, Path(scratch), reference)
            except ImportError as error:
                sys.stdout.write(f"left out: {error}\n")


if __name__ == "__main__":
    main()
