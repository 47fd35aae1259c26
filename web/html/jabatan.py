"""/pengaturan/jabatan: one position, who holds it and who has held it"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, render_template, request, url_for

from engine.usecases import holdings, jabatan
from web.language import gettext
from web.moments import local_date
from web.opening import call
from web.organisation_form import (
    Answer,
    attempt,
    read_day,
    read_login,
    read_number,
    read_term,
    warn,
    words,
)
from web.parse import Refused

pages = Blueprint("jabatan", __name__, url_prefix="/pengaturan/jabatan/<int:jabatan_id>")


@pages.get("")
def show(jabatan_id: int) -> str:
    return _page(jabatan_id, None)


def _page(jabatan_id: int, refused: Refused | None) -> str:
    app, actor, now = call()
    today = local_date(now, app.settings.zone)
    return render_template(
        "jabatan.html",
        detail=jabatan.read_jabatan(app, actor, jabatan_id, now),
        refused=refused,
        today=today,
        yesterday=today - timedelta(days=1),
        **words(),
    )


def _act(jabatan_id: int, form: str, act: Callable[[], str]) -> Answer:
    path = url_for(".show", jabatan_id=jabatan_id)
    return attempt(form, act, lambda refused: _page(jabatan_id, refused), path)


@pages.post("/ubah")
def change(jabatan_id: int) -> Answer:
    app, actor, now = call()
    form = request.form

    def act() -> str:
        jabatan.change_jabatan(
            app,
            actor,
            jabatan_id,
            form.get("nama", ""),
            form.get("peran", ""),
            read_number("atasan"),
            now,
            many="banyak" in form,
        )
        return gettext("Perubahan disimpan.")

    return _act(jabatan_id, "ubah", act)


@pages.post("/akhiri")
def end(jabatan_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = jabatan.end_jabatan(app, actor, jabatan_id, read_day("berakhir"), now)
        return gettext("Jabatan %(name)s diakhiri. Riwayatnya tetap ada.", name=done.name)

    return _act(jabatan_id, "akhiri", act)


@pages.post("/aktifkan")
def reopen(jabatan_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = jabatan.reopen_jabatan(app, actor, jabatan_id, now)
        return gettext("Jabatan %(name)s aktif lagi.", name=done.name)

    return _act(jabatan_id, "aktifkan", act)


@pages.post("/tunjuk")
def appoint(jabatan_id: int) -> Answer:
    app, actor, now = call()
    replacing = "menggantikan" in request.form

    def act() -> str:
        detail = jabatan.read_jabatan(app, actor, jabatan_id, now)
        login = read_login(detail.people) if detail.may_change else actor.login
        done = holdings.appoint(
            app, actor, jabatan_id, login, read_term(), now, replacing=replacing
        )
        warn(done.warnings)
        return gettext("%(name)s dicatat sebagai pemangku.", name=done.line.name)

    return _act(jabatan_id, "tunjuk", act)


@pages.post("/pemangku/<int:holding_id>/perbaiki")
def correct(jabatan_id: int, holding_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = holdings.correct_holding(app, actor, holding_id, read_term(), now)
        warn(done.warnings, done.orphaned)
        return gettext("Masa jabatan %(name)s diperbaiki.", name=done.line.name)

    return _act(jabatan_id, f"perbaiki-{holding_id}", act)


@pages.post("/pemangku/<int:holding_id>/akhiri")
def end_holding(jabatan_id: int, holding_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = holdings.end_holding(app, actor, holding_id, read_day("sampai"), now)
        warn((), done.orphaned)
        return gettext("Masa jabatan %(name)s diakhiri.", name=done.line.name)

    return _act(jabatan_id, f"akhiri-{holding_id}", act)


@pages.post("/pemangku/<int:holding_id>/batalkan")
def cancel(jabatan_id: int, holding_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        holdings.cancel_holding(app, actor, holding_id, now)
        return gettext("Penunjukan itu dibatalkan.")

    return _act(jabatan_id, f"perbaiki-{holding_id}", act)
