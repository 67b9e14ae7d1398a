"""What a parsed sentence says about each of its figures and dates: what is measured, whose it is, when, and how.

Built from the dependency parse: a word counts the more the nearer it stands to the figure, in the tree or in the line.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from factcheck.quantities.dates import DateBound, DateMention, find_dates
from factcheck.quantities.elided import is_bare_beside, share_units
from factcheck.quantities.lexicon import DOWN, PROJECTION, UP, concept, name_owner
from factcheck.quantities.mention import Mention
from factcheck.quantities.parse import scan
from factcheck.quantities.units import COUNT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NEAR = 6  # the farthest step in the tree at which a word still says something about a figure
DECAY = 0.75
_CLASSES = {"GPE": "place", "LOC": "place", "NORP": "place", "PERSON": "person", "ORG": "body"}
_OWNER_TYPES = frozenset("ORG GPE PERSON NORP FAC LOC PRODUCT EVENT WORK_OF_ART LAW".split())
PURPOSE = "purpose"  # the role of words that say what a thing is for: "subsidies to boost output"
_SKIP_POS = frozenset("PUNCT SPACE NUM SYM DET PRON ADP CCONJ SCONJ PART AUX X".split())
_MEANING = frozenset("NOUN VERB ADJ ADV PROPN".split())
_SKIP = frozenset(
    "say tell report accord state announce show find estimate number figure amount also other such be have do".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure or date in its sentence.

    ``context`` maps word groups to nearness in (0, 1]; ``owners`` names to nearness; ``head`` are the words counted and
    ``verb`` the verb that governs it; ``days`` the dates attached, the nearest first; ``direction`` is 1 for a rise, -1
    for a fall, 0 for a level; ``role`` is "old" or "new" where the wording tells the two ends of a change apart;
    ``tense`` that of its verb, "past", "present", "future" or "";
    ``segment`` holds the words between the nearest commas or conjunctions on either side, ``names`` and ``own_days``
    the names and dates among them: whose figure it is and for when, where several stand in a sentence.
    """

    start: int
    end: int
    mention: Mention | None
    day: DateMention | None
    sentence: int
    context: Mapping[str, float]
    owners: Mapping[str, float]
    head: frozenset[str]
    verb: str
    days: tuple[DateMention, ...]
    direction: int
    projected: bool
    order: int
    role: str = ""
    segment: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    own_days: tuple[DateMention, ...] = ()
    tense: str = ""

    @property
    def is_change(self) -> bool:
        """Whether the figure says by how much something rose or fell."""
        return self.direction != 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning and is no part of a figure or date.

    ``form`` is its lower-case lemma, ``group`` its word group, ``name`` the owner it names; ``role`` is what it does in
    its clause: "name", "verb", "subject", "other" (adjectives, adverbs), "object", "purpose" (all words of a clause
    that says what something is for), or the preposition before it.
    """

    start: int
    text: str
    form: str
    group: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with the readings of its figures and dates, and every word group and name in it.

    ``tokens`` holds the content words in order: where each begins and its word group; ``names`` the names with their
    class ("place:china"); ``content`` the words of :class:`Word`, ``breaks`` where a comma or conjunction parts the
    text, ``joints`` where prepositions stand.
    """

    text: str
    numbers: tuple[Reading, ...]
    days: tuple[Reading, ...]
    words: frozenset[str]
    owners: frozenset[str]
    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[tuple[int, str], ...] = ()
    names: frozenset[str] = frozenset()
    title: str = ""
    content: tuple[Word, ...] = ()
    breaks: tuple[int, ...] = ()
    joints: tuple[int, ...] = ()

    def speaks_of(self, name: str) -> bool:
        """Whether a name stands in the text or in the title of its document."""
        return name in self.owners or name in self.text.lower() or name in self.title.lower()


def has_figures(text: str) -> bool:
    """Whether a text holds a figure or a date."""
    return any(shape_of(text))


@lru_cache(maxsize=4096)  # a passage is found for many claims
def shape_of(text: str) -> tuple[bool, bool]:
    """Return whether a text holds figures and whether dates, found without parsing it."""
    return bool(scan(text)), bool(find_dates(text))


