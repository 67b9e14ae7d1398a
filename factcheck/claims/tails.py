"""The main clause by itself, without what a comma sets off at its end ("It ranked fourth, ahead of Chile").

An editor notes both: the short claim, which stands or falls alone, and the whole. Causes, conditions and contrasts are
no such tails: with them the short claim could say more than the sentence does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, token_indices
from factcheck.claims.tree import collect_subtree

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADVERBIALS = frozenset({"advcl", "npadvmod", "advmod"})
_BINDING = frozenset(
    "because since as if unless although though while whereas so provided when whenever than lest until except but "
    "and or not".split()
)
_ABOUT = frozenset("about nearly almost roughly some around over".split())
_MEASURES = frozenset("DATE TIME MONEY PERCENT QUANTITY CARDINAL GPE LOC".split())
_SIGNS = frozenset({",", "–", "—"})
_SHORTEST = 3


def drop_tail(doc: Doc, draft: Draft) -> list[Draft]:
    """Return the draft without the adverbial that a comma or dash sets off at its end; empty where there is none."""
    present = token_indices(draft.words)
    if "whole" in draft.rules or not present:
        return []
    last = max(present) - (1 if doc[max(present)].text == "." else 0)
    head = doc[draft.head]
    bearers = [head, *(c for c in head.children if c.dep_ in ("attr", "acomp", "dobj", "xcomp"))]
    ranges = [t.head for t in doc if t.lower_ == "from" and t.i in present and doc[t.i - 1].text == ","]
    bearers += [noun for noun in ranges if noun not in bearers]
    for tail in (c for bearer in bearers for c in bearer.children):
        gone = _measure(doc, tail, head, set(present), last)
        words = tuple(w for w in draft.words if w not in gone)
        if gone and len(words) >= _SHORTEST:
            return [replace(draft, words=words, rules=(*draft.rules, "without_tail"))]
    return []


def _measure(doc: Doc, tail: Token, head: Token, present: set[int], last: int) -> set[int]:
    """Return the tokens of a tail with the sign before it, none where it is no tail."""
    taken = collect_subtree(tail) & present
    first = min(taken, default=0)
    set_off = first - 1 in present and doc[first - 1].text in _SIGNS and first > head.i
    if not set_off or max(taken) < last or len(taken) < 2 or any(doc[i].text == '"' for i in taken):
        return set()
    if doc[first - 2].dep_ == "cc" or (doc[first - 2] == head and head.pos_ == "AUX"):
        return set()  # "A, B and, most recently, C"
    restated = tail.dep_ == "attr" and any(c.dep_ in ("acomp", "attr") and c.i < tail.i for c in head.children)
    counted = doc[first].lower_ in _ABOUT and doc[first + 1].like_num  # "costs 5 million, about 1% of the budget"
    ranged = tail.dep_ == "prep" and _is_range(doc, first, taken)
    if tail.dep_ not in _ADVERBIALS and not counted and not restated and not ranged:
        return set()
    marks = [doc[first], *(c for c in tail.children if c.dep_ in ("mark", "cc") or c.tag_ == "WRB")]
    if any(mark.lower_ in _BINDING for mark in marks):
        return set()
    return {first - 1, *taken}


def _is_range(doc: Doc, first: int, taken: set[int]) -> bool:
    """Tell ", from cars to phones", which illustrates, from ", from 5 to 7 euros" and from two places or dates."""
    opens = doc[first].lower_ == "from" and any(doc[i].lower_ == "to" for i in taken)
    return opens and not any(doc[i].like_num or doc[i].ent_type_ in _MEASURES for i in taken)
