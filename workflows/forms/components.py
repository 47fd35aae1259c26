"""One form-js component -> Field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from workflows.forms.form import CHOICES, MAX_ROWS, Field, FieldType, Option
from workflows.forms.settings import (
    Record,
    count_of,
    hide_of,
    invalid,
    mapping_of,
    number_of,
    pattern_of,
    text_of,
)

MAX_OPTIONS: Final = 500
MOST_ROWS: Final = 500
MAX_DIGITS: Final = 10

_TYPES: Final[Mapping[str, FieldType]] = {
    "textfield": "textfield",
    "textarea": "textarea",
    "number": "number",
    "select": "select",
    "radio": "radio",
    "checkbox": "checkbox",
    "checklist": "checklist",
    "taglist": "taglist",
    "datetime": "date",
    "filepicker": "file",
    "dynamiclist": "table",
    "group": "group",
    "text": "text",
    "separator": "separator",
}
_MOMENTS: Final[Mapping[str, FieldType]] = {"date": "date", "time": "time", "datetime": "datetime"}
# What fits into a cell of a table.
_COLUMNS: Final = frozenset(
    {"textfield", "textarea", "number", "currency", "select", "radio", "checkbox"}
    | {"date", "time", "datetime"}
)
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_ACCEPT: Final = re.compile(r"\.[A-Za-z0-9]{1,10}|[a-z]+/(?:\*|[A-Za-z0-9.+-]{1,80})")
_BELONGS_TO_CHOICE: Final = re.compile(r"=\s*([A-Za-z]\w*)\s*!=\s*\"([^\"\\]*)\"\s*")
_RUPIAH: Final = frozenset({"rp", "idr", "rupiah"})


@dataclass(frozen=True)
class Context:
    """Where a component stands: the conditions of the groups around it, or in a table."""

    within: tuple[str, ...] = ()
    in_table: bool = False
    depth: int = 0


Components = Callable[[Record, Context], tuple[Field, ...]]


def read_field(component: Record, place: int, context: Context, components: Components) -> Field:
    written = component.get("type")
    kind = _TYPES.get(written) if isinstance(written, str) else None
    name = str(component.get("key") or component.get("path") or place)
    if written == "datetime":
        kind = _MOMENTS.get(str(component.get("subtype") or "date"))
    if kind == "number" and _is_rupiah(component, name):
        kind = "currency"
    if kind is None or (context.in_table and kind not in _COLUMNS):
        raise invalid("unsupported_type", field=name, type=str(written))
    hide = hide_of(component, name)
    if context.in_table and hide:
        raise invalid("invalid_value", field=name, name="conditional.hide")
    if kind == "text":
        text = text_of(component, "text", name)
        return Field("", text, kind, hide=hide, within=context.within)
    if kind == "separator":
        return Field("", "", kind, hide=hide, within=context.within)
    if kind == "group":
        return _group(component, name, hide, context, components)
    if kind == "table":
        return _table(component, name, hide, context, components)
    return _question(component, name, kind, hide, context)


def _question(
    component: Record, name: str, kind: FieldType, hide: str | None, context: Context
) -> Field:
    validate = mapping_of(component, "validate", name)
    properties = mapping_of(component, "properties", name)
    label = text_of(component, "label", name) or text_of(component, "dateLabel", name)
    field = Field(
        key=_key(component, "key", name),
        label=label or text_of(component, "timeLabel", name) or name,
        type=kind,
        required=validate.get("required") is True,
        options=_options(component, name) if kind in CHOICES else (),
        description=text_of(component, "description", name),
        hide=hide,
        within=context.within,
        shown_for=_shown_for(hide),
        appearance=text_of(properties, "tampilan", name),
        default=_default(component, name),
    )
    if kind in ("textfield", "textarea"):
        return _texts(field, validate, name)
    if kind in ("number", "currency"):
        return _numbers(field, component, validate, name)
    if kind == "file":
        multiple = component.get("multiple") is True
        return replace(field, multiple=multiple, accept=_accept(component, name))
    return field


def _texts(field: Field, validate: Record, name: str) -> Field:
    written = text_of(validate, "validationType", name)
    return replace(
        field,
        min_length=count_of(validate, "minLength", name),
        max_length=count_of(validate, "maxLength", name),
        pattern=pattern_of(validate, name),
        format=written if written in ("email", "phone") else "",
    )


def _numbers(field: Field, component: Record, validate: Record, name: str) -> Field:
    appearance = mapping_of(component, "appearance", name)
    digits = count_of(component, "decimalDigits", name)
    if digits is not None and digits > MAX_DIGITS:
        raise invalid("invalid_value", field=name, name="decimalDigits")
    return replace(
        field,
        minimum=number_of(validate, "min", name),
        maximum=number_of(validate, "max", name),
        integer=digits == 0,
        digits=digits,
        prefix="Rp" if field.type == "currency" else text_of(appearance, "prefixAdorner", name),
        suffix=text_of(appearance, "suffixAdorner", name),
    )


def _is_rupiah(component: Record, name: str) -> bool:
    prefix = text_of(mapping_of(component, "appearance", name), "prefixAdorner", name)
    written = text_of(mapping_of(component, "properties", name), "format", name)
    return prefix.casefold().rstrip(". ") in _RUPIAH or written.casefold() in _RUPIAH


def _group(
    component: Record, name: str, hide: str | None, context: Context, components: Components
) -> Field:
    if component.get("path"):  # its answers would lie in a record of their own
        raise invalid("invalid_value", field=name, name="path")
    within = context.within if hide is None else (*context.within, hide)
    inner = components(component, Context(within, depth=context.depth + 1))
    label = text_of(component, "label", name)
    return Field("", label, "group", hide=hide, within=context.within, fields=inner)


def _table(
    component: Record, name: str, hide: str | None, context: Context, components: Components
) -> Field:
    properties = mapping_of(component, "properties", name)
    validate = mapping_of(component, "validate", name)
    columns = components(component, Context(in_table=True, depth=context.depth + 1))
    least = count_of(properties, "barisMin", name) or 0
    most = count_of(properties, "barisMaks", name)
    most = MAX_ROWS if most is None else most
    if not columns:
        raise invalid("no_columns", field=name)
    if not least <= most <= MOST_ROWS or most < 1:
        raise invalid("invalid_value", field=name, name="barisMaks")
    rows = count_of(component, "defaultRepetitions", name)
    return Field(
        key=_key(component, "path", name),
        label=text_of(component, "label", name) or name,
        type="table",
        required=validate.get("required") is True or least > 0,
        description=text_of(component, "description", name),
        hide=hide,
        within=context.within,
        shown_for=_shown_for(hide),
        fields=columns,
        rows=min(max(1 if rows is None else rows, least), most),
        min_rows=least,
        max_rows=most,
        fixed_rows=component.get("allowAddRemove") is False,
    )


def _key(component: Record, setting: str, name: str) -> str:
    key = component.get(setting)
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise invalid("invalid_key", field=name)
    return key


def _options(component: Record, name: str) -> tuple[Option, ...]:
    values = component.get("values")
    if not isinstance(values, list) or not 0 < len(values) <= MAX_OPTIONS:
        raise invalid("no_options", field=name)
    options = []
    for value in values:
        if not isinstance(value, dict) or not isinstance(value.get("value"), str):
            raise invalid("invalid_value", field=name, name="values")
        options.append(Option(value["value"], text_of(value, "label", name) or value["value"]))
    if len({option.value for option in options}) < len(options):
        raise invalid("invalid_value", field=name, name="values")
    return tuple(options)


def _accept(component: Record, name: str) -> tuple[str, ...]:
    kinds = tuple(
        one.strip() for one in text_of(component, "accept", name).split(",") if one.strip()
    )
    if any(not _ACCEPT.fullmatch(one) for one in kinds):
        raise invalid("invalid_value", field=name, name="accept")
    return tuple(one.lower() for one in kinds)


def _shown_for(hide: str | None) -> tuple[str, str] | None:
    found = _BELONGS_TO_CHOICE.fullmatch(hide or "")
    return (found[1], found[2]) if found else None


def _default(component: Record, name: str) -> object:
    default = component.get("defaultValue")
    if not (default is None or isinstance(default, str | int | float | bool | list)):
        raise invalid("invalid_value", field=name, name="defaultValue")
    return default
