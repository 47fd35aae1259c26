"""`operation`: one declaration makes a route, checks the key, reads the body, writes the answer,
and is described in the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn

from flask import Blueprint, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from engine.app import App
from engine.errors import NotKnownError
from engine.exchange_values import Client
from engine.usecases import keys
from web.api.shape import read_body, to_json
from web.auth import public
from web.opening import now, opening
from workflows.errors import InvalidAnswerError

PREFIX = "/api/v1"
MAX_BODY = 512 * 1024  # bytes; a payload may have half of it
pages = Blueprint("api", __name__, url_prefix=PREFIX)


@dataclass(frozen=True)
class Caller:
    """Who asks, of which App, when."""

    app: App
    client: Client
    now: datetime


@dataclass(frozen=True)
class Operation:
    """One thing that programs can do; `errors`: the codes that are its own. `body` is None where
    it takes none; `query`: what stands behind the question mark. `personal`: it asks for the access
    token of a person, not for the key of a program."""

    name: str
    path: str
    summary: str
    body: type[Any] | None
    answer: Any
    errors: tuple[str, ...]
    method: str = "post"
    query: type[Any] | None = None
    personal: bool = False


OPERATIONS: list[Operation] = []
View = Callable[..., Any]


def operation(
    path: str, body: type[Any], answer: Any, summary: str, *, errors: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Answer POST requests by the view, called with the caller, the body and the path's parts."""

    def decorate(view: View) -> View:
        OPERATIONS.append(Operation(view.__name__, path, summary, body, answer, errors))

        @pages.post(path)
        @public  # of the login: here a key is asked for instead
        @wraps(view)
        def respond(**parts: int) -> dict[str, Any]:
            caller = _identify()
            return {"data": to_json(view(caller, read_body(body, read_json()), **parts))}

        return view

    return decorate


def _identify() -> Caller:
    """Raises NotKnownError: key_invalid."""
    app, secret = opening().get(), read_bearer()
    if not secret:
        raise NotKnownError("key_invalid")
    return Caller(app, keys.open_client(app, secret), now())


def read_bearer() -> str:
    """What the request brings to be known by; "" when it brings nothing."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def read_json() -> object:
    """Raises InvalidAnswerError: invalid_request; RequestEntityTooLarge; UnsupportedMediaType."""
    request.max_content_length = MAX_BODY
    content = request.get_data()
    if len(content) >= MAX_BODY:  # a body without a length is only cut off there
        raise RequestEntityTooLarge()
    if not request.is_json:
        raise UnsupportedMediaType()
    try:
        return json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # NaN, endless digits, endless brackets too
        raise InvalidAnswerError("invalid_request", field="", reason="not_json") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
