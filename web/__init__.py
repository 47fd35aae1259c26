"""The web face: `create_app` puts the pieces together, and nothing else."""

from __future__ import annotations

import os

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.app import App
from engine.settings import Settings
from web import (
    api,
    assets,
    auth,
    capacities,
    compare_words,
    compression,
    errors,
    headers,
    html,
    language,
    log_words,
    messages,
    moments,
    publishing_words,
)
from web.opening import Clock, Opening, read_clock


def create_app(app: App | None = None, clock: Clock = read_clock) -> Flask:
    """The WSGI application.

    Without `app` the settings come from the environment and the database is opened by the
    first request of each process, so that gunicorn may fork before it.
    """
    settings = app.settings if app else Settings.from_env(os.environ)
    flask = Flask(__name__, static_folder=None)
    flask.config.update(_configure(settings))
    flask.extensions["alur"] = Opening(settings, app, clock)
    flask.session_interface = auth.QuietSessions()
    for piece in (
        language,
        moments,
        messages,
        log_words,
        capacities,
        compare_words,
        publishing_words,
        assets,
        auth,
        errors,
        headers,
        compression,
        html,
    ):
        piece.init_app(flask)
    csrf = CSRFProtect(flask)  # after auth: who is no longer logged in is sent to the login
    api.init_app(flask, csrf)
    csrf.exempt(html.feeds.pages)  # mail programs post there, and have no session
    if proxies := settings.trusted_proxies:
        flask.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented hook
            flask.wsgi_app, x_for=proxies, x_proto=proxies
        )
    flask.wsgi_app = assets.StaticFiles(flask.wsgi_app)  # type: ignore[method-assign]
    return flask


def _configure(settings: Settings) -> dict[str, object]:
    document = settings.document_max_mb * 2**20
    return {
        "SECRET_KEY": settings.secret(),
        "SESSION_COOKIE_NAME": "alur",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.url.startswith("https:"),
        "PERMANENT_SESSION_LIFETIME": auth.IDLE,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session; a form may lie open all day
        "MAX_CONTENT_LENGTH": document + 2**20,  # room for the rest of the form
        "MAX_FORM_MEMORY_SIZE": 2**20,
        "MAX_FORM_PARTS": 25_000,  # a calendar with all the days off that it may have
        "DOCUMENT_MAX": document,
    }
