"""/pengaturan/orang: people, what they hold, and which rights they have"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for

from engine.errors import NotAllowedError
from engine.usecases import directory, grants, jabatan, people, persons
from engine.usecases.directory import Search
from engine.usecases.persons import Identity
from web.language import LOCALES, gettext
from web.opening import call
from web.organisation_form import Answer, attempt, read_date, read_number, words
from web.parse import Refused

pages = Blueprint("persons", __name__, url_prefix="/pengaturan")


@pages.get("/orang")
def index() -> str:
    app, actor, now = call()
    search = Search(
        text=request.args.get("cari", "").strip(),
        unit=request.args.get("unit", ""),
        grant=request.args.get("hak", ""),
        disabled="berakhir" in request.args,
        page=request.args.get("hal", 1, type=int),
    )
    return render_template(
        "persons.html",
        people=directory.list_persons(app, actor, search, now),
        search=search,
        units=people.list_units(app),
        **words(),
    )


@pages.get("/orang-baru")
def ask() -> str:
    return _new(None)


def _new(refused: Refused | None) -> str:
    app, actor, now = call()
    if not directory.list_persons(app, actor, Search(), now).may_add:
        raise NotAllowedError("right_missing", verb="manage_people")
    seats = jabatan.list_jabatan(app, actor, now, mine=True)
    return render_template(
        "person_new.html", refused=refused, seats=seats, languages=LOCALES, **words()
    )


@pages.post("/orang-baru")
def create() -> Answer:
    app, actor, now = call()
    login = request.form.get("login", "").strip().lower()

    def act() -> str:
        made = persons.create_person(
            app,
            actor,
            login,
            _identity(),
            now,
            jabatan_id=read_number("jabatan"),
            since=read_date("sejak"),
        )
        return gettext("%(name)s didaftarkan. Undangan dikirim ke surelnya.", name=made.name)

    return attempt("baru", act, _new, url_for(".show", login=login or "-"))


def _identity() -> Identity:
    form = request.form
    return Identity(
        form.get("nama", ""),
        form.get("surel", ""),
        form.get("nip", ""),
        form.get("bahasa", "id"),
    )


@pages.get("/orang/<login>")
def show(login: str) -> str:
    return _page(login, None)


def _page(login: str, refused: Refused | None) -> str:
    app, actor, now = call()
    return render_template(
        "person.html",
        detail=directory.read_person(app, actor, login, now),
        refused=refused,
        languages=LOCALES,
        zone=app.settings.zone,
        **words(),
    )


def _act(login: str, form: str, act: Callable[[], str]) -> Answer:
    path = url_for(".show", login=login)
    return attempt(form, act, lambda refused: _page(login, refused), path)


@pages.post("/orang/<login>/ubah")
def change(login: str) -> Answer:
    app, actor, now = call()

    def act() -> str:
        persons.change_person(app, actor, login, _identity(), now)
        return gettext("Perubahan disimpan.")

    return _act(login, "ubah", act)


@pages.post("/orang/<login>/akhiri")
def end(login: str) -> Answer:
    app, actor, now = call()
    with_holdings = "jabatan" in request.form

    def act() -> str:
        done = persons.end_person(app, actor, login, now, with_holdings=with_holdings)
        return gettext("Akun %(name)s diakhiri; sesinya berhenti.", name=done.name)

    return _act(login, "akhiri", act)


@pages.post("/orang/<login>/aktifkan")
def reactivate(login: str) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = persons.reactivate_person(app, actor, login, now)
        return gettext("Akun %(name)s aktif lagi. Tunjuk lagi jabatannya.", name=done.name)

    return _act(login, "aktifkan", act)


@pages.post("/orang/<login>/hak")
def give(login: str) -> Answer:
    app, actor, now = call()
    name, unit = request.form.get("hak", ""), request.form.get("unit", "")

    def act() -> str:
        grants.give_grant(app, actor, login, name, unit, now)
        return gettext("Hak diberikan. Berlaku mulai halaman berikutnya yang dibukanya.")

    return _act(login, "hak", act)


@pages.post("/orang/<login>/hak/<int:grant_id>/cabut")
def revoke(login: str, grant_id: int) -> Answer:
    app, actor, now = call()

    def act() -> str:
        grants.revoke_grant(app, actor, grant_id, now)
        return gettext("Hak dicabut.")

    return _act(login, "cabut", act)
