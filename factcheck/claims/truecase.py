"""Text in capitals brought to ordinary case, so that a parser trained on ordinary case can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = frozenset("US UK EU UN NATO AI IT TV GDP CEO CFO NHS FBI CIA BBC NASA WHO IMF UAE USA".split())
_NAMES = frozenset("PERSON ORG GPE NORP FAC LOC PRODUCT EVENT".split())


def is_capitals(text: str) -> bool:
    """Tell whether a stretch of four words or more is all in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) >= 4 and len(letters) > 12 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def to_title(text: str) -> str:
    """Return the text with each word capitalised, abbreviations kept, which a name finder can work on."""
    return " ".join(w if w.strip(".,:;!?") in _KEPT else w[:1] + w[1:].lower() for w in text.split(" "))


def restore_case(doc: Doc, lowered: Doc) -> str:
    """Return a title-cased text in sentence case: only names, abbreviations and the first word keep capitals.

    ``lowered`` is the same text in small letters, where a verb is seen as one.
    """
    pieces = []
    verbs = {t.i for t in lowered if t.pos_ in ("VERB", "AUX")} if len(lowered) == len(doc) else set()
    for token in doc:
        month_or_day = token.ent_type_ == "DATE" and token.pos_ == "PROPN"
        named = token.ent_type_ in _NAMES and token.i not in verbs
        kept = token.i == 0 or named or token.text in _KEPT or month_or_day or token.text == "I"
        pieces.append((token.text if kept else token.text.lower()) + token.whitespace_)
    return "".join(pieces)
