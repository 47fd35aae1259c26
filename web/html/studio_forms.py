"""/studio/…/formulir: the forms of a draft, each drawn with form-js and seen as the inbox has it"""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.sop_form_values import DraftForm
from engine.usecases import sop_forms
from web.errors import status_of
from web.fields import flatten, view_fields
from web.headers import allow_inline_styles
from web.html.studio_data import say
from web.language import gettext
from web.opening import call
from web.parse import Refused
from workflows.errors import InvalidSopError, SopError
from workflows.forms import Form, read_form

pages = Blueprint("studio_forms", __name__, url_prefix="/studio/<int:draft_id>/formulir")
Answer = str | tuple[str, int] | Response
NOWHERE = "#form-preview"  # rows of the preview come and go in the page alone
# What leaves no page to show the error on.
NOT_HERE = frozenset({"right_missing", "sop_draft_not_found", "sop_form_not_found"})


@pages.get("")
def index(draft_id: int) -> str:
    return _list(draft_id)


def _list(draft_id: int, refused: Refused | None = None) -> str:
    app, actor, now = call()
    found = sop_forms.list_draft_forms(app, actor, draft_id, now)
    return render_template("studio_forms.html", found=found, refused=refused, explain=say)


@pages.post("")
def create(draft_id: int) -> Answer:
    app, actor, now = call()
    name, step = request.form.get("nama", ""), request.form.get("langkah", "")
    try:
        made = sop_forms.create_draft_form(app, actor, draft_id, name, now, step=step)
    except SopError as error:
        return _refused(draft_id, "baru", error)
    return redirect(url_for(".show", draft_id=draft_id, name=made), 303)


@pages.post("/<name>/nama")
def rename(draft_id: int, name: str) -> Answer:
    app, actor, now = call()
    try:
        sop_forms.rename_draft_form(app, actor, draft_id, name, request.form.get("nama", ""), now)
    except SopError as error:
        return _refused(draft_id, f"nama-{name}", error)
    flash(gettext("Nama formulir disimpan; langkah yang memakainya ikut menyesuaikan."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


@pages.post("/<name>/hapus")
def delete(draft_id: int, name: str) -> Answer:
    app, actor, now = call()
    try:
        sop_forms.delete_draft_form(app, actor, draft_id, name, now)
    except SopError as error:
        return _refused(draft_id, "", error)
    flash(gettext("Formulir dihapus. Revisi sebelumnya masih menyimpannya."), "done")
    return redirect(url_for(".index", draft_id=draft_id), 303)


def _refused(draft_id: int, form: str, error: SopError) -> Answer:
    if error.code in NOT_HERE:
        raise error
    refused = Refused(form, say(error), "nama" if form else "", request.form.to_dict())
    return _list(draft_id, refused), status_of(error)


@pages.get("/<name>")
def show(draft_id: int, name: str) -> str:
    app, actor, now = call()
    found = sop_forms.read_draft_form(app, actor, draft_id, name, now)
    return _show(found, found.text)


def _show(found: DraftForm, text: str, refused: Refused | None = None) -> str:
    """`text`: what is offered to be changed, kept or typed."""
    allow_inline_styles()
    return render_template(
        "studio_form.html",
        found=found,
        text=text,
        refused=refused,
        preview=_preview(text),
        rows_action=NOWHERE,
    )


@pages.post("/<name>")
def save(draft_id: int, name: str) -> Answer:
    """From the text area, for who has no JavaScript or no use for the drawing."""
    app, actor, now = call()
    text, seen = _typed(), request.form.get("tanda", "")
    try:
        if request.form.get("cara") != "lihat":
            sop_forms.save_draft_form(app, actor, draft_id, name, text, now, seen=seen)
            flash(gettext("Formulir disimpan."), "done")
            return redirect(url_for(".show", draft_id=draft_id, name=name), 303)
        sop_forms.try_form(app, actor, draft_id, text)
    except SopError as error:
        if error.code in NOT_HERE:
            raise
        found = sop_forms.read_draft_form(app, actor, draft_id, name, now)
        return _show(found, text, Refused("json", say(error), "skema", {})), status_of(error)
    return _show(sop_forms.read_draft_form(app, actor, draft_id, name, now), text)


def _typed() -> str:
    return request.form.get("skema", "").replace("\r\n", "\n")


@pages.post("/<name>/pratinjau")
def preview(draft_id: int, name: str) -> Answer:
    """The fields as the inbox has them, for beside the editor."""
    app, actor, _ = call()
    try:
        form = sop_forms.try_form(app, actor, draft_id, _typed())
    except InvalidSopError as error:
        return render_template("studio_form_preview.html", problem=say(error)), 422
    return render_template("studio_form_preview.html", rows_action=NOWHERE, **_shown(form))


def _preview(text: str) -> dict[str, object]:
    try:
        return _shown(read_form(text))
    except InvalidSopError as error:
        return {"problem": say(error)}


def _shown(form: Form) -> dict[str, object]:
    views = view_fields(form.fields, {})
    return {
        "title": form.title,
        "document_max": current_app.config["DOCUMENT_MAX"],
        "fields": views,
        "decisions": [one for one in flatten(views) if one.buttons],
    }
