"""Sums in coins: "15 cents" in the currency that the text names, else in dollars; pence in pounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from factcheck.quantities.mention import Mention
from factcheck.quantities.units import COUNT, is_money

_CENTS = re.compile(r"\s?-?(?:cents?|¢)(?!\w)", re.IGNORECASE)
_PENCE = re.compile(r"\s?-?(?:pence|pennies)(?!\w)", re.IGNORECASE)
_ANY = re.compile(r"cents?\b|¢|pence|pennies", re.IGNORECASE)
CENT = Decimal("0.01")
DEFAULT = "USD"


def read_coins(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return the figures with those of coins turned into money of the nearest currency that the text names."""
    if not _ANY.search(text):
        return list(found)
    return [_to_money(text, mention, found) for mention in found]


def _to_money(text: str, mention: Mention, found: Sequence[Mention]) -> Mention:
    quantity = mention.quantity
    if quantity.unit != COUNT:
        return mention
    number_end = quantity.end
    pence, cents = _PENCE.match(text, number_end), _CENTS.match(text, number_end)
    coin = pence or cents
    if coin is None:
        return mention
    near = sorted(
        (item for item in found if is_money(item.quantity.unit)),
        key=lambda item: abs(item.quantity.start - quantity.start),
    )
    unit = "GBP" if pence else near[0].quantity.unit if near else DEFAULT
    high = quantity.high * CENT if quantity.high is not None else None
    made = replace(quantity, value=quantity.value * CENT, high=high, unit=unit, end=coin.end(), of="")
    return replace(mention, quantity=made, step=mention.step * CENT)


def name_currency(mention: Mention, text: str, currencies: frozenset[str]) -> Mention:
    """Return a sum in cents in the only currency of another text, where its own text names none."""
    quantity = mention.quantity
    if quantity.unit != DEFAULT or len(currencies) != 1 or not _CENTS.search(text[quantity.start : quantity.end]):
        return mention
    if re.search(r"[$]|\bdollar", text, re.IGNORECASE):
        return mention
    return replace(mention, quantity=replace(quantity, unit=min(currencies)))


def is_coin(written: str) -> bool:
    """Whether a figure as written is a sum in coins."""
    return bool(_CENTS.search(written) or _PENCE.search(written))
