"""/tugas/…/selesai, dokumen: the form of a work item is sent, or a file ahead of it"""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotAllowedError
from engine.usecases import documents, drafts, work_items
from engine.values import Completion
from web import messages
from web.errors import Answer as ErrorAnswer
from web.errors import handle_csrf_error, handle_too_large, status_of
from web.fields import flatten
from web.html.uploads import attach_chosen
from web.html.work_items import show_item
from web.language import gettext
from web.messages import name_role
from web.opening import call
from web.parse import Entry, Refused, read_entry, read_typed
from web.prose import show_prose
from web.salvage import salvage_form
from workflows.errors import InvalidAnswerError, SopError
from workflows.forms import Form, check_answers

pages = Blueprint("item_form", __name__, url_prefix="/tugas/<int:item_id>")
pages.add_app_template_filter(show_prose, "prose")
pages.add_app_template_global(flatten, "flatten")
SENDING = ("item_form.claim", "item_form.complete", "item_form.attach", "drafts.save")
Answer = tuple[str, int] | Response
Page = tuple[str, int] | ErrorAnswer


@pages.post("/selesai")
def complete(item_id: int) -> Answer:
    app, actor, now = call()
    entry, refusal = attach_all(item_id, read_entry(request))
    try:
        if refusal:
            raise _with_other_faults(item_id, entry, refusal)
        completion = work_items.complete_work_item(
            app, actor, item_id, entry.answers, now, entry.checked, entry.draft
        )
    except (InvalidAnswerError, ConflictError, NotAllowedError) as error:
        return _refused(item_id, entry, error)
    flash(_next_steps(completion), "done")
    return redirect(url_for("work_items.inbox"), 303)


@pages.post("/ambil")
def claim(item_id: int) -> Answer:
    """With what has been typed already: whoever comes second reads it on the page. Whoever is first
    finds it again as a draft, which the page's script has kept, or else is kept here."""
    app, actor, now = call()
    entry = read_entry(request)
    try:
        work_items.claim_work_item(app, actor, item_id, now)
        if "simpan" in request.form and entry.is_filled:
            entry, refusal = attach_all(item_id, entry)
            if refusal:
                return _refused(item_id, entry, refusal)
            drafts.save_draft(app, actor, item_id, entry.answers, entry.checked, entry.draft, now)
    except (InvalidAnswerError, ConflictError, NotAllowedError) as error:
        return _refused(item_id, entry, error)
    return redirect(url_for("work_items.show", item_id=item_id), 303)


@pages.post("/dokumen")
def attach(item_id: int) -> Answer:
    """Upload without completing. Answers with the page itself: what is typed in already stays."""
    entry = read_entry(request)
    chosen = entry.file or any(entry.files.values())
    entry, refusal = attach_all(item_id, entry)
    if not chosen:
        refusal = InvalidAnswerError("invalid_answer", field="berkas", reason="no_file")
    if refusal:
        return _refused(item_id, entry, refusal)
    flash(gettext("Dokumen sudah diunggah. Tugas ini belum selesai."), "done")
    return show_item(item_id, entry), 200


def attach_all(item_id: int, entry: Entry) -> tuple[Entry, SopError | None]:
    """Every file that came along. What was taken stays taken, whatever else is refused."""
    app, actor, now = call()
    try:
        if entry.file:
            stream, name = cast(BinaryIO, entry.file.stream), entry.file.filename or ""
            documents.attach_document(app, actor, item_id, name, stream, now)
        return attach_chosen(item_id, entry)
    except (InvalidAnswerError, ConflictError, NotAllowedError) as error:
        return entry, error


def _with_other_faults(item_id: int, entry: Entry, refusal: SopError) -> SopError:
    """A file was refused: what else is wrong is said at the same time."""
    if not isinstance(refusal, InvalidAnswerError) or refusal.code != "invalid_answer":
        return refusal
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    try:
        check_answers(Form("", item.fields), entry.answers, item.answers)
    except InvalidAnswerError as error:
        listed = error.fields.get("errors")
        others = [
            one
            for one in (listed if isinstance(listed, list) else [])
            if one["field"] != refusal.fields.get("field")
        ]
        return InvalidAnswerError(
            "invalid_answer", **refusal.fields, errors=[*others, refusal.fields]
        )
    return refusal


def _refused(item_id: int, entry: Entry, error: SopError) -> tuple[str, int]:
    """The page with what was typed. What was wrong with an answer is said beside it; of a lost race
    the page says who was faster."""
    if isinstance(error, InvalidAnswerError) and error.code == "invalid_answer":
        return show_item(item_id, entry, error), 422
    refused = Refused("selesai", messages.explain(error), "", {})
    return show_item(item_id, entry, refused=refused), status_of(error)


@pages.errorhandler(CSRFError)
def keep_after_csrf(error: CSRFError) -> Page:
    """The page was older than the session: it comes back with what was typed, to be sent again."""
    return _again(messages.text("csrf_kept"), 400) or handle_csrf_error(error)


@pages.errorhandler(RequestEntityTooLarge)
def keep_after_too_large(error: RequestEntityTooLarge) -> Page:
    """What was typed stands beside the file that is too large, and is read without it."""
    return _again(messages.text("too_large_kept"), 413) or handle_too_large(error)


def _again(sentence: str, status: int) -> tuple[str, int] | None:
    """None for forms of other pages, and where nothing can be read any more."""
    if request.endpoint not in SENDING:
        return None
    form = salvage_form(request)
    if form is None:
        return None
    refused = Refused("selesai", sentence, "", {})
    item_id = int((request.view_args or {})["item_id"])
    try:
        return show_item(item_id, read_typed(form), refused=refused), status
    except SopError:
        return None


def _next_steps(completion: Completion) -> str:
    if completion.state == "completed":
        return gettext("Selesai. Itu langkah terakhir: seluruh SOP telah tuntas.")
    opened = [(line.name, name_role(line.role_name, line.role)) for line in completion.opened]
    steps = dict.fromkeys(f"{name} ({role})" for name, role in opened)
    if completion.state == "incident" and not steps:
        return gettext("Selesai, tetapi alur terhenti karena kesalahan. Beri tahu administrator.")
    if not steps:
        return gettext("Selesai. Menunggu langkah lain dalam kasus ini.")
    return gettext("Selesai. Berikutnya: %(steps)s.", steps="; ".join(steps))
