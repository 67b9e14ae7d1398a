"""Make text from articles and documents harmless where it is shown: terminals, spreadsheets, one-line cells."""

from __future__ import annotations

import re

# C0 and C1 controls, lone surrogates, and the direction marks that can make a line read other than it is stored.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def clean_text(text: str) -> str:
    """Return ``text`` with control characters and direction marks replaced by U+FFFD; tabs and line feeds stay.

    A carriage return becomes a line feed, since both are line ends to a reader.
    """
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """Return ``text`` as one clean line: as :func:`clean_text`, every run of white space one space."""
    return _CONTROL.sub("\ufffd", _SPACE.sub(" ", text)).strip()


def clean_context(text: str) -> str:
    """Return what stands before or after a quote as one clean line, without the sign of a list item at its ends."""
    return clean_line(text).strip("|-*+• ")


def shorten(text: str, max_characters: int, *, around: str = "") -> str:
    """Return one clean line of at most ``max_characters``, cut at words and marked with an ellipsis where cut.

    The stretch that holds ``around`` is kept where it occurs in the text, else the beginning.
    """
    line, focus = clean_line(text), clean_line(around)
    if len(line) <= max_characters:
        return line
    at = line.find(focus) if focus else 0
    room = max_characters - 4
    if at <= 0 or at + len(focus) <= room:
        return _cut_end(line, max_characters)
    start = max(0, min(at - max(0, (room - len(focus)) // 2), len(line) - room))
    start = min(at, line.find(" ", start) + 1) if line.find(" ", start) >= 0 else at
    return "… " + _cut_end(line[start:], max_characters - 2)


def _cut_end(line: str, max_characters: int) -> str:
    """Cut ``line`` at the last space that leaves room for an ellipsis."""
    if len(line) <= max_characters:
        return line
    kept = line[: max_characters - 2]
    space = kept.rfind(" ")
    return (kept[:space] if space > max_characters // 2 else kept).rstrip() + " …"


def safe_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: an apostrophe before a leading = + - @."""
    cleaned = clean_text(text)
    return "'" + cleaned if cleaned.lstrip(" ").startswith(_FORMULA_START) else cleaned
