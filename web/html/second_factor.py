"""/saya/keamanan/kode: the second factor of one's own log-in"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.usecases import second_factor
from web import messages
from web.entrance import caller
from web.errors import status_of
from web.language import gettext
from web.opening import call
from workflows.errors import SopError

pages = Blueprint("second_factor", __name__, url_prefix="/saya/keamanan/kode")


@pages.get("")
def show() -> str:
    return _page()


@pages.post("")
def begin() -> Response:
    second_factor.begin_factor(*call())
    return redirect(url_for(".show"), 303)


@pages.post("/aktifkan")
def confirm() -> str | tuple[str, int]:
    """The recovery codes are shown on this very page, and never again."""
    app, actor, now = call()
    try:
        codes = second_factor.confirm_factor(
            app, actor, request.form.get("kode", ""), now, caller()
        )
    except SopError as error:
        return _page(messages.explain(error)), status_of(error)
    g.must = ""
    return render_template("recovery_codes.html", codes=codes)


@pages.post("/cadangan")
def renew() -> str | tuple[str, int]:
    app, actor, now = call()
    try:
        codes = second_factor.renew_recovery(
            app, actor, request.form.get("kode", ""), now, caller()
        )
    except SopError as error:
        return _page(messages.explain(error)), status_of(error)
    return render_template("recovery_codes.html", codes=codes)


@pages.post("/matikan")
def remove() -> tuple[str, int] | Response:
    app, actor, now = call()
    password, code = request.form.get("sandi", ""), request.form.get("kode", "")
    try:
        second_factor.remove_factor(app, actor, password, code, now, caller())
    except SopError as error:
        return _page(messages.explain(error)), status_of(error)
    flash(gettext("Kode kedua dimatikan. Anda masuk dengan kata sandi saja."), "done")
    return redirect(url_for("accounts.show"), 303)


def _page(error: str = "") -> str:
    app, actor, _ = call()
    state = second_factor.read_factor(app, actor)
    return render_template("second_factor.html", state=state, error=error)
