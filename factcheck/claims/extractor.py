"""Article to claims: units parsed in small batches, split, resolved, judged and merged where they repeat.

Memory is bounded by the batch: only the text of claims and of recent noun phrases is kept, never a parsed document.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from factcheck.claims.draft import Draft, finish_sentence, render_words
from factcheck.claims.fragments import complete_bullet, complete_fragment, complete_label, has_predicate, is_open_line
from factcheck.claims.mentions import phrase_tokens
from factcheck.claims.resolve import Resolved, Resolver, apply_references
from factcheck.claims.rewrite import Piece, Role, break_sentence, read_asides
from factcheck.claims.split import split_sentence
from factcheck.claims.tree import find_subject, is_finite
from factcheck.claims.truecase import is_capitals, restore_case, to_title
from factcheck.claims.units import Unit, iterate_units
from factcheck.claims.voice import find_voice
from factcheck.claims.worthiness import WorthinessModel, assess_by_rules
from factcheck.language import DEFAULT_PIPELINE, load_pipeline
from factcheck.types import Article, BlockKind, Claim, Place

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_BATCH = 128
_META = re.compile(
    r"(?i)^(?:in )?(?:this|the (?:following|present)) (?:article|report|post|guide|section|piece|essay|paper|chapter|"
    r"page)\b(?:,? (?:we|I))? (?:will )?(?:explores?|examines?|looks?|discuss\w*|covers?|explains?|describes?|reviews?|"
    r"outlines?|is (?:about|not))"
)


# Orders to the reader about the text itself; real advice starts with other verbs.
_CALL = re.compile(
    r"(?i)^(?:explore|discover|learn|read|see|look|click|call|contact|subscribe|follow us|imagine|picture|meet|welcome|thank|"
    r"let me|let us|let's|here (?:is|are)|join us|stay tuned|find out|check out)\b"
)


class ClaimExtractor(Protocol):
    """Find the claims that articles make."""

    def extract(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """Return the claims of each article in the order in which it makes them."""
        ...


class SpacyExtractor:
    """Extracts claims with a spaCy dependency parse and rules; no language model, the same result every time."""

    def __init__(
        self,
        pipeline: Language,
        *,
        model: WorthinessModel | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._model = model
        self._on_progress = on_progress

    @classmethod
    def load(cls, name: str = DEFAULT_PIPELINE, *, on_progress: Callable[[int], None] | None = None) -> SpacyExtractor:
        """Return an extractor with the shipped pipeline; ``on_progress`` is told the offset reached in the article.

        :raises MissingModel: when the pipeline is not there.
        """
        return cls(load_pipeline(name), model=WorthinessModel.load(), on_progress=on_progress)

    def extract(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """Return the claims of each article; ``article.text[source.start:source.end] == source.quote`` for each."""
        return [_number(_merge(self._extract_one(article))) for article in articles]

    def _extract_one(self, article: Article) -> Iterator[Claim]:
        reader = _Reader(article, self._model)
        units = iterate_units(article)
        while batch := list(islice(units, _BATCH)):
            for unit, pieces in zip(batch, self._parse(batch), strict=True):
                yield from reader.read(unit, pieces)
            if self._on_progress is not None:
                self._on_progress(batch[-1].view.offsets[-1])

    def _parse(self, units: Sequence[Unit]) -> list[list[tuple[Piece, Doc]]]:
        """Return the pieces of each unit with their parses; none for a unit that states nothing.

        Each round parses only what the round before has changed.
        """
        bodies = [unit.body for unit in units]
        loud = [at for at, body in enumerate(bodies) if is_capitals(body)]
        for at, doc in zip(loud, self._run([to_title(bodies[at]) for at in loud]), strict=True):
            bodies[at] = restore_case(doc)
        docs = list(self._run(bodies))
        labelled = [unit.label for unit in units if unit.label]
        labels = iter(list(self._run(labelled)))
        texts = [_complete(u, doc, next(labels) if u.label else None) for u, doc in zip(units, docs, strict=True)]
        docs = self._again(texts, docs)
        broken = [
            [*break_sentence(doc), *read_asides(doc, unit.asides)] if text else []
            for text, doc, unit in zip(texts, docs, units, strict=True)
        ]
        flat = [(at, piece) for at, pieces in enumerate(broken) for piece in pieces]
        parsed = self._again([piece.text for _, piece in flat], [docs[at] for at, _ in flat])
        result: list[list[tuple[Piece, Doc]]] = [[] for _ in units]
        for (at, piece), doc in zip(flat, parsed, strict=True):
            result[at].append((piece, doc))
        for at, unit in enumerate(units):
            if unit.kind in (BlockKind.TITLE, BlockKind.HEADING) and not result[at] and len(docs[at]):
                result[at].append((Piece(docs[at].text, Role.NAMES), docs[at]))
        return result

    def _again(self, texts: Sequence[str], docs: Sequence[Doc]) -> list[Doc]:
        """Return the parses of ``texts``, taking over ``docs`` where the text is the same or empty."""
        changed = [at for at, (text, doc) in enumerate(zip(texts, docs, strict=True)) if text and text != doc.text]
        fresh = dict(zip(changed, self._run([texts[at] for at in changed]), strict=True))
        return [fresh.get(at, doc) for at, doc in enumerate(docs)]

    def _run(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the parse of each text as one sentence."""
        docs = []
        for text in texts:
            doc = self._pipeline.make_doc(text)
            for token in doc:
                token.is_sent_start = token.i == 0
            docs.append(doc)
        yield from self._pipeline.pipe(docs, batch_size=64)


