"""Standard times that are not a duration alone: relative to an event, or within months."""

from dataclasses import dataclass, field
from typing import Final, Literal

from workflows.errors import InvalidTimeError
from workflows.waktu import Waktu

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True)
class Relatif:
    """So long before or after an event: "H-3 Kegiatan", "paling lambat 2 minggu setelah Perkada
    ditetapkan". `acuan_teks` is the sheet's own word for the event, "" where it has none."""

    acuan_teks: str
    waktu: Waktu
    direction: Literal["before", "after"]

    def __str__(self) -> str:
        side = "sebelum" if self.direction == "before" else "setelah"
        return f"{self.waktu} {side} {self.acuan_teks or 'acuan'}"


@dataclass(frozen=True)
class Jendela:
    """From the first day of one month to the last of another (1 to 12); a last month before the
    first is one of the year after. `waktu`: how long it may take within them.

    `assumed`: the text left open that the months are the ends of one window ("Des / Jan"); it
    does not take part in comparison. Raises InvalidTimeError(invalid_duration).
    """

    first_month: int
    last_month: int
    waktu: Waktu | None = None
    assumed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if not (1 <= self.first_month <= 12 and 1 <= self.last_month <= 12):
            text = f"{self.first_month}-{self.last_month}"
            raise InvalidTimeError("invalid_duration", text=text, reason="not_a_month")

    def __str__(self) -> str:
        """ "7 hari kerja dalam Desember sampai Januari", "Maret"."""
        first, last = MONTHS[self.first_month - 1], MONTHS[self.last_month - 1]
        months = first if first == last else f"{first} sampai {last}"
        return f"{self.waktu} dalam {months}" if self.waktu else months


Jadwal = Relatif | Jendela
