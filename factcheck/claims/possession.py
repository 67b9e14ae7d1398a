"""What "with X" says of the subject: that it has X, or that X does something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word
from factcheck.claims.inflect import inflect_verb
from factcheck.claims.tree import (
    agrees_plural,
    collect_subtree,
    find_subject,
    find_tense,
    list_conjuncts,
    trim_punctuation,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STATIVE = frozenset("be have hold remain lead offer operate own run".split())


def make_possessions(
    doc: Doc, prep: Token, verb: Token, subject: tuple[Word, ...], subject_token: Token | None, dropped: set[int]
) -> list[Draft]:
    """Return "S has X" and "S has Y" for "with X and Y"; members without a determiner or number stay together.

    Examples ("with companies like A") give nothing.
    """
    owned = next(c for c in prep.children if c.dep_ == "pobj")
    if any(c.lower_ == "like" or (c.lower_ == "as" and doc[c.i - 1].lower_ == "such") for c in owned.children):
        return []  # "with companies like A and B" only illustrates
    members = list_conjuncts(owned)
    apart = all(any(c.dep_ in ("det", "nummod", "poss") for c in m.children) for m in members)
    have = inflect_verb("have", find_tense(verb), plural=agrees_plural(verb, subject_token))
    made = []
    for member in members if apart else [owned]:
        words = collect_subtree(member) - dropped
        if apart:
            words -= {i for m in members if m.i > member.i for i in collect_subtree(m)}
            words -= {m.left_edge.i - 1 for m in members if doc[m.left_edge.i - 1].dep_ == "cc"}
        kept = sorted(trim_punctuation(doc, words))
        made.append(Draft((*subject, have, *kept), member.i, ("with_possession",)))
    return made


def opens_with_size(prep: Token, verb: Token) -> bool:
    """Tell "With an area of 37 acres, it is ..." (it has the area) from "With a click, you order ..."."""
    owned = next((c for c in prep.children if c.dep_ == "pobj"), None)
    after = prep.right_edge.i + 1
    if owned is None or prep.head != verb or prep.i > 0 or after >= len(prep.doc) or prep.doc[after].text != ",":
        return False
    counted = any(c.dep_ == "nummod" or c.lower_ in ("a", "an") for c in owned.children)
    return counted and owned.pos_ == "NOUN" and verb.lemma_ in _STATIVE and find_absolute(prep) is None


def tells_possession(prep: Token, verb: Token) -> bool:
    """Tell "A is a provider, with heavy investment" (A has it) from "A agreed, with exceptions"."""
    owned = next((c for c in prep.children if c.dep_ == "pobj"), None)
    fits = prep.head == verb or (prep.head.dep_ in ("attr", "dobj") and prep.head.head == verb)
    fits = fits and not any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    return (
        fits and owned is not None and owned.pos_ in ("NOUN", "PROPN") and verb.lemma_ in _STATIVE and prep.i > verb.i
    )


def find_absolute(prep: Token) -> tuple[Token, Token] | None:
    """Return subject and predicate of an absolute "with X doing Y"."""
    for child in prep.children:
        if child.dep_ == "pobj":
            for clause in child.children:
                if clause.dep_ == "acl" and clause.tag_ in ("VBG", "VBN"):
                    return child, clause
        if child.dep_ in ("pcomp", "ccomp") and child.tag_ in ("VBG", "VBN", "VBD"):
            subject = find_subject(child)
            if subject is not None:
                return subject, child
    return None
