"""What stands between commas right behind a subject ("The library, closed since the flood, waits ...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense, inflect_be, inflect_verb
from factcheck.claims.tree import is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset("VBZ VBP VBD MD".split())
_NOT_STATED = frozenset("including excluding according following given based compared due like such".split())
_LONGEST = 14


def break_inset(doc: Doc) -> tuple[str, str] | None:
    """Return the sentence without an inset behind its subject and the inset as a sentence, ``None`` without one.

    Works on words and signs alone: parsers often take the participle of an inset for the verb of the sentence.
    """
    commas = [t.i for t in doc if t.text == ","]
    if len(commas) < 2 or '"' in doc.text:
        return None
    first, second = commas[:2]
    subject, inset, rest = doc[:first], doc[first + 1 : second], doc[second + 1 :]
    if not len(subject) or not 2 <= len(inset) <= _LONGEST or len(rest) < 3:
        return None
    if not _is_subject(list(subject)) or not _states(list(inset)):
        return None
    verb = next((t for t in rest[:3] if t.tag_ in _FINITE), None)
    if verb is None or any(t.pos_ not in ("ADV", "PART", "AUX", "VERB") for t in doc[second + 1 : verb.i]):
        return None
    head = max(subject, key=lambda t: len(list(t.subtree)) if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else 0)
    plural = verb.tag_ == "VBP" or verb.lower_ in ("were", "have") or (verb.tag_ in ("VBD", "MD") and is_plural(head))
    if any(t.lower_ == "since" for t in inset):
        be = f"{inflect_verb('have', Tense.PRESENT, plural=plural)} been"
    else:
        told = any((t.text.isdigit() and len(t.text) == 4) or t.lower_ == "ago" for t in inset)
        be = inflect_be(
            Tense.PAST if told or (verb.tag_ == "VBD" and verb.lower_ != "has") else Tense.PRESENT, plural=plural
        )
    return f"{subject.text} {rest.text}", f"{subject.text} {be} {inset.text}."


def _is_subject(tokens: list[Token]) -> bool:
    gerund = tokens[0].tag_ == "VBG" and len(tokens) > 1 and tokens[1].pos_ == "NOUN"
    opens = tokens[0].pos_ in ("ADP", "ADV", "SCONJ", "CCONJ", "VERB", "AUX", "INTJ")
    if (opens and not gerund) or len(tokens) > 12:
        return False
    named = any(t.pos_ in ("NOUN", "PROPN", "NUM") for t in tokens)
    return named and not any(t.tag_ in _FINITE or t.text in ":;–—" or t.dep_ == "npadvmod" for t in tokens)


def _states(tokens: list[Token]) -> bool:
    if tokens[0].lower_ in ("also", "once", "originally", "formerly", "now", "still", "long") and len(tokens) > 2:
        tokens = tokens[1:]
    first, rest = tokens[0], tokens[1:]
    if first.lower_ in _NOT_STATED or any(t.tag_ in _FINITE or t.tag_ in ("WDT", "WP", "WRB", "WP$") for t in rest):
        return False
    if first.tag_ in ("VBN", "VBD") and first.lower_ not in ("was", "were", "had", "did"):
        return True
    if first.tag_ == "JJ" and first.pos_ == "ADJ":
        return any(t.pos_ in ("ADP", "NOUN") and t.i == first.i + 1 for t in rest)
    if first.lower_ == "in":
        return rest[0].lower_ in ("force", "office", "use", "service", "operation")
    if first.lower_ == "at":
        return bool(rest[0].like_num or rest[0].is_currency)
    return False
