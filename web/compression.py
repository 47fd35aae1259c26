"""gzip for pages: they travel over slow networks. Static files are compressed at build time."""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Flask, Response, request

SMALLEST = 800  # bytes; below that nothing is gained


def init_app(flask: Flask) -> None:
    flask.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in ("text/html", "application/xml") or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    encodable = "Content-Encoding" not in response.headers and response.status_code != 304
    if not encodable or request.accept_encodings["gzip"] == 0:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(_gzip(body))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _gzip(body: bytes) -> bytes:
    """A name of random length in the header hides how well secrets compress (BREACH)."""
    out = io.BytesIO()
    name = "a" * secrets.randbelow(100)
    with gzip.GzipFile(name, "wb", compresslevel=6, fileobj=out, mtime=0) as file:
        file.write(body)
    return out.getvalue()
