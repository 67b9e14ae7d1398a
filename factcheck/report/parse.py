"""Read back what :mod:`factcheck.report.schema` wrote. What the schema leaves out comes back empty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from factcheck.errors import BadData
from factcheck.report.schema import REPORT_SCHEMA
from factcheck.types import (
    Article,
    AsOfSource,
    Bound,
    CheckedClaim,
    Claim,
    Document,
    Evidence,
    Finding,
    FindingKind,
    Flag,
    Kind,
    Passage,
    Place,
    Probabilities,
    Quantity,
    Relation,
    Report,
    RunInfo,
    SourceKind,
    Stance,
    StanceLabel,
    TimeScope,
    Verdict,
    VerdictLabel,
)

Row = Mapping[str, Any]
_Name = TypeVar("_Name", bound=StrEnum)
_Item = TypeVar("_Item")


def from_json(data: object, *, article_text: str | None = None) -> Report:
    """Return the report that ``data`` describes; ``to_json(from_json(data)) == data`` where the text is known.

    What an earlier version did not write (``kind`` and what stands around a quote) comes back empty.

    The article's text is ``article_text``, else the one embedded, else "". Blocks and document bodies are not part of
    the schema and come back empty.

    :raises BadData: when ``data`` is no report of this schema; the message names the field.
    """
    row = _check_schema(data)
    run = _row(row, "run", "report")
    return Report(
        article=_read_article(_row(row, "article", "report"), article_text),
        run=RunInfo(
            version=_text(run, "version", "run"),
            corpus_sha256=_text(run, "corpus_sha256", "run"),
            encoder=_text(run, "encoder", "run"),
            verifier=_text(run, "verifier", "run"),
            as_of=_text(run, "as_of", "run"),
            as_of_source=_name(AsOfSource, run, "as_of_source", "run"),
            elapsed_s=_number(run, "elapsed_s", "run"),
        ),
        claims=_each(row, "claims", "report", _read_checked),
    )


def read_claim(row: Row, where: str) -> Claim:
    """Return a claim from its JSON fields; ``where`` names it in an error.

    :raises BadData: when a field is missing or of the wrong type.
    """
    return Claim(
        id=_text(row, "id", where),
        text=_text(row, "text", where),
        source=_read_place(_row(row, "source", where), f"{where}.source"),
        kind=_name(Kind, row, "kind", where),
        checkable=bool(_get(row, "checkable", where)),
        check_worthiness=_number(row, "check_worthiness", where),
        also_at=_each(row, "also_at", where, _read_place),
        attribution=_optional(row, "attribution", where),
        quantities=_each(row, "quantities", where, _read_quantity),
        time=_read_time(_get(row, "time", where), f"{where}.time"),
        unresolved=_read_words(row, "unresolved", where),
        reworded_from=_optional(row, "reworded_from", where),
    )


def _check_schema(data: object) -> Row:
    if not isinstance(data, Mapping):
        raise BadData(f"expected an object with the schema {REPORT_SCHEMA}, found {type(data).__name__}")
    found = data.get("schema")
    if found != REPORT_SCHEMA:
        raise BadData(f"expected the schema {REPORT_SCHEMA}, found {found!r}; was this file written by factcheck?")
    return data


def _read_article(row: Row, text: str | None) -> Article:
    embedded = _optional(row, "text", "article")
    return Article(
        text=text if text is not None else embedded or "",
        title=_text(row, "title", "article"),
        path=_text(row, "path", "article"),
        sha256=_text(row, "sha256", "article"),
        published=_optional(row, "published", "article"),
        blocks=(),
        embeds_text=embedded is not None,
    )


def _read_checked(row: Row, where: str) -> CheckedClaim:
    probabilities = _row(row, "probabilities", where)
    flags = _get(row, "flags", where)
    return CheckedClaim(
        claim=read_claim(row, where),
        verdict=Verdict(
            label=_name(VerdictLabel, row, "verdict", where),
            confidence=_number(row, "confidence", where),
            probabilities=Probabilities(
                supported=_number(probabilities, "supported", where),
                refuted=_number(probabilities, "refuted", where),
                not_enough_info=_number(probabilities, "not_enough_info", where),
            ),
            reason=_text(row, "reason", where),
            flags=tuple(_name(Flag, {"flags": flag}, "flags", where) for flag in flags),
            flagged=bool(_get(row, "flagged", where)),
        ),
        evidence=_each(row, "evidence", where, _read_evidence),
    )


def _read_evidence(row: Row, where: str) -> Evidence:
    supports, refutes = _number(row, "p_supports", where), _number(row, "p_refutes", where)
    quote, start, end = _text(row, "quote", where), _whole(row, "start", where), _whole(row, "end", where)
    before, after = _optional(row, "before", where) or "", _optional(row, "after", where) or ""
    first = _whole(row, "passage_start", where) if row.get("passage_start") is not None else start - len(before)
    last = _whole(row, "passage_end", where) if row.get("passage_end") is not None else end + len(after)
    shown, shown_from = before + quote + after, start - len(before)
    left, right = max(0, first - shown_from), max(0, last - shown_from)
    doc_id, page = _text(row, "doc_id", where), _get(row, "page", where)
    return Evidence(
        passage=Passage(
            id=hashlib.sha256(f"{doc_id}:{first}:{last}".encode()).hexdigest()[:16],
            doc_id=doc_id,
            text=shown[left:right],
            start=first,
            end=last,
            as_of=_optional(row, "as_of", where),
            page=None if page is None else int(page),
        ),
        document=Document(
            id=doc_id,
            title=_text(row, "title", where),
            body="",
            sha256="",
            path="",
            publisher=_optional(row, "publisher", where),
            url=_optional(row, "url", where),
            published=_optional(row, "published", where),
            kind=SourceKind.UNKNOWN if row.get("kind") is None else _name(SourceKind, row, "kind", where),
        ),
        quote=quote,
        start=start,
        end=end,
        stance=_read_stance(supports, refutes, _name(StanceLabel, row, "stance", where)),
        similarity=_number(row, "similarity", where),
        findings=_each(row, "findings", where, _read_finding),
        preceding=shown[:left],
        following=shown[right:],
    )


def _read_stance(p_supports: float, p_refutes: float, label: StanceLabel) -> Stance:
    """Return the stance of these probabilities; the third is the rest, bent where that would change the label."""
    p_neutral, side = max(0.0, 1.0 - p_supports - p_refutes), max(p_supports, p_refutes)
    if label is StanceLabel.NEUTRAL:
        p_neutral = max(p_neutral, side)
    elif p_neutral >= side:
        p_neutral = min(p_supports, p_refutes)
    return Stance(p_supports=p_supports, p_refutes=p_refutes, p_neutral=p_neutral)


def _read_finding(row: Row, where: str) -> Finding:
    return Finding(
        kind=_name(FindingKind, row, "kind", where),
        relation=_name(Relation, row, "relation", where),
        claimed=_text(row, "claimed", where),
        found=_text(row, "found", where),
        note=_text(row, "note", where),
    )


def _read_place(row: Row, where: str) -> Place:
    return Place(
        start=_whole(row, "start", where),
        end=_whole(row, "end", where),
        quote=_text(row, "quote", where),
        section=_text(row, "section", where),
    )


def _read_quantity(row: Row, where: str) -> Quantity:
    return Quantity(
        value=_decimal(_get(row, "value", where), where),
        unit=_text(row, "unit", where),
        bound=_name(Bound, row, "bound", where),
        of=_text(row, "of", where),
        start=_whole(row, "start", where),
        end=_whole(row, "end", where),
        high=_decimal(row["high"], where) if row.get("high") is not None else None,
    )


def _read_words(row: Row, key: str, where: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadData(f"{where}.{key} should be a list of texts")
    return tuple(values)


def _read_time(value: object, where: str) -> TimeScope | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadData(f"{where} should be an object or null")
    return TimeScope(start=_day(value, "from", where), end=_day(value, "to", where), text=_text(value, "text", where))


def _day(row: Row, key: str, where: str) -> date | None:
    written = _optional(row, key, where)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise BadData(f"{where}.{key} should be a date such as 2024-11-18, found {written!r}") from error


def _decimal(value: object, where: str) -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise BadData(f"{where} should hold a number, found {json.dumps(value, default=str)[:60]}") from error


def _get(row: Row, key: str, where: str) -> Any:  # noqa: ANN401  the value is JSON; every caller checks it
    if key not in row:
        raise BadData(f"{where} lacks the field {key!r}")
    return row[key]


def _text(row: Row, key: str, where: str) -> str:
    value = _get(row, key, where)
    if not isinstance(value, str):
        raise BadData(f"{where}.{key} should be text, found {json.dumps(value, default=str)[:60]}")
    return value


def _optional(row: Row, key: str, where: str) -> str | None:
    return None if row.get(key) is None else _text(row, key, where)


def _number(row: Row, key: str, where: str) -> float:
    value = _get(row, key, where)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadData(f"{where}.{key} should be a number, found {json.dumps(value, default=str)[:60]}")
    return value


def _whole(row: Row, key: str, where: str) -> int:
    value = _number(row, key, where)
    if not isinstance(value, int):
        raise BadData(f"{where}.{key} should be a whole number, found {value!r}")
    return value


def _row(row: Row, key: str, where: str) -> Row:
    value = _get(row, key, where)
    if not isinstance(value, Mapping):
        raise BadData(f"{where}.{key} should be an object")
    return value


def _name(names: type[_Name], row: Row, key: str, where: str) -> _Name:
    value = _get(row, key, where)
    try:
        return names(value)
    except ValueError as error:
        known = ", ".join(member.value for member in names)
        raise BadData(f"{where}.{key} should be one of {known}, found {value!r}") from error


def _each(row: Row, key: str, where: str, read: Callable[[Row, str], _Item]) -> tuple[_Item, ...]:
    values = _get(row, key, where)
    if not isinstance(values, list):
        raise BadData(f"{where}.{key} should be a list")
    items = []
    for number, value in enumerate(values):
        if not isinstance(value, Mapping):
            raise BadData(f"{where}.{key}[{number}] should be an object")
        items.append(read(value, f"{where}.{key}[{number}]"))
    return tuple(items)
