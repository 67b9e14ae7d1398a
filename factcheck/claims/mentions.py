"""What an article has named so far: noun phrases with number, sort and role, and how to name them again."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import render_words
from factcheck.claims.people import FEMALE_NAMES, FEMALE_NOUNS, MALE_NAMES, MALE_NOUNS, PERSON_NOUNS
from factcheck.claims.sorts import SORT_OF
from factcheck.claims.tree import (
    SUBJECT,
    agrees_plural,
    collect_subtree,
    is_name,
    is_plural,
    left_comma,
    trim_punctuation,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMES = frozenset("PERSON ORG GPE NORP FAC LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE".split())
_QUANTIFIERS = frozenset(
    "none each most many several few some all half one two three four five both any majority number".split()
)
_NO_REFERENT = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "CARDINAL"})
_UNNAMED = frozenset(
    "thing way time part lot number case fact example kind sort reason result year day week month".split()
)
_REPORTING = frozenset("say report find show announce state note suggest estimate conclude write".split())
_PERSONAL = frozenset("he she him her i me".split())
_MAX_MENTIONS = 300


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may be referred to again.

    ``text`` names it by itself, ``key`` is the same for all names of one thing as far as its main word tells, ``at``
    counts sentences, ``index`` is the token of its head in that sentence.
    """

    text: str
    short: str
    head: str
    key: str
    plural: bool
    person: bool
    gender: str
    entity: str
    role: str
    main: bool
    named: bool
    has_number: bool
    at: int
    block: int
    index: int


class Memory:
    """The mentions of an article in order, how often each thing was named, and who was last called he or she."""

    def __init__(self) -> None:
        self.mentions: deque[Mention] = deque(maxlen=_MAX_MENTIONS)
        self.counts: Counter[str] = Counter()
        self.genders: dict[str, str] = {}
        self.chains: dict[str, str] = {}
        self.full_names: dict[str, str] = {}
        self._people: Counter[str] = Counter()
        self._things: Counter[str] = Counter()
        self.at = 0
        self.open_at = -9

    def add(self, mentions: Iterable[Mention]) -> None:
        """Remember the mentions of one sentence and count it."""
        for mention in mentions:
            self.mentions.append(mention)
            self.counts[mention.key] += 1
            if mention.named:
                (self._people if mention.person else self._things)[mention.key] += 1
            words = mention.text.split()
            named = mention.entity == "PERSON" and len(words) > 1 and words[0].lower() != "the"
            if named and words[-1] not in self.full_names:
                self.full_names[words[-1]] = mention.text
        self.at += 1

    def is_person(self, mention: Mention) -> bool:
        """Tell whether a name is a person's by how it was used so far: name finders differ from place to place."""
        if mention.key in self.genders or mention.key in {n.lower() for n in self.full_names}:
            return mention.named
        return mention.named and self._people[mention.key] > self._things[mention.key]


def collect_names(doc: Doc, at: int, block: int) -> list[Mention]:
    """Return what a title or heading names: people, bodies and places; things too where case tells names."""
    if any(t.pos_ == "NOUN" and t.is_lower for t in doc):  # no title that writes every word with a capital
        return [replace(m, role="heading") for m in collect_mentions(doc, at, block, {})]
    found = []
    for entity in doc.ents:
        if entity.label_ in _NAMES and entity.root.pos_ == "PROPN":
            found.append(replace(_describe(entity.root, entity.text, at, block), role="heading"))
    return found


def collect_mentions(
    doc: Doc,
    at: int,
    block: int,
    table: Mapping[int, tuple[int, str]],
    same_as: Mapping[int, tuple[str, str]] | None = None,
) -> list[Mention]:
    """Return the noun phrases of ``doc``; ``table`` holds what its references stand for.

    ``same_as`` has key and head of those antecedents by the same tokens.
    """
    covered = {i for start, (end, _) in table.items() for i in range(start, end)}
    found = []
    for token in doc:
        if token.i in table and token.pos_ in ("PRON", "DET"):
            text = _bare(table[token.i][1])
            if token.pos_ == "PRON" and token.dep_ != "poss" and text != "the author":
                found.append(_rename(_describe(token, text, at, block), (same_as or {}).get(token.i)))
            elif token.pos_ == "DET" and token.head.i in covered:
                found.append(_rename(_describe(token.head, text, at, block), (same_as or {}).get(token.i)))
            continue
        if token.pos_ not in ("NOUN", "PROPN") or token.i in covered or not _can_be_named(token):
            continue
        if token.pos_ == "NOUN" and token.dep_ == "nsubj" and _name_of_subject(token) is not None:
            continue
        text = name_phrase(token, table)
        rambling = token.dep_ == "ROOT" and len(text.split()) > 6
        if 1 < len(text) <= 90 and not rambling:
            found.append(_describe(token, text, at, block))
    return found


