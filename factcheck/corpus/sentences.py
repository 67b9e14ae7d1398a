"""Plain text to sentences by rule, without a model.

A corpus of 100,000 passages must be split in seconds, which a parser cannot do. The rules need not be perfect: a wrong
cut shifts the edge of a passage of one to three sentences and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’»)\]]*)(?=\s|$)   # a stop, closing signs, then space
      |(?P<wide>[。！？]+[”’」』）]*)                       # stops of Chinese and Japanese need no space
    """,
    re.VERBOSE,
)
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof st sr gen col lt sgt capt rev hon gov sen rep pres no nos vol vols art arts fig figs eq eqs sec "
    "ch pp vs cf e.g i.e eg ie approx ca est al jr resp incl excl ed eds trans par para cl reg dept univ mt ft".split()
)
_SOMETIMES_LAST = frozenset(
    "u.s u.k u.n e.u u.s.a d.c inc ltd co corp plc llc bros a.m p.m etc ph.d m.d b.a m.a jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
_OPENERS = frozenset(
    "the a an it its this that these those he she they we you i his her their our in on at by for from with as but and "
    "or so yet however when while after before if although since during under over there here both each all some most "
    "many no not".split()
)
_LAST_WORD = re.compile(r"[\w.&-]*\w$")
_NEXT_WORD = re.compile(r"\s+[\"'“‘«(\[]*(?P<word>[\w’'-]*)")


def split_sentences(text: str, *, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences in ``text[start:end]``, trimmed of white space, in order and without overlap.

    Every character that is not white space is in exactly one span.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in [*_cuts(text, start, stop), stop]:
        span = trim(text, begin, cut)
        if span is not None:
            spans.append(span)
        begin = cut
    return spans


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without white space at its ends, or ``None`` where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    for match in _END.finditer(text, start, end):
        if match["wide"] or _ends_sentence(text, match, start, end):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, match.end(), end)
    if following is None or not following["word"]:
        return True
    word = following["word"]
    if word[0].islower():
        return False
    if match["stop"] != ".":
        return True
    before = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    last = before.group().lower() if before else ""
    if last in _NEVER_LAST and not match["close"]:
        # "no" and "art" are words too: a figure or a name must follow for them to be abbreviations.
        return last in {"no", "art", "est", "par", "ed", "reg", "ch", "sec"} and not word[0].isdigit()
    if len(last) == 1 and last.isalpha() and last != "i":
        return word.lower() in _OPENERS
    if last in _SOMETIMES_LAST or re.fullmatch(r"(?:\w\.)+\w", last):
        return word.lower() in _OPENERS
    return True