class _Reader:
    """Reads the pieces of one article in order: resolves, splits and judges; remembers who spoke last."""

    def __init__(self, article: Article, model: WorthinessModel | None) -> None:
        self._article = article
        self._model = model
        self._resolver = Resolver(find_voice(article))
        self._speaker = ""
        self._spoke_in = -9

    def read(self, unit: Unit, pieces: Sequence[tuple[Piece, Doc]]) -> Iterator[Claim]:
        """Yield the claims of a unit."""
        place = _place(self._article, unit)
        for piece, doc in pieces:
            if piece.role is Role.NAMES:
                self._resolver.note(doc, block=unit.block)
                continue
            if piece.role is Role.FRAME:
                yield from self._read_frame(unit, doc, place)
                continue
            quoted = piece.role is Role.QUOTE and unit.block - self._spoke_in <= 1
            if unit.speaker:
                yield from self._read_sentence(unit, piece, doc, place, speaker=unit.speaker)
                continue
            if _META.match(doc.text) or _CALL.match(doc.text):
                self._resolver.resolve(doc, block=unit.block)
                continue
            yield from self._read_sentence(unit, piece, doc, place, speaker=self._speaker if quoted else "")

    def _read_frame(self, unit: Unit, doc: Doc, place: Place) -> Iterator[Claim]:
        """Yield what the clause that names a speaker tells of him, and remember the name."""
        resolved = self._resolver.resolve(doc, block=unit.block)
        root = next((t for t in doc if t.dep_ == "ROOT"), None)
        subject = find_subject(root) if root is not None else None
        if root is None or subject is None:
            self._speaker = ""
            return
        named = next((c for c in subject.children if c.dep_ == "appos" and c.pos_ == "PROPN"), subject)
        words = phrase_tokens(named)
        self._speaker = render_words(doc, words, resolved.as_table())
        self._spoke_in = unit.block
        for draft in split_sentence(doc):
            if draft.head != root.i:
                yield from self._make(unit, doc, place, draft, resolved, "")

    def _read_sentence(self, unit: Unit, piece: Piece, doc: Doc, place: Place, *, speaker: str) -> Iterator[Claim]:
        resolved = self._resolver.resolve(doc, block=unit.block, speaker=speaker)
        made = []
        for draft in split_sentence(doc):
            named = replace(draft, rules=(piece.rule, *draft.rules)) if piece.rule else draft
            made += self._make(unit, doc, place, named, resolved, speaker)
        if not made and unit.label and not doc.text.endswith("?") and len(doc) > 4:
            whole = Draft(tuple(range(len(doc))), 0, ("label", "whole"))
            made += self._make(unit, doc, place, whole, resolved, speaker)
        yield from made

    def _make(
        self, unit: Unit, doc: Doc, place: Place, draft: Draft, resolved: Resolved, speaker: str
    ) -> Iterator[Claim]:
        text, resolutions, unresolved = apply_references(doc, draft, resolved)
        attribution = render_words(doc, draft.attribution, resolved.as_table()) if draft.attribution else speaker
        attribution = attribution.removesuffix("'s")
        if attribution and not unit.speaker and "according to" not in text.lower():
            text = f"{text.rstrip('. ')}, according to {_lower_determiner(attribution)}"
        text = finish_sentence(text)
        if "presupposed" in draft.rules and (unresolved or _PRONOUN_FIRST.match(text)):
            return
        if not _says_something(doc, draft):
            return
        if len(text.split()) < 2 or _DANGLING.search(text):
            return
        head = doc[draft.head]
        found = self._model.assess(text) if self._model is not None else assess_by_rules(text, tag=head.tag_)
        yield Claim(
            id="",
            text=text,
            source=place,
            kind=found.kind,
            checkable=found.checkable,
            check_worthiness=found.check_worthiness,
            attribution=attribution or None,
            rules=draft.rules,
            resolutions=resolutions,
            unresolved=unresolved,
        )


