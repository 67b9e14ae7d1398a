"""Measure claim extraction against texts whose claims people wrote down. ``matching`` says when two claims are one."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from factcheck.article import parse_article
from factcheck.claims.extractor import ClaimExtractor
from factcheck.claims.units import iterate_units
from factcheck.errors import BadArticle, BadData
from factcheck.evaluate.matching import assign, measure_similarities, measure_similarity
from factcheck.types import Article, Claim, Kind, Place

if TYPE_CHECKING:
    from spacy.language import Language

_REPORTED = re.compile(r"(?i)\b(?:according to|said|says|reported|reports|stated|told|found|announced) ?(?:that)?\b")
_OPEN_SUBJECT = re.compile(r"(?i)^(?:it|he|she|they|this|that|these|those|we|i|its|his|her|their|our|my|you)\b")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that an annotator wrote, with its sentence; ``kind`` is ``None`` where the data has none."""

    text: str
    sentence: str
    checkable: bool
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class ExtractScores:
    """How well predicted claims are the gold claims.

    ``checkable_f1`` and ``checkable_balanced_accuracy`` are over matched pairs, ``checkable_claim_f1`` counts a
    checkable gold claim as found only when a matched prediction is called checkable too. Shares are of all predictions.
    """

    texts: int
    gold: int
    predicted: int
    matched: int
    precision: float
    recall: float
    f1: float
    checkable_f1: float
    checkable_balanced_accuracy: float
    checkable_claim_f1: float
    kind_accuracy: float
    claims_per_sentence: float
    spans_that_slice_back: float
    unresolved: float
    open_subject: float
    without_finite_verb: float | None
    sentences_per_s: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


class OneClaimPerSentence:
    """The trivial baseline: every sentence is a checkable claim, as it stands."""

    def extract(self, articles: Sequence[Article]) -> list[list[Claim]]:
        """Return one claim per sentence or bullet of each article."""
        return [
            [_whole_unit(article, at, unit) for at, unit in enumerate(iterate_units(article))] for article in articles
        ]


def evaluate_extract(
    rows: Sequence[Mapping[str, Any]], extractor: ClaimExtractor, *, pipeline: Language | None = None
) -> ExtractScores:
    """Return the scores of ``extractor`` on rows of either form of the contract.

    With ``pipeline`` (a parser), the claims without a finite verb are counted too.

    :raises BadData: when a row has neither ``sentences`` nor ``claims``, or no text.
    """
    started = time.perf_counter()
    extracted = extract_rows(rows, extractor)
    elapsed_s = time.perf_counter() - started
    return score_extract(rows, extracted, elapsed_s=elapsed_s, pipeline=pipeline)


def extract_rows(
    rows: Sequence[Mapping[str, Any]], extractor: ClaimExtractor
) -> list[tuple[Article | None, list[Claim]]]:
    """Return the article and the claims of each row; a text that is no article gives no claim.

    :raises BadData: when a row's gold claims cannot be read; the row is named.
    """
    for number, row in enumerate(rows, 1):
        try:
            read_gold(row)
        except BadData as error:
            raise BadData(f"row {number}: {error}") from None
    articles: list[Article | None] = []
    for row in rows:
        try:
            date = row.get("date")
            published = date if isinstance(date, str) else None
            articles.append(parse_article(str(row["text"]), published=published, force=True))
        except BadArticle:
            articles.append(None)
    claims = iter(extractor.extract([a for a in articles if a is not None]))
    return [(article, next(claims) if article is not None else []) for article in articles]


def score_extract(
    rows: Sequence[Mapping[str, Any]],
    extracted: Sequence[tuple[Article | None, Sequence[Claim]]],
    *,
    elapsed_s: float,
    pipeline: Language | None = None,
) -> ExtractScores:
    """Return the scores of claims already extracted, one entry per row."""
    n_gold = n_predicted = n_sentences = n_slices = 0
    pairs: list[tuple[Claim, GoldClaim]] = []
    gold_checkable = predicted_checkable = 0
    everything: list[Claim] = []
    for row, (article, claims) in zip(rows, extracted, strict=True):
        gold, sentences = read_gold(row)
        matched = match_claims(claims, gold)
        alternatives = _drop_alternatives(gold, {g for _, g in matched})
        n_gold += len(gold) - len(alternatives)
        n_predicted += len(claims)
        n_sentences += sentences
        n_slices += sum(_slices_back(article, claim) for claim in claims)
        pairs += [(claims[p], gold[g]) for p, g in matched]
        gold_checkable += sum(g.checkable for at, g in enumerate(gold) if at not in alternatives)
        predicted_checkable += sum(c.checkable for c in claims)
        everything += claims
    both = sum(c.checkable and g.checkable for c, g in pairs)
    kinds = [(c, g) for c, g in pairs if g.kind is not None]
    return ExtractScores(
        texts=len(rows),
        gold=n_gold,
        predicted=n_predicted,
        matched=len(pairs),
        precision=_ratio(len(pairs), n_predicted),
        recall=_ratio(len(pairs), n_gold),
        f1=_f1(len(pairs), n_predicted, n_gold),
        checkable_f1=_f1(both, sum(c.checkable for c, _ in pairs), sum(g.checkable for _, g in pairs)),
        checkable_balanced_accuracy=_balanced([(c.checkable, g.checkable) for c, g in pairs]),
        checkable_claim_f1=_f1(both, predicted_checkable, gold_checkable),
        kind_accuracy=_ratio(sum(c.kind == g.kind for c, g in kinds), len(kinds)),
        claims_per_sentence=_ratio(n_predicted, n_sentences),
        spans_that_slice_back=_ratio(n_slices, n_predicted),
        unresolved=_ratio(sum(bool(c.unresolved) for c in everything), n_predicted),
        open_subject=_ratio(sum(bool(_OPEN_SUBJECT.match(c.text)) for c in everything), n_predicted),
        without_finite_verb=None if pipeline is None else _share_without_verb(everything, pipeline),
        sentences_per_s=_ratio(n_sentences, elapsed_s),
    )


