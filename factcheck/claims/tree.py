"""Questions that splitting asks of a dependency tree: subtrees, subjects, number, tense. Pure reads of a parsed text.

Labels are those of spaCy's English models (ClearNLP style: ``nsubj``, ``dobj``, ``relcl``, ``appos`` ...).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
AUXILIARY = frozenset({"aux", "auxpass"})
_WEATHER = frozenset("rain snow take happen turn".split())
# "It was agreed to ...", "it is thought that ..."
_IMPERSONAL = frozenset(
    "say think believe expect know report estimate note understand agree decide resolve hope propose suggest announce "
    "argue assume confirm intend rumour".split()
)
_FIGHTS = frozenset("battle fight slug tough stick sit wait thrash have duke".split())
_OCCASIONS = frozenset("time day night year visit trip attempt turn".split())
_PLURAL_WORDS = frozenset(
    "they we these those many several few both some most two three four five six seven eight nine ten eleven twelve "
    "hundreds thousands millions billions people others half".split()
)
_SINGULAR_NAMES = frozenset({"United", "Nations", "States", "Netherlands", "Philippines"})


def collect_subtree(token: Token) -> set[int]:
    """Return the indices of the token and all below it."""
    return {t.i for t in token.subtree}


def find_quote_signs(doc: Doc) -> list[int]:
    """Return the tokens that are quotation marks; found once a sentence, as every clause asks for them."""
    known = doc.user_data.get("quote_signs")
    if known is None:
        known = doc.user_data["quote_signs"] = [t.i for t in doc if t.text == '"']
    return list(known)


def find_root(doc: Doc) -> Token | None:
    """Return the head of the sentence."""
    return next((t for t in doc if t.dep_ == "ROOT"), None)


def is_name(pointer: Token) -> bool:
    """Tell the "This" of a name ("This Mortal Coil") from one that points."""
    words = pointer.doc[pointer.i + 1 : pointer.head.i + 1]
    return (
        pointer.text[0].isupper() and len(words) > 1 and all(t.pos_ == "PROPN" and t.text[0].isupper() for t in words)
    )


def stands_in_title(token: Token) -> bool:
    """Tell a pronoun of a title within a sentence, written with capitals throughout ("I Feel for You", "My Way")."""
    if token.pos_ not in ("PRON", "DET") or not token.text[0].isupper() or token.i + 1 >= len(token.doc):
        return False
    following = token.doc[token.i + 1]
    if not (following.is_alpha and following.text[0].isupper()):
        return False
    if token.text == "I":
        return bool(following.pos_ != "PROPN")
    return token.i > 0 and str(token.doc[token.i - 1].text)[-1].isalnum()


def find_subject(verb: Token) -> Token | None:
    """Return the subject of a verb, the real one before an expletive "there" or "it"."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECT]
    before = [c for c in subjects if c.i < verb.i and c.dep_ != "expl"]
    return (before or subjects or [None])[0]


def is_finite(verb: Token) -> bool:
    """Tell whether a verb or its auxiliary carries tense."""
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    if any(c.dep_ in AUXILIARY and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children):
        return True
    # A past tense that the tagger took for a participle: it has an active subject and no auxiliary.
    roles = {c.dep_ for c in verb.children}
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBD" and not roles & AUXILIARY:
        return not any(c.dep_ in AUXILIARY for c in verb.head.children)  # "sued and lost"
    return verb.tag_ == "VBN" and verb.dep_ in ("ROOT", "ccomp") and "nsubj" in roles and not roles & AUXILIARY


def is_corrected(token: Token) -> bool:
    """Tell "is not just about A" before "it's about B": the second half says what the first leaves open."""
    subject = find_subject(token.head)
    denied = token.lemma_ == "be" and any(c.dep_ == "neg" for c in token.children)
    return denied and token.head.lemma_ == "be" and subject is not None and subject.pos_ in ("PRON", "DET")


def is_order(verb: Token) -> bool:
    """Tell an imperative: the base form at the head of the sentence, with neither subject nor auxiliary but "do"."""
    if verb.tag_ != "VB" or verb.dep_ != "ROOT" or find_subject(verb) is not None:
        return False
    return all(c.lower_ in ("do", "n't", "not") for c in verb.children if c.dep_ in AUXILIARY)


def is_verbal(token: Token) -> bool:
    """Tell whether a token heads a predicate."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ in SUBJECT for c in token.children)


def find_tense(verb: Token) -> Tense:
    """Return the tense that a clause made from a dependent of ``verb`` should have."""
    finite = [t for t in [*verb.children, verb] if (t.dep_ in AUXILIARY or t is verb or t == verb)]
    for token in sorted(finite, key=lambda t: t.i):
        if token.tag_ == "VBD":
            return Tense.PAST
        if token.tag_ in ("VBZ", "VBP", "MD"):
            return Tense.PRESENT
    if verb.head is not verb and verb.dep_ in ("conj", "xcomp", "advcl", "ccomp") and verb.head != verb:
        return find_tense(verb.head)
    return Tense.PRESENT


def is_perfect(verb: Token) -> bool:
    """Tell whether the verb is in a perfect tense ("has been listed")."""
    return any(c.dep_ in AUXILIARY and c.lemma_ == "have" for c in verb.children)


def is_progressive(verb: Token) -> bool:
    """Tell whether the verb is in the progressive ("is expanding")."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)


