"""What a sentence takes for granted and documents can check: counts and sizes behind a possessive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word
from factcheck.claims.tree import SUBJECT, collect_subtree, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SIZES = frozenset("population area length height turnover workforce budget revenue debt capacity".split())


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
