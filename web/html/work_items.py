"""/tugas: the inbox, and the page on which a work item is done"""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO, cast

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

from engine.usecases import documents, people, snoozes, work_items
from engine.values import Completion
from web import fields
from web.grouping import group_by_urgency
from web.language import gettext
from web.messages import name_role
from web.moments import format_day, local_date
from web.opening import call
from web.parse import Entry, Refused, read_entry
from workflows.errors import InvalidAnswerError

pages = Blueprint("work_items", __name__)
SNOOZES = (1, 2, 3, 7, 14)  # days


@pages.get("/")
def home() -> Response:
    return redirect(url_for(".inbox"), 303)


@pages.get("/tugas")
def inbox() -> Response:
    app, actor, now = call()
    groups = group_by_urgency(work_items.list_inbox(app, actor, now), now)
    if request.headers.get("HX-Request"):
        response = make_response(render_block("inbox.html", "items", groups=groups))
    else:
        response = make_response(render_template("inbox.html", groups=groups))
    response.vary.add("HX-Request")
    return response


@pages.get("/tugas/selesai")
def done() -> str:
    app, actor, now = call()
    return render_template("done.html", items=work_items.list_done(app, actor, now))


@pages.get("/tugas/<int:item_id>")
def show(item_id: int) -> str:
    return show_item(item_id)


@pages.post("/tugas/<int:item_id>/ambil")
def claim(item_id: int) -> Response:
    app, actor, now = call()
    work_items.claim_work_item(app, actor, item_id, now)
    return redirect(url_for(".show", item_id=item_id), 303)


@pages.post("/tugas/<int:item_id>/lepas")
def release(item_id: int) -> Response:
    app, actor, now = call()
    work_items.release_work_item(app, actor, item_id, now)
    flash(gettext("Tugas dilepaskan. Rekan seperan dapat mengambilnya."), "done")
    return redirect(url_for(".inbox"), 303)


@pages.post("/tugas/<int:item_id>/dokumen")
def attach(item_id: int) -> tuple[str, int]:
    """Upload without completing. Answers with the page itself: what is typed in already stays."""
    entry = read_entry(request)
    try:
        _attach(item_id, entry)
    except InvalidAnswerError as error:
        return _refused(item_id, entry, error)
    return show_item(item_id, entry), 200


@pages.post("/tugas/<int:item_id>/selesai")
def complete(item_id: int) -> tuple[str, int] | Response:
    app, actor, now = call()
    entry = read_entry(request)
    try:
        if entry.file:
            _attach(item_id, entry)
        completion = work_items.complete_work_item(
            app, actor, item_id, entry.answers, now, entry.checked
        )
    except InvalidAnswerError as error:
        return _refused(item_id, entry, error)
    flash(_next_steps(completion), "done")
    return redirect(url_for(".inbox"), 303)


def _refused(item_id: int, entry: Entry, error: InvalidAnswerError) -> tuple[str, int]:
    """The page with what was typed; an error that belongs to no field has a page of its own."""
    if error.code != "invalid_answer":
        raise error
    return show_item(item_id, entry, error), 422


def _attach(item_id: int, entry: Entry) -> None:
    app, actor, now = call()
    if entry.file is None:
        raise InvalidAnswerError("invalid_answer", field="berkas", reason="no_file")
    name = entry.file.filename or ""
    documents.attach_document(app, actor, item_id, name, cast(BinaryIO, entry.file.stream), now)


def show_item(
    item_id: int,
    entry: Entry | None = None,
    error: InvalidAnswerError | None = None,
    refused: Refused | None = None,
) -> str:
    """The work item; with what was entered and refused, if anything was."""
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    is_open = item.line.state in ("ready", "claimed")
    answers = fields.open_answers(item.fields, item.answers) if is_open else item.answers
    views = fields.view_fields(
        item.fields, {**answers, **entry.answers} if entry else answers, error
    )
    may_pause = is_open and not item.why_not and not item.line.paused
    return render_template(
        "work_item.html",
        item=item,
        open=is_open,
        fields=views,
        checked=entry.checked if entry else item.checked,
        problems=(problems := fields.list_problems(error)),
        file_error=next((one.sentence for one in problems if one.key == "berkas"), ""),
        document_max=current_app.config["DOCUMENT_MAX"],
        refused=refused,
        units=people.list_units(app) if may_pause else (),
        snooze_days=_snooze_days(item.line.zone),
        snooze=snoozes.read_snooze(app, actor, item_id, now) if is_open else None,
    )


def _snooze_days(zone: str) -> list[tuple[str, str]]:
    """Until when reminders can be put off: the date, and what it is called."""
    today = local_date(call().now, zone)
    days = [today + timedelta(days=number) for number in SNOOZES]
    return [(day.isoformat(), format_day(day, "EEEE, d MMMM")) for day in days]


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
