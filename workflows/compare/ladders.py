"""Reminder ladders as lines: one a rung, as people would say it, then its own words."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from workflows.compare.values import Change
from workflows.deadlines import DrawnLadder

_WHOM: Final[Mapping[str, str]] = {
    "peran": "semua pemegang peran",
    "pemilik_proses": "pemilik proses",
}
_UNITS: Final[Mapping[str, str]] = {"hari_kerja": "hari kerja", "hari": "hari kalender"}
_SHARE: Final = re.compile(r"\d{1,5}(/[1-9]\d{0,4}|\.\d{1,4})?")
_NO: Final = ("", "false", "0")


def ladder_change(before: tuple[DrawnLadder, ...], after: tuple[DrawnLadder, ...]) -> Change:
    """Keys are told only where nothing else differs: under another key, running items hear of a
    rung once more."""
    plain = Change("tangga", tuple(_lines(before)), tuple(_lines(after)))
    if plain.before != plain.after:
        return plain
    return Change("tangga", tuple(_lines(before, keys=True)), tuple(_lines(after, keys=True)))


def _lines(drawn: tuple[DrawnLadder, ...], *, keys: bool = False) -> Iterator[str]:
    for ladder in drawn:
        for rung in ladder.rungs:
            yield _line(rung) + (f" · kunci {rung.get('kunci', '')}" if keys else "")
            yield from rung.get("isi", "").strip().splitlines()
        yield f"berisiko terlambat sejak {_percent(ladder.berisiko or '3/4')} waktu baku"


def _line(rung: Mapping[str, str]) -> str:
    whom = ", ".join(_WHOM.get(one, one) for one in rung.get("kepada", "").split())
    parts = (
        f"{rung.get('jenis', '')} {_when(rung)}, kepada {whom}",
        f"lewat {channels}" if (channels := rung.get("saluran", "")) else "",
        "" if rung.get("setiapJam", "").strip() in _NO else "juga di luar jam kerja",
        rung.get("perihal", "").strip(),
    )
    return " · ".join(part for part in parts if part)


def _percent(share: str) -> str:
    """As it is written where it is no number."""
    return f"{float(Fraction(share)) * 100:g}%" if _SHARE.fullmatch(share) else share


def _when(rung: Mapping[str, str]) -> str:
    """All that is said, also where a draft says too much or too little."""
    told = {name: rung.get(name, "…") for name in ("bagian", "sebelum", "sesudah", "hari", "pukul")}
    unit = rung.get("satuan", "…")
    ways = {
        "bagian": f"pada {_percent(told['bagian'])} waktu baku",
        "sebelum": f"{told['sebelum']} sebelum tenggat",
        "sesudah": f"{told['sesudah']} sesudah tenggat",
        "hari": f"H-{told['hari']} ({_UNITS.get(unit, unit)}) pukul {told['pukul']}",
    }
    return " / ".join(words for name, words in ways.items() if name in rung)
