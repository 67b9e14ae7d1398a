"""Units of measurement and money: how they are written, their canonical names, and conversion through pint.

Canonical names are singular and those of pint ("kilometer", "tonne", "terawatt_hour"). Counts of things are called
``count``, shares ``percent`` or ``ratio``, places in an order ``rank``, marks out of a maximum ``out_of_10``. Money is
its ISO 4217 code and is never converted: a rate would need a date and a source.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

COUNT, PERCENT, POINT, RATIO, RANK = "count", "percent", "percentage_point", "ratio", "rank"

_PREFIXES = {
    "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "peta": "P", "exa": "E",
}  # fmt: skip
# unit, symbol, the prefixes it is met with; "" is the bare unit
_PREFIXED = [
    ("meter", "m", "nano micro milli centi kilo"),
    ("gram", "g", "micro milli kilo"),
    ("liter", "L", "milli centi"),
    ("watt", "W", " milli kilo mega giga tera"),
    ("watt_hour", "Wh", " kilo mega giga tera"),
    ("watt_peak", "Wp", " kilo mega giga"),
    ("joule", "J", " kilo mega giga tera peta exa"),
    ("hertz", "Hz", " kilo mega giga tera"),
    ("volt", "V", "kilo"),
    ("byte", "B", "kilo mega giga tera peta exa"),
    ("bit", "bit", "kilo mega giga tera"),
    ("pascal", "Pa", "kilo mega hecto"),
    ("tonne", "t", "kilo mega giga"),
]

# spelled in words: singular or plural, any case
_WORDS: dict[str, str] = {
    "per cent": PERCENT, "percent": PERCENT, "percentage point": POINT, "percentage points": POINT, "pp": POINT,
    "ppts": POINT, "basis point": "basis_point", "basis points": "basis_point", "bps": "basis_point",
    "metre": "meter", "litre": "liter", "gram": "gram", "mile": "mile", "foot": "foot", "feet": "foot", "inch": "inch",
    "inches": "inch", "yard": "yard", "acre": "acre", "hectare": "hectare", "tonne": "tonne", "metric ton": "tonne",
    "ton": "ton", "ounce": "ounce", "pound": "pound", "stone": "stone", "gallon": "gallon", "barrel": "barrel",
    "nautical mile": "nautical_mile", "light year": "light_year", "light-year": "light_year",
    "square metre": "square_meter", "square kilometre": "square_kilometer", "square mile": "square_mile",
    "square foot": "square_foot", "square feet": "square_foot", "cubic metre": "cubic_meter",
    "sq km": "square_kilometer",
    "sq m": "square_meter", "sq ft": "square_foot", "square centimetre": "square_centimeter",
    "square millimetre": "square_millimeter",
    "cubic centimetre": "cubic_centimeter", "sq mi": "square_mile", "cubic kilometre": "cubic_kilometer",
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week", "fortnight": "fortnight",
    "month": "month", "year": "year", "decade": "decade", "century": "century", "centuries": "century",
    "millisecond": "millisecond", "microsecond": "microsecond", "nanosecond": "nanosecond",
    "degree celsius": "degree_Celsius", "degrees celsius": "degree_Celsius", "degree fahrenheit": "degree_Fahrenheit",
    "degrees fahrenheit": "degree_Fahrenheit", "kelvin": "kelvin", "degree": "degree", "calorie": "calorie",
    "kilocalorie": "kilocalorie", "decibel": "decibel", "carat": "carat", "horsepower": "horsepower", "knot": "knot",
    "kilometre per hour": "kilometer_per_hour", "kilometres per hour": "kilometer_per_hour",
    "miles per hour": "mile_per_hour", "metres per second": "meter_per_second", "bar": "bar", "volt": "volt",
    "ampere": "ampere", "amp": "ampere", "part per million": "ppm", "parts per million": "ppm",
}  # fmt: skip
# symbols: case matters
_SYMBOLS: dict[str, str] = {
    "%": PERCENT, "m": "meter", "km²": "square_kilometer", "km2": "square_kilometer", "m²": "square_meter",
    "m2": "square_meter", "m³": "cubic_meter", "m3": "cubic_meter", "km³": "cubic_kilometer", "ha": "hectare",
    "mi": "mile", "ft": "foot", "lb": "pound", "lbs": "pound", "oz": "ounce", "t": "tonne", "g": "gram", "l": "liter",
    "L": "liter", "ml": "milliliter", "mph": "mile_per_hour", "km/h": "kilometer_per_hour", "kph": "kilometer_per_hour",
    "kmh": "kilometer_per_hour", "m/s": "meter_per_second", "km/s": "kilometer_per_second", "°C": "degree_Celsius",
    "℃": "degree_Celsius", "°F": "degree_Fahrenheit", "°": "degree", "K": "kelvin", "hPa": "hectopascal",
    "kcal": "kilocalorie", "dB": "decibel", "hp": "horsepower", "μm": "micrometer", "um": "micrometer", "ppm": "ppm",
    "Mbps": "megabit_per_second", "Gbps": "gigabit_per_second", "Tbps": "terabit_per_second",
    "Mbit/s": "megabit_per_second", "Gbit/s": "gigabit_per_second", "Tbit/s": "terabit_per_second",
    "MB/s": "megabyte_per_second", "GB/s": "gigabyte_per_second", "TB/s": "terabyte_per_second", "mg/l": "mg_per_l",
    "min": "minute", "s": "second", "ms": "millisecond", "hrs": "hour", "hr": "hour", "h": "hour", "yr": "year",
    "yrs": "year", "bpd": "barrel_per_day", "CO2e": "tonne", "kbps": "kilobit_per_second",
    "cu m": "cubic_meter",
}  # fmt: skip
_FLOPS = {"": "", "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "Z": "zetta"}
DURATIONS = frozenset(
    "nanosecond microsecond millisecond second minute hour day week fortnight month year decade century".split()
)

CURRENCY_SIGNS = {
    "US$": "USD", "US $": "USD", "U.S.$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₦": "NGN", "₴": "UAH", "₪": "ILS", "RMB": "CNY", "CNY": "CNY", "USD": "USD",
    "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "INR": "INR", "CHF": "CHF", "AUD": "AUD", "CAD": "CAD", "Rs": "INR",
    "Rs.": "INR", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "KRW": "KRW", "BRL": "BRL", "ZAR": "ZAR", "MXN": "MXN",
}  # fmt: skip
_CURRENCY_WORDS = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "australian dollar": "AUD",
    "canadian dollar": "CAD", "hong kong dollar": "HKD", "singapore dollar": "SGD", "new zealand dollar": "NZD",
    "euro": "EUR", "pound sterling": "GBP", "pounds sterling": "GBP", "british pound": "GBP", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "won": "KRW", "rouble": "RUB", "ruble": "RUB", "franc": "CHF",
    "swiss franc": "CHF", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "peso": "MXN",
    "real": "BRL", "reais": "BRL", "rand": "ZAR", "zloty": "PLN", "naira": "NGN", "lira": "TRY", "hryvnia": "UAH",
    "shekel": "ILS", "dirham": "AED", "riyal": "SAR",
}  # fmt: skip
CURRENCIES = frozenset(CURRENCY_SIGNS.values()) | frozenset(_CURRENCY_WORDS.values())


def _spellings(name: str) -> set[str]:
    """Return the plain and American spellings of a unit word, singular and plural."""
    british = name.replace("meter", "metre").replace("liter", "litre")
    forms = {british, british.replace("metre", "meter").replace("litre", "liter")}
    if not name.endswith(("s", "feet", "tury", "hertz", "ries")) and name not in ("foot", "inch", "yen", "yuan"):
        forms |= {form + "s" for form in forms}
    if " per " in name:
        forms |= {form.replace(" per ", " an ").replace(" an second", " a second") for form in forms}
    return forms


def _build_words() -> dict[str, str]:
    table = {}
    for name, unit in (_WORDS | _CURRENCY_WORDS).items():
        for form in _spellings(name):
            table[form] = unit
    for unit, _, prefixes in _PREFIXED:
        for prefix in prefixes.split(" "):
            canonical = f"{prefix}{unit}"
            for form in _spellings(canonical.replace("_", " ")):
                table[form] = canonical
                table[form.replace(" ", "-")] = canonical
    for prefix in _FLOPS.values():
        for form in ("flop", "flops", "flop/s", "flop per second"):
            table[prefix + form] = f"{prefix}flops"
    table |= {"square kilometers": "square_kilometer", "square meters": "square_meter", "cubic meters": "cubic_meter"}
    table |= {"€": "EUR", "£": "GBP", "$": "USD"} | {
        sign: code for sign, code in CURRENCY_SIGNS.items() if sign == code
    }
    return table


def _build_symbols() -> dict[str, str]:
    table = dict(_SYMBOLS)
    for unit, symbol, prefixes in _PREFIXED:
        for prefix in prefixes.split(" "):
            if prefix in _PREFIXES:
                table[_PREFIXES[prefix] + symbol] = f"{prefix}{unit}"
                table[_PREFIXES[prefix] + symbol.replace("bit", "b")] = f"{prefix}{unit}"
    for symbol, prefix in _FLOPS.items():
        for form in ("FLOPS", "FLOP/s", "FLOPs", "flops", "flop/s"):
            table[symbol + form] = f"{prefix}flops"
    for ambiguous in ("mW", "kB", "mg"):
        table.setdefault(ambiguous, table.get(ambiguous, ""))
    return {symbol: unit for symbol, unit in table.items() if unit}


UNIT_WORDS = _build_words()
UNIT_SYMBOLS = _build_symbols()


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


WORD_PATTERN = rf"(?i:{_alternatives([word for word in UNIT_WORDS if word[0].isalpha()])})(?![\w])"
SYMBOL_PATTERN = rf"(?:{_alternatives(list(UNIT_SYMBOLS))})(?![\w²³])"
SIGN_PATTERN = rf"(?:{_alternatives(list(CURRENCY_SIGNS))})"


def name_unit(text: str) -> str | None:
    """Return the canonical name for a unit as written ("km", "Kilometers", "per cent"), or ``None``."""
    word = re.sub(r"\s+", " ", text.strip())
    return UNIT_SYMBOLS.get(word) or UNIT_WORDS.get(word.lower())


@lru_cache(maxsize=1)
def _registry() -> Any:  # noqa: ANN401 - pint's registry class is made at run time
    import pint

    registry: Any = pint.UnitRegistry(non_int_type=Decimal, on_redefinition="ignore")
    for line in (
        "flops = count / second = FLOPS",
        "watt_peak = watt",
        "square_meter = meter ** 2",
        "square_kilometer = kilometer ** 2",
        "square_centimeter = centimeter ** 2",
        "square_millimeter = millimeter ** 2",
        "cubic_centimeter = centimeter ** 3",
        "square_mile = mile ** 2",
        "square_foot = foot ** 2",
        "cubic_meter = meter ** 3",
        "cubic_kilometer = kilometer ** 3",
        "barrel_per_day = oil_bbl / day",
        "kilometer_per_second = kilometer / second",
        "mile_per_hour = mile / hour",
        "meter_per_second = meter / second",
        "megabyte_per_second = megabyte / second",
        "gigabyte_per_second = gigabyte / second",
        "terabyte_per_second = terabyte / second",
        "kilobit_per_second = kilobit / second",
        "megabit_per_second = megabit / second",
        "gigabit_per_second = gigabit / second",
        "terabit_per_second = terabit / second",
    ):
        registry.define(line)
    return registry


_SHARES = {PERCENT: Decimal(1), RATIO: Decimal(100), "basis_point": Decimal("0.01"), POINT: Decimal(1)}


@lru_cache(maxsize=4096)
def conversion_factor(unit: str, target: str) -> Decimal | None:
    """Return the number that turns values of ``unit`` into ``target``, or ``None`` where nothing does.

    Percent and ratio convert into each other (half is 50 percent); percentage points only into basis points; money and
    temperatures on different scales not at all.

    >>> conversion_factor("kilometer", "meter")
    Decimal('1E+3')
    """
    if unit == target:
        return Decimal(1)
    points = {POINT, "basis_point"}
    if {unit, target} in ({PERCENT, RATIO}, points):
        return _SHARES[unit] / _SHARES[target]
    if not _is_physical(unit) or not _is_physical(target):
        return None
    import pint

    try:
        return Decimal(_registry().Quantity(Decimal(1), unit).to(target).magnitude)
    except (pint.PintError, ValueError, TypeError, AttributeError):
        return None


def _is_physical(unit: str) -> bool:
    other = {COUNT, PERCENT, POINT, RATIO, RANK, "basis_point", "degree_Celsius", "degree_Fahrenheit", "ppm"}
    return unit not in other and unit not in CURRENCIES and not unit.startswith("out_of_")


def is_money(unit: str) -> bool:
    """Tell whether the unit is a currency."""
    return unit in CURRENCIES
