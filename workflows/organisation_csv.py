"""Units and jabatan as a CSV file, one a row.

Columns: tipe (unit or jabatan), unit (its code), nama, jenis (of a unit), induk (code of the unit
above), zona, peran (what lanes ask for), atasan and atasan_unit (the jabatan above; the same unit
where none is named), banyak (ya: several people hold it), berakhir (its last day). Spreadsheets
write such files in many ways, all of which are read: ";" "," or tabs between the columns, a byte
order mark, any line ends, the columns in any order. What a spreadsheet would take for a formula is
written with an apostrophe before it, which is not read back.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, Final, NoReturn

from workflows.errors import InvalidAnswerError
from workflows.organisation import (
    check_name,
    check_role,
    check_unit_code,
    check_unit_kind,
    check_zone,
)

UNIT, JABATAN = "unit", "jabatan"
COLUMNS: Final = (
    "tipe",
    "unit",
    "nama",
    "jenis",
    "induk",
    "zona",
    "peran",
    "atasan",
    "atasan_unit",
    "banyak",
    "berakhir",
)
REQUIRED: Final = COLUMNS[:3]
MOST_ROWS: Final = 5_000
MOST_LETTERS: Final = 1_000_000
_LONGEST_LINE: Final = 2_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YES: Final = {"ya", "y", "1", "true", "x"}
_NO: Final = {"", "tidak", "t", "0", "false"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: in which column ("" for none), and why, as a code."""

    column: str
    reason: str


@dataclass(frozen=True)
class OrgRow:
    """One row as it was typed. `parent`, `kind`, `zone` "" and `ended_on` None: not named, so left
    as they are; `role`, `superior`, `many` None: the file has no such column. `superior`: (unit
    code, name), ("", "") for none."""

    line: int
    what: str
    unit: str
    name: str
    kind: str = ""
    parent: str = ""
    zone: str = ""
    role: str | None = None
    superior: tuple[str, str] | None = None
    many: bool | None = None
    ended_on: date | None = None
    problem: Problem | None = None

    @property
    def key(self) -> tuple[str, str]:
        """(unit code, name of the jabatan), with "" for the unit itself."""
        return (self.unit, self.name if self.what == JABATAN else "")


def write_rows(rows: Iterable[OrgRow]) -> str:
    """A file that Excel opens by a double click: a byte order mark, and ";" between columns."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        superior_unit, superior = row.superior or ("", "")
        is_jabatan = row.what == JABATAN
        cells = (
            row.what,
            row.unit,
            row.name,
            row.kind,
            row.parent,
            row.zone,
            row.role or "",
            superior,
            superior_unit if superior_unit != row.unit else "",
            ("ya" if row.many else "tidak") if is_jabatan else "",
            row.ended_on.isoformat() if row.ended_on else "",
        )
        writer.writerow([safe_cell(cell) for cell in cells])
    return "\ufeff" + text.getvalue()


def safe_cell(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_rows(text: str) -> tuple[OrgRow, ...]:
    """The rows in the order of the file; what is wrong with one stands in its `problem`.

    Raises InvalidAnswerError(invalid_organisation_csv), fields line (from 1), column, reason, of a
    file that has no rows to speak of.
    """
    if len(text) > MOST_LETTERS:
        _refuse(1, "", "too_large")
    if "\0" in text:
        _refuse(1, "", "not_csv")
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if not first:
        _refuse(1, "", "empty_file")
    separator = max(";,\t", key=lines[first - 1].count)
    names = [cell.strip().casefold() for cell in _cells(lines[first - 1], separator)]
    for name in names:
        if name and (name not in COLUMNS or names.count(name) > 1):
            _refuse(first, name[:40], "unknown_column")
    for name in REQUIRED:
        if name not in names:
            _refuse(first, name, "column_missing")
    found = []
    for number, line in enumerate(lines[first:], first + 1):
        cells = [cell.strip() for cell in _cells(line[:_LONGEST_LINE], separator)]
        if any(cells):
            found.append(_row(number, names, cells, len(line) > _LONGEST_LINE))
        if len(found) > MOST_ROWS:
            _refuse(number, "", "too_many_rows")
    return tuple(found)


def _refuse(line: int, column: str, reason: str) -> NoReturn:
    raise InvalidAnswerError("invalid_organisation_csv", line=line, column=column, reason=reason)


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _row(line: int, names: list[str], cells: list[str], cut: bool) -> OrgRow:
    if cut or any(cells[len(names) :]):
        return OrgRow(line, "", "", "", problem=Problem("", "line_unreadable"))
    given = {
        name: _plain(cell) for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False)
    }
    what = given["tipe"].casefold()
    known = OrgRow(line, what, given["unit"], " ".join(given["nama"].split()))
    if what not in (UNIT, JABATAN):
        return OrgRow(line, "", known.unit, known.name, problem=Problem("tipe", "unknown_type"))
    try:
        values = _unit(given) if what == UNIT else _jabatan(given)
        return OrgRow(line, what, **values, ended_on=_day(given.get("berakhir", "")))
    except InvalidAnswerError as error:
        column, reason = str(error.fields["field"]), str(error.fields["reason"])
        column = {"kode": "unit"}.get(column, column)
        return OrgRow(line, what, known.unit, known.name, problem=Problem(column, reason))


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _unit(given: Mapping[str, str]) -> dict[str, Any]:
    return {
        "unit": check_unit_code(given["unit"]),
        "name": check_name(given["nama"]),
        "kind": _if_named(given, "jenis", check_unit_kind),
        "parent": given.get("induk", ""),
        "zone": _if_named(given, "zona", check_zone),
    }


def _if_named(given: Mapping[str, str], column: str, check: Callable[[str], str]) -> str:
    text = given.get(column, "")
    return check(text) if text else ""


def _jabatan(given: Mapping[str, str]) -> dict[str, Any]:
    unit, superior = check_unit_code(given["unit"]), given.get("atasan", "")
    values: dict[str, Any] = {"unit": unit, "name": check_name(given["nama"])}
    if "peran" in given:
        values["role"] = check_role(given["peran"])
    if "atasan" in given:
        above = given.get("atasan_unit") or unit
        values["superior"] = (above, " ".join(superior.split())) if superior else ("", "")
    if "banyak" in given:
        values["many"] = _yes(given["banyak"])
    return values


def _yes(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise InvalidAnswerError("invalid_organisation", field="banyak", reason="not_yes_or_no")
    return word in _YES


def _day(text: str) -> date | None:
    """Raises InvalidAnswerError(invalid_organisation)."""
    if not text:
        return None
    found = _DAY_FIRST.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        reason = "not_a_date"
        raise InvalidAnswerError("invalid_organisation", field="berakhir", reason=reason) from None
