"""What the use cases of handing over share: finding the other person, noting the act, telling."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

from engine.acting import capacity_of
from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.store import absences, cases, handovers, notices, people, readers
from engine.store.access import OpenedCase
from engine.store.capacities import titles_of
from engine.store.tables import Handover, Person, WorkItem
from engine.store.transaction import Tx
from engine.telling import tell, told_capacity, topic_of_item
from workflows.rights import Actor, Capacity


def find_colleague(tx: Tx, actor: Actor, login: str, day: date) -> Person:
    """Somebody else with an account who is there today.

    Raises NotFoundError: person_not_found; ConflictError: colleague_self, colleague_ended,
    colleague_away (person, until, substitute).
    """
    person = people.find_person(tx, login=login)
    if person is None:
        raise NotFoundError("person_not_found", person=login)
    if person.id == actor.person_id:
        raise ConflictError("colleague_self")
    if person.disabled_at is not None:
        raise ConflictError("colleague_ended", person=person.name)
    away = absences.whole_absence(tx, person.id, day)
    if away is not None:
        until = away[0].until.isoformat()
        raise ConflictError(
            "colleague_away", person=person.name, until=until, substitute=away[2].name
        )
    return person


def refuse_outsider(tx: Tx, opened: OpenedCase, person: Person, day: date) -> None:
    """Raises NotAllowedError: colleague_outside, for who may not read the case."""
    if not readers.readers_of(tx, opened.case, opened.unit, day, [person.id]):
        raise NotAllowedError("colleague_outside", person=person.name)


def refuse_barred(item: WorkItem, person: Person) -> None:
    """Raises NotAllowedError: colleague_barred, for whom four-eyes keeps from the item."""
    if person.id in item.barred:
        raise NotAllowedError("colleague_barred", person=person.name)


def capacity_on(actor: Actor, opened: OpenedCase, item: WorkItem) -> Capacity | None:
    """As what the actor works on the item; None where they do not act in its role."""
    found = capacity_of(actor, opened.thing(item, item.claimed_by))
    if found is not None:
        return Capacity(**found)
    return None


def speaks_as(
    tx: Tx, actor: Actor, opened: OpenedCase, item: WorkItem | None, day: date
) -> Capacity | None:
    """As what the actor speaks about a case or an item of it: in the item's role, else as who
    stands above that without an appointment for good, else in the one jabatan that they have."""
    if item is not None and actor.person_id is not None:
        found = capacity_on(actor, opened, item)
        place = (item.role, item.unit_id)
        found = found or titles_of(tx, [actor.person_id], {place}, day).get(
            (actor.person_id, *place)
        )
        if found is not None:
            return found
    return actor.positions[0].capacity if len(actor.positions) == 1 else None


def superior_capacity(actor: Actor, above: frozenset[int]) -> Capacity | None:
    """As what the actor stands above the item's role; None: they steer."""
    found = [one for one in actor.positions if one.jabatan_id in above]
    return found[0].capacity if found else None


def hand(
    tx: Tx,
    item: WorkItem,
    actor: Actor,
    kind: str,
    to: int | None,
    now: datetime,
    *,
    capacity: Capacity | None = None,
    note: str = "",
    instructions: tuple[str, ...] = (),
    urgency: str = "biasa",
) -> Handover:
    """The line of the lembar disposisi, and the event."""
    acted_as = asdict(capacity) if capacity is not None else None
    row = handovers.add_handover(
        tx,
        Handover(
            work_item_id=item.id,
            kind=kind,
            at=now,
            from_id=actor.person_id,
            to_id=to,
            acted_as=acted_as,
            instructions=list(instructions),
            urgency=urgency,
            note=note,
        ),
    )
    names_of = people.person_names(tx, [to])
    cases.add_event(
        tx,
        now,
        f"item_{kind}",
        actor.person_id,
        case_id=item.case_id,
        work_item_id=item.id,
        target_name=names_of.get(to, ""),
        note=note,
        acted_as=acted_as,
        holder=item.claimed_by,
    )
    return row


def tell_of(
    tx: Tx,
    app: App,
    actor: Actor,
    opened: OpenedCase,
    item: WorkItem,
    news: News,
    rung: str,
    person_ids: list[int],
    now: datetime,
) -> None:
    """Tell these people, but not the actor, of an act on the item."""
    topic = topic_of_item(tx, item, opened.definition)
    told = replace(news, by=actor.name, acted_as=told_capacity(news.acted_as))
    others = sorted({one for one in person_ids if one != actor.person_id})
    tell(tx, told, rung, topic, others, now, app.house_channels)


def look_again(tx: Tx, item: WorkItem, now: datetime) -> None:
    """Somebody else is to be reminded of it from now on, of what is due already as well."""
    notices.take_back(tx, [item.id])
    if item.paused_at is None:
        item.next_notice_at = now
