"""One sentence to its propositions, by its dependency tree.

Detached into claims of their own: coordinated predicates (shared subject, auxiliary and opening adverbials carried
over), non-restrictive relative clauses, appositions, participial clauses, "with X doing Y", contrastive "while"
clauses, reported speech. Kept whole: conditionals, comparisons, restrictive relative clauses, causes and times.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.asserted import find_asserted_acts, find_asserted_clauses
from factcheck.claims.carry import Frame
from factcheck.claims.coordinate import distribute
from factcheck.claims.draft import Draft
from factcheck.claims.examples import spread_examples
from factcheck.claims.expletive import fill_subject
from factcheck.claims.openers import find_openers
from factcheck.claims.presupposed import find_listed_acts, find_presupposed
from factcheck.claims.speech import strip_source
from factcheck.claims.splitter import Splitter
from factcheck.claims.tails import drop_tail
from factcheck.claims.tree import SUBJECT, collect_subtree, find_subject, is_verbal, trim_punctuation

if TYPE_CHECKING:
    from spacy.tokens import Doc


def split_sentence(doc: Doc) -> list[Draft]:
    """Return the propositions of a parsed sentence in the order in which they are said; empty for a question.

    A sentence without a predicate gives none.
    """
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or _is_question(doc):
        return []
    if doc[0].lower_ == "because" and doc[0].dep_ == "mark" and doc[0].head == root:
        return [d.with_rule("because") for d in Splitter(doc, {0}).expand(root, Frame(), ("sentence",), 0)]
    dropped, source = strip_source(doc)
    dropped |= find_openers(doc)
    if not is_verbal(root) and not any(t.dep_ in SUBJECT and t.head == root for t in doc):
        kept = tuple(t.i for t in doc if t.i not in dropped)
        return [Draft(kept, root.i, ("whole",), source)]
    splitter = Splitter(doc, dropped)
    drafts = splitter.expand(root, Frame(), ("sentence",), 0)
    drafts = [piece for draft in drafts for whole in spread_examples(doc, draft) for piece in distribute(doc, whole)]
    drafts = [whole for draft in drafts for whole in spread_examples(doc, draft)]
    drafts = [made for draft in drafts for made in (*drop_tail(doc, draft), draft)]
    drafts += [*find_presupposed(doc, dropped), *find_listed_acts(doc, dropped)]
    for word, mark, clause in find_asserted_clauses(doc):
        made = Splitter(doc, dropped | {mark.i}).expand(clause, Frame(), (f"asserted {word}",), 1)
        drafts += [d for d in made if d.rules[-1].startswith("asserted")]
    for gerund, verb, form in find_asserted_acts(doc):
        subject = find_subject(verb)
        name = tuple(sorted(trim_punctuation(doc, collect_subtree(subject) - dropped))) if subject is not None else ()
        said = (form if i == gerund.i else i for i in sorted(collect_subtree(gerund)))
        drafts.append(Draft((*name, *said), gerund.i, ("asserted act",)))
    drafts += splitter.introduce_subject(root)
    drafts = [fill_subject(doc, draft) for draft in drafts]
    drafts.sort(key=lambda d: d.head)
    about: list[Draft] = []
    if source:
        beside = Splitter(doc, set())
        for token in doc:
            rule = beside.rule_at(token) if token.i in dropped and token.head.i in source else ""
            if rule in ("relative", "apposition"):
                about += beside.run(rule, token)
    if source:
        drafts = [replace(d, attribution=d.attribution or source, rules=(*d.rules, "according_to")) for d in drafts]
    return [*about, *drafts]


def _is_question(doc: Doc) -> bool:
    return bool(doc.text.rstrip("\"'”’) ").endswith("?"))
