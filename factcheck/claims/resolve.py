"""What pronouns and descriptions stand for, from the sentences before, by agreement, role and distance.

After the classic salience approach (Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution", 1994) with
rules of our own. A reference without a clear antecedent stays as it is and is reported.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, render_words, token_indices
from factcheck.claims.tree import SUBJECT, collect_subtree, is_plural, left_comma, trim_punctuation
from factcheck.types import Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_NEUTER = frozenset("it its itself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
_POSSESSIVE = frozenset("his her its their our my your".split())
_PERSON_NOUNS = frozenset(
    "man woman boy girl mother father brother sister son daughter wife husband president minister mayor governor senator "
    "doctor professor teacher author director chief chairman chairwoman ceo founder spokesman spokeswoman spokesperson "
    "scientist researcher engineer driver farmer officer judge lawyer king queen prince princess player coach captain "
    "actor actress singer writer poet painter chemist physicist historian economist critic owner leader resident "
    "predecessor successor keeper vet nurse pilot student pupil".split()
)
_MALE_NOUNS = frozenset("man boy father brother son husband king prince chairman spokesman actor mr".split())
_FEMALE_NOUNS = frozenset(
    "woman girl mother sister daughter wife queen princess chairwoman spokeswoman actress mrs ms".split()
)
_TYPE_NOUNS = {
    "company": "ORG", "firm": "ORG", "group": "ORG", "organisation": "ORG", "organization": "ORG", "agency": "ORG",
    "manufacturer": "ORG", "bank": "ORG", "club": "ORG", "carmaker": "ORG", "startup": "ORG", "airline": "ORG",
    "country": "GPE", "nation": "GPE", "city": "GPE", "town": "GPE", "state": "GPE", "village": "GPE", "island": "LOC",
    "region": "LOC",
}  # fmt: skip
_COUNTRY_LIKE = frozenset({"country", "nation"})
_EXPLETIVE_VERBS = frozenset("be seem appear happen turn rain snow take remain become".split())
_MAX_SENTENCES_BACK = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may be referred to later. ``text`` stands for itself; ``at`` counts sentences."""

    text: str
    head: str
    number_plural: bool
    person: bool
    gender: str
    entity: str
    subject: bool
    at: int
    block: int
    index: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A word or phrase of the sentence, tokens ``start`` to ``end``, and what it stands for.

    ``own`` holds the tokens of an antecedent in the same sentence.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The references of one sentence and the words that nothing resolves."""

    references: tuple[Reference, ...]
    unresolved: tuple[tuple[int, str], ...]


class Resolver:
    """Holds what an article has named so far; feed it the sentences in order."""

    def __init__(self) -> None:
        self._mentions: deque[Mention] = deque(maxlen=400)
        self._at = 0

    def resolve(self, doc: Doc, *, block: int, prefix: int = 0) -> Resolved:
        """Return the references of ``doc`` resolved against what came before, then remember what ``doc`` names."""
        references: list[Reference] = []
        unresolved: list[tuple[int, str]] = []
        own = self._collect(doc, block, {})
        for token in doc:
            outcome = self._resolve_token(token, own, block)
            if isinstance(outcome, Reference):
                references.append(outcome)
            elif outcome:
                unresolved.append((token.i, outcome))
        table = {r.start: (r.end, r.after) for r in references}
        self._mentions.extend(self._collect(doc, block, table))
        self._at += 1
        return Resolved(tuple(references), tuple(unresolved))

    # -- what is named ----------------------------------------------------------------------------------------------

    def _collect(self, doc: Doc, block: int, table: dict[int, tuple[int, str]]) -> list[Mention]:
        found = []
        for token in doc:
            replaced = token.i in table
            if token.pos_ not in ("NOUN", "PROPN") and not (replaced and token.pos_ == "PRON"):
                continue
            if token.dep_ in ("compound", "nmod", "npadvmod") or token.ent_type_ in (
                "DATE",
                "TIME",
                "PERCENT",
                "MONEY",
            ):
                continue
            if (
                token.pos_ == "NOUN"
                and token.lower_ in _TYPE_NOUNS
                and not any(c.dep_ in ("amod", "compound", "prep", "relcl") for c in token.children)
                and not replaced
                and token.left_edge.i not in table
            ):
                continue
            words = _noun_phrase(token)
            text = render_words(doc, words, table)
            if not text or len(text) > 90:
                continue
            found.append(self._describe(token, text, words[0] if words else token.i, block))
        return found

    def _describe(self, token: Token, text: str, first: int, block: int) -> Mention:
        head = token.lower_
        person = token.ent_type_ == "PERSON" or token.lemma_.lower() in _PERSON_NOUNS
        words = {t.lower_.rstrip(".") for t in token.subtree}
        gender = "male" if words & _MALE_NOUNS else "female" if words & _FEMALE_NOUNS else ""
        return Mention(
            text, head, is_plural(token), person, gender if person else "", token.ent_type_,
            token.dep_ in SUBJECT, self._at, block, token.i,
        )  # fmt: skip

    # -- what refers ------------------------------------------------------------------------------------------------

    def _resolve_token(self, token: Token, own: Sequence[Mention], block: int) -> Reference | str | None:
        word = token.lower_
        if word in _MALE | _FEMALE | _NEUTER | _PLURAL and token.pos_ in ("PRON", "DET"):
            return self._resolve_pronoun(token, own, block)
        if word in ("this", "that", "these", "those") and token.dep_ == "det":
            return self._resolve_demonstrative(token, block)
        if word in ("this", "that", "these", "those") and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj"):
            return None if token.tag_ in ("WDT", "IN") else token.text
        if word == "the" and token.dep_ == "det":
            return self._resolve_definite(token, own)
        if word == "there" and token.dep_ == "advmod":
            return self._resolve_place(token)
        return None

    def _resolve_pronoun(self, token: Token, own: Sequence[Mention], block: int) -> Reference | str | None:
        word = token.lower_
        if word == "it" and self._is_expletive(token):
            return None
        if token.dep_ == "expl":
            return None
        candidates = [m for m in own if m.index < token.i and self._agrees(m, word)]
        inside = self._best_inside(token, candidates)
        if inside is not None:
            return self._refer(token, token.i + 1, inside, "pronoun", own_doc=True)
        for mention in self._ordered(block, word):
            return self._refer(token, token.i + 1, mention, "pronoun", own_doc=False)
        return token.text

    def _best_inside(self, token: Token, candidates: Sequence[Mention]) -> Mention | None:
        """Return the antecedent in the same sentence: a subject before the pronoun, unless it is its own clause's."""
        governing = {a.i for a in token.ancestors}
        usable = []
        for mention in candidates:
            noun = token.doc[mention.index]
            if token.i in collect_subtree(noun) and token.lower_ not in _POSSESSIVE:
                continue
            same_clause = noun.dep_ in SUBJECT and noun.head.i in governing and noun.head == _clause_head(token)
            if same_clause and token.lower_ not in _POSSESSIVE:
                continue
            usable.append(mention)
        subjects = [m for m in usable if m.subject]
        return (subjects or usable or [None])[-1]

    def _ordered(self, block: int, word: str) -> list[Mention]:
        """Return agreeing mentions of the sentences before, nearest sentence first, its subject first."""
        near = [m for m in self._mentions if self._at - m.at <= _MAX_SENTENCES_BACK and self._agrees(m, word)]
        persons = word in _MALE | _FEMALE
        if persons:
            near = [m for m in self._mentions if self._agrees(m, word) and m.entity == "PERSON"][-12:] or near
        return sorted(near, key=lambda m: (-m.at, not m.subject, m.index))

    def _agrees(self, mention: Mention, word: str) -> bool:
        if word in _MALE:
            return mention.person and not mention.number_plural and mention.gender != "female"
        if word in _FEMALE:
            return mention.person and not mention.number_plural and mention.gender != "male"
        if word in _PLURAL:
            return mention.number_plural
        return not mention.person and not mention.number_plural

    def _is_expletive(self, token: Token) -> bool:
        if token.dep_ == "expl":
            return True
        verb = token.head
        if token.dep_ not in ("nsubj", "nsubjpass"):
            return False
        clausal = any(c.dep_ in ("ccomp", "csubj", "xcomp", "advcl") and c.i > verb.i for c in verb.children)
        adjective = any(c.dep_ in ("acomp", "attr", "oprd") for c in verb.children)
        passive_report = verb.lemma_ in ("say", "think", "believe", "expect", "know", "report", "estimate", "note")
        return (verb.lemma_ in _EXPLETIVE_VERBS and clausal and adjective) or (
            passive_report and token.dep_ == "nsubjpass"
        )

    def _resolve_demonstrative(self, token: Token, block: int) -> Reference | str | None:
        noun = token.head
        if noun.i <= token.i or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        lemma = noun.lemma_.lower()
        if noun.lower_ in (
            "way",
            "article",
            "time",
            "point",
            "case",
            "report",
            "post",
            "page",
            "week",
            "month",
            "year",
        ):
            return None if noun.lower_ != "year" else token.text + " year"
        for mention in reversed(self._mentions):
            if mention.head in (noun.lower_, lemma) and mention.number_plural == is_plural(noun):
                if self._at - mention.at > 2 * _MAX_SENTENCES_BACK or mention.text.lower().startswith(
                    ("this ", "these ")
                ):
                    break
                if len(mention.text.split()) > 1 or mention.entity:
                    return self._refer(token, noun.i + 1, mention, "demonstrative", own_doc=False)
        typed = self._typed(noun)
        if typed is not None:
            return self._refer(token, noun.i + 1, typed, "demonstrative", own_doc=False)
        if not is_plural(noun) or True:
            subject = next((m for m in sorted(self._mentions, key=lambda m: (-m.at, not m.subject))
                            if m.subject and self._at - m.at <= 1 and m.number_plural == is_plural(noun)
                            and not m.person), None)  # fmt: skip
            if subject is not None and token.i == 0 and token.lower_ in ("these",):
                return self._refer(token, noun.i + 1, subject, "demonstrative", own_doc=False)
        return f"{token.text} {noun.text}"

    def _resolve_definite(self, token: Token, own: Sequence[Mention]) -> Reference | str | None:
        noun = token.head
        if (
            noun.i != token.i + 1
            or noun.pos_ != "NOUN"
            or any(c.dep_ in ("prep", "relcl", "acl", "appos") for c in noun.children)
        ):
            return None
        typed = self._typed(noun, own)
        if typed is not None:
            return self._refer(token, noun.i + 1, typed, "description", own_doc=any(typed is m for m in own))
        return None

    def _typed(self, noun: Token, own: Sequence[Mention] = ()) -> Mention | None:
        """Return the last name of the sort that a noun like "company" or "country" speaks of."""
        wanted = _TYPE_NOUNS.get(noun.lower_)
        if wanted is None or is_plural(noun):
            return None
        before = [m for m in own if m.index < noun.i]
        for mention in [*reversed(before), *sorted(self._mentions, key=lambda m: (-m.at, not m.subject))]:
            if mention.entity == wanted and not mention.number_plural and mention.head != noun.lower_:
                return mention
        return None

    def _resolve_place(self, token: Token) -> Reference | str | None:
        for mention in sorted(self._mentions, key=lambda m: (-m.at, m.index)):
            if mention.entity in ("GPE", "LOC", "FAC") and self._at - mention.at <= _MAX_SENTENCES_BACK:
                return Reference(token.i, token.i + 1, token.text, f"in {mention.text}", "place")
        return token.text

    def _refer(self, token: Token, end: int, mention: Mention, rule: str, *, own_doc: bool) -> Reference:
        after = mention.text
        before = token.doc[token.i : end].text
        possessive = token.lower_ in _POSSESSIVE and token.dep_ == "poss"
        if possessive and not after.endswith(("'s", "s'")):
            after += "'" if after.endswith("s") and mention.number_plural else "'s"
        if after.lower().startswith(("a ", "an ")):
            after = "the " + after.split(" ", 1)[1]
        own = frozenset(collect_subtree(token.doc[mention.index])) if own_doc else frozenset()
        return Reference(token.i, end, before, after, rule, own)


