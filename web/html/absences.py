"""/saya/cuti and /cuti: leave, one's own and that of whoever one may note it for"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotFoundError
from engine.handover_values import AbsenceLine
from engine.usecases import absences
from web import messages
from web.errors import status_of
from web.language import gettext
from web.opening import call
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError

pages = Blueprint("absences", __name__)
Answer = tuple[str, int] | Response
REFUSALS = (InvalidAnswerError, InvalidTimeError, ConflictError)


@pages.get("/saya/cuti")
def own() -> str:
    return render_template("absences.html", leave=absences.list_absences(*call()))


@pages.get("/cuti/baru")
def ask() -> str:
    return _form(request.args.get("untuk") or g.actor.login)


@pages.post("/cuti/baru")
def plan() -> Answer:
    app, actor, now = call()
    login = request.form.get("untuk") or actor.login

    def act() -> object:
        given = _given()
        return absences.plan_absence(app, actor, login, *given[:4], now, given[4])

    return _do(login, act, gettext("Cuti dicatat. Penggantinya sudah dikabari."))


@pages.get("/cuti/<int:absence_id>")
def show(absence_id: int) -> str:
    app, actor, now = call()
    line = absences.read_absence(app, actor, absence_id, now)
    return _form(line.login, line)


@pages.post("/cuti/<int:absence_id>")
def change(absence_id: int) -> Answer:
    app, actor, now = call()
    line = absences.read_absence(app, actor, absence_id, now)

    def act() -> object:
        given = _given()
        return absences.change_absence(app, actor, absence_id, *given[:4], now, given[4])

    return _do(line.login, act, gettext("Cuti diubah. Yang bersangkutan sudah dikabari."), line)


@pages.post("/cuti/<int:absence_id>/akhiri")
def end(absence_id: int) -> Response:
    app, actor, now = call()
    line = absences.end_absence(app, actor, absence_id, now)
    if line.state == "cancelled":
        flash(gettext("Cuti dibatalkan. Penggantinya sudah dikabari."), "done")
    else:
        flash(gettext("Cuti diakhiri. Mulai hari ini tugasnya kembali."), "done")
    return redirect(url_for(".own"), 303)


def _do(
    login: str, act: Callable[[], object], done: str, line: AbsenceLine | None = None
) -> Answer:
    try:
        act()
    except REFUSALS as error:
        return _form(login, line, error), status_of(error)
    except NotFoundError as error:  # no such substitute
        return _form(login, line, error), 422
    flash(done, "done")
    return redirect(url_for(".own"), 303)


def _given() -> tuple[str, date, date, str, list[int]]:
    """Substitute, both days, the reason, ids of jabatan; raises as `_day`."""
    form = request.form
    some = form.get("cakupan") == "sebagian"
    seats = [int(one) for one in form.getlist("jabatan") if one.isdecimal()] if some else []
    if some and not seats:
        raise InvalidTimeError("invalid_leave", field="jabatan", reason="none_chosen")
    return (
        form.get("pengganti", ""),
        _day("dari"),
        _day("sampai"),
        form.get("alasan", ""),
        seats,
    )


def _day(name: str) -> date:
    """Raises InvalidTimeError: invalid_leave."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        raise InvalidTimeError("invalid_leave", field=name, reason="not_a_date") from None


def _form(login: str, line: AbsenceLine | None = None, error: SopError | None = None) -> str:
    app, actor, now = call()
    choices = absences.read_leave_choices(app, actor, login, now)
    typed = _typed(line) if error is None else {**request.form.to_dict(), "error": True}
    seats = request.form.getlist("jabatan") if error else list(line.scope_ids if line else ())
    return render_template(
        "absence_form.html",
        choices=choices,
        line=line,
        typed=typed,
        seats={str(one) for one in seats},
        error=messages.explain(error) if error else "",
    )


def _typed(line: AbsenceLine | None) -> dict[str, object]:
    """The form as it opens."""
    if line is None:
        return {"dari": request.args.get("dari", ""), "sampai": "", "alasan": "", "pengganti": ""}
    return {
        "dari": line.since.isoformat(),
        "sampai": line.until.isoformat(),
        "alasan": line.reason,
        "pengganti": line.substitute_login,
        "cakupan": "sebagian" if line.scope_ids else "",
    }
