"""One sentence to its propositions, by its dependency tree.

Detached into claims of their own: coordinated predicates (shared subject, auxiliary and opening adverbials carried
over), non-restrictive relative clauses, appositions, participial clauses, "with X doing Y", contrastive "while"
clauses, reported speech. Kept whole: conditionals, comparisons, restrictive relative clauses, causes and times.
The idea of clause-by-clause rewriting follows Del Corro and Gemulla, "ClausIE" (WWW 2013); the rules here are our own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.adverbial import CONTRAST, find_setting
from factcheck.claims.apposition import clauses_of_person, find_described_noun, make_indefinite, name_each, says_little
from factcheck.claims.asserted import find_asserted_acts, find_asserted_clauses
from factcheck.claims.carry import (
    Frame,
    date_like,
    find_lead,
    find_shared_objects,
    inflect_draft,
    share_auxiliaries,
    shares_opening,
)
from factcheck.claims.coordinate import distribute
from factcheck.claims.detach import (
    adds_to_noun,
    find_described,
    find_rule,
    is_nonrestrictive,
    measure_extent,
)
from factcheck.claims.draft import Draft, Word
from factcheck.claims.examples import spread_examples
from factcheck.claims.inflect import Tense, inflect_be
from factcheck.claims.openers import find_openers
from factcheck.claims.possession import find_absolute, make_possessions
from factcheck.claims.presupposed import find_presupposed
from factcheck.claims.relative import fill_pronoun, find_person
from factcheck.claims.speech import find_reported, strip_source
from factcheck.claims.tails import drop_tail
from factcheck.claims.tree import (
    AUXILIARY,
    SUBJECT,
    agrees_plural,
    collect_subtree,
    find_subject,
    find_tense,
    is_expletive,
    is_finite,
    is_plural,
    is_plural_alone,
    is_verbal,
    left_comma,
    list_conjuncts,
    trim_punctuation,
    words_of_member,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAX_DEPTH = 8


def split_sentence(doc: Doc) -> list[Draft]:
    """Return the propositions of a parsed sentence in the order in which they are said; empty for a question.

    A sentence without a predicate gives none.
    """
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or _is_question(doc):
        return []
    if doc[0].lower_ == "because" and doc[0].dep_ == "mark" and doc[0].head == root:
        return [d.with_rule("because") for d in _Splitter(doc, {0}).expand(root, Frame(), ("sentence",), 0)]
    dropped, source = strip_source(doc)
    dropped |= find_openers(doc)
    if not is_verbal(root) and not any(t.dep_ in SUBJECT and t.head == root for t in doc):
        kept = tuple(t.i for t in doc if t.i not in dropped)
        return [Draft(kept, root.i, ("whole",), source)]
    splitter = _Splitter(doc, dropped)
    drafts = splitter.expand(root, Frame(), ("sentence",), 0)
    drafts = [piece for draft in drafts for whole in spread_examples(doc, draft) for piece in distribute(doc, whole)]
    drafts = [whole for draft in drafts for whole in spread_examples(doc, draft)]
    drafts = [made for draft in drafts for made in (*drop_tail(doc, draft), draft)]
    drafts += find_presupposed(doc, dropped)
    for word, mark, clause in find_asserted_clauses(doc):
        made = _Splitter(doc, dropped | {mark.i}).expand(clause, Frame(), (f"asserted {word}",), 1)
        drafts += [d for d in made if d.rules[-1].startswith("asserted")]
    for gerund, verb, form in find_asserted_acts(doc):
        subject = find_subject(verb)
        name = tuple(sorted(trim_punctuation(doc, collect_subtree(subject) - dropped))) if subject is not None else ()
        said = (form if i == gerund.i else i for i in sorted(collect_subtree(gerund)))
        drafts.append(Draft((*name, *said), gerund.i, ("asserted act",)))
    drafts += splitter.introduce_subject(root)
    drafts.sort(key=lambda d: d.head)
    about: list[Draft] = []
    if source:
        beside = _Splitter(doc, set())
        for token in doc:
            rule = beside.rule_at(token) if token.i in dropped and token.head.i in source else ""
            if rule in ("relative", "apposition"):
                about += beside.run(rule, token)
    if source:
        drafts = [replace(d, attribution=d.attribution or source, rules=(*d.rules, "according_to")) for d in drafts]
    return [*about, *drafts]


def _is_question(doc: Doc) -> bool:
    return bool(doc.text.rstrip("\"'”’) ").endswith("?"))


class _Splitter:
    """Expands a predicate into drafts; ``dropped`` tokens appear in none."""

    def __init__(self, doc: Doc, dropped: set[int]) -> None:
        self._doc = doc
        self._dropped = dropped

    def expand(self, verb: Token, frame: Frame, rules: tuple[str, ...], depth: int) -> list[Draft]:
        """Return the draft of the clause of ``verb`` and those of everything detached from it."""
        if depth > _MAX_DEPTH:
            return []
        reported = find_reported(verb, frame.subject_token)
        if reported:
            return self._expand_reported(verb, reported, frame, rules, depth)
        tree = collect_subtree(verb) - self._dropped
        detached: set[int] = set()
        jobs: list[tuple[str, Token]] = []
        for token in sorted((t for t in verb.subtree if t.i in tree), key=lambda t: t.i):
            if token.i in detached or token == verb:
                continue
            rule = find_rule(token, verb)
            if not rule:
                continue
            jobs.append((rule, token))
            if rule == "apposition" and find_described(token):
                continue
            detached |= measure_extent(token, rule)
        detached |= {i for rule, token in jobs if rule == "apposition" for i in find_described(token)}
        body = tree - detached
        subject = find_subject(verb)
        subject_words, inherited = self._subject_words(subject, body, frame)
        frame_out = self._frame_for_conjuncts(verb, subject, subject_words, body, frame)
        body |= find_shared_objects(verb, jobs) - self._dropped
        drafts = self._main_draft(verb, body, frame if inherited else Frame(), rules)
        for rule, token in jobs:
            drafts += self._run(rule, token, verb, frame_out, depth + 1)
        return drafts

    def introduce_subject(self, verb: Token) -> list[Draft]:
        """Return what a dated clause tells of an indefinite subject ("A colony set up in 2011 failed")."""
        subject = find_subject(verb)
        if subject is None or subject.pos_ not in ("NOUN", "PROPN"):
            return []
        made: list[Draft] = []
        for clause in subject.children:
            dated = any(t.ent_type_ == "DATE" for t in clause.subtree)
            told = clause.dep_ == "acl" or find_tense(clause) is Tense.PAST
            if clause.dep_ in ("relcl", "acl") and not left_comma(clause) and dated and told and adds_to_noun(clause):
                name = tuple(i for i in self._antecedent(subject) if not isinstance(i, int) or i < clause.left_edge.i)
                words = tuple(subject.left_edge.i if w == "the" else w for w in name)
                made += self._expand_of_predicate(clause, verb, Frame(words, subject), 1)
        return [d.with_rule("introduced") for d in made]

    def rule_at(self, token: Token) -> str:
        """Return the rule for ``token`` seen from its own head."""
        return find_rule(token, token.head)

    def run(self, rule: str, token: Token) -> list[Draft]:
        """Return the drafts of one detached stretch."""
        return self._run(rule, token, token.head, Frame(), 1)

    # -- what is made -----------------------------------------------------------------------------------------------

    def _subject_words(self, subject: Token | None, body: set[int], frame: Frame) -> tuple[tuple[Word, ...], bool]:
        if subject is None:
            return frame.subject, bool(frame.subject)
        return self._phrase(subject, body), False

    def _phrase(self, token: Token, within: set[int] | None = None) -> tuple[Word, ...]:
        indices = collect_subtree(token) - self._dropped
        if within is not None:
            indices &= within
        return tuple(sorted(trim_punctuation(self._doc, indices)))

    def _frame_for_conjuncts(
        self, verb: Token, subject: Token | None, words: tuple[Word, ...], body: set[int], frame: Frame
    ) -> Frame:
        first = min((w for w in words if isinstance(w, int)), default=verb.i) if subject is not None else verb.i
        lead = find_lead(self._doc, verb, first, body)
        auxiliaries = tuple(
            c.i for c in sorted(verb.children, key=lambda t: t.i) if c.dep_ in (*AUXILIARY, "neg") and c.i < verb.i
        )
        return Frame(
            words or frame.subject, subject or frame.subject_token, lead or frame.lead, auxiliaries or frame.auxiliaries
        )

    def _main_draft(self, verb: Token, body: set[int], frame: Frame, rules: tuple[str, ...]) -> list[Draft]:
        kept = trim_punctuation(self._doc, body)
        if not kept or (find_subject(verb) is None and not frame.subject and rules[-1] != "sentence"):
            return []
        silent = not is_finite(verb) and verb.tag_ != "VB" and not any(is_finite(self._doc[i]) for i in kept)
        if silent and rules == ("sentence",) and not frame.subject:
            return []
        if verb.tag_ in ("VBD", "VBZ") and verb.dep_ == "ROOT" and find_subject(verb) is None and not frame.subject:
            return []
        words: tuple[Word, ...] = tuple(sorted(kept))
        if frame.subject:
            words = (*frame.lead, *frame.subject, *share_auxiliaries(self._doc, verb, frame.auxiliaries), *words)
        return [Draft(words, verb.i, rules)]

    def _run(self, rule: str, token: Token, verb: Token, frame: Frame, depth: int) -> list[Draft]:
        if rule in ("conjunct", "clause", "parataxis", "contrast"):
            return self._expand_clause(rule, token, frame, depth)
        if rule == "relative":
            return self._expand_relative(token, depth)
        if rule == "setting":
            return self._expand_relative(token, depth, antecedent=tuple(find_setting(token)))
        if rule == "of_predicate":
            return self._expand_of_predicate(token, verb, frame, depth)
        if rule == "participle":
            return [
                date_like(self._doc, d, verb, frame.lead) for d in self._expand_participle(token, verb, frame, depth)
            ]
        if rule == "next_act":
            return self._expand_participle(token, verb, frame, depth)
        if rule == "participle_of_noun":
            noun_frame = Frame(self._antecedent(token.head), token.head)
            return self._expand_participle(token, verb, noun_frame, depth)
        if rule == "with_possession" and frame.subject:
            return make_possessions(self._doc, token, verb, frame.subject, frame.subject_token, self._dropped)
        if rule == "with_clause":
            return [date_like(self._doc, d, verb, frame.lead) for d in self._expand_with(token, verb, depth)]
        if rule in ("apposition", "age"):
            return self._expand_apposition(rule, token, verb, depth)
        if rule == "modifier":
            return self._expand_modifier(token, verb)
        return []

    def _expand_clause(self, rule: str, token: Token, frame: Frame, depth: int) -> list[Draft]:
        marks = {
            c.i
            for c in token.children
            if (c.dep_ == "mark" and c.lower_ in {*CONTRAST, "that", "as"}) or (c.dep_ == "cc" and c.i < token.i)
        }
        inner = _Splitter(self._doc, self._dropped | marks)
        if find_subject(token) is None:
            return inner.expand(token, frame, (rule,), depth)
        made = inner.expand(token, Frame(), (rule,), depth)
        if rule != "conjunct" or not frame.lead or not shares_opening(self._doc, token, frame.lead):
            return made
        return [replace(d, words=(*frame.lead, *d.words)) if d.head == token.i else d for d in made]

    def _antecedent(self, noun: Token) -> tuple[Word, ...]:
        """Return a noun phrase as it is named again: without what is detached from it, "a" turned into "the"."""
        indices = collect_subtree(noun) - self._dropped
        for token in noun.subtree:
            if token == noun or token.i not in indices:
                continue
            later = token.dep_ in ("relcl", "appos", "acl", "amod") and token.i > token.head.i and left_comma(token)
            if later or (token.dep_ in ("conj", "cc") and token.head == noun and not self._spans_conjuncts(noun)):
                indices -= measure_extent(token, "conjunct")
        words: list[Word] = list(sorted(trim_punctuation(self._doc, indices)))
        if words and isinstance(words[0], int) and self._doc[words[0]].lower_ in ("a", "an"):
            words[0] = "the"
        return tuple(words)

    def _spans_conjuncts(self, noun: Token) -> bool:
        """Tell whether a clause after a coordination is about all of its members (it agrees in the plural)."""
        clause = next((c for m in list_conjuncts(noun) for c in m.children if c.dep_ in ("relcl", "acl")), None)
        return clause is not None and agrees_plural(clause, None)

    def _expand_of_predicate(self, clause: Token, verb: Token, frame: Frame, depth: int) -> list[Draft]:
        """Return the clause of a predicate noun with the subject that the noun is said of."""
        if not frame.subject:
            return []
        if clause.dep_ == "acl":
            return self._expand_participle(clause, verb, frame, depth)
        return self._expand_relative(clause, depth, antecedent=frame.subject)

    def _expand_relative(self, clause: Token, depth: int, *, antecedent: tuple[Word, ...] | None = None) -> list[Draft]:
        noun = clause.head
        while noun.dep_ == "conj" and agrees_plural(clause, None) and not is_plural(noun):
            noun = noun.head
        pronoun = next(
            (t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB") and t.i < clause.i), None
        ) or next((t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB")), None)
        if pronoun is None:
            return []
        if pronoun.lower_ == "who" and (noun := find_person(noun)) is None:
            return []
        named = tuple(w for w in self._antecedent(noun) if not isinstance(w, int) or w < clause.left_edge.i)
        antecedent = antecedent or named
        inner = _Splitter(self._doc, self._dropped)
        drafts = inner.expand(clause, Frame(antecedent, noun), ("relative",), depth)
        return [replace(d, words=fill_pronoun(d.words, pronoun, antecedent, clause)) for d in drafts]

    def _expand_participle(self, token: Token, verb: Token, frame: Frame, depth: int) -> list[Draft]:
        """Return "S swept away four bridges" for ", sweeping away four bridges"."""
        if not frame.subject or (frame.subject_token is not None and is_expletive(frame.subject_token)):
            return []
        if token.lemma_.lower() == "mean" and (content := next((c for c in token.children if c.dep_ == "ccomp"), None)):
            marks = {c.i for c in content.children if c.dep_ == "mark"}
            return _Splitter(self._doc, self._dropped | marks).expand(content, Frame(), ("meaning",), depth)
        plural = agrees_plural(verb, frame.subject_token) if frame.subject_token is not None else False
        if frame.subject_token is not None and frame.subject_token.head != verb:
            plural = is_plural(frame.subject_token)
        inner = _Splitter(self._doc, self._dropped)
        drafts = inner.expand(token, Frame(frame.subject, frame.subject_token), ("participle",), depth)
        return [inflect_draft(self._doc, d, token, verb, plural=plural) for d in drafts]

    def _expand_with(self, prep: Token, verb: Token, depth: int) -> list[Draft]:
        pair = find_absolute(prep)
        if pair is None:
            return []
        subject, predicate = pair
        subtree = collect_subtree(subject) - self._dropped
        if subject.head != predicate:
            subtree -= collect_subtree(predicate)
        words = tuple(sorted(trim_punctuation(self._doc, subtree)))
        return [
            d.with_rule("with_clause") for d in self._expand_participle(predicate, verb, Frame(words, subject), depth)
        ]

    def _expand_modifier(self, token: Token, verb: Token) -> list[Draft]:
        name = self._antecedent(token.head)
        be = inflect_be(find_tense(verb), plural=is_plural(token.head))
        members = list_conjuncts(token)
        made = []
        for at, member in enumerate(members):
            words = tuple(sorted(trim_punctuation(self._doc, words_of_member(members, at) - self._dropped)))
            made.append(Draft((*name, be, *words), member.i, ("modifier",)))
        return made

    def _expand_apposition(self, rule: str, token: Token, verb: Token, depth: int) -> list[Draft]:
        noun = find_described_noun(self._doc, token)
        name = self._antecedent(noun)
        nested = {i for t in token.children if t.dep_ == "appos" and left_comma(t) for i in measure_extent(t, "appos")}
        description = tuple(sorted(trim_punctuation(self._doc, collect_subtree(token) - self._dropped - nested)))
        if not any(self._doc[i].pos_ == "PROPN" for i in description) and says_little(self._doc, description):
            return []
        if each := name_each(self._doc, token, noun, name):
            return each
        if rule == "age":
            return [Draft((*name, inflect_be(Tense.PRESENT, plural=False), token.i), token.i, ("age",))]
        subject = find_subject(noun.head) if noun.dep_ == "attr" else None
        if subject is not None and any(c.dep_ == "nummod" for c in noun.children):
            figure = ("of", *self._antecedent(noun)) if noun.text == "%" else ()
            name, noun = (*self._antecedent(subject), *figure), subject
        shared = noun == token.head and not any(c.dep_ == "conj" and c.i > token.i for c in noun.children)
        plural = is_plural(noun) if shared else is_plural_alone(noun)
        be = inflect_be(Tense.PRESENT, plural=plural)
        if token.pos_ == "PROPN" and noun.pos_ == "NOUN":
            if token.ent_type_ != "PERSON" and says_little(self._doc, name):
                return []
            name, description = description, name
            be = inflect_be(Tense.PRESENT, plural=is_plural(token))
        clauses = [t for t in token.subtree if t.dep_ == "relcl" and t.head == token and is_nonrestrictive(t)]
        added = [t for t in token.children if t.dep_ in ("relcl", "acl") and t not in clauses and adds_to_noun(t)]
        told = [t for t in clauses_of_person(token, noun) if t not in (*clauses, *added)]
        cut = {i for clause in (*clauses, *added, *told) for i in measure_extent(clause, "relative")}
        said: tuple[Word, ...] = tuple(w for w in description if w not in cut)
        made = [Draft((*name, be, *(make_indefinite(self._doc, said) if told else said)), token.i, ("apposition",))]
        if added and len(said) <= 2:
            made = []  # "a work" says nothing without its clause
        for clause in told:
            made += self._expand_relative(clause, depth, antecedent=name)
        for clause in clauses:
            made += self._expand_relative(clause, depth)
        for clause in added:
            made += self._expand_of_predicate(clause, verb, Frame(name, noun), depth)
        return made

    # -- reported speech --------------------------------------------------------------------------------------------

    def _expand_reported(
        self, verb: Token, contents: list[Token], frame: Frame, rules: tuple[str, ...], depth: int
    ) -> list[Draft]:
        """Return what is said, each with its speaker, and what is told of the speaker on the way."""
        subject = find_subject(verb)
        told = subject is not None and subject.tag_ not in ("WP", "WDT")
        speaker = self._antecedent(subject) if subject is not None and told else frame.subject
        names = [c for c in subject.children if c.dep_ == "appos" and find_described(c)] if subject else []
        if names:
            speaker = self._phrase(names[0])
        made: list[Draft] = []
        said: set[int] = set()
        for content in contents:
            said |= collect_subtree(content)
            marks = {c.i for c in content.children if c.dep_ == "mark" and c.lower_ == "that"}
            inner = _Splitter(self._doc, self._dropped | marks)
            made += [
                replace(d, rules=(*d.rules, "reported"), attribution=d.attribution or speaker)
                for d in inner.expand(content, Frame(), ("sentence",), depth + 1)
            ]
        around: list[Draft] = []
        frame_out = Frame(speaker, subject)
        in_subject = collect_subtree(subject) if subject is not None else set()
        for token in [t for t in verb.subtree if t.i not in said]:
            if token == verb or token.i in self._dropped:
                continue
            rule = find_rule(token, verb)
            if rule and (token.head == verb or token.i in in_subject):
                around += self._run(rule, token, verb, frame_out, depth + 1)
        return [*around, *made]
