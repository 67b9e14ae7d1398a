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

from factcheck.claims.amounts import spell_magnitudes
from factcheck.claims.fragments import (
    complete_bullet,
    complete_fragment,
    complete_label,
    has_predicate,
    is_open_line,
    states_alone,
)
from factcheck.claims.reader import Reader
from factcheck.claims.rewrite import Piece, Role, break_sentence, read_asides
from factcheck.claims.tree import is_finite
from factcheck.claims.truecase import is_capitals, restore_case, to_title
from factcheck.claims.units import Unit, iterate_units
from factcheck.claims.worthiness import WorthinessModel
from factcheck.language import DEFAULT_PIPELINE, load_pipeline
from factcheck.types import Article, BlockKind, Claim

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_BATCH = 128
_LONGEST_QUOTE = 6


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
        reader = Reader(article, self._model)
        units = iterate_units(article)
        while batch := list(islice(units, _BATCH)):
            parsed = self._parse(batch)
            for at, unit in enumerate(batch):
                yield from reader.read(unit, parsed[at], _find_frame(batch, parsed, at))
            if self._on_progress is not None:
                self._on_progress(batch[-1].view.offsets[-1])

    def _parse(self, units: Sequence[Unit]) -> list[list[tuple[Piece, Doc]]]:
        """Return the pieces of each unit with their parses; none for a unit that states nothing.

        Each round parses only what the round before has changed.
        """
        bodies = [spell_magnitudes(unit.body) for unit in units]
        loud = [at for at, body in enumerate(bodies) if is_capitals(body)]
        titled = self._run([to_title(bodies[at]) for at in loud])
        lowered = self._run([bodies[at].lower() for at in loud])
        for at, doc, low in zip(loud, titled, lowered, strict=True):
            bodies[at] = restore_case(doc, low)
        docs = list(self._run(bodies))
        labelled = [unit.label for unit in units if unit.label]
        labels = iter(list(self._run(labelled)))
        texts = [_complete(u, doc, next(labels) if u.label else None) for u, doc in zip(units, docs, strict=True)]
        docs = self._again(texts, docs)
        broken = [
            [*break_sentence(doc), *read_asides(doc, unit.asides, unit.text)] if text else []
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


def _find_frame(
    units: Sequence[Unit], parsed: Sequence[Sequence[tuple[Piece, Doc]]], at: int
) -> tuple[Piece, Doc] | None:
    """Return the clause that names the speaker of a quotation of several sentences, where it stands behind the last.

    ``None`` for a unit that opens no such quotation.
    """
    opens = units[at].body.startswith('"') and units[at].body.count('"') % 2 == 1
    if not opens or any(piece.role is not Role.QUOTE for piece, _ in parsed[at]):
        return None
    for unit, pieces in zip(units[at + 1 : at + _LONGEST_QUOTE], parsed[at + 1 : at + _LONGEST_QUOTE], strict=True):
        if unit.block != units[at].block or not pieces:
            return None
        frame = next((found for found in pieces if found[0].role is Role.FRAME), None)
        if frame is not None or any(piece.role is not Role.QUOTE for piece, _ in pieces):
            return frame if unit.body.startswith('"') else None
    return None


def _complete(unit: Unit, doc: Doc, label_doc: Doc | None) -> str:
    """Return the sentence that a unit stands for: its own text, one made from it, or "" where it states nothing."""
    if not len(doc):
        return ""
    if unit.kind in (BlockKind.TITLE, BlockKind.HEADING):
        return doc.text if _heading_states(doc) else ""
    if unit.label and label_doc is not None and unit.label_sign == ":" and states_alone(label_doc):
        return f"{unit.label}: {doc.text}"
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
    plain = unit.kind is BlockKind.PARAGRAPH and doc.text[0].isupper()
    plain = plain and sum(t.is_alpha and t.is_lower for t in doc) > 1  # no dateline
    return doc.text if doc.text.endswith(".") and len(doc) >= 6 and (plain or any(_may_be_verb(t) for t in doc)) else ""


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
