"""Which stretches of a sentence say something by themselves: a rule by name for each, from the dependency tree.

Nothing is rewritten here; ``split`` does that with what is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.adverbial import PREPOSITION_LIKE, find_adverbial_rule
from factcheck.claims.inflect import is_past_form
from factcheck.claims.loose import is_loose
from factcheck.claims.people import PERSON_NOUNS
from factcheck.claims.possession import find_absolute, opens_with_size, tells_possession
from factcheck.claims.tree import (
    AUXILIARY,
    SUBJECT,
    collect_subtree,
    find_quote_signs,
    find_subject,
    is_finite,
    is_plural,
    is_verbal,
    left_comma,
    list_conjuncts,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_MANNER = frozenset("usually typically often mostly mainly chiefly especially particularly partly about".split())
_SUBORDINATORS = frozenset("once if when because until since before after unless".split())
_PARTS = frozenset("these those them".split())
_DETACHED = frozenset("ccomp parataxis advcl relcl acl appos amod prep".split())


def find_rule(token: Token, verb: Token) -> str:
    """Return the rule by which the subtree of ``token`` becomes a claim of its own, "" for none."""
    dep = token.dep_
    if dep == "conj":
        return _conj_rule(token, verb)
    if dep not in _DETACHED or _inside_name(token):
        return ""
    if dep in ("ccomp", "parataxis") and token.head == verb and is_finite(token) and find_subject(token):
        return "parataxis" if is_loose(token) else ""
    if dep == "advcl":
        return find_adverbial_rule(token)
    if dep in ("relcl", "acl") and token.head.dep_ == "attr" and token.head.head == verb and adds_to_noun(token):
        return "of_predicate"
    if dep == "relcl":
        return "relative" if is_nonrestrictive(token) else ""
    if dep == "appos":
        return _appos_rule(token)
    if dep == "acl" and left_comma(token) and token.tag_ in ("VBN", "VBG") and token.i > token.head.i:
        return "" if token.lower_ in PREPOSITION_LIKE else "participle_of_noun"
    if dep in ("amod", "acl") and token.i > token.head.i and left_comma(token) and _is_set_off(token):
        return "modifier"
    return _with_rule(token, verb) if dep == "prep" else ""


def _with_rule(token: Token, verb: Token) -> str:
    if token.lower_ != "with":
        return ""
    if opens_with_size(token, verb):
        return "with_possession"
    if not left_comma(token):
        return ""
    if find_absolute(token):
        return "with_clause"
    return "with_possession" if tells_possession(token, verb) else ""


def _inside_name(token: Token) -> bool:
    """Tell whether the sign before a stretch stands inside a short quotation, which is a title and stays whole."""
    quotes = find_quote_signs(token.doc)
    if not quotes:
        return False
    at = token.left_edge.i - 1
    return any(a < at < b and b - a <= 9 for a, b in zip(quotes[::2], quotes[1::2], strict=False))


def _conj_rule(token: Token, verb: Token) -> str:
    head = token.head
    if token.left_edge.tag_ in ("WP", "WRB", "WDT") or any(c.lower_ in ("neither", "either") for c in head.children):
        return ""
    if token.doc[token.left_edge.i].lower_ in _SUBORDINATORS:
        return ""  # "once the fever is gone", which the parser coordinated with the main clause
    if head.i not in {m.i for m in list_conjuncts(verb)}:
        return "clause" if find_subject(token) and is_finite(token) and is_verbal(head) and is_finite(head) else ""
    if token.tag_ == "VBD" and find_subject(token) is None and not is_past_form(token.text):
        return ""  # a noun that the tagger took for a verb
    auxiliary = any(c.dep_ in AUXILIARY for c in (*token.children, *head.children))
    reduced = head.tag_ == "VBN" and head.dep_ in ("acl", "advcl")  # "directed by X and starring Y"
    if token.tag_ == "VBG" and head.tag_ != "VBG" and not auxiliary and not reduced and find_subject(token) is None:
        return ""  # "papers, patents and startup funding"
    if is_verbal(token):
        return "conjunct"
    # "is A and B" where B is no verb stays with its verb
    return ""


def adds_to_noun(clause: Token) -> bool:
    """Tell a clause that says something new of an indefinite noun ("a programme launched in 2018")."""
    noun = clause.head
    restated = noun.dep_ == "attr" and left_comma(noun)  # "is long, a feature shared by none"
    if clause.i < noun.i or restated or not any(c.lower_ in ("a", "an") for c in noun.children if c.dep_ == "det"):
        return False
    if clause.dep_ == "acl":
        return clause.tag_ == "VBN" and clause.lower_ not in PREPOSITION_LIKE
    first = next((t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$") or t.lower_ == "that"), None)
    if first is None or not is_finite(clause):
        return False
    bearer = first.head if first.tag_ == "WP$" else first  # "an artist whose career has spanned decades"
    return bearer.dep_ in SUBJECT and bearer.head == clause


def is_nonrestrictive(token: Token) -> bool:
    """Tell a relative clause that adds something from one that says which thing is meant."""
    if not is_finite(token):
        return False
    first = token.doc[token.left_edge.i]
    if first.lower_ == "that":
        return False
    return left_comma(token)


def _appos_rule(token: Token) -> str:
    if not left_comma(token) or token.i < token.head.i:
        return ""
    before = token.doc[token.left_edge.i - 1].text
    head = token.head
    if before == ":" or _is_list_member(token) or _is_misread(token):
        return ""
    if token.left_edge.lower_ in _MANNER:
        return "parenthesis"
    if token.ent_type_ in ("GPE", "LOC") and head.ent_type_ in ("GPE", "LOC", "FAC", "PERSON"):
        return "parenthesis" if before == "(" else ""
    if before == "(" and all(len(t.text) == 4 for t in token.subtree if t.text.isdigit()) and _is_years(token):
        return ""  # "the Act (2022)", "Ann Moor (1997–2001)"
    if is_one_of(token):
        return "apposition"
    if token.pos_ == "NUM" or (token.like_num and token.ent_type_ != "MONEY"):
        return "age" if _is_age(token) else ("parenthesis" if before == "(" else "")
    if before == "(":
        return "parenthesis"
    if token.lower_ in ("those", "these", "that") or _is_part_of(token):
        return ""
    if head.like_num or head.ent_type_ in ("DATE", "TIME"):
        return ""
    if token.ent_type_ in ("DATE", "TIME") or token.lower_ in ("each", "both", "all", "half", "most", "many"):
        return ""
    return "apposition" if token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") else ""


def is_one_of(token: Token) -> bool:
    """Tell "one of the largest firms" behind a name, which is said of it, from a member of a group that is counted."""
    of = [c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    definite = bool(of) and any(c.dep_ in ("det", "poss") and c.lower_ not in _PARTS for c in of[0].children)
    head = token.head
    return token.lower_ == "one" and definite and not is_plural(head) and head.pos_ in ("PROPN", "NOUN")


def _is_years(token: Token) -> bool:
    """Tell a year or a span of years from anything else."""
    return any(c.isdigit() for c in token.text) and all(
        t.is_punct or t.text.replace("–", "").replace("-", "").isdigit() for t in token.subtree
    )


def _is_part_of(token: Token) -> bool:
    """Tell "the last of them revised in 1950", which says something of one of several."""
    preps = [c for c in token.children if c.lower_ == "of"]
    return any(c.lower_ in ("them", "it", "which", "whom", "these") for p in preps for c in p.children)


def _is_list_member(token: Token) -> bool:
    """Tell a list that the parser took for an apposition ("Alibaba, Tencent, and Baidu")."""
    head = token.head
    if token.pos_ != head.pos_ or token.left_edge.pos_ == "DET":
        return False
    later = token.doc[token.i + 1 :]
    joined = any(c.dep_ == "conj" for c in token.children) or any(
        c.dep_ in ("conj", "appos") and c != token and c.i > head.i for c in head.children
    )
    return joined and any(t.lower_ in ("and", "or") and t.i - token.i <= 8 for t in later)


def _is_thing_of(token: Token) -> bool:
    """Tell "a work that had been missing" behind the name of a person, of whom "that" is not said."""
    thing = any(c.dep_ == "relcl" and c.doc[c.left_edge.i].lower_ in ("that", "which") for c in token.children)
    return thing and token.head.ent_type_ == "PERSON"


def find_bearer(token: Token) -> Token | None:
    """Return the picture of "the picture by Ann Lee, a work that was lost": what the apposition describes."""
    person = token.head
    while person.dep_ == "appos":
        person = person.head
    prep = person.head
    if not _is_thing_of(token) or person.dep_ != "pobj" or prep.lower_ not in ("by", "of", "from"):
        return None
    owner = prep.head
    if owner.pos_ in ("NOUN", "PROPN"):
        return owner
    return next((c for c in owner.children if c.dep_ == "dobj"), None)


def _is_misread(token: Token) -> bool:
    """Tell what no apposition is like: a second person or place after a comma, a name after a plural without "the"."""
    head = token.head
    if (_is_thing_of(token) and find_bearer(token) is None) or head.lemma_ in ("time", "moment", "same"):
        return True
    both = token.pos_ == head.pos_ == "PROPN"
    titled = token.ent_type_ == "PERSON" or any(t.lemma_.lower() in PERSON_NOUNS for t in (token, head))
    single = token.left_edge == token
    if both and (single or not titled) and all(c.dep_ in ("compound", "punct") for c in token.children):
        return True
    if both and token.ent_type_ == head.ent_type_ == "PERSON":
        return True
    if both and any(c.dep_ == "conj" for c in token.children):
        return True  # "Singles, The Talk and The Night Manager"
    if any(c.dep_ == "acl" and c.lower_ == "being" for c in token.children):
        return True  # "the last being Ann Lee"
    bare = not any(c.dep_ in ("det", "poss", "nummod", "amod") for c in head.children)
    undetermined = not any(c.dep_ in ("det", "poss", "nummod") for c in head.children)
    far = token.left_edge.i - head.i > 2
    return token.pos_ == "PROPN" and ((head.tag_ == "NNS" and bare) or (head.tag_ == "NN" and undetermined and far))


def _is_age(token: Token) -> bool:
    return (
        token.head.pos_ == "PROPN"
        and token.text.isdigit()
        and int(token.text) < 120
        and (token.head.ent_type_ == "PERSON" or token.head.ent_type_ == "")
    )


def _is_set_off(token: Token) -> bool:
    """Tell an adjective between commas after its noun ("the wall, 48 metres high, ...")."""
    last = token.right_edge.i
    closed = last + 1 >= len(token.doc) or token.doc[last + 1].is_punct
    noun = token.head
    fits = token.pos_ in ("ADJ", "VERB") and token.tag_ != "VBG" and closed and token.left_edge.lower_ not in _MANNER
    placed = noun.dep_ in SUBJECT or noun.pos_ == "PROPN"
    placed = placed or (noun.i == token.left_edge.i - 2 and any(c.dep_ == "prep" for c in token.children))
    return fits and placed and noun.pos_ in ("NOUN", "PROPN")


def measure_extent(token: Token, rule: str) -> set[int]:
    """Return what is taken out with ``token``: its subtree, the sign before it, its conjunction."""
    doc = token.doc
    taken = collect_subtree(token)
    first, last = min(taken), max(taken)
    if rule in ("conjunct", "clause"):
        for left in token.head.children:
            if left.dep_ in ("cc", "punct", "preconj") and left.i < token.i and left.i > token.head.i:
                taken.add(left.i)
        if first > 1 and doc[first - 1].dep_ == "cc" and not taken & {first - 1}:
            taken.add(first - 1)  # a conjunction that the parser hung on the phrase before it
    if first > 0 and doc[first - 1].text in (",", "–", "—", "-", ":", ";", "("):
        taken.add(first - 1)
    if last + 1 < len(doc) and doc[last + 1].text in (",", "–", "—", "-", ")", ";"):
        taken.add(last + 1)
    return taken


def find_described(token: Token) -> set[int]:
    """Return "Its two rivals" of "Its two rivals, Lumen and Facet," which the names after it can stand for."""
    noun = token.head
    definite = any(c.dep_ == "poss" or c.lower_ in ("the", "his", "her", "its", "their") for c in noun.children)
    if token.pos_ != "PROPN" or noun.pos_ != "NOUN" or not definite or noun.dep_ == "pobj":
        return set()
    appositive = collect_subtree(token)
    taken = collect_subtree(noun) - appositive
    taken = {i for i in taken if i < min(appositive) or token.doc[i].text == ","}
    while len(appositive) > 1 and token.doc[max(appositive)].text == ",":
        taken.add(max(appositive))
        appositive.discard(max(appositive))
    after = max(appositive) + 1
    if after < len(token.doc) and token.doc[after].text == ",":
        taken.add(after)
    return taken if all(token.doc[i].dep_ not in ("relcl", "conj") for i in taken) else set()
