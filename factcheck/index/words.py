"""Text as BM25 sees it: words and figures, alike in passages and queries.

Figures are one word each ("45.6", "1,000" and "1000"), since splitting them at the point, as SQLite's tokenizer does,
makes "45.6" match every 45 and every 6.
"""

from __future__ import annotations

import re
import unicodedata

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WORD = re.compile(r"\w+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")

STOP_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below "
    "between both but by can could did do does doing down during each few for from further had has have having he "
    "her here hers him his how i if in into is it its itself just may me might more most must my no nor not now "
    "of off on once only or other our out over own same shall she should so some such than that the their them "
    "then there these they this those through to too under until up us very was we were what when where which "
    "while who whom why will with would you your".split()
)


def index_words(text: str) -> str:
    """Return text ready for the word index: no dots in abbreviations, each figure one word of digits and ``_``."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", plain)
    return _FIGURE.sub(_write_figure, plain)


def bare_words(text: str) -> str:
    """Return the words of a text alone: two passages that differ in case and punctuation only have the same."""
    return " ".join(_WORD.findall(text.casefold()))


def query_words(text: str) -> list[str]:
    """Return the words to search for, each once, in order of first use; words that carry no content are left out.

    A word in capitals is a name even where it reads as a word without content: "US", "IT", "WHO".
    """
    words = _WORD.findall(index_words(text))
    content = [word for word in words if word.lower() not in STOP_WORDS or (len(word) > 1 and word.isupper())]
    return list(dict.fromkeys(word.lower() for word in content or words))


def match_expression(words: list[str]) -> str:
    """Return an FTS5 expression for passages that hold any of the words; quoting leaves no word an operator."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def _write_figure(match: re.Match[str]) -> str:
    figure = match.group()
    if _GROUPED.fullmatch(figure):
        figure = figure.replace(",", "")
    return re.sub(r"[.,]", "_", figure)
