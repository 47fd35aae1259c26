"""The shapes of requests and answers: one declaration reads a body, writes an answer and stands
in the OpenAPI document."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields
from datetime import datetime
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workflows.errors import InvalidAnswerError

Shape = dict[str, Any]
Body = TypeVar("Body")

NAME: Shape = {"type": "string", "minLength": 1, "maxLength": 200}
TEXT: Shape = {"type": "string", "maxLength": 2000}
RECORD: Shape = {"type": "object"}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}
_PLAIN: Mapping[object, Shape] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}


def given(shape: Shape, description: str) -> Shape:
    """What stands in the annotation of a field of a body; one without a default is required."""
    return {**shape, "description": description}


def whole(least: int, most: int) -> Shape:
    return {"type": "integer", "minimum": least, "maximum": most}


def list_of(shape: Shape, most: int) -> Shape:
    return {"type": "array", "items": shape, "minItems": 1, "maxItems": most}


def read_body(kind: type[Body], value: object) -> Body:
    """The body as declared. A null stands for a field that is left out.

    Raises InvalidAnswerError: invalid_request (field, reason).
    """
    if not isinstance(value, dict):
        raise _refused("", "not_an_object")
    shape = body_shape(kind)
    known = shape["properties"]
    if strange := sorted(name for name in value if name not in known):
        raise _refused(strange[0], "unknown_field")
    present = {name: one for name, one in value.items() if one is not None}
    for name in shape["required"]:
        if name not in present:
            raise _refused(name, "required")
    for name, one in present.items():
        _check(name, one, known[name])
    return kind(**present)


def _is_required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _check(name: str, value: object, shape: Shape) -> None:
    kind = shape["type"][0] if isinstance(shape["type"], list) else shape["type"]
    if not isinstance(value, _TYPES[kind]) or isinstance(value, bool):
        raise _refused(name, f"not_{kind}")
    if isinstance(value, str | list):
        few, many = ("minLength", "maxLength") if isinstance(value, str) else _COUNTS
        if not shape.get(few, 0) <= len(value) <= shape.get(many, len(value)):
            raise _refused(name, "length")
    if isinstance(value, int | float) and not shape["minimum"] <= value <= shape["maximum"]:
        raise _refused(name, f"{shape['minimum']}..{shape['maximum']}")
    if isinstance(value, list):
        for item in value:
            _check(name, item, shape["items"])


_COUNTS = ("minItems", "maxItems")


def _refused(name: str, reason: str) -> InvalidAnswerError:
    return InvalidAnswerError("invalid_request", field=name[:200], reason=reason)


def body_shape(kind: type[Any]) -> Shape:
    """The JSON schema of a request body, a dataclass whose fields are annotated with `given`."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in fields(kind) if _is_required(one)],
        "properties": {one.name: _field_shape(one, hints[one.name]) for one in fields(kind)},
    }


def _field_shape(one: Field[Any], hint: Any) -> Shape:
    shape: Shape = dict(hint.__metadata__[0])
    if one.default is not MISSING and one.default is not None:
        shape["default"] = one.default
    if not _is_required(one):
        shape["type"] = [shape["type"], "null"]
    return shape


def answer_shape(kind: Any) -> Shape:
    """The JSON schema of a value that a use case gives back."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (wanted,) = [one for one in inner if one is not types.NoneType]
        shape = answer_shape(wanted)
        return {**shape, "type": [shape["type"], "null"]}
    if origin is tuple:
        return {"type": "array", "items": answer_shape(inner[0])}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object"}
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(hints),
        "properties": {name: answer_shape(hint) for name, hint in hints.items()},
    }


def to_json(value: Any) -> Any:
    """A frozen value as JSON has it; moments in ISO 8601."""
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return asdict(value, dict_factory=_record)


def _record(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in items}
