"""Time and size of the index at scale: build, reopen, add one document, query.

python tests/benchmarks/bench_index.py [--passages 100000] [--encoder random|onnx] [--texts FILE.jsonl...]

Without texts, sentences are drawn from a Zipf vocabulary; with them, the ``evidence`` or ``text`` fields are used, each
once. ``random`` gives every text a fixed random vector, so that everything but the encoder is timed at full size; the
encoder is timed apart, on a sample of the same texts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factcheck.embed import OnnxEncoder
from factcheck.index import Index, Mode

PASSAGES_PER_DOCUMENT = 40
SAMPLE = 400


class RandomEncoder:
    """A unit vector a text, drawn from a seed that the text fixes."""

    name = "random-384"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(384) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 384)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def draw_texts(count: int) -> Iterator[str]:
    random = np.random.default_rng(0)
    ranks = random.zipf(1.1, size=(count, 24)) % 50_000
    for row in ranks:
        yield " ".join(f"w{rank}" for rank in row).capitalize() + "."


def read_texts(paths: Sequence[Path], count: int) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            text = " ".join((row.get("evidence") or row.get("text") or "").split())[:400]
            if len(text) > 40 and text not in seen and not text.startswith(("#", "|", "-")):
                seen.add(text)
                yield text
                if len(seen) == count:
                    return


def write_corpus(texts: Sequence[str], folder: Path) -> None:
    folder.mkdir()
    for number, start in enumerate(range(0, len(texts), PASSAGES_PER_DOCUMENT)):
        body = "\n\n".join(texts[start : start + PASSAGES_PER_DOCUMENT])
        (folder / f"d{number:05}.md").write_text(f"---\ntitle: Document {number}\n---\n\n{body}\n", encoding="utf-8")


def open_timed(corpus: Path, encoder: RandomEncoder | OnnxEncoder) -> tuple[Index, float]:
    begun = time.perf_counter()
    index = Index.open(corpus, corpus / ".index", encoder)
    return index, time.perf_counter() - begun


def report(name: str, value: object) -> None:
    sys.stdout.write(f"{name:<44} {value}\n")
    sys.stdout.flush()


def time_queries(index: Index, queries: Sequence[str], mode: Mode) -> str:
    times = []
    for query in queries:
        begun = time.perf_counter()
        index.retrieve([query], top_k=10, mode=mode)
        times.append((time.perf_counter() - begun) * 1000)
    return f"p50 {np.percentile(times, 50):.1f}  p95 {np.percentile(times, 95):.1f}  max {max(times):.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--encoder", choices=["random", "onnx"], default="random")
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    texts = list(read_texts(options.texts, options.passages) if options.texts else draw_texts(options.passages))
    encoder = OnnxEncoder.load() if options.encoder == "onnx" else RandomEncoder()
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "corpus"
        write_corpus(texts, corpus)
        index, elapsed = open_timed(corpus, encoder)
        report("passages", f"{index.passage_count:,} of {np.mean([len(text) for text in texts]):.0f} characters")
        report(f"build, {options.encoder} encoder", f"{elapsed:.1f} s")
        size = (corpus / ".index" / "index.db").stat().st_size
        bodies = sum(path.stat().st_size for path in corpus.glob("*.md"))
        report("size a passage, text aside", f"{(size - bodies) / index.passage_count:.0f} bytes")
        index.close()
        index, elapsed = open_timed(corpus, encoder)
        report("reopen, nothing changed", f"{elapsed:.2f} s")
        queries = [text[:120] for text in texts[:: max(len(texts) // 200, 1)]][:200]
        for mode in Mode:
            report(f"query, warm, {mode}", time_queries(index, queries, mode))
        index.close()
        body = "\n\n".join(f"{text} Added later." for text in texts[:100])
        (corpus / "added.md").write_text(f"---\ntitle: Ten pages\n---\n\n{body}\n", encoding="utf-8")
        program = (
            "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); import bench_index as b;"
            "c = Path(sys.argv[1]); e = b.OnnxEncoder.load() if sys.argv[3] == 'onnx' else b.RandomEncoder();"
            "b.Index.open(c, c / '.index', e)"
        )
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program, str(corpus), str(Path(__file__).parent), options.encoder], check=True
        )
        report("one document of 100 passages, cold process", f"{time.perf_counter() - begun:.2f} s")
    real = OnnxEncoder.load()
    real.encode(texts[:32])
    begun = time.perf_counter()
    real.encode(texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE])
    report("shipped encoder", f"{SAMPLE / (time.perf_counter() - begun):.0f} passages a second")


if __name__ == "__main__":
    main()
