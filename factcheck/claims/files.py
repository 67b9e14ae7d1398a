"""Claims as a file that can be edited and read back: ``factcheck-claims/1``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from factcheck.claim_form import quantity_to_json, time_to_json
from factcheck.errors import BadData
from factcheck.types import Article, Claim, Kind, Place, Resolution

SCHEMA = "factcheck-claims/1"


def claims_to_json(article: Article, claims: Sequence[Claim]) -> dict[str, object]:
    """Return the JSON object of the claims of an article, ready for ``json.dumps``."""
    head: dict[str, object] = {
        "title": article.title,
        "path": article.path,
        "sha256": article.sha256,
        "characters": len(article.text),
        "published": article.published,
    }
    if article.embeds_text:
        head["text"] = article.text
    return {"schema": SCHEMA, "article": head, "claims": [_claim_to_json(claim) for claim in claims]}


def write_claims(path: str, article: Article, claims: Sequence[Claim]) -> None:
    """Write the claims of an article to ``path``.

    :raises BadData: when the file cannot be written.
    """
    text = json.dumps(claims_to_json(article, claims), ensure_ascii=False, indent=1)
    try:
        Path(path).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BadData(f"{path} cannot be written: {error.strerror}") from None


def read_claims(path: str) -> list[Claim]:
    """Return the claims in a file that ``write_claims`` or an editor wrote.

    ``quantities`` and ``time`` are not read: the check finds them anew in the text, which may have been edited.

    :raises BadData: when the file is missing or not of the form ``factcheck-claims/1``; the text names the place.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadData(f"{path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadData(f"{path} is not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise BadData(
            f'{path} has the schema {found!r}, not "{SCHEMA}"; make it with `factcheck claims ARTICLE --edit`'
        )
    rows = data.get("claims")
    if not isinstance(rows, list):
        raise BadData(f'{path} has no list "claims"')
    claims = [_read_claim(row, f"{path}, claim {number}") for number, row in enumerate(rows, start=1)]
    first: dict[str, int] = {}
    for number, claim in enumerate(claims, start=1):
        if first.setdefault(claim.id, number) != number:
            raise BadData(f"{path}, claim {number} has the id {claim.id!r} of claim {first[claim.id]}; give it its own")
    return claims


def _claim_to_json(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "text": claim.text,
        "kind": str(claim.kind),
        "checkable": claim.checkable,
        "check_worthiness": claim.check_worthiness,
        "attribution": claim.attribution,
        "source": _place_to_json(claim.source),
        "also_at": [_place_to_json(place) for place in claim.also_at],
        "quantities": [quantity_to_json(quantity) for quantity in claim.quantities],
        "time": time_to_json(claim.time),
        "rules": list(claim.rules),
        "resolutions": [{"before": r.before, "after": r.after, "rule": r.rule} for r in claim.resolutions],
        "unresolved": list(claim.unresolved),
    }


def _place_to_json(place: Place) -> dict[str, object]:
    return {"start": place.start, "end": place.end, "quote": place.quote, "section": place.section}


def _read_claim(row: object, where: str) -> Claim:
    if not isinstance(row, Mapping):
        raise BadData(f"{where} is not an object")
    text = _need(row, "text", str, where)
    if not text.strip():
        raise BadData(f"{where} has no text")
    kind_name = row.get("kind", "state")
    if kind_name not in list(Kind):
        raise BadData(f"{where} has the kind {kind_name!r}; it must be one of {', '.join(Kind)}")
    worthiness = _need(row, "check_worthiness", (int, float), where)
    if not 0 <= worthiness <= 1:
        raise BadData(f"{where} has a check_worthiness of {worthiness}, which is not between 0 and 1")
    attribution = row.get("attribution")
    return Claim(
        id=_need(row, "id", str, where),
        text=text,
        source=_read_place(row.get("source"), where),
        kind=Kind(kind_name),
        checkable=_need(row, "checkable", bool, where),
        check_worthiness=float(worthiness),
        also_at=tuple(_read_place(place, where) for place in _list(row, "also_at", where)),
        attribution=attribution if isinstance(attribution, str) else None,
        rules=tuple(str(rule) for rule in _list(row, "rules", where)),
        resolutions=tuple(
            Resolution(str(r.get("before", "")), str(r.get("after", "")), str(r.get("rule", "")))
            for r in _list(row, "resolutions", where)
            if isinstance(r, Mapping)
        ),
        unresolved=tuple(str(word) for word in _list(row, "unresolved", where)),
    )


def _read_place(value: object, where: str) -> Place:
    if not isinstance(value, Mapping):
        raise BadData(f"{where} has no source with start, end and quote")
    start, end = _need(value, "start", int, where), _need(value, "end", int, where)
    quote = _need(value, "quote", str, where)
    if start < 0 or end - start != len(quote):
        raise BadData(f"{where} has a quote of {len(quote)} characters between {start} and {end}")
    return Place(start, end, quote, str(value.get("section", "")))


def _list(row: Mapping[str, object], key: str, where: str) -> list[object]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise BadData(f"{where} has no list in {key}")
    return value


def _need(row: Mapping[str, object], key: str, kind: type | tuple[type, ...], where: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    value = row.get(key)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise BadData(f"{where} has no {key}, or one of the wrong type")
    return value
