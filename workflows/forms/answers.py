"""Answers as they arrive (texts of an HTML form, values of JSON) -> typed JSON values, or refused.

Every face hands its raw answers to `check_answers`; nothing else decides what a form accepts.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from workflows.errors import InvalidAnswerError
from workflows.expressions import ExpressionError, compile_expression
from workflows.forms.form import Field, Form
from workflows.storable import is_storable

# What a text field takes where its schema sets no limit of its own.
DEFAULT_MAX_LENGTH: Final = {"textfield": 1_000, "textarea": 20_000}

_YES: Final = frozenset({"on", "true", "1", "ya", "yes"})
_NO: Final = frozenset({"off", "false", "0", "tidak", "no"})
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?")
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class _MisfitError(Exception):
    """Why one answer does not fit; `fields` are what its sentence needs."""

    def __init__(self, reason: str, **fields: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields


def check_answers(
    form: Form, answers: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Typed values of all visible questions by key; an empty answer is None (unticked: False).

    Hidden fields are neither required nor kept. `variables` are case data that conditions may
    read beside the answers.

    Raises InvalidAnswerError("invalid_answer") for the first field at fault (field, label, reason
    and its limits); `errors` lists all of them in the same shape. Reasons: unknown_field, required,
    not_text, too_long, too_short, not_a_number, not_an_integer, too_small, too_large,
    not_an_option, not_yes_or_no, not_a_date, not_single.
    """
    values: dict[str, object] = {}
    errors: dict[str, dict[str, object]] = {}
    for field in form.questions:
        try:
            values[field.key] = _read(field, answers.get(field.key))
        except _MisfitError as misfit:
            values[field.key] = None
            errors[field.key] = _error(field, misfit.reason, **misfit.fields)
    hidden = hidden_fields(form, values, variables)
    for field in form.questions:
        if field.required and _is_empty(values[field.key]):
            errors.setdefault(field.key, _error(field, "required"))
    listed = [errors[key] for key in values if key in errors and key not in hidden]
    for key in answers:
        if key not in values:
            listed.append({"field": key, "label": key, "reason": "unknown_field"})
    if listed:
        raise InvalidAnswerError("invalid_answer", **listed[0], errors=listed)
    return {key: value for key, value in values.items() if key not in hidden}


def hidden_fields(
    form: Form, values: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> frozenset[str]:
    """Keys of the questions that these values hide.

    A hidden field counts as unanswered for the conditions of others, so hiding may go on from
    field to field. A condition that cannot be evaluated hides nothing.
    """
    conditional = [field for field in form.questions if field.hide is not None]
    hidden: frozenset[str] = frozenset()
    for _ in range(len(conditional) + 1):
        seen = {key: None if key in hidden else value for key, value in values.items()}
        known = {**(variables or {}), **seen}
        found = frozenset(field.key for field in conditional if _is_hidden(field, known))
        if found == hidden:
            break
        hidden = found
    return hidden


def _is_hidden(field: Field, known: Mapping[str, object]) -> bool:
    expression = compile_expression(field.hide or "false")
    unset: dict[str, object] = dict.fromkeys(expression.names)
    try:
        return bool(expression.evaluate(unset | dict(known)))
    except ExpressionError:
        return False


def _error(field: Field, reason: str, **fields: object) -> dict[str, object]:
    return {"field": field.key, "label": field.label, "reason": reason, **fields}


def _is_empty(value: object) -> bool:
    return value is None or value is False or value == []


def _read(field: Field, answer: object) -> object:
    if field.type == "checklist":
        return _checklist(field, answer)
    if isinstance(answer, list | tuple):
        if len(answer) > 1:
            raise _MisfitError("not_single")
        answer = answer[0] if answer else None
    if isinstance(answer, str):
        if not is_storable(answer):
            raise _MisfitError("not_text")
        answer = answer.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.type == "checkbox":
        return _checkbox(answer)
    return None if answer is None or answer == "" else _READERS[field.type](field, answer)


def _text(field: Field, answer: object) -> str:
    if not isinstance(answer, str):
        raise _MisfitError("not_text")
    limit = field.max_length if field.max_length is not None else DEFAULT_MAX_LENGTH[field.type]
    if len(answer) > limit:
        raise _MisfitError("too_long", limit=limit, length=len(answer))
    if field.min_length is not None and len(answer) < field.min_length:
        raise _MisfitError("too_short", limit=field.min_length, length=len(answer))
    return answer


def _number(field: Field, answer: object) -> int | float:
    """Decimal point or comma; no thousands marks, because "1.000" would then mean two things."""
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise _MisfitError("not_a_number")
    if isinstance(answer, str):
        if not _NUMBER.fullmatch(answer):
            raise _MisfitError("not_a_number")
        number = Decimal(answer.replace(",", "."))
    elif not -1e15 < answer < 1e15:  # also refuses infinity and "not a number"
        raise _MisfitError("not_a_number")
    else:
        number = Decimal(str(answer))
    whole = number == number.to_integral_value()
    if field.integer and not whole:
        raise _MisfitError("not_an_integer")
    if field.minimum is not None and number < Decimal(str(field.minimum)):
        raise _MisfitError("too_small", limit=field.minimum)
    if field.maximum is not None and number > Decimal(str(field.maximum)):
        raise _MisfitError("too_large", limit=field.maximum)
    return int(number) if whole else float(number)


def _choice(field: Field, answer: object) -> str:
    for option in field.options:
        if answer == option.value:
            return option.value
    raise _MisfitError("not_an_option", options=[option.value for option in field.options])


def _checklist(field: Field, answer: object) -> list[str]:
    """The ticked values once each, in the order of the options."""
    given = answer if isinstance(answer, list | tuple) else [answer]
    ticked = {_choice(field, one) for one in given if one is not None and one != ""}
    return [option.value for option in field.options if option.value in ticked]


def _checkbox(answer: object) -> bool:
    if answer is None or answer == "" or answer is False:
        return False
    if answer is True:
        return True
    if isinstance(answer, str) and answer.casefold() in _YES | _NO:
        return answer.casefold() in _YES
    raise _MisfitError("not_yes_or_no")


def _date(field: Field, answer: object) -> str:
    """ISO date; day first is understood too, for browsers without a date picker."""
    if not isinstance(answer, str):
        raise _MisfitError("not_a_date")
    iso, local = _DATE.fullmatch(answer), _LOCAL_DATE.fullmatch(answer)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if local:
            return date(int(local[3]), int(local[2]), int(local[1])).isoformat()
    except ValueError:
        pass
    raise _MisfitError("not_a_date")


_READERS: Final[Mapping[str, Callable[[Field, object], object]]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "select": _choice,
    "radio": _choice,
    "date": _date,
}
