"""The words of a text that say what it is about."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9][a-z0-9.,%-]*[a-z0-9%]|[a-z0-9]")
_SMALL_WORDS = frozenset(
    (
        "a an the of in on at by for from to with than as is are was were be been has have had it its that this these "
        "those and or but not which who their his her more most about over"
    ).split()
)


def content_words(text: str) -> frozenset[str]:
    """Return the first five letters of every word but small ones, so that forms of a word meet.

    The coefficients in ``models/calibration.json`` were fitted on these words: other small words mean a new fit.
    """
    return frozenset(word[:5] for word in _WORD.findall(text.lower()) if word not in _SMALL_WORDS)
