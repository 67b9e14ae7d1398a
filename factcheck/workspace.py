"""Where a user's corpus, index and ledger lie."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from factcheck.assets import shipped_corpus_dir
from factcheck.errors import BadWorkspace

VARIABLE = "FACTCHECK_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one workspace. ``is_shipped`` is true where the shipped library is used read-only."""

    corpus: Path
    index: Path
    ledger: Path | None
    is_shipped: bool = False

    @property
    def calibration(self) -> Path:
        """Where a decision model that was refitted on this workspace's reviews lies, if there is one."""
        return self.corpus.parent / "claims" / "calibration.json"


def find_workspace(folder: Path | None = None) -> Workspace:
    """Return the workspace: the folder given, then ``FACTCHECK_WORKSPACE``, then here, then the shipped library.

    :raises BadWorkspace: when a folder that was named has no ``corpus/``, or nothing is to be had at all.
    """
    named = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        if not (named / "corpus").is_dir():
            raise BadWorkspace(f"{named} is no workspace, it has no corpus/ in it; run `factcheck init {named}`")
        return _own(named)
    if (Path.cwd() / "corpus").is_dir():
        return _own(Path.cwd())
    shipped = shipped_corpus_dir()
    if shipped is None:
        raise BadWorkspace("there is no corpus/ here and no shipped library; run `factcheck init`")
    return Workspace(shipped, cache_dir() / "index" / _short_digest(shipped), None, is_shipped=True)


def _own(folder: Path) -> Workspace:
    corpus = folder / "corpus"
    index = corpus / ".index"
    if not _can_write(corpus) and not index.is_dir():
        index = cache_dir() / "index" / _short_digest(corpus)
    return Workspace(corpus, index, folder / "claims" / "ledger.db")


def writable(workspace: Workspace) -> Workspace:
    """Return ``workspace`` where documents and reviews may be written.

    :raises BadWorkspace: when it is the shipped library or its folder is read-only.
    """
    if workspace.is_shipped:
        raise BadWorkspace(
            "there is no corpus/ here, and the shipped library is read-only; run `factcheck init` to make a workspace"
        )
    if not _can_write(workspace.corpus):
        raise BadWorkspace(f"{workspace.corpus} cannot be written; make it writable or use another --workspace")
    return workspace


def init_workspace(folder: Path, *, empty: bool) -> Workspace:
    """Make ``corpus/`` and ``claims/`` in ``folder``, with a copy of the shipped library unless ``empty``.

    :raises BadWorkspace: when there is a corpus already or the folder cannot be written.
    """
    corpus = folder / "corpus"
    if corpus.exists():
        raise BadWorkspace(f"{corpus} exists already; nothing was changed")
    shipped = None if empty else shipped_corpus_dir()
    try:
        (folder / "claims").mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".corpus-{os.getpid()}"
        if shipped is not None:
            shutil.copytree(shipped, unfinished, ignore=shutil.ignore_patterns(".index", ".*"))
        else:
            unfinished.mkdir()
        unfinished.rename(corpus)
    except OSError as error:
        raise BadWorkspace(f"{folder} cannot be written ({error.strerror}); choose another folder") from error
    return _own(folder)


def cache_dir() -> Path:
    """Return the user's cache folder for this program."""
    from platformdirs import user_cache_path

    return user_cache_path("factcheck")


def _can_write(folder: Path) -> bool:
    # access() says yes to root on a read-only mount's files but no on the mount, which is what matters here.
    return os.access(folder, os.W_OK)


def _short_digest(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