def read(doc: Doc) -> Parsed:
    """Return the readings of a parsed text."""
    text = doc.text
    sentences = list(doc.sents)
    line = list(doc)
    tree = _Tree.of(line)
    days = find_dates(text)
    places = [(name_owner(ent.text), ent) for ent in doc.ents if ent.label_ in _OWNER_TYPES]
    numbers, moments = [], []
    verbs = [token.idx for token in line if token.pos_ == "VERB"]
    for index, mention in enumerate(share_units(text, scan(text), verbs)):
        if (reading := _read_one(doc, tree, sentences, mention, None, days, places, index)) is not None:
            numbers.append(reading)
    numbers = _share_heads(text, numbers, verbs)
    for index, day in enumerate(days):
        if (reading := _read_one(doc, tree, sentences, None, day, days, places, index)) is not None:
            moments.append(reading)
    owners = frozenset(name for name, _ in places) | {name_owner(token.text) for token in line if token.pos_ == "PROPN"}
    bounds = tuple((sent.start_char, sent.end_char) for sent in sentences)
    tokens = tuple((token.idx, group) for token, group in zip(line, tree.groups, strict=True) if group)
    taken = [(item.mention.quantity.start if item.mention else item.start, item.end) for item in (*numbers, *moments)]
    return Parsed(
        text, tuple(numbers), tuple(moments), frozenset(group for _, group in tokens), owners, bounds, tokens,
        _names_in(line, places), content=_content_of(line, taken, places),
        breaks=tuple(token.idx for token in line if token.is_sent_start or _parts(token)),
        joints=tuple(token.idx for token in line if token.pos_ in ("ADP", "SCONJ") or token.lower_ == "to"),
    )  # fmt: skip


def _share_heads(text: str, numbers: list[Reading], verbs: list[int]) -> list[Reading]:
    """Give a bare count what the count before it counts: "1.3 children per woman, as against 1.9 in Togo"."""
    out = list(numbers)
    for index in range(1, len(out)):
        before, bare = out[index - 1], out[index]
        if before.mention is None or bare.mention is None or before.sentence != bare.sentence or not before.head:
            continue
        parted = any(before.end <= place < bare.start for place in verbs)
        if not parted and bare.mention.quantity.unit == COUNT and is_bare_beside(text, bare.mention, before.mention):
            out[index] = replace(bare, head=before.head)
    return out


def _content_of(line: list[Token], taken: list[tuple[int, int]], places: list[tuple[str, Span]]) -> tuple[Word, ...]:
    """Return the words of meaning outside the figures and dates."""
    named = {token.i for _, place in places if place.label_ in _CLASSES for token in place if token.pos_ != "NOUN"}
    purposes = _find_purposes(line, taken)
    return tuple(
        Word(token.idx, token.text, token.lemma_.lower(), concept(token.lemma_), name_owner(token.text),
             PURPOSE if token.i in purposes else _role(token, token.i in named))
        for token in line
        if token.pos_ in _MEANING and not token.like_num and len(token.text) > 1
        and not any(first <= token.idx < last for first, last in taken)
    )  # fmt: skip


def _find_purposes(line: list[Token], taken: list[tuple[int, int]]) -> set[int]:
    """Return the words of infinitive clauses behind a figure that say what something is for and hold no figure."""
    out: set[int] = set()
    for token in line:
        if token.pos_ != "VERB" or token.dep_ not in ("advcl", "acl") or token.head.pos_ not in ("NOUN", "VERB"):
            continue
        if token.dep_ == "acl" and token.head.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            continue  # "a plan to build": what the clause says is the thing itself
        if not any(child.tag_ == "TO" for child in token.children):
            continue
        span = list(token.subtree)
        first, last = span[0].idx, span[-1].idx + len(span[-1])
        if not any(first <= start < last for start, _ in taken) and any(start < first for start, _ in taken):
            out.update(item.i for item in span if item.i >= token.i - 1)
    return out


def _role(token: Token, named: bool) -> str:
    """Return what a word does in its clause; a noun before a noun does what that one does."""
    if token.pos_ == "PROPN" or named or concept(token.lemma_) == "world":
        return "name"
    if token.pos_ != "NOUN":
        return "verb" if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") else "other"
    head = token
    while head.dep_ in ("compound", "nmod", "poss") and head.head.pos_ == "NOUN":
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass"):
        return "subject"
    return head.head.lower_ if head.dep_ == "pobj" else "object"


def _is_content(token: Token) -> bool:
    return (
        token.pos_ not in _SKIP_POS and token.lemma_.lower() not in _SKIP and len(token.text) > 1 and not token.like_num
    )


@dataclass(frozen=True, slots=True)
class _Tree:
    """Head and children of every token and its word group, "" where it has none.

    Taken once a text, since spaCy makes a token anew each time it is asked for.
    """

    near: list[list[int]]
    groups: list[str]

    @classmethod
    def of(cls, line: list[Token]) -> _Tree:
        near: list[list[int]] = [[] for _ in line]
        for token in line:
            head = token.head.i
            if head != token.i:
                near[token.i].append(head)
                near[head].append(token.i)
        return cls(near, [concept(token.lemma_) if _is_content(token) else "" for token in line])


