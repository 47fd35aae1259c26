"""The one table error -> status, and the page that says what went wrong and what to do next."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from engine.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    NotKnownError,
    StuckError,
    UnavailableError,
)
from web import messages
from web.entrance import CARRIED, pack_form, render_entrance, unpack_form
from web.language import gettext
from workflows.errors import InvalidAnswerError, InvalidSopError, InvalidTimeError, SopError

STATUS: dict[type[SopError], int] = {
    NotFoundError: 404,
    NotKnownError: 401,
    NotAllowedError: 403,
    ConflictError: 409,
    StuckError: 409,
    InvalidAnswerError: 422,
    InvalidSopError: 422,
    InvalidTimeError: 422,
    UnavailableError: 503,
}
API = "/api/"  # below it programs read the answers, and want JSON
Answer = tuple[str, int] | tuple[dict[str, object], int, dict[str, str]]
DRAIN_LIMIT = 200 * 2**20  # bytes of a refused upload that are still read
log = logging.getLogger(__name__)


def init_app(flask: Flask) -> None:
    flask.register_error_handler(SopError, _handle_sop_error)
    flask.register_error_handler(CSRFError, handle_csrf_error)
    flask.register_error_handler(RequestEntityTooLarge, handle_too_large)
    flask.register_error_handler(HTTPException, _handle_http_error)


def status_of(error: SopError) -> int:
    """500 for an error that no person can cause."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _handle_sop_error(error: SopError) -> Answer:
    status = status_of(error)
    if status >= 500:
        log.error("%s", error, exc_info=error)
    fields = error.fields if status < 500 else {}  # the details are the administrator's
    return _answer(status, error.code, messages.explain(error), fields)


def handle_csrf_error(error: CSRFError) -> Answer:
    """A form that is older than the session, or than the log-in page, is not lost."""
    if request.endpoint == "login.enter":
        carried = request.form.get(CARRIED, "")
        return render_entrance(
            "", gettext("Halaman ini terlalu lama terbuka. Coba lagi."), carried
        ), 400
    carried = pack_form() if g.get("actor") else ""
    if form := unpack_form(carried):
        return render_template("send_again.html", carried=form, back=form.page or "/"), 400
    return _answer(400, "csrf", messages.text("csrf"), {})


def handle_too_large(error: RequestEntityTooLarge) -> Answer:
    _drain()
    code = "http_413" if request.path.startswith(API) else "document_too_large"
    return _answer(413, code, messages.text(code), {})


def _handle_http_error(error: HTTPException) -> Answer | Response:
    status = error.code or 500
    if status < 400:  # a redirect that the router asks for
        return Response(error.get_body(), status, error.get_headers())
    if isinstance(error, InternalServerError):
        log.error("unexpected error", exc_info=error.original_exception or error)
    return _answer(status, f"http_{status}", messages.text(f"http_{status}"), {})


def _answer(status: int, code: str, sentence: str, fields: Mapping[str, object]) -> Answer:
    """A page for people, one object for programs."""
    if not request.path.startswith(API):
        return _page(status, sentence), status
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return {"error": {"code": code, "message": sentence, "fields": dict(fields)}}, status, headers


def _page(status: int, sentence: str) -> str:
    if status >= 500:
        g.actor = None  # the page must not need what may be broken
    return render_template("error.html", status=status, sentence=sentence)


def _drain() -> None:
    """Read what the browser is still sending: else it shows a broken connection, not our page."""
    body = request.environ["wsgi.input"]
    left = min(request.content_length or 0, DRAIN_LIMIT)
    while left > 0 and (chunk := body.read(min(left, 2**16))):
        left -= len(chunk)
