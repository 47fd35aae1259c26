"""What use cases of accounts give back: frozen values, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.rights import Actor

PASSWORD, FACTOR, OIDC = "password", "password+totp", "oidc"  # how somebody has logged in


@dataclass(frozen=True)
class Caller:
    """From where somebody calls: address and browser, as far as they can be known."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True)
class Entry:
    """A log-in that went well so far. `key`: what the cookie is to carry, None while the second
    factor is still asked for; then `stamp` says which password had been right."""

    actor: Actor
    key: str | None
    stamp: str = ""


@dataclass(frozen=True)
class Resumed:
    """Who a session belongs to. `must`: what they have to do before anything else: "", password,
    factor; `unread`: how many in-app notices."""

    actor: Actor
    session_id: int
    must: str
    unread: int


@dataclass(frozen=True)
class SessionLine:
    """One browser that is logged in; `here`: the one that asks."""

    id: int
    login: str
    method: str
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True)
class TokenLine:
    """One access token of a person's own programs."""

    id: int
    name: str
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Security:
    """What the page of one's own log-in shows. `factor_since` None: no second factor; `recovery`:
    how many codes are left."""

    sessions: tuple[SessionLine, ...]
    tokens: tuple[TokenLine, ...]
    has_password: bool
    password_at: datetime | None
    factor_since: datetime | None
    recovery: int
    factor_required: bool
    identities: tuple[str, ...]


@dataclass(frozen=True)
class Enrolment:
    """A second factor that waits for its first code: the secret as text and as a QR code, whose
    `path` is drawn on a square of `side`."""

    secret: str
    side: int
    path: str


@dataclass(frozen=True)
class FactorState:
    """`since` None: off; `recovery`: how many codes are left; `enrolment`: what waits for its
    first code."""

    since: datetime | None
    recovery: int
    required: bool
    enrolment: Enrolment | None


@dataclass(frozen=True)
class LinkLine:
    """Whose password a link of a mail sets, and why it came."""

    login: str
    name: str
    kind: str
    expires_at: datetime


@dataclass(frozen=True)
class Invitation:
    """`link`: shown once to the operator, None where a mail carries it."""

    login: str
    name: str
    email: str
    link: str | None = None


@dataclass(frozen=True)
class LogLine:
    """One entry of the log: who did what to whom. `actor` None: the operator or the system."""

    id: int
    at: datetime
    kind: str
    actor: str | None
    actor_login: str | None
    about: str | None
    about_login: str | None
    data: Mapping[str, object]
