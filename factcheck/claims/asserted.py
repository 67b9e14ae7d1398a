"""Facts that a sentence states on the way: the clause behind "because" or "after", the act behind "after retiring".

The main claim keeps the clause, which says why or when; the clause is a claim of its own beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.adverbial import find_setting
from factcheck.claims.inflect import Tense, inflect_verb
from factcheck.claims.tree import AUXILIARY, collect_subtree, find_subject, find_tense, is_finite, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REASONS = frozenset("because since as".split())
_TIMES = frozenset("after when before until once".split())
_ACTS = frozenset("after before since on upon".split())
_COMPLEMENTS = frozenset("dobj attr acomp xcomp ccomp oprd".split())
_SHORTEST = 4


def find_asserted_clauses(doc: Doc) -> list[tuple[str, Token, Token]]:
    """Return (word, subordinator, verb) of each subordinate clause that is stated as a fact."""
    found = []
    for token in doc:
        if token.dep_ != "advcl" or not is_finite(token) or find_subject(token) is None:
            continue
        mark = next((c for c in token.children if c.dep_ in ("mark", "advmod") and c.i == token.left_edge.i), None)
        if find_setting(token):
            continue  # "in 1980, when the mine closed" is told with its date
        if mark is None or mark.lower_ not in _REASONS | _TIMES or not _is_fact(token, mark.lower_):
            continue
        found.append((mark.lower_, mark, token))
    return found


def _is_fact(clause: Token, word: str) -> bool:
    """Tell a clause about what was or is from a condition, a plan or a general "when"."""
    main = clause.head
    if any(a.dep_ in ("ccomp", "relcl", "acl", "advcl", "xcomp") for a in (main, *main.ancestors)):
        return False
    modal = any(c.tag_ == "MD" for c in main.children)
    if modal or any(c.tag_ == "MD" and c.lower_ not in ("can", "ca", "could") for c in clause.children):
        return False
    if len(collect_subtree(clause)) < _SHORTEST + 1:
        return False
    if word == "as" and not _gives_reason(clause):
        return False
    if word in _TIMES:
        return find_tense(clause) is Tense.PAST and find_tense(main) is Tense.PAST
    return not any(c.dep_ == "neg" for c in main.children)


def _gives_reason(clause: Token) -> bool:
    """Tell "as leaves are swept up" from "as it has since 1774" and "as soon as it rains"."""
    first = clause.left_edge.i
    set_off = first == 0 or clause.doc[first - 1].text == ","
    bare = clause.lemma_ in ("have", "do", "be") and not any(c.dep_ in _COMPLEMENTS for c in clause.children)
    return set_off and not bare


def find_asserted_acts(doc: Doc) -> list[tuple[Token, Token, str]]:
    """Return (gerund, main verb, finite form) of each act that a preposition dates by ("after retiring in 2008")."""
    found = []
    for token in doc:
        if token.tag_ != "VBG" or token.dep_ != "pcomp" or token.head.lower_ not in _ACTS:
            continue
        verb = token.head.head
        subject = find_subject(verb)
        if (
            verb.pos_ not in ("VERB", "AUX")
            or subject is None
            or not is_finite(verb)
            or verb.dep_ not in ("ROOT", "conj")
        ):
            continue
        past = find_tense(verb) is Tense.PAST
        passive = any(c.dep_ in AUXILIARY for c in token.children)
        if (
            past
            and not passive
            and len(collect_subtree(token)) >= 3
            and not any(c.dep_ == "neg" for c in verb.children)
        ):
            found.append((token, verb, inflect_verb(token.lemma_.lower(), Tense.PAST, plural=is_plural(subject))))
    return found
