"""Edits that must make a supported claim less supported: negate it, change its number, swap its name.

Behavioural tests after Ribeiro et al. 2020, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList": no
label is needed beyond "supported", and what is counted is whether ``p_supports`` falls.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from factcheck.evaluate.metrics import ratio
from factcheck.evaluate.verify import LabelledPair, judge
from factcheck.quantities import Comparer
from factcheck.types import Stance
from factcheck.verify import Verifier

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART"})
_DO = {"VBZ": "does not", "VBP": "do not", "VBD": "did not"}


class Edit(StrEnum):
    """What is done to a claim."""

    NEGATION = "negation"
    NUMBER = "number"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class EditScore:
    """Of ``n`` edited claims, the share whose ``p_supports`` fell, and the share no longer called supported."""

    n: int
    lowered: float
    left_supported: float
    mean_before: float
    mean_after: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


def negate(doc: Doc) -> str | None:
    """Return the claim with its main verb negated, or ``None`` where that is not plain or it is negated already."""
    root: Token = next(iter(doc.sents)).root
    if any(t.dep_ == "neg" for t in doc):
        return None
    helpers = [t for t in root.children if t.dep_ in ("aux", "auxpass") and t.tag_ != "TO"]
    after = helpers[0] if helpers else root if root.lemma_ == "be" else None
    text = doc.text
    if after is not None:
        end = after.idx + len(after)
        return f"{text[:end]} not{text[end:]}"
    if root.tag_ in _DO:
        return str(f"{text[: root.idx]}{_DO[root.tag_]} {root.lemma_}{text[root.idx + len(root) :]}")
    return None


def change_number(text: str) -> str | None:
    """Return the claim with its last figure changed beyond any rounding, or ``None`` where it has none.

    A year moves by four, any other figure grows by about two fifths and keeps its form.
    """
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return None
    match = matches[-1]
    old = match.group()
    value = float(old.replace(",", ""))
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", old):
        new = str(int(old) - 4)
    elif "." in old:
        new = f"{value * 1.4 + 0.1:.{len(old.split('.')[1])}f}"
    else:
        changed = int(value * 1.4) + 1
        new = f"{changed:,}" if "," in old else str(changed)
    return text[: match.start()] + new + text[match.end() :]


def swap_entity(doc: Doc, others: Sequence[tuple[str, str]]) -> str | None:
    """Return the claim with its first name replaced by another of the same kind, or ``None`` where there is none.

    ``others`` are (kind, name) pairs, tried in order.
    """
    for entity in doc.ents:
        if entity.label_ in _NAMED:
            for kind, name in others:
                if (
                    kind == entity.label_
                    and name.lower() not in doc.text.lower()
                    and entity.text.lower() not in name.lower()
                ):
                    return str(doc.text[: entity.start_char] + name + doc.text[entity.end_char :])
    return None


def make_edits(claims: Sequence[str], pipeline: Language) -> dict[Edit, list[str | None]]:
    """Return every edit of every claim, ``None`` where one does not apply; names come from the claims themselves."""
    docs = list(pipeline.pipe(claims))
    pool = [(e.label_, e.text) for doc in docs for e in doc.ents if e.label_ in _NAMED]
    edited: dict[Edit, list[str | None]] = {edit: [] for edit in Edit}
    for number, doc in enumerate(docs):
        # Another start for each claim, so that one name does not take every place.
        start = number * 7 % len(pool) if pool else 0
        edited[Edit.NEGATION].append(negate(doc) if len(doc) else None)
        edited[Edit.NUMBER].append(change_number(doc.text))
        edited[Edit.ENTITY].append(swap_entity(doc, pool[start:] + pool[:start]))
    return edited


def evaluate_edits(
    pairs: Sequence[LabelledPair], verifier: Verifier, pipeline: Language, *, comparer: Comparer | None = None
) -> dict[str, EditScore]:
    """Return the score of each kind of edit over the supported pairs among ``pairs``."""
    supported = [p for p in pairs if p.label == "supported"]
    before, _ = judge(supported, verifier, comparer)
    scores = {}
    for edit, claims in make_edits([p.claim for p in supported], pipeline).items():
        kept = [(p, claim, stance) for p, claim, stance in zip(supported, claims, before, strict=True) if claim]
        after, _ = judge([LabelledPair(p.evidence, claim, p.label) for p, claim, _ in kept], verifier, comparer)
        scores[edit.value] = score_edit([stance for _, _, stance in kept], after)
    return scores


def score_edit(before: Sequence[Stance], after: Sequence[Stance]) -> EditScore:
    """Return how support moved from ``before`` to ``after``."""
    n = len(before)
    lowered = sum(b.p_supports > a.p_supports for b, a in zip(before, after, strict=True))
    left = sum(a.label.value != "supports" for a in after)
    return EditScore(
        n=n,
        lowered=ratio(lowered, n),
        left_supported=ratio(left, n),
        mean_before=ratio(sum(b.p_supports for b in before), n),
        mean_after=ratio(sum(a.p_supports for a in after), n),
    )
