"""How an apposition is said as a sentence: who is what, each of several names by itself, nothing that says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.detach import adds_to_noun, find_bearer, is_nonrestrictive, measure_extent
from factcheck.claims.draft import Draft, Word
from factcheck.claims.inflect import Tense, inflect_be
from factcheck.claims.naming import name_again
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.tree import (
    collect_subtree,
    find_subject,
    find_tense,
    is_plural,
    is_plural_alone,
    left_comma,
    list_conjuncts,
    trim_punctuation,
    words_of_member,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ROLES = PERSON_NOUNS | frozenset(
    "owner operator maker manufacturer publisher developer contractor sponsor supplier organiser organizer parent "
    "subsidiary capital predecessor successor".split()
)


@dataclass(frozen=True, slots=True)
class Apposed:
    """What an apposition states, and the clauses in it that state something of ``noun``, which ``name`` names.

    ``told`` clauses are said of the name, ``loose`` ones of the noun before them, ``added`` ones of the predicate noun.
    """

    drafts: tuple[Draft, ...] = ()
    name: tuple[Word, ...] = ()
    noun: Token | None = None
    told: tuple[Token, ...] = ()
    loose: tuple[Token, ...] = ()
    added: tuple[Token, ...] = ()


def say_apposition(doc: Doc, token: Token, rule: str, dropped: set[int]) -> Apposed:
    """Return an apposition as sentences: "Ann Lee is the owner" for "Ann Lee, the owner"."""
    noun = find_described_noun(doc, token)
    name = name_again(doc, noun, dropped)
    nested = {i for t in token.children if t.dep_ == "appos" and left_comma(t) for i in measure_extent(t, "appos")}
    description = tuple(sorted(trim_punctuation(doc, collect_subtree(token) - dropped - nested)))
    if not any(doc[i].pos_ == "PROPN" for i in description) and says_little(doc, description):
        return Apposed()
    if each := name_each(doc, token, noun, name):
        return Apposed(tuple(each))
    if rule == "age":
        return Apposed((Draft((*name, inflect_be(Tense.PRESENT, plural=False), token.i), token.i, ("age",)),))
    subject = find_subject(noun.head) if noun.dep_ == "attr" else None
    if subject is not None and any(c.dep_ == "nummod" for c in noun.children):
        figure = ("of", *name_again(doc, noun, dropped)) if noun.text == "%" else ()
        name, noun = (*name_again(doc, subject, dropped), *figure), subject
    shared = noun == token.head and not any(c.dep_ == "conj" and c.i > token.i for c in noun.children)
    be = inflect_be(Tense.PRESENT, plural=is_plural(noun) if shared else is_plural_alone(noun))
    if token.pos_ == "PROPN" and noun.pos_ == "NOUN":
        if token.ent_type_ != "PERSON" and says_little(doc, name):
            return Apposed()
        name, description = description, name
        be = inflect_be(Tense.PRESENT, plural=is_plural(token))
    return _say(doc, token, noun, name, be, description)


def _say(doc: Doc, token: Token, noun: Token, name: tuple[Word, ...], be: str, said: tuple[Word, ...]) -> Apposed:
    """Return "name be said", with the clauses of the apposition apart from it."""
    loose = [t for t in token.subtree if t.dep_ == "relcl" and t.head == token and is_nonrestrictive(t)]
    added = [t for t in token.children if t.dep_ in ("relcl", "acl") and t not in loose and adds_to_noun(t)]
    told = [t for t in clauses_of_person(token, noun) if t not in (*loose, *added)]
    cut = {i for clause in (*loose, *added, *told) for i in measure_extent(clause, "relative")}
    said = tuple(w for w in said if w not in cut)
    draft = Draft((*name, be, *(make_indefinite(doc, said) if told else said)), token.i, ("apposition",))
    drafts = () if added and len(said) <= 2 else (draft,)  # "a work" says nothing without its clause
    return Apposed(drafts, name, noun, tuple(told), tuple(loose), tuple(added))


def make_modifiers(doc: Doc, token: Token, verb: Token, dropped: set[int]) -> list[Draft]:
    """Return "The wall is 48 metres high" for "the wall, 48 metres high,", one for each member of a coordination."""
    name = name_again(doc, token.head, dropped)
    be = inflect_be(find_tense(verb), plural=is_plural(token.head))
    members = list_conjuncts(token)
    made = []
    for at, member in enumerate(members):
        words = tuple(sorted(trim_punctuation(doc, words_of_member(members, at) - dropped)))
        made.append(Draft((*name, be, *words), member.i, ("modifier",)))
    return made


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
