"""The members of a coordination: which words are one member's own, which all share, whether they are of a sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.people import is_person_noun
from factcheck.claims.tree import SUBJECT, collect_subtree, is_finite

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECTS = frozenset("dobj prep xcomp ccomp prt".split())
_DETERMINERS = frozenset("det poss nummod".split())


def name_one_sort(members: list[Token]) -> bool:
    """Tell "a singer and a guitarist" from "a stage, television and film actor", whose first members are no persons."""
    return not is_person_noun(members[-1]) or all(is_person_noun(m) or m.pos_ == "PROPN" for m in members)


def goes_on(doc: Doc, last: Token) -> bool:
    """Tell a list whose last members the parser hung elsewhere: a conjunction and one more noun phrase follow it."""
    at = last.right_edge.i
    while doc[at].text == "," or doc[at].tag_ == "CC":
        at -= 1
    at += 1
    joined = False
    while at < len(doc) - 1 and (doc[at].text == "," or doc[at].tag_ == "CC"):
        joined = joined or doc[at].lower_ == "and"
        at += 1
    nominal = joined and at < len(doc) and doc[at].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "NUM")
    noun = next((t for t in doc[at:] if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ != "compound"), None)
    clause = noun is not None and noun.dep_ in SUBJECT and is_finite(noun.head)  # "..., and B left"
    return nominal and noun is not None and not clause


def find_others(site: list[Token], pick: Token, present: set[int]) -> set[int]:
    """Return the tokens of the members that were not picked, with signs and conjunctions between them."""
    first, last = site[0], site[-1]
    heads = {m.i for m in site}
    own = collect_subtree(pick)
    for member in site:
        own -= collect_subtree(member) if member.i > pick.i else set()
    own = {i for i in own if pick.doc[i].dep_ not in ("cc", "preconj") or pick.doc[i].head.i not in heads}
    own = {i for i in own if not (_is_sign(pick.doc[i]) and pick.doc[i].head.i in heads)}
    whole = set(range(first.left_edge.i, last.right_edge.i + 1)) & present
    if pick.tag_ == "VBG" and pick.i != last.i and not any(c.i > pick.i and c.dep_ in _OBJECTS for c in pick.children):
        own |= {i for c in last.children if c.i > last.i for i in collect_subtree(c)}  # their common object
    if pick.tag_ == "VB" and pick.i != first.i and not any(c.lower_ == "to" for c in pick.children):
        own |= {c.i for c in first.children if c.lower_ == "to" and c.i < first.i}
    return whole - own - _find_shared(first, last, pick)


def _find_shared(first: Token, last: Token, pick: Token) -> set[int]:
    """Return the determiner of the first member, and what the last is of, where they stand for every member."""
    bare = not any(c.dep_ in _DETERMINERS for c in pick.children)
    shared: set[int] = set()
    if pick.i != first.i and bare and pick.pos_ == first.pos_ == "NOUN":
        shared |= {i for c in first.children if c.dep_ in ("det", "poss") for i in collect_subtree(c)}
    determined = any(c.dep_ in ("det", "poss") for c in first.children)
    under_one = determined and not any(c.dep_ in _DETERMINERS for c in last.children)
    if pick.i != last.i and under_one and not any(c.i > pick.i and c.dep_ == "prep" for c in pick.children):
        of = [c for c in last.children if c.i > last.i and c.dep_ == "prep" and c.lower_ == "of"]
        shared |= {i for c in of for i in collect_subtree(c)}  # "the founder and chairman of the firm"
    return shared


def _is_sign(token: Token) -> bool:
    """Tell a sign between members from the hyphen of a word that the tokenizer took apart."""
    return token.is_punct and not (token.text == "-" and not token.whitespace_)
