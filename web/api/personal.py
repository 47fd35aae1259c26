"""`personal`: an operation that a person's programs do as that person, by an access token."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import request

from engine.errors import NotKnownError
from engine.usecases import access_tokens
from web.api.operation import OPERATIONS, Operation, pages, read_bearer, read_json
from web.api.shape import body_shape, read_body, to_json
from web.auth import public
from web.opening import Call, now, opening
from workflows.errors import InvalidAnswerError, SopError

View = Callable[..., Any]
Reply = tuple[Mapping[str, Any], int, dict[str, str]]
LONGEST = 200  # letters of an Idempotency-Key


def personal(
    path: str,
    answer: Any,
    summary: str,
    *,
    body: type[Any] | None = None,
    query: type[Any] | None = None,
    errors: tuple[str, ...] = (),
) -> Callable[[View], View]:
    """Answer POST (GET where it takes a query or nothing) by the view, called with the person's
    Call, then the body or the query, then the path's parts."""

    def decorate(view: View) -> View:
        method = "get" if body is None and view.__name__.startswith(("list", "read")) else "post"
        OPERATIONS.append(
            Operation(view.__name__, path, summary, body, answer, errors, method, query, True)
        )

        @pages.route(path, methods=[method.upper()])
        @public  # of the login: here a token is asked for instead
        @wraps(view)
        def respond(**parts: int) -> Reply:
            caller = _identify()
            given = _given(body, query)
            if method == "get":
                return {"data": to_json(view(caller, *given, **parts))}, 200, {}
            return _once(caller, lambda: {"data": to_json(view(caller, *given, **parts))})

        return view

    return decorate


def _identify() -> Call:
    """Raises NotKnownError: token_invalid."""
    app, secret = opening().get(), read_bearer()
    if not secret:
        raise NotKnownError("token_invalid")
    return Call(app, access_tokens.open_token(app, secret, now()), now())


def _given(body: type[Any] | None, query: type[Any] | None) -> tuple[Any, ...]:
    """Raises InvalidAnswerError: invalid_request (field, reason)."""
    if body is not None:
        return (read_body(body, read_json()),)
    if query is None:
        return ()
    shapes = body_shape(query)["properties"]
    known = {one.name for one in fields(query)}
    texts = {name: value for name, value in request.args.items() if name in known and value}
    return (read_body(query, {name: _typed(shapes[name], t) for name, t in texts.items()}),)


def _typed(shape: dict[str, Any], text: str) -> object:
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    return int(text) if "integer" in kinds and text.isdecimal() and len(text) < 19 else text


def _once(caller: Call, act: Callable[[], dict[str, Any]]) -> Reply:
    """With an Idempotency-Key: the answer of the first time, if there was one. What is refused
    leaves no trace, so the same key may be tried again."""
    app, actor, moment = caller
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return act(), 200, {}
    if len(key) > LONGEST or not key.isprintable():
        raise InvalidAnswerError("invalid_request", field="Idempotency-Key", reason="length")
    known = access_tokens.claim_reply(app, actor, key, _digest(), moment)
    if known is not None:
        return known[1], known[0], {"Idempotent-Replayed": "true"}
    try:
        answer = act()
    except SopError:
        access_tokens.forget_reply(app, actor, key)
        raise
    access_tokens.settle_reply(app, actor, key, 200, json.loads(json.dumps(answer)))
    return answer, 200, {}


def _digest() -> str:
    """Of what is asked: another request with the same key is a mistake, not a repetition."""
    asked = f"{request.method} {request.path}\n".encode() + request.get_data()
    return sha256(asked).hexdigest()
