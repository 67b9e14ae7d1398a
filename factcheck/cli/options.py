"""The options that several commands share, and what they are turned into."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from factcheck.build import Settings

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

WorkspaceFolder = Annotated[
    Path | None,
    typer.Option("--workspace", help="A folder with corpus/ and claims/ (default: $FACTCHECK_WORKSPACE, here)."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The reader's date: 2025, 2025-03 or 2025-03-14.")]
TopK = Annotated[int, typer.Option("--top-k", min=1, max=100, help="Passages to judge for a claim.")]
EncoderName = Annotated[str, typer.Option("--encoder", help="default, or a sentence-transformers model.")]
VerifierName = Annotated[
    str,
    typer.Option(
        "--verifier", help="default, cascade, small, a folder with an ONNX judge, a CrossEncoder, or openai:MODEL."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Go on with a text that is not in English.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]


def check_date(text: str | None, option: str = "--as-of") -> str | None:
    """Return an ISO date of reduced precision as it is.

    :raises typer.BadParameter: when it is no date.
    """
    if text is None:
        return None
    match = _ISO.fullmatch(text.strip())
    if match is not None and match.group(1) >= "0001":
        from datetime import date

        try:
            date(int(match.group(1)), int(match.group(2) or 1), int(match.group(3) or 1))
        except ValueError:
            match = None
    if match is None:
        raise typer.BadParameter(f"{text!r} is no date; write 2025, 2025-03 or 2025-03-14", param_hint=option)
    return text.strip()


def make_settings(workspace: Path | None, encoder: str, verifier: str, top_k: int, as_of: str | None) -> Settings:
    """Return the settings that the options amount to."""
    from factcheck.build import REMOTE, Settings
    from factcheck.cli.output import note
    from factcheck.pipeline import CheckOptions

    if verifier.startswith(REMOTE):
        note(f"claims and passages leave this machine: they are sent to the endpoint of {verifier}")
    return Settings(
        workspace=workspace,
        encoder=encoder,
        verifier=verifier,
        options=CheckOptions(top_k=top_k, as_of=check_date(as_of)),
    )
