"""The words of meaning in a text and what each does in its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.quantities.lexicon import KNOWN_OWNERS, concept, name_owner

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CLASSES = {"GPE": "place", "LOC": "place", "NORP": "place", "PERSON": "person", "ORG": "body"}
PURPOSE = "purpose"  # the role of words that say what a thing is for: "subsidies to boost output"
_SKIP_POS = frozenset("PUNCT SPACE NUM SYM DET PRON ADP CCONJ SCONJ PART AUX X".split())
_MEANING = frozenset("NOUN VERB ADJ ADV PROPN".split())
_SKIP = frozenset(
    "say tell report accord state announce show find estimate number figure amount also other such be have do".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning and is no part of a figure or date.

    ``form`` is its lower-case lemma, ``group`` its word group, ``name`` the owner it names; ``role`` is what it does in
    its clause: "name", "verb", "subject", "other" (adjectives, adverbs), "object", "purpose" (all words of a clause
    that says what something is for), or the preposition before it.
    """

    start: int
    text: str
    form: str
    group: str
    name: str
    role: str


def content_of(line: list[Token], taken: list[tuple[int, int]], places: list[tuple[str, Span]]) -> tuple[Word, ...]:
    """Return the words of meaning outside the figures and dates."""
    named = {token.i for _, place in places if place.label_ in CLASSES for token in place if token.pos_ != "NOUN"}
    whole = {token.i: name for name, place in places if name in KNOWN_OWNERS for token in place}
    purposes = _find_purposes(line, taken)
    return tuple(
        Word(token.idx, token.text, token.lemma_.lower(), concept(token.lemma_),
             whole.get(token.i) or name_owner(token.text),
             PURPOSE if token.i in purposes else _role(token, token.i in named))
        for token in line
        if token.pos_ in _MEANING and not token.like_num and len(token.text) > 1
        and not any(first <= token.idx < last for first, last in taken)
    )  # fmt: skip


def _find_purposes(line: list[Token], taken: list[tuple[int, int]]) -> set[int]:
    """Return the words of infinitive clauses behind a figure that say what something is for and hold no figure."""
    out: set[int] = set()
    for token in line:
        if token.pos_ != "VERB" or token.dep_ not in ("advcl", "acl") or token.head.pos_ not in ("NOUN", "VERB"):
            continue
        if token.dep_ == "acl" and token.head.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            continue  # "a plan to build": what the clause says is the thing itself
        if not any(child.tag_ == "TO" for child in token.children):
            continue
        span = list(token.subtree)
        first, last = span[0].idx, span[-1].idx + len(span[-1])
        if not any(first <= start < last for start, _ in taken) and any(start < first for start, _ in taken):
            out.update(item.i for item in span if item.i >= token.i - 1)
    return out


def _role(token: Token, named: bool) -> str:
    """Return what a word does in its clause; a noun before a noun does what that one does."""
    if token.pos_ == "PROPN" or named or concept(token.lemma_) == "world":
        return "name"
    if token.pos_ != "NOUN":
        return "verb" if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") else "other"
    head = token
    while head.dep_ in ("compound", "nmod", "poss") and head.head.pos_ == "NOUN":
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass"):
        return "subject"
    return head.head.lower_ if head.dep_ == "pobj" else "object"


def is_content(token: Token) -> bool:
    """Whether a token says something about what a figure is of."""
    return (
        token.pos_ not in _SKIP_POS and token.lemma_.lower() not in _SKIP and len(token.text) > 1 and not token.like_num
    )
