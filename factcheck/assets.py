"""Where the shipped models and the shipped reference library are found.

Looked for in this order: the environment (``FACTCHECK_MODELS``, for models), beside the package in a checkout, in the
package's own data as the wheel installs it.
"""

import os
from pathlib import Path

from factcheck.errors import MissingModel

_PACKAGE = Path(__file__).resolve().parent


def models_dir() -> Path:
    """Return the folder that holds the shipped models.

    :raises MissingModel: when there is none.
    """
    set_by_user = os.environ.get("FACTCHECK_MODELS")
    if set_by_user:
        folder = Path(set_by_user)
        if not folder.is_dir():
            raise MissingModel(f"FACTCHECK_MODELS names {set_by_user}, which is not a folder; unset it or correct it")
        return folder
    for folder in (_PACKAGE.parent / "models", _PACKAGE / "data" / "models"):
        if (folder / "README.md").is_file():
            return folder
    raise MissingModel("the models that ship with factcheck are missing; install the package again")


def shipped_corpus_dir() -> Path | None:
    """Return the folder of the shipped reference library, or ``None`` where it was left out."""
    in_checkout = _PACKAGE.parent / "corpus"
    if (_PACKAGE.parent / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    in_wheel = _PACKAGE / "data" / "corpus"
    return in_wheel if in_wheel.is_dir() else None
