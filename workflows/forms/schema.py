"""form-js schema JSON -> Form. Only what can be shown and checked without a browser is accepted.

What is read, refused and ignored is listed in docs/reference/forms.md.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from workflows.forms.components import Context, read_field
from workflows.forms.form import Field, Form
from workflows.forms.settings import invalid, text_of
from workflows.storable import find_unstorable

MAX_CHARACTERS: Final = 200_000
MAX_COMPONENTS: Final = 200
MAX_DEPTH: Final = 5  # of groups in groups

# Drawn by form-js, without meaning for the answers.
_ORNAMENTS: Final = frozenset({"spacer", "button"})


def read_form(schema_json: str) -> Form:
    """The form that a form-js schema describes.

    Raises InvalidSopError("invalid_form"), fields reason, field (key or place of the component)
    and what else helps: not_json, too_large, not_a_form, invalid_key, duplicate_key,
    unsupported_type, invalid_value, no_options, no_columns, invalid_expression, invalid_pattern,
    unstorable (detail).
    """
    if len(schema_json) > MAX_CHARACTERS:
        raise invalid("too_large", limit=MAX_CHARACTERS)
    try:
        schema = json.loads(schema_json, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise invalid("not_json", line=line, column=column) from None
    if reason := find_unstorable(schema):
        raise invalid("unstorable", detail=reason)
    if not isinstance(schema, dict) or schema.get("type", "default") != "default":
        raise invalid("not_a_form")
    fields = _Reading().components(schema, Context())
    _check_keys(fields)
    return Form(title=text_of(schema, "title", "form"), fields=fields)


def _refuse_constant(name: str) -> object:
    raise invalid("unstorable", detail=name)


class _Reading:
    """Counts the components of one schema, wherever they stand."""

    def __init__(self) -> None:
        self._count = 0

    def components(self, record: Mapping[str, object], context: Context) -> tuple[Field, ...]:
        listed = record.get("components")
        if not isinstance(listed, list):
            raise invalid("not_a_form")
        self._count += len(listed)
        if self._count > MAX_COMPONENTS or context.depth > MAX_DEPTH:
            raise invalid("too_large", limit=MAX_COMPONENTS)
        fields = []
        for place, component in enumerate(listed, start=1):
            if not isinstance(component, dict):
                raise invalid("not_a_form", field=str(place))
            if str(component.get("type")) not in _ORNAMENTS:
                fields.append(read_field(component, place, context, self.components))
        return tuple(fields)


def _check_keys(fields: tuple[Field, ...]) -> None:
    """Each key once in the form, and once among the columns of a table."""
    seen: set[str] = set()
    for key in _keys(fields):
        if key in seen:
            raise invalid("duplicate_key", field=key)
        seen.add(key)


def _keys(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        if field.key:
            yield field.key
        if field.type == "table":
            _check_keys(field.fields)
        else:
            yield from _keys(field.fields)
