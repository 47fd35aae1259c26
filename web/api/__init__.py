"""The REST interface under /api/v1: JSON in and out, for programs that have a key.

An answer is `{"data": …}`, an error `{"error": {"code", "message", "fields"}}`. There are no
sessions here, so no cookies and no CSRF tokens.
"""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from web.api import items, jobs, messages
from web.api.openapi import describe
from web.api.operation import pages
from web.auth import public

__all__ = ["init_app", "items", "jobs", "messages"]  # each adds its operations


@pages.get("/openapi.json")
@public
def openapi() -> dict[str, object]:
    return describe()


def init_app(flask: Flask, csrf: CSRFProtect) -> None:
    flask.register_blueprint(pages)
    csrf.exempt(pages)
