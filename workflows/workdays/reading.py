"""Reading the fields of a document: each refusal says where and why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NoReturn

from workflows.errors import InvalidTimeError
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR
from workflows.workdays.hours import Hours, Week, check_hours, read_hours
from workflows.workdays.table import MINUTE

LONGEST_NAME: Final = 200
MOST_ROWS: Final = 5_000


def refuse(field: str, reason: str, value: object = "") -> NoReturn:
    """Raises InvalidTimeError(invalid_calendar): field ("periods[1].until"), reason, text."""
    raise InvalidTimeError(
        "invalid_calendar", field=field, reason=reason, text=str(value)[:LONGEST_NAME]
    )


def read_record(
    value: object, field: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        refuse(field, "not_an_object", value)
    inside = f"{field}." if field else ""
    for name in value:
        if name not in required and name not in optional:
            refuse(f"{inside}{name}", "unknown_field")
    for name in required:
        if name not in value:
            refuse(f"{inside}{name}", "required")
    return value


def read_rows(document: Mapping[str, Any], name: str) -> Sequence[tuple[str, object]]:
    """(where, row) of each row of a list that may be missing."""
    rows = document.get(name, [])
    if not isinstance(rows, list):
        refuse(name, "not_a_list", rows)
    if len(rows) > MOST_ROWS:
        refuse(name, "too_many", MOST_ROWS)
    return [(f"{name}[{number}]", row) for number, row in enumerate(rows)]


def read_name(row: Mapping[str, Any], field: str) -> str:
    """One line, single blanks."""
    value = row["name"]
    if not isinstance(value, str):
        refuse(f"{field}.name", "not_text", value)
    name = " ".join(value.split())
    if not name:
        refuse(f"{field}.name", "required")
    if len(name) > LONGEST_NAME or not name.isprintable():
        refuse(f"{field}.name", "name_unusable", name)
    return name


def read_flag(record: Mapping[str, Any], name: str, field: str, default: bool) -> bool:
    value = record.get(name, default)
    if not isinstance(value, bool):
        refuse(field, "not_yes_or_no", value)
    return value


def read_date(row: Mapping[str, Any], name: str, field: str) -> date:
    value = row[name]
    where = f"{field}.{name}"
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        refuse(where, "not_a_date", value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        refuse(where, "outside_calendar", value)
    return day


def read_open_date(row: Mapping[str, Any], name: str, field: str) -> date | None:
    return None if row[name] is None else read_date(row, name, field)


def read_hours_of_week(row: Mapping[str, Any], field: str) -> Week:
    texts, where = row["hours"], f"{field}.hours"
    if not isinstance(texts, list) or len(texts) != 7:
        refuse(where, "not_texts")
    return tuple(_hours(text, f"{where}[{number}]") for number, text in enumerate(texts))


def _hours(text: object, field: str) -> Hours:
    if not isinstance(text, str):
        refuse(field, "not_text", text)
    try:
        hours = read_hours(text)
        check_hours(hours)
    except InvalidTimeError as error:
        refuse(field, error.code, error.fields["text"])
    if any(edge % MINUTE for window in hours for edge in window.micros):
        refuse(field, "impossible_hours", text)
    return hours
