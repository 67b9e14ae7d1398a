"""Coordinated noun phrases of one proposition, spread over several where each is true or false by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, Word, token_indices
from factcheck.claims.inflect import Tense, inflect_verb
from factcheck.claims.members import find_others, goes_on, name_one_sort
from factcheck.claims.tree import AUXILIARY, is_order, is_plural_alone, list_conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# With these the members act as one: "A and B merged", "between A and B", "A and B together".
_COLLECTIVE_VERBS = frozenset(
    "merge meet agree differ compete collaborate cooperate combine marry divorce clash unite share exchange "
    "separate found co-found sign fight negotiate overlap coincide converge tie draw account total join form "
    "make".split()
)
_COLLECTIVE_WORDS = frozenset("together jointly combined between both respectively each among total another".split())
_SHARE_WORDS = frozenset("half third quarter total share majority most combined sum".split())
# "a lead in A, B and C" is a lead in each; "laws of A and B" need not be laws of each.
_JOINT_NOUNS = frozenset(
    "interaction combination mixture mix merger relationship relation difference gap balance war conflict agreement "
    "contest battle trade comparison link sum total range union alliance cooperation meeting blend series group pair "
    "number border distance help".split()
)
_FIELDS = frozenset("in on for into".split())
_UNITS = frozenset("second minute hour day week month year metre meter foot inch kilo gram pound ounce".split())
_FLOATED = frozenset("advmod det dep appos nsubj".split())
_POINTERS = frozenset({"this", "that", "these", "those"})
_MAX_DRAFTS = 8


def distribute(doc: Doc, draft: Draft) -> list[Draft]:
    """Return one draft per member of each coordination that can be spread, or the draft itself."""
    present = set(token_indices(draft.words))
    verb = doc[draft.head]
    if _says_one_thing(doc, verb, present):
        return [draft]
    sites = [site for site in _find_sites(doc, verb, present) if not goes_on(doc, site[-1])]
    if any(doc[i].lower_ in _SHARE_WORDS for i in present):
        sites = [site for site in sites if site[0].dep_ not in ("nsubj", "nsubjpass")]
    if not sites:
        return [draft]
    count = 1
    chosen: list[list[Token]] = []
    for site in sites[:2]:
        if count * len(site) <= _MAX_DRAFTS:
            chosen.append(site)
            count *= len(site)
    denied = {c.i for site in chosen for m in site for c in m.children if c.lower_ == "neither"}
    denied |= {c.i for c in verb.children if c.lower_ == "neither"}
    if len(chosen) > 1 and denied:
        return [draft]
    made = []
    for picks in product(*chosen):
        gone: set[int] = set()
        for site, pick in zip(chosen, picks, strict=True):
            gone |= find_others(site, pick, present)
        gone |= {c.i for c in verb.children if c.lower_ in ("all", "each") and c.dep_ in _FLOATED}
        words: tuple[Word, ...] = tuple(w for w in draft.words if not (isinstance(w, int) and w in gone))
        if denied:
            words = negate(doc, verb, tuple(w for w in words if w not in denied), plural=is_plural_alone(picks[0]))
        elif chosen and chosen[0][0].dep_ in ("nsubj", "nsubjpass", "appos") and not is_plural_alone(picks[0]):
            words = make_singular(doc, verb, words)
        made.append(replace(draft, words=words, rules=(*draft.rules, "coordination")))
    return made


def _says_one_thing(doc: Doc, verb: Token, present: set[int]) -> bool:
    """Tell an order, a joint act, and a list that the parser tangled with the verb or took for several objects."""
    if any(doc[i].lower_ == "from" and doc[i - 1].text == "," for i in present if i > verb.i):
        return True  # "for training and use, from cars to phones"
    floated = {c.i for c in verb.children if c.lower_ == "each" and c.i < verb.i}  # "A and B have each promised"
    if is_order(verb) or any(doc[i].lower_ in _COLLECTIVE_WORDS for i in present - floated):
        return True
    if any(c.dep_ == "conj" and c.i in present and c.pos_ in ("VERB", "AUX") for c in verb.children):
        return True
    return len([c for c in verb.children if c.dep_ == "dobj" and c.i in present]) > 1


def negate(doc: Doc, verb: Token, words: tuple[Word, ...], *, plural: bool) -> tuple[Word, ...]:
    """Return the clause denied, for one member of "neither A nor B"."""
    auxiliary = next((t for t in verb.children if t.dep_ in AUXILIARY and t.i in words), None)
    if auxiliary is not None or verb.lemma_ == "be":
        at = words.index(auxiliary.i if auxiliary is not None else verb.i)
        return (*words[: at + 1], "not", *words[at + 1 :])
    if verb.i not in words:
        return words
    at = words.index(verb.i)
    helper = "did" if verb.tag_ in ("VBD", "VBN") else "do" if plural else "does"
    return (*words[:at], helper, "not", verb.lemma_, *words[at + 1 :])


def make_singular(doc: Doc, verb: Token, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the clause with its finite verb in the singular ("A and B have" -> "A has")."""
    finite = next((t for t in doc if (t == verb or (t.head == verb and t.dep_ in AUXILIARY)) and t.i in words), None)
    if finite is None:
        return words
    forms = {"are": "is", "were": "was", "have": "has", "do": "does"}
    form = forms.get(finite.lower_, inflect_verb(finite.lemma_, Tense.PRESENT, plural=False))
    if finite.lower_ not in forms and finite.tag_ != "VBP":
        return words
    return tuple(form if w == finite.i else w for w in words)


