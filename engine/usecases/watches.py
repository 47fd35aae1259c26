"""Watching a case: hearing of its steps, its lateness and its end without a part in it."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError
from engine.store import cases, handovers
from engine.store.access import open_case
from engine.store.transaction import transaction
from workflows.rights import Actor


def watch_case(app: App, actor: Actor, case_id: int, now: datetime) -> bool:
    """From now on the actor hears of it, for as long as they may read it; False when they did
    already.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours, right_missing (of the
    operator, who has no inbox).
    """
    return _set(app, actor, case_id, now, watching=True)


def unwatch_case(app: App, actor: Actor, case_id: int, now: datetime) -> bool:
    """The actor hears no more of it; False when they did not. Raises as `watch_case` does."""
    return _set(app, actor, case_id, now, watching=False)


def _set(app: App, actor: Actor, case_id: int, now: datetime, *, watching: bool) -> bool:
    with transaction(app.sessions) as tx:
        open_case(tx, actor, case_id)
        if actor.person_id is None:
            raise NotAllowedError("right_missing", verb="watch")
        if watching:
            changed = handovers.put_watch(tx, actor.person_id, case_id, now)
        else:
            changed = handovers.remove_watch(tx, actor.person_id, case_id)
        if changed:  # whose eyes are on a case is no part of its history
            kind = "watch_begun" if watching else "watch_ended"
            cases.add_event(tx, now, kind, actor.person_id, watched=case_id)
        return changed