def apply_references(doc: Doc, draft: Draft, resolved: Resolved) -> tuple[str, tuple[Resolution, ...], tuple[str, ...]]:
    """Return the text of a draft with its references filled in, what was filled, and what stayed open."""
    present = set(token_indices(draft.words))
    plain = render_words(doc, draft.words)
    table: dict[int, tuple[int, str]] = {}
    used: list[Resolution] = []
    named: set[str] = set()
    for reference in resolved.references:
        if reference.start not in present:
            continue
        bare = reference.after.removesuffix("'s").removesuffix("'")
        if reference.own and doc[min(reference.own, key=lambda i: i)].i in present and reference.own & present:
            continue
        if bare in named or (bare in plain and not reference.own):
            continue
        named.add(bare)
        table[reference.start] = (reference.end, reference.after)
        used.append(Resolution(reference.before, reference.after, reference.rule))
    left = tuple(word for at, word in resolved.unresolved if at in present)
    return render_words(doc, draft.words, table), tuple(used), left


def _noun_phrase(token: Token) -> list[int]:
    """Return the tokens by which a noun is named again: without clauses and appositions set off by commas."""
    indices = collect_subtree(token)
    for child in token.subtree:
        if child == token:
            continue
        if child.dep_ in ("relcl", "appos", "acl") and (left_comma(child) or child.dep_ == "relcl"):
            indices -= collect_subtree(child)
        if child.head == token and child.dep_ == "prep" and child.i > token.i and token.pos_ == "PROPN":
            indices -= collect_subtree(child) if child.lower_ not in ("of", "for", "and") else set()
        if child.head == token and child.dep_ in ("cc", "conj") and not is_plural(token):
            indices -= collect_subtree(child)
    kept = sorted(trim_punctuation(token.doc, indices))
    cut = next(
        (at for at, i in enumerate(kept) if i > token.i and token.doc[i].text in (",", "(", "–", "—")), len(kept)
    )
    return kept[:cut] if not any(c.dep_ == "conj" for c in token.children) else kept


def _clause_head(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None
