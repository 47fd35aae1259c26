"""People hear what becomes of drafts and SOPs: in the app and by mail, like all other news."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine.app import App
from engine.channels.news import News
from engine.notifying import Place
from engine.sketching import thing_of
from engine.store import actors, notices, people, sop_drafts
from engine.store.calendars import calendar_of
from engine.store.tables import SopDraft
from engine.store.transaction import Tx
from engine.telling import Topic, tell
from workflows.rights import Actor, may
from workflows.workdays import default_calendar


def tell_of_draft(
    tx: Tx,
    app: App,
    actor: Actor,
    row: SopDraft,
    news: News,
    person_ids: Collection[int],
    now: datetime,
) -> int:
    """Each but the actor, once for what has just happened; how many notices."""
    told = {one for one in person_ids if one != actor.person_id}
    rung = f"{news.what}:{row.id}:{now.isoformat()}"
    topic = _topic(tx, app, f"/studio/{row.id}/terbit", sop_drafts.home_of(tx, row))
    return tell(tx, news, rung, topic, sorted(told), now, app.house_channels)


def stop_asking(tx: Tx, row: SopDraft) -> None:
    """The draft waits for nobody any more: mails that would ask to approve it are not sent."""
    notices.forget_rung(tx, f"draft_submitted:{row.id}:")


def tell_of_review(tx: Tx, app: App, key: str, news: News, now: datetime) -> int:
    """The process owners; how many notices."""
    owners = [one.id for one in people.process_owners(tx)]
    rung = f"{news.what}:{key}:{news.since}:{now.date()}"
    topic = _topic(tx, app, f"/sop/{key}/versi", ())
    return tell(tx, news, rung, topic, owners, now, app.house_channels)


def approver_ids(tx: Tx, row: SopDraft, now: datetime, app: App) -> frozenset[int]:
    """Whoever may approve the draft: overseers and process owners who had no hand in it. Other
    administrators hear of it only where there is nobody else."""
    thing, day = thing_of(tx, row), app.today(now)
    home = sop_drafts.home_of(tx, row)
    found = set()
    for person in sop_drafts.possible_approvers(tx, home):
        if may(actors.build_actor(tx, person, day), "approve", thing) is None:
            found.add(person.id)
    return frozenset(found)


def author_ids(tx: Tx, row: SopDraft) -> frozenset[int]:
    """Who has drawn, begun or submitted it."""
    known = {*sop_drafts.author_ids(tx, row.id), row.created_by, row.submitted_by}
    return frozenset(one for one in known if one is not None)


def _topic(tx: Tx, app: App, path: str, unit_ids: Collection[int]) -> Topic:
    """By the working hours of the unit, else of the first one there is."""
    units = people.list_units(tx)
    unit = next((one for one in units if one.id in unit_ids), units[0] if units else None)
    zone = unit.zone if unit else app.settings.zone
    calendar = calendar_of(tx, unit) if unit else default_calendar(zone)
    return Topic(Place(calendar, zone, path=path))
