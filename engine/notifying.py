"""Who is told of a work item, in which words, over which channels and when: rows of notices.

Shared by every use case that tells people something; runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.channels.texts import About, Words, compose, say_person
from engine.store import notices, people
from engine.store.capacities import Titles, titles_of
from engine.store.lines import kegiatan_of
from engine.store.people import Holder
from engine.store.preferences import preferences_of, zones_of
from engine.store.tables import Person, Preference, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.deadlines import send_at
from workflows.sop import Sop
from workflows.workdays import Calendar, to_local

# Channels besides the inbox, by kind.
USUAL: Mapping[str, tuple[str, ...]] = {"assigned": (), "watched": ()}
USUAL_ELSE = ("email",)
NoticeRow = dict[str, Any]


@dataclass(frozen=True)
class Matter:
    """A work item with what it takes to tell people of it; `performers`: whose turn it is, for a
    superior to read."""

    item: WorkItem
    unit: Unit
    sop: Sop
    calendar: Calendar
    performers: Sequence[Person] = ()

    @property
    def place(self) -> Place:
        return Place(self.calendar, self.unit.zone, self.item.id)


@dataclass(frozen=True)
class Place:
    """What a notice hangs on: an item, else a case, else the page at `path`; by which working hours
    and in which zone people hear of it who have none of their own."""

    calendar: Calendar
    zone: str
    item_id: int | None = None
    case_id: int | None = None
    path: str = ""


@dataclass(frozen=True)
class Saying:
    """What is said of a matter. `rung`: together with item, person and channel it occurs once.

    `channels`: for who has chosen none for that kind, empty: the usual ones; `own`: words of a
    ladder's rung; `any_hour`: it does not wait for working hours; `late`, `before`, `reason`: see
    `About`.
    """

    kind: str
    rung: str
    channels: tuple[str, ...] = ()
    own: Words = ("", "")
    any_hour: bool = False
    late: int = 0
    before: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Audience:
    """How people want to hear, by person id; `house`: channels that everything goes over;
    `titles`: as what they act, where that has to be said."""

    zones: Mapping[int, str]
    wishes: Mapping[int, Preference]
    house: tuple[str, ...] = ()
    titles: Titles = field(default_factory=dict)

    def call(self, person: Person, item: WorkItem | None, language: str) -> str:
        """Their name, with what they act as on that item."""
        if item is None:
            return person.name
        return say_person(
            person.name, self.titles.get((person.id, item.role, item.unit_id)), language
        )

    def channels(self, person: Person, saying: Saying) -> tuple[str, ...]:
        """The person's own besides the inbox: as they chose, else as the saying or the house
        does."""
        wish = self.wishes.get(person.id)
        if wish is not None and saying.kind in wish.channels:
            return tuple(wish.channels[saying.kind])
        return saying.channels or usual_channels(saying.kind)

    def send_after(self, person: Person, saying: Saying, place: Place, now: datetime) -> datetime:
        """The first moment at which the person may be written to."""
        wish, quiet = self.wishes.get(person.id), None
        if wish is not None and wish.quiet_from is not None and wish.quiet_until is not None:
            quiet = (wish.quiet_from, wish.quiet_until)
        zone = self.zones.get(person.id, place.zone)
        return send_at(place.calendar, now, any_hour=saying.any_hour, quiet=quiet, zone=zone)


def usual_channels(kind: str) -> tuple[str, ...]:
    """Besides the inbox, for who has chosen none for that kind of notice."""
    return USUAL.get(kind, USUAL_ELSE)


def meet(
    tx: Tx,
    person_ids: Collection[int],
    day: date,
    house: tuple[str, ...] = (),
    items: Iterable[WorkItem] = (),
) -> Audience:
    """Learn how these people want to hear, and as what they act on these items; `day`: on which
    their jabatan count."""
    wishes = preferences_of(tx, person_ids)
    titles = titles_of(tx, person_ids, {(item.role, item.unit_id) for item in items}, day)
    return Audience(zones_of(tx, person_ids, wishes, day), wishes, house, titles)


def notice_rows(
    audience: Audience,
    saying: Saying,
    matter: Matter,
    recipients: Iterable[Person],
    now: datetime,
) -> list[NoticeRow]:
    """One notice per recipient and channel, for `notices.add_notices`."""

    def words(person: Person) -> Words:
        return words_for(audience, saying, matter, person)

    return rows_of(audience, saying, matter.place, recipients, words, now)


def rows_of(
    audience: Audience,
    saying: Saying,
    place: Place,
    recipients: Iterable[Person],
    words: Callable[[Person], Words],
    now: datetime,
) -> list[NoticeRow]:
    """As `notice_rows`, of whatever they are to hear."""
    rows: list[NoticeRow] = []
    for person in recipients:
        subject, body = words(person)
        common = {
            "work_item_id": place.item_id,
            "case_id": place.case_id,
            "person_id": person.id,
            "kind": saying.kind,
            "rung": saying.rung,
            "subject": subject,
            "body": body,
            "created_at": now,
            "given_up_at": None,
            "last_error": "",
            "path": place.path,
        }
        chosen = [one for one in audience.channels(person, saying) if one not in audience.house]
        at = audience.send_after(person, saying, place, now) if chosen else now
        rows.append({**common, "channel": notices.IN_APP, "send_after": now, "sent_at": now})
        rows += [{**common, "channel": one, "send_after": at, "sent_at": None} for one in chosen]
        rows += [
            {**common, "channel": one, "send_after": now, "sent_at": None} for one in audience.house
        ]
    return rows


def words_for(audience: Audience, saying: Saying, matter: Matter, person: Person) -> Words:
    """Subject and body as that person reads them."""
    item, language = matter.item, person.locale
    about = About(
        step=kegiatan_of(matter.sop, matter.item.node).name,
        sop=matter.sop.name,
        unit=matter.unit.name,
        case_id=matter.item.case_id,
        round=matter.item.round,
        due_at=matter.item.due_at,
        zone=audience.zones.get(person.id, matter.unit.zone),
        performer=", ".join(audience.call(one, item, language) for one in matter.performers),
        late=saying.late,
        before=saying.before,
        reason=saying.reason,
    )
    return compose(saying.kind, language, audience.call(person, item, language), about, saying.own)


def hearers(
    tx: Tx, whom: str, item: WorkItem, performers: Sequence[Person], day: date
) -> Sequence[Person]:
    """The people that a rung's `whom` names above and beside the performers."""
    if whom == "superior":
        return people.superiors(tx, item.role, item.unit_id, performers, day)
    if whom == "process_owner":
        return people.process_owners(tx)
    return people.heads_of_unit(tx, whom.partition(":")[2], day)


