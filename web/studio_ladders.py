"""Reminder ladders for the editor: what it chooses from, and how one is judged as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.usecases import ladders, people, preferences
from web import messages
from web.language import get_locale, gettext
from web.opening import call
from workflows.deadlines import DrawnLadder, Ladder, attribute_at_fault, draw_ladder, read_drawn
from workflows.errors import InvalidAnswerError, InvalidTimeError

Json = dict[str, Any]
WAYS = ("bagian", "sebelum", "sesudah", "hari")


def ladder_lists(key: str) -> Json:
    """What counts besides the drawing of this SOP, and whom and how a rung can tell."""
    app, actor, _ = call()
    found = ladders.read_settings(app, actor, key)
    language = get_locale().language
    offers = preferences.read_preferences(app, actor).offers
    return {
        "steps": {node: _drawn(one) for node, one in found.steps.items()},
        "sop": _drawn(found.sop),
        "house": _drawn(found.house),
        "shipped": _drawn(found.shipped),
        "nodes": found.nodes,
        "units": [{"code": one.code, "name": one.name} for one in people.list_units(app)],
        "channels": [
            {"code": one.name, "name": one.label[language]} for one in offers if one.personal
        ],
    }


def _drawn(ladder: Ladder | None) -> Json | None:
    if ladder is None:
        return None
    drawn = draw_ladder(ladder)
    return {"berisiko": drawn.berisiko, "anakTangga": drawn.rungs}


def judge_ladder(sent: Mapping[str, Any]) -> Json:
    """What is wrong with a ladder first: `rung` counts from 0, -1: the ladder itself; `field`: the
    attribute. Raises InvalidAnswerError: invalid_request (field, reason)."""
    drawn = _read(sent)
    try:
        read_drawn(drawn)
    except InvalidTimeError as error:
        keys = [one.get("kunci", "") for one in drawn.rungs]
        rung, field = str(error.fields["rung"]), str(error.fields["field"])
        number = _number(keys, rung)
        attributes = drawn.rungs[number] if number >= 0 else {}
        reason = str(error.fields["reason"])
        at_fault = attribute_at_fault(attributes, field, reason)
        message = _say(error, reason)
        return {
            "ok": False,
            "rung": number,
            "field": at_fault or _way(attributes),
            "message": message,
        }
    return {"ok": True, "rung": -1, "field": "", "message": ""}


def _read(sent: Mapping[str, Any]) -> DrawnLadder:
    risk, rungs = sent.get("berisiko"), sent.get("anakTangga")
    if not isinstance(risk, str | None) or not isinstance(rungs, list):
        raise InvalidAnswerError("invalid_request", field="anakTangga", reason="not_object")
    for rung in rungs:
        if not isinstance(rung, dict) or not all(isinstance(one, str) for one in rung.values()):
            raise InvalidAnswerError("invalid_request", field="anakTangga", reason="not_object")
    return DrawnLadder(risk, tuple(rungs))


def _number(keys: Sequence[str], rung: str) -> int:
    """Errors name a rung by its key, else by its number."""
    if rung in keys and rung:
        return keys.index(rung)
    return int(rung) - 1 if rung.isdecimal() else -1


def _way(rung: Mapping[str, str]) -> str:
    """Of a moment that is not complete the field that asks for it first."""
    return next((way for way in WAYS if way in rung), "")


def _say(error: InvalidTimeError, reason: str) -> str:
    if reason == "not_a_fraction":  # the panel asks for percents
        return gettext("Tulis persennya, misalnya 75.")
    return messages.explain_reason(error)
