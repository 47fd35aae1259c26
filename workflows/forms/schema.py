"""form-js schema JSON -> Form. Only what can be shown and checked without a browser is accepted."""

import json
import re
from collections.abc import Mapping
from typing import Final, cast

from workflows.errors import InvalidSopError
from workflows.expressions import ExpressionError, compile_expression
from workflows.forms.form import CHOICES, Field, FieldType, Form, Option
from workflows.storable import find_unstorable

MAX_CHARACTERS: Final = 200_000
MAX_COMPONENTS: Final = 200
MAX_OPTIONS: Final = 500

_TYPES: Final[Mapping[str, FieldType]] = {
    "textfield": "textfield",
    "textarea": "textarea",
    "number": "number",
    "select": "select",
    "radio": "radio",
    "checkbox": "checkbox",
    "checklist": "checklist",
    "datetime": "date",
    "text": "text",
}
# Drawn by form-js, without meaning for the answers.
_ORNAMENTS: Final = frozenset({"separator", "spacer", "button"})
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_BELONGS_TO_CHOICE: Final = re.compile(r"=\s*([A-Za-z]\w*)\s*!=\s*\"([^\"\\]*)\"\s*")


def read_form(schema_json: str) -> Form:
    """The form that a form-js schema describes.

    Raises InvalidSopError("invalid_form"), fields reason, field (key or place of the component)
    and what else helps: not_json, too_large, not_a_form, invalid_key, duplicate_key,
    unsupported_type, invalid_value, no_options, invalid_expression, unstorable (detail).
    """
    if len(schema_json) > MAX_CHARACTERS:
        raise _invalid("too_large", limit=MAX_CHARACTERS)
    try:
        schema = json.loads(schema_json, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _invalid("not_json", detail=str(error)) from None
    if reason := find_unstorable(schema):
        raise _invalid("unstorable", detail=reason)
    components = schema.get("components") if isinstance(schema, dict) else None
    if not isinstance(components, list) or schema.get("type", "default") != "default":
        raise _invalid("not_a_form")
    if len(components) > MAX_COMPONENTS:
        raise _invalid("too_large", limit=MAX_COMPONENTS)
    fields: list[Field] = []
    for place, component in enumerate(components, start=1):
        if not isinstance(component, dict):
            raise _invalid("not_a_form", field=str(place))
        if str(component.get("type")) not in _ORNAMENTS:
            fields.append(_field(component, place))
    _check_keys(fields)
    return Form(title=_text(schema, "title", "form"), fields=tuple(fields))


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _field(component: Mapping[str, object], place: int) -> Field:
    written = component.get("type")
    kind = _TYPES.get(written) if isinstance(written, str) else None
    name = str(component.get("key") or place)
    if kind is None or component.get("subtype", "date") != "date":
        raise _invalid("unsupported_type", field=name, type=str(written))
    if kind == "text":
        return Field("", _text(component, "text", name), kind, hide=_hide(component, name))
    validate = _mapping(component, "validate", name)
    label = _text(component, "label", name) or _text(component, "dateLabel", name)
    hide = _hide(component, name)
    return Field(
        key=_key(component, name),
        label=label or name,
        type=kind,
        required=validate.get("required") is True,
        options=_options(component, name) if kind in CHOICES else (),
        description=_text(component, "description", name),
        minimum=_number(validate, "min", name),
        maximum=_number(validate, "max", name),
        integer=kind == "number" and component.get("decimalDigits") == 0,
        min_length=_length(validate, "minLength", name),
        max_length=_length(validate, "maxLength", name),
        hide=hide,
        shown_for=_shown_for(hide),
        appearance=_text(_mapping(component, "properties", name), "tampilan", name),
        default=_default(component, name),
    )


def _key(component: Mapping[str, object], name: str) -> str:
    key = component.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise _invalid("invalid_key", field=name)
    return key


def _check_keys(fields: list[Field]) -> None:
    seen: set[str] = set()
    for field in fields:
        if field.key and field.key in seen:
            raise _invalid("duplicate_key", field=field.key)
        seen.add(field.key)


def _options(component: Mapping[str, object], name: str) -> tuple[Option, ...]:
    values = component.get("values")
    if not isinstance(values, list) or not 0 < len(values) <= MAX_OPTIONS:
        raise _invalid("no_options", field=name)
    options = []
    for value in values:
        if not isinstance(value, dict) or not isinstance(value.get("value"), str):
            raise _invalid("invalid_value", field=name, name="values")
        options.append(Option(value["value"], _text(value, "label", name) or value["value"]))
    if len({option.value for option in options}) < len(options):
        raise _invalid("invalid_value", field=name, name="values")
    return tuple(options)


def _hide(component: Mapping[str, object], name: str) -> str | None:
    hide = _mapping(component, "conditional", name).get("hide")
    if hide is None or hide == "":
        return None
    if not isinstance(hide, str):
        raise _invalid("invalid_value", field=name, name="conditional.hide")
    try:
        compile_expression(hide)
    except ExpressionError as error:
        column = error.fields.get("column")
        raise _invalid(
            "invalid_expression", field=name, text=hide[:200], cause=error.code, column=column
        ) from None
    return hide


def _shown_for(hide: str | None) -> tuple[str, str] | None:
    found = _BELONGS_TO_CHOICE.fullmatch(hide or "")
    return (found[1], found[2]) if found else None


def _default(component: Mapping[str, object], name: str) -> object:
    default = component.get("defaultValue")
    if not (default is None or isinstance(default, str | int | float | bool | list)):
        raise _invalid("invalid_value", field=name, name="defaultValue")
    return default


def _text(record: Mapping[str, object], key: str, name: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _invalid("invalid_value", field=name, name=key)
    return value.strip()


def _number(record: Mapping[str, object], key: str, name: str) -> float | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e15:
        raise _invalid("invalid_value", field=name, name=key)
    return value


def _length(record: Mapping[str, object], key: str, name: str) -> int | None:
    value = _number(record, key, name)
    if value is not None and (value < 0 or value != int(value)):
        raise _invalid("invalid_value", field=name, name=key)
    return None if value is None else int(value)


def _mapping(record: Mapping[str, object], key: str, name: str) -> Mapping[str, object]:
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _invalid("invalid_value", field=name, name=key)
    return cast(Mapping[str, object], value)


def _invalid(reason: str, **fields: object) -> InvalidSopError:
    return InvalidSopError("invalid_form", reason=reason, **fields)
