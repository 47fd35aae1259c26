"""Rows of the inbox with all their words: templates only put them into place, because macros and
addresses made in a loop of fifty take longer than the database does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.inbox_values import InboxLine
from web.grouping import group_by_urgency
from web.language import gettext
from web.moments import NEAR, format_due, format_moment

Badge = tuple[str, str, str]  # its look, its icon, its words


@dataclass(frozen=True)
class Row:
    """`tone`: late, soon or ""; `when`: the words beside the moment `at`."""

    id: int
    tone: str
    nomor: str
    name: str
    about: str
    badges: tuple[Badge, ...]
    note: str
    when: str
    at: str
    moment: str


Group = tuple[str, list[Row]]


def group_rows(lines: Iterable[InboxLine], now: datetime) -> list[Group]:
    """Open items by urgency, as a person plans the day."""
    return [
        (title, [open_row(line, now) for line in group if isinstance(line, InboxLine)])
        for title, group in group_by_urgency(lines, now)
    ]


def open_row(line: InboxLine, now: datetime) -> Row:
    at, moment, when = "", "", gettext("Tanpa tenggat")
    if line.paused:
        when = gettext("Ditangguhkan") if line.suspended else gettext("Dijeda")
        if line.paused.resume_at:
            at = line.paused.resume_at.isoformat(timespec="seconds")
            words = format_moment(line.paused.resume_at, line.zone)
            moment = gettext("sampai %(moment)s", moment=words)
    elif line.due_at:
        when = format_due(line.due_at, line.zone)
        at = line.due_at.isoformat(timespec="seconds")
        moment = format_moment(line.due_at, line.zone)
    return Row(
        line.id,
        _tone(line, now),
        line.nomor,
        line.name,
        _about(line),
        tuple(_badges(line, now)),
        _note(line),
        when,
        at,
        moment,
    )


def done_rows(lines: Iterable[InboxLine]) -> list[Row]:
    return [_done_row(line) for line in lines]


def _done_row(line: InboxLine) -> Row:
    badges = []
    if line.overdue:
        badges.append(("late", "alert", gettext("Terlambat")))
    elif line.due_at:
        badges.append(("done", "check", gettext("Tepat waktu")))
    badges += _round(line)
    at = moment = ""
    if line.completed_at:
        at = line.completed_at.isoformat(timespec="seconds")
        moment = format_moment(line.completed_at, line.zone)
    when, about = gettext("Selesai"), _about(line)
    return Row(line.id, "", line.nomor, line.name, about, tuple(badges), "", when, at, moment)


def _tone(line: InboxLine, now: datetime) -> str:
    if line.paused:
        return ""
    if line.overdue:
        return "late"
    near = line.due_at is not None and line.due_at - now <= NEAR
    return "soon" if line.at_risk or near else ""


def _about(line: InboxLine) -> str:
    case = gettext("Kasus %(num)d", num=line.case_id)
    return f"{line.sop_name} · {case} · {line.unit_name}"


def _round(line: InboxLine) -> list[Badge]:
    if line.round <= 1:
        return []
    return [("soon", "round", gettext("Putaran %(num)d", num=line.round))]


def _badges(line: InboxLine, now: datetime) -> list[Badge]:
    """Not what the words beside the moment say already: late, paused, suspended."""
    found: list[Badge] = []
    running = not line.paused and not line.overdue
    if running and line.at_risk:
        found.append(("soon", "alert", gettext("Berisiko terlambat")))
    elif running and line.due_at and line.due_at - now <= NEAR:
        found.append(("soon", "clock", gettext("Segera")))
    return [*found, *_round(line), *_hands(line)]


def _hands(line: InboxLine) -> list[Badge]:
    """In whose hands it is, and what the reader has begun."""
    found: list[Badge] = []
    if line.delegated:
        by = line.claimed_by or ""
        found.append(("mine", "person", gettext("Anda siapkan untuk %(name)s", name=by)))
    elif line.mine and line.delegate:
        found.append(("mine", "person", gettext("Disiapkan %(name)s", name=line.delegate)))
    elif line.mine:
        found.append(("mine", "person", gettext("Sedang Anda kerjakan")))
    elif line.claimed_by:
        found.append(("", "person", gettext("Dikerjakan %(name)s", name=line.claimed_by)))
    if line.asked:
        found.append(("soon", "mail", gettext("Anda ditanya")))
    if line.draft:
        found.append(("", "pen", gettext("Draf tersimpan")))
    return found


def _note(line: InboxLine) -> str:
    if line.suspended:
        return line.suspended.reason
    if line.paused:
        waiting = line.paused.awaited_name
        start = gettext("Menunggu %(unit)s.", unit=waiting) + " " if waiting else ""
        return start + line.paused.reason
    return ""
