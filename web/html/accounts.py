"""/saya/keamanan and /saya/sandi: one's own log-in; and what administrators do with others'"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.usecases import access_tokens, account_mails, accounts, second_factor, sessions
from web import messages
from web.entrance import caller
from web.errors import status_of
from web.language import gettext
from web.opening import call
from web.parse import referring_path
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("accounts", __name__)


@pages.get("/saya/keamanan")
def show() -> str:
    return _page()


@pages.get("/saya/sandi")
def ask_password() -> str:
    return render_template("password.html", error="")


@pages.post("/saya/sandi")
def save_password() -> tuple[str, int] | Response:
    app, actor, now = call()
    form, new = request.form, request.form.get("baru", "")
    try:
        if new != form.get("ulang", ""):
            raise InvalidAnswerError("invalid_password", field="ulang", reason="not_twice")
        old = form.get("lama", "")
        accounts.change_password(app, actor, g.session_id, old, new, now, caller())
    except SopError as error:
        sentence = messages.explain(error)
        return render_template("password.html", error=sentence), status_of(error)
    flash(gettext("Kata sandi Anda diganti. Perangkat lain harus masuk lagi."), "done")
    return redirect(url_for(".show"), 303)


@pages.post("/saya/keamanan/sesi/<int:session_id>/akhiri")
def revoke_session(session_id: int) -> Response:
    app, actor, now = call()
    sessions.revoke_session(app, actor, session_id, now)
    flash(gettext("Sesi itu diakhiri."), "done")
    return redirect(url_for(".show") + "#sesi", 303)


@pages.post("/saya/keamanan/sesi/akhiri-lainnya")
def revoke_others() -> Response:
    app, actor, now = call()
    sessions.revoke_others(app, actor, g.session_id, now)
    flash(gettext("Semua sesi lain diakhiri."), "done")
    return redirect(url_for(".show") + "#sesi", 303)


@pages.post("/saya/keamanan/token")
def make_token() -> str | tuple[str, int]:
    """The token is shown on this very page, and never again."""
    app, actor, now = call()
    days = request.form.get("hari", "")
    try:
        _, secret = access_tokens.make_token(
            app, actor, request.form.get("nama", ""), int(days) if days.isdecimal() else 0, now
        )
    except SopError as error:
        return _page(error=messages.explain(error)), status_of(error)
    return _page(token=secret)


@pages.post("/saya/keamanan/token/<int:token_id>/cabut")
def revoke_token(token_id: int) -> Response:
    app, actor, now = call()
    access_tokens.revoke_token(app, actor, token_id, now)
    flash(gettext("Token dicabut. Program yang memakainya tidak dapat masuk lagi."), "done")
    return redirect(url_for(".show") + "#token", 303)


@pages.post("/pengaturan/orang/<login>/undang")
def invite(login: str) -> Response:
    app, actor, now = call()
    sent = account_mails.invite_person(app, actor, login, now)
    flash(gettext("Undangan untuk %(name)s dikirim ke %(email)s.", name=sent.name,
                  email=sent.email), "done")  # fmt: skip
    return _back()


@pages.post("/pengaturan/orang/<login>/keluarkan")
def end_sessions(login: str) -> Response:
    app, actor, now = call()
    sessions.end_sessions(app, actor, login, now)
    flash(gettext("Semua sesi orang ini diakhiri."), "done")
    return _back()


@pages.post("/pengaturan/orang/<login>/setel-ulang-kode")
def reset_factor(login: str) -> Response:
    app, actor, now = call()
    second_factor.reset_factor(app, actor, login, now)
    flash(gettext("Kode kedua orang ini dimatikan. Ia masuk dengan kata sandi saja."), "done")
    return _back()


def _back() -> Response:
    return redirect(referring_path(request) or url_for(".show"), 303)


def _page(token: str = "", error: str = "") -> str:
    app, actor, now = call()
    return render_template(
        "security.html",
        security=sessions.read_security(app, actor, g.session_id, now),
        days=access_tokens.DAYS,
        token=token,
        error=error,
        typed=request.form if error else {},
    )
