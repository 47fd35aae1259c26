"""Who is calling: the session cookie, and the gate before every view that is not public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.wrappers import Response

from engine.account_values import Entry
from engine.usecases import sessions
from web.entrance import pack_form, render_entrance
from web.language import gettext
from web.opening import now, opening
from web.parse import referring_path
from workflows.rights import Actor, Thing, may

IDLE = timedelta(hours=12)
Gate = Response | tuple[str, int] | tuple[dict[str, str], int]
KEY = "key"  # in the cookie: what the session is known by
View = TypeVar("View", bound=Callable[..., object])
# What is open to somebody who has something to do before all else.
DUTIES = {
    "password": ("accounts.ask_password", "accounts.save_password"),
    "factor": ("second_factor.show", "second_factor.begin", "second_factor.confirm"),
}
UNASKED = ("health.live", "health.ready")


class QuietSessions(SecureCookieSessionInterface):
    """A page that refreshes itself does not keep its reader logged in; the REST interface knows
    no cookies."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        if is_quiet() and not session.modified:
            return False
        if request.blueprint == "api":
            return False
        return super().should_set_cookie(app, session)


def is_quiet() -> bool:
    """Whether the page asks by itself, and not its reader: polls, event streams, pictures."""
    if request.endpoint == "documents.picture":  # one that comes late must not undo a newer cookie
        return True
    return "HX-Request" in request.headers or request.accept_mimetypes.best == "text/event-stream"


def init_app(flask: Flask) -> None:
    flask.before_request(_admit)
    flask.context_processor(
        lambda: {"actor": g.get("actor"), "house_zone": opening().settings.zone}
    )
    flask.jinja_env.globals.update(
        count_unread=_count_unread,
        may_read_mails=_may_read_mails,
        may_operate=may_operate,
        may_set_time=may_set_time,
        may_audit=may_audit,
        may_draw=may_draw,
        may_draft=may_draft,
    )


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.__dict__["public"] = True
    return view


def log_in(entry: Entry) -> None:
    """Begin a session that shares nothing with the one before (no session fixation)."""
    assert entry.key is not None
    session.clear()
    session.permanent = True
    session[KEY] = entry.key
    g.actor = entry.actor


def log_out() -> None:
    """End the session here and on the server: a copy of the cookie opens nothing any more."""
    if KEY in session:
        sessions.end_session(opening().get(), session[KEY], now())
    session.clear()
    g.actor = None


def _admit() -> Gate | None:
    """Load the actor; send strangers to the login page, which brings them back here."""
    g.actor, g.session_id, g.must = None, None, ""
    if request.blueprint == "api":  # programs bring a key, and no session counts there
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    open_to_all = view is None or view.__dict__.get("public", False)
    if KEY in session and not (open_to_all and request.endpoint in UNASKED):
        g.actor = _resume()
    if open_to_all:
        return None
    if g.actor:
        return _lead_to_duty()
    return _send_to_entrance()


def _resume() -> Actor | None:
    """Whose session it is; one that has ended is forgotten."""
    found = sessions.resume_session(opening().get(), session[KEY], now(), quiet=is_quiet())
    if found is None:
        g.ended = True
        if not is_quiet():  # what the page asks by itself leaves the news to what its reader asks
            session.clear()
        return None
    g.session_id, g.must, g.unread = found.session_id, found.must, found.unread
    return found.actor


def _lead_to_duty() -> Response | None:
    if not g.must or request.endpoint in DUTIES[g.must]:
        return None
    if "HX-Request" in request.headers:
        return _reload()
    return redirect(url_for(DUTIES[g.must][0]), 303)


def _send_to_entrance() -> Gate:
    if request.blueprint == "studio_data":  # the editor keeps what was drawn, and says so itself
        over = gettext("Sesi Anda sudah berakhir. Masuk lagi di tab lain, lalu lanjutkan.")
        return {"code": "logged_out", "message": over}, 401
    carried = pack_form()
    if request.method == "GET" and g.get("ended") and not is_quiet():
        flash(gettext("Sesi Anda sudah berakhir. Masuk lagi untuk melanjutkan."), "soon")
    if "HX-Request" in request.headers:  # a fragment: the whole page must go to the login
        return Response(status=401) if carried else _reload()  # not where typing would be lost
    if request.method == "GET":
        return redirect(url_for("login.ask", next=request.full_path.rstrip("?")), 303)
    if carried:
        kept = gettext(
            "Sesi Anda sudah berakhir. Masuk lagi; isian Anda ikut terbawa dan tidak hilang."
        )
        return render_entrance(error=kept, carried=carried), 401
    flash(gettext("Sesi Anda sudah berakhir. Masuk lagi, lalu kirim sekali lagi."), "soon")
    return redirect(url_for("login.ask", next=referring_path(request)), 303)


def _reload() -> Response:
    return Response(status=204, headers={"HX-Refresh": "true"})


def _count_unread() -> int:
    """How many notices the reader had not read when the page was asked for."""
    return int(g.get("unread", 0))


def _may_read_mails() -> bool:
    return may(g.actor, "read_mails", Thing()) is None or bool(g.actor.units_of("read_mails"))


def may_operate() -> bool:
    """Whether the reader may step into running cases."""
    return may(g.actor, "operate", Thing()) is None


def may_set_time() -> bool:
    """Whether the reader may change calendars and ladders."""
    return may(g.actor, "set_time", Thing()) is None


def may_draft() -> bool:
    """Whether the reader may draw SOPs."""
    return may(g.actor, "draft", Thing()) is None


def may_draw() -> bool:
    """Whether the reader may see the studio: who draws SOPs, and who approves them."""
    everywhere = may_draft() or may(g.actor, "approve", Thing()) is None
    return everywhere or bool(g.actor.units_of("approve"))


def may_audit() -> bool:
    """Whether the reader may read the log of what is outside cases."""
    return may(g.actor, "audit", Thing()) is None