def name_phrase(token: Token, table: Mapping[int, tuple[int, str]]) -> str:
    """Return the phrase of a noun as it would be used to name it again, "a" turned into "the"."""
    words = phrase_tokens(token)
    if not words:
        return ""
    doc = token.doc
    first = doc[words[0]]
    text = _bare(render_words(token.doc, words, table))
    if first.lower_ in ("a", "an"):
        text = f"the {text.split(' ', 1)[-1]}"
    keeps_capital = (
        first.pos_ == "PROPN" or first.ent_type_ in _NAMES or first.text.isupper() or not first.is_sent_start
    )
    keeps_capital = keeps_capital or (len(words) > 1 and doc[words[1]].text[:1].isupper() and first.pos_ != "DET")
    keeps_capital = keeps_capital or (first.tag_ == "NN" and any(doc[i].pos_ == "PROPN" for i in words[1:]))
    if not keeps_capital and (len(words) > 1 or first.tag_ == "NNS") and first.i not in table:
        text = text[:1].lower() + text[1:]
    elif first.lower_ == "the" and first.is_sent_start:
        text = text[:1].lower() + text[1:]
    return text


def phrase_tokens(token: Token) -> list[int]:
    """Return the tokens by which a noun is named again: without clauses, appositions and what stands in brackets."""
    indices = collect_subtree(token)
    for child in token.subtree:
        if child == token or child.i not in indices:
            continue
        if child.dep_ in ("relcl", "appos", "acl", "advcl") and (left_comma(child) or child.dep_ == "relcl"):
            indices -= collect_subtree(child)
        elif (
            child.head == token and child.dep_ == "prep" and token.pos_ == "PROPN" and child.lower_ not in ("of", "for")
        ):
            indices -= collect_subtree(child)
        elif child.head == token and child.dep_ in ("cc", "conj") and not is_plural(token):
            indices -= collect_subtree(child)
        elif child.head == token and child.dep_ in ("advmod", "predet", "preconj"):
            indices -= {child.i}
    kept = sorted(trim_punctuation(token.doc, indices))
    if any(c.dep_ == "conj" for c in token.children):
        return kept
    signs = (",", "(", "–", "—", ":")
    ends = (n for n, i in enumerate(kept) if i > token.i and token.doc[i].text in signs and token.doc[i].head == token)
    cut = next(ends, len(kept))
    return kept[:cut]


def guess_gender(name: str) -> str:
    """Return "female" or "male" where title or noun says it, "maybe-female" for a first name in -a, else ""."""
    words = [w.strip(".").lower() for w in name.split()]
    if any(w in FEMALE_NOUNS for w in words):
        return "female"
    if any(w in MALE_NOUNS for w in words):
        return "male"
    names = [w for w in name.split() if w[:1].isupper() and w.replace("-", "").isalpha()]
    for known, gender in ((FEMALE_NAMES, "female"), (MALE_NAMES, "male")):
        if any(w.lower() in known for w in names[: -1 if len(names) > 1 else 1]):
            return gender
    if len(names) >= 2 and re.search(r"(?:a|ie|elle|ette|een|lyn)$", names[-2].lower()):
        return "maybe-female"
    return ""


def _can_be_named(token: Token) -> bool:
    if token.dep_ in ("compound", "nmod", "npadvmod", "amod"):
        return False
    if token.ent_type_ in _NO_REFERENT and (token.pos_ != "NOUN" or token.ent_type_ in ("DATE", "MONEY", "PERCENT")):
        return False
    if token.lower_ in _QUANTIFIERS and any(c.lower_ == "of" for c in token.children):
        return False
    if token.left_edge.lower_ == "this" and token.left_edge.head == token and is_name(token.left_edge):
        return True
    if token.left_edge.tag_ == "WP$" or token.left_edge.lower_ in (
        "less",
        "every",
        "each",
        "more",
        "no",
        "any",
        "such",
        "what",
        "which",
        "than",
        "how",
        "as",
        "this",
        "that",
        "these",
        "those",
    ):
        return False
    counted = token.tag_ == "NNS" and token.ent_type_ != "DATE" and any(c.dep_ == "nummod" for c in token.children)
    return counted or token.lemma_.lower() not in _UNNAMED


