"""What goes where: data to standard output or a file, notes and progress to standard error."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from factcheck.errors import BadWorkspace

StageProgress = Callable[[str, int, int], None]


def note(message: str, *, quiet: bool = False) -> None:
    """Tell the user something that is no data."""
    if not quiet:
        typer.echo(message, err=True)


def write_text(text: str, output: Path | None) -> None:
    """Print ``text``, or write it to ``output`` in one step."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        write_bytes(text.encode("utf-8", errors="replace"), output)


def write_bytes(data: bytes, output: Path) -> None:
    """Write ``data`` to ``output``, which is either left as it was or holds all of it.

    A link stays, what it leads to is replaced; a pipe or device is written into.

    :raises BadWorkspace: when it cannot be written.
    """
    scratch: str | None = None
    try:
        if output.exists() and not output.is_file():
            with output.open("wb") as stream:
                stream.write(data)
            return
        target = output.resolve()
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(scratch, 0o644)
        os.replace(scratch, target)
        scratch = None
    except (OSError, RuntimeError) as error:  # the latter for links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or error
        raise BadWorkspace(f"{output} cannot be written ({reason}); choose another --output") from error
    finally:
        if scratch is not None and os.path.exists(scratch):
            os.unlink(scratch)


def terminal_width() -> int:
    """Return the columns to fill: the terminal's, or 120 where there is none."""
    return shutil.get_terminal_size((120, 40)).columns


def wants_colour(output: Path | None) -> bool:
    """Return whether colour codes make sense: a terminal, and NO_COLOR unset (no-color.org)."""
    return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[StageProgress]:
    """Yield a function that shows what is being done on a terminal's standard error, and does nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield tell
