"""The one table error -> status, and the page that says what went wrong and what to do next."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from engine.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    StuckError,
    UnavailableError,
)
from web import messages
from workflows.errors import InvalidAnswerError, InvalidSopError, InvalidTimeError, SopError

STATUS: dict[type[SopError], int] = {
    NotFoundError: 404,
    NotAllowedError: 403,
    ConflictError: 409,
    StuckError: 409,
    InvalidAnswerError: 422,
    InvalidSopError: 422,
    InvalidTimeError: 422,
    UnavailableError: 503,
}
DRAIN_LIMIT = 200 * 2**20  # bytes of a refused upload that are still read
log = logging.getLogger(__name__)


def init_app(flask: Flask) -> None:
    flask.register_error_handler(SopError, _handle_sop_error)
    flask.register_error_handler(CSRFError, _handle_csrf_error)
    flask.register_error_handler(RequestEntityTooLarge, _handle_too_large)
    flask.register_error_handler(HTTPException, _handle_http_error)


def status_of(error: SopError) -> int:
    """500 for an error that no person can cause."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _handle_sop_error(error: SopError) -> tuple[str, int]:
    status = status_of(error)
    if status >= 500:
        log.error("%s", error, exc_info=error)
    return _page(status, messages.explain(error)), status


def _handle_csrf_error(error: CSRFError) -> tuple[str, int]:
    return _page(400, messages.text("csrf")), 400


def _handle_too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    _drain()
    return _page(413, messages.text("document_too_large")), 413


def _handle_http_error(error: HTTPException) -> tuple[str, int] | Response:
    status = error.code or 500
    if status < 400:  # a redirect that the router asks for
        return Response(error.get_body(), status, error.get_headers())
    if isinstance(error, InternalServerError):
        log.error("unexpected error", exc_info=error.original_exception or error)
    return _page(status, messages.text(f"http_{status}")), status


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
