"""Answers as they arrive (texts of an HTML form, values of JSON) -> typed JSON values, or refused.

Every face hands its raw answers to `check_answers`; nothing else decides what a form accepts.
"""

from collections.abc import Iterator, Mapping

from workflows.errors import InvalidAnswerError
from workflows.expressions import ExpressionError, compile_expression
from workflows.forms.form import Field, Form
from workflows.forms.readers import read_answer
from workflows.forms.rows import RowsError, read_rows
from workflows.forms.unfit import UnfitAnswerError

Errors = list[dict[str, object]]


def check_answers(
    form: Form, answers: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Typed values of all visible questions by key; an empty answer is None (unticked: False, of
    several: []).

    Hidden fields are neither required nor kept. `variables` are case data that conditions may
    read beside the answers.

    Raises InvalidAnswerError("invalid_answer") for the first field at fault (field, label, reason
    and its limits); `errors` lists all of them in the same shape. What is wrong in a cell of a
    table has also row (counted from 1), column (its label) and cell ("0.harga"). Reasons: see
    `ANSWERS` in engine.sentences.
    """
    values: dict[str, object] = {}
    errors: dict[str, Errors] = {}
    for field in form.questions:
        values[field.key], errors[field.key] = _read(field, answers.get(field.key))
    hidden = hidden_fields(form, values, variables)
    for field in form.questions:
        if field.required and _is_empty(values[field.key]) and not errors[field.key]:
            errors[field.key].append(_error(field, "required"))
    listed = [one for key in values if key not in hidden for one in errors[key]]
    for key in answers:
        if key not in values:
            listed.append({"field": key, "label": key, "reason": "unknown_field"})
    if listed:
        raise InvalidAnswerError("invalid_answer", **listed[0], errors=listed)
    return {key: value for key, value in values.items() if key not in hidden}


def read_values(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """What a form that is being filled in holds so far; an answer that does not fit is None."""
    return {field.key: _read(field, answers.get(field.key))[0] for field in form.questions}


def hidden_fields(
    form: Form, values: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> frozenset[str]:
    """Keys of the questions that these values hide.

    A hidden field counts as unanswered for the conditions of others, so hiding may go on from
    field to field. A condition that cannot be evaluated hides nothing.
    """
    conditional = [field for field in form.questions if field.conditions]
    hidden: frozenset[str] = frozenset()
    for _ in range(len(conditional) + 1):
        seen = {key: None if key in hidden else value for key, value in values.items()}
        known = {**(variables or {}), **seen}
        found = frozenset(field.key for field in conditional if _is_hidden(field, known))
        if found == hidden:
            break
        hidden = found
    return hidden


def hidden_places(
    form: Form, values: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> dict[str, bool]:
    """Condition -> whether it hides: of all that a page shows, paragraphs and groups too."""
    gone = hidden_fields(form, values, variables)
    seen = {key: None if key in gone else value for key, value in values.items()}
    known = {**(variables or {}), **seen}
    return {one: _holds(one, known) for one in dict.fromkeys(_conditions(form.fields))}


def _conditions(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield from field.conditions
        if field.type == "group":
            yield from _conditions(field.fields)


def _is_hidden(field: Field, known: Mapping[str, object]) -> bool:
    return any(_holds(one, known) for one in field.conditions)


def _holds(condition: str, known: Mapping[str, object]) -> bool:
    expression = compile_expression(condition)
    unset: dict[str, object] = dict.fromkeys(expression.names)
    try:
        return bool(expression.evaluate(unset | dict(known)))
    except ExpressionError:
        return False


def _error(field: Field, reason: str, **fields: object) -> dict[str, object]:
    return {"field": field.key, "label": field.label, "reason": reason, **fields}


def _is_empty(value: object) -> bool:
    return value is None or value is False or value == []


def _read(field: Field, answer: object) -> tuple[object, Errors]:
    try:
        return (read_rows if field.type == "table" else read_answer)(field, answer), []
    except UnfitAnswerError as misfit:
        return None, [_error(field, misfit.reason, **misfit.fields)]
    except RowsError as error:
        labels = {column.key: column.label for column in field.fields}
        return None, [
            _error(
                field,
                misfit.reason,
                **misfit.fields,
                row=place + 1,
                column=labels[key],
                cell=f"{place}.{key}",
            )
            for place, key, misfit in error.cells
        ]
