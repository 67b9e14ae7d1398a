"""The words of a block as a reader takes them, each character still tied to its place in the article.

Markdown signs, line breaks inside a paragraph, zero-width characters, soft hyphens and words broken in two ("Chi na")
are mended here and only here: the article itself is never changed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "})
# 'He left,' she said. The apostrophe of a genitive or of '90s opens nothing.
_SINGLE_QUOTED = re.compile(r"(?<!\w)'(?=[^\W\d])((?:[^'\"]|(?<=\w)'(?=\w))+?)'(?!\w)")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z])")
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*|__|_|`|~~)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_FOOTNOTE = re.compile(r"(?<=[\w.,;:!?\"')])\[\^?(?:\d{1,3}|[a-z]|note \d+|citation needed)\]")
_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]*)\)")
_YEAR = re.compile(r"(?:c\.\s?)?\d{4}(?:[–-]\d{2,4})?")
_LIFESPAN = re.compile(r"(\d{4})\s?[–-]\s?(\d{4})")
_SHORTEST_LIFE = 30
_ABBREVIATION = re.compile(r"[A-Z][\w&.-]{0,9}|[A-Z]{2,5}: ?[A-Z.]{1,6}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class View:
    """Text to read, with ``offsets[i]`` the place of ``text[i]`` in the article."""

    text: str
    offsets: tuple[int, ...]

    def cut(self, start: int, end: int) -> View:
        """Return the part between two positions, without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return View(self.text[start:end], self.offsets[start:end])


def count_article_words(text: str) -> Counter[str]:
    """Return how often each run of letters stands in the article."""
    return Counter(_WORD.findall(text))


def make_view(text: str, start: int, words: Counter[str]) -> View:
    """Return the view of ``text``, a stretch of the article that starts at offset ``start``."""
    view = View(text, tuple(range(start, start + len(text))))
    view = _delete(view, [m.span() for m in _HYPHEN_AT_LINE_END.finditer(view.text)])
    view = _delete(view, [m.span() for m in _INVISIBLE.finditer(view.text)])
    view = View(_SINGLE_QUOTED.sub(r'"\1"', view.text.translate(_QUOTES)), view.offsets)
    view = _delete(view, [s for m in _LINK.finditer(view.text) for s in ((m.start(), m.start(1)), (m.end(1), m.end()))])
    for _ in range(2):
        marks = [(m.start(), m.start(2)) for m in _EMPHASIS.finditer(view.text)]
        marks += [(m.end(2), m.end()) for m in _EMPHASIS.finditer(view.text)]
        view = _delete(view, marks)
    view = _delete(view, [m.span() for m in _FOOTNOTE.finditer(view.text)])
    view = _squeeze(view)
    return _delete(view, find_broken_words(view.text, words))


def find_broken_words(text: str, words: Counter[str]) -> list[tuple[int, int]]:
    """Return the spaces that stand inside a word ("Chi na", "Ch ina").

    The joined word must be a name or a word that the article has elsewhere at least three times, more often than
    either half, and one half must be no word of the article by itself.
    """
    gaps: list[tuple[int, int]] = []
    for found in re.finditer(r"(?<![^\W\d_])([^\W\d_]+)( )([^\W\d_]+)", text):
        gaps += _check_gap(found, words)
    for found in re.finditer(r"(?<=[^\W\d_])( )([^\W\d_]+)", text):
        left = _WORD.findall(text[: found.start()])
        if left and text[: found.start()].endswith(left[-1]):
            whole = re.compile(r"([^\W\d_]+)( )([^\W\d_]+)").match(text, found.start() - len(left[-1]))
            if whole:
                gaps += _check_gap(whole, words)
    return sorted(set(gaps))


def _check_gap(found: re.Match[str], words: Counter[str]) -> list[tuple[int, int]]:
    left, right = found.group(1), found.group(3)
    joined = words[left + right]
    if joined < 3 or not right.islower() or not (left[0].isupper() or min(len(left), len(right)) <= 3):
        return []
    if joined >= 3 * words[left] and (joined > words[right] or len(right) <= 2):
        return [found.span(2)]
    return []


def take_brackets(view: View) -> tuple[View, tuple[str, ...]]:
    """Return the view without what stands in round brackets, and those texts; a year alone stays where it is."""
    spans, texts = [], []
    for found in _BRACKETS.finditer(view.text):
        inside = found["inside"].strip()
        life = found.start() < 60 and view.text[: found.start()].istitle() and _is_life(inside)
        if (_YEAR.fullmatch(inside) and not life) or not found.start():
            continue
        spans.append(found.span())
        if not _ABBREVIATION.fullmatch(inside):
            texts.append(inside)
    return _delete(view, spans), tuple(texts)


def _is_life(text: str) -> bool:
    """Tell the years of a life ("1879–1961") from those of an office ("1997–2001")."""
    years = _LIFESPAN.fullmatch(text)
    return years is not None and int(years[2]) - int(years[1]) >= _SHORTEST_LIFE


def _delete(view: View, spans: list[tuple[int, int]]) -> View:
    if not spans:
        return view
    gone = {at for start, end in spans for at in range(start, end)}
    kept = [at for at in range(len(view.text)) if at not in gone]
    return View("".join(view.text[at] for at in kept), tuple(view.offsets[at] for at in kept))


def _squeeze(view: View) -> View:
    """Return the view with each run of white space as one space."""
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for found in _SPACES.finditer(view.text):
        pieces.append(view.text[last : found.start()] + " ")
        offsets += view.offsets[last : found.start() + 1]
        last = found.end()
    pieces.append(view.text[last:])
    offsets += view.offsets[last:]
    return View("".join(pieces), tuple(offsets)).cut(0, len(offsets))
