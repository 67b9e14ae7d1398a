"""A parsed text read into its figures and dates with what its sentences say about each of them.

Built from the dependency parse: a word counts the more the nearer it stands to the figure, in the tree or in the line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.quantities.clauses import direction_of, head_of, is_projected, is_whole, role_of, tense_of, verb_of
from factcheck.quantities.content import content_of, is_content
from factcheck.quantities.dates import DateMention, find_dates
from factcheck.quantities.elided import is_bare_beside, share_units
from factcheck.quantities.lexicon import concept, name_owner
from factcheck.quantities.linked_dates import link_dates
from factcheck.quantities.mention import Mention
from factcheck.quantities.nearness import (
    Tree,
    date_distance,
    days_in,
    measure_distances,
    names_in,
    stretch_around,
)
from factcheck.quantities.parse import scan
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import COUNT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

DECAY = 0.75
EACH = frozenset("each every apiece".split())
_OF = re.compile(r"\s+(?:out )?of\s+(?:(?:the|its|their|his|her|all|these|those)\s+)*", re.IGNORECASE)
OWNER_TYPES = frozenset("ORG GPE PERSON NORP FAC LOC PRODUCT EVENT WORK_OF_ART LAW".split())


def read(doc: Doc) -> Parsed:
    """Return the readings of a parsed text."""
    text = doc.text
    sentences = list(doc.sents)
    line = list(doc)
    tree = Tree.of(line)
    days = link_dates(text, find_dates(text))
    places = [(name_owner(ent.text), ent) for ent in doc.ents if ent.label_ in OWNER_TYPES]
    numbers, moments = [], []
    verbs = [token.idx for token in line if token.pos_ == "VERB"]
    for index, mention in enumerate(share_units(text, scan(text), verbs)):
        if (reading := _read_one(doc, text, line, tree, sentences, mention, None, days, places, index)) is not None:
            numbers.append(reading)
    numbers = _share_heads(text, numbers, verbs)
    for index, day in enumerate(days):
        if (reading := _read_one(doc, text, line, tree, sentences, None, day, days, places, index)) is not None:
            moments.append(reading)
    owners = frozenset(name for name, _ in places) | {name_owner(token.text) for token in line if token.pos_ == "PROPN"}
    bounds = tuple((sent.start_char, sent.end_char) for sent in sentences)
    tokens = tuple((token.idx, group) for token, group in zip(line, tree.groups, strict=True) if group)
    taken = [(item.mention.quantity.start if item.mention else item.start, item.end) for item in (*numbers, *moments)]
    return Parsed(
        text, tuple(numbers), tuple(moments), frozenset(group for _, group in tokens), owners, bounds, tokens,
        names_in(line, places), content=content_of(line, taken, places),
        breaks=tuple(token.idx for token, wall in zip(line, tree.walls, strict=True) if wall or token.is_sent_start),
        joints=tuple(token.idx for token in line if token.pos_ in ("ADP", "SCONJ") or token.lower_ == "to"),
    )  # fmt: skip


def _share_heads(text: str, numbers: list[Reading], verbs: list[int]) -> list[Reading]:
    """Give a bare count what the count beside it counts.

    That is the one before it in "1.3 children per woman, as against 1.9 in Togo", the whole in "1,400 of its 5,200
    trains".
    """
    out = list(numbers)
    for index in range(len(out) - 1):
        part, whole = out[index], out[index + 1]
        if part.mention and whole.whole and whole.head and _OF.fullmatch(text, part.end, whole.start):
            out[index] = replace(part, head=whole.head)
    for index in range(1, len(out)):
        before, bare = out[index - 1], out[index]
        if before.mention is None or bare.mention is None or before.sentence != bare.sentence or not before.head:
            continue
        parted = any(before.end <= place < bare.start for place in verbs)
        if not parted and bare.mention.quantity.unit == COUNT and is_bare_beside(text, bare.mention, before.mention):
            out[index] = replace(bare, head=before.head)
    return out


def _read_one(
    doc: Doc,
    text: str,
    line: list[Token],
    tree: Tree,
    sentences: list[Span],
    mention: Mention | None,
    day: DateMention | None,
    days: tuple[DateMention, ...],
    places: list[tuple[str, Span]],
    order: int,
) -> Reading | None:
    start = mention.core if mention else day.start if day else 0
    end = mention.quantity.end if mention else day.end if day else 0
    first, last = tree.cover(start, end)
    if first >= last:
        return None
    span = doc[first:last]
    root = span.root
    number = next((i for i, sent in enumerate(sentences) if sent.start_char <= start < sent.end_char), 0)
    sent = sentences[number]
    steps = measure_distances(root.i, tree, sent, span)
    context: dict[str, float] = {}
    for index, step in steps.items():
        group = tree.groups[index]
        if group and not (span.start <= index < span.end and mention is None):
            context[group] = max(context.get(group, 0.0), DECAY**step)
    owners: dict[str, float] = {}
    for name, place in places:
        near = min((steps[index] for index in range(place.start, place.end) if index in steps), default=None)
        if near is not None:
            owners[name] = max(owners.get(name, 0.0), DECAY**near)
    attached = sorted(
        (near, other.start, other)
        for other in days
        if other is not day and (near := date_distance(tree, other, steps)) is not None
    )
    verb = verb_of(root)
    stretch = stretch_around(line, tree, sent, span)
    return Reading(
        start, end, mention, day, number, context, owners, head_of(span), concept(verb.lemma_) if verb else "",
        tuple(item[2] for item in attached), direction_of(text, span, verb, sent),
        is_projected(doc, sent, root, verb), order,
        role_of(text, mention.quantity.start if mention else start, end),
        {concept(token.lemma_): 1.0 for token in stretch if is_content(token) or token.pos_ == "PROPN"},
        names_in(stretch, places), days_in(stretch, days, day), tense_of(verb),
        bool(mention and mention.per) or any(token.lower_ in EACH for token in stretch),
        is_whole(text, mention.quantity.start if mention else start),
    )  # fmt: skip
