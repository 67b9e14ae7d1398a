"""The spaCy pipeline that stages share: loaded once, from ``models/``, without importing torch."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.assets import models_dir
from factcheck.errors import MissingModel

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_PIPELINE = "en_core_web_sm"


@contextmanager
def _without_torch() -> Iterator[None]:
    """Hide torch while spaCy loads.

    thinc imports torch wherever it is installed, which costs 2 s and 200 MB that our ONNX path has no use for. A
    ``None`` in ``sys.modules`` makes that import fail as if torch were absent; thinc then goes on without it.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


@lru_cache(maxsize=2)
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """Return the spaCy pipeline ``name`` from ``models/spacy/`` (tagger, parser, lemmatiser, entities).

    :raises MissingModel: when it is not there.
    """
    folder = models_dir() / "spacy" / name
    if not (folder / "config.cfg").is_file():
        raise MissingModel(f"the spaCy model {name} is missing from {folder.parent}; install the package again")
    with _without_torch():
        import spacy

        return spacy.load(folder)
