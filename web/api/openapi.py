"""The OpenAPI 3.1 document, made from the operations as they are declared."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from typing import Any, get_args, get_origin

from web.api.operation import OPERATIONS, PREFIX, Operation
from web.api.shape import answer_shape, body_shape

Part = dict[str, Any]
ERROR: Part = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "description": "Tetap dari rilis ke rilis."},
                "message": {"type": "string", "description": "Untuk dibaca orang."},
                "fields": {"type": "object"},
            },
        }
    },
}
REFUSALS = {
    "400": "Permintaan tidak terbaca",
    "401": "Kunci tidak dikenal atau sudah dicabut",
    "403": "Kunci ini tidak boleh melakukannya",
    "404": "Yang disebut tidak ada",
    "409": "Keadaannya sudah berubah, atau ada lebih dari satu penerima",
    "413": "Kiriman terlalu besar",
    "415": "Kiriman bukan application/json",
    "422": "Isi kiriman tidak dapat dipakai",
    "503": "Alur belum dapat melayani; coba lagi",
}


@cache
def describe() -> dict[str, object]:
    """The whole document; the same as long as the process lives."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Alur", "version": version("alurkerja")},
        "servers": [{"url": PREFIX}],
        "security": [{"key": []}],
        "paths": {_template(one.path): {"post": _operation(one)} for one in OPERATIONS},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _template(path: str) -> str:
    return re.sub(r"<int:(\w+)>", r"{\1}", path)


def _schemas() -> dict[str, Part]:
    answers = {_value(one.answer) for one in OPERATIONS}
    return {
        **{one.body.__name__: body_shape(one.body) for one in OPERATIONS},
        **{kind.__name__: answer_shape(kind) for kind in answers},
        "Error": ERROR,
    }


def _value(answer: Any) -> Any:
    """The value in the answer, or in the list that the answer is."""
    return get_args(answer)[0] if get_origin(answer) is tuple else answer


def _reference(kind: Any) -> Part:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _operation(one: Operation) -> Part:
    data = _reference(_value(one.answer))
    if get_origin(one.answer) is tuple:
        data = {"type": "array", "items": data}
    answer = {
        "type": "object",
        "required": ["data"],
        "additionalProperties": False,
        "properties": {"data": data},
    }
    parts = re.findall(r"<int:(\w+)>", one.path)
    described: Part = {
        "operationId": one.name,
        "summary": one.summary,
        "requestBody": {"required": True, "content": _json(_reference(one.body))},
        "responses": {"200": {"description": "Berhasil", "content": _json(answer)}, **_refusals()},
    }
    if one.errors:
        described["description"] = f"Kode galat sendiri: {', '.join(one.errors)}."
    if parts:
        whole = {"type": "integer", "minimum": 1}
        described["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": whole} for name in parts
        ]
    return described


def _json(schema: Part) -> Part:
    return {"application/json": {"schema": schema}}


def _refusals() -> Part:
    error = {"$ref": "#/components/schemas/Error"}
    return {
        status: {"description": text, "content": _json(error)} for status, text in REFUSALS.items()
    }
