"""References written into a draft: what is named in it already stays a pronoun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.draft import Draft, render_words, token_indices
from factcheck.claims.inflect import Tense, inflect_verb
from factcheck.claims.references import Resolved
from factcheck.claims.tree import AUXILIARY, SUBJECT
from factcheck.types import Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# What stands for "we" once the claim has said who that is.
_AGAIN = {"we": "they", "us": "them", "our": "their"}
_AGAIN_ONE = {"we": "it", "us": "it", "our": "its"}


def apply_references(doc: Doc, draft: Draft, resolved: Resolved) -> tuple[str, tuple[Resolution, ...], tuple[str, ...]]:
    """Return the text of a draft with its references filled in, what was filled, and what stayed open.

    A reference whose antecedent stands in the draft itself stays a pronoun.
    """
    present = set(token_indices(draft.words))
    plain = render_words(doc, draft.words)
    table: dict[int, tuple[int, str]] = {}
    used: list[Resolution] = []
    named: set[str] = set()
    told_speakers = False
    for reference in resolved.references:
        if reference.start not in present or not present.issuperset(range(reference.start, reference.end)):
            continue
        bare = reference.after.removesuffix("'s").removesuffix("'")
        if reference.rule == "speakers" and told_speakers:
            again = _AGAIN_ONE if _is_one_body(reference.after.removesuffix("'s")) else _AGAIN
            table[reference.start] = (reference.end, again.get(doc[reference.start].lower_, reference.after))
            used.append(Resolution(reference.before, reference.after, reference.rule))
            continue
        is_speaker = reference.rule in ("speaker", "speakers")
        told_speakers = told_speakers or reference.rule == "speakers"
        said = bare in named or (not reference.own and bare in plain)
        if (reference.own and reference.own <= present) or (said and not is_speaker):
            named.add(bare)
            continue
        if bare in named and is_speaker:  # "I" cannot stay; the name is given once in full
            reference = replace(reference, after=reference.after.replace(bare, _shorten(bare)))
        named.add(bare)
        presupposed = "presupposed" in draft.rules
        table[reference.start] = (reference.end, bare if presupposed else reference.after)
        if reference.rule == "speaker" and doc[reference.start].dep_ in SUBJECT:
            table.update(_third_person(doc[reference.start].head, present))
            table.update(_third_person(doc[draft.head], present) if "conjunct" in draft.rules else {})
        if reference.rule == "speakers" and doc[reference.start].dep_ in SUBJECT and _is_one_body(reference.after):
            table.update(_third_person(doc[reference.start].head, present))
        used.append(Resolution(reference.before, reference.after, reference.rule))
    left = tuple(word for at, word in resolved.unresolved if at in present)
    return render_words(doc, draft.words, table), tuple(used), left


def _shorten(name: str) -> str:
    """Return the surname of a person's full name; anything else stays as it is."""
    words = name.split()
    return words[-1] if 1 < len(words) <= 3 and all(w[:1].isupper() for w in words) else name


def _is_one_body(name: str) -> bool:
    """Tell a body that speaks as one from "X and others" and "the organisers"."""
    last = name.split()[-1]
    return not name.endswith(" and others") and (last[:1].isupper() or not last.endswith("s"))


def _third_person(verb: Token, present: set[int]) -> dict[int, tuple[int, str]]:
    """Return what the verb of "I" becomes when a name takes its place ("have" -> "has")."""
    finite = sorted([*(c for c in verb.children if c.dep_ in AUXILIARY), verb], key=lambda t: t.i)[0]
    plain = finite.tag_ == "VBP" or (finite.tag_ == "VB" and finite.dep_ == "conj" and finite == verb)
    if finite.i in present and finite.lower_ == "were":
        return {finite.i: (finite.i + 1, "was")}
    if finite.i not in present or (not plain and finite.lower_ not in ("am", "'m")):
        return {}
    return {finite.i: (finite.i + 1, inflect_verb(finite.lemma_, Tense.PRESENT, plural=False))}
