"""`alur calendar`: the working calendars of units, and what changing one moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from engine.app import App
from engine.cli.call import Call, alur, read_json, read_text, table, verb
from engine.cli.operations import reason_option
from engine.cli.parameters import EXISTING, YEAR, plain_text
from engine.cli.words import DAYS_OFF, DIFFERENCES, HOLIDAYS, say_code, say_moment
from engine.time_values import CalendarChange
from engine.usecases import calendars
from workflows.rights import OPERATOR
from workflows.workdays import year_view, zone_label
from workflows.workdays.comparing import compare_with_shipped
from workflows.workdays.documents import read_calendar
from workflows.workdays.holiday_csv import holidays_from_csv, holidays_to_csv, with_holidays

SHOWN = 20  # moved deadlines that people are shown
unit_argument = click.argument("unit", metavar="UNIT", type=plain_text)
year_option = click.option("--year", type=YEAR, help="Tahunnya (bawaan: tahun ini).")
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Tunjukkan saja akibatnya; tidak ada yang diubah."
)


@alur.group("calendar")
def calendar() -> None:
    """Kalender kerja setiap unit."""


@verb("list", group=calendar)
def list_all(call: Call) -> None:
    """Semua unit dengan kalender yang berlaku untuknya."""
    with call.app() as app:
        lines = calendars.list_calendars(app, OPERATOR, call.now)
        rows = [
            (
                line.unit,
                line.unit_name,
                zone_label(line.zone),
                f"versi {line.number}" if line.number else line.inherited or "bawaan",
                line.covers,
                line.note or None,
            )
            for line in lines
        ]
        head = ("KODE", "UNIT", "ZONA", "KALENDER", "UNTUK", "DASAR")
        call.answer({"calendars": [asdict(line) for line in lines]}, table(rows, head))


@verb("show", group=calendar)
@unit_argument
@year_option
def show(call: Call, unit: str, year: int | None) -> None:
    """Kalender sebuah unit: setiap hari libur dalam setahun dan sebabnya."""
    with call.app() as app:
        detail = calendars.read_calendar(app, OPERATOR, unit, call.now)
    days = [
        day
        for day in year_view(read_calendar(detail.document), year or _year(call))
        if day.off is not None and (day.name or day.off.reason != "weekend")
    ]
    rows = [
        (
            day.date,
            day.name or day.off.name,
            say_code(HOLIDAYS, day.kind) if day.kind else say_code(DAYS_OFF, day.off.reason),
            "perkiraan" if day.estimated else "",
        )
        for day in days
        if day.off is not None
    ]
    value = {
        "calendar": asdict(detail.line),
        "document": detail.document,
        "versions": [asdict(one) for one in detail.versions],
    }
    hours = "\n".join(detail.document["weeks"][0]["hours"])
    call.answer(value, f"{hours}\n\n{table(rows, ('TANGGAL', 'NAMA', 'JENIS', ''))}")


def _year(call: Call) -> int:
    return call.now.astimezone(ZoneInfo(call.settings.zone)).year


@verb("export", group=calendar)
@unit_argument
def export(call: Call, unit: str) -> None:
    """Hari libur dan hari kerja milik sebuah unit sebagai CSV."""
    with call.app() as app:
        document = calendars.read_calendar(app, OPERATOR, unit, call.now).document
    text = holidays_to_csv(document)
    call.answer({"csv": text}, text.rstrip("\n"))


@verb("diff", group=calendar)
@unit_argument
@year_option
def diff(call: Call, unit: str, year: int | None) -> None:
    """Beda hari liburnya dari yang bawaan, tahun ini dan berikutnya."""
    with call.app() as app:
        document = calendars.read_calendar(app, OPERATOR, unit, call.now).document
    first = year or _year(call)
    found = compare_with_shipped(document, range(first, first + (1 if year else 2)))
    rows = [
        (
            one.date,
            say_code(DIFFERENCES, one.how),
            one.ours.name if one.ours else None,
            one.shipped.name if one.shipped else None,
        )
        for one in found
    ]
    text = table(rows, ("TANGGAL", "BEDA", "DI SINI", "BAWAAN")) if rows else "Tidak ada bedanya."
    call.answer({"changes": [asdict(one) for one in found]}, text)


@verb("import", group=calendar)
@unit_argument
@click.argument("file", metavar="CSV", type=EXISTING)
@reason_option
@dry_run_option
def import_csv(call: Call, unit: str, file: Path, reason: str, dry_run: bool) -> None:
    """Menambahkan hari libur dari berkas CSV ke kalender sebuah unit."""
    rows = holidays_from_csv(read_text(file))
    with call.app() as app:
        document = calendars.read_calendar(app, OPERATOR, unit, call.now).document
        _change(call, app, unit, with_holidays(document, rows), reason, dry_run)


@verb("set", group=calendar)
@unit_argument
@click.argument("file", metavar="JSON", type=EXISTING)
@reason_option
@dry_run_option
def put(call: Call, unit: str, file: Path, reason: str, dry_run: bool) -> None:
    """Mengganti kalender sebuah unit; semua tenggat yang terbuka dihitung lagi."""
    document = read_json(read_text(file))
    with call.app() as app:
        _change(call, app, unit, document, reason, dry_run)


@verb("reset", group=calendar)
@unit_argument
@reason_option
def reset(call: Call, unit: str, reason: str) -> None:
    """Menghapus kalender sendiri sebuah unit; yang di atasnya berlaku lagi."""
    with call.app() as app:
        expected = calendars.read_calendar(app, OPERATOR, unit, call.now).line.number
        done = calendars.use_shipped(app, OPERATOR, unit, reason, call.now, expected=expected)
        call.answer(asdict(done), _text(done, "Kalender dihapus."))


def _change(
    call: Call, app: App, unit: str, document: Mapping[str, Any], reason: str, dry_run: bool
) -> None:
    if dry_run:
        found = calendars.preview_change(app, OPERATOR, unit, document, call.now)
        call.answer({"dry_run": True, **asdict(found)}, _text(found, "Belum ada yang diubah."))
        return
    expected = calendars.read_calendar(app, OPERATOR, unit, call.now).line.number
    done = calendars.change_calendar(
        app, OPERATOR, unit, document, reason, call.now, expected=expected
    )
    call.answer({"dry_run": False, **asdict(done)}, _text(done, "Kalender disimpan."))


def _text(change: CalendarChange, head: str) -> str:
    if not change.changed:
        return "Kalender ini sama dengan yang berlaku; tidak ada yang berubah."
    rows = [
        (
            one.item,
            one.case_id,
            one.step_name,
            _local(one.before, one.zone),
            _local(one.after, one.zone),
        )
        for one in change.moved[:SHOWN]
    ]
    counts = (
        f"{head} {len(change.moved)} dari {change.open_items} tugas dan "
        f"{len(change.moved_cases)} dari {change.open_cases} kasus bergeser; "
        f"{change.paused} dijeda."
    )
    more = len(change.moved) - len(rows)
    listed = table(rows, ("TUGAS", "KASUS", "LANGKAH", "SEMULA", "MENJADI")) if rows else ""
    return "\n".join(one for one in (counts, listed, f"… dan {more} lagi" if more else "") if one)


def _local(moment: datetime | None, zone: str) -> str | None:
    if moment is None:
        return None
    return f"{say_moment(moment, zone)} {zone_label(zone)}"
