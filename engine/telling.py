"""People hear of what others do with their work: rows of notices, as `engine.notifying` makes them
of ladders. Runs inside the transaction of the act that is told of."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.channels.news import KIND_OF, News, compose_news
from engine.channels.texts import About, Words
from engine.notifying import Place, Saying, meet, rows_of
from engine.store import handovers, notices, people
from engine.store.calendars import calendar_of
from engine.store.lines import kegiatan_of, sop_of
from engine.store.readers import readers_of
from engine.store.tables import Case, Definition, Person, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.rights import DEFINITIVE, Capacity
from workflows.workdays import to_local


@dataclass(frozen=True)
class Topic:
    """What is told of: an item or a whole case, or without `about` neither."""

    place: Place
    about: About | None = None
    item: WorkItem | None = None


def topic_of_item(tx: Tx, item: WorkItem, definition: Definition) -> Topic:
    """`definition`: that of its case."""
    unit = people.unit_by_id(tx, item.unit_id)
    sop = sop_of(item.definition or definition)
    step = kegiatan_of(sop, item.node).name
    about = About(step, sop.name, unit.name, item.case_id, item.round, item.due_at, unit.zone)
    return Topic(Place(calendar_of(tx, unit), unit.zone, item.id), about, item)


def topic_of_case(tx: Tx, case: Case, definition: Definition) -> Topic:
    unit = people.unit_by_id(tx, case.unit_id)
    about = About("", sop_of(definition).name, unit.name, case.id, 1, None, unit.zone)
    return Topic(Place(calendar_of(tx, unit), unit.zone, case_id=case.id), about)


def topic_of_unit(tx: Tx, unit: Unit) -> Topic:
    """Of what is about no case: by the working hours there."""
    return Topic(Place(calendar_of(tx, unit), unit.zone))


def told_capacity(capacity: Capacity | None) -> Capacity | None:
    """As what somebody acted, where it has to be said."""
    return None if capacity is None or capacity.kind == DEFINITIVE else capacity


def tell(
    tx: Tx,
    news: News,
    rung: str,
    topic: Topic,
    person_ids: Collection[int],
    now: datetime,
    house: tuple[str, ...] = (),
) -> int:
    """Write it to these people, each once for that `rung`; accounts that have ended get nothing.
    How many notices."""
    if not person_ids:
        return 0
    item, place, day = topic.item, topic.place, to_local(topic.place.zone, now).date()
    audience = meet(tx, person_ids, day, house, [item] if item else ())

    def words(person: Person) -> Words:
        zone = audience.zones.get(person.id, place.zone)
        about = replace(topic.about, zone=zone) if topic.about else None
        name = audience.call(person, item, person.locale)
        return compose_news(news, person.locale, name, zone, about)

    saying = Saying(KIND_OF[news.what], rung)
    recipients = people.accounts(tx, person_ids)
    return notices.add_notices(tx, rows_of(audience, saying, place, recipients, words, now))


def tell_watchers(
    tx: Tx,
    case: Case,
    news: News,
    rung: str,
    topic: Callable[[], Topic],
    now: datetime,
    but: int | None = None,
) -> int:
    """Tell who watches the case and may still read it, `but` not that person. `topic` is asked for
    only where somebody does."""
    found = handovers.watchers(tx, [case.id]).get(case.id, [])
    watching = [one for one in found if one != but]
    if not watching:
        return 0
    unit = people.unit_by_id(tx, case.unit_id)
    day: date = to_local(unit.zone, now).date()
    readers = {person.id for person in readers_of(tx, case, unit, day, watching)}
    return tell(tx, news, rung, topic(), sorted(readers), now)
