"""/kasus/…/kelola: what administrators and process owners do with a running case"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotAllowedError
from engine.operation_values import MoveOutcome
from engine.usecases import cases, operations
from web import messages
from web.auth import may_operate
from web.errors import status_of
from web.html.cases import show_case
from web.language import gettext
from web.opening import call
from web.parse import Refused, read_value
from workflows.errors import InvalidAnswerError, SopError
from workflows.reason import check_reason

pages = Blueprint("operations", __name__, url_prefix="/kasus/<int:case_id>/kelola")
Answer = tuple[str, int] | Response
FIELD_CODES = ("reason_missing", "value_not_json")  # their `field` is one of the form


@pages.before_request
def _admit() -> None:
    """Whoever may not step in hears just that, whatever the form says."""
    if not may_operate():
        raise NotAllowedError("right_missing", verb="operate")


@pages.post("/coba-lagi")
def retry(case_id: int) -> Response:
    app, actor, now = call()
    case = cases.retry_case(app, actor, case_id, {}, now, token=request.form.get("token"))
    if case.line.state == "incident":
        flash(gettext("Sudah dicoba lagi, tetapi masih ada yang terhenti."), "soon")
    else:
        flash(gettext("Sudah dicoba lagi, dan alur berjalan."), "done")
    return _back(case_id)


@pages.post("/lewati")
def skip(case_id: int) -> Answer:
    app, actor, now = call()
    token = request.form.get("token", "")
    return _do(
        case_id,
        f"lewati-{token}",
        lambda reason: operations.skip_node(app, actor, case_id, token, reason, now),
        gettext("Langkah itu dilewati."),
    )


@pages.post("/tangguhkan")
def suspend(case_id: int) -> Answer:
    app, actor, now = call()
    return _do(
        case_id,
        "tangguhkan",
        lambda reason: operations.suspend_case(app, actor, case_id, reason, now),
        gettext("Kasus ditangguhkan. Tidak ada yang berjalan sampai dilanjutkan."),
    )


@pages.post("/lanjutkan")
def resume(case_id: int) -> Response:
    app, actor, now = call()
    operations.resume_case(app, actor, case_id, now)
    flash(gettext("Kasus dilanjutkan."), "done")
    return _back(case_id)


@pages.post("/batalkan")
def cancel(case_id: int) -> Answer:
    app, actor, now = call()
    return _do(
        case_id,
        "batalkan",
        lambda reason: operations.cancel_case(app, actor, case_id, reason, now),
        gettext("Kasus dibatalkan."),
    )


@pages.post("/pindahkan")
def move(case_id: int) -> Answer:
    """First what would happen, then, confirmed on that page, the move itself."""
    app, actor, now = call()
    token, node = request.form.get("token", ""), request.form.get("tujuan", "")

    def try_out(reason: str, preview: bool) -> MoveOutcome:
        return operations.move_token(app, actor, case_id, token, node, reason, now, preview=preview)

    if "yakin" in request.form:
        done = gettext("Alur sudah dipindahkan.")
        return _do(case_id, "pindahkan", lambda reason: try_out(reason, False), done)
    try:
        reason = check_reason(request.form.get("alasan", ""))
        outcome = try_out(reason, True)
    except (InvalidAnswerError, ConflictError) as error:
        return _refuse(case_id, "pindahkan", error)
    return render_template("case_move.html", move=outcome, token=token, reason=reason), 200


@pages.post("/data")
def correct(case_id: int) -> Answer:
    app, actor, now = call()

    def change(reason: str) -> object:
        name = request.form.get("nama", "").strip()
        value = read_value(
            request.form.get("nilai", ""), as_json=request.form.get("bentuk") == "json"
        )
        return operations.correct_data(app, actor, case_id, {name: value}, reason, now)

    return _do(case_id, "data", change, gettext("Data diperbaiki."))


def _do(case_id: int, form: str, act: Callable[[str], object], done: str) -> Answer:
    """Do it with the reason that was typed; what is refused is said on the page as it is now."""
    try:
        act(request.form.get("alasan", ""))
    except (InvalidAnswerError, ConflictError) as error:
        return _refuse(case_id, form, error)
    flash(done, "done")
    return _back(case_id)


def _refuse(case_id: int, form: str, error: SopError) -> tuple[str, int]:
    sentence = messages.explain(error)
    if form == "pindahkan" and error.code == "token_not_open":  # the page is the new one already
        sentence = gettext("Langkah itu sudah tidak terbuka. Pilih langkah yang sekarang terbuka.")
    field = str(error.fields.get("field", "")) if error.code in FIELD_CODES else ""
    refused = Refused(form, sentence, field, request.form.to_dict())
    return show_case(case_id, refused), status_of(error)


def _back(case_id: int) -> Response:
    return redirect(url_for("cases.show", case_id=case_id), 303)
