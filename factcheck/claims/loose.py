"""Clauses that the parser hung on another verb though they stand beside it: semicolons, dashes, commas alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.speech import REPORTING
from factcheck.claims.tree import find_subject, is_corrected

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINKING = frozenset("think believe know hope fear expect guess suppose feel see hear understand imagine ask".split())
_SHORTEST = 4


def is_loose(token: Token) -> bool:
    """Tell a clause that stands beside another (semicolon, dash) from one that completes its verb."""
    first, last = token.left_edge.i, token.right_edge.i
    doc = token.doc
    if token.i < token.head.i and is_corrected(token):
        return False
    while doc[first].is_punct and first < token.i:
        first += 1
    if token.i < token.head.i and doc[first].lower_ == "that" and doc[last + 1].text == ",":
        return True
    joined = [c for c in token.children if c.dep_ == "cc" and c.i > token.i]
    if token.i < token.head.i and joined and not any(c.dep_ == "conj" for c in token.children):
        return True  # "A opened and, the same year, B closed", where the parser took the first half for what is said
    if token.i < token.head.i and doc[last + 1].text == "," and _stands_apart(token, token.head, last + 1):
        return True
    if token.i < token.head.i:
        return last + 1 < len(doc) and doc[last + 1].text in (";", "–", "—", ":", "-")
    return first > 0 and doc[first - 1].text in (";", "–", "—", ":")


def _stands_apart(token: Token, verb: Token, comma: int) -> bool:
    """Tell a clause from what the verb behind it says, with a comma alone between them ("A led, B won the race").

    A verb of saying or thinking takes the clause before it as what is said.
    """
    subject = find_subject(verb)
    behind = any(c.dep_ in ("dobj", "attr", "acomp") and c.i > verb.i for c in verb.children)
    opens = subject is not None and subject.i > comma and subject.left_edge.i <= comma + 2
    said = token.doc[token.left_edge.i]
    inverted = said.pos_ == "AUX" and said.i < token.i  # "Should it succeed, ..."
    if inverted or comma - said.i < _SHORTEST:
        return False
    return behind and opens and verb.lemma_.lower() not in REPORTING | _THINKING
