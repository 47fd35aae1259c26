"""Numbers of forms in the reader's language: in words to read, and in inputs to type on."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

from web.language import get_locale
from workflows.forms import Field


def show_number(field: Field, value: object) -> str:
    """`Rp 1.500.000,50`, `12,5 km`; a text that is no number stays as it was typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    number = Decimal(str(value))
    if field.type == "currency":
        return f"Rp {_grouped(number)}"
    words = (field.prefix, _plain(number), field.suffix)
    return " ".join(word for word in words if word)


def type_number(field: Field, value: object) -> str:
    """As it stands in an input: read back whatever the language, so thousands have marks only in
    Indonesian, the language in which they are typed."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    number = Decimal(str(value))
    if field.type == "currency" and get_locale().language == "id":
        return _grouped(number)
    return _plain(number)


def _grouped(number: Decimal) -> str:
    """With sen only where there are any."""
    whole = number == number.to_integral_value()
    return str(format_decimal(number, "#,##0" if whole else "#,##0.00", locale=get_locale()))


def _plain(number: Decimal) -> str:
    """A year is no amount: without marks for thousands."""
    text = f"{number:f}"
    return text.replace(".", ",") if get_locale().language == "id" else text
