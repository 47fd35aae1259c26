"""The log-in page, and what of a form that met no session is carried over it.

The fields travel in the page itself, signed: they need no place on the server, and come back only
as they left. Passwords and files are never among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer

from engine.account_values import Caller
from engine.usecases import account_log
from web.opening import opening
from web.parse import local_path, referring_path

CARRIED = "terbawa"
DAY = 24 * 3600
MOST = 700_000  # letters of what is carried; a form may be a megabyte as a whole
UNSEEN = ("csrf_token", CARRIED)
KEPT_OUT = ("login", "accounts", "second_factor")  # blueprints whose forms hold secrets


@dataclass(frozen=True)
class Carried:
    """A form that could not be taken: where it was sent to, from which page, with which fields.
    `files`: it had some, which are lost."""

    path: str
    page: str
    fields: dict[str, list[str]]
    files: bool


def caller() -> Caller:
    """From where this request comes; behind proxies as far as the settings trust them."""
    return Caller(request.remote_addr or "", request.user_agent.string)


def render_entrance(login: str = "", error: str = "", carried: str = "") -> str:
    """The log-in page; before anybody is registered, what to do about that."""
    app = opening().get()
    if account_log.is_empty(app):
        return render_template("welcome.html")
    settings = app.settings
    return render_template(
        "login.html",
        login=login,
        error=error,
        next=local_path(request.args.get("next")),
        carried=carried,
        oidc=settings.oidc_name if settings.oidc_issuer else "",
    )


def pack_form() -> str:
    """This request's form as the log-in page carries it; "" where there is nothing to keep: no
    fields, secrets, or a form of another site."""
    if request.method != "POST" or request.blueprint in KEPT_OUT or not _is_own():
        return ""
    fields = {
        name: values
        for name, values in request.form.to_dict(flat=False).items()
        if name not in UNSEEN
    }
    files = any(file.filename for file in request.files.values())
    if not any(value.strip() for values in fields.values() for value in values):
        return ""
    page = referring_path(request) or ""
    text = _signer().dumps([request.full_path.rstrip("?"), page, fields, files])
    packed = text if isinstance(text, str) else text.decode("ascii")
    return packed if len(packed) <= MOST else ""


def unpack_form(text: str) -> Carried | None:
    """None when it is not ours, or too old."""
    try:
        path, page, fields, files = _signer().loads(text, max_age=DAY)
    except (BadData, ValueError):
        return None
    return Carried(path, page, fields, files) if local_path(path) else None


def _is_own() -> bool:
    """Whether a page of this site sent it: no other may put words into somebody's drafts."""
    sender = request.origin or request.referrer
    return bool(sender) and urlsplit(sender or "").netloc == request.host


def _signer() -> URLSafeTimedSerializer:
    assert current_app.secret_key
    return URLSafeTimedSerializer(current_app.secret_key, salt="carried form")
