"""What the use cases of notices give back: preferences, snoozes, ladders, previews.

Frozen values, as those of `engine.values`; moments are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from workflows.deadlines import Ladder


@dataclass(frozen=True)
class ChannelOffer:
    """A channel that is open here. `label`: its name by language; `personal`: each person chooses
    it, else everything goes over it; `needs_address`: only with an address of their own."""

    name: str
    label: Mapping[str, str]
    personal: bool
    needs_address: bool


@dataclass(frozen=True)
class Preferences:
    """How a person wants to hear. `zone` None: that of their unit; `channels`: kind of notice ->
    names of channels besides the inbox, for every kind; `addresses`: channel -> address; `feed`:
    the mark of their calendar feed, "" without one."""

    zone: str | None
    channels: Mapping[str, tuple[str, ...]]
    addresses: Mapping[str, str]
    quiet_from: time | None
    quiet_until: time | None
    offers: tuple[ChannelOffer, ...]
    feed: str


@dataclass(frozen=True)
class SnoozeLine:
    """A person's wish not to be reminded of an item before `until`."""

    item: int
    until: datetime
    reason: str


@dataclass(frozen=True)
class LadderLine:
    """A ladder of the house (`key` ""), an SOP (`node` ""), or a step. `drawn_version`: the version
    that it is drawn in, None where somebody has set it."""

    key: str
    node: str
    sop_name: str
    step_name: str
    rungs: int
    changed_at: datetime
    changed_by: str | None
    drawn_version: int | None = None


@dataclass(frozen=True)
class LadderStep:
    """A step of an SOP. `own`: a ladder is set for it; `drawn`: one is drawn at it; `waktu`: as its
    sheet states it."""

    node: str
    name: str
    waktu: str
    own: bool
    drawn: bool


@dataclass(frozen=True)
class LadderDetail:
    """The ladder that counts for a step, an SOP or the house, as a document (see
    `workflows.deadlines`). `source`: step, sop, house: it is set there; drawn_step, drawn_sop: it
    is drawn in the version `drawn_version`; or shipped. `covers`: what is set here hides a drawing
    in this version; `steps`: of the SOP; `version`: tells the ladder that is set here from an
    earlier or later one, "" where none is."""

    key: str
    node: str
    document: dict[str, Any]
    source: str
    sop_name: str
    step_name: str
    steps: tuple[LadderStep, ...]
    changed_at: datetime | None
    changed_by: str | None
    version: str
    drawn_version: int | None
    covers: int | None


@dataclass(frozen=True)
class LadderSettings:
    """What has been set that a drawing of the SOP has to reckon with; None: nothing. `steps`: by
    node; `shipped`: what counts last; `nodes`: of the steps that something can be set for."""

    steps: Mapping[str, Ladder]
    sop: Ladder | None
    house: Ladder | None
    shipped: Ladder
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class LadderChange:
    """What setting a ladder did; `items`: open work items whose reminders it moved."""

    key: str
    node: str
    changed: bool
    items: int


@dataclass(frozen=True)
class PreviewLine:
    """What a rung would send: at `at` it is due, from `send_at` on it goes to `recipients` over
    `channels` (the inbox has it at once); `subject` and `body` as the first of them reads it."""

    at: datetime
    send_at: datetime
    rung_key: str
    kind: str
    whom: str
    recipients: tuple[str, ...]
    channels: tuple[str, ...]
    subject: str
    body: str
