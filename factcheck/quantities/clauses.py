"""What the clause of a figure says about it: its verb and tense, what is counted, rise or fall, plan or measurement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.quantities.content import is_content
from factcheck.quantities.lexicon import DOWN, LARGER, PROJECTION, SMALLER, UP, concept

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def verb_of(root: Token) -> Token | None:
    """Return the verb that governs a figure, the copula's complement counting as its noun."""
    token = root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") and token is not root:
            return token
        if token.head is token:
            return token if token.pos_ in ("VERB", "AUX") else None
        token = token.head
    return None


def tense_of(verb: Token | None) -> str:
    """Return the tense of a verb; the perfect counts as past."""
    if verb is None:
        return ""
    group = sorted([verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))], key=lambda t: t.i)
    finite = next((token for token in group if token.tag_ in ("MD", "VBD", "VBZ", "VBP")), None)
    if finite is None:
        return ""
    if finite.tag_ == "MD":
        return "future" if finite.lower_ in ("will", "shall", "'ll", "’ll") else ""
    perfect = finite is not verb and finite.lemma_ == "have"
    return "past" if finite.tag_ == "VBD" or perfect else "present"


def head_of(span: Span) -> frozenset[str]:
    """Return the word groups of what is counted: the noun the figure modifies, else the subject of its clause."""
    root = span.root
    noun = root
    if root.dep_ in ("nummod", "amod", "quantmod", "compound", "nmod", "npadvmod") and root.head.pos_ in (
        "NOUN",
        "PROPN",
    ):
        noun = root.head
    heads = {noun} if noun.pos_ in ("NOUN", "PROPN") and not noun.like_num else set()
    for child in noun.children:
        if child.dep_ == "prep" and child.text.lower() in ("of", "in"):
            heads |= {grand for grand in child.children if grand.pos_ == "NOUN"}
    if not heads or noun is root:
        verb = verb_of(root)
        if verb is not None:
            heads |= {child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "NOUN"}
    return frozenset(concept(token.lemma_) for token in heads if is_content(token))


_MULTIPLIES = re.compile(r"(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|ing)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\s+(?:as (?:much|many|large|big|high|long|old|far) again|again as)\b", re.IGNORECASE)
_RISES = frozenset("increase rise growth gain jump higher more".split())
_FALLS = frozenset("decrease decline fall drop cut reduction lower less few".split())
_SHARE = re.compile(r"%|\bper ?cent\b|\bpoints?\b", re.IGNORECASE)
_PHRASAL = frozenset("make set end take pick add put give come sum use".split())  # "made up 45 percent" is no rise


def direction_of(text: str, span: Span, verb: Token | None, sent: Span) -> int:
    """Return 1 where the figure is the size of a rise, -1 of a fall, 0 where it is a level."""
    doc = span.doc
    if _MULTIPLIES.match(text, span.start_char):
        return -1 if text[span.start_char] in "hH" else 1
    if _AGAIN.match(text, span.end_char):
        return 1
    before = doc[max(sent.start, span.start - 3) : span.start]
    lead = [token.lower_ for token in before]
    if (lead and lead[-1] in ("to", "at", "from")) or lead[-2:] in (["to", "about"], ["to", "over"], ["to", "around"]):
        return 0
    after = doc[span.end : min(sent.end, span.end + 3)]
    if turn := _direction_after(text, span, after):
        return turn
    if lead and lead[-1] in ("up", "down") and not (len(before) > 1 and before[-2].lemma_.lower() in _PHRASAL):
        return 1 if lead[-1] == "up" else -1
    return _direction_of_verb(span, verb, lead) if verb is not None else 0


def _direction_after(text: str, span: Span, after: Span) -> int:
    """Return which way the words behind a figure turn it: "9 larger", "5 percent growth", "4 % short of 2019"."""
    is_share = bool(_SHARE.search(text[span.start_char : span.end_char + 14]))
    for token in after[:2]:
        if token.lower_ in LARGER or token.lower_ in SMALLER:
            return 1 if token.lower_ in LARGER else -1
        word = token.lemma_.lower()
        if word in _RISES or (is_share and word in ("above", "ahead")):
            return 1
        if word in _FALLS or (is_share and word in ("below", "short", "behind")):
            return -1
    return 0


def _direction_of_verb(span: Span, verb: Token, lead: list[str]) -> int:
    if "by" not in lead and span.root.dep_ not in ("npadvmod", "dobj", "advmod", "nummod", "pobj"):
        return 0
    near = span.root.head is verb or span.root.head.head is verb or "by" in lead
    word = verb.lemma_.lower()
    if near and (word in UP or word in DOWN):
        return 1 if word in UP else -1
    if "by" in lead and (turn := next((child for child in verb.children if child.lower_ in ("up", "down")), None)):
        return 1 if turn.lower_ == "up" else -1
    return 0


def is_projected(doc: Doc, sent: Span, root: Token, verb: Token | None) -> bool:
    """Whether the figure is a plan, forecast or wish rather than a measurement."""
    if verb is None:
        return bool(PROJECTION.search(sent.text))
    chain = [verb]
    while chain[-1].head is not chain[-1] and len(chain) < 4:
        if chain[-1].dep_ == "ccomp" and chain[-1].head.i > chain[-1].i:
            break  # the clause that follows a semicolon governs nothing before it
        chain.append(chain[-1].head)
    words = " ".join(
        token.text
        for link in chain
        for token in sorted(
            [link, *(c for c in link.children if c.dep_ in ("aux", "auxpass", "nsubj"))], key=lambda t: t.i
        )
    )
    return bool(PROJECTION.search(words))


_OLD_BEFORE = re.compile(
    r"(?:\b(?:from|compared (?:with|to)|against|versus|vs\.?|after|instead of|rather than|than|previously|originally"
    r"|formerly|last year's|had been|used to be)\s+(?:\w+\s+){0,2}|\()$",
    re.IGNORECASE,
)
_OLD_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:(?:a|one) (?:year|month|quarter|week|decade) (?:earlier|before|ago)|the (?:year|month"
    r"|week|quarter|season)"
    r" before|last (?:year|month|week|season)|the previous|previously|→|->)",
    re.IGNORECASE,
)
_NEW_BEFORE = re.compile(
    r"(?:\bto\s+(?:\w+\s+)?|(?:→|->)\s*|\b(?:now|currently|this (?:year|month))\s+(?:\w+\s+){0,2})$", re.IGNORECASE
)


def role_of(text: str, start: int, end: int) -> str:
    """Return "old" or "new" where the words around a figure say which end of a change it is."""
    before = text[max(0, start - 32) : start]
    if _NEW_BEFORE.search(before):
        return "new"
    if _OLD_BEFORE.search(before) or _OLD_AFTER.match(text, end):
        return "old"
    return ""


_WHOLE = re.compile(r"\b(?:of|among)\s+(?:(?:the|its|their|his|her|all|these|those)\s+)*$", re.IGNORECASE)


def is_whole(text: str, start: int) -> bool:
    """Whether a figure only says of how many another is a part: "a third of the 1,800 boats"."""
    return bool(_WHOLE.search(text[max(0, start - 40) : start]))
