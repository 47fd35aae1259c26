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


KEY = "Kunci sebuah program, dibuat dengan `alur key create`."
TOKEN = "Token seseorang, dibuat di halaman Keamanan akun; bertindak sebagai orang itu."
ONCE = (
    "Permintaan yang sama dengan kunci yang sama dijawab sama, dan dikerjakan satu kali (24 jam)."
)


@cache
def describe() -> dict[str, object]:
    """The whole document; the same as long as the process lives."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Alur", "version": version("alurkerja")},
        "servers": [{"url": PREFIX}],
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": KEY},
                "token": {"type": "http", "scheme": "bearer", "description": TOKEN},
            },
            "schemas": _schemas(),
        },
    }


def _paths() -> Part:
    found: dict[str, Part] = {}
    for one in OPERATIONS:
        found.setdefault(_template(one.path), {})[one.method] = _operation(one)
    return found


def _template(path: str) -> str:
    return re.sub(r"<int:(\w+)>", r"{\1}", path)


def _schemas() -> dict[str, Part]:
    answers = {_value(one.answer) for one in OPERATIONS}
    return {
        **{one.body.__name__: body_shape(one.body) for one in OPERATIONS if one.body},
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
        "responses": {"200": {"description": "Berhasil", "content": _json(answer)}, **_refusals()},
    }
    if one.body:
        described["requestBody"] = {"required": True, "content": _json(_reference(one.body))}
    if one.personal:
        described["security"] = [{"token": []}]
    if one.errors:
        described["description"] = f"Kode galat sendiri: {', '.join(one.errors)}."
    whole = {"type": "integer", "minimum": 1}
    given = [{"name": name, "in": "path", "required": True, "schema": whole} for name in parts]
    if given := [*given, *_more_parameters(one)]:
        described["parameters"] = given
    return described


def _more_parameters(one: Operation) -> list[Part]:
    """Of the query, and the header that makes a repeated request harmless."""
    shape = body_shape(one.query)["properties"] if one.query else {}
    found: list[Part] = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": field.get("description", ""),
            "schema": {key: value for key, value in field.items() if key != "description"},
        }
        for name, field in shape.items()
    ]
    if one.personal and one.method == "post":
        text = {"type": "string", "minLength": 1, "maxLength": 200}
        found.append(
            {"name": "Idempotency-Key", "in": "header", "required": False, "schema": text,
             "description": ONCE}
        )  # fmt: skip
    return found


def _json(schema: Part) -> Part:
    return {"application/json": {"schema": schema}}


def _refusals() -> Part:
    error = {"$ref": "#/components/schemas/Error"}
    return {
        status: {"description": text, "content": _json(error)} for status, text in REFUSALS.items()
    }
