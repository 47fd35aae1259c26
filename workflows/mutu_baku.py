"""Mutu baku: what a step needs, how long it may take or when it is due, what it yields."""

from dataclasses import dataclass

from workflows.errors import InvalidTimeError
from workflows.jadwal import Jadwal, Jendela, Relatif
from workflows.jadwal_text import parse_jendela, parse_relatif
from workflows.waktu import LONGEST, Unit, Waktu
from workflows.waktu_text import parse_waktu

__all__ = [
    "LONGEST", "Jadwal", "Jendela", "MutuBaku", "Relatif", "Unit", "Waktu",
    "parse_waktu", "read_waktu",
]  # fmt: skip


@dataclass(frozen=True)
class MutuBaku:
    """The standard of one step. `waktu_teks` is the sheet's own wording.

    `waktu` is None where the sheet sets no duration; `jadwal` then is what it sets instead, if
    anything, and `alasan` says why it sets nothing at all. A window may have both. `acuan` names
    the case variable with the date that a Relatif counts from, "" while nobody has said it.
    """

    waktu: Waktu | None
    waktu_teks: str
    kelengkapan: tuple[str, ...]
    output: tuple[str, ...]
    alasan: str = ""
    jadwal: Jadwal | None = None
    acuan: str = ""


def read_waktu(text: str) -> tuple[Waktu | None, Jadwal | None]:
    """What the time of a step means: a duration, a date relative to an event, or a window of
    months with a duration or without.

    Raises InvalidTimeError as parse_waktu does, for what is none of these or leaves several
    readings open.
    """
    try:
        return parse_waktu(text), None
    except InvalidTimeError as error:
        if error.code == "relative_duration":
            return None, parse_relatif(text)
        if error.code == "window_duration":
            jendela = parse_jendela(text)
            return jendela.waktu, jendela
        raise
