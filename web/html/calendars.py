"""/pengaturan/kalender: working calendars, one year at a glance, changed after a look at the
consequences"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.errors import ConflictError, NotAllowedError
from engine.time_values import CalendarDetail
from engine.usecases import calendars
from web import messages
from web.auth import may_set_time
from web.calendar_form import (
    KINDS,
    WEEKDAYS,
    input_of,
    label_of,
    press_button,
    read_form,
)
from web.calendar_year import NAMES, show_year
from web.errors import status_of
from web.language import gettext
from web.moments import ZONES, local_date
from web.opening import call
from web.parse import read_text
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError
from workflows.workdays import is_settled
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR
from workflows.workdays.comparing import compare_with_shipped
from workflows.workdays.documents import Document, canonical_document, read_calendar
from workflows.workdays.holiday_csv import WORKDAY, holidays_from_csv, holidays_to_csv

pages = Blueprint("calendars", __name__, url_prefix="/pengaturan")
Answer = tuple[str, int] | AnyResponse
SHOWN = 200  # moved deadlines that the preview lists


@pages.before_request
def _admit() -> None:
    if not may_set_time():
        raise NotAllowedError("right_missing", verb="set_time")


@pages.get("")
def home() -> AnyResponse:
    return redirect(url_for(".index"), 303)


@pages.get("/kalender")
def index() -> str:
    return render_template("calendars.html", calendars=calendars.list_calendars(*call()))


@pages.get("/kalender/<unit>")
def show(unit: str) -> str:
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    calendar = read_calendar(detail.document)
    year = request.args.get("tahun", local_date(now, calendar.zone).year, type=int)
    return render_template(
        "calendar.html",
        detail=detail,
        shown=year,
        year=show_year(calendar, year),
        settled=is_settled(calendar, year),
        today=local_date(now, calendar.zone),
        **WORDS,
    )


WORDS: Mapping[str, object] = {
    "years": (FIRST_YEAR, LAST_YEAR),
    "weekdays": WEEKDAYS,
    "kinds": KINDS,
    "looks": NAMES,
    "zones": ZONES,
}


@pages.get("/kalender/<unit>/hari-libur.csv")
def export(unit: str) -> Response:
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    response = Response(holidays_to_csv(detail.document), mimetype="text/csv")
    name = f"hari-libur-{detail.line.unit}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.get("/kalender/<unit>/bandingkan")
def compare(unit: str) -> str:
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    this = local_date(now, detail.line.zone).year
    changes = compare_with_shipped(detail.document, range(this, this + 2))
    return render_template(
        "calendar_compare.html", detail=detail, changes=changes, first=this, **WORDS
    )


@pages.get("/kalender/<unit>/ubah")
def edit(unit: str) -> str:
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    return _form(unit, detail.document)


@pages.post("/kalender/<unit>/ubah")
def change(unit: str) -> Answer:
    """What the pressed button asks for: another row, holidays of a file, or the consequences."""
    document = read_form(request.form.to_dict())
    button = request.form.get("tombol", "")
    if button == "impor":
        return _import(unit, document)
    if button != "akibat":
        return _form(unit, press_button(document, button), focus=button), 200
    return preview(unit, document)


def preview(unit: str, document: Document, reason: str = "", error: str = "") -> Answer:
    """Refused as well when somebody else was faster since the form was opened: what they changed
    is not in it, and would be undone."""
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    try:
        _refuse_stale(detail)
        outcome = calendars.preview_change(app, actor, unit, document, now)
    except (InvalidTimeError, ConflictError) as wrong:
        return _form(unit, document, wrong), status_of(wrong)
    page = render_template(
        "calendar_preview.html",
        detail=detail,
        change=outcome,
        shown=outcome.moved[:SHOWN],
        document=json.dumps(canonical_document(document), ensure_ascii=False),
        reason=reason,
        error=error,
        **WORDS,
    )
    return page, 422 if error else 200


@pages.post("/kalender/<unit>/terapkan")
def apply(unit: str) -> Answer:
    app, actor, now = call()
    document, reason = _sent_document(), request.form.get("alasan", "")
    if "kembali" in request.form:
        return _form(unit, document), 200
    try:
        expected = request.form.get("nomor", 0, type=int)
        done = calendars.change_calendar(app, actor, unit, document, reason, now, expected=expected)
    except InvalidAnswerError as error:
        return preview(unit, document, reason, messages.explain(error))
    except (InvalidTimeError, ConflictError) as error:
        return _form(unit, document, error), status_of(error)
    flash(_told(done.open_items, len(done.moved)), "done")
    return redirect(url_for(".show", unit=unit), 303)


def _refuse_stale(detail: CalendarDetail) -> None:
    """Raises ConflictError(calendar_changed)."""
    line = detail.line
    if request.form.get("nomor", line.number, type=int) != line.number:
        newest = detail.versions[0]
        by, at = newest.created_by or gettext("Operator"), newest.created_at.isoformat()
        raise ConflictError("calendar_changed", unit=line.unit, number=newest.number, by=by, at=at)


def _sent_document() -> Document:
    """What the preview was made of, as that page carries it along; aborts unless it is one."""
    try:
        return canonical_document(json.loads(request.form.get("dokumen", "")))
    except (ValueError, RecursionError, InvalidTimeError):
        abort(400)


@pages.post("/kalender/<unit>/bawaan")
def reset(unit: str) -> Answer:
    """Back to the calendar that counts without one of the unit's own."""
    app, actor, now = call()
    try:
        expected = request.form.get("nomor", 0, type=int)
        reason = request.form.get("alasan", "")
        done = calendars.use_shipped(app, actor, unit, reason, now, expected=expected)
    except (InvalidAnswerError, ConflictError) as error:
        detail = calendars.read_calendar(app, actor, unit, now)
        return _form(unit, detail.document, error), status_of(error)
    flash(_told(done.open_items, len(done.moved)), "done")
    return redirect(url_for(".show", unit=unit), 303)


