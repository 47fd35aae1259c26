"""/sop/…/versi: the versions of an SOP; back to an old one, retired, evaluated; its cases moved"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotFoundError
from engine.usecases import definitions, migration, processes, sop_drafts, standings
from web.errors import status_of
from web.html.studio_data import say
from web.language import gettext
from web.moments import format_day
from web.opening import call
from web.parse import Refused
from web.publishing_words import tell_moved
from web.trial_words import names_of
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("sop_versions", __name__, url_prefix="/sop/<key>/versi")
Answer = str | tuple[str, int] | Response


@pages.get("")
def index(key: str) -> str:
    return _index(key)


def _index(key: str, refused: Refused | None = None) -> str:
    app, actor, now = call()
    return render_template(
        "sop_versions.html",
        detail=processes.read_process(app, actor, key, now),
        months=app.settings.review_months,
        refused=refused,
    )


@pages.post("/<int:version>/kembali")
def go_back(key: str, version: int) -> Answer:
    """To an old version: by a draft that goes the whole way of any other."""
    app, actor, now = call()
    note = gettext("Kembali ke versi %(num)d.", num=version)
    try:
        made = sop_drafts.create_draft_from_version(app, actor, key, version, now, note=note)
    except ConflictError as error:
        refused = Refused(f"kembali-{version}", say(error), "", {})
        return _index(key, refused), status_of(error)
    flash(
        gettext(
            "Rancangan dimulai dengan isi versi %(num)d. Ajukan, minta disahkan, lalu terbitkan "
            "sebagai versi baru.",
            num=version,
        ),
        "done",
    )
    return redirect(url_for("studio_publishing.show", draft_id=made.line.id), 303)


@pages.post("/cabut")
def retire(key: str) -> Answer:
    app, actor, now = call()
    return _do(
        key,
        "cabut",
        lambda reason: processes.retire_sop(app, actor, key, reason, now),
        gettext("SOP dinyatakan tidak berlaku lagi. Kasus yang sudah berjalan tetap diteruskan."),
    )


@pages.post("/berlakukan")
def revive(key: str) -> Answer:
    app, actor, now = call()
    return _do(
        key,
        "berlakukan",
        lambda _: processes.revive_sop(app, actor, key, now),
        gettext("SOP berlaku lagi dan dapat dimulai."),
    )


@pages.post("/evaluasi")
def review(key: str) -> Answer:
    app, actor, now = call()
    return _do(
        key,
        "evaluasi",
        lambda note: processes.review_sop(app, actor, key, note, now),
        gettext("Evaluasi dicatat."),
    )


def _do(key: str, form: str, act: Callable[[str], object], done: str) -> Answer:
    """Do it with what was typed; what is refused is said beside its form."""
    try:
        line = act(request.form.get("catatan", ""))
    except (InvalidAnswerError, ConflictError) as error:
        return _refuse(key, form, error)
    due = getattr(line, "review_on", None) if form == "evaluasi" else None
    if due is not None:
        done += " " + gettext("Evaluasi berikutnya paling lambat %(day)s.", day=format_day(due))
    flash(done, "done")
    return redirect(url_for(".index", key=key), 303)


def _refuse(key: str, form: str, error: SopError) -> tuple[str, int]:
    missing = error.code == "reason_missing"
    sentence = say(error)
    if missing and form == "evaluasi":
        sentence = gettext("Tuliskan hasilnya, paling banyak %(limit)s huruf.", **error.fields)
    refused = Refused(form, sentence, "catatan" if missing else "", request.form.to_dict())
    return _index(key, refused), status_of(error)


@pages.get("/<int:version>/kasus")
def show_cases(key: str, version: int) -> str:
    """The cases that go on by other versions: whether each could move to this one."""
    app, actor, now = call()
    lines = migration.migrate_cases(app, actor, key, version, now, dry_run=True)
    names = names_of(definitions.read_definition(app, key, version).xml.encode())
    detail = processes.read_process(app, actor, key, now)
    return render_template(
        "sop_cases.html", detail=detail, version=version, lines=lines, names=names
    )


@pages.post("/<int:version>/kasus")
def move_cases(key: str, version: int) -> Response:
    app, actor, now = call()
    chosen = request.form.getlist("pilih", type=int)
    if not chosen:
        flash(gettext("Belum ada kasus yang dipilih."), "soon")
        return redirect(url_for(".show_cases", key=key, version=version), 303)
    try:
        _refuse_other(key, version)
        lines = migration.migrate_cases(app, actor, key, version, now, case_ids=chosen)
    except (ConflictError, NotFoundError) as error:  # the latter: one has ended meanwhile
        flash(say(error), "soon")
        return redirect(url_for(".show_cases", key=key, version=version), 303)
    kind = "done" if all(one.outcome == "moved" for one in lines) else "soon"
    flash(tell_moved(lines, version) or gettext("Tidak ada yang berubah."), kind)
    return redirect(url_for(".show_cases", key=key, version=version), 303)


def _refuse_other(key: str, version: int) -> None:
    """Raises ConflictError: cases_move_later, for a version that is not in force."""
    app, _, now = call()
    if standings.read_standing(app, key, now).version != version:
        raise ConflictError("cases_move_later", key=key, version=version)
