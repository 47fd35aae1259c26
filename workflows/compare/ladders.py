"""Reminder ladders as lines: one a rung, as people would say it, then its own words."""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.compare.values import Change
from workflows.deadlines import DrawnLadder

_WHOM: Final[Mapping[str, str]] = {
    "peran": "semua pemegang peran",
    "pemilik_proses": "pemilik proses",
}
_UNITS: Final[Mapping[str, str]] = {"hari_kerja": "hari kerja", "hari": "hari kalender"}
_NO: Final = ("", "false", "0")


def ladder_change(before: tuple[DrawnLadder, ...], after: tuple[DrawnLadder, ...]) -> Change:
    return Change("tangga", tuple(_lines(before)), tuple(_lines(after)))


def _lines(drawn: tuple[DrawnLadder, ...]) -> Iterator[str]:
    for ladder in drawn:
        for rung in ladder.rungs:
            yield _line(rung)
            yield from rung.get("isi", "").strip().splitlines()
        yield f"berisiko terlambat sejak {ladder.berisiko or '3/4'} waktu baku"


def _line(rung: Mapping[str, str]) -> str:
    """With its key: under another one, running items hear of it once more."""
    whom = ", ".join(_WHOM.get(one, one) for one in rung.get("kepada", "").split())
    parts = (
        f"{rung.get('jenis', '')} {_when(rung)}, kepada {whom}",
        f"kunci {rung.get('kunci', '')}",
        f"lewat {channels}" if (channels := rung.get("saluran", "")) else "",
        "" if rung.get("setiapJam", "").strip() in _NO else "juga di luar jam kerja",
        rung.get("perihal", "").strip(),
    )
    return " · ".join(part for part in parts if part)


def _when(rung: Mapping[str, str]) -> str:
    """All that is said, also where a draft says too much or too little."""
    told = {name: rung.get(name, "…") for name in ("bagian", "sebelum", "sesudah", "hari", "pukul")}
    unit = rung.get("satuan", "…")
    ways = {
        "bagian": f"pada {told['bagian']} waktu baku",
        "sebelum": f"{told['sebelum']} sebelum tenggat",
        "sesudah": f"{told['sesudah']} sesudah tenggat",
        "hari": f"H-{told['hari']} ({_UNITS.get(unit, unit)}) pukul {told['pukul']}",
    }
    return " / ".join(words for name, words in ways.items() if name in rung)