def _find_sites(doc: Doc, verb: Token, present: set[int]) -> list[list[Token]]:
    """Return the coordinations in subject, object, attribute and agent position that may be spread."""
    sites = []
    for child in sorted(verb.children, key=lambda t: t.i):
        if child.i not in present:
            child = next((c for c in child.children if c.dep_ == "appos" and c.i in present), child)
        if child.i not in present:
            continue
        if whole := _find_parallel(child, verb, present):
            sites.append(whole)
            continue
        for head in _find_heads(child, verb, present):
            adjectives = _paired_adjectives(head, present)
            if adjectives and child.dep_ != "attr":
                sites.append(adjectives)
                continue
            members = [m for m in list_conjuncts(head) if m.i in present]
            shared = head.dep_ == "pobj" and child.dep_ != "agent" and _tells_amount(verb)
            if not shared and _may_spread(doc, verb, child, members, present):
                sites.append(members)
    return sites


def _find_parallel(child: Token, verb: Token, present: set[int]) -> list[Token]:
    """Return the members of a coordination of predicates: adjectives behind "be", prepositions, gerunds."""
    members = [m for m in list_conjuncts(child) if m.i in present]
    described = child.dep_ == "acomp" and len(members) > 1 and verb.lemma_ == "be"
    if described and (_is_and(members) or _is_but(members)) and all(m.pos_ == "ADJ" for m in members):
        return members
    infinite = child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VB" and len(members) > 1
    infinite = infinite and (child.dep_ == "xcomp" or any(c.lower_ == "to" for c in child.children))
    if infinite and all(m.tag_ == "VB" for m in members) and _is_and(members):
        return members  # "plans to close the road and build a park"
    repeated = [m for m in members if m.pos_ == "ADP"]
    if child.pos_ == "ADP" and len(repeated) > 1 and _is_and(repeated):
        return repeated
    return _find_gerunds(child, present)


def _find_heads(child: Token, verb: Token, present: set[int]) -> list[Token]:
    """Return the nouns of a subject, object or prepositional phrase that may open a coordination."""
    named = child.dep_ == "appos" and child.head.dep_ in ("nsubj", "nsubjpass") and child.head.i not in present
    heads = [child] if named or child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") else []
    if child.dep_ in ("agent", "prep") and child.i > verb.i:
        heads = [c for c in child.children if c.dep_ == "pobj"]
        if heads and len(list_conjuncts(heads[0])) < 2 and heads[0].lemma_.lower() not in _JOINT_NOUNS:
            whole = any(c.dep_ == "relcl" for c in heads[0].children)  # "the amount of mass and energy it has"
            nested = [p for p in heads[0].children if p.dep_ == "prep" and p.i in present and not whole]
            heads = [c for p in nested for c in p.children if c.dep_ == "pobj"] or heads
    if child.dep_ in ("dobj", "attr") and child.i > verb.i and len(list_conjuncts(child)) < 2:
        nested = [c for c in child.children if c.dep_ == "prep" and c.lower_ in _FIELDS and c.i in present]
        heads = [c for prep in nested for c in prep.children if c.dep_ == "pobj"] or heads
    if not (verb.lemma_ == "be" and child.dep_ == "attr"):  # a definition keeps its examples
        heads += [h for h in _find_examples(child, present) if h not in heads]
    return heads


def _find_gerunds(child: Token, present: set[int]) -> list[Token]:
    """Return "finding" and "training" of "is responsible for finding and training staff"."""
    preps = (
        [child] if child.dep_ == "prep" else [c for c in child.children if c.dep_ == "prep" and child.dep_ == "acomp"]
    )
    for prep in preps:
        for clause in prep.children:
            members = list_conjuncts(clause) if clause.dep_ == "pcomp" and clause.tag_ == "VBG" else []
            if len(members) > 1 and all(m.tag_ == "VBG" and m.i in present for m in members) and _is_and(members):
                return members
    return []


