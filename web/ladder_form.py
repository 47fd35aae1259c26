"""A reminder ladder as a form whose rungs are added and removed without a script.

Names of inputs: `anak.0.persen` is the percentage of the first rung.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from werkzeug.datastructures import MultiDict

from web.language import lazy

Document = dict[str, Any]
# No exponents: what 1e999999999 is takes all memory to say.
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
SHARE = re.compile(r"[0-9]{1,9}(/0*[1-9][0-9]{0,8}|\.[0-9]{1,9})?")
NUMBERED = re.compile(r"anak\.(\d+)\.")
NEW: Document = {
    "at": {"share": "0.75"},
    "whom": ["performer"],
    "kind": "reminder",
    "channels": [],
    "subject": "",
    "body": "",
    "any_hour": False,
}
WAYS = {
    "share": lazy("bagian dari waktu baku"),
    "before": lazy("sebelum tenggat"),
    "after": lazy("sesudah tenggat"),
    "days": lazy("H-… (hari sebelum tenggat)"),
}
KINDS = {
    "reminder": lazy("Pengingat"),
    "overdue": lazy("Terlambat"),
    "escalation": lazy("Laporan keterlambatan"),
}
WHOM = {
    "performer": lazy("pelaksana"),
    "role": lazy("semua pemegang peran"),
    "superior": lazy("atasan"),
    "process_owner": lazy("pemilik proses"),
}
UNIT = "unit:"
WHEN_INPUTS = {"share": "persen", "before": "lama", "after": "lama"}
INPUTS = {"whom": "kepada", "kind": "jenis", "channels": "kanal", "subject": "judul"}
INPUTS |= {"body": "isi", "any_hour": "kapan_saja"}


def read_form(form: MultiDict[str, str]) -> Document:
    """The document as typed, unjudged: `workflows.deadlines` says whether it is one."""
    numbers = sorted({int(found[1]) for name in form if (found := NUMBERED.match(name))})
    return {
        "at_risk": _share(form.get("berisiko", "")),
        "rungs": [_rung(form, f"anak.{number}.") for number in numbers],
    }


def press_button(document: Document, button: str) -> Document:
    """What a button of the form makes of it: `tambah`, `hapus-0`."""
    rungs = [*document["rungs"]]
    verb, _, number = button.partition("-")
    if verb == "tambah":
        rungs.append({**NEW, "key": _new_key([rung["key"] for rung in rungs])})
    elif verb == "hapus" and number.isdecimal() and int(number) < len(rungs):
        del rungs[int(number)]
    return {**document, "rungs": rungs}


def input_of(document: Mapping[str, Any], rung: str, field: str, reason: str = "") -> str:
    """The name of the input for a field of the rung with that key or number; "" for none.
    `reason`: what is wrong there, as `workflows.deadlines` calls it."""
    if not rung:
        return "berisiko" if field == "at_risk" else ""
    keys = [one["key"] for one in document["rungs"]]
    index = keys.index(rung) if rung in keys else int(rung) - 1 if rung.isdecimal() else -1
    if index < 0 or field not in (*INPUTS, "at"):
        return ""
    name = INPUTS.get(field) or _input_of_when(document["rungs"][index]["at"], reason)
    return f"anak.{index}.{name}"


def _input_of_when(at: Mapping[str, Any], reason: str) -> str:
    if reason == "not_a_clock_time":
        return "jam"
    return next((name for way, name in WHEN_INPUTS.items() if way in at), "hari")


def show_rung(rung: Mapping[str, Any]) -> dict[str, Any]:
    """What the inputs of a rung hold."""
    at = rung["at"]
    way = next((one for one in ("share", "before", "after") if one in at), "days")
    return {
        "key": rung["key"],
        "cara": way,
        "persen": show_percent(at["share"]) if way == "share" else "",
        "lama": at.get(way, "") if way in ("before", "after") else "",
        "hari": at.get("days_before", ""),
        "satuan": at.get("unit", "hari_kerja"),
        "jam": at.get("clock", "08:00"),
        "kepada": rung["whom"],
        "units": [one.removeprefix(UNIT) for one in rung["whom"] if one.startswith(UNIT)],
        "jenis": rung["kind"],
        "kanal": rung.get("channels", ()),
        "judul": rung.get("subject", ""),
        "isi": rung.get("body", ""),
        "kapan_saja": rung.get("any_hour", False),
    }


def _rung(form: MultiDict[str, str], name: str) -> Document:
    unit = form.get(f"{name}unit", "").strip()
    return {
        "key": form.get(f"{name}kunci", ""),
        "at": _when(form, name),
        "whom": [*form.getlist(f"{name}kepada"), *([UNIT + unit] if unit else [])],
        "kind": form.get(f"{name}jenis", ""),
        "channels": form.getlist(f"{name}kanal"),
        "subject": form.get(f"{name}judul", "").strip(),
        "body": form.get(f"{name}isi", "").replace("\r\n", "\n").strip(),
        "any_hour": f"{name}kapan_saja" in form,
    }


def _when(form: MultiDict[str, str], name: str) -> Document:
    way = form.get(f"{name}cara", "")
    if way == "share":
        return {"share": _share(form.get(f"{name}persen", ""))}
    if way in ("before", "after"):
        return {way: form.get(f"{name}lama", "").strip()}
    days = form.get(f"{name}hari", "").strip()
    return {
        "days_before": int(days) if days.isdecimal() and len(days) < 5 else -1,
        "unit": form.get(f"{name}satuan", ""),
        "clock": form.get(f"{name}jam", ""),
    }


def _share(percent: str) -> str:
    """`75` or `66,7` as the part that it is; what is no number stays as it was typed."""
    typed = percent.strip(" %").replace(",", ".")
    return format((Decimal(typed) / 100).normalize(), "f") if NUMBER.fullmatch(typed) else percent


def _new_key(keys: Sequence[str]) -> str:
    return next(f"anak-{n}" for n in range(1, len(keys) + 2) if f"anak-{n}" not in keys)


def show_percent(share: str) -> str:
    """`3/4` as `75`; what is no number stays as it was typed."""
    if not SHARE.fullmatch(share):
        return share
    percent = float(Fraction(share)) * 100
    return f"{percent:.2f}".rstrip("0").rstrip(".")