def _name_of_subject(token: Token) -> Token | None:
    """Return the name that "the oldest judge was Ann Lee" gives to its subject, for either of the two."""
    verb = token.head
    if verb.lemma_ != "be" or token.dep_ not in ("nsubj", "attr"):
        return None
    return next((c for c in verb.children if c.dep_ == "attr" and c.pos_ == "PROPN"), None)


def _shorten(token: Token, text: str) -> str:
    """Return a long phrase without what follows its noun, for a place where only a short one can stand."""
    if len(text.split()) <= 4 or token.text not in text:
        return text
    return text[: text.index(token.text) + len(token.text)]


def _is_profession(token: Token) -> bool:
    """Tell a noun before a name that says what somebody is ("zoologist Paul Njoya")."""
    lemma = token.lemma_.lower()
    return token.dep_ in ("compound", "nmod") and (lemma in PERSON_NOUNS or lemma.endswith(("ologist", "ist", "ian")))


def _acts_as_one(token: Token) -> bool:
    """Tell a name in -s by the verb that it takes ("Dawkins has won prizes")."""
    named = token.text[:1].isupper() and token.i == token.left_edge.i and token.dep_ in ("nsubj", "nsubjpass")
    return named and token.tag_ == "NNS" and not agrees_plural(token.head, token)


def _is_human(subject: Token) -> bool:
    """Tell a subject that what is said of it must be a person too ("Ann Lee is a tycoon")."""
    return subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she")


def _is_main(verb: Token, *, person: bool) -> bool:
    """Tell the verb of the main clause; of a report by a body or a paper it is the verb of what is reported."""
    if not person and any(c.dep_ == "ccomp" for c in verb.children) and verb.lemma_ in _REPORTING:
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in _REPORTING and verb.head.dep_ == "ROOT":
        return True
    return verb.dep_ in ("ROOT", "conj")


def _rename(mention: Mention, known: tuple[str, str] | None) -> Mention:
    return mention if known is None else replace(mention, key=known[0], head=known[1])


def _bare(text: str) -> str:
    text = text.removesuffix("'s").removesuffix("'").strip()
    return text if re.search(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|Corp|Bros|Jr|Sr|St))\.$", text) else text.rstrip(".")


def _describe(token: Token, text: str, at: int, block: int) -> Mention:
    last = text.split()[-1] if text else token.text
    pronoun = token.pos_ in ("PRON", "DET")
    head = last.lower() if pronoun else token.lemma_.lower() if token.pos_ == "NOUN" else token.lower_
    firm = token.pos_ == "PROPN" and any(c.dep_ == "compound" and c.lower_ in SORT_OF for c in token.children)
    person = (token.ent_type_ == "PERSON" and not firm) or head in PERSON_NOUNS or token.lower_ in _PERSONAL
    person = person or (token.pos_ == "PROPN" and any(_is_profession(c) for c in token.children))
    person = person or any(c.dep_ == "relcl" and c.doc[c.left_edge.i].lower_ in ("who", "whom") for c in token.children)
    person = person or (token.dep_ == "attr" and any(_is_human(c) for c in token.head.children if c.dep_ == "nsubj"))
    named_by = _name_of_subject(token)
    whole = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token
    part = whole if whole.lower_ in _QUANTIFIERS else token
    role = "subject" if part.dep_ in SUBJECT or named_by == token else part.dep_
    named = any(w[:1].isupper() for w in text.split()[0 if text[:4].lower() != "the " else 1 :])
    plural = (
        (is_plural(token) and not _acts_as_one(token))
        if not pronoun
        else token.lower_ in ("they", "them", "we", "these", "those")
    )
    return Mention(
        text=text,
        short=_shorten(token, text),
        head=head,
        key=token.lower_ if token.pos_ == "NOUN" and token.text in text.split() else last.lower(),
        plural=plural,
        person=person,
        gender=guess_gender(text) if person else "",
        entity="PERSON" if person and pronoun else "ORG" if firm and token.ent_type_ == "PERSON" else token.ent_type_,
        role=role,
        main=role == "subject" and _is_main(part.head, person=person),
        named=named,
        has_number=any(ch.isdigit() for ch in text),
        at=at,
        block=block,
        index=token.i,
    )
