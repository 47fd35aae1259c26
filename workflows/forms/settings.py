"""The settings of one component, each read for its kind or refused."""

from collections.abc import Mapping
from typing import cast

from workflows.errors import InvalidSopError
from workflows.expressions import ExpressionError, compile_expression
from workflows.forms.pattern import compile_pattern

Record = Mapping[str, object]


def invalid(reason: str, **fields: object) -> InvalidSopError:
    return InvalidSopError("invalid_form", reason=reason, **fields)


def text_of(record: Record, key: str, name: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid("invalid_value", field=name, name=key)
    return value.strip()


def number_of(record: Record, key: str, name: str) -> float | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e15:
        raise invalid("invalid_value", field=name, name=key)
    return value


def count_of(record: Record, key: str, name: str) -> int | None:
    """A whole number from 0; form-js keeps custom properties as texts."""
    value = record.get(key)
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        return int(value)
    number = number_of(record, key, name)
    if number is not None and (number < 0 or number != int(number)):
        raise invalid("invalid_value", field=name, name=key)
    return None if number is None else int(number)


def mapping_of(record: Record, key: str, name: str) -> Record:
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid("invalid_value", field=name, name=key)
    return cast(Record, value)


def hide_of(component: Record, name: str) -> str | None:
    hide = mapping_of(component, "conditional", name).get("hide")
    if hide is None or hide == "":
        return None
    if not isinstance(hide, str):
        raise invalid("invalid_value", field=name, name="conditional.hide")
    try:
        compile_expression(hide)
    except ExpressionError as error:
        column = error.fields.get("column")
        raise invalid(
            "invalid_expression", field=name, text=hide[:200], cause=error.code, column=column
        ) from None
    return hide


def pattern_of(validate: Record, name: str) -> str:
    if validate.get("validationType") in ("email", "phone"):
        return ""
    pattern = text_of(validate, "pattern", name)
    try:
        compile_pattern(pattern)
    except ValueError as error:
        raise invalid("invalid_pattern", field=name, text=pattern[:200], cause=str(error)) from None
    return pattern
