"""Functions of numbers."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from workflows.expressions.kinds import Number, number, numbers, text

_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?")
_MAX_DIGITS = 12
_MAX_AMOUNT = 10**21


def parse(value: object, grouping: object = "", decimal: object = ".") -> Number:
    """The number that a text writes, with the signs for thousands and fractions that it uses."""
    if not isinstance(value, str):
        return number(value)
    written = value.strip()
    if grouping not in (None, ""):
        written = written.replace(text(grouping), "")
    if decimal not in (None, "", "."):
        written = written.replace(text(decimal), ".")
    if not _NUMBER.fullmatch(written):
        raise ValueError("not a number")
    return int(written) if written.lstrip("+-").isdigit() else float(written)


def python_int(value: object) -> int:
    return int(value) if isinstance(value, str) else int(number(value))


def python_float(value: object) -> float:
    return float(value) if isinstance(value, str) else float(number(value))


def rounded(value: object, digits: object = 0) -> Number:
    places = int(number(digits))
    if abs(places) > _MAX_DIGITS:
        raise ValueError("too many digits")
    return round(number(value), places) if places else round(number(value))


def floor(value: object) -> int:
    return math.floor(number(value))


def ceiling(value: object) -> int:
    return math.ceil(number(value))


def mean(*values: object) -> Number:
    found = numbers(values)
    return sum(found) / len(found)


def modulo(dividend: object, divisor: object) -> Number:
    return number(dividend) % number(divisor)


def format_rupiah(value: object) -> str:
    """Rp1.500.000, with cents only where there are some."""
    if abs(number(value)) >= _MAX_AMOUNT:
        raise ValueError("too large an amount")
    amount = Decimal(str(number(value))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    units, _, cents = f"{abs(amount):,}".replace(",", ".").rpartition(".")
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{units}" + ("" if cents == "00" else f",{cents}")
