"""/kasus: running SOPs"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.errors import ConflictError, NotAllowedError, NotFoundError, StuckError
from engine.operation_values import ActivationLine, MoveChoices
from engine.usecases import cases, definitions, trace
from engine.values import CaseDetail, CaseLine
from web import messages
from web.auth import may_operate
from web.errors import status_of
from web.headers import allow_inline_styles
from web.html.sops import send_xml
from web.language import lazy
from web.opening import call
from web.parse import Refused
from workflows.errors import SopError

pages = Blueprint("cases", __name__, url_prefix="/kasus")
UNFINISHED = ("running", "incident", "suspended")
LATE = "late"  # a filter rather than a state
# What stays active without being a task; an element that holds others is shown by what it holds.
WAITS = {
    "serviceTask": lazy("Dikerjakan program"),
    "sendTask": lazy("Dikerjakan program"),
    "businessRuleTask": lazy("Dikerjakan program"),
    "receiveTask": lazy("Pesan belum tiba"),
    "intermediateCatchEvent": lazy("Pesan, sinyal, waktu, atau syaratnya belum tiba"),
}
STATES = ("", LATE, "running", "incident", "suspended", "completed", "cancelled")


@pages.get("")
def index() -> str:
    app, actor, now = call()
    wanted = request.args.get("keadaan", "")
    state = wanted if wanted in STATES else ""
    lines = cases.list_cases(app, actor, now, state if state not in ("", LATE) else None)
    if state == LATE:
        lines = tuple(line for line in lines if line.overdue or _has_late_step(line))
    may_start = cases.may_start_any(app, actor, now)
    return render_template(
        "cases.html", cases=lines, state=state, states=STATES, may_start=may_start
    )


def _has_late_step(line: CaseLine) -> bool:
    return any(step.overdue for step in line.open_steps)


@pages.get("/baru")
def ask() -> str:
    return _form(key=request.args.get("sop", ""))


@pages.post("/baru")
def start() -> tuple[str, int] | AnyResponse:
    app, actor, now = call()
    key, unit = request.form.get("sop", ""), request.form.get("unit", "")
    try:
        case = cases.start_case(app, actor, key, unit, {}, now)
    except (ConflictError, NotFoundError, NotAllowedError) as error:
        return _form(error, key, unit), status_of(error)
    return redirect(url_for(".show", case_id=case.line.id), 303)


@pages.get("/<int:case_id>")
def show(case_id: int) -> str:
    return show_case(case_id)


def show_case(case_id: int, refused: Refused | None = None) -> str:
    """The page of a case, for those who may with what they can do to it."""
    app, actor, now = call()
    case = cases.read_case(app, actor, case_id, now)
    steps = cases.list_steps(app, actor, case_id, now)
    done = sorted({step.node for step in steps if step.completed_at} - {*case.tokens})
    managed = may_operate() and case.line.state in UNFINISHED
    allow_inline_styles()
    return render_template(
        "case.html",
        case=case,
        steps=steps,
        done=done,
        waiting=_waiting(case),
        waits=WAITS,
        managed=managed,
        moves=_moves(case) if managed else None,
        refused=refused,
    )


def _waiting(case: CaseDetail) -> list[ActivationLine]:
    """What the case waits for that is nobody's task: programs, messages, timers; each element
    once, however often it is repeated. Incidents stand elsewhere on the page."""
    if case.line.state not in UNFINISHED:
        return []
    app, actor, now = call()
    stuck = {incident.token for incident in case.incidents}
    waiting: dict[tuple[str, str], ActivationLine] = {}
    for line in trace.trace_case(app, actor, case.line.id, now):
        if line.state == "active" and line.kind in WAITS and line.token not in stuck:
            waiting.setdefault((line.definition, line.node), line)
    return [*waiting.values()]


def _moves(case: CaseDetail) -> MoveChoices | None:
    """None while the case stands still, and for a state that cannot be read: such a case can still
    be looked at."""
    if case.line.suspended:
        return None
    app, actor, now = call()
    try:
        return trace.list_moves(app, actor, case.line.id, now)
    except StuckError:
        return None


@pages.get("/<int:case_id>/diagram.bpmn")
def xml(case_id: int) -> Response:
    app, actor, now = call()
    return send_xml(cases.read_case(app, actor, case_id, now).xml)


def _form(error: SopError | None = None, key: str = "", unit: str = "") -> str:
    app, actor, now = call()
    offered = [
        (line, cases.list_start_units(app, actor, line.key, now))
        for line in definitions.list_definitions(app)
    ]
    return render_template(
        "case_new.html",
        choices=sorted(  # the SOP asked for stands first
            ((line, units) for line, units in offered if units), key=lambda one: one[0].key != key
        ),
        error=messages.explain(error) if error else "",
        key=key,
        unit_code=unit,
    )
