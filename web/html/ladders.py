"""/pengaturan/tangga: who is reminded of a step, when, and in which words"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.notice_values import LadderStep, PreviewLine
from engine.usecases import definitions, ladders, people, preferences
from web import messages
from web.auth import may_set_time
from web.errors import status_of
from web.ladder_form import (
    KINDS,
    WAYS,
    WHOM,
    Document,
    input_of,
    press_button,
    read_form,
    show_percent,
    show_rung,
)
from web.language import get_locale, gettext
from web.moments import reading_zone
from web.opening import call
from workflows.deadlines import PLACEHOLDERS
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError

pages = Blueprint("ladders", __name__, url_prefix="/pengaturan/tangga")
Answer = tuple[str, int] | Response
HOUSE = "@bersama"  # in addresses: the ladder of the house; no SOP can have such a key


@pages.before_request
def _admit() -> None:
    if not may_set_time():
        raise NotAllowedError("right_missing", verb="set_time")


@pages.get("")
def index() -> str:
    app, actor, now = call()
    lines = ladders.list_ladders(app, actor, now)
    return render_template(
        "ladders.html",
        house=HOUSE,
        house_line=next((line for line in lines if not line.key), None),
        sops=definitions.list_definitions(app),
        own={key: [one for one in lines if one.key == key] for key in {one.key for one in lines}},
    )


@pages.get("/<key>")
@pages.get("/<key>/<node>")
def show(key: str, node: str = "") -> str:
    app, actor, now = call()
    detail = ladders.read_ladder(app, actor, _key(key), node, now)
    return _page(key, node, detail.document)


@pages.post("/<key>")
@pages.post("/<key>/<node>")
def change(key: str, node: str = "") -> Answer:
    """What the pressed button asks for: another rung, what would be sent, or keeping it."""
    app, actor, now = call()
    document = read_form(request.form)
    button = request.form.get("tombol", "")
    if button == "simpan":
        try:
            seen = request.form.get("versi", "")
            ladders.set_ladder(app, actor, _key(key), node, document, now, seen=seen)
        except (InvalidTimeError, ConflictError) as error:
            return _page(key, node, document, error), status_of(error)
        flash(gettext("Tangga pengingat disimpan dan berlaku untuk tugas yang terbuka."), "done")
        return redirect(url_for(".show", key=key, node=node or None), 303)
    if button == "pratinjau":
        return _preview(key, node, document)
    return _page(key, node, press_button(document, button), focus=button), 200


@pages.post("/<key>/hapus")
@pages.post("/<key>/<node>/hapus")
def clear(key: str, node: str = "") -> Response:
    """Back to the ladder that counts without one of its own."""
    app, actor, now = call()
    ladders.clear_ladder(app, actor, _key(key), node, now)
    flash(gettext("Tangga sendiri dihapus; yang di atasnya berlaku lagi."), "done")
    return redirect(url_for(".show", key=key, node=node or None), 303)


@dataclass(frozen=True)
class Trial:
    """For which step the preview is made, in which unit, as if available at that local moment."""

    step: str
    unit: str
    at: str


def _preview(key: str, node: str, document: Document) -> Answer:
    """What the ladder as typed would send, on the page itself."""
    app, actor, now = call()
    trial = Trial(*(request.form.get(f"coba.{name}", "") for name in ("langkah", "unit", "saat")))
    sop, step = _step(key, node, trial.step)
    try:
        at = datetime.fromisoformat(trial.at).replace(tzinfo=ZoneInfo(_zone()))
        lines = ladders.preview_ladder(
            app, actor, sop, step, trial.unit, at, now, document=document
        )
    except ValueError:
        wrong = InvalidAnswerError("invalid_answer", field="coba.saat", reason="not_a_date")
        return _page(key, node, document, wrong, trial), 422
    except (InvalidTimeError, NotFoundError, ConflictError) as error:
        return _page(key, node, document, error, trial), status_of(error)
    return _page(key, node, document, trial=trial, lines=lines), 200


def _step(key: str, node: str, chosen: str) -> tuple[str, str]:
    """The SOP and the step that the preview is about. On the page of the house an SOP is chosen,
    and its first step that has a standard stands for all."""
    return (chosen, "") if key == HOUSE else (key, node or chosen)


def _choices(key: str, node: str, steps: Sequence[LadderStep]) -> list[tuple[str, str]]:
    """What the preview can be made for: value and words."""
    if key == HOUSE:
        return [(one.key, one.name) for one in definitions.list_definitions(call().app)]
    return [(one.node, one.name) for one in steps if one.waktu and one.node == (node or one.node)]


def _page(
    key: str,
    node: str,
    document: Mapping[str, Any],
    error: SopError | None = None,
    trial: Trial | None = None,
    lines: Sequence[PreviewLine] | None = None,
    focus: str = "",
) -> str:
    app, actor, now = call()
    detail = ladders.read_ladder(app, actor, _key(key), node, now)
    units = people.list_units(app)
    start = now.astimezone(ZoneInfo(_zone())).strftime("%Y-%m-%dT%H:%M")
    first = next((unit.code for unit in units if unit.kind == "pd"), "")
    return render_template(
        "ladder.html",
        house=HOUSE,
        key=key,
        node=node,
        detail=detail,
        rungs=[show_rung(rung) for rung in document["rungs"]],
        at_risk=show_percent(document["at_risk"]),
        problem=_problem(document, error),
        seen=request.form.get("versi", detail.version),
        focus=focus,
        choices=_choices(key, node, detail.steps),
        units=units,
        unit_names={unit.code: unit.name for unit in units},
        trial=trial or Trial("", first, start),
        tried=trial is not None,
        lines=lines,
        zone=_zone(),
        offers=preferences.read_preferences(app, actor).offers,
        language=get_locale().language,
        placeholders=PLACEHOLDERS,
        **WORDS,
    )


WORDS: Mapping[str, object] = {"ways": WAYS, "kinds": KINDS, "whoms": WHOM}


@dataclass(frozen=True)
class Problem:
    """What is wrong: the input that it stands in ("" for none), the number of its rung (0 for
    none), and why."""

    input: str
    rung: int
    sentence: str


def _problem(document: Mapping[str, Any], error: SopError | None) -> Problem | None:
    if error is None:
        return None
    rung, field = str(error.fields.get("rung", "")), str(error.fields.get("field", ""))
    reason = str(error.fields.get("reason", ""))
    found = input_of(document, rung, field, reason)
    number = int(found.split(".")[1]) + 1 if found.startswith("anak.") else 0
    if reason == "not_a_fraction":  # the form asks for percents
        return Problem(found, number, gettext("Tulis persennya, misalnya 75."))
    return Problem(found, number, messages.explain_reason(error))


def _key(key: str) -> str:
    return "" if key == HOUSE else key


def _zone() -> str:
    return reading_zone(call().app.settings.zone)
