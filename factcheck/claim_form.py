"""How a claim's figures and its time are written as JSON: the form that reports and claims files share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factcheck.types import Quantity, TimeScope


def quantity_to_json(quantity: Quantity) -> dict[str, Any]:
    """Return a figure; ``high`` only where it is a range."""
    data: dict[str, Any] = {
        "value": _number(quantity.value),
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        "of": quantity.of,
        "start": quantity.start,
        "end": quantity.end,
    }
    if quantity.high is not None:
        data["high"] = _number(quantity.high)
    return data


def time_to_json(time: TimeScope | None) -> dict[str, Any] | None:
    """Return the time that a claim speaks of, ``None`` without one."""
    if time is None:
        return None
    return {
        "from": time.start.isoformat() if time.start else None,
        "to": time.end.isoformat() if time.end else None,
        "text": time.text,
    }


def _number(value: Decimal) -> int | float | str:
    """Return a JSON number; the text of the figure where it is beyond what a JSON number holds exactly in practice."""
    if not value.is_finite() or value.adjusted() > 300:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)
