"""/pengaturan/organisasi: units as a tree with their jabatan and holders"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for

from engine.errors import ConflictError
from engine.organisation_values import ImportPlan, UnitNode
from engine.usecases import jabatan, organisation, organisation_import
from web import messages
from web.errors import status_of
from web.language import gettext
from web.moments import ZONES, local_date
from web.opening import call
from web.organisation_form import Answer, attempt, read_day, read_number, words
from web.parse import Refused, read_text
from workflows.errors import InvalidAnswerError

pages = Blueprint("organisation", __name__, url_prefix="/pengaturan/organisasi")
MOST_BYTES = 2_000_000


@pages.get("")
def index() -> str:
    return _index(None)


def _index(refused: Refused | None) -> str:
    app, actor, now = call()
    ended = "berakhir" in request.args
    nodes = organisation.list_organisation(app, actor, now, ended=ended)
    below: dict[str, list[UnitNode]] = {}
    codes = {node.code for node in nodes}
    for node in nodes:
        below.setdefault(node.parent if node.parent in codes else "", []).append(node)
    return render_template(
        "organisation.html",
        nodes=nodes,
        below=below,
        ended=ended,
        refused=refused,
        may_change=any(node.may_change for node in nodes),
        vacant=[one for node in nodes for one in node.jabatan if one.vacant and one.asked_for],
        zones=_zones(),
        **words(),
    )


def _zones() -> dict[str, str]:
    return {zone: label for zone, label in ZONES.items() if zone != "Asia/Pontianak"}


@pages.get("/unit/<code>")
def show(code: str) -> str:
    return _unit(code, None)


def _unit(code: str, refused: Refused | None) -> str:
    app, actor, now = call()
    detail = organisation.read_unit(app, actor, code, now)
    return render_template(
        "unit.html",
        detail=detail,
        refused=refused,
        today=_today(),
        zones=_zones(),
        superiors=jabatan.list_jabatan(app, actor, now) if detail.node.may_change else (),
        **words(),
    )


def _today() -> date:
    app, _, now = call()
    return local_date(now, app.settings.zone)


@pages.post("/unit")
def create() -> Answer:
    """A unit below that of the field `induk`, from whose page it is sent; else a top."""
    app, actor, now = call()
    form, parent = request.form, request.form.get("induk", "")

    def act() -> str:
        made = organisation.create_unit(
            app,
            actor,
            form.get("kode", ""),
            form.get("nama", ""),
            form.get("jenis", ""),
            parent,
            form.get("zona", ""),
            now,
        )
        return gettext("Unit %(unit)s ditambahkan.", unit=made.name)

    path = url_for(".show", code=parent) if parent else url_for(".index")
    page = (lambda refused: _unit(parent, refused)) if parent else _index
    return attempt("tambah", act, page, path)


@pages.post("/unit/<code>/ubah")
def change(code: str) -> Answer:
    app, actor, now = call()
    form = request.form

    def act() -> str:
        organisation.change_unit(
            app, actor, code, form.get("nama", ""), form.get("jenis", ""), form.get("zona", ""), now
        )
        return gettext("Perubahan disimpan.")

    return _act(code, "ubah", act)


@pages.post("/unit/<code>/pindah")
def move(code: str) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = organisation.move_unit(app, actor, code, request.form.get("induk", ""), now)
        return gettext("%(unit)s dipindahkan beserta semua bagiannya.", unit=done.name)

    return _act(code, "pindah", act)


@pages.post("/unit/<code>/akhiri")
def end(code: str) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = organisation.end_unit(app, actor, code, read_day("berakhir"), now)
        return gettext("%(unit)s diakhiri. Riwayatnya tetap ada.", unit=done.name)

    return _act(code, "akhiri", act)


@pages.post("/unit/<code>/aktifkan")
def reopen(code: str) -> Answer:
    app, actor, now = call()

    def act() -> str:
        done = organisation.reopen_unit(app, actor, code, now)
        return gettext("%(unit)s aktif lagi.", unit=done.name)

    return _act(code, "aktifkan", act)


@pages.post("/unit/<code>/jabatan")
def add_jabatan(code: str) -> Answer:
    app, actor, now = call()
    form = request.form

    def act() -> str:
        made = jabatan.create_jabatan(
            app,
            actor,
            code,
            form.get("nama", ""),
            form.get("peran", ""),
            read_number("atasan"),
            now,
            many="banyak" in form,
        )
        return gettext("Jabatan %(name)s ditambahkan.", name=made.name)

    return _act(code, "jabatan", act)


def _act(code: str, form: str, act: Callable[[], str]) -> Answer:
    return attempt(form, act, lambda one: _unit(code, one), url_for(".show", code=code))


@pages.get("/ekspor.csv")
def export() -> Response:
    text = organisation_import.export_organisation(*call())
    response = Response(text, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="organisasi.csv")
    return response


@pages.get("/impor")
def ask_import() -> str:
    return _import()


@pages.post("/impor")
def read_import() -> Answer:
    """What the file would change, row by row."""
    file = request.files.get("berkas")
    content = file.read(MOST_BYTES + 1) if file and file.filename else b""
    return _preview(read_text(content)) if len(content) <= MOST_BYTES else (_import(), 413)


@pages.post("/impor/terapkan")
def apply_import() -> Answer:
    """Exactly the plan that was shown: `sidik` stands for it."""
    app, actor, now = call()
    text = request.form.get("isi") or abort(400)
    try:
        expected = request.form.get("sidik", "")
        done = organisation_import.import_organisation(app, actor, text, now, expected=expected)
    except ConflictError as error:
        return _preview(text, messages.explain(error), status_of(error))
    counts = done.counts
    said = gettext(
        "Organisasi diperbarui: %(add)d ditambahkan, %(change)d diubah, %(end)d diakhiri."
    )
    flash(said % counts, "done")
    return redirect(url_for(".index"), 303)


def _preview(text: str, error: str = "", status: int = 200) -> tuple[str, int]:
    app, actor, now = call()
    try:
        plan = organisation_import.preview_import(app, actor, text, now)
    except InvalidAnswerError as wrong:
        return _import(error=messages.explain(wrong)), 422
    return _import(plan, text, error), status


def _import(plan: ImportPlan | None = None, text: str = "", error: str = "") -> str:
    organisation_import.demand_import(*call()[:2])
    return render_template(
        "organisation_import.html",
        plan=plan,
        text=text,
        error=error,
        explain=lambda problem: messages.explain_reason(
            InvalidAnswerError("invalid_organisation", field=problem.column, reason=problem.reason)
        ),
        **words(),
    )
