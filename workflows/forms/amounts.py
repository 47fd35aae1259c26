"""Numbers as officials type them: "1.500.000,50", "Rp 1.500.000,-", "1500000", "12,5".

A mark is read only where it can mean one thing. "1.500.000" has thousands, "12,5" decimals,
"1.500,50" both. "1.500" alone is 1500 for rupiah and for whole numbers, because nobody there writes
three decimals; for other numbers it could be 1.5 as well, and is asked back.
"""

import re
from decimal import Decimal
from typing import Final

from workflows.forms.unfit import UnfitAnswerError

LARGEST: Final = 10**15  # below it a JSON number keeps every rupiah
_CURRENCY: Final = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_DASH: Final = re.compile(r"[,.]\s*[-\u2013\u2014]+$")  # "Rp 1.500.000,-"
_PLAIN: Final = re.compile(r"\d{1,15}")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
_BLANKS: Final = "\u00a0\u202f\u2009"
_DIGITS: Final = 15  # that a JSON number gives back exactly


def read_amount(text: str, *, money: bool = False, whole: bool = False) -> Decimal:
    """Raises UnfitAnswerError: not_a_number, ambiguous_number."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    written = _DASH.sub("", _CURRENCY.sub("", text.strip())).strip() if money else text.strip()
    sign = written[:1] if written[:1] in ("+", "-", "\u2212") else ""
    digits = written[len(sign) :].strip()
    if money and sign and _CURRENCY.match(digits):
        digits = _CURRENCY.sub("", digits)
    number = _unsigned(digits, money=money, whole=whole)
    return -number if sign in ("-", "\u2212") else number


def _unsigned(text: str, *, money: bool, whole: bool) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    last = max(text.rfind("."), text.rfind(","))
    head, tail = (text[:last], text[last + 1 :]) if last >= 0 else (text, "")
    mark = text[last] if last >= 0 else ""
    if mark and text.count(mark) == 1 and _is_head(head, mark) and _PLAIN.fullmatch(tail):
        alone = _PLAIN.fullmatch(head) is not None
        if not (alone and len(tail) == 3 and len(head) <= 3 and head != "0"):
            return _decimal(_bare(head), tail)
        if mark == "." and (money or whole):  # 1.500
            return Decimal(head + tail)
        raise UnfitAnswerError("ambiguous_number", text=text, thousands=head + tail, tail=tail)
    if _GROUPED.fullmatch(text):
        return _decimal(_bare(text), "")
    raise UnfitAnswerError("not_a_number")


def _is_head(head: str, mark: str) -> bool:
    """Whether thousands stand before the decimal mark, if anything but digits does."""
    if _PLAIN.fullmatch(head):
        return True
    return _GROUPED.fullmatch(head) is not None and mark not in head


def _bare(text: str) -> str:
    return re.sub(r"[., ]", "", text)


def _decimal(head: str, tail: str) -> Decimal:
    if len(head) > _DIGITS:
        raise UnfitAnswerError("not_a_number")
    return Decimal(f"{head}.{tail}" if tail else head)


def storable_number(number: Decimal) -> int | float:
    """As JSON keeps it: a whole number as such, any other with at most 15 digits, which a JSON
    number gives back exactly. Raises UnfitAnswerError: not_a_number, too_precise."""
    if not abs(number) < LARGEST:
        raise UnfitAnswerError("not_a_number")
    if number == number.to_integral_value():
        return int(number)
    if len(number.normalize().as_tuple().digits) > _DIGITS:
        raise UnfitAnswerError("too_precise", limit=_DIGITS)
    return float(number)
