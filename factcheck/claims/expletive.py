"""Sentences that open with an empty "it", said of what they speak of: a reader of the claim alone looks for no "it".

"It is hard to find gold" becomes "Finding gold is hard", "it is believed that the tomb is older" "the tomb is believed
to be older", "it is parking that brings in cars" "parking brings in cars". Anything else stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word, token_indices
from factcheck.claims.inflect import Tense, inflect_be, inflect_participle, make_gerund
from factcheck.claims.tree import (
    AUXILIARY,
    collect_subtree,
    find_subject,
    find_tense,
    is_finite,
    is_plural,
    list_conjuncts,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RAISING = frozenset("believe think say know report estimate understand expect suppose assume rumour allege".split())
_LIKELY = frozenset("likely unlikely".split())
_ADVERBS = {"possible": "possibly", "probable": "probably"}
_SHORTEST = 2


def fill_subject(doc: Doc, draft: Draft) -> Draft:
    """Return the draft with its real subject where "it" holds its place, else the draft."""
    verb = doc[draft.head]
    present = set(token_indices(draft.words))
    it = next((c for c in verb.children if c.lower_ == "it" and c.i in present and c.i < verb.i), None)
    if it is None or "whole" in draft.rules or any(isinstance(w, str) for w in draft.words):
        return draft
    words = _turn_infinitive(verb, it, present) or _turn_cleft(verb, it, present) or _raise_subject(verb, it, present)
    return replace(draft, words=words, rules=(*draft.rules, "expletive")) if words else draft


def _turn_infinitive(verb: Token, it: Token, present: set[int]) -> tuple[Word, ...]:
    """Return "finding gold is hard" for "it is hard to find gold"."""
    said = next((c for c in verb.children if c.dep_ in ("acomp", "attr") and c.i > verb.i), None)
    if verb.lemma_ != "be" or said is None or said.pos_ not in ("ADJ", "NOUN"):
        return ()
    clauses = [c for head in (verb, said) for c in head.children if c.dep_ in ("xcomp", "advcl", "csubj", "ccomp")]
    act = next((c for c in clauses if c.tag_ == "VB" and c.i > said.i and _opens_with_to(c)), None)
    if act is None or any(c.lower_ == "for" and c.i < act.i for c in (*said.children, *act.children)):
        return ()
    if act.left_edge.i != said.i + 1:
        return ()
    taken = collect_subtree(act) & present
    to = act.left_edge.i
    acts = {m.i for m in list_conjuncts(act)}
    if any(verb.doc[i].tag_ not in ("VB", "VBP") for i in acts):
        return ()
    told: list[Word] = [make_gerund(verb.doc[i].lemma_) if i in acts else i for i in sorted(taken) if i != to]
    before = [i for i in sorted(present) if i < it.i]
    after = [i for i in sorted(present - taken) if i > it.i]
    return (*before, *told, *after) if len(told) >= _SHORTEST else ()


def _opens_with_to(act: Token) -> bool:
    return bool(act.left_edge.lower_ == "to" and act.left_edge.head == act)


def _turn_cleft(verb: Token, it: Token, present: set[int]) -> tuple[Word, ...]:
    """Return "parking brings in cars" for "it is parking that brings in cars"."""
    named = next((c for c in verb.children if c.dep_ == "attr" and c.i > verb.i), None)
    if verb.lemma_ != "be" or named is None or any(c.dep_ in ("neg", "aux", "advmod") for c in verb.children):
        return ()
    plain = named.pos_ == "PROPN" or not any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in named.children)
    clause = next((c for c in (*verb.children, *named.children) if c.dep_ == "relcl" and c.i > named.i), None)
    that = clause.left_edge if clause is not None else None
    if clause is None or that is None or that.lower_ not in ("that", "who") or not is_finite(clause) or not plain:
        return ()
    if that.dep_ not in ("nsubj", "nsubjpass") or that.head != clause or _end(clause) < max(present) - 1:
        return ()
    name = collect_subtree(named) - collect_subtree(clause)
    before = [i for i in sorted(present) if i < it.i]
    return (*before, *sorted(name & present), *(i for i in sorted(collect_subtree(clause) & present) if i != that.i))


def _end(token: Token) -> int:
    """Return the last token below ``token``."""
    return int(token.right_edge.i)


def _raise_subject(verb: Token, it: Token, present: set[int]) -> tuple[Word, ...]:
    """Return "the tomb is believed to be older" for "it is believed that the tomb is older"."""
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "csubj") and c.i > verb.i and is_finite(c)), None)
    if clause is None:
        said = next((c for c in verb.children if c.dep_ == "acomp"), None)
        found = (c for c in said.children if c.dep_ == "ccomp" and is_finite(c)) if said is not None else iter(())
        clause = next(found, None)
    subject = find_subject(clause) if clause is not None else None
    if clause is None or subject is None or any(c.dep_ == "neg" for c in verb.children):
        return ()
    if any(m.pos_ in ("VERB", "AUX") for m in list_conjuncts(clause)[1:]):
        return ()
    taken = collect_subtree(clause) & present
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    name = sorted(collect_subtree(subject) & present)
    opening = [i for i in sorted(taken) if i < min(name, default=0) and (mark is None or i != mark.i)]
    if opening or subject.dep_ == "expl" or subject.lower_ == "it":
        return ()
    before = [i for i in sorted(present) if i < it.i]
    matrix = [i for i in sorted(present - taken) if i > it.i and i < clause.left_edge.i]
    after = [i for i in sorted(present - taken) if i > _end(clause)]
    adverb = _ADVERBS.get((matrix and verb.doc[matrix[-1]].lower_) or "")
    if adverb and verb.lemma_ == "be":
        return (*before, *name, *_put_adverb(clause, taken - set(name), mark, adverb), *after)
    raised = verb.tag_ == "VBN" and verb.lemma_ in _RAISING and any(c.dep_ == "auxpass" for c in verb.children)
    likely = verb.lemma_ == "be" and bool(matrix) and verb.doc[matrix[-1]].lower_ in _LIKELY
    past = find_tense(verb) is Tense.PAST
    rest = _make_infinitive(clause, taken - set(name), mark, past=past, likely=likely)
    if not rest or not (raised or likely):
        return ()
    plural = is_plural(subject)
    told = [_agree(verb.doc[i], plural=plural) for i in matrix]
    return (*before, *name, *told, *rest, *after)


def _agree(token: Token, *, plural: bool) -> Word:
    if token.lower_ in ("is", "was"):
        return inflect_be(Tense.PAST if token.lower_ == "was" else Tense.PRESENT, plural=plural)
    return "have" if plural and token.lower_ == "has" else token.i


def _find_finite(clause: Token) -> Token:
    helpers = [c for c in clause.children if c.dep_ in AUXILIARY and c.i < clause.i]
    return min(helpers, key=lambda t: t.i, default=clause)


def _put_adverb(clause: Token, words: set[int], mark: Token | None, adverb: str) -> list[Word]:
    """Return the predicate with an adverb behind its auxiliary or "be", before any other verb."""
    finite = _find_finite(clause)
    told: list[Word] = []
    for i in sorted(words - ({mark.i} if mark is not None else set())):
        behind = i == finite.i and (finite != clause or clause.lemma_ == "be")
        told += [i, adverb] if behind else [adverb, i] if i == finite.i else [i]
    return told


def _make_infinitive(clause: Token, words: set[int], mark: Token | None, *, past: bool, likely: bool) -> list[Word]:
    """Return the predicate of ``clause`` as "to be older" or "to have been older"; empty for "can" and the like."""
    finite = _find_finite(clause)
    if (finite.tag_ == "MD" and not (likely and finite.lower_ == "will")) or finite.lemma_ == "do":
        return []
    earlier = finite.tag_ == "VBD" and not past
    form = f"have {inflect_participle(finite.lemma_)}" if earlier else finite.lemma_
    form = "" if finite.tag_ == "MD" else form  # "will close" -> "to close"
    denied = next((c.i for c in clause.children if c.dep_ == "neg"), None)
    told: list[Word] = []
    for i in sorted(words - ({mark.i} if mark is not None else set())):
        told += [f"to {form}".strip()] if i == finite.i else [] if i == denied else [i]
    return ["not", *told] if denied is not None else told
