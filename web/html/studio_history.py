"""/studio/…/riwayat: what was saved of a draft; going back to it; its name, and giving it up"""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.errors import ConflictError
from engine.studio_values import RevisionDetail
from engine.usecases import sop_drafts
from web.errors import status_of
from web.html.pictures import send_picture
from web.html.studio_data import say
from web.language import gettext
from web.opening import call
from web.parse import Refused
from workflows.errors import InvalidAnswerError, InvalidSopError, SopError
from workflows.picture import Marks

pages = Blueprint("studio_history", __name__, url_prefix="/studio/<int:draft_id>")
Answer = str | tuple[str, int] | AnyResponse
REFUSALS = (InvalidAnswerError, ConflictError, InvalidSopError)
SHOWN = 50


@pages.get("/riwayat")
def index(draft_id: int) -> str:
    return _index(draft_id)


def _index(draft_id: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    newest = request.args.get("sampai", type=int) or draft.line.revision
    found = [one for one in sop_drafts.list_revisions(app, actor, draft_id) if one.number <= newest]
    return render_template(
        "studio_history.html",
        draft=draft,
        revisions=found[:SHOWN],
        older=found[SHOWN].number if len(found) > SHOWN else None,
        refused=refused,
    )


@pages.get("/riwayat/<int:number>")
def show(draft_id: int, number: int) -> str:
    return _show(draft_id, number)


def _show(draft_id: int, number: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    revision = sop_drafts.read_revision(app, actor, draft_id, number).line
    listed = sop_drafts.list_revisions(app, actor, draft_id)
    numbers = [one.number for one in listed]
    return render_template(
        "studio_revision.html",
        draft=draft,
        revision=revision,
        before=max((one for one in numbers if one < number), default=None),
        after=min((one for one in numbers if one > number), default=None),
        refused=refused,
    )


@pages.get("/riwayat/<int:number>.svg")
def picture(draft_id: int, number: int) -> Response:
    app, actor, now = call()
    name = sop_drafts.read_sop_draft(app, actor, draft_id, now).line.name
    return send_picture(_read(draft_id, number).xml, name, Marks())


@pages.get("/riwayat/<int:number>.bpmn")
def xml(draft_id: int, number: int) -> Response:
    app, actor, now = call()
    key = sop_drafts.read_sop_draft(app, actor, draft_id, now).line.key
    response = Response(_read(draft_id, number).xml, mimetype="application/xml")
    name = f"{key}-rancangan-{draft_id}-revisi-{number}.bpmn"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _read(draft_id: int, number: int) -> RevisionDetail:
    app, actor, _ = call()
    return sop_drafts.read_revision(app, actor, draft_id, number)


@pages.post("/riwayat/<int:number>/pakai")
def restore(draft_id: int, number: int) -> Answer:
    app, actor, now = call()
    seen = request.form.get("revisi", 0, int)
    try:
        saved = sop_drafts.restore_revision(app, actor, draft_id, number, seen, now)
    except REFUSALS as error:
        return _show(draft_id, number, Refused("pakai", _say(error), "", {})), status_of(error)
    done = gettext("Revisi %(old)d dipakai lagi, sebagai revisi %(new)d.")
    flash(done % {"old": number, "new": saved.revision}, "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


@pages.post("/nama")
def rename(draft_id: int) -> Answer:
    app, actor, now = call()
    name = request.form.get("nama", "")
    try:
        sop_drafts.rename_sop_draft(app, actor, draft_id, name, now)
    except REFUSALS as error:
        return _refuse(draft_id, "nama", error)
    flash(gettext("Nama SOP disimpan."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


@pages.post("/buang")
def discard(draft_id: int) -> Answer:
    """Confirmed on the page: the button stands under what giving it up means."""
    app, actor, now = call()
    try:
        line = sop_drafts.discard_sop_draft(app, actor, draft_id, now)
    except REFUSALS as error:
        return _refuse(draft_id, "buang", error)
    flash(gettext("Rancangan “%(name)s” dibuang.", name=line.name), "done")
    return redirect(url_for("studio.index"), 303)


def _refuse(draft_id: int, form: str, error: SopError) -> tuple[str, int]:
    field = "nama" if error.code == "invalid_sop_name" else ""
    refused = Refused(form, _say(error), field, request.form.to_dict())
    return _index(draft_id, refused), status_of(error)


def _say(error: SopError) -> str:
    """Whoever goes back on a page has drawn nothing that could be lost."""
    if error.code == "sop_draft_changed":
        return gettext(
            "Rancangan ini disimpan lagi setelah Anda membuka halaman ini. Lihat dahulu yang "
            "terbaru, lalu ulangi bila masih perlu."
        )
    return say(error)
