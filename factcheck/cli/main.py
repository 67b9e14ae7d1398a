"""The entry point: which command is meant, and how errors become exit codes.

0 done, 1 ``--fail-on`` met, 2 bad input or usage, 3 an error of ours, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

from factcheck.errors import FactcheckError

_NOT_CHECK = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; what it prints is UTF-8 whatever the system's code page is."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run the command line with ``argv`` and return the exit code."""
    import typer
    from typer.main import get_command

    from factcheck.cli.app import app

    # Typer brings its own copy of click from 0.20 on and click itself before; its error classes are found through one
    # of them, so that both work.
    usage_error: Any = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")

    command = get_command(app)
    known = set(getattr(command, "commands", {}))
    try:
        outcome = command.main(args=with_default_command(argv, known), prog_name="factcheck", standalone_mode=False)
        sys.stdout.flush()
        return int(outcome) if isinstance(outcome, int) else 0
    except typer.Exit as stop:
        return int(stop.exit_code)
    except usage_error as error:
        error.show(sys.stderr)
        return 2
    except FactcheckError as error:
        _say(str(error))
        return 2
    except (typer.Abort, KeyboardInterrupt):
        _say("interrupted; nothing half-done was kept")
        return 130
    except BrokenPipeError:
        # The reader of our output closed it (``| head``), which is no error; keep the interpreter from flushing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last line of defence: a user never sees a traceback
        if os.environ.get("FACTCHECK_DEBUG"):
            raise
        _say(f"an error of ours, {type(error).__name__}: {error}; set FACTCHECK_DEBUG=1 to see where, and report it")
        return 3


def with_default_command(argv: list[str], known: set[str]) -> list[str]:
    """Put ``check`` in front unless the first word is a command or asks for help."""
    if not argv or argv[0] in known or argv[0] in _NOT_CHECK:
        return argv or ["--help"]
    return ["check", *argv]


def _say(message: str) -> None:
    line = " ".join(message.split())
    print(f"factcheck: {line}", file=sys.stderr)  # noqa: T201
