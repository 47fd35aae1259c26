"""Who is told of a work item, in which words, over which channels and when: rows of notices.

Shared by every use case that tells people something; runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.channels.texts import About, Words, compose
from engine.store import notices, people
from engine.store.lines import kegiatan_of
from engine.store.preferences import preferences_of, zones_of
from engine.store.tables import Person, Preference, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.deadlines import send_at
from workflows.sop import Sop
from workflows.workdays import Calendar, to_local

USUAL: Mapping[str, tuple[str, ...]] = {"assigned": ()}  # channels besides the inbox, by kind
USUAL_ELSE = ("email",)
NoticeRow = dict[str, Any]


@dataclass(frozen=True)
class Matter:
    """A work item with what it takes to tell people of it; `performer`: names, for a superior."""

    item: WorkItem
    unit: Unit
    sop: Sop
    calendar: Calendar
    performer: str = ""


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
    """How people want to hear, by person id; `house`: channels that everything goes over."""

    zones: Mapping[int, str]
    wishes: Mapping[int, Preference]
    house: tuple[str, ...] = ()

    def channels(self, person: Person, saying: Saying) -> tuple[str, ...]:
        """The person's own besides the inbox: as they chose, else as the saying or the house
        does."""
        wish = self.wishes.get(person.id)
        if wish is not None and saying.kind in wish.channels:
            return tuple(wish.channels[saying.kind])
        return saying.channels or usual_channels(saying.kind)

    def send_after(self, person: Person, saying: Saying, matter: Matter, now: datetime) -> datetime:
        """The first moment at which the person may be written to."""
        wish, quiet = self.wishes.get(person.id), None
        if wish is not None and wish.quiet_from is not None and wish.quiet_until is not None:
            quiet = (wish.quiet_from, wish.quiet_until)
        zone = self.zones.get(person.id, matter.unit.zone)
        return send_at(matter.calendar, now, any_hour=saying.any_hour, quiet=quiet, zone=zone)


def usual_channels(kind: str) -> tuple[str, ...]:
    """Besides the inbox, for who has chosen none for that kind of notice."""
    return USUAL.get(kind, USUAL_ELSE)


def meet(tx: Tx, person_ids: Collection[int], day: date, house: tuple[str, ...] = ()) -> Audience:
    """Learn how these people want to hear; `day`: on which their jabatan count."""
    wishes = preferences_of(tx, person_ids)
    return Audience(zones_of(tx, person_ids, wishes, day), wishes, house)


def notice_rows(
    audience: Audience,
    saying: Saying,
    matter: Matter,
    recipients: Iterable[Person],
    now: datetime,
) -> list[NoticeRow]:
    """One notice per recipient and channel, for `notices.add_notices`."""
    rows: list[NoticeRow] = []
    for person in recipients:
        subject, body = words_for(audience, saying, matter, person)
        common = {
            "work_item_id": matter.item.id,
            "person_id": person.id,
            "kind": saying.kind,
            "rung": saying.rung,
            "subject": subject,
            "body": body,
            "created_at": now,
            "given_up_at": None,
            "last_error": "",
        }
        chosen = [one for one in audience.channels(person, saying) if one not in audience.house]
        at = audience.send_after(person, saying, matter, now) if chosen else now
        rows.append({**common, "channel": notices.IN_APP, "send_after": now, "sent_at": now})
        rows += [{**common, "channel": one, "send_after": at, "sent_at": None} for one in chosen]
        rows += [
            {**common, "channel": one, "send_after": now, "sent_at": None} for one in audience.house
        ]
    return rows


def words_for(audience: Audience, saying: Saying, matter: Matter, person: Person) -> Words:
    """Subject and body as that person reads them."""
    about = About(
        step=kegiatan_of(matter.sop, matter.item.node).name,
        sop=matter.sop.name,
        unit=matter.unit.name,
        case_id=matter.item.case_id,
        round=matter.item.round,
        due_at=matter.item.due_at,
        zone=audience.zones.get(person.id, matter.unit.zone),
        performer=matter.performer,
        late=saying.late,
        before=saying.before,
        reason=saying.reason,
    )
    return compose(saying.kind, person.locale, person.name, about, saying.own)


def performers_of(holders: Sequence[Person], item: WorkItem) -> Sequence[Person]:
    """Whoever has claimed the item and still holds its role, else all who do."""
    claimant = [person for person in holders if person.id == item.claimed_by]
    return claimant or holders


def hearers(
    tx: Tx, whom: str, item: WorkItem, performers: Sequence[Person], day: date
) -> Sequence[Person]:
    """The people that a rung's `whom` names above and beside the performers."""
    if whom == "superior":
        return people.superiors(tx, item.role, item.unit_id, performers, day)
    if whom == "process_owner":
        return people.process_owners(tx)
    return people.heads_of_unit(tx, whom.partition(":")[2], day)


def announce(tx: Tx, matters: Sequence[Matter], now: datetime) -> int:
    """Tell whoever may do an item that it is there, who has not been told; how many notices."""
    hearers: list[tuple[Matter, Sequence[Person]]] = []
    for role in sorted({matter.item.role for matter in matters}):
        mine = [matter for matter in matters if matter.item.role == role]
        day = to_local(mine[0].unit.zone, now).date()
        holders = people.holders_by_unit(tx, role, [matter.unit.id for matter in mine], day)
        hearers += [(matter, holders.get(matter.unit.id, ())) for matter in mine]
    if not hearers:
        return 0
    known = {person.id for _, to in hearers for person in to}
    audience = meet(tx, known, to_local(hearers[0][0].unit.zone, now).date())
    saying = Saying("assigned", "assigned")
    rows = [row for matter, to in hearers for row in notice_rows(audience, saying, matter, to, now)]
    return notices.add_notices(tx, rows)
