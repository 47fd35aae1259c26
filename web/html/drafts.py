"""/tugas/…/draf, baris, tampak: a form that is being filled in, before it is sent"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.draft_values import DraftLine
from engine.errors import ConflictError, NotAllowedError
from engine.usecases import drafts, work_items
from web import messages
from web.errors import status_of
from web.html.item_form import keep_after_csrf, keep_after_too_large
from web.html.uploads import attach_chosen
from web.html.work_items import Conflict, show_item
from web.item_rows import press_button
from web.language import gettext
from web.moments import format_clock
from web.opening import call
from web.parse import Entry, Refused, read_entry, read_typed
from workflows.errors import InvalidAnswerError, SopError
from workflows.forms import Form, hidden_places, read_values

pages = Blueprint("drafts", __name__, url_prefix="/tugas/<int:item_id>")
pages.register_error_handler(CSRFError, keep_after_csrf)
pages.register_error_handler(RequestEntityTooLarge, keep_after_too_large)
REFUSALS = (ConflictError, NotAllowedError, InvalidAnswerError)
Answer = tuple[str, int] | tuple[dict[str, object], int] | dict[str, object] | Response


@pages.post("/draf")
def save(item_id: int) -> Answer:
    entry, error = attach_chosen(item_id, read_entry(request))
    if error:
        return show_item(item_id, entry, error), 422
    try:
        draft = _save(item_id, entry, _overwritten() or entry.draft)
    except REFUSALS as refusal:
        return _refuse(item_id, entry, refusal)
    if _is_script():
        return {"revision": draft.revision, "said": _said(draft)}
    flash(_said(draft), "done")
    return redirect(url_for("work_items.show", item_id=item_id), 303)


@pages.post("/draf/buang")
def discard(item_id: int) -> Answer:
    app, actor, now = call()
    try:
        drafts.discard_draft(app, actor, item_id, _overwritten(), now)
    except REFUSALS as refusal:
        return _refuse(item_id, read_typed(request.form), refusal)
    flash(gettext("Draf dibuang."), "done")
    return redirect(url_for("work_items.show", item_id=item_id), 303)


@pages.post("/baris")
def change_rows(item_id: int) -> tuple[str, int]:
    """Nothing is kept: the page comes back with the rows as they were wished for."""
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    entry, error = attach_chosen(item_id, read_entry(request))
    form = Form("", item.fields)
    answers = press_button(form, entry.answers, request.form.get("baris", ""))
    return show_item(item_id, replace(entry, answers=answers), error), 422 if error else 200


@pages.post("/tampak")
def ask_conditions(item_id: int) -> dict[str, object]:
    """Which conditions of the form hide something, by their place: for those that the page's script
    cannot follow itself."""
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    form = Form("", item.fields)
    values = read_values(form, read_typed(request.form).answers)
    hides = hidden_places(form, values, item.answers)
    return {"hidden": [place for place, hidden in enumerate(hides.values()) if hidden]}


def _save(item_id: int, entry: Entry, base: int) -> DraftLine:
    app, actor, now = call()
    return drafts.save_draft(app, actor, item_id, entry.answers, entry.checked, base, now)


def _overwritten() -> int:
    """The revision that is to give way, as the page showed it."""
    text = request.form.get("timpa", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _refuse(item_id: int, entry: Entry, refusal: SopError) -> Answer:
    if not _is_script():
        return _refuse_page(item_id, entry, refusal)
    fields = {"code": refusal.code, "revision": refusal.fields.get("revision")}
    return {**fields, "said": messages.explain(refusal)}, status_of(refusal)


def _refuse_page(item_id: int, entry: Entry, refusal: SopError) -> tuple[str, int]:
    sentence, status = messages.explain(refusal), status_of(refusal)
    if refusal.code == "draft_changed":
        conflict = Conflict(sentence, int(str(refusal.fields["revision"])))
        return show_item(item_id, entry, conflict=conflict), status
    return show_item(item_id, entry, refused=Refused("draf", sentence, "", {})), status


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _said(draft: DraftLine) -> str:
    app, actor, _ = call()
    zone = actor.zone or app.settings.zone
    return gettext("Draf tersimpan %(time)s", time=format_clock(draft.saved_at, zone))
