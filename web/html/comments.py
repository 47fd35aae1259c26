"""Comments on a work item or a case, and watching a case"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotAllowedError
from engine.handover_values import CasePeople
from engine.usecases import comments, item_people, watches
from web import messages
from web.html.cases import show_case
from web.html.handovers import do
from web.language import gettext
from web.opening import call
from web.parse import Refused, local_path
from workflows.errors import InvalidAnswerError

pages = Blueprint("comments", __name__)
Answer = tuple[str, int] | Response


@pages.app_template_global("people_of_case")
def people_of_case(case_id: int) -> CasePeople:
    """Read once a page, by the template that shows comments on a case."""
    if "people_of_case" not in g:
        app, actor, now = call()
        g.people_of_case = item_people.read_case_people(app, actor, case_id, now)
    found: CasePeople = g.people_of_case
    return found


@pages.post("/tugas/<int:item_id>/komentar")
def on_item(item_id: int) -> Answer:
    app, actor, now = call()
    body = request.form.get("komentar", "")

    def act() -> object:
        return comments.add_comment(app, actor, body, now, item_id=item_id)

    return do(item_id, "komentar", act, gettext("Komentar disimpan."))


@pages.post("/kasus/<int:case_id>/komentar")
def on_case(case_id: int) -> Answer:
    app, actor, now = call()
    try:
        comments.add_comment(app, actor, request.form.get("komentar", ""), now, case_id=case_id)
    except (InvalidAnswerError, NotAllowedError) as error:
        if error.code in ("case_not_yours", "comment_not_allowed"):
            raise
        sentence = messages.explain(error)
        typed = Refused("komentar", sentence, "komentar", request.form.to_dict())
        return show_case(case_id, typed), 422
    flash(gettext("Komentar disimpan."), "done")
    return redirect(url_for("cases.show", case_id=case_id) + "#komentar", 303)


@pages.post("/kasus/<int:case_id>/pantau")
def watch(case_id: int) -> Response:
    app, actor, now = call()
    if request.form.get("pantau") == "tidak":
        watches.unwatch_case(app, actor, case_id, now)
        flash(gettext("Anda tidak memantau kasus ini lagi."), "done")
    else:
        watches.watch_case(app, actor, case_id, now)
        flash(gettext("Anda memantau kasus ini: kabarnya datang ke pemberitahuan Anda."), "done")
    back = local_path(request.form.get("kembali")) or url_for("cases.show", case_id=case_id)
    return redirect(back, 303)


@pages.get("/kasus/<int:case_id>/rekan")
def mentionable(case_id: int) -> list[dict[str, str]]:
    """Whom one may name in a comment there, for programs that complete what is typed."""
    app, actor, now = call()
    found = comments.list_mentionable(app, actor, case_id, now)
    return [{"login": one.login, "name": one.name} for one in found]
