"""/studio/…/formulir/…/isi: the form editor saves, as JSON"""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.errors import NotAllowedError
from engine.usecases import sop_forms
from web.auth import may_draft
from web.html.studio_data import read_part, read_sent, refuse, refuse_request
from web.opening import call
from workflows.errors import SopError

pages = Blueprint("studio_form_data", __name__, url_prefix="/studio/<int:draft_id>/formulir/<name>")
pages.register_error_handler(SopError, refuse)
pages.register_error_handler(CSRFError, refuse_request)
pages.register_error_handler(HTTPException, refuse_request)


@pages.before_request
def _admit() -> None:
    """Before anything is read: what is sent here is large."""
    if not may_draft():
        raise NotAllowedError("right_missing", verb="draft")


@pages.post("/isi")
def save(draft_id: int, name: str) -> dict[str, Any]:
    """{text, seen, kind: autosave | save} -> {mark, revision, saved_at}."""
    app, actor, now = call()
    sent = read_sent()
    kind = read_part(sent, "kind", str, "save")
    saved = sop_forms.save_draft_form(
        app,
        actor,
        draft_id,
        name,
        read_part(sent, "text", str),
        now,
        seen=read_part(sent, "seen", str),
        kind=kind if kind in sop_forms.KINDS else "save",
    )
    at = saved.saved.saved_at.isoformat()
    return {"mark": saved.mark, "revision": saved.saved.revision, "saved_at": at}
