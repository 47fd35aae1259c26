"""/pemberitahuan and /kotak-keluar"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

from engine.usecases import notices
from web.language import get_locale
from web.opening import call
from web.parse import local_path

pages = Blueprint("notices", __name__)


@pages.get("/pemberitahuan")
def index() -> str:
    app, actor, _ = call()
    return render_template("notices.html", notices=notices.list_notices(app, actor))


@pages.get("/pemberitahuan/jumlah")
def count() -> Response:
    """The bell with its number, for a page that stays open; 304 while nothing is new."""
    response = make_response(render_block("base.html", "unread"))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@pages.post("/pemberitahuan/dibaca")
def read() -> Response:
    app, actor, now = call()
    notices.mark_read(app, actor, None, now)
    return redirect(url_for("notices.index"), 303)


@pages.post("/pemberitahuan/<int:notice_id>")
def follow(notice_id: int) -> Response:
    """Mark one as read and go to what it is about: its work item, its case, else its page."""
    app, actor, now = call()
    notices.mark_read(app, actor, notice_id, now)
    item, case = (request.form.get(name, type=int) for name in ("tugas", "kasus"))
    if item:
        return redirect(url_for("work_items.show", item_id=item), 303)
    page = local_path(request.form.get("ke")) or url_for("absences.own")
    return redirect(url_for("cases.show", case_id=case) if case else page, 303)


@pages.get("/kotak-keluar")
def mails() -> str:
    app, actor, _ = call()
    listed = notices.list_mails(app, actor)
    labels = {offer.name: offer.label[get_locale().language] for offer in app.offers}
    return render_template("mails.html", mails=listed, zone=app.settings.zone, labels=labels)