def _says_something(doc: Doc, draft: Draft) -> bool:
    """Tell whether a draft has a finite verb, found or put in, is an order, or was kept whole for want of a parse."""
    if "whole" in draft.rules or any(isinstance(word, str) for word in draft.words):
        return True
    tokens = [doc[i] for i in draft.words if isinstance(i, int)]
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens) or is_finite(doc[draft.head]):
        return True
    return bool(doc[draft.head].tag_ == "VB")


_PRONOUN_FIRST = re.compile(r"(?i)(?:its|his|her|their|our|my|your|whose)\b")
_DANGLING = re.compile(
    r"(?i)\b(?:with|to|of|for|by|include|includes|the|and|or|(?:is|are|was|were|does|do|did|has|have|will|would|can|could)"
    r"(?: not| too|n't)?)[.]$"
)


def _lower_determiner(text: str) -> str:
    first = text.split(" ", 1)[0]
    return (
        text[:1].lower() + text[1:]
        if first in ("The", "A", "An", "Its", "His", "Her", "Their", "Some", "Two")
        else text
    )


def _complete(unit: Unit, doc: Doc, label_doc: Doc | None) -> str:
    """Return the sentence that a unit stands for: its own text, one made from it, or "" where it states nothing."""
    if not len(doc):
        return ""
    if unit.kind in (BlockKind.TITLE, BlockKind.HEADING):
        return doc.text if _heading_states(doc) else ""
    if unit.label and label_doc is not None:
        return complete_label(unit.label, unit.label_sign, doc, label_doc, lead_in=unit.lead_in)
    if unit.lead_in and (joined := complete_bullet(unit.lead_in, doc)):
        return joined
    if doc.text.endswith(":") and is_open_line(doc):
        return ""
    if has_predicate(doc):
        return str(doc.text)
    if unit.kind is BlockKind.BULLET and (completed := complete_fragment(doc)):
        return completed
    if any(t.pos_ in ("VERB", "AUX") and is_finite(t) for t in doc):
        return str(doc.text)
    return doc.text if doc.text.endswith(".") and len(doc) >= 6 and any(_may_be_verb(t) for t in doc) else ""


def _may_be_verb(token: Token) -> bool:
    """Tell a word that may be the verb of a sentence which the parser did not see ("links" as a plural noun)."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ == "dobj" for c in token.children)


def _heading_states(doc: Doc) -> bool:
    """Tell a heading that is a full sentence from a noun phrase in capitals."""
    if not has_predicate(doc) or doc.text.endswith("?"):
        return False
    words = [t for t in doc if t.is_alpha]
    capitals = sum(t.text[:1].isupper() for t in words)
    return doc.text.endswith(".") or (len(words) >= 7 and capitals * 2 < len(words))


def _place(article: Article, unit: Unit) -> Place:
    start, end = unit.view.offsets[0], unit.view.offsets[-1] + 1
    return Place(start, end, article.text[start:end], unit.section)


def _merge(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims with repeated ones as one claim that has several places."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        key = re.sub(r"\W+", " ", claim.text.lower()).strip()
        first = kept.get(key)
        if first is None:
            kept[key] = claim
        elif claim.source not in (first.source, *first.also_at):
            kept[key] = replace(first, also_at=(*first.also_at, claim.source))
    return list(kept.values())


def _number(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with ids that depend on their text alone, with an ordinal where a text comes twice."""
    seen: Counter[str] = Counter()
    numbered = []
    for claim in claims:
        seen[claim.text] += 1
        ordinal = seen[claim.text]
        digest = hashlib.sha256(f"{claim.text}\x00{ordinal}".encode()).hexdigest()[:16]
        numbered.append(replace(claim, id=digest))
    return numbered
