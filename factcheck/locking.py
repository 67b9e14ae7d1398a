"""One writer at a time: a lock that the system itself releases when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.errors import BadWorkspace

_POLL_S = 0.05


@contextmanager
def lock_file(path: Path, *, wait_s: float = 600.0) -> Iterator[None]:
    """Hold the lock of ``path`` (made if absent, never removed) while the block runs.

    The lock goes with the process: one that is killed leaves nothing to clean up.

    :raises BadWorkspace: when the folder cannot be written, or another process still holds the lock after ``wait_s``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise BadWorkspace(f"cannot write in {path.parent} ({error.strerror}); make it writable") from None
    try:
        deadline = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise BadWorkspace(
                    f"another process has been writing in {path.parent} for over {wait_s:.0f} s; wait for it or end it"
                )
            time.sleep(_POLL_S)
        yield
    finally:
        os.close(descriptor)


if os.name == "nt":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
