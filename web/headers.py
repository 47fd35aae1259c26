"""Security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, g

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def init_app(flask: Flask) -> None:
    flask.after_request(_harden)


def allow_inline_styles() -> None:
    """For pages with a bpmn-js diagram, which sets style attributes."""
    g.inline_styles = True


def seal(response: Response) -> Response:
    """For content that people have uploaded: it may do nothing in the reader's browser, and is
    asked for again each time, so that a right that has ended ends here too."""
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _harden(response: Response) -> Response:
    policy = POLICY | ({"style-src": "'self' 'unsafe-inline'"} if g.get("inline_styles") else {})
    text = "; ".join(f"{name} {value}" for name, value in policy.items())
    response.headers.setdefault("Content-Security-Policy", text)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
