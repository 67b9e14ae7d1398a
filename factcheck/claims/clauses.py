"""A bare "this" or "that" for what the sentence before says: that sentence is quoted in its place.

Only where the sentence before makes one claim or two, so that there is no doubt what is meant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.references import Reference, Resolved
from factcheck.types import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What is judged true, false or likely is a statement; all else is done or caused by a fact.
_JUDGED = frozenset(
    "wrong right true false untrue incorrect likely unlikely possible impossible misleading speculative doubtful "
    "nonsense myth lie debatable certain unclear".split()
)
_OF_STATEMENTS = frozenset(
    "deny confirm dispute doubt reject contradict believe expect predict regret admit know acknowledge".split()
)
_OF_FACTS = frozenset(
    "reason cause result problem sign proof evidence surprise success failure achievement setback blow step change "
    "increase rise fall drop improvement consequence coincidence exception".split()
)
_DONE_BY_FACTS = frozenset(
    "mean lead make cause allow let help enable show suggest prove indicate raise lower reduce increase cut force "
    "prompt trigger result create drive affect explain reflect bring leave give hurt harm benefit save cost prevent "
    "stop contribute encourage worry surprise anger please mark change keep put ensure threaten "
    "weaken strengthen".split()
)
_SUBORDINATE = frozenset("because if when although though while since unless once as".split())
_MOST_WORDS = 26
_FIGURES = frozenset("CARDINAL ORDINAL DATE TIME QUANTITY PERCENT MONEY".split())


def quote_claims(doc: Doc, claims: list[Claim], *, reported: bool = False) -> str:
    """Return the one or two claims of a sentence as they stand behind "that"; "" for more, or an open one.

    Claims of somebody count only where ``reported`` asks for them; they come without his name.
    """
    if reported:
        claims = [c for c in claims if c.attribution]
    if len(claims) > 2 and sum("apposition" not in c.rules for c in claims) == 2:
        claims = [c for c in claims if "apposition" not in c.rules]
    if not 1 <= len(claims) <= 2 or doc.text.rstrip().endswith("?"):
        return ""
    said = [_quote(doc, _strip_source(claim) if reported else claim) for claim in claims]
    if not all(said) or sum(len(text.split()) for text in said) > _MOST_WORDS:
        return ""
    return " and that ".join(said)


def _strip_source(claim: Claim) -> Claim:
    return replace(claim, text=claim.text.rpartition(", according to ")[0] or claim.text, attribution=None)


def _quote(doc: Doc, claim: Claim) -> str:
    text = claim.text.rstrip(".")
    words = text.split()
    if (
        claim.unresolved
        or claim.attribution
        or "whole" in claim.rules
        or words[0].lower() in _SUBORDINATE
        or len(words) < 3
    ):
        return ""
    if text[-1] in "!?\"'" or ":" in text:
        return ""
    opening = next((t for t in doc if t.lower_ == words[0].lower()), None)
    common = opening is not None and opening.pos_ not in ("PROPN", "X") and not words[0].isupper()
    if opening is None or (opening.ent_type_ and opening.ent_type_ not in _FIGURES):
        common = words[0] in ("The", "A", "An")
    return f"{text[:1].lower()}{text[1:]}" if common else text


def fill_clause(doc: Doc, resolved: Resolved, said: str, reported: str = "") -> Resolved:
    """Return the references with "this" or "that" standing for ``said``, where it can only mean a clause.

    :param reported: what somebody said, which can be denied or confirmed but is no fact.
    """
    for at, _ in resolved.unresolved:
        lead = _find_lead(doc[at])
        content = said or (reported if lead == "that" else "")
        if lead and content:
            reference = Reference(at, at + 1, doc[at].text, f"{lead} {content}", "clause")
            left = tuple(u for u in resolved.unresolved if u[0] != at)
            return replace(resolved, references=(*resolved.references, reference), unresolved=left)
    return resolved


def _find_lead(token: Token) -> str:
    """Return "that" or "the fact that", as the verb takes a statement or a fact; "" where neither is sure."""
    if token.lower_ not in ("this", "that"):
        return ""
    verb = token.head
    if token.dep_ == "dobj":
        return "that" if verb.lemma_ in _OF_STATEMENTS else ""
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "ROOT" or token.i > 1:
        return ""
    if any(c.lower_ in ("why", "how", "what", "where", "when", "who") for c in verb.subtree):
        return ""  # "That is why ..."
    predicates = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    if verb.lemma_ == "be" and any(p.lemma_.lower() in _JUDGED for p in predicates):
        return "that"
    if verb.lemma_ == "be":
        told = any(p.dep_ == "acomp" or p.lemma_.lower() in _OF_FACTS for p in predicates)
        return "the fact that" if told else ""  # "This is a season of ..." speaks of a time, not of a fact
    return "the fact that" if verb.lemma_ in _DONE_BY_FACTS else ""
