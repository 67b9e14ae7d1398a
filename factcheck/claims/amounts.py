"""Sums with their magnitude as a letter ("€190m"), spelled out for the parser and put back in the claim."""

from __future__ import annotations

import re

_SPELLED = {"m": "million", "bn": "billion", "tn": "trillion", "k": "thousand"}
_LETTERS = {word: letter for letter, word in _SPELLED.items()}
_GLUED = re.compile(r"([$€£¥]\d[\d.,]*)(m|bn|tn|k)\b")
_APART = re.compile(r"([$€£¥]\d[\d.,]*) (million|billion|trillion|thousand)\b")


def spell_magnitudes(text: str) -> str:
    """Return "€190 million" for "€190m": a parser takes the letter for a word and may lose it."""
    return _GLUED.sub(lambda m: f"{m[1]} {_SPELLED[m[2]]}", text)


def restore_magnitudes(text: str, original: str) -> str:
    """Return the text with the sums written as ``original`` writes them."""

    def shorten(found: re.Match[str]) -> str:
        glued = found[1] + _LETTERS[found[2]]
        return glued if glued in original else found.group()

    return _APART.sub(shorten, text)
