"""/studio/…/rekaman: recorded runs of an SOP, and how they come out against its draft"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import playing
from engine.errors import ConflictError
from engine.usecases import runs, sop_drafts
from web import messages
from web.errors import status_of
from web.language import gettext, ngettext
from web.opening import call
from web.parse import Refused
from web.trial_words import names_of, say_failure
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.rights import Thing, may

pages = Blueprint("studio_runs", __name__, url_prefix="/studio/<int:draft_id>/rekaman")
Answer = str | tuple[str, int] | Response


@pages.get("")
def index(draft_id: int) -> str:
    return _index(draft_id)


def _index(draft_id: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    names = names_of(draft.xml.encode())
    found = runs.list_runs(app, actor, draft_id)
    return render_template(
        "studio_runs.html",
        draft=draft,
        runs=[(one, say_failure(one.failure, names)) for one in found],
        ended=runs.list_runs(app, actor, draft_id, ended=True),
        refused=refused,
        may_keep=may(actor, "draft", Thing()) is None,
        zone=actor.zone or app.settings.zone,
    )


@pages.post("/uji")
def check(draft_id: int) -> Answer:
    app, actor, now = call()
    try:
        results = playing.check_runs(app, actor, draft_id, now)
    except InvalidSopError as error:
        return _index(draft_id, Refused("uji", messages.explain(error), "", {})), status_of(error)
    failed = sum(one.difference is not None for one in results)
    if failed:
        flash(ngettext("%(num)d rekaman berbeda.", "%(num)d rekaman berbeda.", failed), "late")
    else:
        flash(gettext("Semua rekaman lulus."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


@pages.post("/<int:run_id>/ulang")
def record_again(draft_id: int, run_id: int) -> Answer:
    app, actor, now = call()
    try:
        playing.record_again(app, actor, draft_id, run_id, now)
    except (InvalidSopError, InvalidAnswerError, ConflictError) as error:
        return _index(draft_id, Refused("uji", messages.explain(error), "", {})), status_of(error)
    flash(gettext("Rekaman diperbarui: hasil sekarang menjadi yang diharapkan."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


@pages.post("/<int:run_id>/akhiri")
def end(draft_id: int, run_id: int) -> Answer:
    app, actor, now = call()
    key = sop_drafts.read_sop_draft(app, actor, draft_id, now).line.key
    try:
        runs.end_run(app, actor, run_id, key, request.form.get("alasan", ""), now)
    except InvalidAnswerError as error:
        refused = Refused(f"akhiri-{run_id}", messages.explain(error), "alasan", {})
        return _index(draft_id, refused), status_of(error)
    flash(gettext("Rekaman diakhiri. Penerbitan tidak mengujinya lagi."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)
