"""A calendar document as a form whose rows are added and removed without a script.

Names of inputs: `jam.4` the hours of Friday, `masa.0.sampai` the end of the first period.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from web.language import gettext, lazy
from workflows.workdays.documents import Document, default_document

DAYS = range(7)
WEEKDAYS = (
    lazy("Senin"),
    lazy("Selasa"),
    lazy("Rabu"),
    lazy("Kamis"),
    lazy("Jumat"),
    lazy("Sabtu"),
    lazy("Minggu"),
)
KINDS = {
    "libur_lokal": lazy("Libur lokal"),
    "libur_nasional": lazy("Libur nasional"),
    "cuti_bersama": lazy("Cuti bersama"),
}
# Rows of the form: its name, the list of the document, and what a new row starts with.
ROWS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "minggu": ("weeks", {"from": "", "until": "", "hours": [""] * 7}),
    "masa": (
        "periods",
        {"name": "", "from": "", "until": "", "hours": [""] * 7, "estimated": False},
    ),
    "libur": ("holidays", {"date": "", "name": "", "kind": "libur_lokal", "estimated": False}),
    "masuk": ("workdays", {"date": "", "name": ""}),
}
INPUTS = {
    "date": "tanggal",
    "name": "nama",
    "kind": "jenis",
    "from": "dari",
    "until": "sampai",
    "estimated": "perkiraan",
    "hours": "jam",
}
PATH = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?")
DOTTED = re.compile(r"(?<=\d)\.(?=\d)")
DASH = re.compile(r"\s*[-–—]\s*")
BARE = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
SHORT = re.compile(r"(?<!\d)(\d):")


def read_form(form: Mapping[str, str]) -> Document:
    """The document as typed, unjudged: `workflows.workdays` says whether it is one."""
    base = {"from": None, "until": None, "hours": _hours(form, "jam")}
    weeks = _rows(form, "minggu")
    for week in weeks:
        week["from"], week["until"] = week["from"] or None, week["until"] or None
    return {
        "zone": form.get("zona", ""),
        "weeks": [base, *weeks],
        "periods": _rows(form, "masa"),
        "national": "nasional" in form,
        "joint_leave": "cuti" in form,
        "holidays": _rows(form, "libur"),
        "workdays": _rows(form, "masuk"),
    }


def press_button(document: Document, button: str) -> Document:
    """What a button of the form makes of it: `tambah-libur`, `hapus-masa-0`, `isi-6`."""
    verb, _, rest = button.partition("-")
    row, _, number = rest.partition("-")
    changed = {**document}
    if verb == "isi" and rest in ("5", "6"):
        base = default_document(days=6 if rest == "6" else 5)["weeks"][0]
        changed["weeks"] = [base, *document["weeks"][1:]]
    elif verb in ("tambah", "hapus") and row in ROWS:
        name, empty = ROWS[row]
        rows = [*document[name]]
        if verb == "tambah":
            rows.append({**empty})
        elif number.isdecimal() and int(number) + (row == "minggu") < len(rows):
            del rows[int(number) + (row == "minggu")]
        changed[name] = rows
    return changed


def input_of(path: str) -> str:
    """The name of the input for a place in the document: `periods[1].until` -> `masa.1.sampai`."""
    found = PATH.match(path)
    if found is None:
        return {"zone": "zona", "national": "nasional", "joint_leave": "cuti"}.get(path, "")
    name, number, key, day = found.groups()
    row = next((row for row, (listed, _) in ROWS.items() if listed == name), "")
    if row == "minggu" and number == "0":
        return f"jam.{day or 0}"
    index = int(number) - (row == "minggu")
    first = "dari" if row in ("minggu", "masa") else "tanggal"
    parts = [row, str(index), INPUTS.get(key or "", first)]
    return ".".join(parts + ([day or "0"] if key == "hours" else []))


def label_of(path: str) -> str:
    """Where that is, in words."""
    found = PATH.match(path)
    if found is None:
        return gettext("Zona waktu") if path == "zone" else ""
    name, number, key, day = found.groups()
    titles = {
        "weeks": gettext("Jam kerja"),
        "periods": gettext("Masa khusus"),
        "holidays": gettext("Hari libur"),
        "workdays": gettext("Hari libur yang tetap masuk"),
    }
    parts = [titles.get(name, name)]
    if not (name == "weeks" and number == "0"):
        parts.append(str(int(number) + (name != "weeks")))
    if key == "hours" and day:
        parts.append(str(WEEKDAYS[int(day)]))
    return " · ".join(parts)


def tidy_hours(text: str) -> str:
    """Hours as people write them (`8-12, 13.00–16.30`), as documents do: `08:00-12:00
    13:00-16:30`."""
    text = DASH.sub("-", DOTTED.sub(":", text.strip()))
    text = " ".join(re.split(r"[\s,;]+", text))
    return SHORT.sub(r"0\1:", BARE.sub(r"\1:00", text))


def _hours(form: Mapping[str, str], prefix: str) -> list[str]:
    return [tidy_hours(form.get(f"{prefix}.{day}", "")) for day in DAYS]


def _rows(form: Mapping[str, str], row: str) -> list[dict[str, Any]]:
    """The rows in their order, without those in which nothing was typed."""
    named = re.compile(rf"{row}\.(\d+)\.")
    numbers = sorted({int(found[1]) for name in form if (found := named.match(name))})
    rows = [_row(form, row, number) for number in numbers]
    return [one for one in rows if _is_typed(one)]


def _row(form: Mapping[str, str], row: str, number: int) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, empty in ROWS[row][1].items():
        name = f"{row}.{number}.{INPUTS[key]}"
        if key == "hours":
            read[key] = _hours(form, name)
        elif isinstance(empty, bool):
            read[key] = name in form
        else:
            read[key] = form.get(name, "").strip()
    return read


def _is_typed(row: Mapping[str, Any]) -> bool:
    texts = [value for key, value in row.items() if key not in ("kind", "estimated", "hours")]
    return any(texts) or any(row.get("hours", ()))
