"""Check an article's claims against reference documents, offline, with the evidence shown.

>>> from factcheck import check
>>> report = check("article.txt")
>>> report.to_dataframe()
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.pipeline import Checker
    from factcheck.types import Report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "check_text"]


def check(path: str | Path, *, workspace: str | Path | None = None, as_of: str | None = None) -> Report:
    """Check the article at ``path`` against the workspace's corpus (default: here, else the shipped library).

    :raises FactcheckError: when the article or the workspace cannot be used; the text says what to do.
    """
    from factcheck.article import read_article

    return _checker(workspace, as_of).check(read_article(str(path)))


def check_text(text: str, *, workspace: str | Path | None = None, as_of: str | None = None) -> Report:
    """Check an article given as text; see :func:`check`."""
    from factcheck.article import parse_article

    return _checker(workspace, as_of).check(parse_article(text, embeds_text=True))


def _checker(workspace: str | Path | None, as_of: str | None) -> Checker:
    from factcheck.build import Settings, build_checker
    from factcheck.pipeline import CheckOptions

    return build_checker(Settings(workspace=Path(workspace) if workspace else None, options=CheckOptions(as_of=as_of)))
