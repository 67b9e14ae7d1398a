"""What pronouns and descriptions stand for, by agreement, role, distance and how much the article speaks of them.

A salience score in the manner of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994), with
weights of our own. A reference whose best antecedent is weak, or hardly better than the next, stays as it is and is
reported: an unresolved word does less harm than a wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.mentions import Memory, Mention, collect_mentions, collect_names
from factcheck.claims.sorts import BODIES, COUNTRIES, COUNTRY_NOUNS, SORT_OF, TOWN_NOUNS
from factcheck.claims.tree import SUBJECT, collect_subtree, is_expletive, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_NEUTER = frozenset("it its itself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
_THIRD = _MALE | _FEMALE | _NEUTER | _PLURAL
_FIRST_SINGULAR = frozenset("i me my myself".split())
_FIRST = _FIRST_SINGULAR | frozenset("we us our ourselves".split())
_POINTERS = frozenset("this that these those".split())
# There is one of each, whatever was named before.
_UNIQUE = frozenset(
    "world internet public sun moon sky earth planet past future present economy climate environment weather "
    "rest end start beginning middle top bottom media press market markets way same other others first last "
    "latter former".split()
)
_POINTER_NOUNS_KEPT = frozenset(
    "year decade century summer winter spring autumn fall season season quarter way article time point case "
    "report post page week month morning story guide".split()
)
_MIN_SALIENCE = 2.4
_MIN_OBJECT_SALIENCE = 4.2
_MIN_LEAD = 0.15


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens ``start`` to ``end`` and what they stand for; ``own`` holds an antecedent in the same sentence."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The references of one sentence, and the words that nothing resolves with their tokens."""

    references: tuple[Reference, ...]
    unresolved: tuple[tuple[int, str], ...]

    def as_table(self) -> dict[int, tuple[int, str]]:
        """Return the replacements by first token, as ``render_words`` takes them."""
        return {r.start: (r.end, r.after) for r in self.references}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who "I" and "we" are outside quotations: the author or speaker, and the body that the text speaks for."""

    author: str = ""
    body: str = ""


class Resolver:
    """Holds what an article has named so far; feed it the sentences in order."""

    def __init__(self, voice: Voice | None = None, *, title: str = "") -> None:
        self._memory = Memory()
        self._voice = voice or Voice()
        self._owner = ""
        words = re.findall(r"[^\W\d_]{3,}", title.lower())
        self._title = frozenset(words) | frozenset(word.rstrip("s") for word in words)

    def note_place(self, place: str, *, block: int) -> None:
        """Remember the place of a dateline."""
        key = place.split()[-1].lower()
        self._memory.add(
            [
                Mention(
                    text=place, short=place, head=key, key=key, plural=False, person=False, gender="", entity="GPE",
                    role="heading", main=False, named=True, has_number=False, at=self._memory.at, block=block, index=0,
                )
            ]
        )  # fmt: skip

    def note(self, doc: Doc, *, block: int, is_title: bool = False) -> None:
        """Remember what a title or heading names, without resolving anything in it."""
        names = collect_names(doc, self._memory.at, block)
        self._memory.add(names)
        if is_title:
            owners = {m.key: m.text for m in names if m.entity in ("ORG", "GPE") and m.named}
            self._owner = next(iter(owners.values())) if len(owners) == 1 else ""

    def find_owner(self) -> str:
        """Return the body or country that the article is about, for figures that name nobody; "" in doubt.

        It is the one that the title names, or the one that the text names four times and twice as often as any other.
        """
        if self._owner or self._voice.body:
            return self._owner or self._voice.body
        named = {m.key: m.text for m in self._memory.mentions if m.entity in ("ORG", "GPE") and m.named}
        ranked = sorted(named, key=lambda key: -self._memory.counts[key])[:2]
        counts = [self._memory.counts[key] for key in ranked] + [0]
        return named[ranked[0]] if ranked and counts[0] >= 4 and counts[0] >= 2 * counts[1] else ""

    def resolve(self, doc: Doc, *, block: int, speaker: str = "") -> Resolved:
        """Return the references of ``doc``, then remember what it names. ``speaker`` is who says "I" in it."""
        memory = self._memory
        references: list[Reference] = []
        unresolved: list[tuple[int, str]] = []
        own = collect_mentions(doc, memory.at, block, {})
        for token in doc:
            outcome = self._resolve_token(token, own, block, speaker)
            if isinstance(outcome, Reference):
                references.append(outcome)
            elif outcome:
                unresolved.append((token.i, outcome))
        resolved = Resolved(tuple(references), tuple(unresolved))
        if any(doc[at].dep_ in SUBJECT for at, _ in unresolved):
            memory.open_at = memory.at
        memory.add(collect_mentions(doc, memory.at, block, resolved.as_table()))
        return resolved

    def _resolve_token(self, token: Token, own: Sequence[Mention], block: int, speaker: str) -> Reference | str | None:
        word = token.lower_
        if word in _THIRD and token.pos_ in ("PRON", "DET"):
            return self._resolve_pronoun(token, own, block, speaker)
        if word in _POINTERS and token.dep_ == "det" and token.head.i > token.i:
            return self._resolve_pointer(token)
        if word in _POINTERS and token.pos_ in ("PRON", "DET") and token.tag_ not in ("WDT", "IN"):
            return self._resolve_bare_pointer(token, own)
        if word == "the" and token.dep_ == "det":
            return self._resolve_definite(token, own)
        if word == "there" and token.dep_ == "advmod":
            return self._resolve_place(token, own)
        if word in _FIRST and token.pos_ in ("PRON", "DET"):
            return self._resolve_first_person(token, speaker)
        return self._resolve_surname(token)

    def _resolve_first_person(self, token: Token, speaker: str) -> Reference | str | None:
        """Resolve "I" to the speaker or author and "we" to the body that the whole text speaks for."""
        word = token.lower_
        if word == "i" and not (token.dep_ in SUBJECT and token.head.pos_ in ("VERB", "AUX")):
            return None  # a numeral ("complex I")
        name = (speaker or self._voice.author) if word in _FIRST_SINGULAR else self._voice.body
        if not name or (word not in _FIRST_SINGULAR and speaker):
            return None if speaker else token.text
        after = f"{name}'s" if word in ("my", "our") else name
        return Reference(token.i, token.i + 1, token.text, after, "speaker")

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def _resolve_pronoun(
        self, token: Token, own: Sequence[Mention], block: int, speaker: str
    ) -> Reference | str | None:
        word = token.lower_
        if token.dep_ == "expl" or (word == "it" and is_expletive(token)):
            return None
        inside = [m for m in own if m.index < token.i and self._agrees(m, word) and _may_bind(token, m)]
        outside = [m for m in self._memory.mentions if self._agrees(m, word) and m.text.lower() != speaker.lower()]
        if word in _PLURAL and token.head.lower_ in ("of", "among"):
            outside = [m for m in outside if m.plural]
        scored = [(self._score_inside(token, m, word), m, True) for m in inside]
        scored += [(self._score_outside(token, m, word, block, speaker), m, False) for m in outside]
        if not scored:
            return str(token.text)
        scored.sort(key=lambda s: (-s[0], -s[1].at, s[1].index))
        best, mention, is_own = scored[0]
        rival = next((s for s, m, _ in scored if m.key != mention.key), 0.0)
        least = _MIN_SALIENCE
        part = word in _NEUTER and token.head.lower_ == "of" and token.head.head.dep_ in SUBJECT
        if word in _NEUTER and not is_own and token.dep_ not in (*SUBJECT, "poss") and not part:
            least = (
                _MIN_OBJECT_SALIENCE  # an "it" that is acted on stands for anything; a wrong name is worse than none
            )
        if best < least or (best - rival < _MIN_LEAD and not is_own):
            return str(token.text)
        self._learn(word, mention)
        return _refer(token, token.i + 1, mention, "pronoun", is_own=is_own)

    def _score_inside(self, token: Token, mention: Mention, word: str) -> float:
        noun = token.doc[mention.index]
        score = 2.6 + self._score_role(token, mention) + self._score_sort(mention, word)
        if noun.dep_ in SUBJECT and noun.head in token.ancestors:
            score += 0.9 if token.dep_ != "poss" else 1.7
        return score

    def _score_outside(self, token: Token, mention: Mention, word: str, block: int, speaker: str) -> float:
        distance = self._memory.at - mention.at
        recency = {1: 2.4, 2: 1.5, 3: 0.9}.get(distance, 0.3 if distance < 12 else -0.5)
        score = recency + self._score_role(token, mention) + self._score_sort(mention, word)
        score += 0.4 if mention.block == block else 0.0
        if speaker and word in _NEUTER and token.dep_ not in SUBJECT:
            score -= 1.0
        if word in _NEUTER and mention.entity == "GPE" and token.dep_ not in (*SUBJECT, "poss"):
            score -= 0.8
        if word in _NEUTER and token.head.lower_ == "of" and mention.has_number and distance <= 1:
            score += 1.5  # "two thirds of it" is a part of something measured
        if word in _NEUTER and token.dep_ in SUBJECT and self._memory.open_at == self._memory.at - 1:
            score -= 2.5
        if self._memory.chains.get(_chain(word)) == mention.key:
            score += (1.3 if word in _MALE | _FEMALE else 0.5) if distance <= 6 else 0.2
        if mention.person and mention.entity == "PERSON" and distance <= 8:
            score += 0.5
        score += 0.4 if self._is_topic(mention) else 0.0
        return score + 0.12 * min(self._memory.counts[mention.key], 5)

    def _is_topic(self, mention: Mention) -> bool:
        """Tell whether the title names the thing: its last word, in the singular or plural, stands there."""
        return mention.key in self._title or mention.key.rstrip("s") in self._title

    def _score_role(self, token: Token, mention: Mention) -> float:
        roles = {"subject": 1.1, "dobj": 0.4, "attr": 0.2, "pobj": -0.1, "poss": -0.2, "conj": -0.1, "ROOT": 0.3}
        score = roles.get(mention.role, -0.2) + (0.3 if mention.main else 0.0)
        if token.dep_ in SUBJECT and mention.role == "subject":
            score += 0.3
        if token.dep_ == "dobj" and mention.role in ("dobj", "attr"):
            score += 0.7
        return score

    def _score_sort(self, mention: Mention, word: str) -> float:
        if word in _MALE | _FEMALE:
            score = 0.6 if mention.entity == "PERSON" else 0.0 if mention.person else -0.4
            if mention.gender == "maybe-female":
                score += 0.5 if word in _FEMALE else -0.7
            return score
        if word in _PLURAL and not mention.plural:
            return -0.9 if mention.entity in ("ORG", "NORP") else -1.5
        return 0.2 if mention.named else 0.0

    def _agrees(self, mention: Mention, word: str) -> bool:
        if word in _MALE | _FEMALE:
            wanted, other = ("male", "female") if word in _MALE else ("female", "male")
            known = self._memory.genders.get(mention.key, mention.gender)
            chained = self._memory.chains.get(_chain(word)) == mention.key
            named = mention.entity == "" and all(w[:1].isupper() for w in mention.text.split())
            fits = mention.person or chained or (named and mention.role == "subject")
            return fits and not mention.plural and known != other and wanted != ""
        if word in _PLURAL:
            return mention.plural or mention.entity in ("ORG", "NORP") or (mention.named and mention.role == "subject")
        return not mention.person and not mention.plural and mention.entity != "PERSON"

    def _learn(self, word: str, mention: Mention) -> None:
        self._memory.chains[_chain(word)] = mention.key
        if word in _MALE | _FEMALE:
            self._memory.genders[mention.key] = "male" if word in _MALE else "female"

    # -- descriptions -----------------------------------------------------------------------------------------------

    def _resolve_pointer(self, token: Token) -> Reference | str | None:
        noun = token.head
        if noun.lower_ == "year" and token.lower_ == "that":
            return f"{token.text} year"
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lower_ in _POINTER_NOUNS_KEPT:
            return None
        found = self._find_same_head(noun, limit=20) or self._find_sort(noun, ())
        if found is not None:
            return _refer(token, noun.i + 1, found, "demonstrative", is_own=False)
        return str(token.doc[token.i : noun.i + 1].text)

    def _resolve_bare_pointer(self, token: Token, own: Sequence[Mention]) -> Reference | str | None:
        """Resolve "half of that" and "those" to the amount or the plural named last; a bare "this" stays open."""
        of = token.head
        if token.dep_ == "pobj" and of.lower_ == "of" and token.lower_ == "that":
            amounts = [e for e in token.doc.ents if e.label_ in ("MONEY", "QUANTITY") and e.end <= of.head.left_edge.i]
            if amounts:
                own_tokens = frozenset(range(amounts[-1].start, amounts[-1].end))
                text = amounts[-1].text
                return Reference(token.i, token.i + 1, token.text, text, "amount", own_tokens)
        if token.dep_ == "pobj" and of.lower_ == "of":
            plural = token.lower_ in ("these", "those")
            before = [m for m in own if m.index < of.head.i]
            for mention in [*reversed(before), *reversed(self._memory.mentions)]:
                near = mention in before or self._memory.at - mention.at <= 1
                if near and mention.plural == plural and (mention.role == "subject" or mention.has_number):
                    return _refer(token, token.i + 1, mention, "demonstrative", is_own=mention in before)
        if token.dep_ in ("dobj", "pobj", "det", "attr") and token.lower_ in ("that", "those"):
            return None if any(c.dep_ in ("prep", "relcl", "acl") for c in token.children) else token.text
        if any(c.dep_ in ("prep", "relcl", "acl") for c in token.children):
            return None
        return str(token.text)

    def _resolve_definite(self, token: Token, own: Sequence[Mention]) -> Reference | str | None:
        noun = token.head
        if noun.pos_ != "NOUN" or noun.i != token.i + 1 or noun.lower_ in _UNIQUE:
            return None
        if any(c.dep_ not in ("case", "punct") and c.i > noun.i for c in noun.children):
            return None
        if noun.dep_ in ("compound", "nmod") or noun.ent_type_ in ("DATE", "TIME"):
            return None
        found = self._find_sort(noun, own) or self._find_same_head(noun, limit=60, rich=True)
        if found is None:
            return None
        is_own = any(found is m for m in own)
        return _refer(token, noun.i + 1, found, "description", is_own=is_own)

    def _find_same_head(self, noun: Token, *, limit: int, rich: bool = False) -> Mention | None:
        """Return a fuller phrase with the same head noun, the last one said."""
        wanted = {noun.lower_, noun.lemma_.lower()}
        plural = is_plural(noun)
        for mention in reversed(self._memory.mentions):
            if self._memory.at - mention.at > limit:
                break
            words = mention.text.split()
            if mention.head not in wanted or mention.plural != plural or len(words) > 10:
                continue
            if words[0].lower() in _POINTERS or (words[0].lower() == "the" and len(words) == 2 and not mention.named):
                continue
            if len(words) > 1 and (not rich or mention.named or len(words) <= 7):
                return mention
        return None

    def _find_sort(self, noun: Token, own: Sequence[Mention]) -> Mention | None:
        """Return the name of the sort that a noun like "company" or "country" speaks of."""
        sort = SORT_OF.get(noun.lower_)
        if sort is None or is_plural(noun):
            return None
        before = [m for m in own if m.index < noun.i]
        candidates = [m for m in (*before, *self._memory.mentions) if self._fits_sort(m, noun.lower_, sort)]
        if not candidates:
            return None

        def rate(mention: Mention) -> float:
            distance = self._memory.at - mention.at
            score = max(0.0, 2.5 - 0.5 * distance) + (0.8 if mention.role == "subject" else 0.0)
            score += 1.5 if self._is_topic(mention) else 0.0
            return score + 0.25 * min(self._memory.counts[mention.key], 6)

        return max(candidates, key=lambda m: (rate(m), m.at, -m.index))

    def _fits_sort(self, mention: Mention, noun: str, sort: str) -> bool:
        described = mention.named and mention.key != noun and f" {noun} " in f" {mention.text.lower()} "
        if mention.plural or mention.head == noun or not (mention.entity == sort or described):
            return False
        if sort == "ORG" and mention.head in BODIES and not described:
            return False
        country = mention.key in COUNTRIES
        if noun in COUNTRY_NOUNS:
            return country
        return not (noun in TOWN_NOUNS and country)

    def _resolve_place(self, token: Token, own: Sequence[Mention]) -> Reference | str | None:
        here = [m for m in own if m.entity in ("GPE", "LOC", "FAC") and m.index < token.i]
        if here:
            after = f"in {here[-1].text}"
            return Reference(token.i, token.i + 1, token.text, after, "place", frozenset({here[-1].index}))
        places = [m for m in self._memory.mentions if m.entity in ("GPE", "LOC", "FAC") and self._memory.at - m.at <= 3]
        if not places:
            return str(token.text)
        place = max(places, key=lambda m: (m.at, self._memory.counts[m.key]))
        return Reference(token.i, token.i + 1, token.text, f"in {place.text}", "place")

    def _resolve_surname(self, token: Token) -> Reference | None:
        """Return the full name for a surname that stands alone."""
        if token.pos_ != "PROPN" or token.dep_ == "compound" or any(c.dep_ == "compound" for c in token.children):
            return None
        full = self._memory.full_names.get(token.text)
        if full is None or full == token.text or token.ent_type_ not in ("PERSON", ""):
            return None
        return Reference(token.i, token.i + 1, token.text, full, "full_name")


def _chain(word: str) -> str:
    return "male" if word in _MALE else "female" if word in _FEMALE else "plural" if word in _PLURAL else "neuter"


def _may_bind(token: Token, mention: Mention) -> bool:
    """Tell whether a phrase of the same sentence can be what a pronoun stands for (not its own fellow argument)."""
    noun = token.doc[mention.index]
    if token.dep_ == "poss":
        return token.head != noun and token.i not in collect_subtree(noun)
    if token.i in collect_subtree(noun):
        return False
    return bool(noun.head != token.head)


def _refer(token: Token, end: int, mention: Mention, rule: str, *, is_own: bool) -> Reference:
    after = mention.short if token.dep_ == "poss" and token.tag_ == "PRP$" else mention.text
    if token.dep_ == "poss" and token.tag_ == "PRP$":
        after += "'" if after.endswith("s") else "'s"
    elif token.dep_ == "det" and token.head.dep_ == "poss" and end == token.head.i + 1:
        pass  # the "'s" of the description itself follows
    own = frozenset({mention.index}) if is_own else frozenset()
    return Reference(token.i, end, token.doc[token.i : end].text, after, rule, own)
