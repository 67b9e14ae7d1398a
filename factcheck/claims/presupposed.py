"""What a sentence takes for granted and documents can check: counts and sizes behind a possessive, acts in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word
from factcheck.claims.inflect import inflect_be
from factcheck.claims.tree import SUBJECT, collect_subtree, find_tense, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SIZES = frozenset("population area length height turnover workforce budget revenue debt capacity".split())
_LISTING = frozenset("include have".split())
_COMPLEMENTS = frozenset("dobj prep".split())


def find_presupposed(doc: Doc, dropped: set[int]) -> list[Draft]:
    """Return the counts that a possessive takes for granted ("the city's 90,000 inhabitants" -> "The city has ...")."""
    made = []
    for noun in doc:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        if owner is not None and owner.ent_type_ in ("DATE", "TIME"):
            continue  # "this year's 102 films"
        if owner is None or noun.pos_ != "NOUN" or noun.i in dropped:
            continue
        number = next(
            (c for c in noun.children if c.dep_ == "nummod" and c.i > owner.i and c.lower_ not in ("one", "1")), None
        )
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1), None)
        counted = number is not None and noun.tag_ == "NNS" and noun.dep_ in (*SUBJECT, "pobj", "dobj")
        sized = of is not None and noun.lower_ in _SIZES and any(t.like_num for t in of.subtree)
        if not (counted or sized):
            continue
        name: tuple[Word, ...] = tuple(i for i in sorted(collect_subtree(owner)) if doc[i].dep_ != "case")
        be_have = "have" if is_plural(owner) else "has"
        if counted and number is not None:
            start = number.left_edge.i
            made.append(Draft((*name, be_have, *range(start, noun.i + 1)), noun.i, ("presupposed",)))
        elif of is not None:
            tail = sorted(i for i in collect_subtree(of) if i <= of.i + 6)
            made.append(Draft((*name, be_have, "a", noun.i, *tail), noun.i, ("presupposed",)))
    return made


def find_listed_acts(doc: Doc, dropped: set[int]) -> list[Draft]:
    """Return "firms like A and B are building ships" for "It has good ports and firms like A and B building ships"."""
    made = []
    for clause in doc:
        if clause.tag_ != "VBG" or clause.dep_ != "acl" or clause.i in dropped or doc[clause.left_edge.i - 1].is_punct:
            continue
        noun = _find_listed(clause.head)
        if noun is None or noun.tag_ != "NNS" or not any(c.dep_ in _COMPLEMENTS for c in clause.children):
            continue
        owner = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
        if owner is None or owner.lemma_ not in _LISTING or any(c.dep_ in ("det", "poss") for c in noun.children):
            continue
        act = collect_subtree(clause)
        name = tuple(i for i in sorted(collect_subtree(noun) - act - dropped) if i < clause.left_edge.i)
        be = inflect_be(find_tense(owner), plural=True)
        made.append(Draft((*name, be, *sorted(act)), clause.i, ("listed act",)))
    return made


def _find_listed(noun: Token) -> Token | None:
    """Return "firms" for the last name of "firms like A, B and C" in a list of several things, ``None`` elsewhere."""
    while noun.dep_ in ("conj", "appos") and noun.pos_ == "PROPN" and noun.head.pos_ == "PROPN":
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in ("like", "as"):
        noun = noun.head.head if noun.head.lower_ == "like" else noun
    listed = noun.dep_ == "conj" or any(c.dep_ == "conj" for c in noun.children)
    return noun if listed else None
