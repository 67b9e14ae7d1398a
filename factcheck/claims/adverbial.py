"""Adverbial clauses that say something by themselves: contrasts, participles, what was the case at a time or place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.tree import find_subject, is_finite, left_comma

if TYPE_CHECKING:
    from spacy.tokens import Token

CONTRAST = frozenset({"while", "whereas", "although", "though"})
_SAYING = frozenset("say report note tell claim argue suggest show expect see know mention describe".split())
_COMPLEMENTS = frozenset("dobj attr acomp xcomp ccomp oprd".split())
_PLACING = frozenset("in on at near off along under to into from across".split())
# Participles that work as prepositions: what follows them is no statement about the subject.
PREPOSITION_LIKE = frozenset(
    "according including compared based depending given following regarding concerning excluding considering "
    "starting followed barring pending relating owing due judging speaking beginning".split()
)


def find_adverbial_rule(token: Token) -> str:
    """Return the rule by which an adverbial clause becomes a claim of its own, "" for none."""
    mark = next((c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i), "")
    if (
        mark == "as"
        and token.lemma_ in ("have", "do", "be")
        and not any(c.dep_ in _COMPLEMENTS for c in token.children)
    ):
        return ""  # "as it has since 1774"
    if mark == "as" and token.lemma_ in _SAYING and not any(c.dep_ in _COMPLEMENTS for c in token.children):
        return ""  # "as some have reported"
    if mark in CONTRAST and find_subject(token) and is_finite(token):
        return "contrast"
    if mark == "as" and token.i > token.head.i and left_comma(token) and find_subject(token) and is_finite(token):
        return "contrast"
    if find_setting(token):
        return "setting"
    if any(c.dep_ == "mark" for c in token.children) or find_subject(token):
        return ""
    if any(c.dep_ == "advmod" and c.tag_ == "WRB" for c in token.children):
        return ""
    if token.lower_ in PREPOSITION_LIKE or any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return ""
    if (
        token.tag_ == "VBG"
        and token.head.lemma_ == "be"
        and not any(c.dep_ in _COMPLEMENTS for c in token.head.children)
    ):
        return ""  # "is also, crucially, leaving"
    return _participle_rule(token)


def _participle_rule(token: Token) -> str:
    before = token.i < token.head.i
    set_off = left_comma(token) or (before and token.doc[token.right_edge.i + 1].text == ",")
    perfect = any(c.dep_ == "aux" and c.lower_ == "having" for c in token.children)
    if (token.tag_ == "VBG" or perfect) and set_off:
        return "participle"
    if token.tag_ == "VBN" and set_off:
        # Behind an object it may speak of the object: it stays where it is.
        roles = {c.dep_ for c in token.head.children if c.i < token.i}
        dated = token.left_edge.i >= 2 and token.doc[token.left_edge.i - 2].ent_type_ == "DATE"
        if dated and "auxpass" in roles:
            return "next_act"  # "was begun in 1797, abandoned in 1812"
        return "participle" if before or not roles & {"dobj", "agent", "auxpass", "attr"} else ""
    return ""


def find_setting(clause: Token) -> list[int]:
    """Return "before March 2020" of "before March 2020, when only 9% was laid", "on land" of "on land, where ...".

    Empty for any other clause. The parser often hangs these on the verb, not on the time or place.
    """
    first = clause.left_edge
    told = is_finite(clause) and find_subject(clause) is not None and not any(c.tag_ == "MD" for c in clause.children)
    if first.lower_ not in ("when", "where") or not told or first.i < 3 or clause.doc[first.i - 1].text != ",":
        return []
    last = clause.doc[first.i - 2]
    if first.lower_ == "where":
        return _find_place(last, first)
    if last.ent_type_ != "DATE" or not any(t.is_digit for t in clause.doc[max(0, first.i - 4) : first.i - 1]):
        return []
    prep = next((a for a in (last, *last.ancestors) if a.dep_ == "prep"), None)
    return list(range(prep.i, first.i - 1)) if prep is not None and first.i - prep.i <= 6 else []


def _find_place(noun: Token, where: Token) -> list[int]:
    """Return the preposition and the noun phrase right before ", where"."""
    prep = noun.head
    near = noun.dep_ == "pobj" and prep.lower_ in _PLACING and where.i - prep.i <= 8
    return list(range(prep.i, where.i - 1)) if near and noun.pos_ in ("NOUN", "PROPN") else []
