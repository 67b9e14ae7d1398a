"""A real encoder for tests: texts that share words are near each other, with no model to load."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class HashEncoder:
    """Bag of words hashed into ``dim`` places and scaled to unit length; a text without words is the zero vector."""

    def __init__(self, dim: int = 64, *, name: str = "hash") -> None:
        self._dim = dim
        self._name = f"{name}-{dim}"
        self.encoded = 0

    @property
    def name(self) -> str:
        return self._name

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % self._dim] += 1
        self.encoded += len(texts)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=vectors, where=lengths > 0)
