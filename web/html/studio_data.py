"""/studio/<id>/isi, pena, periksa, tata-letak and /studio/waktu, tangga: what the editor asks, as
JSON"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.errors import NotAllowedError
from engine.sentences import REASONS, SENTENCES, explain
from engine.studio_values import PenState, PresentLine
from engine.usecases import judgements, pens, sop_drafts
from web import messages
from web.auth import may_draft, may_draw
from web.errors import status_of
from web.opening import call
from web.studio_ladders import judge_ladder
from workflows.blank import draw_anew
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError
from workflows.lint import Finding
from workflows.mutu_baku import read_waktu

pages = Blueprint("studio_data", __name__, url_prefix="/studio")
Json = dict[str, Any]
READING = ("read", "hold")  # which are open to those who only approve, too
ACTS = {"ambil": "take", "rebut": "take_over", "denyut": "beat", "lepas": "release"}


@pages.before_request
def _admit() -> None:
    """Before anything is read: what is sent here is large."""
    name = (request.endpoint or "").partition(".")[2]
    if not (may_draw() if name in READING else may_draft()):
        raise NotAllowedError("right_missing", verb="draft")


@pages.errorhandler(SopError)
def refuse(error: SopError) -> tuple[Json, int]:
    code = error.code.removeprefix("sop_") if error.code == "sop_draft_changed" else error.code
    return {**error.fields, "code": code, "message": say(error)}, status_of(error)


@pages.errorhandler(CSRFError)
@pages.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> tuple[Json, int]:
    status = error.code or 500
    code = "csrf" if isinstance(error, CSRFError) else f"http_{status}"
    return {"code": code, "message": messages.text(code)}, status


def say(error: SopError) -> str:
    """What is wrong with a decision table has Indonesian sentences only, those of the command
    line."""
    known = error.code in SENTENCES or error.code in REASONS
    return messages.explain(error) if known else explain(error)


@pages.get("/<int:draft_id>/isi")
def read(draft_id: int) -> Json:
    app, actor, now = call()
    tab = request.args.get("tab", "")
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now, tab=tab)
    return {
        "revision": draft.line.revision,
        "xml": draft.xml,
        "forms": draft.forms,
        "name": draft.line.name,
        "key": draft.line.key,
        "state": draft.line.state,
        "editable": draft.editable,
        "pen": _pen(draft.pen),
        "present": _present(draft.present),
    }


@pages.post("/<int:draft_id>/isi")
def save(draft_id: int) -> Json:
    app, actor, now = call()
    sent = read_sent()
    kind = read_part(sent, "kind", str, "save")
    saved = sop_drafts.save_sop_draft(
        app,
        actor,
        draft_id,
        _read_xml(sent),
        _read_forms(sent),
        now,
        revision=read_part(sent, "revision", int),
        tab=read_part(sent, "tab", str, ""),
        kind=kind if kind in sop_drafts.KINDS else "save",
        note=read_part(sent, "note", str, ""),
    )
    return {"revision": saved.revision, "saved_at": saved.saved_at.isoformat()}


@pages.post("/<int:draft_id>/pena")
def hold(draft_id: int) -> Json:
    app, actor, now = call()
    sent = read_sent()
    act = ACTS.get(read_part(sent, "act", str), "")
    answer = pens.hold_pen(app, actor, draft_id, read_part(sent, "tab", str), act, now)
    return {
        **_pen(answer.pen),
        "present": _present(answer.present),
        "revision": answer.revision,
        "state": answer.state,
    }


@pages.post("/<int:draft_id>/periksa")
def judge(draft_id: int) -> Json:
    app, actor, now = call()
    sent = read_sent()
    found = judgements.judge_draft(app, actor, _read_xml(sent), _read_forms(sent), now)
    refused = found.refused
    return {
        "findings": [_finding(one) for one in found.findings],
        "refused": None
        if refused is None
        else {"message": say(refused), "element": refused.fields.get("element")},
    }


@pages.post("/<int:draft_id>/tata-letak")
def lay_out(draft_id: int) -> Json:
    return {"xml": draw_anew(_read_xml(read_sent())).decode()}


@pages.post("/waktu")
def read_time() -> Json:
    """How a standard time is read, as it is typed."""
    text = " ".join(read_part(read_sent(), "text", str).split())
    try:
        waktu, jadwal = read_waktu(text)
    except InvalidTimeError as error:
        return {"ok": False, "words": "", "message": say(error)}
    return {"ok": True, "words": str(jadwal or waktu), "message": ""}


@pages.post("/tangga")
def read_ladder() -> Json:
    """Whether a reminder ladder can be read, as it is typed."""
    return judge_ladder(read_sent())


def read_sent() -> Mapping[str, Any]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise InvalidAnswerError("invalid_request", field="", reason="not_an_object")
    return found


def read_part(sent: Mapping[str, Any], name: str, kind: type, usual: Any = None) -> Any:
    """Raises InvalidAnswerError: invalid_request (field, reason)."""
    value = sent.get(name, usual)
    if value is None:
        raise InvalidAnswerError("invalid_request", field=name, reason="required")
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        reason = {str: "not_string", int: "not_integer", dict: "not_object"}[kind]
        raise InvalidAnswerError("invalid_request", field=name, reason=reason)
    return value


def _read_xml(sent: Mapping[str, Any]) -> bytes:
    """A lone surrogate is no letter; it is refused with the encoding."""
    return str(read_part(sent, "xml", str)).encode("utf-8", "surrogatepass")


def _read_forms(sent: Mapping[str, Any]) -> dict[str, str]:
    forms = read_part(sent, "forms", dict, {})
    if not all(isinstance(text, str) for text in forms.values()):
        raise InvalidAnswerError("invalid_request", field="forms", reason="not_string")
    return dict(forms)


def _pen(pen: PenState) -> Json:
    return {"mine": pen.mine, "holder": pen.holder, "until": _iso(pen.until), "own": pen.own}


def _present(lines: tuple[PresentLine, ...]) -> list[Json]:
    return [{"name": one.name, "mine": one.mine} for one in lines]


def _finding(one: Finding) -> Json:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "element": one.element,
        "message": messages.say(one.message),
        "page": f"/studio/aturan/{one.rule}",
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
