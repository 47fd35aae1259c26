"""/studio: the SOPs with their drafts, beginning a draft, and the page of the editor"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotAllowedError
from engine.usecases import processes, sop_drafts
from web import messages
from web.auth import may_draft
from web.errors import status_of
from web.headers import allow_inline_styles
from web.html.studio_data import say
from web.language import gettext
from web.messages import name_role
from web.opening import call
from web.organisation_form import UNIT_KINDS
from web.parse import Refused
from web.publishing_words import has_page
from web.studio_addresses import addresses
from web.studio_ladders import ladder_lists
from workflows.errors import InvalidAnswerError
from workflows.pelaksana import ROLES

pages = Blueprint("studio", __name__, url_prefix="/studio")
Answer = str | tuple[str, int] | Response
FIELDS = {"name": "nama", "key": "kunci", "roles": "peran"}  # of an error -> of the form


@pages.get("")
def index() -> str:
    app, actor, now = call()
    sops = processes.list_sops(app, actor, now)
    return render_template("studio.html", sops=sops, imports=has_page("/studio/impor"))


@pages.get("/baru")
def ask_new() -> str:
    if not may_draft():
        raise NotAllowedError("right_missing", verb="draft")
    return _ask()


def _ask(refused: Refused | None = None) -> str:
    chosen = request.form.getlist("peran")
    return render_template("studio_new.html", roles=ROLES, refused=refused, chosen=chosen)


@pages.post("/baru")
def create() -> Answer:
    """Begin an SOP from nothing."""
    app, actor, now = call()
    name, key = request.form.get("nama", ""), request.form.get("kunci", "")
    roles = request.form.getlist("peran")
    try:
        draft = sop_drafts.create_draft(app, actor, name, key, roles, now)
    except (InvalidAnswerError, ConflictError) as error:
        field = FIELDS.get(str(error.fields.get("field", "key")), "")
        values = {"nama": name, "kunci": key or str(error.fields.get("key", ""))}
        return _ask(Refused("baru", say(error), field, values)), status_of(error)
    return redirect(url_for(".show", draft_id=draft.line.id), 303)


@pages.post("/dari/<key>")
def begin(key: str) -> Response:
    """Begin the next version of an SOP, or go on with the draft that it has."""
    app, actor, now = call()
    version = request.form.get("versi", type=int)
    try:
        draft_id = sop_drafts.create_draft_from_version(app, actor, key, version, now).line.id
    except ConflictError as error:
        if error.code != "sop_draft_exists":
            raise
        flash(messages.explain(error), "soon")
        draft_id = int(str(error.fields["draft"]))
    return redirect(url_for(".show", draft_id=draft_id), 303)


@pages.get("/<int:draft_id>")
def show(draft_id: int) -> str:
    app, actor, now = call()
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    allow_inline_styles()
    lists = {"roles": _roles(), "sumber": _sources(), "jenis": _unit_kinds()}
    lists |= {"actor": actor.login, "name": actor.name}
    return render_template(
        "studio_editor.html",
        draft=draft,
        lists={**lists, "tangga": ladder_lists(draft.line.key)},
        addresses=addresses(draft),
    )


def _roles() -> list[dict[str, object]]:
    return [
        {"code": one.code, "name": name_role(one.name, one.code), "collective": one.collective}
        for one in ROLES
    ]


def _unit_kinds() -> list[dict[str, str]]:
    return [{"code": code, "name": str(name)} for code, name in UNIT_KINDS.items()]


def _sources() -> list[dict[str, str]]:
    """Where the values come from that a case is given at its start."""
    return [{"code": "unit-bawahan", "name": gettext("Kode unit di bawahnya, menurut jenis")}]
