"""Due moments as a calendar (RFC 5545), for mails and for feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class DueMoment:
    """One event. The same item and `domain` give the same event in every calendar; `stamp`: when
    what is written here came to be, so that the newer one counts."""

    item_id: int
    domain: str
    due_at: datetime
    summary: str
    description: str
    link: str
    stamp: datetime


def build_calendar(
    moments: Iterable[DueMoment], *, method: Literal["PUBLISH"] | None = None, name: str = ""
) -> bytes:
    """The calendar as a file. `method`: None for one that is subscribed to; `name`: its title."""
    from icalendar import Calendar, Event  # a tenth of a second that few processes need

    calendar = Calendar()
    calendar.add("prodid", "-//Alur//Alur//ID")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for moment in moments:
        event = Event()
        event.add("uid", f"item-{moment.item_id}@{moment.domain}")
        event.add("dtstamp", moment.stamp)
        event.add("dtstart", moment.due_at)
        event.add("summary", moment.summary)
        event.add("description", moment.description)
        event.add("url", moment.link)
        event.add("transp", "TRANSPARENT")  # a due moment keeps nobody busy
        calendar.add_component(event)
    return bytes(calendar.to_ical())
