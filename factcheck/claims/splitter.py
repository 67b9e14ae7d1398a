"""The clauses of one sentence expanded into propositions, each with what it shares with the clause it was part of.

The idea of clause-by-clause rewriting follows Del Corro and Gemulla, "ClausIE" (WWW 2013); the rules here are our own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.adverbial import CONTRAST, find_setting
from factcheck.claims.apposition import make_modifiers, say_apposition
from factcheck.claims.carry import (
    Frame,
    date_like,
    find_lead,
    find_shared_objects,
    inflect_draft,
    share_auxiliaries,
    shares_opening,
)
from factcheck.claims.detach import adds_to_noun, find_described, find_rule, measure_extent
from factcheck.claims.draft import Draft, Word
from factcheck.claims.inflect import Tense
from factcheck.claims.naming import list_phrase, name_again
from factcheck.claims.possession import find_absolute, make_possessions
from factcheck.claims.relative import fill_pronoun, find_counted_noun, find_person
from factcheck.claims.speech import find_reported
from factcheck.claims.tree import (
    AUXILIARY,
    agrees_plural,
    collect_subtree,
    find_subject,
    find_tense,
    is_expletive,
    is_finite,
    is_plural,
    left_comma,
    trim_punctuation,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAX_DEPTH = 8


class Splitter:
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
                name = tuple(
                    i
                    for i in name_again(self._doc, subject, self._dropped)
                    if not isinstance(i, int) or i < clause.left_edge.i
                )
                words = tuple(subject.left_edge.i if w == "the" else w for w in name)
                made += self._expand_of_predicate(clause, verb, Frame(words, subject), 1)
        return [d.with_rule("introduced") for d in made]

    def _name_before(self, noun: Token, clause: Token) -> tuple[Word, ...]:
        """Return how a noun is named again, as far as it stands before a clause of its own."""
        name = name_again(self._doc, noun, self._dropped)
        return tuple(w for w in name if not isinstance(w, int) or w < clause.left_edge.i)

    def rule_at(self, token: Token) -> str:
        """Return the rule for ``token`` seen from its own head."""
        return find_rule(token, token.head)

    def run(self, rule: str, token: Token) -> list[Draft]:
        """Return the drafts of one detached stretch."""
        return self._run(rule, token, token.head, Frame(), 1)

    def _subject_words(self, subject: Token | None, body: set[int], frame: Frame) -> tuple[tuple[Word, ...], bool]:
        if subject is None:
            return frame.subject, bool(frame.subject)
        return list_phrase(self._doc, subject, self._dropped, within=body), False

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
            noun_frame = Frame(name_again(self._doc, token.head, self._dropped), token.head)
            return self._expand_participle(token, verb, frame if _is_said_of(token.head, frame) else noun_frame, depth)
        if rule == "with_possession" and frame.subject:
            return make_possessions(self._doc, token, verb, frame.subject, frame.subject_token, self._dropped)
        if rule == "with_clause":
            return [date_like(self._doc, d, verb, frame.lead) for d in self._expand_with(token, verb, depth)]
        if rule in ("apposition", "age"):
            return self._expand_apposition(rule, token, verb, depth)
        if rule == "modifier":
            return make_modifiers(self._doc, token, verb, self._dropped)
        return []

    def _expand_clause(self, rule: str, token: Token, frame: Frame, depth: int) -> list[Draft]:
        marks = {
            c.i
            for c in token.children
            if (c.dep_ == "mark" and c.lower_ in {*CONTRAST, "that", "as"}) or (c.dep_ == "cc" and c.i < token.i)
        }
        inner = Splitter(self._doc, self._dropped | marks)
        if find_subject(token) is None:
            return inner.expand(token, frame, (rule,), depth)
        made = inner.expand(token, Frame(), (rule,), depth)
        if rule != "conjunct" or not frame.lead or not shares_opening(self._doc, token, frame.lead):
            return made
        return [replace(d, words=(*frame.lead, *d.words)) if d.head == token.i else d for d in made]

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
        if (counted := find_counted_noun(clause, noun)) != noun:
            before = set(range(clause.left_edge.i))
            antecedent = list_phrase(self._doc, counted, self._dropped, within=before)
        pronoun = next(
            (t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB") and t.i < clause.i), None
        ) or next((t for t in clause.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB")), None)
        if pronoun is None:
            return []
        if pronoun.lower_ == "who" and (noun := find_person(noun)) is None:
            return []
        named = tuple(
            w for w in name_again(self._doc, noun, self._dropped) if not isinstance(w, int) or w < clause.left_edge.i
        )
        antecedent = antecedent or named
        inner = Splitter(self._doc, self._dropped)
        drafts = inner.expand(clause, Frame(antecedent, noun), ("relative",), depth)
        return [replace(d, words=fill_pronoun(d.words, pronoun, antecedent, clause)) for d in drafts]

    def _expand_participle(self, token: Token, verb: Token, frame: Frame, depth: int) -> list[Draft]:
        """Return "S swept away four bridges" for ", sweeping away four bridges"."""
        if not frame.subject or (frame.subject_token is not None and is_expletive(frame.subject_token)):
            return []
        if token.lemma_.lower() == "mean" and (content := next((c for c in token.children if c.dep_ == "ccomp"), None)):
            marks = {c.i for c in content.children if c.dep_ == "mark"}
            return Splitter(self._doc, self._dropped | marks).expand(content, Frame(), ("meaning",), depth)
        plural = agrees_plural(verb, frame.subject_token) if frame.subject_token is not None else False
        if frame.subject_token is not None and frame.subject_token.head != verb:
            plural = is_plural(frame.subject_token)
        inner = Splitter(self._doc, self._dropped)
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

    def _expand_apposition(self, rule: str, token: Token, verb: Token, depth: int) -> list[Draft]:
        said = say_apposition(self._doc, token, rule, self._dropped)
        made = list(said.drafts)
        for clause in said.told:
            made += self._expand_relative(clause, depth, antecedent=said.name)
        for clause in said.loose:
            made += self._expand_relative(clause, depth)
        for clause in said.added:
            made += self._expand_of_predicate(clause, verb, Frame(said.name, said.noun), depth)
        return made

    def _expand_reported(
        self, verb: Token, contents: list[Token], frame: Frame, rules: tuple[str, ...], depth: int
    ) -> list[Draft]:
        """Return what is said, each with its speaker, and what is told of the speaker on the way."""
        subject = find_subject(verb)
        told = subject is not None and subject.tag_ not in ("WP", "WDT")
        speaker = name_again(self._doc, subject, self._dropped) if subject is not None and told else frame.subject
        names = [c for c in subject.children if c.dep_ == "appos" and find_described(c)] if subject else []
        if names:
            speaker = list_phrase(self._doc, names[0], self._dropped)
        made: list[Draft] = []
        said: set[int] = set()
        for content in contents:
            said |= collect_subtree(content)
            marks = {c.i for c in content.children if c.dep_ == "mark" and c.lower_ == "that"}
            inner = Splitter(self._doc, self._dropped | marks)
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


def _is_said_of(noun: Token, frame: Frame) -> bool:
    """Tell a common noun that says what the subject is: what is told of it is told of the subject."""
    subject = frame.subject_token
    return noun.dep_ == "attr" and noun.pos_ == "NOUN" and subject is not None and subject.head == noun.head
