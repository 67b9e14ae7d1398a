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

from factcheck.claims.draft import finish_sentence
from factcheck.claims.fragments import complete_bullet, complete_fragment, complete_label, has_predicate
from factcheck.claims.resolve import Resolver, apply_references
from factcheck.claims.split import split_sentence
from factcheck.claims.units import Unit, iterate_units
from factcheck.claims.worthiness import assess
from factcheck.language import DEFAULT_PIPELINE, load_pipeline
from factcheck.types import Article, BlockKind, Claim, Place

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 128
_META = re.compile(
    r"(?i)^(?:in )?(?:this|the (?:following|present)) (?:article|report|post|guide|section|piece|essay|paper|chapter|page)\b"
    r"(?:,? (?:we|I))? (?:will )?(?:explores?|examines?|looks?|discuss\w*|covers?|explains?|describes?|reviews?|outlines?|"
    r"is (?:about|not))"
)


class ClaimExtractor(Protocol):
    """Find the claims that articles make."""

    def extract(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """Return the claims of each article in the order in which it makes them."""
        ...


class SpacyExtractor:
    """Extracts claims with a spaCy dependency parse and rules; no language model, the same result every time."""

    def __init__(self, pipeline: Language, *, on_progress: Callable[[int], None] | None = None) -> None:
        self._pipeline = pipeline
        self._on_progress = on_progress

    @classmethod
    def load(cls, name: str = DEFAULT_PIPELINE, *, on_progress: Callable[[int], None] | None = None) -> SpacyExtractor:
        """Return an extractor with the shipped pipeline; ``on_progress`` is told the offset reached in the article.

        :raises MissingModel: when the pipeline is not there.
        """
        return cls(load_pipeline(name), on_progress=on_progress)

    def extract(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """Return the claims of each article; ``article.text[source.start:source.end] == source.quote`` for each."""
        return [_number(_merge(self._extract_one(article))) for article in articles]

    def _extract_one(self, article: Article) -> Iterator[Claim]:
        resolver = Resolver()
        units = iterate_units(article)
        while batch := list(islice(units, _BATCH)):
            for unit, doc in zip(batch, self._parse(batch), strict=True):
                if doc is not None:
                    yield from _claims_of(article, unit, doc, resolver)
            if self._on_progress is not None:
                self._on_progress(batch[-1].view.offsets[-1])

    def _parse(self, units: Sequence[Unit]) -> list[Doc | None]:
        """Return the parse of each unit, completed where it was no sentence, ``None`` where it states nothing."""
        bodies = [unit.text[len(unit.label) :].lstrip(": –—-") if unit.label_sign not in ("", "|") else unit.text
                  for unit in units]  # fmt: skip
        docs: list[Doc | None] = list(self._run(bodies))
        labels = {at: doc for at, doc in zip(
            [at for at, unit in enumerate(units) if unit.label],
            self._run([unit.label for unit in units if unit.label]), strict=True)}  # fmt: skip
        redo: dict[int, str] = {}
        for at, (unit, doc) in enumerate(zip(units, docs, strict=True)):
            if doc is None or len(doc) == 0:
                docs[at] = None
                continue
            text = _complete(unit, doc, labels.get(at))
            if text != doc.text:
                redo[at] = text
        wanted = [at for at, text in redo.items() if text]
        for at, doc in zip(wanted, self._run([redo[at] for at in wanted]), strict=True):
            docs[at] = doc if has_predicate(doc) else None
        for at, text in redo.items():
            if not text:
                docs[at] = None
        return docs

    def _run(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the parse of each text as one sentence."""
        docs = []
        for text in texts:
            doc = self._pipeline.make_doc(text)
            for token in doc:
                token.is_sent_start = token.i == 0
            docs.append(doc)
        yield from self._pipeline.pipe(docs, batch_size=64)


def _complete(unit: Unit, doc: Doc, label_doc: Doc | None) -> str:
    """Return the sentence that a unit stands for: its own text, one made from it, or "" where it states nothing."""
    if unit.label and label_doc is not None:
        return complete_label(unit.label, unit.label_sign, doc, label_doc)
    if unit.kind in (BlockKind.TITLE, BlockKind.HEADING):
        return doc.text if _heading_states(doc) else ""
    if unit.lead_in and (joined := complete_bullet(unit.lead_in, doc)):
        return joined
    if has_predicate(doc):
        return doc.text
    if unit.kind is BlockKind.BULLET:
        return complete_fragment(doc)
    return doc.text if any(t.dep_ in ("ccomp", "conj", "parataxis") and t.pos_ in ("VERB", "AUX") for t in doc) else ""


def _heading_states(doc: Doc) -> bool:
    """Tell a heading that is a full sentence from a noun phrase in capitals."""
    if not has_predicate(doc) or doc.text.endswith("?"):
        return False
    words = [t for t in doc if t.is_alpha]
    capitals = sum(t.text[:1].isupper() for t in words)
    return doc.text.endswith(".") or (len(words) >= 7 and capitals * 2 < len(words))


def _claims_of(article: Article, unit: Unit, doc: Doc, resolver: Resolver) -> Iterator[Claim]:
    resolved = resolver.resolve(doc, block=unit.block)
    if _META.match(doc.text):
        return
    place = _place(article, unit)
    for draft in split_sentence(doc):
        text, resolutions, unresolved = apply_references(doc, draft, resolved)
        if draft.attribution and "according to" not in text.lower():
            text = f"{text.rstrip('. ')}, according to {draft.attribution}"
        text = finish_sentence(text)
        if len(text.split()) < 3:
            continue
        head = doc[draft.head]
        found = assess(text, tag=head.tag_, lemma=head.lemma_)
        yield Claim(
            id="",
            text=text,
            source=place,
            kind=found.kind,
            checkable=found.checkable,
            check_worthiness=found.check_worthiness,
            attribution=draft.attribution,
            rules=draft.rules,
            resolutions=resolutions,
            unresolved=unresolved,
        )


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
