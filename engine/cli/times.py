"""`alur workdays`: count in working time from the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from engine.cli.call import Answer, Call, alur, table, verb
from engine.cli.parameters import plain_text
from engine.usecases import calendars
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.rights import OPERATOR
from workflows.workdays import (
    Calendar,
    Row,
    add,
    add_days,
    default_calendar,
    explain,
    explain_between,
    subtract,
    subtract_days,
    working_days_between,
    working_time_between,
    zone_label,
)
from workflows.workdays.documents import read_calendar

REASONS = {
    "weekend": "akhir pekan",
    "holiday": "hari libur",
    "closed": "tidak ada jam kerja",
    "before_hours": "sebelum jam kerja",
    "after_hours": "setelah jam kerja",
    "break": "istirahat",
    "start_day": "hari pertama tidak dihitung",
    "moved": "digeser ke waktu kerja terdekat",
}
_OPTIONS = (
    click.option("--unit", type=plain_text, metavar="CODE", help="Dengan kalender kerja unit ini."),
    click.option("--zone", metavar="IANA", help="Zona waktu, mis. Asia/Makassar."),
)


@alur.group("workdays")
def workdays() -> None:
    """Menghitung tenggat dengan kalender kerja."""


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in _OPTIONS:
        function = option(function)
    return function


def _calendar(call: Call, unit: str | None, zone: str | None) -> Calendar:
    """The calendar that counts for the unit, else the shipped one."""
    if unit is None:
        return default_calendar(zone or call.settings.zone)
    with call.app() as app:
        detail = calendars.read_calendar(app, OPERATOR, unit, call.now)
    return read_calendar(detail.document, zone)


def read_start(text: str, zone: str) -> date | datetime:
    """A date, or a moment; one without an offset is local time of the zone.

    Raises InvalidTimeError: invalid_moment.
    """
    try:
        if len(text) <= 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidTimeError("invalid_moment", text=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _rows(rows: tuple[Row, ...]) -> list[Answer]:
    return [{**asdict(row), "spans": [str(span) for span in row.spans]} for row in rows]


def _text(result: str, rows: tuple[Row, ...]) -> str:
    lines = [
        (
            row.date,
            row.minutes,
            row.days,
            " ".join(str(span) for span in row.spans),
            row.name or (REASONS[row.reason] if row.reason else ""),
        )
        for row in rows
    ]
    return f"{result}\n\n{table(lines, ('TANGGAL', 'MENIT', 'HARI', 'JAM', 'KETERANGAN'))}"


def _count(call: Call, calendar: Calendar, start: str, waktu: str, *, backwards: bool) -> None:
    begin, length = read_start(start, calendar.zone), parse_waktu(waktu)
    rows = explain(calendar, begin, length, backwards=backwards)
    if isinstance(begin, datetime):
        moment = (subtract if backwards else add)(calendar, begin, length)
        local = moment.astimezone(ZoneInfo(calendar.zone))
        result, label = local.isoformat(), zone_label(calendar.zone)
    else:
        day = (subtract_days if backwards else add_days)(calendar, begin, length)
        result, label = day.isoformat(), ""
    value = {"result": result, "waktu": str(length), "assumed": length.assumed}
    call.answer({**value, "explain": _rows(rows)}, _text(f"{result} {label}".strip(), rows))


@verb("add", group=workdays)
@click.argument("start")
@click.argument("waktu")
@_with_options
def add_verb(call: Call, start: str, waktu: str, unit: str | None, zone: str | None) -> None:
    """START + WAKTU, mis. 2026-03-13T15:30+07:00 "230 menit"."""
    _count(call, _calendar(call, unit, zone), start, waktu, backwards=False)


@verb("sub", group=workdays)
@click.argument("start")
@click.argument("waktu")
@_with_options
def sub_verb(call: Call, start: str, waktu: str, unit: str | None, zone: str | None) -> None:
    """START - WAKTU, mis. 2026-11-30 "60 hari kerja"."""
    _count(call, _calendar(call, unit, zone), start, waktu, backwards=True)


@verb("between", group=workdays)
@click.argument("start")
@click.argument("end")
@_with_options
def between_verb(call: Call, start: str, end: str, unit: str | None, zone: str | None) -> None:
    """Waktu kerja di antara dua saat (menit) atau dua tanggal (hari)."""
    calendar = _calendar(call, unit, zone)
    first, last = read_start(start, calendar.zone), read_start(end, calendar.zone)
    if isinstance(first, datetime) and isinstance(last, datetime):
        minutes = working_time_between(calendar, first, last).total_seconds() / 60
        value: Answer = {"result": int(minutes), "unit": "menit"}
    elif isinstance(first, datetime) or isinstance(last, datetime):
        raise InvalidTimeError("invalid_moment", text=f"{start} … {end}")
    else:
        value = {"result": working_days_between(calendar, first, last), "unit": "hari_kerja"}
    rows = explain_between(calendar, first, last)
    text = _text(f"{value['result']} {value['unit'].replace('_', ' ')}", rows)
    call.answer({**value, "explain": _rows(rows)}, text)
