"""How likely a phrase is what a pronoun stands for: agreement, role, distance, and how much the article speaks of it.

A salience score in the manner of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994), with
weights of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.mentions import Memory, Mention
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.tree import SUBJECT, collect_subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
_LONGEST_NAME = 4
THIRD = MALE | FEMALE | NEUTER | PLURAL
REFLEXIVE = frozenset("himself herself itself themselves myself ourselves yourself yourselves oneself".split())

# What places have and firms, plans or advantages do not.
_OF_PLACES = frozenset("population inhabitant resident citizen territory coast coastline capital parliament".split())


@dataclass(frozen=True, slots=True)
class Weights:
    """What each circumstance adds to the salience of a mention; ``least`` and ``lead`` say what is enough."""

    inside: float = 2.6
    governs: float = 0.9
    governs_owner: float = 1.7
    nearest: float = 0.3
    last_sentence: float = 2.4
    two_before: float = 1.5
    three_before: float = 0.9
    subject: float = 1.5
    object: float = 0.6
    other: float = -0.15
    main: float = 0.3
    parallel: float = 0.3
    block: float = 0.4
    chain_person: float = 1.3
    chain_thing: float = 0.5
    person: float = 0.5
    topic: float = 0.4
    count: float = 0.12
    named: float = 0.2
    of_place: float = 1.5
    gender: float = 0.8
    least: float = 1.8
    least_object: float = 3.7
    lead: float = 0.0


WEIGHTS = Weights()


class Salience:
    """Scores mentions against pronouns, given what the article has named so far and the words of its title."""

    def __init__(self, memory: Memory, title: frozenset[str]) -> None:
        self._memory = memory
        self._title = title

    def score_inside(self, token: Token, mention: Mention, word: str) -> float:
        """Return the salience of a phrase of the same sentence, left of the pronoun."""
        noun = token.doc[mention.index]
        score = WEIGHTS.inside + self._score_role(token, mention) + self._score_sort(token, mention, word)
        if noun.dep_ not in SUBJECT and noun.head in token.ancestors:
            score += WEIGHTS.nearest  # "joined the office as its only member"
        if noun.dep_ in SUBJECT and noun.head in token.ancestors:
            score += WEIGHTS.governs if token.dep_ != "poss" else WEIGHTS.governs_owner
            if token.dep_ == "poss" or token.head.dep_ == "ccomp":
                score += WEIGHTS.nearest if noun.head == _governor(token) else 0.0
        return score

    def score_outside(self, token: Token, mention: Mention, word: str, block: int, *, quoted: bool) -> float:
        """Return the salience of a phrase of an earlier sentence."""
        distance = self._memory.at - mention.at
        near = {1: WEIGHTS.last_sentence, 2: WEIGHTS.two_before, 3: WEIGHTS.three_before}
        recency = near.get(distance, 0.3 if distance < 12 else -0.5)
        score = recency + self._score_role(token, mention) + self._score_sort(token, mention, word)
        score += WEIGHTS.block if mention.block == block else 0.0
        if quoted and word in NEUTER:
            score -= 1.0 if token.dep_ not in SUBJECT or token.head.lemma_ == "be" else 0.0
        if word in NEUTER and mention.entity == "GPE" and token.dep_ not in (*SUBJECT, "poss"):
            score -= 0.8
        if word in NEUTER and token.head.lower_ == "of" and mention.has_number and distance <= 1:
            score += 1.5  # "two thirds of it" is a part of something measured
        if word in NEUTER and token.dep_ in SUBJECT and self._memory.open_at == self._memory.at - 1:
            score -= 2.5
        if self._memory.chains.get(chain_of(word)) == mention.key:
            score += (WEIGHTS.chain_person if word in MALE | FEMALE else WEIGHTS.chain_thing) if distance <= 6 else 0.2
        if mention.person and mention.entity == "PERSON" and distance <= 8:
            score += WEIGHTS.person
        score += WEIGHTS.topic if self.is_topic(mention) else 0.0
        return score + WEIGHTS.count * min(self._memory.counts[mention.key], 5)

    def is_topic(self, mention: Mention) -> bool:
        """Tell whether the title names the thing: its last word, in the singular or plural, stands there."""
        return mention.key in self._title or mention.key.rstrip("s") in self._title

    def is_titled(self, mention: Mention) -> bool:
        """Tell whether the title has the first word of a name or its last ("Acme N.V." under "Acme Sells Its Mill")."""
        first = mention.text.split()[0] if mention.text else ""
        named = mention.named and first[:1].isupper() and "'s " not in mention.text
        return self.is_topic(mention) or (named and first.lower() in self._title)

    def agrees(self, mention: Mention, word: str) -> bool:
        """Tell whether a pronoun can stand for a phrase at all, by number, sort and gender."""
        if word in MALE | FEMALE:
            wanted, other = ("male", "female") if word in MALE else ("female", "male")
            known = self._memory.genders.get(mention.key, mention.gender)
            chained = self._memory.chains.get(chain_of(word)) == mention.key
            named = mention.entity == "" and all(w[:1].isupper() for w in mention.text.split())
            fits = mention.person or chained or (named and mention.role == "subject")
            fits = fits or self._memory.is_person(mention)
            return fits and not mention.plural and known != other and wanted != ""
        if word in PLURAL:
            return mention.plural or mention.entity in ("ORG", "NORP") or (mention.named and mention.role == "subject")
        return not mention.person and not mention.plural and not self._memory.is_person(mention)

    def _score_role(self, token: Token, mention: Mention) -> float:
        roles = {"subject": WEIGHTS.subject, "dobj": WEIGHTS.object, "attr": WEIGHTS.object / 2, "ROOT": WEIGHTS.object}
        score = roles.get(mention.role, WEIGHTS.other) + (WEIGHTS.main if mention.main else 0.0)
        if token.dep_ in SUBJECT and mention.role == "subject":
            score += WEIGHTS.parallel
        if token.dep_ == "dobj" and mention.role in ("dobj", "attr"):
            score += 0.7
        return score

    def _score_sort(self, token: Token, mention: Mention, word: str) -> float:
        if word in MALE | FEMALE:
            sure = mention.entity == "PERSON" or self._memory.is_person(mention)
            score = 0.6 if sure else 0.0 if mention.person else -1.2
            named = mention.entity == "PERSON" and mention.named and len(mention.text.split()) <= _LONGEST_NAME
            if named and mention.gender == ("male" if word in MALE else "female"):
                score += WEIGHTS.gender
            if mention.gender == "maybe-female":
                score += 0.5 if word in FEMALE else -0.7
            return score
        if word in PLURAL and mention.plural and _speaks(token) and not is_animate(mention):
            return -1.2  # "they say": people, not changes
        if word in PLURAL and not mention.plural:
            return -0.9 if mention.entity in ("ORG", "NORP") else -1.5
        score = 0.0
        if is_of_place(token):
            score = WEIGHTS.of_place if mention.entity in ("GPE", "LOC") else -WEIGHTS.of_place
        return score + (WEIGHTS.named if mention.named else 0.0)


def is_of_place(token: Token) -> bool:
    """Tell whether a possessive stands before what only a place has ("its population")."""
    return token.dep_ == "poss" and str(token.head.lemma_).lower() in _OF_PLACES


def is_animate(mention: Mention) -> bool:
    """Tell whether a phrase can name people: a name, a noun for people, or one that is built like such a noun."""
    head = mention.head
    built = head.endswith(("er", "or", "ist", "ian", "ee", "ant", "man", "men"))
    return mention.person or mention.named or head in PERSON_NOUNS or head in _GROUPS or built


def _speaks(token: Token) -> bool:
    return token.dep_ in SUBJECT and token.head.lemma_ in _SPEECH


_GROUPS = frozenset(
    "people police staff crew team family couple authority official union company party group critic opponent "
    "member fan voter local villager twin firm auditor court council government ministry".split()
)
_SPEECH = frozenset("say tell argue claim believe think hope fear want know warn deny promise agree complain".split())


def chain_of(word: str) -> str:
    """Return the name of the chain of pronouns that a pronoun belongs to."""
    return "male" if word in MALE else "female" if word in FEMALE else "plural" if word in PLURAL else "neuter"


def may_bind(token: Token, mention: Mention) -> bool:
    """Tell whether a phrase of the same sentence can be what a pronoun stands for (not its own fellow argument)."""
    noun = token.doc[mention.index]
    if token.dep_ == "poss":
        return token.head != noun and token.i not in collect_subtree(noun)
    if token.i in collect_subtree(noun) or _is_source(noun):
        return False
    return bool(noun.head != token.head)


def is_parallel(token: Token, mention: Mention) -> bool:
    """Tell "Variant B costs more, but it ..." and "Corvane announced that it ...": "it" is the subject before it.

    Whatever sort of name the subject was taken for, it is a name in the singular.
    """
    noun = token.doc[mention.index]
    if token.lower_ not in NEUTER or not mention.named or mention.plural or noun.dep_ not in SUBJECT:
        return False
    if mention.person and len(mention.text.split()) > 1:
        return False  # a full name is a person's; a single word may be anything's
    if mention.gender or noun.head == token.head or token.dep_ not in (*SUBJECT, "poss"):
        return False
    clause = token.head if token.dep_ in SUBJECT else next((a for a in token.ancestors if a.pos_ == "VERB"), token.head)
    return clause.head == noun.head and clause.dep_ in ("conj", "ccomp")


def is_bound(token: Token) -> bool:
    """Tell a pronoun whose antecedent is a quantifier that governs it ("Many said their lives were ruined").

    It is understood where it stands.
    """
    if token.lower_ not in PLURAL or token.dep_ not in (*SUBJECT, "poss"):
        return False
    subjects = [s for verb in token.ancestors for s in verb.children if s.dep_ in SUBJECT and s.i < token.i]
    return any(s.lower_ in _QUANTIFIED or s.left_edge.lower_ in _EACH for s in subjects if s != token)


_QUANTIFIED = frozenset(
    "many some most others few several all both half everyone everybody nobody each who number majority minority "
    "dozens hundreds thousands millions".split()
)
_EACH = frozenset("every each no".split())


def _is_source(noun: Token) -> bool:
    """Tell the source in "according to X", of which the rest of the sentence does not speak."""
    return bool(noun.dep_ == "pobj" and noun.head.lower_ == "to" and noun.head.head.lower_ == "according")


def _governor(token: Token) -> Token | None:
    """Return the verb whose subject is nearest above a pronoun: its own clause's, or the one above for a subject."""
    own = token.head if token.dep_ in SUBJECT else None
    return next(
        (a for a in token.ancestors if a != own and any(c.dep_ in SUBJECT and c.i < token.i for c in a.children)), None
    )
