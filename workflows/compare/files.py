"""Forms field by field; other files as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from typing import Final
from xml.etree.ElementTree import ParseError, canonicalize

from workflows.compare.values import Change, Difference, FormDifference, change, only_changes
from workflows.errors import SopError
from workflows.forms import Field, Form, read_form
from workflows.forms.form import Option

# `key` is what fields are matched by, `fields` are compared one by one, `within` and `shown_for`
# follow from what the schema says elsewhere.
_APART: Final = frozenset({"key", "fields", "within", "shown_for"})


def formulir(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FormDifference]:
    """By name; a file that only looks different (blanks, order of keys) does not differ."""
    for name in sorted({*before, *after}):
        if name not in before:
            yield FormDifference("added", name)
        elif name not in after:
            yield FormDifference("removed", name)
        elif before[name] != after[name]:
            yield from _changed(name, before[name], after[name])


def _changed(name: str, before: str, after: str) -> Iterator[FormDifference]:
    if name.endswith(".dmn"):
        if _canonical(before) != _canonical(after):
            yield FormDifference("changed", name)
        return
    try:
        old, new = read_form(before), read_form(after)
    except SopError:  # a form of a draft need not be readable yet
        yield FormDifference("changed", name)
        return
    if found := tuple(_fields(old, new)):
        yield FormDifference("changed", name, found)


def _canonical(text: str) -> str:
    try:
        return canonicalize(text, strip_text=True)
    except (ParseError, ValueError):
        return text


def _fields(before: Form, after: Form) -> Iterator[Difference]:
    old, new = _by_key(before.fields), _by_key(after.fields)
    if before.title != after.title:
        title = only_changes(change("judul", before.title, after.title))
        yield Difference("changed", "", after.title, "form", title)
    for key, field in new.items():
        if key not in old:
            yield Difference("added", key, _call(field), field.type)
        elif changes := _changes(old[key], field):
            yield Difference("changed", key, _call(field), field.type, changes)
    for key, field in old.items():
        if key not in new:
            yield Difference("removed", key, _call(field), field.type)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        order = Change("urutan", _names(old, new), _names(new, old))
        yield Difference("changed", "", after.title, "form", (order,))


def _names(those: Mapping[str, Field], also: Mapping[str, Field]) -> tuple[str, ...]:
    return tuple(_call(field) for key, field in those.items() if key in also)


def _call(field: Field) -> str:
    return field.label or field.key or field.type


def _by_key(fields: tuple[Field, ...], path: str = "") -> dict[str, Field]:
    """Fields of tables and groups by the path to them; those without a key by what they say."""
    found: dict[str, Field] = {}
    for place, field in enumerate(fields):
        key = path + (field.key or f"{field.type} {field.label or place}")
        found[key] = field
        inner = f"{key}." if field.type == "table" else path
        found |= _by_key(field.fields, inner)
    return found


def _changes(before: Field, after: Field) -> tuple[Change, ...]:
    return only_changes(
        *(
            change(one.name, _show(getattr(before, one.name)), _show(getattr(after, one.name)))
            for one in fields_of(Field)
            if one.name not in _APART
        )
    )


def _show(value: object) -> str | tuple[str, ...]:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "ya"
    if isinstance(value, tuple):
        return tuple(_show_one(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _show_one(value: object) -> str:
    if isinstance(value, Option):
        return value.label if value.label == value.value else f"{value.label} ({value.value})"
    return str(value)
