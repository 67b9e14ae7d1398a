"""Judge what a passage says about a claim: supports, refutes, or neither.

The shipped judge is a cross-encoder (claim and evidence read together) run by onnxruntime from int8 weights; other
judges are loaded by name through sentence-transformers. Every judge keeps to one Protocol, and its probabilities are
tempered by constants fitted on held-out pairs, so that 0.8 means right in four of five cases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.assets import models_dir
from factcheck.batching import batch_by_length, pad, run_side_by_side
from factcheck.errors import MissingModel
from factcheck.types import Pair, Span, Stance

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

LABELS = ("supported", "refuted", "not_enough_info")
MAX_TOKENS = 256
BATCH_TOKENS = 256
"""Two cores do 61 pairs a second with 256 tokens, 56 with 512 and 50 with 1,024: larger batches leave their caches."""

# An initial ("U.S.", "J. Smith") ends no sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


class Verifier(Protocol):
    """Judge what each passage says about its claim."""

    name: str

    def score(self, pairs: Sequence[Pair]) -> list[Stance]:
        """Return one stance a pair, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Tempering:
    """Constants that turn raw scores into honest probabilities: softmax(logits / temperature + bias).

    Vector scaling with one temperature (Guo et al. 2017, "On Calibration of Modern Neural Networks").
    """

    temperature: float = 1.0
    bias: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @classmethod
    def load(cls, path: Path) -> Tempering:
        """Read the constants from a JSON file; a missing file means none."""
        if not path.is_file():
            return cls()
        row = json.loads(path.read_text(encoding="utf-8"))
        supports, refutes, neutral = row["bias"]
        return cls(float(row["temperature"]), (float(supports), float(refutes), float(neutral)))


def temper(logits: NDArray[np.float64], tempering: Tempering) -> NDArray[np.float64]:
    """Return probabilities of shape (n, 3) for logits of shape (n, 3), each row summing to 1."""
    scaled = logits / tempering.temperature + np.asarray(tempering.bias)
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponents = np.exp(scaled)
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


def split_sentences(text: str) -> list[Span]:
    """Split ``text`` at sentence ends by punctuation; the spans slice back and leave out white space between."""
    spans, start = [], 0
    for end in [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        if stripped:
            closing = re.match(r"[\"'”’)\]]+", text[end:])
            tail = len(closing.group()) if closing and end < len(text) else 0
            begin = start + left
            stop = begin + len(stripped) + tail
            spans.append(Span(begin, stop, text[begin:stop]))
            start = stop
        else:
            start = end
    return spans


def pack_windows(lengths: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Group consecutive sentences into windows of at most ``limit`` tokens, each starting one sentence back.

    Returns half-open index pairs that cover all sentences; a sentence longer than the limit is a window of its own.
    """
    windows: list[tuple[int, int]] = []
    first = 0
    while first < len(lengths):
        last, used = first, 0
        while last < len(lengths) and (last == first or used + lengths[last] <= limit):
            used += lengths[last]
            last += 1
        windows.append((first, last))
        if last == len(lengths):
            break
        overlap = last - 1 if last - 1 > first and lengths[last - 1] + lengths[last] <= limit else last
        first = overlap
    return windows


def overlap(claim: str, text: str) -> float:
    """Return the share of the claim's longer words that ``text`` has."""
    words = {w for w in re.findall(r"\w+", claim.lower()) if len(w) > 3 or w.isdigit()}
    return len(words & set(re.findall(r"\w+", text.lower()))) / len(words) if words else 0.0


def pick_window(probabilities: NDArray[np.float64], overlaps: Sequence[float]) -> int:
    """Return the window that decides most clearly among those that speak of the claim's matter; ties to the first.

    A judge may find against a claim in a window about something else, so what a window says counts by its overlap.
    """
    return int(np.argmax((1.0 - probabilities[:, 2]) * (0.1 + np.asarray(overlaps))))


class OnnxVerifier:
    """The shipped judge: an int8 cross-encoder under onnxruntime.

    Evidence longer than the model's window is judged in overlapping windows of whole sentences; the window that decides
    most clearly gives the stance and is kept as its rationale.
    """

    def __init__(
        self, session: InferenceSession, tokenizer: Tokenizer, *, name: str, tempering: Tempering | None = None
    ) -> None:
        self.name = name
        self._session = session
        self._tokenizer = tokenizer
        self._tempering = tempering or Tempering()

    @classmethod
    def load(cls, folder: Path | None = None) -> OnnxVerifier:
        """Load the judge from ``folder`` (default: ``models/verifier``).

        :raises MissingModel: when its files are not there.
        """
        folder = folder or models_dir() / "verifier"
        if not (folder / "model.onnx").is_file() or not (folder / "tokenizer.json").is_file():
            raise MissingModel(f"the judge is missing from {folder}; install the package again")
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        card = folder / "card.json"
        name = json.loads(card.read_text(encoding="utf-8"))["name"] if card.is_file() else folder.name
        return cls(session, tokenizer, name=name, tempering=Tempering.load(folder / "tempering.json"))

    def score(self, pairs: Sequence[Pair]) -> list[Stance]:
        """Return one stance a pair, in order."""
        windows = [self._windows(pair) for pair in pairs]
        flat = [(text, pair.claim) for pair, cut in zip(pairs, windows, strict=True) for text, _ in cut]
        probabilities = self.probabilities(flat)
        stances, at = [], 0
        for pair, cut in zip(pairs, windows, strict=True):
            rows = probabilities[at : at + len(cut)]
            at += len(cut)
            best = pick_window(rows, [overlap(pair.claim, text) for text, _ in cut])
            supports, refutes, neutral = (float(p) for p in rows[best])
            stances.append(Stance(supports, refutes, neutral, cut[best][1]))
        return stances

    def probabilities(self, texts: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Return tempered probabilities of shape (n, 3) for (evidence, claim) texts, in the order of ``LABELS``."""
        return temper(self.logits(texts), self._tempering)

    def logits(self, texts: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Return raw scores of shape (n, 3) for (evidence, claim) texts, in the order of ``LABELS``."""
        scores = np.zeros((len(texts), len(LABELS)))
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))] if texts else []
        batches = batch_by_length([len(r) for r in rows], max_tokens=BATCH_TOKENS, longest_first=True)

        def run(batch: list[int]) -> None:
            (scores[batch],) = self._session.run(["logits"], pad([rows[i] for i in batch], self._pad_id))

        run_side_by_side(run, list(batches))
        return scores

    @property
    def _pad_id(self) -> int:
        pad = self._tokenizer.token_to_id("<pad>")
        return int(pad if pad is not None else self._tokenizer.token_to_id("[PAD]") or 0)

    def _windows(self, pair: Pair) -> list[tuple[str, Span | None]]:
        prefix = f"{pair.context} " if pair.context else ""
        # Four characters make a token in English prose; counting exactly costs as much as reading.
        room = MAX_TOKENS * 3 - len(pair.claim) - len(prefix)
        if len(pair.evidence) <= room:
            return [(prefix + pair.evidence, None)]
        sentences = split_sentences(pair.evidence)
        cut: list[tuple[str, Span | None]] = []
        for first, last in pack_windows([len(s.text) for s in sentences], max(room, 200)):
            start, end = sentences[first].start, sentences[last - 1].end
            cut.append((prefix + pair.evidence[start:end], Span(start, end, pair.evidence[start:end])))
        return cut or [(prefix + pair.evidence, None)]


