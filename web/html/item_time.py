"""/tugas/…/jeda, lanjut, tunda: the time of a work item, beside what is done on it"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotFoundError
from engine.usecases import pauses, snoozes
from web import messages
from web.errors import status_of
from web.html.work_items import show_item
from web.language import gettext
from web.moments import reading_zone
from web.opening import call
from web.parse import Refused
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError

pages = Blueprint("item_time", __name__, url_prefix="/tugas/<int:item_id>")
Answer = tuple[str, int] | Response
REFUSALS = (InvalidAnswerError, InvalidTimeError, ConflictError, NotFoundError)
MORNING = time(7, 30)
# Fields of errors -> inputs of the forms.
INPUTS = {"alasan": "alasan", "awaiting": "unit", "resume_on": "sampai", "until": "sampai"}
INPUTS |= {"sampai": "sampai"}


@pages.post("/jeda")
def pause(item_id: int) -> Answer:
    app, actor, now = call()

    def act() -> object:
        reason, awaiting = request.form.get("alasan", ""), request.form.get("unit") or None
        on = _date(request.form.get("sampai", ""))
        return pauses.pause_work_item(
            app, actor, item_id, reason, now, awaiting=awaiting, resume_on=on
        )

    return _do(item_id, "jeda", act, gettext("Tugas dijeda. Waktu bakunya tidak berjalan."))


@pages.post("/lanjut")
def resume(item_id: int) -> Answer:
    app, actor, now = call()
    done = gettext("Tugas dilanjutkan, dan tenggatnya dihitung lagi.")
    return _do(item_id, "", lambda: pauses.resume_work_item(app, actor, item_id, now), done)


@pages.post("/tunda")
def snooze(item_id: int) -> Answer:
    app, actor, now = call()

    def act() -> object:
        day = _date(request.form.get("sampai", ""))
        if day is None:
            raise InvalidAnswerError("invalid_answer", field="sampai", reason="not_a_date")
        until = datetime.combine(day, MORNING, ZoneInfo(reading_zone(app.settings.zone)))
        reason = request.form.get("alasan", "")
        return snoozes.snooze_work_item(app, actor, item_id, until, reason, now)

    return _do(item_id, "tunda", act, gettext("Pengingat kepada Anda ditunda."))


def _do(item_id: int, form: str, act: Callable[[], object], done: str) -> Answer:
    """Do it; what is refused is said on the page, in the form that it belongs to."""
    try:
        act()
    except REFUSALS as error:
        return show_item(item_id, refused=_refused(form, error)), status_of(error)
    flash(done, "done")
    return redirect(url_for("work_items.show", item_id=item_id), 303)


def _refused(form: str, error: SopError) -> Refused:
    field = INPUTS.get(str(error.fields.get("field", "")), "")
    return Refused(form, messages.explain(error), field, request.form.to_dict())


def _date(text: str) -> date | None:
    """Raises InvalidAnswerError: invalid_answer."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidAnswerError("invalid_answer", field="sampai", reason="not_a_date") from None
