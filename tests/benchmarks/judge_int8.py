"""The int8 judge against the same weights in floats under torch: speed in one run, and what quantisation costs.

    python tests/benchmarks/judge_int8.py CHECKPOINT PAIRS.jsonl... [--verifier models/verifier] [--limit 60]

CHECKPOINT is the transformers checkpoint that the judge was exported from. Speed is the median of three runs over pairs
cut to 60 tokens; accuracy is over all files, by plain argmax without tempering.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from factcheck.batching import batch_by_length
from factcheck.evaluate.verify import read_pairs
from factcheck.verify import LABELS, OnnxVerifier

SPEED_TOKENS = 60
SPEED_PAIRS = 96
RUNS = 3

Judge = Callable[[list[tuple[str, str]]], np.ndarray]


def load_float(folder: Path) -> Judge:
    """Return a judge that runs the checkpoint under torch in fp32."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()

    def run(texts: list[tuple[str, str]]) -> np.ndarray:
        rows = tokenizer([e for e, _ in texts], [c for _, c in texts], truncation="longest_first", max_length=256)
        scores = np.zeros((len(texts), len(LABELS)))
        for batch in batch_by_length([len(r) for r in rows["input_ids"]], max_tokens=1024):
            inputs = tokenizer.pad({"input_ids": [rows["input_ids"][i] for i in batch]}, return_tensors="pt")
            with torch.inference_mode():
                scores[batch] = model(**inputs).logits.float().numpy()
        return scores

    return run


def pairs_per_s(judge: Judge, texts: list[tuple[str, str]]) -> float:
    """Return the median speed after a warm-up."""
    judge(texts[:8])
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        judge(texts)
        times.append(time.perf_counter() - begun)
    return len(texts) / statistics.median(times)


def main() -> None:
    """Print both figures for both judges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--verifier", type=Path, default=Path(__file__).parents[2] / "models" / "verifier")
    parser.add_argument("--limit", type=int, default=60)
    options = parser.parse_args()
    judges: dict[str, Judge] = {
        "float, torch": load_float(options.checkpoint),
        "int8, onnxruntime": OnnxVerifier.load(options.verifier).logits,
    }
    pairs = [pair for file in options.files for pair in read_pairs(file)[: options.limit]]
    texts = [(p.evidence, p.claim) for p in pairs]
    words = [" ".join(f"{e} {c}".split()[: SPEED_TOKENS - 20]) for e, c in texts if len(e.split()) > SPEED_TOKENS]
    same = [(evidence, "The figure rose by four percent in the year before that.") for evidence in words[:SPEED_PAIRS]]
    gold = np.array([LABELS.index(p.label) for p in pairs])
    for name, judge in judges.items():
        right = float((judge(texts).argmax(axis=1) == gold).mean())
        print(f"{name:18s} accuracy {right:.4f} of {len(pairs)}; {pairs_per_s(judge, same):.1f} pairs a second")


if __name__ == "__main__":
    main()
