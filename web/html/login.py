"""/masuk and /keluar: password, code, and the ways to a new password"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.account_values import Entry
from engine.errors import NotAllowedError, NotFoundError
from engine.usecases import account_mails, accounts
from web import messages
from web.auth import log_in, log_out, public
from web.carrying import go_on
from web.entrance import CARRIED, caller, render_entrance
from web.errors import status_of
from web.language import gettext
from web.opening import now, opening
from web.parse import local_path
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("login", __name__)
HALF = "half"  # in the cookie: whose password was right a moment ago
PATIENCE = timedelta(minutes=10)  # for the code


@pages.get("/masuk")
@public
def ask() -> str:
    return render_entrance(request.args.get("login", "")[:60])


@pages.post("/masuk")
@public
def enter() -> tuple[str, int] | Response | str:
    login, password = request.form.get("login", "").strip(), request.form.get("sandi", "")
    try:
        entry = accounts.authenticate(opening().get(), login, password, now(), caller())
    except NotAllowedError as error:
        carried = request.form.get(CARRIED, "")
        return render_entrance(login, messages.explain(error), carried), status_of(error)
    if entry.key is None:
        return _ask_code(entry)
    log_in(entry)
    return go_on()


def _ask_code(entry: Entry) -> str:
    """Only the password has been right; nothing is open yet."""
    session.clear()
    session[HALF] = [entry.actor.person_id, entry.stamp, now().isoformat()]
    return _code_page()


def _code_page(error: str = "") -> str:
    wanted = local_path(request.args.get("next"))
    carried = request.form.get(CARRIED, "")
    return render_template("login_code.html", error=error, next=wanted, carried=carried)


@pages.post("/masuk/kode")
@public
def confirm() -> tuple[str, int] | Response | str:
    person, stamp, since = session.get(HALF, (0, "", "2000-01-01T00:00:00+00:00"))
    if now() - datetime.fromisoformat(since) > PATIENCE:
        stamp = ""
    code = request.form.get("kode", "")
    try:
        entry = accounts.confirm_code(opening().get(), person, stamp, code, now(), caller())
    except NotAllowedError as error:
        sentence = messages.explain(error)
        if error.code == "login_expired":
            return render_entrance("", sentence, request.form.get(CARRIED, "")), 403
        return _code_page(sentence), status_of(error)
    log_in(entry)
    return go_on()


@pages.get("/masuk/kode")
@public
def code() -> Response:
    """Whoever loads the page again begins anew."""
    return redirect(url_for(".ask"), 303)


@pages.post("/keluar")
@public
def leave() -> Response:
    log_out()
    return redirect(url_for("login.ask"), 303)


@pages.get("/masuk/lupa")
@public
def forgotten() -> str:
    return render_template("forgotten.html", error="", asked=False)


@pages.post("/masuk/lupa")
@public
def ask_reset() -> tuple[str, int] | str:
    try:
        account_mails.ask_reset(opening().get(), request.form.get("login", ""), now(), caller())
    except NotAllowedError as error:
        sentence = messages.explain(error)
        return render_template("forgotten.html", error=sentence, asked=False), 403
    return render_template("forgotten.html", error="", asked=True)


@pages.get("/masuk/sandi/<secret>")
@public
def choose(secret: str) -> tuple[str, int] | str:
    return _choose_page(secret)


@pages.post("/masuk/sandi/<secret>")
@public
def set_password(secret: str) -> tuple[str, int] | Response | str:
    new = request.form.get("baru", "")
    try:
        if new != request.form.get("ulang", ""):
            raise InvalidAnswerError("invalid_password", field="ulang", reason="not_twice")
        line = account_mails.set_password_by_link(opening().get(), secret, new, now())
    except SopError as error:
        return _choose_page(secret, error)
    log_out()
    flash(gettext("Kata sandi Anda sudah dibuat. Silakan masuk."), "done")
    return redirect(url_for(".ask", login=line.login), 303)


def _choose_page(secret: str, error: SopError | None = None) -> tuple[str, int] | str:
    try:
        link = account_mails.read_link(opening().get(), secret, now())
    except NotFoundError as gone:
        return render_template("link_gone.html", sentence=messages.explain(gone)), status_of(gone)
    sentence = messages.explain(error) if error else ""
    page = render_template("choose_password.html", link=link, secret=secret, error=sentence)
    return (page, status_of(error)) if error else page
