"""The one place where names become objects: settings to a ready ``Checker``."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck import __version__
from factcheck.assets import models_dir
from factcheck.pipeline import Checker, CheckOptions, Provenance
from factcheck.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from factcheck.claims import ClaimExtractor
    from factcheck.embed import Encoder
    from factcheck.index import Index
    from factcheck.verify import Verifier

DEFAULT = "default"
LARGE, SMALL, CASCADE = "large", "small", "cascade"
REMOTE = "openai:"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set. ``encoder`` and ``verifier`` are "default" or the name of a sentence-transformers model."""

    workspace: Path | None = None
    encoder: str = DEFAULT
    verifier: str = DEFAULT
    options: CheckOptions = field(default_factory=CheckOptions)


def build_encoder(name: str = DEFAULT) -> Encoder:
    """Return the encoder called ``name``.

    :raises MissingModel: when it cannot be had.
    """
    from factcheck.embed import OnnxEncoder, SentenceTransformerEncoder

    return OnnxEncoder.load() if name == DEFAULT else SentenceTransformerEncoder.load(name)


def build_verifier(name: str = DEFAULT) -> Verifier:
    """Return the judge called ``name``.

    That is "default" or "large", "small", or "cascade" (the small one first, the large one where it doubts) of those in
    ``models/``, a folder with an ONNX judge, "openai:MODEL", or a CrossEncoder.

    :raises MissingModel: when it cannot be had.
    """
    from factcheck.verify import CrossEncoderVerifier, OnnxVerifier

    large, small = models_dir() / "verifier", models_dir() / "verifier_small"
    if name in (DEFAULT, LARGE):
        return OnnxVerifier.load(large)
    if name == CASCADE:
        from factcheck.cascade import CascadeVerifier

        return CascadeVerifier.load(small, large)
    if name == SMALL:
        return OnnxVerifier.load(small)
    if (Path(name) / "model.onnx").is_file():
        return OnnxVerifier.load(Path(name))
    if name.startswith(REMOTE):
        from factcheck.remote import RemoteVerifier

        return RemoteVerifier.load(name.removeprefix(REMOTE))
    return CrossEncoderVerifier.load(name)


def build_extractor() -> ClaimExtractor:
    """Return the claim extractor with its spaCy pipeline loaded."""
    from factcheck.claims import SpacyExtractor

    return SpacyExtractor.load()


def open_index(workspace: Workspace, encoder: Encoder, *, progress: Callable[[int, int], None] | None = None) -> Index:
    """Return the workspace's index, built or brought up to date where needed."""
    from factcheck.index import Index

    return Index.open(workspace.corpus, workspace.index, encoder, progress=progress)


def build_checker(
    settings: Settings | None = None,
    *,
    workspace: Workspace | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Checker:
    """Return a checker over the workspace's corpus.

    :raises BadWorkspace: when there is no corpus.
    :raises MissingModel: when a model is missing.
    :raises IndexStale: when the index is damaged or of another encoder.
    """
    from factcheck.decide import DecisionModel
    from factcheck.quantities import ParsedComparer, derive

    settings = settings or Settings()
    workspace = workspace or find_workspace(settings.workspace)
    with ThreadPoolExecutor(1) as pool:
        # The judge's weights are read outside the interpreter's lock, while spaCy and the index load here.
        loading = pool.submit(build_verifier, settings.verifier)
        encoder = build_encoder(settings.encoder)
        index = open_index(workspace, encoder, progress=progress)
        extractor = build_extractor()
        verifier = loading.result()
    comparer = ParsedComparer.load()
    return Checker(
        extractor,
        index,
        verifier,
        comparer,
        DecisionModel.load(workspace.calibration if workspace.calibration.is_file() else None),
        provenance=Provenance(__version__, index.corpus_sha256, encoder.name, verifier.name),
        options=settings.options,
        derive=partial(derive, parse=comparer.parse),
    )