def _read_one(
    doc: Doc,
    tree: _Tree,
    sentences: list[Span],
    mention: Mention | None,
    day: DateMention | None,
    days: tuple[DateMention, ...],
    places: list[tuple[str, Span]],
    order: int,
) -> Reading | None:
    start = mention.core if mention else day.start if day else 0
    end = mention.quantity.end if mention else day.end if day else 0
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = span.root
    number = next((i for i, sent in enumerate(sentences) if sent.start_char <= start < sent.end_char), 0)
    sent = sentences[number]
    steps = _distances(root.i, tree, sent, span)
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
        if other is not day and (near := _date_distance(doc, other, steps)) is not None
    )
    verb = _verb_of(root)
    stretch = _stretch_around(sent, span)
    return Reading(
        start, end, mention, day, number, context, owners, _head_of(span), concept(verb.lemma_) if verb else "",
        tuple(item[2] for item in attached), _direction(span, verb, sent), _is_projected(doc, sent, root, verb), order,
        _role_of(doc.text, mention.quantity.start if mention else start, end),
        {concept(token.lemma_): 1.0 for token in stretch if _is_content(token) or token.pos_ == "PROPN"},
        _names_in(stretch, places), _days_in(stretch, days, day), _tense_of(verb),
    )  # fmt: skip


def _distances(root: int, tree: _Tree, sent: Span, span: Span) -> dict[int, int]:
    """Return for each token of the sentence its distance from the figure: in the tree, or half that in the line."""
    start, end, first, last = sent.start, sent.end, span.start, span.end
    far = {root: 0}
    queue = deque([root])
    while queue:
        index = queue.popleft()
        for other in tree.near[index]:
            if other not in far and start <= other < end:
                far[other] = far[index] + 1
                queue.append(other)
    steps = {}
    for index in range(start, end):
        gap = max(first - index, index - last + 1, 0)
        step = 0 if first <= index < last else min(far.get(index, NEAR + 2), 1 + gap // 2)
        if step <= NEAR:
            steps[index] = step
    return steps


def _stretch_around(sent: Span, span: Span) -> list[Token]:
    """Return the words around a figure that no comma, bracket or conjunction parts from it."""
    doc = sent.doc
    first, last = span.start, span.end
    while first > sent.start and not _parts(doc[first - 1]):
        first -= 1
    while last < sent.end and not _parts(doc[last]):
        last += 1
    return [token for token in doc[first:last] if not span.start <= token.i < span.end]


def _names_in(stretch: list[Token], places: list[tuple[str, Span]]) -> frozenset[str]:
    inside = {token.i for token in stretch}
    return frozenset(
        f"{_CLASSES[place.label_]}:{name}"
        for name, place in places
        if place.label_ in _CLASSES and any(token.i in inside for token in place)
    )


def _days_in(stretch: list[Token], days: tuple[DateMention, ...], own: DateMention | None) -> tuple[DateMention, ...]:
    if not stretch:
        return ()
    first, last = stretch[0].idx, stretch[-1].idx + len(stretch[-1])
    return tuple(day for day in days if day is not own and first <= day.start < last)


def _parts(token: Token) -> bool:
    return (token.is_punct and token.text not in ("-", "–", "'", "’", '"', "%")) or token.lower_ in (
        "and",
        "while",
        "but",
        "or",
    )


def _date_distance(doc: Doc, day: DateMention, steps: dict[int, int]) -> int | None:
    span = doc.char_span(day.start, day.end, alignment_mode="expand")
    if span is None:
        return None
    return min((steps[index] for index in range(span.start, span.end) if index in steps), default=None)


def _verb_of(root: Token) -> Token | None:
    """Return the verb that governs a figure, the copula's complement counting as its noun."""
    token = root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") and token is not root:
            return token
        if token.head is token:
            return token if token.pos_ in ("VERB", "AUX") else None
        token = token.head
    return None


def _tense_of(verb: Token | None) -> str:
    """Return the tense of a verb; the perfect counts as past."""
    if verb is None:
        return ""
    group = sorted([verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))], key=lambda t: t.i)
    finite = next((token for token in group if token.tag_ in ("MD", "VBD", "VBZ", "VBP")), None)
    if finite is None:
        return ""
    if finite.tag_ == "MD":
        return "future" if finite.lower_ in ("will", "shall", "'ll", "’ll") else ""
    perfect = finite is not verb and finite.lemma_ == "have"
    return "past" if finite.tag_ == "VBD" or perfect else "present"


