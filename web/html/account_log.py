"""/pengaturan/catatan: log-ins, accounts, organisation, for auditors"""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.errors import NotFoundError
from engine.usecases import account_log
from web import messages
from web.opening import call

pages = Blueprint("account_log", __name__, url_prefix="/pengaturan/catatan")


@pages.get("")
def index() -> str:
    app, actor, now = call()
    login, before = request.args.get("orang", ""), request.args.get("sebelum", "")
    start = int(before) if before.isdecimal() and len(before) < 19 else None
    try:
        lines, more = account_log.list_log(app, actor, login, start, now)
        error = ""
    except NotFoundError as unknown:
        lines, more, error = (), None, messages.explain(unknown)
    return render_template(
        "account_log.html", lines=lines, more=more, login=login, error=error, start=start
    )