def _paired_adjectives(noun: Token, present: set[int]) -> list[Token]:
    """Return "primary" and "middle" of "primary and middle schools", which are schools of two sorts."""
    if noun.tag_ not in ("NNS", "NN") or len(list_conjuncts(noun)) > 1:
        return []
    for child in noun.children:
        members = list_conjuncts(child) if len(list_conjuncts(child)) > 1 else _list_siblings(child)
        compared = all(m.tag_ == "JJR" or any(c.lower_ == "more" for c in m.children) for m in members)
        fits = compared if noun.tag_ == "NN" else all(m.tag_ == "JJ" for m in members)
        plain = child.dep_ == "amod" and len(members) > 1 and fits and all(m.i in present for m in members)
        if plain and _is_and(members) and all(m.i < noun.i for m in members):
            return members
    return []


def _list_siblings(adjective: Token) -> list[Token]:
    """Return "warmer" and "consistent" of "warmer and more consistent weather", which hang on the noun alike."""
    joint = next((c for c in adjective.children if c.dep_ == "cc"), None)
    after = [c for c in adjective.head.children if c.dep_ == "amod" and c.i > adjective.i]
    fits = joint is not None and adjective.dep_ == "amod" and after and after[0].left_edge.i == joint.i + 1
    return [adjective, after[0]] if fits else [adjective]


def _find_examples(token: Token, present: set[int]) -> list[Token]:
    """Return the first of several examples ("such as rubber, oil and tin") that are things, not names."""
    found = []
    for prep in token.subtree:
        such = prep.lower_ == "as" and prep.i > 0 and prep.nbor(-1).lower_ == "such"
        if prep.i not in present or not (such or (prep.lower_ == "including" and prep.dep_ == "prep")):
            continue
        sorts = ("NOUN", "PROPN") if token.head.lemma_ == "include" else ("NOUN",)
        found += [c for c in prep.children if c.dep_ == "pobj" and c.pos_ in sorts and len(list_conjuncts(c)) > 1]
    return found[:1]


def _is_and(members: list[Token]) -> bool:
    coordinators = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
    return bool(coordinators) and not coordinators - {"and", "&"}


def _is_but(members: list[Token]) -> bool:
    """Tell "small but old" from "not small but old"."""
    coordinators = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
    denied = any(c.dep_ == "neg" for m in (*members, members[0].head) for c in m.children)
    return coordinators == {"but"} and not denied and not any(c.lower_ == "only" for c in members[0].children)


def _may_spread(doc: Doc, verb: Token, child: Token, members: list[Token], present: set[int]) -> bool:
    if len(members) < 2:
        return False
    coordinators = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
    if not coordinators or coordinators - {"and", "nor", "&"}:
        return False
    if any(m.pos_ not in ("NOUN", "PROPN") for m in members) or all(m.lemma_ in _UNITS for m in members):
        return False
    if members[0].dep_ == "attr" and not name_one_sort(members):
        return False  # "a stage, television and film actor"
    if "&" in coordinators and all(m.pos_ == "PROPN" for m in members):
        return False  # one name
    places = all(m.ent_type_ in ("GPE", "LOC") for m in members) and child.dep_ == "prep" and child.lower_ == "in"
    if len(members) > 2 and all(m.pos_ == "PROPN" for m in members) and verb.lemma_ != "include" and not places:
        return False  # a list of names says one thing
    ranged = any(c.lower_ == "from" for c in child.head.children) and not all(m.ent_type_ == "GPE" for m in members)
    if child.pos_ == "ADP" and (verb.lemma_ == "be" or ranged):
        return False  # "is about A and B"; "from A to B and C"
    if len({m.pos_ for m in members}) > 1 and any(c.dep_ == "nummod" for c in members[-1].children):
        return False  # "a plant in Hull and 40 workers"
    if any(c.dep_ == "det" and c.lower_ in _POINTERS for c in members[0].children):
        return False  # "these elements and processes"
    subject = child.dep_ in ("nsubj", "nsubjpass")
    if subject and verb.lemma_.lower() in _COLLECTIVE_VERBS:
        return False
    if subject and any(c.dep_ in ("attr", "acomp") and c.pos_ == "NOUN" and c.tag_ == "NNS" for c in verb.children):
        return False
    return not any(c.dep_ in ("relcl", "acl") and c.i in present for c in members[-1].children)


def _tells_amount(verb: Token) -> bool:
    """Tell a verb that says how much of something there is, which several purposes or places then share."""
    told = [c for c in verb.children if c.dep_ in ("dobj", "attr") and c.i > verb.i]
    return any(c.dep_ == "nummod" and c.lower_ not in ("one", "1") for t in told for c in t.children)
