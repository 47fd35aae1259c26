"""/bahasa: the reader's language"""

from __future__ import annotations

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from engine.usecases import people
from web.auth import public
from web.language import COOKIE, LOCALES, YEAR
from web.opening import call
from web.parse import local_path

pages = Blueprint("language", __name__)


@pages.post("/bahasa")
@public
def switch() -> Response:
    wanted = request.form.get("bahasa", "id")
    if g.actor:
        app, actor, now = call()
        people.set_locale(app, actor, wanted, now)
    response = redirect(local_path(request.form.get("next")) or "/", 303)
    if wanted in LOCALES:
        response.set_cookie(COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax")
    return response
