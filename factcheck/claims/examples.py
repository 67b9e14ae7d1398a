"""Examples behind ", including": the sentence without them, and the sentence said of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, token_indices
from factcheck.claims.tree import collect_subtree, list_conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAX_EXAMPLES = 8


def spread_examples(doc: Doc, draft: Draft) -> list[Draft]:
    """Return "S holds 24 species" and "S holds perch" for "S holds 24 species, including perch", else the draft."""
    present = token_indices(draft.words)
    found = next((doc[i] for i in present if doc[i].lower_ == "including" and i > draft.head), None)
    if found is None or found.i - 1 not in present or doc[found.i - 1].text != ",":
        return [draft]
    first = next((c for c in found.children if c.dep_ == "pobj"), None)
    acts = next((c for c in found.children if c.dep_ == "pcomp" and c.tag_ == "VBG"), None) if first is None else None
    general = _find_general(doc, found.i - 2, draft.head) if acts is None else _find_act(found)
    first = first or acts
    tail = {i for i in present if i >= found.i}
    if general is None or first is None or not tail <= collect_subtree(found):
        return [draft]
    members = list_conjuncts(first)
    if len(members) > _MAX_EXAMPLES or (acts is None and any(m.pos_ not in ("NOUN", "PROPN") for m in members)):
        return [draft]
    shared = _find_object(members[-1]) if acts is not None else set()
    if any(t.text == "," and t.nbor(-1).dep_ == "cc" for t in doc[found.i + 1 : max(tail) + 1]):
        return [draft]  # "including vendace and, until the 1960s, sturgeon": each has its own adverbial
    whole = collect_subtree(general) - collect_subtree(found)
    before = tuple(w for w in draft.words if not (isinstance(w, int) and w >= found.i - 1))
    made = [replace(draft, words=before)]
    for at, member in enumerate(members):
        own = collect_subtree(member) & tail
        for later in members[at + 1 :]:
            own -= collect_subtree(later)
        own -= {c.i for c in member.children if c.dep_ == "cc" or c.is_punct}
        own |= shared if not _find_object(member) else set()
        start = min(i for i in whole if i in before)
        words = (
            *(w for w in before if not isinstance(w, int) or w < start),
            *sorted(own),
            *(w for w in before if isinstance(w, int) and w > start and w not in whole),
        )
        made.append(replace(draft, words=words, rules=(*draft.rules, "including")))
    return made


def _find_act(including: Token) -> Token | None:
    """Return "managing" of "for managing the process, including finding and hiring staff"."""
    act = next((a for a in including.ancestors if a.tag_ == "VBG"), None)
    return act if act is not None and act.dep_ == "pcomp" else None


def _find_object(verb: Token) -> set[int]:
    """Return what stands behind the last of several gerunds and is the object of all."""
    return {i for c in verb.children if c.dep_ in ("dobj", "prep") and c.i > verb.i for i in collect_subtree(c)}


def _find_general(doc: Doc, last: int, head: int) -> Token | None:
    """Return the noun right before the examples, with what it is a sort or number of ("24 species of fish")."""
    noun = doc[last]
    while noun.head.i > head and (noun.dep_ in ("compound", "amod", "nummod") or _is_part(noun)):
        noun = noun.head.head if _is_part(noun) else noun.head
    fits = noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in ("dobj", "pobj", "attr") and noun.i > head
    return noun if fits else None


def _is_part(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in ("NOUN", "NUM")