def _told(open_items: int, moved: int) -> str:
    if not moved:
        return gettext("Kalender disimpan. Tidak ada tenggat yang bergeser.")
    return gettext(
        "Kalender disimpan. %(moved)d dari %(all)d tugas terbuka bergeser, dan pelaksananya "
        "diberi tahu.",
        moved=moved,
        all=open_items,
    )


def _import(unit: str, document: Document) -> Answer:
    """The holidays of a CSV file in the form, to be looked through before they count."""
    file = request.files.get("berkas")
    try:
        rows = holidays_from_csv(read_text(file.read() if file else b""))
    except InvalidTimeError as error:
        return _form(unit, document, error), 422
    merged = _merge(document, rows)
    found = gettext(
        "%(num)d hari dibaca dari berkas. Periksa, lalu lihat akibatnya.", num=len(rows)
    )
    flash(found, "done" if rows else "soon")
    return _form(unit, merged, focus="impor"), 200


def _merge(document: Document, rows: list[dict[str, Any]]) -> Document:
    """A date of the file replaces the same date in the form."""
    dates = {row["date"] for row in rows}
    lists: dict[str, list[dict[str, Any]]] = {
        name: [row for row in document[name] if row["date"] not in dates]
        for name in ("holidays", "workdays")
    }
    for row in rows:
        if row["kind"] == WORKDAY:
            lists["workdays"].append({"date": row["date"], "name": row["name"]})
        else:
            lists["holidays"].append(row)
    return {**document, **{k: sorted(v, key=lambda row: row["date"]) for k, v in lists.items()}}


@dataclass(frozen=True)
class Problem:
    """What is wrong with the form: the input that it stands in ("" for none), its label, why."""

    input: str
    label: str
    sentence: str


def _form(
    unit: str, document: Mapping[str, Any], error: SopError | None = None, focus: str = ""
) -> str:
    app, actor, now = call()
    detail = calendars.read_calendar(app, actor, unit, now)
    problem = None
    if error is not None:
        path = _place(document, error)
        explain = messages.explain_reason if path else messages.explain
        problem = Problem(input_of(path), label_of(path), explain(error))
    number = request.form.get("nomor", detail.line.number, type=int)
    return render_template(
        "calendar_edit.html",
        detail=detail,
        document=document,
        problem=problem,
        number=number,  # of the version that the form was made from, until it is opened anew
        stale=number != detail.line.number,
        focus=focus,
        **WORDS,
    )


def _place(document: Mapping[str, Any], error: SopError) -> str:
    """Where in the document the error lies; for hours the very day whose text it quotes."""
    path, text = str(error.fields.get("field", "")), str(error.fields.get("text", ""))
    if not path.endswith(".hours"):
        return path
    name, _, number = path.removesuffix("].hours").partition("[")
    hours = document[name][int(number)]["hours"]
    day = next((day for day, one in enumerate(hours) if text and text in one), 0)
    return f"{path}[{day}]"
