"""Numbers that stand for things counted before ("84 nurses worked, while 81 rested"): the noun put in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from factcheck.claims.tree import SUBJECT

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_COUNTED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"})
_UNITS = frozenset("percent cent points times years months weeks days hours minutes euros dollars pounds".split())


def find_counted(tokens: Iterable[Token]) -> str:
    """Return the last plural noun that a number counts among the tokens ("nurses"), "" for none."""
    found = ""
    for token in tokens:
        counted = token.tag_ == "NNS" and token.lower_ not in _UNITS and token.ent_type_ not in _NOT_COUNTED
        if counted and any(c.dep_ == "nummod" and c.like_num for c in token.children):
            found = token.text
    return found


def is_bare_number(token: Token) -> bool:
    """Tell a number that is a subject by itself and counts things named before ("four were burned")."""
    if not token.like_num or token.dep_ not in SUBJECT or token.ent_type_ in _NOT_COUNTED or "." in token.text:
        return False
    if token.doc[0].lower_ in ("of", "among"):
        return False  # "Of 118 fridges inspected, 52 did not work" says it
    if token.lower_ in ("one", "1", "both") or (token.text.isdigit() and len(token.text) == 4):
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or following.text in ("%", "-") or following.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return False
    return not any(c.lower_ in ("of", "percent") for c in token.children)
