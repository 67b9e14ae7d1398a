"""Single keys and lines of text from whatever stands at the other end: a terminal, or a pipe in a script."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO


class Keys(Protocol):
    """Where the reviewer's keys come from."""

    def read_key(self) -> str | None:
        """Return the next key as one character, or ``None`` at the end of the input."""
        ...

    def read_line(self) -> str | None:
        """Return a line without its end, or ``None`` at the end of the input."""
        ...


class LineKeys:
    """Keys from a pipe or a dumb terminal: the first character of each line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def read_key(self) -> str | None:
        """Return the first character of the next line; an empty line is a line feed."""
        line = self.read_line()
        return None if line is None else (line.strip()[:1] or "\n")

    def read_line(self) -> str | None:
        """Return the next line."""
        line = self._stream.readline()
        return line.rstrip("\r\n") if line else None


class TerminalKeys:
    """Keys from a POSIX terminal as they are pressed, without waiting for a line; keys typed ahead are kept."""

    def __init__(self, stream: TextIO) -> None:
        self._descriptor = stream.fileno()
        self._pending = b""

    def read_key(self) -> str | None:
        """Return the next key; an escape sequence (an arrow key) is one escape, Ctrl-D the end of the input."""
        with _single_keys(self._descriptor):
            first = self._take(1)
            if not first or first == b"\x04":
                return None
            if first == b"\x1b":
                self._drop_sequence()
                return "\x1b"
            return (first + self._take(_following_bytes(first[0]))).decode("utf-8", "replace")

    def read_line(self) -> str | None:
        """Return a line typed with the terminal's own editing."""
        data, self._pending = self._pending, b""
        while b"\n" not in data:
            piece = os.read(self._descriptor, 4096)
            if not piece:
                return data.decode("utf-8", "replace") if data else None
            data += piece
        line, self._pending = data.split(b"\n", 1)
        return line.decode("utf-8", "replace").rstrip("\r")

    def _take(self, count: int) -> bytes:
        taken, self._pending = self._pending[:count], self._pending[count:]
        while len(taken) < count:
            piece = os.read(self._descriptor, count - len(taken))
            if not piece:
                break
            taken += piece
        return taken

    def _drop_sequence(self) -> None:
        import select

        while select.select([self._descriptor], [], [], 0.02)[0]:
            os.read(self._descriptor, 16)


def _following_bytes(lead: int) -> int:
    """Return how many bytes follow the first byte of a character in UTF-8."""
    if lead >= 0xF0:
        return 3
    if lead >= 0xE0:
        return 2
    return 1 if lead >= 0xC0 else 0


def open_keys(stream: TextIO | None = None) -> Keys:
    """Return the keys of ``stream``, by default of standard input."""
    stream = stream if stream is not None else sys.stdin
    if sys.platform != "win32" and stream.isatty():
        return TerminalKeys(stream)
    return LineKeys(stream)


@contextmanager
def _single_keys(descriptor: int) -> Iterator[None]:
    """Take keys one by one and unechoed, and give the terminal back as it was; Ctrl-C still interrupts."""
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
