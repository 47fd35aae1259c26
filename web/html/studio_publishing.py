"""/studio/…/terbit: a draft on its way: checked, submitted, approved, published"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import playing
from engine.comparison_values import ComparisonDetail
from engine.errors import ConflictError, NotFoundError, UnavailableError
from engine.foreseeing import foresee_migration
from engine.operation_values import MigrationLine
from engine.studio_values import PublishPlan
from engine.usecases import approvals, comparisons, migration, publishing, runs
from web.compare_words import counts
from web.errors import status_of
from web.html.studio_data import say
from web.language import gettext
from web.moments import format_day
from web.opening import call
from web.parse import Refused
from web.publishing_words import tell_moved
from web.trial_words import names_of, say_failure
from workflows.errors import InvalidAnswerError, InvalidSopError, SopError

pages = Blueprint("studio_publishing", __name__, url_prefix="/studio/<int:draft_id>/terbit")
Answer = str | tuple[str, int] | Response
REFUSALS = (InvalidAnswerError, ConflictError, InvalidSopError)
FORESEEN = 100  # running cases that the page looks ahead for without being asked
RUNS = ("runs_failed", "runs_unchecked")  # said beside the recorded runs


@pages.get("")
def show(draft_id: int) -> str:
    return _page(draft_id)


def _page(draft_id: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    plan = publishing.plan_publishing(app, actor, draft_id, now, _typed_day(refused))
    names = names_of(plan.draft.xml.encode())
    recorded = runs.list_runs(app, actor, draft_id)
    compared = _compare(plan)
    return render_template(
        "studio_publishing.html",
        plan=plan,
        draft=plan.draft,
        names=names,
        runs=[(one, say_failure(one.failure, names)) for one in recorded],
        compared=compared,
        counts=_counts(compared),
        proposed=_proposed_day(plan),
        running=sum(one.cases for one in plan.running),
        ahead=_look_ahead(plan),
        refused=refused,
        zone=actor.zone or app.settings.zone,
    )


def _typed_day(refused: Refused | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(refused.values.get("berlaku", "")) if refused else None
    return None


def _compare(plan: PublishPlan) -> ComparisonDetail | None:
    """With the newest version, which it would take the place of; None for a new SOP."""
    app, actor, _ = call()
    if not plan.draft.newest_version or plan.draft.line.state in ("published", "discarded"):
        return None
    newest = f"versi-{plan.draft.newest_version}"
    with suppress(InvalidSopError):
        return comparisons.compare_draft(app, actor, plan.draft.line.id, newest, "")
    return None


def _counts(compared: ComparisonDetail | None) -> object:
    found = compared.comparison if compared else None
    return counts((*found.pelaksana, *found.nodes, *found.alur)) if found else {}


def _proposed_day(plan: PublishPlan) -> date:
    """What the sheet says, where it is still to come."""
    for line in plan.identity:
        if line.field == "tanggal_efektif":
            with suppress(ValueError):
                return max(plan.today, date.fromisoformat(line.after))
    return plan.today


def _look_ahead(plan: PublishPlan) -> tuple[MigrationLine, ...] | None:
    """What would become of the running cases; None: nobody has looked, or nobody can."""
    app, actor, now = call()
    running = sum(one.cases for one in plan.running)
    if "publish" not in plan.draft.acts or (running > FORESEEN and "lihat" not in request.args):
        return None
    with suppress(InvalidSopError, UnavailableError):
        return foresee_migration(app, actor, plan.draft.line.id, now) if running else ()
    return None


@pages.post("/uji")
def check(draft_id: int) -> Answer:
    """Play the recorded runs against the draft."""
    app, actor, now = call()
    try:
        results = playing.check_runs(app, actor, draft_id, now)
    except InvalidSopError as error:
        return _refuse(draft_id, "uji", error)
    failed = sum(one.difference is not None for one in results)
    said = gettext("%(num)d rekaman berbeda.", num=failed) if failed else ""
    flash(said or gettext("Semua rekaman lulus."), "late" if failed else "done")
    return redirect(url_for(".show", draft_id=draft_id, _anchor="rekaman"), 303)


@pages.post("/ajukan")
def submit(draft_id: int) -> Answer:
    app, actor, now = call()
    note, seen = request.form.get("catatan", ""), _seen()
    return _do(
        draft_id,
        "ajukan",
        lambda: approvals.submit_draft(app, actor, draft_id, note, now, revision=seen),
        gettext("Rancangan diajukan. Yang dapat mengesahkannya sudah diberi tahu."),
    )


@pages.post("/tarik")
def take_back(draft_id: int) -> Answer:
    app, actor, now = call()
    return _do(
        draft_id,
        "tarik",
        lambda: approvals.take_back_draft(app, actor, draft_id, now),
        gettext("Rancangan ditarik kembali dan dapat diubah lagi."),
    )


@pages.post("/sahkan")
def approve(draft_id: int) -> Answer:
    app, actor, now = call()
    note, seen = request.form.get("catatan", ""), _seen()
    return _do(
        draft_id,
        "sahkan",
        lambda: approvals.approve_draft(app, actor, draft_id, now, note=note, revision=seen),
        gettext("Rancangan disahkan. Pemilik proses sekarang dapat menerbitkannya."),
    )


@pages.post("/kembalikan")
def give_back(draft_id: int) -> Answer:
    app, actor, now = call()
    reason = request.form.get("catatan", "")
    return _do(
        draft_id,
        "kembalikan",
        lambda: approvals.return_draft(app, actor, draft_id, reason, now),
        gettext("Rancangan dikembalikan. Pembuatnya membaca catatan Anda."),
    )


@pages.post("/terbitkan")
def publish(draft_id: int) -> Answer:
    """First the recorded runs, then the version, then the cases, each for itself."""
    app, actor, now = call()
    try:
        day, moves = _read_day(), _read_choice()
        playing.check_runs(app, actor, draft_id, now)
        made = publishing.publish_draft(
            app,
            actor,
            draft_id,
            day,
            now,
            accept_warnings="setuju" in request.form,
            revision=_seen(),
        )
    except REFUSALS as error:
        return _refuse(draft_id, "terbitkan", error)
    flash(_say_published(made.version, day), "done")
    if moves and (said := tell_moved(_move(made.key, made.version), made.version)):
        flash(said, "done")
    return redirect(url_for(".show", draft_id=draft_id), 303)


def _move(key: str, version: int) -> tuple[MigrationLine, ...]:
    app, actor, now = call()
    with suppress(NotFoundError):
        return migration.migrate_cases(app, actor, key, version, now)
    return ()


def _say_published(version: int, day: date) -> str:
    if day == call().app.today(call().now):
        return gettext("Versi %(num)d terbit dan berlaku mulai hari ini.", num=version)
    return gettext("Versi %(num)d terbit, berlaku mulai %(day)s.", num=version, day=format_day(day))


def _read_day() -> date:
    """Raises InvalidAnswerError: invalid_effective_date."""
    try:
        return date.fromisoformat(request.form.get("berlaku", ""))
    except ValueError as error:
        raise InvalidAnswerError("invalid_effective_date", field="berlaku") from error


def _read_choice() -> bool:
    """Whether the running cases are to move, of which the page has asked.

    Raises InvalidAnswerError: cases_undecided, cases_move_later.
    """
    choice, asked = request.form.get("kasus", ""), "berjalan" in request.form
    if asked and choice not in ("tetap", "pindah"):
        raise InvalidAnswerError("cases_undecided", field="kasus")
    if choice == "pindah" and _read_day() > call().app.today(call().now):
        raise InvalidAnswerError("cases_move_later", field="kasus")
    return choice == "pindah"


def _seen() -> int | None:
    return request.form.get("revisi", type=int)


def _do(draft_id: int, form: str, act: Callable[[], object], done: str) -> Answer:
    """What is refused is said on the page as it is now, with what was typed."""
    try:
        act()
    except REFUSALS as error:
        return _refuse(draft_id, form, error)
    flash(done, "done")
    return redirect(url_for(".show", draft_id=draft_id), 303)


FIELDS = {
    "reason_missing": "catatan",
    "invalid_effective_date": "berlaku",
    "cases_undecided": "kasus",
    "cases_move_later": "kasus",
    "sop_warnings": "setuju",
}


def _refuse(draft_id: int, form: str, error: SopError) -> tuple[str, int]:
    form = "uji" if error.code in RUNS else form
    refused = Refused(form, _say(error), FIELDS.get(error.code, ""), request.form.to_dict())
    return _page(draft_id, refused), status_of(error)


def _say(error: SopError) -> str:
    if error.code == "reason_missing":
        return gettext("Tuliskan catatannya, paling banyak %(limit)s huruf.", **error.fields)
    if error.code == "sop_draft_changed":
        return gettext(
            "Rancangan ini disimpan lagi setelah Anda membuka halaman ini. Periksa yang terbaru "
            "di bawah, lalu ulangi."
        )
    return say(error)
