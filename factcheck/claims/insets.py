"""What stands between commas right behind a subject ("The library, closed since the flood, waits ...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense, inflect_be, inflect_verb, is_past_form
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.tree import SUBJECT, is_finite, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FINITE = frozenset("VBZ VBP VBD MD".split())
_NOT_STATED = frozenset("including excluding according following given based compared due like such".split())
_LONGEST = 14


def break_inset(doc: Doc) -> tuple[str, str, str] | None:
    """Return the sentence without an inset behind its subject, the inset as a sentence, and the name of the rule.

    Works on words and signs alone: parsers often take the participle of an inset for the verb of the sentence.
    """
    commas = [t.i for t in doc if t.text == ","]
    if len(commas) < 2 or '"' in doc.text:
        return None
    first, second = commas[:2]
    subject, inset, rest = doc[:first], doc[first + 1 : second], doc[second + 1 :]
    if not len(subject) or not 2 <= len(inset) <= _LONGEST or len(rest) < 3:
        return None
    if not _is_subject(list(subject)):
        return None
    verb = next((t for t in rest[:3] if t.tag_ in _FINITE), None)
    if verb is None and rest[0].tag_ == "VBN" and is_past_form(rest[0].text):
        verb = rest[0]  # a past tense that the tagger took for a participle
    if verb is None or any(t.pos_ not in ("ADV", "PART", "AUX", "VERB") for t in doc[second + 1 : verb.i]):
        return None
    if said := _say_of_person(subject, inset):
        return (f"{inset.text} {rest.text}" if _names(inset) else f"{subject.text} {rest.text}"), said, "person"
    if said := _say_clause(subject, inset):
        return f"{subject.text} {rest.text}", said, "inset"
    if not _states(list(inset)) or verb.tag_ not in _FINITE:
        return None
    head = max(subject, key=lambda t: len(list(t.subtree)) if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else 0)
    plural = verb.tag_ == "VBP" or verb.lower_ in ("were", "have") or (verb.tag_ in ("VBD", "MD") and is_plural(head))
    if inset[0].lower_ != "the" and any(t.lower_ == "since" for t in inset):
        be = f"{inflect_verb('have', Tense.PRESENT, plural=plural)} been"
    else:
        told = any((t.text.isdigit() and len(t.text) == 4) or t.lower_ == "ago" for t in inset)
        be = inflect_be(
            Tense.PAST if told or (verb.tag_ == "VBD" and verb.lower_ != "has") else Tense.PRESENT, plural=plural
        )
    return f"{subject.text} {rest.text}", f"{subject.text} {be} {inset.text}.", "inset"


def break_dashes(doc: Doc) -> tuple[str, str] | None:
    """Return the sentence without what stands between two dashes behind a noun, and that as a sentence of the noun.

    A relative clause is only set between commas; the second text is then "".
    """
    at = [t.i for t in doc if t.text in ("–", "—", "--") or (t.text == "-" and doc[t.i - 1].whitespace_)]
    if len(at) != 2 or '"' in doc.text:
        return None
    left, inset, rest = doc[: at[0]], doc[at[0] + 1 : at[1]], doc[at[1] + 1 :]
    if len(left) < 2 or not 2 <= len(inset) <= _LONGEST or len(rest) < 3:
        return None
    noun, first = left[-1], inset[0]
    if first.tag_ in ("WDT", "WP", "WP$") or first.lower_ == "where":
        return f"{left.text}, {inset.text}, {rest.text}", ""  # the parser reads it between commas
    opens = first.lower_ in ("a", "an", "the") or first.pos_ in ("NOUN", "ADJ") or first.tag_ == "VBN"
    described = opens and not first.like_num and not any(t.text == "," for t in inset)
    if noun.pos_ not in ("NOUN", "PROPN") or not described or not any(t.pos_ == "NOUN" for t in inset):
        return None
    name = doc[noun.left_edge.i : noun.i + 1]
    stated = any(t.tag_ in _FINITE for t in (*left, *rest))
    if not stated or any(t.pos_ in ("VERB", "AUX") or t.text in ",;:" for t in name):
        return None
    words = name.text if name[0].lower_ not in ("a", "an") else f"the {name[1:].text}"
    be = inflect_be(Tense.PRESENT, plural=is_plural(noun))
    sign = "," if rest[0].tag_ in ("WDT", "WP", "WP$", "WRB") else ""
    return f"{left.text}{sign} {rest.text}", f"{words[:1].upper()}{words[1:]} {be} {inset.text}."


def _names(inset: Span) -> bool:
    """Tell an inset that is a person's name."""
    return 2 <= len(inset) <= 4 and all(t.pos_ == "PROPN" and t.text[0].isupper() for t in inset)


def _say_of_person(subject: Span, inset: Span) -> str:
    """Return "Ann Lee is the club's coach." or "Ann Lee is a vet of X."; "" for any other inset.

    For "The club's coach, Ann Lee, said" only where the parser lost the subject, and for "Vet Ann Lee, of X, said".
    """
    head = subject.root
    owned = any(t.dep_ == "poss" for t in subject) or subject[0].lower_ == "the"
    if _names(inset) and head.pos_ == "NOUN" and owned and head.dep_ not in SUBJECT:
        phrase = subject.text if subject[0].pos_ == "PROPN" else f"{subject.text[:1].lower()}{subject.text[1:]}"
        return f"{inset.text} is {phrase}."
    name = subject[1:]
    role = subject[0].lower_
    called = role in PERSON_NOUNS and len(name) >= 2 and all(t.pos_ == "PROPN" for t in name)
    if called and inset[0].lower_ in ("of", "at"):
        return f"{name.text} is {'an' if role[0] in 'aeiou' else 'a'} {role} {inset.text}."
    return ""


def _say_clause(subject: Span, inset: Span) -> str:
    """Return what "which", "who" or "whose" tells, where the parser did not see the clause."""
    first = inset[0]
    seen = any(t.dep_ == "relcl" and is_finite(t) for t in inset)
    doubtful = seen or subject[-1].dep_ == "pobj"  # "a friend of Ann Lee, who ..."
    if doubtful or first.tag_ not in ("WDT", "WP", "WP$") or not any(t.tag_ in _FINITE for t in inset):
        return ""
    owner = f"{subject.text}'{'' if subject.text.endswith('s') else 's'}" if first.tag_ == "WP$" else subject.text
    return f"{owner} {inset[1:].text}."


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
    if first.lower_ == "the" and not any(t.tag_ in _FINITE or (t.lower_ == "of" and t.i == first.i + 2) for t in rest):
        return rest[0].ent_type_ == "ORDINAL" or rest[0].tag_ in ("JJS", "RBS")
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
