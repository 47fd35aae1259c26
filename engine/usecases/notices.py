"""What people read of the notices: their own in the app, and what has left the house."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError
from engine.store import notices
from engine.store.lines import notice_line
from engine.store.transaction import transaction
from engine.values import NoticeLine
from workflows.rights import Actor, Thing, may


def list_notices(app: App, actor: Actor, limit: int = 100) -> tuple[NoticeLine, ...]:
    """The actor's own in-app notices, the newest first."""
    if actor.person_id is None:
        return ()
    with transaction(app.sessions) as tx:
        return tuple(notice_line(row) for row in notices.list_own(tx, actor.person_id, limit))


def mark_read(app: App, actor: Actor, notice_id: int | None, now: datetime) -> int:
    """Mark one of the actor's notices, or all with None; how many were unread."""
    if actor.person_id is None:
        return 0
    with transaction(app.sessions) as tx:
        return notices.mark_read(tx, actor.person_id, notice_id, now)


def list_mails(app: App, actor: Actor, limit: int = 200) -> tuple[NoticeLine, ...]:
    """Every notice that leaves the house, with its state, the newest first; for who oversees a unit
    alone, those about its cases.

    Raises NotAllowedError: right_missing.
    """
    units = None
    if reason := may(actor, "read_mails", Thing()):
        units = actor.units_of("read_mails")
        if not units:
            raise NotAllowedError(reason, verb="read_mails")
    with transaction(app.sessions) as tx:
        return tuple(notice_line(row) for row in notices.list_outgoing(tx, limit, units))
