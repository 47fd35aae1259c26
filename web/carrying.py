"""After a log-in: what was being sent when the session ended becomes a draft, or waits on a page of
its own to be sent again."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from engine.usecases import drafts
from web.entrance import CARRIED, Carried, unpack_form
from web.language import gettext
from web.opening import call
from web.parse import local_path, read_typed
from workflows.errors import SopError

HOME = "/tugas"


def go_on() -> Response | str:
    """Where somebody goes who has just logged in."""
    carried = unpack_form(request.form.get(CARRIED, ""))
    if carried is not None:
        return take_up(carried)
    return redirect(local_path(request.args.get("next")) or HOME, 303)


def take_up(carried: Carried) -> Response | str:
    """The form of a work item is kept as its draft; any other is shown, to be sent once more."""
    item_id = _item_of(carried)
    if item_id is not None and _keep_as_draft(carried, item_id):
        flash(gettext("Isian Anda dipulihkan sebagai draf. Periksa, lalu kirim."), "done")
        if carried.files:
            flash(gettext("Berkas tidak ikut terbawa; pilih lagi berkasnya."), "soon")
        return redirect(url_for("work_items.show", item_id=item_id), 303)
    return render_template("send_again.html", carried=carried, back=_back(carried))


def _back(carried: Carried) -> str:
    return local_path(carried.page) or HOME


def _item_of(carried: Carried) -> int | None:
    """The work item whose answers the form holds."""
    if g.get("must") or not any(name.startswith("isi.") for name in carried.fields):
        return None
    path = carried.path.partition("?")[0]
    try:
        _, values = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return None
    found = values.get("item_id")
    return found if isinstance(found, int) else None


def _keep_as_draft(carried: Carried, item_id: int) -> bool:
    """False when the item takes none any more, as when somebody else has gone on with it."""
    app, actor, now = call()
    typed = read_typed(MultiDict(carried.fields))
    try:
        drafts.save_draft(app, actor, item_id, typed.answers, typed.checked, typed.draft, now)
    except SopError:
        return False
    return True
