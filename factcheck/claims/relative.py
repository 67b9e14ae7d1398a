"""A relative clause made a sentence: its antecedent put where the relative pronoun stood or belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.draft import Word
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.tree import SUBJECT, agrees_plural, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def fill_pronoun(
    words: tuple[Word, ...], pronoun: Token, antecedent: tuple[Word, ...], clause: Token
) -> tuple[Word, ...]:
    """Return the clause with its antecedent where the relative pronoun stood, or at its end for an object."""
    if pronoun.i not in words:
        return words
    at = words.index(pronoun.i)
    before, after = words[:at], words[at + 1 :]
    if pronoun.tag_ == "WP$":
        return _fill_owner(before, after, pronoun, antecedent, clause)
    if pronoun.lower_ in ("where", "when"):
        preposition = _find_place_word(clause.head) if not _starts_with_preposition(pronoun.doc, antecedent) else ""
        return (*before, *after, preposition, *antecedent)
    if pronoun.dep_ in SUBJECT:
        return (*before, *antecedent, *after)
    if pronoun.dep_ == "pobj" and pronoun.head.i == clause.left_edge.i and pronoun.head.head == clause:
        return (*(w for w in before if w != pronoun.head.i), *after, pronoun.head.i, *antecedent)
    if pronoun.dep_ in ("dobj", "attr", "oprd") and pronoun.i < clause.i:
        rest = list(after)
        at_verb = rest.index(clause.i) + 1 if clause.i in rest else len(rest)
        return (*before, *rest[:at_verb], *antecedent, *rest[at_verb:])
    return (*before, *antecedent, *after)


def _fill_owner(
    before: tuple[Word, ...], after: tuple[Word, ...], pronoun: Token, antecedent: tuple[Word, ...], clause: Token
) -> tuple[Word, ...]:
    """Return "X's roof leaks" for "whose roof leaks" and "it cracks X's shells" for "whose shells it cracks"."""
    last = antecedent[-1] if antecedent else ""
    text = pronoun.doc[last].text if isinstance(last, int) else last
    owner: tuple[Word, ...] = (*antecedent, "'" if text.endswith("s") else "'s")
    noun = pronoun.head
    owned = tuple(w for w in after if isinstance(w, int) and w <= noun.i)
    rest = tuple(w for w in after if w not in owned)
    if noun.dep_ == "dobj" and noun.i < clause.i and clause.i in rest:
        at = rest.index(clause.i) + 1
        return (*before, *rest[:at], *owner, *owned, *rest[at:])
    return (*before, *owner, *after)


def find_person(noun: Token) -> Token | None:
    """Return whom "who" speaks of: not a place or a body that the parser took ("27 sites in Cuba, who received")."""
    first = noun
    while first.dep_ in ("conj", "appos"):
        first = first.head
    placed = first.dep_ == "pobj" and first.head.lower_ in ("in", "at", "from", "near", "across", "outside")
    if not (placed and noun.ent_type_ in ("GPE", "LOC", "FAC")):
        return noun
    nouns = [a for a in first.ancestors if a.pos_ == "NOUN"]
    nouns += [c for a in first.ancestors if a.pos_ == "VERB" for c in a.children if c.dep_ in ("dobj", "nsubjpass")]
    return next((n for n in nouns if n.lemma_.lower() in PERSON_NOUNS | {"people"}), None)


def find_counted_noun(clause: Token, noun: Token) -> Token:
    """Return what "most of which are old" counts: the plural right before it, where the parser took a singular."""
    first = clause.left_edge
    of = next((t for t in clause.subtree if t.lower_ in ("which", "whom") and t.head.lower_ == "of"), None)
    if of is None or is_plural(noun) or not agrees_plural(clause, None) or first.i < 2:
        return noun
    near = clause.doc[first.i - 2]
    while near.dep_ in ("conj", "appos"):
        near = near.head
    return near if near.pos_ in ("NOUN", "PROPN") and is_plural(near) else noun


def find_consequence(doc: Doc) -> int:
    """Return the "which" that speaks of the whole sentence before it ("..., which led to long queues"), 0 for none."""
    for token in doc[3:]:
        if token.lower_ != "which" or doc[token.i - 1].text != "," or token.dep_ not in SUBJECT:
            continue
        verb = token.head
        loose = verb.dep_ in ("advcl", "ccomp", "conj") or verb.head.pos_ in ("VERB", "AUX")
        leads = verb.lemma_ in _CONSEQUENCES and verb.head.dep_ in ("dobj", "pobj", "npadvmod", "conj")
        last = verb.right_edge.i >= len(doc) - 2
        if last and (leads or (loose and verb.lemma_ in _CONSEQUENCES | _EFFECTS)):
            return int(token.i)
    return 0


_CONSEQUENCES = frozenset("mean lead prompt force result trigger explain".split())
_EFFECTS = frozenset("allow enable cause make help let reduce increase raise leave".split())


def _find_place_word(noun: Token) -> str:
    """Return the preposition that a place or time has in its sentence ("on the roads, where ..."), else "in"."""
    word = noun.head.lower_ if noun.dep_ == "pobj" else ""
    return word if word in ("on", "at", "near", "off", "along", "under") else "in"


def _starts_with_preposition(doc: Doc, words: tuple[Word, ...]) -> bool:
    return bool(words) and isinstance(words[0], int) and doc[words[0]].pos_ == "ADP"
