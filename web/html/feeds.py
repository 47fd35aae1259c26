"""/kalender/<token>.ics and /berhenti/<token>: the address itself is the permission."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from engine.usecases import feeds
from web.auth import public
from web.language import get_locale
from web.opening import now, opening

pages = Blueprint("feeds", __name__)


@pages.get("/kalender/<token>.ics")
@public
def calendar(token: str) -> Response:
    """For calendar programs; they ask again and again, so an unchanged one is not sent."""
    response = Response(feeds.read_feed(opening().get(), token, now()), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"  # kept, but asked for each time
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/berhenti/<token>")
@public
def ask(token: str) -> str:
    """Changes nothing: mail programs follow links to look at them."""
    return _page(feeds.read_unsubscribe(opening().get(), token)[_language()], done=False)


@pages.post("/berhenti/<token>")
@public
def stop(token: str) -> str:
    """Of the page before, or of a mail program by itself (RFC 8058), which has no session."""
    return _page(feeds.unsubscribe(opening().get(), token, now())[_language()], done=True)


def _language() -> str:
    return get_locale().language


def _page(channel: str, *, done: bool) -> str:
    return render_template("unsubscribe.html", channel=channel, done=done)
