"""The reader's language: the person's own, before login a cookie's, else Indonesian.

Also the typed door to Flask-Babel: the rest of the web face takes `gettext` and its like from here.
"""

from __future__ import annotations

import flask_babel
from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request

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
    flask.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of its extension
        lambda text: _reading()[1].gettext(text),
        lambda one, many, num: _reading()[1].ngettext(one, many, num),
        newstyle=True,
    )
    flask.jinja_env.globals.update(get_locale=get_locale, locales=LOCALES)


def choose_locale() -> str:
    actor = g.get("actor")
    wanted = actor.locale if actor else request.cookies.get(COOKIE, "")
    return wanted if wanted in LOCALES else "id"


def get_locale() -> Locale:
    """The locale of this request; Indonesian outside of one."""
    return _reading()[0]


def gettext(msgid: str, **fields: object) -> str:
    found = _reading()[1].gettext(msgid)
    return found % fields if fields else found


def ngettext(one: str, many: str, num: int) -> str:
    """`%(num)d` in the msgids is the number; Indonesian has the same text twice."""
    return _reading()[1].ngettext(one, many, num) % {"num": num}


def _reading() -> tuple[Locale, NullTranslations]:
    """Locale and catalogue, looked for once a request: a page asks for hundreds of texts."""
    try:
        found: tuple[Locale, NullTranslations] = g.reading
    except (AttributeError, RuntimeError):  # not looked for yet; outside of any request
        if not has_request_context():
            return Locale("id"), NullTranslations()
        locale = flask_babel.get_locale() or Locale("id")
        found = g.reading = locale, flask_babel.get_translations()
    return found
