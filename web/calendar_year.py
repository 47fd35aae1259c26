"""A year of a working calendar as wall calendars show it: twelve months, what each day off is
called beneath them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from web.language import gettext, lazy
from workflows.workdays import Calendar, DayView, year_view

Look = Literal["", "weekend", "holiday", "joint", "local", "closed"]

LOOKS: dict[str, Look] = {
    "libur_nasional": "holiday",
    "cuti_bersama": "joint",
    "libur_lokal": "local",
}
NAMES = {
    "weekend": lazy("Akhir pekan"),
    "holiday": lazy("Libur nasional"),
    "joint": lazy("Cuti bersama"),
    "local": lazy("Libur lokal"),
    "closed": lazy("Tidak ada jam kerja"),
}


@dataclass(frozen=True)
class Cell:
    """One day. `look`: why nobody works, "" for a working day; `words`: the same for readers;
    `named`: a holiday; `special`: in a period with hours of its own."""

    date: date
    look: Look
    words: str
    named: bool
    special: bool
    estimated: bool

    @property
    def classes(self) -> str:
        marks = (self.look, "named" if self.named else "", "special" if self.special else "")
        return " ".join(mark for mark in marks if mark)


@dataclass(frozen=True)
class Note:
    """Days that follow each other and are off for the same reason, or keep hours of their own."""

    first: date
    last: date
    name: str
    look: Look
    estimated: bool


@dataclass(frozen=True)
class Month:
    """`weeks`: rows from Monday to Sunday, None before the first and after the last day."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Year:
    months: tuple[Month, ...]
    totals: dict[Look, int]
    estimated: int


def show_year(calendar: Calendar, year: int) -> Year:
    """Raises InvalidTimeError(outside_calendar)."""
    days = [_own(calendar, day) for day in year_view(calendar, year)]
    cells = [_cell(day) for day in days]
    by_month = [
        (list(views), list(month_cells))
        for (_, views), (_, month_cells) in zip(
            groupby(days, lambda day: day.date.month),
            groupby(cells, lambda cell: cell.date.month),
            strict=True,
        )
    ]
    totals: dict[Look, int] = {}
    for cell in cells:
        totals[cell.look] = totals.get(cell.look, 0) + 1
    return Year(
        tuple(_month(views, month_cells) for views, month_cells in by_month),
        totals,
        sum(cell.estimated and cell.look not in ("", "weekend") for cell in cells),
    )


def _own(calendar: Calendar, day: DayView) -> DayView:
    """A holiday with a fixed date stays so within a period whose dates are estimated."""
    one = calendar.holiday_on(day.date) or calendar.period_on(day.date)
    return replace(day, estimated=bool(one and one.estimated))


def look_of(day: DayView) -> Look:
    if day.off is None:
        return ""
    if day.off.reason == "weekend":
        return "weekend"
    if day.off.reason == "closed":
        return "closed"
    return LOOKS.get(day.kind or "", "holiday")


def plain_name(name: str) -> str:
    """Without the remark of the shipped names, which stands beside them as a mark."""
    return name.replace(" (perkiraan)", "")


def _cell(day: DayView) -> Cell:
    look = look_of(day)
    kind = str(NAMES[look]) if look else ""
    words = ": ".join(part for part in (kind, plain_name(day.name)) if part)
    if not look and day.period:
        words = day.period
    return Cell(day.date, look, words, bool(day.name), bool(day.period), day.estimated)


def _month(days: Sequence[DayView], cells: Sequence[Cell]) -> Month:
    before: list[Cell | None] = [None] * cells[0].date.weekday()
    row = before + list(cells)
    row += [None] * (-len(row) % 7)
    weeks = tuple(tuple(row[start : start + 7]) for start in range(0, len(row), 7))
    return Month(cells[0].date, weeks, (*_periods(days), *_named(days)))


def _named(days: Iterable[DayView]) -> Iterable[Note]:
    """Days off with a name, also those that fall on a weekend."""
    listed = [
        Note(day.date, day.date, plain_name(day.name), _named_look(day), day.estimated)
        for day in days
        if day.name and day.off
    ]
    return _joined(listed)


def _named_look(day: DayView) -> Look:
    return LOOKS.get(day.kind or "", look_of(day))


def _periods(days: Iterable[DayView]) -> Iterable[Note]:
    return _joined(
        [
            Note(day.date, day.date, gettext("Jam kerja %(name)s", name=day.period), "", False)
            for day in days
            if day.period
        ]
    )


def _joined(notes: Iterable[Note]) -> Iterable[Note]:
    """Neighbours that say the same become one note."""
    joined: list[Note] = []
    for note in notes:
        last = joined[-1] if joined else None
        if last and _same(last, note) and note.first - last.last == timedelta(days=1):
            joined[-1] = Note(last.first, note.last, last.name, last.look, last.estimated)
        else:
            joined.append(note)
    return joined


def _same(one: Note, other: Note) -> bool:
    return (one.name, one.look, one.estimated) == (other.name, other.look, other.estimated)
