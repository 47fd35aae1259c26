"""/sop: the deployed SOPs"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from engine.usecases import cases, definitions, sop_drafts, standings
from web.auth import may_draw
from web.headers import allow_inline_styles
from web.opening import call

pages = Blueprint("sops", __name__, url_prefix="/sop")


@pages.get("")
def index() -> str:
    app, _, now = call()
    return render_template(
        "sops.html",
        definitions=definitions.list_definitions(app),
        standings=standings.list_standings(app, now),
    )


@pages.get("/<key>")
def show(key: str) -> str:
    version = request.args.get("versi", type=int)
    app, actor, now = call()
    detail = definitions.read_definition(app, key, version, now)
    may_start = bool(cases.list_start_units(app, actor, key, now))
    allow_inline_styles()
    return render_template(
        "sop.html",
        detail=detail,
        may_start=may_start,
        standing=standings.read_standing(app, key, now),
        draft=sop_drafts.find_draft(app, actor, key, now) if may_draw() else None,
    )


@pages.get("/<key>/<int:version>.bpmn")
def xml(key: str, version: int) -> Response:
    detail = definitions.read_definition(call().app, key, version)
    return send_xml(detail.xml)


def send_xml(text: str) -> Response:
    """A version never changes, so the browser may keep it for a while."""
    response = Response(text, mimetype="application/xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
