"""Cases of several dated sources to one claim: read them, and put them in the form that the pipeline has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from factcheck.article import parse_article
from factcheck.claims import ClaimExtractor
from factcheck.embed import Encoder
from factcheck.errors import FactcheckError
from factcheck.evaluate.verify import LabelledPair, read_pairs, read_rows
from factcheck.pipeline import annotate
from factcheck.quantities import Comparer, Comparison
from factcheck.restated import score_restated
from factcheck.stance import temper
from factcheck.types import Claim, Document, Evidence, Kind, Pair, Passage, Place, SourceKind, VerdictLabel
from factcheck.verify import Verifier


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with judged evidence, and the verdict that a careful editor gives."""

    id: str
    claim: Claim
    as_of: str
    evidence: tuple[Evidence, ...]
    verdict: VerdictLabel
    outdated: bool


def as_claim(text: str, extractor: ClaimExtractor, *, said_on: str, name: str) -> Claim:
    """Return ``text`` as one checkable claim, its kind read by the extractor."""
    kind, worthiness = Kind.STATE, 1.0
    try:
        found = extractor.extract([parse_article(text, force=True)])[0]
    except FactcheckError:
        found = []
    if found and found[0].checkable:
        kind, worthiness = found[0].kind, found[0].check_worthiness
    claim = Claim(name, text, Place(0, len(text), text), kind, checkable=True, check_worthiness=worthiness)
    return annotate([claim], said_on)[0]


PASSAGES_A_CLAIM = 5
REVISION_OVERLAP = 0.6
_READ_IN = "2024"


def find_cases(
    paths: Sequence[Path],
    limit: int,
    extractor: ClaimExtractor,
    encoder: Encoder,
    verifier: Verifier,
    comparer: Comparer,
) -> list[Case]:
    """Make cases of labelled pairs by :func:`place_among_near`, every passage judged and compared as in a check."""
    return judge_cases(place_among_near(paths, limit, encoder), extractor, encoder, verifier, comparer)


def place_among_near(paths: Sequence[Path], limit: int, encoder: Encoder) -> list[dict[str, Any]]:
    """Return rows of cases: the claim of each labelled pair with its own passage and the nearest of the other claims.

    That is how retrieval brings evidence: one passage decides, if any, and the others are about something near. Up to
    ``limit`` claims are taken, as many of each file, evenly over it.
    """
    each = -(-limit // len(paths))
    read = [read_pairs(path) for path in paths]
    pairs = [pair for part in read for pair in part]
    texts = list(dict.fromkeys(pair.evidence for pair in pairs))
    number_of = {text: number for number, text in enumerate(texts)}
    chosen = [pair for part in read for pair in spread(part, each)]
    similarity = encoder.encode([pair.claim for pair in chosen]) @ encoder.encode(texts).T
    rows = []
    for number, (pair, likeness) in enumerate(zip(chosen, similarity, strict=True)):
        own = number_of[pair.evidence]
        nearest = [int(i) for i in np.argsort(-likeness, kind="stable")[: PASSAGES_A_CLAIM * 4]]
        others = [i for i in nearest if i != own and not is_revision(texts[i], pair.evidence)]
        members = [own, *others[: PASSAGES_A_CLAIM - 1]]
        items = [{"text": texts[i], "title": f"passage {i}", "published": _READ_IN} for i in members]
        rows.append(
            {
                "id": f"pair{number}",
                "claim": pair.claim,
                "claim_date": _READ_IN,
                "evidence": items,
                "verdict": pair.label,
            }
        )
    return rows


def is_revision(text: str, other: str) -> bool:
    """Return whether two passages share most of their words: another version of one statement, which may decide too."""
    words, there = set(text.lower().split()), set(other.lower().split())
    return len(words & there) > REVISION_OVERLAP * min(len(words), len(there))


def spread(rows: Sequence[LabelledPair], limit: int) -> list[LabelledPair]:
    """Return up to ``limit`` rows taken evenly over all of them, in order."""
    if len(rows) <= limit:
        return list(rows)
    return [rows[i * len(rows) // limit] for i in range(limit)]


def read_cases(
    path: Path, extractor: ClaimExtractor, encoder: Encoder, verifier: Verifier, comparer: Comparer
) -> list[Case]:
    """Read cases and judge their evidence.

    :raises BadData: when a row lacks a field.
    """
    rows = read_rows(path, ("id", "claim", "claim_date", "evidence", "verdict"), lists=("evidence",))
    return judge_cases(rows, extractor, encoder, verifier, comparer)


def judge_cases(
    rows: Sequence[Mapping[str, Any]],
    extractor: ClaimExtractor,
    encoder: Encoder,
    verifier: Verifier,
    comparer: Comparer,
) -> list[Case]:
    """Return the rows' cases with every passage judged and compared as in a check."""
    claims = [as_claim(r["claim"], extractor, said_on=r["claim_date"], name=r["id"]) for r in rows]
    pairs = [(c, item) for c, r in zip(claims, rows, strict=True) for item in r["evidence"]]
    stances = score_restated(verifier, [Pair(c.text, item["text"]) for c, item in pairs])
    findings = comparer.compare(
        [
            Comparison(
                claim=c.text,
                evidence=item["text"],
                claim_time=c.time,
                evidence_as_of=item.get("as_of"),
                title=item["title"],
                said_on=r["claim_date"],
            )
            for c, r in zip(claims, rows, strict=True)
            for item in r["evidence"]
        ]
    )
    left = encoder.encode([c.text for c, _ in pairs])
    right = encoder.encode([item["text"] for _, item in pairs])
    similar = np.sum(left * right, axis=1)
    judged = iter(zip(pairs, stances, findings, similar, strict=True))
    cases = []
    for claim, row in zip(claims, rows, strict=True):
        evidence = []
        for number, item in enumerate(row["evidence"]):
            _, stance, found, similarity = next(judged)
            made = make_evidence(f"{row['id']}.{number}", item)
            evidence.append(
                replace(made, stance=temper(stance, found), findings=tuple(found), similarity=float(similarity))
            )
        verdict = VerdictLabel(row["verdict"])
        cases.append(Case(row["id"], claim, row["claim_date"], tuple(evidence), verdict, bool(row.get("outdated"))))
    return cases


def make_evidence(name: str, item: Mapping[str, Any]) -> Evidence:
    """Return a row's passage as evidence that nobody has judged yet."""
    from factcheck.types import Stance

    text = item["text"]
    document = Document(
        id=name,
        title=item["title"],
        body=text,
        sha256="",
        path="",
        publisher=item.get("publisher"),
        published=item.get("published"),
        as_of=item.get("as_of"),
        kind=SourceKind(item.get("kind", "unknown")),
    )
    passage = Passage(name, name, text, 0, len(text), as_of=item.get("as_of"))
    return Evidence(passage, document, text, 0, len(text), Stance(0.0, 0.0, 1.0), 0.0)
