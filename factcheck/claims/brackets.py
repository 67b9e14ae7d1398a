"""What stands in round brackets, as sentences: dates of a life, scientific and foreign names, earlier figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.claims.tree import find_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BINOMIAL = re.compile(r"[A-Z][a-z]{2,} [a-z]{3,}")
_FOREIGN = re.compile(
    r"(?P<language>[A-Z][a-z]+(?:ian|ish|ese|ch|ic|an|ek|sh|in|tch)|German|Welsh): (?P<word>[^;:,]{2,40})"
)
_EARLIER = re.compile(r"(?P<year>(?:1[5-9]|20)\d\d): (?P<figure>[$€£¥]?\d[^;:()]{0,30})")
_CHANGE = re.compile(r"(?P<sign>[+−–-])\s?(?P<figure>\d[\d.,]*\s?(?:%|per ?cent|points?)?)")
_PREVIOUS = re.compile(r"(?:previously|before|earlier|formerly):? (?P<figure>[$€£¥]?\d[^;:()]{0,40})")
_VALUE = re.compile(
    r"^(?P<name>[^,;:]{2,70}?) (?P<be>is|are|was|were|has|had) (?P<rest>(?:about |around )?[$€£¥]?\d[^,;]*)"
)


def read_name_aside(doc: Doc, aside: str, text: str) -> str:
    """Return "The scientific name of the X is Y." or "X is called Y in German.", "" for anything else.

    :param text: the sentence with its brackets, which must stand right behind the subject.
    """
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    subject = find_subject(root) if root is not None else None
    if root is None or subject is None or root.lemma_ != "be":
        return ""
    name = doc[subject.left_edge.i : subject.i + 1].text
    if f"{name} ({aside}" not in text:
        return ""
    inside = f"{name[:1].lower()}{name[1:]}" if name.startswith(("The ", "A ", "An ")) else name
    if _BINOMIAL.fullmatch(aside):
        return f"The scientific name of {inside} is {aside}."
    if found := _FOREIGN.fullmatch(aside):
        return f"{name} is called {found['word']} in {found['language']}."
    return ""


def read_figure_aside(text: str, aside: str) -> str:
    """Return "Turnout was 64.8% in 2018." for "Turnout is 71.5%" with "2018: 64.8%" in brackets; "" where none fits."""
    value = _VALUE.match(text)
    if value is None:
        return ""
    name = value["name"]
    plural = value["be"] in ("are", "were")
    was = "were" if plural else "was"
    if found := _EARLIER.fullmatch(aside):
        return f"{name} {was} {found['figure']} in {found['year']}."
    if found := _PREVIOUS.fullmatch(aside):
        return f"{name} {was} previously {found['figure']}."
    if found := _CHANGE.fullmatch(aside):
        return f"{name} {'rose' if found['sign'] == '+' else 'fell'} by {found['figure']}."
    return ""
