"""Diagrams as SVG: of a case, of the step of a work item, of an SOP. They need no JavaScript."""

from __future__ import annotations

from hashlib import sha256
from typing import cast

from flask import Blueprint, Response, make_response, request

from engine.usecases import cases, definitions, work_items
from engine.values import CaseDetail
from web.headers import SANDBOX, seal
from web.language import gettext
from web.opening import call
from workflows.bpmn_xml import read_xml
from workflows.picture import Crop, Marks, draw_picture

pages = Blueprint("pictures", __name__)
STYLED = f"{SANDBOX}; style-src 'unsafe-inline'"  # the colours of a dark screen


@pages.get("/kasus/<int:case_id>/diagram.svg")
def case(case_id: int) -> Response:
    app, actor, now = call()
    detail = cases.read_case(app, actor, case_id, now)
    return send_picture(detail.xml, detail.line.sop_name, _marks(detail))


@pages.get("/tugas/<int:item_id>/diagram.svg")
def item(item_id: int) -> Response:
    """Around the step with `?potong=1`, for narrow screens. A step of an SOP that the case calls
    is shown by the step that calls it."""
    app, actor, now = call()
    line = work_items.read_work_item(app, actor, item_id, now).line
    detail = cases.read_case(app, actor, line.case_id, now)
    here = line.node if line.key == detail.line.key else ""
    marks = _marks(detail, here, callout=here != "" and line.state in ("ready", "claimed"))
    return send_picture(
        detail.xml, line.sop_name, marks, Crop() if request.args.get("potong") else None
    )


@pages.get("/sop/<key>/diagram.svg")
def sop(key: str) -> Response:
    app, _, _ = call()
    detail = definitions.read_definition(app, key, request.args.get("versi", type=int))
    return send_picture(detail.xml, detail.sop.name, Marks())


def _marks(detail: CaseDetail, here: str = "", *, callout: bool = False) -> Marks:
    app, actor, now = call()
    steps = cases.list_steps(app, actor, detail.line.id, now)
    active = frozenset(detail.tokens)
    done = frozenset(step.node for step in steps if step.completed_at) - active
    return Marks(done, active, here, gettext("Anda di sini") if callout else "")


def send_picture(xml: str, name: str, marks: Marks, crop: Crop | None = None) -> Response:
    """The diagram of that file as an SVG that browsers keep until it changes."""
    about = _describe(marks)
    svg = draw_picture(read_xml(xml.encode()), name, about, marks, crop).encode()
    response = make_response(svg)
    response.mimetype = "image/svg+xml"
    response.set_etag(sha256(svg).hexdigest())
    sealed = seal(cast(Response, response.make_conditional(request)))
    sealed.headers["Content-Security-Policy"] = STYLED
    return sealed


def _describe(marks: Marks) -> str:
    if marks.added or marks.removed or marks.changed:
        return gettext("Bertanda tambah: ditambah. Bertanda kurang: dihapus. Segitiga: diubah.")
    if not (marks.active or marks.done):
        return ""
    return gettext("Berbingkai tebal: sedang berjalan. Bercentang: sudah selesai.")
