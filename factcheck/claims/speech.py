"""Who says it: reporting verbs with their content, and "according to X" taken out of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.tree import collect_subtree, find_subject, is_finite

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose content is reported as such; with the others (deny, promise, accuse, doubt) the saying itself is the claim.
REPORTING = frozenset(
    "say tell report state note add argue claim suggest find show write explain insist stress conclude estimate warn "
    "point announce confirm reveal admit acknowledge concede remark comment observe assert recall declare".split()
)


def find_reported(verb: Token) -> Token | None:
    """Return the clause that a reporting verb reports, ``None`` where ``verb`` reports nothing."""
    if verb.lemma_.lower() not in REPORTING or find_subject(verb) is None:
        return None
    if any(c.dep_ == "neg" for c in verb.children):
        return None
    for child in verb.children:
        if child.dep_ == "ccomp" and find_subject(child) is not None and is_finite(child):
            if any(
                c.dep_ in ("mark", "advmod") and c.lower_ in ("whether", "if", "how", "why") for c in child.children
            ):
                return None
            return child
    return None


def strip_according(doc: Doc) -> tuple[set[int], str | None]:
    """Return the tokens of "according to X" with its comma, and X; empty and ``None`` without one."""
    for token in doc:
        if token.lower_ != "according" or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
            continue
        source = next((t for t in doc[token.i + 2 :] if t.dep_ == "pobj" and t.head.i in (token.i + 1, token.i)), None)
        if source is None:
            continue
        taken = {token.i, token.i + 1} | {i for i in collect_subtree(source) if i > token.i}
        last = max(taken)
        name = doc[source.left_edge.i : last + 1].text.strip(" ,")
        if last + 1 < len(doc) and doc[last + 1].text == ",":
            taken.add(last + 1)
        if token.i > 0 and doc[token.i - 1].text == ",":
            taken.add(token.i - 1)
        return taken, name
    return set(), None
