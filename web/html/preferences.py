"""/saya/pemberitahuan: how the reader wants to hear, in which zone, and their calendar feed"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError
from engine.usecases import feeds, preferences
from web import messages
from web.errors import status_of
from web.language import get_locale, gettext
from web.messages import NOTICES
from web.moments import ZONES
from web.opening import call
from workflows.errors import InvalidAnswerError, InvalidTimeError, SopError

pages = Blueprint("preferences", __name__, url_prefix="/saya/pemberitahuan")
FEED = "alamat_kalender"  # of the session, until the next page


@pages.get("")
def ask() -> str:
    return _page(address=session.pop(FEED, ""))


@pages.post("")
def save() -> tuple[str, int] | Response:
    app, actor, now = call()
    form = request.form
    offers = preferences.read_preferences(app, actor).offers
    names = [offer.name for offer in offers if offer.personal]
    channels = {
        kind: tuple(name for name in names if f"kanal.{kind}.{name}" in form) for kind in NOTICES
    }
    addresses = {
        offer.name: form.get(f"alamat.{offer.name}", "") for offer in offers if offer.needs_address
    }
    try:
        zone = form.get("zona") or None
        preferences.save_preferences(app, actor, zone, channels, addresses, _quiet(form), now)
    except (InvalidAnswerError, InvalidTimeError) as error:
        return _page(error), status_of(error)
    flash(gettext("Pilihan Anda disimpan."), "done")
    return redirect(url_for(".ask"), 303)


@pages.post("/kalender")
def make_feed() -> Response:
    """The address is shown on the page that follows, and never again."""
    try:
        session[FEED] = feeds.make_feed(*call(), request.form.get("menggantikan", ""))
    except ConflictError as error:
        flash(messages.explain(error), "soon")
    return redirect(url_for(".ask") + "#kalender", 303)


@pages.post("/kalender/cabut")
def revoke_feed() -> Response:
    feeds.revoke_feed(*call())
    flash(gettext("Alamat kalender dicabut. Yang memakainya tidak mendapat apa-apa lagi."), "done")
    return redirect(url_for(".ask") + "#kalender", 303)


def _quiet(form: Mapping[str, str]) -> tuple[time, time] | None:
    """Raises InvalidAnswerError: invalid_preference when only one end is given."""
    ends = [form.get(name, "").strip() for name in ("tenang.dari", "tenang.sampai")]
    if not any(ends):
        return None
    try:
        first, last = (time.fromisoformat(end) for end in ends)
    except ValueError:
        raise InvalidAnswerError(
            "invalid_preference", field="quiet", reason="quiet_incomplete"
        ) from None
    return first, last


def _page(error: SopError | None = None, address: str = "") -> str:
    app, actor, _ = call()
    return render_template(
        "preferences.html",
        chosen=preferences.read_preferences(app, actor),
        kinds=NOTICES,
        zones={zone: label for zone, label in ZONES.items() if zone != "Asia/Pontianak"},
        error=messages.explain_reason(error) if error else "",
        typed=request.form if error else None,
        address=address,
        language=get_locale().language,
    )
