"""What a clause takes over from the clause it was part of: tense, auxiliaries, dates, openings, objects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word
from factcheck.claims.inflect import Tense, inflect_be, inflect_verb, is_past_form
from factcheck.claims.tree import (
    AUXILIARY,
    collect_subtree,
    find_subject,
    find_tense,
    is_finite,
    is_perfect,
    is_progressive,
    left_comma,
    list_conjuncts,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FRAMES = frozenset("in among by since during under on at for".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """What a clause takes over from the clause it is coordinated with."""

    subject: tuple[Word, ...] = ()
    subject_token: Token | None = None
    lead: tuple[Word, ...] = ()
    auxiliaries: tuple[Word, ...] = ()


def inflect_draft(doc: Doc, draft: Draft, participle: Token, verb: Token, *, plural: bool) -> Draft:
    """Return a draft whose participle, or one coordinated with it, is made finite."""
    head = doc[draft.head]
    absolute = participle.dep_ == "pcomp"
    if head.i not in {m.i for m in list_conjuncts(participle)} or head.i not in draft.words:
        return draft
    if is_finite(head) and not absolute:
        return draft
    tense = find_tense(verb)
    finite: tuple[Word, ...]
    having = next((c for c in head.children if c.dep_ == "aux" and c.lower_ == "having"), None)
    if having is not None and having.i in draft.words:
        form = inflect_verb("have", tense, plural=plural)
        return replace(draft, words=tuple(form if w == having.i else w for w in draft.words))
    if head.tag_ == "VBN" and is_past_form(head.text) and _is_active(head):
        return replace(draft, words=_swap_head(draft.words, head.i, (head.text,)))  # "created, produced and hosted it"
    if head.tag_ == "VBG" and (is_progressive(verb) or absolute):
        finite = (inflect_be(tense, plural=plural), head.i)
    elif head.tag_ == "VBG":
        finite = (inflect_verb(head.lemma_.lower(), tense, plural=plural),)
    else:
        dated = any(t.ent_type_ == "DATE" and t.text.isdigit() for t in head.subtree)
        past = tense is Tense.PAST or is_perfect(verb) or dated
        finite = (inflect_be(Tense.PAST if past else Tense.PRESENT, plural=plural), head.i)
    if len(finite) == 2:
        # "First described by X" becomes "was first described", not "first was described".
        at = draft.words.index(head.i)
        before = {c.i for c in head.children if c.dep_ == "advmod" and c.i < head.i}
        while at and draft.words[at - 1] in before:
            at -= 1
        return replace(draft, words=(*draft.words[:at], finite[0], *draft.words[at:]))
    return replace(draft, words=_swap_head(draft.words, head.i, finite))


def _is_active(verb: Token) -> bool:
    """Tell a participle that has an object, or shares that of a later verb of its series, from a passive one."""
    members = [t for t in _list_series(verb if verb.dep_ != "conj" else verb.head) if t.i >= verb.i]
    after = [c for m in members for c in m.children if c.dep_ == "dobj" and c.i > m.i]
    helped = any(c.dep_ in AUXILIARY or c.dep_ == "agent" for c in verb.children)
    return any(not c.like_num for c in after) and not helped and find_tense(verb.head) is Tense.PAST


def date_like(doc: Doc, draft: Draft, verb: Token, lead: tuple[Word, ...]) -> Draft:
    """Return a participial claim with the year or opening date of its main clause, where it has none."""
    if any(isinstance(w, int) and doc[w].ent_type_ == "DATE" for w in draft.words):
        return draft
    if lead and any(isinstance(w, int) and doc[w].ent_type_ == "DATE" for w in lead):
        return replace(draft, words=(*lead, *draft.words))
    complements = [c for c in verb.children if c.dep_ == "xcomp"]
    nearby = [p for head in (verb, *complements) for p in head.children]
    nearby += [p for c in nearby if c.dep_ in ("prep", "dobj") for p in c.subtree if p.dep_ == "prep"]
    for prep in nearby:
        year = next((c for c in prep.children if c.dep_ == "pobj" and c.text.isdigit() and len(c.text) == 4), None)
        if prep.dep_ == "prep" and year is not None and prep.i > verb.i:
            return replace(draft, words=(*draft.words, prep.i, year.i))
    return draft


def find_shared_objects(verb: Token, jobs: list[tuple[str, Token]]) -> set[int]:
    """Return what "justify" has in common with "sustain" in "justify and sustain large investments"."""
    series = [t for t in _list_series(verb) if t.i > verb.i]
    following = next((t for rule, t in jobs if rule == "conjunct" and t.head == verb), None)
    following = series[0] if series else following  # "created, produced and hosted the show"
    if following is None or following.i - verb.i > 3 or find_subject(following) is not None:
        return set()
    light = ("cc", "conj", "punct", "advmod", "prt")
    own = [c for c in verb.children if c.i > verb.i and c.dep_ not in light and c not in series]
    if own or verb.lemma_ == "be":
        return set()
    last = series[-1] if series else following
    objects = [c for c in last.children if c.i > last.i and c.dep_ in ("dobj", "prep", "ccomp")]
    if not any(c.dep_ in ("dobj", "ccomp") for c in objects):
        return set()
    return {i for c in objects for i in collect_subtree(c)}


def _list_series(verb: Token) -> list[Token]:
    """Return the verbs of a series that the parser takes for participles in part ("created, produced and hosted")."""
    first = verb
    while _is_serial(first) or (first.dep_ == "conj" and any(_is_serial(c) for c in first.head.children)):
        first = first.head
    serial = [c for c in first.children if _is_serial(c)]
    later = [c for t in (first, *serial) for c in list_conjuncts(t)[1:] if find_subject(c) is None]
    return sorted({first, *serial, *later}, key=lambda t: t.i) if serial else [verb]


def _is_serial(verb: Token) -> bool:
    """Tell a past tense between commas that looks like a participle from a participle."""
    listed = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i > verb.head.i and left_comma(verb)
    helped = any(c.dep_ in AUXILIARY or c.dep_ in ("agent", "mark") for c in verb.children)
    return listed and not helped and is_past_form(verb.text) and find_tense(verb.head) is Tense.PAST


def find_lead(doc: Doc, verb: Token, first: int, body: set[int]) -> tuple[Word, ...]:
    """Return the adverbials of ``verb`` that stand before its subject at ``first``, with the comma behind them."""
    lead: tuple[Word, ...] = tuple(
        sorted(
            i
            for child in verb.children
            if child.i < first and child.dep_ in ("prep", "npadvmod", "advmod", "advcl") and child.i in body
            for i in collect_subtree(child) & body
        )
    )
    last = lead[-1] if lead else None
    if isinstance(last, int) and last + 1 < len(doc) and doc[last + 1].text == ",":
        return (*lead, last + 1)
    return lead


def shares_opening(doc: Doc, token: Token, lead: tuple[Word, ...]) -> bool:
    """Tell whether "In 2007, A did this and B did that" is about 2007 in its second half too."""
    first = lead[0]
    joined = any(c.lower_ == "and" for c in token.head.children if c.dep_ == "cc")
    own = any(c.dep_ in ("prep", "npadvmod", "advcl") and c.i < token.i for c in token.children)
    return joined and not own and isinstance(first, int) and doc[first].lower_ in _FRAMES


def share_auxiliaries(doc: Doc, verb: Token, auxiliaries: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the auxiliaries that a coordinated verb without its own takes over; a denial only where it is meant."""
    if verb.tag_ not in ("VB", "VBN", "VBG") or any(c.dep_ in AUXILIARY for c in verb.children):
        return ()
    coordinator = next((c.lower_ for c in verb.head.children if c.dep_ == "cc"), "and")
    shared = auxiliaries
    if coordinator == "but":
        shared = tuple(a for a in shared if not (isinstance(a, int) and doc[a].dep_ == "neg"))
    return shared


def _swap_head(words: tuple[Word, ...], head: int, finite: tuple[Word, ...]) -> tuple[Word, ...]:
    at = words.index(head)
    return (*words[:at], *finite, *words[at + 1 :])
