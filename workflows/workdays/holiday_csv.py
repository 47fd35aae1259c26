"""Days off as a CSV file: columns tanggal, nama, jenis, perkiraan.

`jenis` is libur_nasional, cuti_bersama, libur_lokal, or hari_kerja for a shipped day off that is
worked here; `perkiraan` is ya or tidak. Spreadsheets write such files in many ways, all of which
are read: "," ";" or tabs between the columns, a byte order mark, any line ends, dates as
2026-12-31, 31/12/2026 or 31-12-2026, the columns in any order. A name that a spreadsheet would take
for a formula is written with an apostrophe before it, which is not read back.
"""

import csv
import re
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any, Final, NoReturn, get_args

from workflows.errors import InvalidTimeError
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR, HolidayKind
from workflows.workdays.documents import Document, canonical_document
from workflows.workdays.reading import LONGEST_NAME, MOST_ROWS

COLUMNS: Final = ("tanggal", "nama", "jenis", "perkiraan")
WORKDAY: Final = "hari_kerja"
_KINDS: Final = (*get_args(HolidayKind), WORKDAY)
_MOST_LETTERS: Final = 1_000_000
_LONGEST_LINE: Final = 2_000
_FORMULA: Final = ("=", "+", "-", "@")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YES: Final = {"ya": True, "y": True, "1": True, "true": True}
_NO: Final = {"": False, "tidak": False, "t": False, "0": False, "false": False}


def holidays_to_csv(document: Mapping[str, Any]) -> str:
    """The document's own days, earliest first. Raises as read_calendar."""
    canonical = canonical_document(document)
    rows = [
        *(
            (one["date"], _cell(one["name"]), one["kind"], "ya" if one["estimated"] else "tidak")
            for one in canonical["holidays"]
        ),
        *((one["date"], _cell(one["name"]), WORKDAY, "tidak") for one in canonical["workdays"]),
    ]
    text = StringIO()
    csv.writer(text).writerows([COLUMNS, *sorted(rows)])
    return text.getvalue()


def holidays_from_csv(text: str) -> list[dict[str, Any]]:
    """Rows {date (ISO), name, kind, estimated} in the order of the file; `kind` as in the file.

    Raises InvalidTimeError(invalid_holiday_csv), fields line (from 1), column, reason, text.
    """
    if len(text) > _MOST_LETTERS:
        _refuse(1, "", "too_many", MOST_ROWS)
    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST_LINE:
            _refuse(number, "", "line_too_long", line)
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not first:
        _refuse(1, "", "empty_file")
    separator = max(",;\t", key=lines[first - 1].count)
    names = [cell.strip().casefold() for cell in _cells(lines[first - 1], separator)]
    for name in names:
        if name and (name not in COLUMNS or names.count(name) > 1):
            _refuse(first, name, "unknown_column", name)
    for name in COLUMNS[:2]:
        if name not in names:
            _refuse(first, name, "column_missing", name)
    return _rows(lines, first, names, separator)


def with_holidays(document: Mapping[str, Any], rows: list[dict[str, Any]]) -> Document:
    """The document with the days of `holidays_from_csv` in place of its own. Raises as
    read_calendar."""
    holidays = [row for row in rows if row["kind"] != WORKDAY]
    workdays = [
        {"date": row["date"], "name": row["name"]} for row in rows if row["kind"] == WORKDAY
    ]
    return canonical_document({**document, "holidays": holidays, "workdays": workdays})


def _rows(lines: list[str], first: int, names: list[str], separator: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    lines_of: dict[str, int] = {}
    for number, line in enumerate(lines[first:], first + 1):
        cells = [cell.strip() for cell in _cells(line, separator)]
        if not any(cells):
            continue
        if len(cells) > len(names):
            _refuse(number, "", "too_many_cells", line)
        row = _row(number, dict(zip(names, cells, strict=False)))
        if row["date"] in lines_of:
            _refuse(number, "tanggal", "twice", row["date"], other=lines_of[row["date"]])
        lines_of[row["date"]] = number
        found.append(row)
        if len(found) > MOST_ROWS:
            _refuse(number, "", "too_many", MOST_ROWS)
    return found


def _row(line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    name = " ".join(cells.get("nama", "").split())
    if name[:1] == "'" and name[1:].startswith(_FORMULA):
        name = name[1:]
    if not name:
        _refuse(line, "nama", "required")
    if len(name) > LONGEST_NAME or not name.isprintable():
        _refuse(line, "nama", "name_unusable", name)
    kind = cells.get("jenis", "").casefold().replace(" ", "_") or "libur_lokal"
    if kind not in _KINDS:
        _refuse(line, "jenis", "unknown_kind", cells["jenis"])
    estimated = {**_YES, **_NO}.get(cells.get("perkiraan", "").casefold())
    if estimated is None:
        _refuse(line, "perkiraan", "not_yes_or_no", cells["perkiraan"])
    day = _date(line, cells.get("tanggal", ""))
    return {"date": day.isoformat(), "name": name, "kind": kind, "estimated": estimated}


def _date(line: int, text: str) -> date:
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day = date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        else:
            day = date.fromisoformat(text)
    except ValueError:
        _refuse(line, "tanggal", "not_a_date", text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _refuse(line, "tanggal", "outside_calendar", text)
    return day


def _cell(name: str) -> str:
    return f"'{name}" if name.startswith(_FORMULA) else name


def _cells(line: str, separator: str) -> list[str]:
    """A line is a row: names have no line ends."""
    return next(csv.reader([line], delimiter=separator), [])


def _refuse(line: int, column: str, reason: str, text: object = "", **more: object) -> NoReturn:
    shown = str(text)[:LONGEST_NAME]
    raise InvalidTimeError(
        "invalid_holiday_csv", line=line, column=column, reason=reason, text=shown, **more
    )
