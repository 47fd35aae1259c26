"""The reader's language: as stored for the person, before login as a cookie says, else Indonesian."""

from __future__ import annotations

from flask import Flask, g, request
from flask_babel import Babel, get_locale

LOCALES = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "alur_bahasa"
YEAR = 365 * 24 * 3600


def init_app(flask: Flask) -> None:
    flask.config["BABEL_DEFAULT_LOCALE"] = "id"
    Babel(flask, locale_selector=choose_locale)
    flask.jinja_env.add_extension("jinja2.ext.i18n")
    flask.jinja_env.globals.update(get_locale=get_locale, locales=LOCALES)


def choose_locale() -> str:
    actor = g.get("actor")
    wanted = actor.locale if actor else request.cookies.get(COOKIE, "")
    return wanted if wanted in LOCALES else "id"
