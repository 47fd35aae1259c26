"""/masuk and /keluar"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotAllowedError
from engine.usecases import people
from web import messages
from web.auth import log_in, log_out, public
from web.opening import now, opening
from web.parse import local_path

pages = Blueprint("login", __name__)


@pages.get("/masuk")
@public
def ask() -> str:
    return _page()


@pages.post("/masuk")
@public
def enter() -> tuple[str, int] | Response:
    login, password = request.form.get("login", "").strip(), request.form.get("sandi", "")
    try:
        actor = people.authenticate(opening().get(), login, password, now())
    except NotAllowedError as error:
        return _page(login, messages.explain(error)), 403
    log_in(actor)
    return redirect(local_path(request.args.get("next")) or url_for("work_items.inbox"), 303)


@pages.post("/keluar")
@public
def leave() -> Response:
    log_out()
    return redirect(url_for("login.ask"), 303)


def _page(login: str = "", error: str = "") -> str:
    wanted = local_path(request.args.get("next"))
    return render_template("login.html", login=login, error=error, next=wanted)
