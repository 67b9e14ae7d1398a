"""The two things that a sentence joins, for the "both", "neither", "latter" and "former" of the next one.

Only where that sentence joins exactly two things; "both" and "neither" are then said of each by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.coordinate import make_singular, negate
from factcheck.claims.draft import Draft, Word, render_words
from factcheck.claims.tree import SUBJECT, collect_subtree, is_plural_alone, list_conjuncts, trim_punctuation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_JOINED = frozenset({"and", "or", "nor", "&"})
_FIGURES = frozenset("DATE TIME PERCENT CARDINAL ORDINAL MONEY".split())
_EACH = frozenset({"both", "neither"})
_ONE = {"former": 0, "latter": 1}
Pair = tuple[tuple[str, bool], tuple[str, bool]]
"""Two phrases, each with whether it is plural."""


def find_pair(doc: Doc, table: Mapping[int, tuple[int, str]]) -> Pair | None:
    """Return the two things that a sentence joins, ``None`` for none or for several such pairs."""
    pairs = [p for t in doc if (p := _read_pair(t, table)) is not None]
    return pairs[0] if len(pairs) == 1 else None


def _read_pair(token: Token, table: Mapping[int, tuple[int, str]]) -> Pair | None:
    members = list_conjuncts(token) if token.dep_ != "conj" else []
    if len(members) != 2 or not any(c.dep_ == "cc" and c.lower_ in _JOINED for m in members for c in m.children):
        return None
    if all(m.pos_ == "ADP" for m in members):  # "to A and to B"
        members = [next((c for c in m.children if c.dep_ == "pobj"), m) for m in members]
    if any(m.pos_ not in ("NOUN", "PROPN") or m.ent_type_ in _FIGURES for m in members):
        return None
    first, second = members
    words = collect_subtree(first) - collect_subtree(second) - {c.i for c in first.children if c.dep_ == "cc"}
    return _name(first, words, table), _name(second, collect_subtree(second), table)


def _name(noun: Token, words: set[int], table: Mapping[int, tuple[int, str]]) -> tuple[str, bool]:
    clauses = {i for c in noun.children if c.dep_ in ("relcl", "appos") for i in collect_subtree(c)}
    kept = sorted(trim_punctuation(noun.doc, words - clauses))
    text = render_words(noun.doc, kept, table)
    if noun.doc[kept[0]].lower_ in ("a", "an"):
        text = f"the {text.split(' ', 1)[-1]}"
    return text, is_plural_alone(noun)


def name_pair(doc: Doc, draft: Draft, pair: Pair | None) -> list[Draft]:
    """Return the draft said of the one or the two that its subject stands for."""
    verb = doc[draft.head]
    subject = next((c for c in verb.children if c.dep_ in SUBJECT and c.i in draft.words), None)
    if pair is None or subject is None or any(_read_pair(t, {}) for t in doc[: subject.i]):
        return [draft]
    word = subject.lower_
    if word in _ONE and doc[subject.i - 1].lower_ == "the" and subject.i:
        name = pair[_ONE[word]][0]
        return [replace(draft, words=_put(draft.words, (subject.i - 1, subject.i), name))]
    if word not in _EACH or any(True for _ in subject.children):
        return [draft]
    made = []
    for name, plural in pair:
        words = draft.words
        if word == "neither":
            words = negate(doc, verb, words, plural=plural)
        elif not plural:
            words = make_singular(doc, verb, words)
        made.append(replace(draft, words=_put(words, (subject.i,), name), rules=(*draft.rules, word)))
    return made


def _put(words: tuple[Word, ...], gone: tuple[int, ...], name: str) -> tuple[Word, ...]:
    at = words.index(gone[0])
    return (*words[:at], name, *(w for w in words[at + 1 :] if not (isinstance(w, int) and w in gone)))
