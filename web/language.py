"""The reader's language: the person's own, before login a cookie's, else Indonesian.

Also the typed door to Flask-Babel: the rest of the web face takes `gettext` and its like from here.
"""

from __future__ import annotations

import flask_babel
from babel import Locale
from flask import Flask, g, request

LOCALES = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "alur_bahasa"
YEAR = 365 * 24 * 3600


class Lazy:
    """A msgid that is translated when it is read, not when the module is loaded."""

    def __init__(self, msgid: str) -> None:
        self.msgid = msgid

    def __str__(self) -> str:
        return gettext(self.msgid)


def lazy(msgid: str) -> Lazy:
    return Lazy(msgid)


def init_app(flask: Flask) -> None:
    flask.config["BABEL_DEFAULT_LOCALE"] = "id"
    flask_babel.Babel(flask, locale_selector=choose_locale)
    flask.jinja_env.globals.update(get_locale=get_locale, locales=LOCALES)


def choose_locale() -> str:
    actor = g.get("actor")
    wanted = actor.locale if actor else request.cookies.get(COOKIE, "")
    return wanted if wanted in LOCALES else "id"


def get_locale() -> Locale:
    """The locale of this request; Indonesian outside of one."""
    found: Locale | None = flask_babel.get_locale()
    return found or Locale("id")


def gettext(msgid: str, **fields: object) -> str:
    return str(flask_babel.gettext(msgid, **fields))


def ngettext(one: str, many: str, num: int) -> str:
    """`%(num)d` in the msgids is the number; Indonesian has the same text twice."""
    return str(flask_babel.ngettext(one, many, num))
