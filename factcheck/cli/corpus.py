"""``factcheck add``, ``index`` and ``corpus``: the user's reference documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from factcheck.cli.options import EncoderName, Output, Quiet, WorkspaceFolder
from factcheck.cli.output import note, show_progress, terminal_width, write_text

corpus_app = typer.Typer(help="List, show, search and remove reference documents.", no_args_is_help=True)
