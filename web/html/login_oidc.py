"""/masuk/oidc: log-in by the provider that the settings name"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from engine.errors import NotAllowedError, UnavailableError
from engine.usecases import account_oidc
from web import messages
from web.auth import log_in, public
from web.carrying import HOME
from web.entrance import caller, render_entrance
from web.errors import status_of
from web.opening import now, opening
from web.parse import local_path

pages = Blueprint("login_oidc", __name__, url_prefix="/masuk/oidc")
BEGUN = "oidc"  # in the cookie: what was asked of the provider


@pages.get("")
@public
def begin() -> tuple[str, int] | Response:
    try:
        begun = account_oidc.begin_oidc(opening().get())
    except UnavailableError as error:
        return _refused(error)
    session[BEGUN] = {**asdict(begun), "url": "", "next": local_path(request.args.get("next"))}
    return redirect(begun.url, 303)


@pages.get("/kembali")
@public
def come_back() -> tuple[str, int] | Response:
    kept: dict[str, Any] = dict(session.pop(BEGUN, {}))
    wanted = kept.pop("next", None)
    begun = account_oidc.Request(**kept) if kept else account_oidc.Request("", "", "", "")
    try:
        entry = account_oidc.finish_oidc(opening().get(), begun, request.url, now(), caller())
    except (NotAllowedError, UnavailableError) as error:
        return _refused(error)
    log_in(entry)
    return redirect(local_path(wanted) or HOME, 303)


def _refused(error: NotAllowedError | UnavailableError) -> tuple[str, int]:
    return render_entrance(error=messages.explain(error)), status_of(error)
