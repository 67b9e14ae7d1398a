"""Texts to vectors of unit length.

The shipped encoder is all-MiniLM-L6-v2 as an ONNX file and needs onnxruntime and tokenizers only; it imports neither
torch nor sentence-transformers, which would cost more time than a whole check. Any other model is loaded through
sentence-transformers by name, for those who ask for it. No model is ever fetched by the default path.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from factcheck.assets import models_dir
from factcheck.batching import batch_by_length, pad, run_side_by_side
from factcheck.errors import MissingModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEFAULT_ENCODER = "encoder"
MAX_TOKENS = 256
"""all-MiniLM-L6-v2 was tuned on 128 tokens and is published with a limit of 256; longer text is cut."""

TOKENS_PER_BATCH = 512
"""A batch holds as many texts as fit when padded to its longest. A core does 146 passages a second with 512 tokens, 123
with 1,024 and 80 with 8,192, because larger batches leave its cache."""


class Encoder(Protocol):
    """Turn texts into vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """Identify the model and its weights: vectors of encoders with different names must not be mixed."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of unit length a text, shape ``(len(texts), dim)``, in the order given."""
        ...


class OnnxEncoder:
    """An encoder that runs an ONNX graph with pooling and normalisation inside.

    The graph takes ``input_ids`` and ``attention_mask`` (int64, batch by tokens) and gives ``embedding``.
    """

    def __init__(self, session: Any, tokenizer: Any, *, name: str, dim: int) -> None:  # noqa: ANN401
        self._session = session
        self._tokenizer = tokenizer
        self._name = name
        self._dim = dim

    @classmethod
    def load(cls, folder: Path | None = None) -> OnnxEncoder:
        """Load ``model.onnx``, ``tokenizer.json`` and ``card.json`` from a folder, by default the shipped one.

        :raises MissingModel: when a file is missing or cannot be loaded.
        """
        where = folder if folder is not None else models_dir() / DEFAULT_ENCODER
        try:
            card = json.loads((where / "card.json").read_text(encoding="utf-8"))
            name, dim = f"{card['name']}@{card['sha256'][:12]}", int(card["dim"])
        except (OSError, ValueError, KeyError) as error:
            raise MissingModel(f"no encoder in {where} ({error}); install the package again") from None
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(where / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            # Batches run side by side, each on one thread.
            options.intra_op_num_threads = 1
            session = onnxruntime.InferenceSession(
                str(where / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime and tokenizers raise their own, undocumented types
            raise MissingModel(
                f"the encoder in {where} cannot be loaded ({error}); install the package again"
            ) from None
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return cls(session, tokenizer, name=name, dim=dim)

    @property
    def name(self) -> str:
        """Name of the model and the first digits of its file's digest."""
        return self._name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of unit length a text; texts of like length share a batch, so that little is padding."""
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        lengths = [len(row) for row in ids]
        batches = list(batch_by_length(lengths, max_tokens=TOKENS_PER_BATCH, longest_first=True))

        def run(rows: list[int]) -> None:
            vectors[rows] = self._run([ids[row] for row in rows])

        run_side_by_side(run, batches)
        return vectors

    def _run(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        (vectors,) = self._session.run(["embedding"], pad(ids))
        return np.asarray(vectors, dtype=np.float32)


class SentenceTransformerEncoder:
    """Any model that sentence-transformers can load, for ``--encoder NAME``."""

    def __init__(self, model: Any, *, name: str) -> None:  # noqa: ANN401
        self._model = model
        self._name = name

    @classmethod
    def load(cls, name: str) -> SentenceTransformerEncoder:
        """Load a model by its name or folder.

        :raises MissingModel: when sentence-transformers is not installed or does not find the model.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise MissingModel(
                f"the encoder {name} needs sentence-transformers: pip install sentence-transformers"
            ) from None
        try:
            return cls(SentenceTransformer(name, device="cpu"), name=name)
        except (OSError, ValueError) as error:
            first_line = str(error).strip().splitlines()[0]
            raise MissingModel(f"sentence-transformers cannot load the encoder {name}: {first_line}") from None

    @property
    def name(self) -> str:
        """The name that the model was loaded by."""
        return self._name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of unit length a text."""
        # One text at least, since only a vector tells how long vectors are under every version of the library.
        vectors = self._model.encode(
            list(texts) or [""],
            batch_size=32,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors[: len(texts)], dtype=np.float32)
