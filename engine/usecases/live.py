"""What an open page is to hear of while it is open."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Literal

from engine.app import App
from engine.servers.processes import FREE, THREADS
from engine.store import inbox, live
from engine.store.live import Ear as Ear  # what faces are handed
from engine.store.transaction import transaction
from workflows.rights import Actor

Scope = Literal["kabar", "tugas", "semua"]
STREAMS = THREADS - FREE  # of one process


def open_ear(app: App, actor: Actor, scope: Scope) -> AbstractContextManager[Ear | None]:
    """An ear for one page of the actor's: for their notices, for what may wait for them
    ("tugas"), or for all items that they may see ("semua"). None where the process has no thread
    left for it."""
    if actor.person_id is None:
        return nullcontext()
    topics = live.about_notices(actor.person_id)
    if scope == "tugas":
        absent = {one.for_id for one in actor.positions if one.for_id is not None}
        topics |= live.about_items(actor.role_units, {actor.person_id, *absent})
    if scope == "semua":
        with transaction(app.sessions) as tx:
            topics |= live.about_units(inbox.readable_units(tx, actor))
        topics |= live.about_items(actor.role_units, {actor.person_id})
    return app.live.ear(topics, STREAMS)


def kinds_of(topics: frozenset[str]) -> list[str]:
    """What a page must look at again: "kabar" (notices), "tugas" (items)."""
    notices = {one for one in topics if one.startswith("n:")}
    return [*(["kabar"] if notices else []), *(["tugas"] if topics - notices else [])]