def read_gold(row: Mapping[str, Any]) -> tuple[list[GoldClaim], int]:
    """Return the gold claims of a row of either form, and how many sentences it has.

    :raises BadData: when the row has neither form.
    """
    if isinstance(row.get("sentences"), list):
        claims = []
        for sentence in row["sentences"]:
            if not isinstance(sentence, dict) or not isinstance(sentence.get("text"), str):
                raise BadData('every one of "sentences" must be an object with "text"')
            worth = sentence.get("claim_checkworthiness", [])
            for at, text in enumerate(sentence.get("claims", [])):
                factual = at >= len(worth) or worth[at] == "factual"
                claims.append(GoldClaim(text, sentence["text"], factual, None))
        return claims, len(row["sentences"])
    if not isinstance(row.get("claims"), list) or "text" not in row:
        raise BadData('a row must have "text" and either "sentences" or "claims"')
    claims = []
    for claim in row["claims"]:
        if not isinstance(claim, dict) or not isinstance(claim.get("claim"), str):
            raise BadData('every one of "claims" must be an object with "claim", a text')
        kind = {"ranking": "rank"}.get(claim.get("kind", ""), claim.get("kind", ""))
        known = Kind(kind) if kind in list(Kind) else None
        claims.append(GoldClaim(claim["claim"], claim.get("sentence", ""), bool(claim.get("checkable", True)), known))
    return claims, len({c.sentence for c in claims})


def match_claims(claims: Sequence[Claim], gold: Sequence[GoldClaim]) -> list[tuple[int, int]]:
    """Return the matched pairs (index of the prediction, index of the gold claim)."""
    table = measure_similarities([c.text for c in claims], [g.text for g in gold], [g.sentence for g in gold])
    return assign(table)


def _drop_alternatives(gold: Sequence[GoldClaim], matched: set[int]) -> set[int]:
    """Return unmatched gold claims whose twin is matched: a report and its content as two rows, where one is enough."""
    dropped = set()
    for at, claim in enumerate(gold):
        if at in matched:
            continue
        for other, twin in enumerate(gold):
            if other == at or other not in matched or twin.sentence != claim.sentence:
                continue
            report, content = (claim, twin) if _REPORTED.search(claim.text) else (twin, claim)
            if not _REPORTED.search(report.text) or _REPORTED.search(content.text):
                continue
            said = re.split(_REPORTED, report.text, maxsplit=1)
            if max(measure_similarity(part, content.text, content.sentence) for part in said) >= 0.75:
                dropped.add(at)
    return dropped


def _share_without_verb(claims: Sequence[Claim], pipeline: Language) -> float:
    from factcheck.claims.tree import is_finite

    docs = pipeline.pipe([claim.text for claim in claims])
    return _ratio(sum(not any(is_finite(token) for token in doc) for doc in docs), len(claims))


def _slices_back(article: Article | None, claim: Claim) -> bool:
    places = (claim.source, *claim.also_at)
    return article is not None and all(article.text[p.start : p.end] == p.quote for p in places)


def _whole_unit(article: Article, at: int, unit: Any) -> Claim:  # noqa: ANN401  a unit is the extractor's own type
    start, end = unit.view.offsets[0], unit.view.offsets[-1] + 1
    place = Place(start, end, article.text[start:end], unit.section)
    return Claim(str(at), unit.text, place, Kind.STATE, True, 0.5, rules=("whole",))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(both: int, predicted: int, gold: int) -> float:
    return _ratio(2 * both, predicted + gold)


def _balanced(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Return the mean of the recalls of both classes, over the classes that occur."""
    recalls = [
        _ratio(sum(p == g for p, g in pairs if g is label), sum(g is label for _, g in pairs))
        for label in (True, False)
        if any(g is label for _, g in pairs)
    ]
    return _ratio(sum(recalls), len(recalls))