def _head_of(span: Span) -> frozenset[str]:
    """Return the word groups of what is counted: the noun the figure modifies, else the subject of its clause."""
    root = span.root
    noun = root
    if root.dep_ in ("nummod", "amod", "quantmod", "compound", "nmod", "npadvmod") and root.head.pos_ in (
        "NOUN",
        "PROPN",
    ):
        noun = root.head
    heads = {noun} if noun.pos_ in ("NOUN", "PROPN") and not noun.like_num else set()
    for child in noun.children:
        if child.dep_ == "prep" and child.text.lower() in ("of", "in"):
            heads |= {grand for grand in child.children if grand.pos_ == "NOUN"}
    if not heads or noun is root:
        verb = _verb_of(root)
        if verb is not None:
            heads |= {child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ == "NOUN"}
    return frozenset(concept(token.lemma_) for token in heads if _is_content(token))


_LARGER = frozenset("larger bigger higher greater longer older heavier taller wider faster dearer".split())
_SMALLER = frozenset("smaller lower lesser shorter younger lighter narrower slower cheaper fewer less".split())


_PHRASAL = frozenset("make set end take pick add put give come sum use".split())  # "made up 45 percent" is no rise


def _direction(span: Span, verb: Token | None, sent: Span) -> int:
    """Return 1 where the figure is the size of a rise, -1 of a fall, 0 where it is a level."""
    doc = span.doc
    before = doc[max(sent.start, span.start - 3) : span.start]
    after = doc[span.end : min(sent.end, span.end + 3)]
    lead = [token.lower_ for token in before]
    if (lead and lead[-1] in ("to", "at", "from")) or lead[-2:] in (["to", "about"], ["to", "over"], ["to", "around"]):
        return 0
    for token in after:
        if token.i <= span.end + 1 and (token.lower_ in _LARGER or token.lower_ in _SMALLER):
            return 1 if token.lower_ in _LARGER else -1
        word = token.lemma_.lower()
        if word in ("increase", "rise", "growth", "gain", "jump", "higher", "more") and token.i <= span.end + 1:
            return 1
        if (
            word in ("decrease", "decline", "fall", "drop", "cut", "reduction", "lower", "less", "few")
            and token.i <= span.end + 1
        ):
            return -1
    if lead and lead[-1] in ("up", "down") and not (len(before) > 1 and before[-2].lemma_.lower() in _PHRASAL):
        return 1 if lead[-1] == "up" else -1
    if verb is not None and ("by" in lead or span.root.dep_ in ("npadvmod", "dobj", "advmod", "nummod", "pobj")):
        near = span.root.head is verb or span.root.head.head is verb or "by" in lead
        word = verb.lemma_.lower()
        if near and word in UP:
            return 1
        if near and word in DOWN:
            return -1
    return 0


def _is_projected(doc: Doc, sent: Span, root: Token, verb: Token | None) -> bool:
    """Whether the figure is a plan, forecast or wish rather than a measurement."""
    if verb is None:
        return bool(PROJECTION.search(sent.text))
    chain = [verb]
    while chain[-1].head is not chain[-1] and len(chain) < 4:
        if chain[-1].dep_ == "ccomp" and chain[-1].head.i > chain[-1].i:
            break  # the clause that follows a semicolon governs nothing before it
        chain.append(chain[-1].head)
    words = " ".join(
        token.text
        for link in chain
        for token in sorted(
            [link, *(c for c in link.children if c.dep_ in ("aux", "auxpass", "nsubj"))], key=lambda t: t.i
        )
    )
    return bool(PROJECTION.search(words))


_OLD_BEFORE = re.compile(
    r"(?:\b(?:from|compared (?:with|to)|against|versus|vs\.?|after|instead of|rather than|than|previously|originally"
    r"|formerly|last year's|had been|used to be)\s+(?:\w+\s+){0,2}|\()$",
    re.IGNORECASE,
)
_OLD_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:(?:a|one) (?:year|month|quarter|week|decade) (?:earlier|before|ago)|the (?:year|month"
    r"|week|quarter|season)"
    r" before|last (?:year|month|week|season)|the previous|previously|→|->)",
    re.IGNORECASE,
)
_NEW_BEFORE = re.compile(
    r"(?:\bto\s+(?:\w+\s+)?|(?:→|->)\s*|\b(?:now|currently|this (?:year|month))\s+(?:\w+\s+){0,2})$", re.IGNORECASE
)


def _role_of(text: str, start: int, end: int) -> str:
    """Return "old" or "new" where the words around a figure say which end of a change it is."""
    before = text[max(0, start - 32) : start]
    if _NEW_BEFORE.search(before):
        return "new"
    if _OLD_BEFORE.search(before) or _OLD_AFTER.match(text, end):
        return "old"
    return ""


def is_open(day: DateMention) -> bool:
    """Whether a date bounds its time on one side only ("before 1988")."""
    return day.bound is not DateBound.IN
