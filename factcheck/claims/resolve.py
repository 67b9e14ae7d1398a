"""What pronouns and descriptions stand for, by agreement, role, distance and how much the article speaks of them.

A salience score in the manner of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994), with
weights of our own. A reference whose best antecedent is weak, or hardly better than the next, stays as it is and is
reported: an unresolved word does less harm than a wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.counted import find_counted, is_bare_number
from factcheck.claims.descriptions import find_same_head, find_sort, fits_several
from factcheck.claims.firstperson import FIRST, resolve_first_person
from factcheck.claims.mentions import Memory, Mention, collect_mentions, collect_names
from factcheck.claims.references import Reference, Resolved, Voice
from factcheck.claims.salience import (
    FEMALE,
    MALE,
    NEUTER,
    PLURAL,
    REFLEXIVE,
    THIRD,
    WEIGHTS,
    Salience,
    chain_of,
    is_bound,
    is_of_place,
    is_parallel,
    may_bind,
)
from factcheck.claims.tree import (
    SUBJECT,
    is_corrected,
    is_expletive,
    is_idle_object,
    is_name,
    list_conjuncts,
    stands_in_title,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COUNTED = re.compile(r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ", re.IGNORECASE)
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


class Resolver:
    """Holds what an article has named so far; feed it the sentences in order."""

    def __init__(self, voice: Voice | None = None, *, title: str = "") -> None:
        self._memory = Memory()
        self._voice = voice or Voice()
        self._owner = ""
        self._counted = ""
        words = re.findall(r"[^\W\d_]{3,}", title.lower())
        named = frozenset(words) | frozenset(word.rstrip("s") for word in words)
        self._salience = Salience(self._memory, named)

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

    def may_be_called(self, name: str, word: str) -> bool:
        """Tell whether "he" or "she" can be somebody by that name, as far as the article has shown."""
        key = name.split()[-1].lower()
        mention = next((m for m in reversed(self._memory.mentions) if key in (m.key, m.head)), None)
        return mention is not None and self._salience.agrees(mention, word)

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

    def resolve(self, doc: Doc, *, block: int, speaker: str = "", aside: bool = False) -> Resolved:
        """Return the references of ``doc``, then remember what it names, unless it is an aside.

        ``speaker`` is who says "I" in it.
        """
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
        references = [_complete_owner(r, references) for r in references]
        resolved = Resolved(tuple(references), tuple(unresolved))
        if aside:
            return resolved
        if any(doc[at].dep_ in SUBJECT for at, _ in unresolved):
            memory.open_at = memory.at
        same_as = {r.start: r.same_as for r in references if r.same_as is not None}
        memory.add(collect_mentions(doc, memory.at, block, resolved.as_table(), same_as) if references else own)
        self._counted = find_counted(doc)
        return resolved

    def _resolve_token(self, token: Token, own: Sequence[Mention], block: int, speaker: str) -> Reference | str | None:
        word = token.lower_
        if stands_in_title(token):
            return None
        if word in THIRD and token.pos_ in ("PRON", "DET"):
            return self._resolve_pronoun(token, own, block, speaker)
        if word in _POINTERS and token.dep_ == "det" and token.head.i > token.i:
            return self._resolve_pointer(token)
        if word in _POINTERS and token.pos_ in ("PRON", "DET") and token.tag_ not in ("WDT", "IN"):
            return self._resolve_bare_pointer(token, own)
        if word == "the" and token.dep_ == "det":
            return self._resolve_definite(token, own)
        if word == "there" and token.dep_ == "advmod":
            return self._resolve_place(token, own)
        if word in FIRST and token.pos_ in ("PRON", "DET"):
            return resolve_first_person(token, self._voice, block, speaker)
        if is_bare_number(token):
            return self._resolve_number(token)
        return self._resolve_surname(token)

    def _resolve_number(self, token: Token) -> Reference | None:
        """Put in the noun that a number without one counts, named in the same sentence or the one before."""
        noun = find_counted(token.doc[: token.i]) or self._counted
        if not noun:
            return None
        return Reference(token.i, token.i + 1, token.text, f"{token.text} {noun}", "counted")

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def _resolve_pronoun(
        self, token: Token, own: Sequence[Mention], block: int, speaker: str
    ) -> Reference | str | None:
        word = token.lower_
        if token.dep_ == "expl" or (word == "it" and is_expletive(token)) or word in REFLEXIVE or is_bound(token):
            return None
        if token.dep_ in SUBJECT and any(is_corrected(c) for c in token.head.children):
            return None  # "The race is not about A, it is about B": what it is stands before it
        if word == "it" and (is_idle_object(token) or (token.dep_ in SUBJECT and token.head.lemma_ == "happen")):
            return None if token.head.lemma_ in ("make", "battle", "fight") else str(token.text)
        inside = [m for m in own if m.index < token.i and may_bind(token, m)]
        inside = [m for m in inside if self._salience.agrees(m, word) or is_parallel(token, m)]
        outside = [
            m for m in self._memory.mentions if self._salience.agrees(m, word) and m.text.lower() != speaker.lower()
        ]
        if word in PLURAL and token.head.lower_ in ("of", "among"):
            inside, outside = [m for m in inside if m.plural], [m for m in outside if m.plural]
        scored = [(self._salience.score_inside(token, m, word), m, True) for m in inside]
        scored += [
            (self._salience.score_outside(token, m, word, block, quoted=bool(speaker)), m, False) for m in outside
        ]
        if not scored:
            return str(token.text)
        scored.sort(key=lambda s: (-s[0], -s[1].at, s[1].index))
        best, mention, is_own = scored[0]
        rival = next((s for s, m, _ in scored if m.key != mention.key), 0.0)
        least = WEIGHTS.least
        part = word in NEUTER and token.head.lower_ == "of" and token.head.head.dep_ in SUBJECT
        if word in NEUTER and not is_own and token.dep_ not in (*SUBJECT, "poss") and not part:
            least = (
                WEIGHTS.least_object  # an "it" that is acted on stands for anything; a wrong name is worse than none
            )
        if best < least or (best - rival < WEIGHTS.lead and not is_own):
            return str(token.text)
        self._learn(word, mention)
        return _refer(token, token.i + 1, mention, "pronoun", is_own=is_own)

    def _learn(self, word: str, mention: Mention) -> None:
        self._memory.chains[chain_of(word)] = mention.key
        if word in MALE | FEMALE:
            self._memory.genders[mention.key] = "male" if word in MALE else "female"

    # -- descriptions -----------------------------------------------------------------------------------------------

    def _resolve_pointer(self, token: Token) -> Reference | str | None:
        noun = token.head
        if is_name(token):
            return None
        if noun.lower_ == "year" and token.lower_ == "that":
            return f"{token.text} year"
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lower_ in _POINTER_NOUNS_KEPT:
            return None
        found = find_same_head(self._memory, noun, limit=20) or find_sort(self._memory, self._salience, noun, ())
        if found is not None:
            last = list_conjuncts(noun)[-1]
            both = last != noun and last.lemma_.lower() in found.text.lower()  # "these elements and processes"
            return _refer(token, (last if both else noun).i + 1, found, "demonstrative", is_own=False)
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
        found = find_sort(self._memory, self._salience, noun, own) or find_same_head(
            self._memory, noun, limit=60, rich=True
        )
        if found is None:
            return str(token.doc[token.i : noun.i + 1].text) if fits_several(self._memory, noun, own) else None
        is_own = any(found is m for m in own)
        return _refer(token, noun.i + 1, found, "description", is_own=is_own)

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


def _complete_owner(reference: Reference, others: Sequence[Reference]) -> Reference:
    """Return "Ann Lee's editor" for an antecedent "my editor" whose owner the same sentence resolves."""
    owner, _, rest = reference.after.partition(" ")
    known = next((o for o in others if o is not reference and o.before.lower() == owner.lower()), None)
    if known is None or not rest or not known.after.endswith(("'s", "'")):
        return reference
    return replace(reference, after=f"{known.after} {rest}")


def _refer(token: Token, end: int, mention: Mention, rule: str, *, is_own: bool) -> Reference:
    owns = token.dep_ == "poss" and token.tag_ == "PRP$"
    after = mention.short if owns else mention.text
    if owns:
        if is_of_place(token):
            # "Norway's strength: ... its population": a quality has none, its owner does.
            after = after.split("'s ")[0]
        after += "'" if after.endswith("s") else "'s"
    if token.dep_ == "pobj" and token.head.lower_ == "of" and _COUNTED.match(after):
        after = f"the {after}"  # "both of them" -> "both of the two boys"
    own = frozenset({mention.index}) if is_own else frozenset()
    return Reference(token.i, end, token.doc[token.i : end].text, after, rule, own, (mention.key, mention.head))
