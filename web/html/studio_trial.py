"""/studio/…/coba: a draft is played through by whoever draws it"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import playing
from engine.playing import TrialView
from engine.trial_values import Scene
from engine.usecases import people, sop_drafts, trials
from engine.values import WorkItemDetail
from web import fields, messages
from web.errors import status_of
from web.html.pictures import send_picture
from web.item_rows import press_button
from web.language import gettext
from web.moments import local_date
from web.opening import call
from web.parse import Entry, Refused, read_entry
from web.problems import MOST, list_problems
from web.trial_forms import (
    OFFERED,
    offer_files,
    read_advance,
    read_claim,
    read_complete,
    read_hear,
    read_report,
    read_spot,
    read_start,
    without_files,
)
from web.trial_words import names_of, say_act, say_difference
from workflows.errors import InvalidAnswerError, SopError
from workflows.forms import Form
from workflows.picture import Marks
from workflows.rights import Thing, may
from workflows.trials import Act

pages = Blueprint("studio_trial", __name__, url_prefix="/studio/<int:draft_id>/coba")
Answer = str | tuple[str, int] | Response
# What leaves no page to show the error on.
NOT_HERE = frozenset({"right_missing", "sop_draft_not_found", "trial_not_found"})


@pages.get("")
def ask(draft_id: int) -> str:
    return _ask(draft_id)


def _ask(draft_id: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    return render_template(
        "studio_trial_new.html",
        draft=draft,
        units=[one for one in people.list_units(app) if one.kind == "pd"],
        trials=trials.list_trials(app, actor, draft_id),
        refused=refused,
        zone=(zone := actor.zone or app.settings.zone),
        today=local_date(now, zone).isoformat(),
    )


@pages.post("")
def begin(draft_id: int) -> Answer:
    app, actor, now = call()
    try:
        act = read_start(request.form, actor.zone or app.settings.zone)
        trial = playing.begin_trial(app, actor, draft_id, act, now)
    except SopError as error:
        if error.code in NOT_HERE:
            raise
        refused = Refused("mulai", messages.explain(error), "", request.form.to_dict())
        return _ask(draft_id, refused), status_of(error)
    return redirect(url_for(".show", draft_id=draft_id, trial_id=trial.line.id), 303)


@pages.get("/<int:trial_id>")
def show(draft_id: int, trial_id: int) -> str:
    return _show(trial_id)


def _show(
    trial_id: int,
    entry: Entry | None = None,
    error: InvalidAnswerError | None = None,
    refused: Refused | None = None,
) -> str:
    """The trial as it stands; with what was entered and refused, if anything was."""
    app, actor, _ = call()
    chosen = request.values.get("langkah", "")
    before = request.args.get("dari", type=int)
    view = playing.view_trial(app, actor, trial_id, chosen=chosen, before=before)
    scene, names = view.play.scene, names_of(view.trial.xml)
    if scene is not None:
        g.now = scene.now  # what is said of time on this page is said by the trial's clock
    item = scene.chosen if scene else None
    if scene is not None and chosen != scene.chosen_spot:
        entry = None  # it was typed into the form of another step
    views = _view(item, entry, error) if item else []
    problems = list_problems(error)
    return render_template(
        "studio_trial.html",
        view=view,
        trial=view.trial,
        scene=scene,
        item=item,
        fields=views,
        decisions=[one for one in fields.flatten(views) if one.buttons],
        checked=entry.checked if entry else (),
        problems=problems[:MOST],
        refused=refused,
        acts=_acts(view, scene),
        difference=say_difference(view.difference, names),
        stopped=messages.explain(view.play.stopped) if view.play.stopped else "",
        unready=messages.explain(view.unready) if view.unready else "",
        seen=len(view.trial.script),
        next_day=local_date(scene.next_working_day, scene.zone).isoformat() if scene else "",
        may_keep=may(actor, "draft", Thing()) is None,
        document_max=app.settings.document_max_mb << 20,
        rows_action=url_for(
            ".change_rows", draft_id=view.trial.line.draft_id, trial_id=view.trial.line.id
        ),
    )


def _acts(view: TrialView, scene: Scene | None) -> list[tuple[object, str]]:
    zone = scene.zone if scene else call().app.settings.zone
    return [(line, say_act(line, zone)) for line in view.play.acts]


def _view(
    item: WorkItemDetail, entry: Entry | None, error: InvalidAnswerError | None
) -> list[fields.FieldView]:
    """The form as the inbox shows it; a file field has an example already."""
    names = dict(OFFERED)
    if entry is not None:
        return fields.view_fields(
            item.fields, entry.answers, error, typed=True, case=item.answers, names=names
        )
    answers = offer_files(item, fields.open_answers(item.fields, item.answers))
    return fields.view_fields(item.fields, answers, error, case=item.answers, names=names)


@pages.get("/<int:trial_id>/diagram.svg")
def picture(draft_id: int, trial_id: int) -> Response:
    """With the marks that the page names, so that nothing has to be played for it."""
    app, actor, _ = call()
    trial = trials.read_trial(app, actor, trial_id)
    done, active = (
        frozenset(filter(None, request.args.get(name, "").split(",")))
        for name in ("selesai", "berjalan")
    )
    return send_picture(trial.xml.decode(), trial.name, Marks(done, active))


def _play(draft_id: int, trial_id: int, read: Callable[[], Act], form: str) -> Answer:
    """Play the act that was sent; the page says why where it could not be played."""
    app, actor, now = call()
    try:
        playing.act_in_trial(app, actor, trial_id, read(), _seen(), now)
    except SopError as error:
        if error.code in NOT_HERE:
            raise
        refused = Refused(form, messages.explain(error), "", request.form.to_dict())
        return _show(trial_id, refused=refused), status_of(error)
    return _back(draft_id, trial_id)


def _seen() -> int:
    return request.form.get("dilihat", 0, type=int)


def _back(draft_id: int, trial_id: int, before: int | None = None) -> Response:
    """To the steps of the trial; to its beginning, where it is compared with the revision
    `before`."""
    there = None if before else "langkah"
    address = url_for(".show", draft_id=draft_id, trial_id=trial_id, dari=before, _anchor=there)
    return redirect(address, 303)


@pages.post("/<int:trial_id>/langkah")
def complete(draft_id: int, trial_id: int) -> Answer:
    app, actor, now = call()
    entry, node = read_entry(request), read_spot(request.form)[0]
    known = playing.fields_of_step(trials.read_trial(app, actor, trial_id), node)
    act = read_complete(request.form, entry, known)
    try:
        playing.act_in_trial(app, actor, trial_id, act, _seen(), now)
    except InvalidAnswerError as error:
        if error.code != "invalid_answer":
            raise
        return _show(trial_id, without_files(entry), error), 422
    except SopError as error:
        if error.code in NOT_HERE:
            raise
        refused = Refused("langkah", messages.explain(error), "", {})
        return _show(trial_id, without_files(entry), refused=refused), status_of(error)
    return _back(draft_id, trial_id)


def _item(trial_id: int) -> WorkItemDetail | None:
    """The step whose form was sent."""
    app, actor, _ = call()
    chosen = request.form.get("langkah", "")
    scene = playing.view_trial(app, actor, trial_id, chosen=chosen).play.scene
    return scene.chosen if scene and scene.chosen_spot == chosen else None


@pages.post("/<int:trial_id>/baris")
def change_rows(draft_id: int, trial_id: int) -> tuple[str, int]:
    """Nothing is kept: the page comes back with the rows as they were wished for."""
    entry, item = without_files(read_entry(request)), _item(trial_id)
    if item is None:
        return _show(trial_id, entry), 200
    button = request.form.get("baris", "")
    answers = press_button(Form("", item.fields), entry.answers, button)
    return _show(trial_id, Entry(answers, entry.checked)), 200


@pages.post("/<int:trial_id>/ambil")
def claim(draft_id: int, trial_id: int) -> Answer:
    return _play(draft_id, trial_id, lambda: read_claim(request.form), "langkah")


@pages.post("/<int:trial_id>/jam")
def advance(draft_id: int, trial_id: int) -> Answer:
    app, actor, _ = call()
    zone = request.form.get("zona") or actor.zone or app.settings.zone
    return _play(draft_id, trial_id, lambda: read_advance(request.form, zone), "jam")


@pages.post("/<int:trial_id>/layanan")
def report(draft_id: int, trial_id: int) -> Answer:
    form = f"layanan:{request.form.get('langkah', '')}"
    return _play(draft_id, trial_id, lambda: read_report(request.form), form)


@pages.post("/<int:trial_id>/pesan")
def hear(draft_id: int, trial_id: int) -> Answer:
    form = f"pesan:{request.form.get('nama', '')}"
    return _play(draft_id, trial_id, lambda: read_hear(request.form), form)


@pages.post("/<int:trial_id>/urungkan")
def take_back(draft_id: int, trial_id: int) -> Response:
    app, actor, now = call()
    trials.take_back(app, actor, trial_id, _seen(), now)
    return _back(draft_id, trial_id)


@pages.post("/<int:trial_id>/terbaru")
def follow(draft_id: int, trial_id: int) -> Response:
    app, actor, now = call()
    before = trials.read_trial(app, actor, trial_id).line.revision
    trials.follow_draft(app, actor, trial_id, now)
    return _back(draft_id, trial_id, before)


@pages.post("/<int:trial_id>/hapus")
def end(draft_id: int, trial_id: int) -> Response:
    app, actor, _ = call()
    trials.end_trial(app, actor, trial_id)
    flash(gettext("Percobaan dihapus."), "done")
    return redirect(url_for(".ask", draft_id=draft_id), 303)


@pages.post("/<int:trial_id>/simpan")
def record(draft_id: int, trial_id: int) -> Answer:
    app, actor, now = call()
    name = request.form.get("nama", "")
    try:
        playing.record_run(app, actor, trial_id, name, now)
    except SopError as error:
        if error.code in NOT_HERE:
            raise
        refused = Refused("simpan", messages.explain(error), "nama", {"nama": name})
        return _show(trial_id, refused=refused), status_of(error)
    flash(
        gettext("Rekaman “%(name)s” disimpan. Setiap penerbitan akan mengujinya.", name=name),
        "done",
    )
    return redirect(url_for("studio_runs.index", draft_id=draft_id), 303)
