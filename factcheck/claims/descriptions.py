"""Descriptions that speak of something named before: "the company", "the new licence", "these systems"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.claims.mentions import Memory, Mention
from factcheck.claims.salience import Salience
from factcheck.claims.sorts import BODIES, COUNTRIES, COUNTRY_NOUNS, SORT_OF, TOWN_NOUNS
from factcheck.claims.tree import is_plural

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 4
_LONGEST_NAMED = 7
_CLEAR_LEAD = 0.8
_FARTHEST = 5
# "the last meeting" is another one than "the meeting".
_OTHERS = frozenset("last next previous other another first second third earlier later former".split())
_OPEN_STARTS = frozenset("this that these those his her its their our my your".split())


def find_same_head(memory: Memory, noun: Token, *, limit: int, rich: bool = False) -> Mention | None:
    """Return a fuller phrase with the same head noun, the last one said.

    A ``rich`` one is short or has a name: behind "the" a long phrase says more than is meant.
    """
    wanted = {noun.lower_, noun.lemma_.lower()}
    plural = is_plural(noun)
    for mention in reversed(memory.mentions):
        if memory.at - mention.at > limit:
            break
        words = mention.text.split()
        if mention.head not in wanted or mention.plural != plural or len(words) > 10:
            continue
        first = words[0].lower()
        if any(word.lower() in _OTHERS for word in words[:2]):
            continue
        if first in _OPEN_STARTS or (first == "the" and len(words) == 2 and not mention.named):
            continue
        if len(words) > 1 and (not rich or len(words) <= (_LONGEST_NAMED if mention.named else _LONGEST)):
            return mention
    return None


def find_sort(memory: Memory, salience: Salience, noun: Token, own: Sequence[Mention]) -> Mention | None:
    """Return the name of the sort that a noun like "company" or "country" speaks of.

    It must be in the title, or named lately and the only one that fits, or clearly ahead of the next: named more than
    once or as a subject.
    """
    sort = SORT_OF.get(noun.lower_)
    if sort is None or is_plural(noun):
        return None
    before = [m for m in own if m.index < noun.i]
    candidates = [m for m in (*before, *memory.mentions) if _fits_sort(memory, m, noun.lower_, sort)]
    if not candidates:
        return None

    def rate(mention: Mention) -> float:
        distance = memory.at - mention.at
        score = max(0.0, 2.5 - 0.5 * distance) + (0.8 if mention.role == "subject" else 0.0)
        score += 1.5 if salience.is_titled(mention) else 0.0
        return score + 0.25 * min(memory.counts[mention.key], 6)

    best = max(candidates, key=lambda m: (rate(m), m.at, -m.index))
    rivals = [rate(m) for m in candidates if m.key != best.key]
    known = memory.counts[best.key] > 1 or best.role == "subject"
    near = memory.at - best.at <= _FARTHEST
    if rivals:
        sure = near and known and rate(best) - max(rivals) >= _CLEAR_LEAD
    else:
        sure = near or noun.lower_ in COUNTRY_NOUNS
    return best if sure or salience.is_titled(best) else None


def fits_several(memory: Memory, noun: Token, own: Sequence[Mention]) -> bool:
    """Tell a noun like "company" that two names or more fit, so that a reader cannot know which is meant."""
    sort = SORT_OF.get(noun.lower_)
    if sort is None or is_plural(noun):
        return False
    named = [*(m for m in own if m.index < noun.i), *memory.mentions]
    return len({m.key for m in named if _fits_sort(memory, m, noun.lower_, sort)}) > 1


def _fits_sort(memory: Memory, mention: Mention, noun: str, sort: str) -> bool:
    described = mention.named and mention.key != noun and f" {noun} " in f" {mention.text.lower()} "
    if mention.plural or mention.head == noun or not (mention.entity == sort or described):
        return False
    if memory.is_person(mention) and not described:
        return False
    if sort == "ORG" and mention.head in BODIES and not described:
        return False
    country = mention.key in COUNTRIES
    if noun in COUNTRY_NOUNS:
        return country
    return not (noun in TOWN_NOUNS and country)
