"""How an apposition is said as a sentence: who is what, each of several names by itself, nothing that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.detach import find_bearer
from factcheck.claims.draft import Draft, Word
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.tree import collect_subtree, find_subject, list_conjuncts, trim_punctuation, words_of_member

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ROLES = PERSON_NOUNS | frozenset(
    "owner operator maker manufacturer publisher developer contractor sponsor supplier organiser organizer parent "
    "subsidiary capital predecessor successor".split()
)


def find_described_noun(doc: Doc, token: Token) -> Token:
    """Return what an apposition describes: the noun right before it where the parser chose one far away."""
    if (bearer := find_bearer(token)) is not None:
        return bearer
    if token.lemma_.lower() in PERSON_NOUNS and token.head.ent_type_ in ("GPE", "LOC", "FAC"):
        verb = next((a for a in token.ancestors if find_subject(a) is not None), None)
        subject = find_subject(verb) if verb is not None else None
        return subject if subject is not None and subject.i < token.i else token.head
    at = token.left_edge.i - 2
    near = doc[at] if at >= 0 else token.head
    far = near.pos_ in ("NOUN", "PROPN") and near != token.head and near.i - token.head.i > 5
    return near if far and token.head.i < near.i else token.head


def name_each(doc: Doc, token: Token, noun: Token, name: tuple[Word, ...]) -> list[Draft]:
    """Return "Lumen is one of its two rivals", "Facet is ..." for "its two rivals, Lumen and Facet"; else nothing."""
    members = list_conjuncts(token)
    if noun.tag_ != "NNS" or noun.pos_ != "NOUN" or len(members) < 2 or any(m.pos_ != "PROPN" for m in members):
        return []
    if not any(c.dep_ in ("poss", "nummod", "det") for c in noun.children):
        return []
    counted = any(c.dep_ == "nummod" for c in noun.children)
    owned = any(c.dep_ == "poss" or c.lower_ in ("the", "its", "his", "her", "their") for c in noun.children)
    whole: tuple[Word, ...] = name if owned or not counted else ("the", *name)
    made = []
    for at, member in enumerate(members):
        clauses = {i for c in member.children if c.dep_ in ("relcl", "acl") for i in collect_subtree(c)}
        kept = tuple(sorted(trim_punctuation(doc, words_of_member(members, at) - clauses)))
        made.append(Draft((*kept, "is", "one", "of", *whole), member.i, ("apposition",)))
    return made


def says_little(doc: Doc, words: tuple[Word, ...]) -> bool:
    """Tell "the drug" before its name, which says nothing, from a role ("the owner") or a fuller description."""
    tokens = [doc[w] for w in words if isinstance(w, int)]
    short = len(tokens) <= 2 and bool(tokens) and tokens[0].lower_ in ("the", "this")
    return short and tokens[-1].lemma_.lower() not in _ROLES


def clauses_of_person(token: Token, noun: Token) -> list[Token]:
    """Return "whose warning ..." of "Inge Holm, the seismologist whose warning ...", which is told of the person."""
    if noun.pos_ != "PROPN" or token.pos_ != "NOUN" or token.lemma_.lower() in ("one", "man", "woman", "person"):
        return []
    described = any(c.dep_ in ("amod", "compound") for c in token.children)
    return [
        c
        for c in token.children
        if described and c.dep_ == "relcl" and token.doc[c.left_edge.i].lower_ in ("who", "whose")
    ]


def make_indefinite(doc: Doc, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return "an Icelandic seismologist" for "the Icelandic seismologist", once the clause that told which is gone."""
    if not words or not isinstance(words[0], int) or doc[words[0]].lower_ != "the" or len(words) < 2:
        return words
    following = words[1]
    text = doc[following].text if isinstance(following, int) else following
    return ("an" if text[:1].lower() in "aeiou" else "a", *words[1:])
