"""/tugas: the inbox, and the page on which a work item is done"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response

from engine.usecases import people, snoozes, work_items
from engine.values import WorkItemDetail
from web import fields
from web.language import gettext
from web.moments import format_day, local_date
from web.opening import call
from web.parse import Entry, Refused
from web.problems import MOST, list_problems
from workflows.errors import InvalidAnswerError

pages = Blueprint("work_items", __name__)
NO_ANSWER = ("text", "separator", "group")
SNOOZES = (1, 2, 3, 7, 14)  # days


@pages.get("/")
def home() -> Response:
    return redirect(url_for(".inbox"), 303)


@pages.get("/tugas/<int:item_id>")
def show(item_id: int) -> str:
    return show_item(item_id)


@pages.post("/tugas/<int:item_id>/lepas")
def release(item_id: int) -> Response:
    app, actor, now = call()
    work_items.release_work_item(app, actor, item_id, now)
    flash(gettext("Tugas dilepaskan. Rekan seperan dapat mengambilnya."), "done")
    return redirect(url_for(".inbox"), 303)


@dataclass(frozen=True)
class Conflict:
    """A draft that was not kept, because another with this revision was kept in between."""

    sentence: str
    revision: int


def show_item(
    item_id: int,
    entry: Entry | None = None,
    error: InvalidAnswerError | None = None,
    refused: Refused | None = None,
    conflict: Conflict | None = None,
) -> str:
    """The work item; with what was entered and refused, if anything was. What can no longer be
    entered is shown all the same, for whoever typed it."""
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    is_open = item.line.state in ("ready", "claimed")
    kept = item.draft if item.draft and item.draft.filled else None
    goes_on = item.why_not == "item_delegated"  # with what stands in the draft
    lost = entry.answers if entry else kept.answers if kept and not goes_on else None
    problems = list_problems(error)
    may_pause = is_open and not item.why_not and not item.line.paused
    return render_template(
        "work_item.html",
        item=item,
        open=is_open,
        fields=(views := _view(item, entry, error, is_open=is_open)),
        decisions=[one for one in fields.flatten(views) if one.buttons],
        unsent=_unsent(item, lost) if lost and not item.may_prepare else (),
        checked=entry.checked if entry else kept.checked if kept else item.checked,
        revision=entry.draft if entry else item.draft.revision if item.draft else 0,
        typed=entry is not None,
        conflict=conflict,
        problems=problems[:MOST],
        unlisted=len(problems[MOST:]),
        file_error=next((one.sentence for one in problems if one.key == "berkas"), ""),
        document_max=current_app.config["DOCUMENT_MAX"],
        refused=refused,
        units=people.list_units(app) if may_pause else (),
        snooze_days=_snooze_days(item.line.zone),
        snooze=snoozes.read_snooze(app, actor, item_id, now) if is_open else None,
    )


def _view(
    item: WorkItemDetail, entry: Entry | None, error: InvalidAnswerError | None, *, is_open: bool
) -> list[fields.FieldView]:
    """What was typed goes before what was kept, and that before what the case knows."""
    typed = entry.answers if entry else None
    if typed is None and is_open and item.draft and item.draft.filled:
        typed = item.draft.answers
    if typed is not None and item.may_prepare:
        return _show(item, typed, error)
    answers = fields.open_answers(item.fields, item.answers) if is_open else item.answers
    return fields.view_fields(item.fields, answers, error, case=item.answers, names=_names(item))


def _show(
    item: WorkItemDetail,
    typed: Mapping[str, object],
    error: InvalidAnswerError | None = None,
) -> list[fields.FieldView]:
    return fields.view_fields(
        item.fields, typed, error, typed=True, case=item.answers, names=_names(item)
    )


def _unsent(item: WorkItemDetail, lost: Mapping[str, object]) -> list[fields.FieldView]:
    """Nothing, where nothing has been typed."""
    views = _show(item, lost)
    questions = [one for one in fields.flatten(views) if one.field.type not in NO_ANSWER]
    return views if any(one.filled for one in questions) else []


def _names(item: WorkItemDetail) -> dict[int, str]:
    return {one.id: one.name for one in item.documents}


def _snooze_days(zone: str) -> list[tuple[str, str]]:
    """Until when reminders can be put off: the date, and what it is called."""
    today = local_date(call().now, zone)
    days = [today + timedelta(days=number) for number in SNOOZES]
    return [(day.isoformat(), format_day(day, "EEEE, d MMMM")) for day in days]