def not_barred(item: WorkItem, found: Iterable[Person]) -> Sequence[Person]:
    """Without those whom four-eyes keeps from the item."""
    return [person for person in found if person.id not in item.barred]


def left_of(item: WorkItem, holders: Iterable[Holder]) -> Sequence[Person]:
    """As `not_barred`, and without those who would only stand in for such a person."""
    return [one.person for one in holders if one.is_left(item.barred)]


def announce(tx: Tx, matters: Sequence[Matter], now: datetime) -> int:
    """Tell whoever may do an item that it is there, who has not been told; how many notices."""
    hearers: list[tuple[Matter, Sequence[Person]]] = []
    for role in sorted({matter.item.role for matter in matters}):
        mine = [matter for matter in matters if matter.item.role == role]
        day = to_local(mine[0].unit.zone, now).date()
        holders = people.holders_by_unit(tx, role, [matter.unit.id for matter in mine], day)
        hearers += [
            (matter, left_of(matter.item, holders.get(matter.unit.id, ()))) for matter in mine
        ]
    if not hearers:
        return 0
    known = {person.id for _, to in hearers for person in to}
    day = to_local(hearers[0][0].unit.zone, now).date()
    audience = meet(tx, known, day, items=[matter.item for matter in matters])
    saying = Saying("assigned", "assigned")
    rows = [row for matter, to in hearers for row in notice_rows(audience, saying, matter, to, now)]
    return notices.add_notices(tx, rows)
