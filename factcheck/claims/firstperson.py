"""Who "I" and "we" are: the speaker or author, the body that a text speaks for, or a person "and others"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.references import UNNAMED, Reference, Voice
from factcheck.claims.salience import THIRD
from factcheck.claims.tree import SUBJECT, find_tense

if TYPE_CHECKING:
    from spacy.tokens import Token

_SINGULAR = frozenset("i me my myself".split())
FIRST = _SINGULAR | frozenset("we us our ourselves".split())
_OPEN_SPEAKERS = {"he": ("his", "him"), "she": ("her", "her")}
# "the Dundee council spokesman", "a spokeswoman for the bank"
_SPOKEN_FOR = re.compile(
    r"(?:the |a |an )?(?:(?P<before>[A-ZÀ-Þ].+?) spokes(?:man|woman|person)\b"
    r"|spokes(?:man|woman|person) (?:for|of|at) (?P<after>.+)$)"
)
# What is "ours" as citizens, not as the people who speak.
_COMMON = frozenset("government country nation state city town world planet society parliament president".split())


def resolve_first_person(token: Token, voice: Voice, block: int, speaker: str) -> Reference | str | None:
    """Return who the word stands for, the word itself where nobody is known, ``None`` where it is left to a speaker."""
    word = token.lower_
    if word == "i" and not (token.dep_ in SUBJECT and token.head.pos_ in ("VERB", "AUX")):
        return None  # a numeral ("complex I")
    if token.ent_type_ or (token.i and token.text == "We" and token.doc[token.i + 1 : token.i + 2].text == "the"):
        return None  # "We the People"
    before = token.doc.text[: token.idx]
    quoted = before.count('"') % 2 == 1 or before.startswith("'")  # somebody else speaks
    author = "" if quoted or block < voice.since else voice.author
    if word not in _SINGULAR:
        group = _name_group(token, "" if speaker else voice.body, speaker or author)
        return group or (None if speaker else str(token.text))
    name = speaker or author
    if not name:
        return str(token.text)
    if name.lower() in _OPEN_SPEAKERS:
        name = name.lower()
        after = _OPEN_SPEAKERS[name][0 if word == "my" else 1] if word != "i" else name
        return Reference(token.i, token.i + 1, token.text, after, "speaker")
    after = f"{name}'s" if word == "my" else name
    return Reference(token.i, token.i + 1, token.text, after, "speaker")


def _name_group(token: Token, body: str, person: str) -> Reference | None:
    """Return who "we", "us" and "our" are: the body that speaks, or the person who speaks, with others."""
    if person.lower() in _OPEN_SPEAKERS or person.lower() in THIRD or token.lower_ == "ourselves":
        return None
    if spoken := _SPOKEN_FOR.match(person):
        body = body or spoken["before"] or spoken["after"]
    singular = bool(body) or not _is_person(person)
    name = body or person
    if not name or (not body and _is_everybody(token, person)):
        return None
    if token.lower_ == "our":
        return Reference(token.i, token.i + 1, token.text, f"{name}'s", "speakers")
    return Reference(token.i, token.i + 1, token.text, name if singular else f"{name} and others", "speakers")


def _is_everybody(token: Token, person: str) -> bool:
    """Tell the "we" of all who read or live there: "how we see it", "our schools", "our government"."""
    if token.lower_ == "our":
        return token.i > 1 or token.head.lemma_.lower() in _COMMON
    if person == UNNAMED:  # a columnist's "we" may be everybody; what we did is done by some
        told = token.dep_ in SUBJECT and token.head.dep_ in ("ROOT", "conj")
        return not told or find_tense(token.head) is not Tense.PAST
    return any(c.tag_ == "WRB" for c in token.head.children)


def _is_person(name: str) -> bool:
    """Tell a person's name, with or without a title, from a body that speaks as one ("the ministry")."""
    words = name.split()
    return bool(words) and (words[-1][:1].isupper() or words[-1].lower() in PERSON_NOUNS) and words[0] != "The"
