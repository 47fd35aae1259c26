"""A ladder as it is drawn: `sop:tangga` with its `sop:anakTangga`, and the document that it stands
for, which `read_ladder` judges.

    <sop:tangga berisiko="3/4">
      <sop:anakTangga kunci="awal" jenis="pengingat" bagian="3/4" kepada="pelaksana"/>
      <sop:anakTangga kunci="h-3" jenis="pengingat" hari="3" satuan="hari_kerja" pukul="08:00"
                      kepada="peran atasan unit:BAPPEDA" saluran="email" setiapJam="true"
                      perihal="{langkah}">Tinggal tiga hari, {nama}.</sop:anakTangga>
    </sop:tangga>

When is one of `bagian`, `sebelum`, `sesudah`, or `hari` with `satuan` and `pukul`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workflows.deadlines.ladder import Ladder
from workflows.deadlines.ladder_document import read_ladder, write_ladder

_WHEN: Final[Mapping[str, str]] = {
    "bagian": "share",
    "sebelum": "before",
    "sesudah": "after",
    "hari": "days_before",
    "satuan": "unit",
    "pukul": "clock",
}
_WAYS: Final = ("bagian", "sebelum", "sesudah", "hari")
_KINDS: Final[Mapping[str, str]] = {
    "pengingat": "reminder",
    "terlambat": "overdue",
    "laporan": "escalation",
}
_WHOM: Final[Mapping[str, str]] = {
    "pelaksana": "performer",
    "peran": "role",
    "atasan": "superior",
    "pemilik_proses": "process_owner",
}
_YES_NO: Final[Mapping[str, bool]] = {"true": True, "1": True, "false": False, "0": False}
_UNIT: Final = "unit:"
# A field of a document -> the attribute that it is drawn as; `body` is the text of the element.
_DRAWN_AS: Final[Mapping[str, str]] = {
    "at_risk": "berisiko",
    "key": "kunci",
    "kind": "jenis",
    "whom": "kepada",
    "channels": "saluran",
    "subject": "perihal",
    "body": "isi",
    "any_hour": "setiapJam",
}


@dataclass(frozen=True)
class DrawnLadder:
    """As written, unjudged: `berisiko` None where it is left out; the rungs as their attributes,
    their text as "isi"."""

    berisiko: str | None
    rungs: tuple[Mapping[str, str], ...]


def read_drawn(drawn: DrawnLadder) -> Ladder:
    """Raises InvalidTimeError(invalid_ladder) as `read_ladder` does."""
    risk = {} if drawn.berisiko is None else {"at_risk": drawn.berisiko}
    return read_ladder({"rungs": [_read_rung(rung) for rung in drawn.rungs], **risk})


def draw_ladder(ladder: Ladder) -> DrawnLadder:
    """What `read_drawn` reads back as the same value."""
    document = write_ladder(ladder)
    return DrawnLadder(document["at_risk"], tuple(_draw_rung(rung) for rung in document["rungs"]))


def attribute_at_fault(rung: Mapping[str, str], field: str, reason: str) -> str:
    """The attribute of that rung, or of the ladder itself ({}), that an invalid_ladder speaks of
    with these fields; "" where it is none or several."""
    if field != "at":
        return _DRAWN_AS.get(field, "")
    if reason in ("missing", "unknown_field"):
        return ""
    part = {"unknown": "satuan", "not_a_clock_time": "pukul"}.get(reason)
    return part or next((way for way in _WAYS if rung.get(way, "").strip()), "")


def _read_rung(rung: Mapping[str, str]) -> dict[str, Any]:
    """A value that means nothing becomes one that the judge refuses; documents speak English, so
    that their words are not taken for ours."""
    every = rung.get("setiapJam", "false").strip()
    return {
        "key": rung.get("kunci", "").strip(),
        "at": _read_when(rung),
        "whom": [_read_whom(one) for one in rung.get("kepada", "").split()],
        "kind": _KINDS.get(rung.get("jenis", "").strip()),
        "channels": rung.get("saluran", "").split(),
        "subject": rung.get("perihal", "").strip(),
        "body": rung.get("isi", "").strip(),
        "any_hour": _YES_NO.get(every, every),
    }


def _read_when(rung: Mapping[str, str]) -> dict[str, Any] | None:
    at: dict[str, Any] = {}
    for name, key in _WHEN.items():
        if text := rung.get(name, "").strip():
            at[key] = int(text) if name == "hari" and _is_number(text) else text
    return at or None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5


def _read_whom(one: str) -> str:
    return one if one.startswith(_UNIT) else _WHOM.get(one, "")


def _draw_rung(rung: Mapping[str, Any]) -> dict[str, str]:
    words = {english: ours for ours, english in {**_WHOM, **_KINDS}.items()}
    drawn = {"kunci": rung["key"], "jenis": words[rung["kind"]]}
    drawn |= {name: str(rung["at"][key]) for name, key in _WHEN.items() if key in rung["at"]}
    drawn |= {"kepada": " ".join(words.get(one, one) for one in rung["whom"])}
    drawn |= {"saluran": " ".join(rung["channels"]), "perihal": rung["subject"]}
    drawn |= {"setiapJam": "true" if rung["any_hour"] else "", "isi": rung["body"]}
    return {name: text for name, text in drawn.items() if text}