def order_of_labels(id2label: Mapping[int, str]) -> tuple[int, int, int]:
    """Return the positions of (supports, refutes, neutral) in a foreign model's output, read from its label names.

    :raises MissingModel: when the names are not those of a natural-language-inference model.
    """
    names = {index: label.lower() for index, label in id2label.items()}

    def find(prefixes: Iterable[str]) -> int:
        for index, label in names.items():
            if label.startswith(tuple(prefixes)):
                return index
        raise MissingModel(
            f"a judge must name entailment, contradiction and neutral; this one has {sorted(names.values())}"
        )

    return find(("entail", "support")), find(("contra", "refut")), find(("neutral", "not_enough", "not enough"))


class CrossEncoderVerifier:
    """Any sentence-transformers CrossEncoder of three labels; the order of its labels is read from its config."""

    def __init__(
        self, predict: Callable[[list[tuple[str, str]]], Any], order: tuple[int, int, int], *, name: str
    ) -> None:
        self.name = name
        self._predict = predict
        self._order = list(order)

    @classmethod
    def load(cls, name: str) -> CrossEncoderVerifier:
        """Load ``name`` (a folder or a hub name that is on this machine).

        :raises MissingModel: when it cannot be had or is no judge of three labels.
        """
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(name, max_length=MAX_TOKENS, device="cpu")
        except (OSError, ValueError) as error:
            raise MissingModel(
                f"the judge {name!r} cannot be loaded ({_first_line(error)}); give a folder or a model's name"
            ) from error
        order = order_of_labels({int(k): v for k, v in model.model.config.id2label.items()})
        return cls(model.predict, order, name=name)

    def score(self, pairs: Sequence[Pair]) -> list[Stance]:
        """Return one stance a pair, in order."""
        if not pairs:
            return []
        texts = [(f"{p.context} {p.evidence}" if p.context else p.evidence, p.claim) for p in pairs]
        logits = np.asarray(self._predict(texts), dtype=np.float64)[:, self._order]
        return [Stance(float(s), float(r), float(n)) for s, r, n in temper(logits, Tempering())]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
