"""/studio/…/unduh.svg and /sop/…/N.svg: the diagram to take along, as SVG, PNG, PDF or BPMN"""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from engine.usecases import diagrams
from engine.usecases.diagrams import Exported
from web.headers import seal
from web.opening import call

pages = Blueprint("diagrams", __name__)


@pages.get("/studio/<int:draft_id>/unduh.<any(bpmn, svg, png, pdf):kind>")
def draft(draft_id: int, kind: str) -> Response:
    app, actor, now = call()
    return _send(diagrams.export_draft(app, actor, draft_id, kind, now))


@pages.get("/sop/<key>/<int:version>.<any(svg, png, pdf):kind>")
def version(key: str, version: int, kind: str) -> Response:
    app, actor, now = call()
    return _send(diagrams.export_version(app, actor, key, version, kind, now))


def _send(made: Exported) -> Response:
    response = make_response(made.content)
    response.mimetype = made.media
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return seal(response)
