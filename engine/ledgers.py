"""Whose time an item has used: its claims and pauses as a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from engine.store import cases, pauses, people
from engine.store.lines import kegiatan_of
from engine.store.tables import WorkItem
from engine.store.transaction import Tx
from engine.time_values import Ledger, PauseLine
from workflows.deadlines import Interruption, Stay, Stretch, usage
from workflows.sop import Sop
from workflows.workdays import Calendar


def ledger_of(tx: Tx, item: WorkItem, sop: Sop, calendar: Calendar, now: datetime) -> Ledger:
    """Up to the end of the item, or to now while it is open."""
    lines = tuple(pauses.pause_line(row) for row in pauses.pause_rows(tx, [item.id]))
    until = max(item.completed_at or now, item.available_at)
    stays = list(_stays(tx, item, sop, until))
    standard = item.standard_minutes
    uses = usage(calendar, stays, [_interruption(line) for line in lines], standard)
    totals = {"waiting": 0, "working": 0, "paused": 0}
    for use in uses:
        totals[use.clock] += use.minutes
    used = totals["waiting"] + totals["working"]
    return Ledger(
        item=item.id,
        zone=calendar.zone,
        rows=uses,
        pauses=lines,
        standard_minutes=standard,
        **totals,
        used=used,
        share=Fraction(used, standard) if standard else None,
        until=until,
    )


def _interruption(line: PauseLine) -> Interruption:
    who = line.awaited_name or line.reason
    return Interruption(who, Stretch(line.started_at, line.ended_at))


def _stays(tx: Tx, item: WorkItem, sop: Sop, until: datetime) -> Iterator[Stay]:
    """Waiting for the role, then with whoever has taken it; what is completed without having been
    taken was worked on all the time."""
    role, at, holder = kegiatan_of(sop, item.node).role_name, item.available_at, ""
    for moment, name in cases.claims_of_item(tx, item.id):
        if at < moment:
            yield Stay(holder or role, "working" if holder else "waiting", at, moment)
        at, holder = max(at, moment), name or ""
    if not holder and item.completed_by is not None:
        holder = people.person_names(tx, [item.completed_by]).get(item.completed_by, "")
    if at < until:
        yield Stay(holder or role, "working" if holder else "waiting", at, until)
