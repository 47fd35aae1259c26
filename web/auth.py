"""Who is calling: the session cookie, and the gate before every view that is not public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.wrappers import Response

from engine.usecases import notices, people
from web.language import gettext
from web.opening import call, now, opening
from web.parse import referring_path
from workflows.rights import Actor, Thing, may

IDLE = timedelta(hours=12)
View = TypeVar("View", bound=Callable[..., object])


class QuietSessions(SecureCookieSessionInterface):
    """A page that refreshes itself does not keep its reader logged in; the REST interface knows
    no cookies."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        if request.headers.get("HX-Request") and not session.modified:
            return False
        if request.blueprint == "api":
            return False
        return super().should_set_cookie(app, session)


def init_app(flask: Flask) -> None:
    flask.before_request(_admit)
    flask.context_processor(lambda: {"actor": g.get("actor")})
    flask.jinja_env.globals.update(
        count_unread=_count_unread,
        may_read_mails=_may_read_mails,
        may_operate=may_operate,
        may_set_time=may_set_time,
    )


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.__dict__["public"] = True
    return view


def log_in(actor: Actor) -> None:
    """Begin a session that shares nothing with the one before (no session fixation)."""
    assert actor.person_id is not None
    session.clear()
    session.permanent = True
    session["person"] = actor.person_id
    session["stamp"] = people.session_stamp(opening().get(), actor.person_id)
    g.actor = actor


def log_out() -> None:
    session.clear()
    g.actor = None


def _admit() -> Response | None:
    """Load the actor; send strangers to the login page, which brings them back here."""
    g.actor = None
    if request.blueprint == "api":  # programs bring a key, and no session counts there
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    open_to_all = view is None or view.__dict__.get("public", False)
    if "person" in session and not (open_to_all and request.endpoint in UNASKED):
        g.actor = _resume()
    if g.actor or open_to_all:
        return None
    if request.headers.get("HX-Request"):  # a fragment: the whole page must go to the login
        return Response(status=204, headers={"HX-Refresh": "true"})
    if request.method == "GET":
        return redirect(url_for("login.ask", next=request.full_path.rstrip("?")), 303)
    flash(gettext("Sesi Anda sudah berakhir. Masuk lagi, lalu kirim sekali lagi."), "soon")
    return redirect(url_for("login.ask", next=referring_path(request)), 303)


UNASKED = ("health.live", "health.ready")


def _resume() -> Actor | None:
    """Whose session it is; one that has ended is forgotten."""
    app = opening().get()
    actor = people.resume_session(app, session["person"], session.get("stamp", ""), now())
    if actor is None:
        session.clear()
    return actor


def _count_unread() -> int:
    app, actor, _ = call()
    return notices.count_unread(app, actor)


def _may_read_mails() -> bool:
    return may(g.actor, "read_mails", Thing()) is None


def may_operate() -> bool:
    """Whether the reader may step into running cases."""
    return may(g.actor, "operate", Thing()) is None


def may_set_time() -> bool:
    """Whether the reader may change calendars and ladders."""
    return may(g.actor, "set_time", Thing()) is None