def is_plural(noun: Token) -> bool:
    """Tell whether a noun phrase is plural: its form, a coordination with "and", or a number word."""
    if any(c.dep_ == "conj" for c in noun.children) and any(
        c.dep_ == "cc" and c.lower_ in ("and", "&") for c in noun.children
    ):
        return True
    return is_plural_alone(noun)


def is_plural_alone(noun: Token) -> bool:
    """Tell whether a noun is plural by itself, whatever it is coordinated with."""
    if noun.ent_type_ in ("ORG", "GPE", "PERSON", "PRODUCT", "WORK_OF_ART") and noun.pos_ == "PROPN":
        return False
    if noun.lower_ in _PLURAL_WORDS:
        return True
    if any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children):
        return noun.lower_ in ("number", "majority", "lot") and any(c.lower_ == "of" for c in noun.children)
    if noun.tag_ in ("NNS", "NNPS") and noun.text not in _SINGULAR_NAMES:
        return True
    if noun.pos_ == "NUM" and noun.lower_ not in ("one", "1"):
        return True
    return noun.lower_ in ("all", "number", "majority") and any(c.lower_ == "of" for c in noun.children)


def agrees_plural(verb: Token, noun: Token | None) -> bool:
    """Tell whether the subject of ``verb`` is plural, by the verb's own form where that shows it."""
    for token in sorted([*[c for c in verb.children if c.dep_ in AUXILIARY], verb], key=lambda t: t.i):
        if token.lower_ in ("is", "was", "has", "does", "'s", "’s"):
            return False
        if token.lower_ in ("are", "were", "have", "do"):
            return True
        if token.tag_ == "VBZ":
            return False
        if token.tag_ == "VBP":
            return True
    return noun is not None and is_plural(noun)


def left_comma(token: Token) -> bool:
    """Tell whether a comma, dash, colon or bracket stands right before the subtree of ``token``."""
    first = token.left_edge.i
    return first > 0 and token.doc[first - 1].text in (",", "–", "—", "-", "--", "(", ":", ";")


def list_conjuncts(token: Token) -> list[Token]:
    """Return the members of the coordination that ``token`` opens, itself first."""
    members, queue = [token], [token]
    while queue:
        current = queue.pop()
        for child in current.children:
            if child.dep_ == "conj":
                members.append(child)
                queue.append(child)
    return sorted(members, key=lambda t: t.i)


def words_of_member(members: list[Token], at: int) -> set[int]:
    """Return the tokens of one member of a coordination, without the later members and the conjunction."""
    words = collect_subtree(members[at])
    for later in members[at + 1 :]:
        words -= collect_subtree(later)
    return words - {c.i for c in members[at].children if c.dep_ == "cc"}


def trim_punctuation(doc: Doc, indices: set[int]) -> set[int]:
    """Return the indices without signs at either end."""
    kept = sorted(indices)
    while kept and doc[kept[0]].is_punct and doc[kept[0]].text not in ('"', "“", "(", "‘", "'"):
        kept.pop(0)
    while kept and doc[kept[-1]].is_punct and doc[kept[-1]].text not in ('"', "”", ")", "’", "'", "%"):
        kept.pop()
    return set(kept)


def is_idle_object(token: Token) -> bool:
    """Tell the "it" of a set phrase ("made it to the final", "battle it out") and of an act ("enjoyed doing it")."""
    verb = token.head
    if token.dep_ != "dobj":
        return False
    out = any(c.dep_ == "prt" and c.lower_ in ("out", "up") for c in verb.children) and verb.lemma_ in _FIGHTS
    made = verb.lemma_ == "make" and not any(c.dep_ in ("ccomp", "oprd", "xcomp", "acomp") for c in verb.children)
    return out or made or verb.lemma_ == "do"


def is_expletive(token: Token) -> bool:
    """Tell "it is clear that", "it seems", "it was raining", "it takes" from an "it" that stands for something."""
    if token.lower_ != "it":
        return False
    verb = token.head
    following = token.doc[token.i + 1 : token.i + 3]
    if len(following) == 2 and following[0].pos_ == "ADJ" and following[1].lower_ in ("to", "that", "for"):
        return True  # "finds it hard to believe"
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if verb.lemma_ in ("seem", "appear", *_WEATHER) and any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return True
    later = [c for c in verb.children if c.i > verb.i]
    clause = any(c.dep_ in ("ccomp", "csubj", "xcomp", "relcl", "advcl") for c in later) or any(
        g.dep_ in ("relcl", "xcomp", "ccomp") for c in later for g in c.children
    )
    occasion = any(c.dep_ == "attr" and c.lemma_ in _OCCASIONS for c in later)
    if verb.lemma_ == "be" and occasion:
        return True  # "it was his first time on the jet"
    predicate = any(c.dep_ in ("acomp", "attr", "oprd") for c in later)
    if verb.lemma_ == "be" and clause and predicate:
        return True
    cleft = any(c.dep_ == "relcl" and c.i > verb.i for c in verb.children)
    if cleft or (verb.lemma_ == "be" and any(t.lower_ == "that" for t in token.doc[verb.i + 2 : verb.i + 5])):
        return True
    that = any(g.dep_ == "mark" and g.lower_ == "that" for c in later if c.dep_ == "ccomp" for g in c.children)
    return token.dep_ == "nsubjpass" and (that or verb.lemma_ in _IMPERSONAL)
