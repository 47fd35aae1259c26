"""A standard time as a value."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from workflows.errors import InvalidTimeError

Unit = Literal["menit", "hari_kerja", "hari", "minggu", "bulan"]

# Beyond it nobody means it, and a step could not be opened for want of dates: some eighty years.
LONGEST: Final[dict[Unit, int]] = {
    "menit": 1_000_000,
    "hari_kerja": 20_000,
    "hari": 30_000,
    "minggu": 4_000,
    "bulan": 1_000,
}
_CALENDAR_UNITS: Final = frozenset({"hari", "minggu", "bulan"})
_UNIT_NAMES: Final[dict[Unit, str]] = {
    "menit": "menit",
    "hari_kerja": "hari kerja",
    "hari": "hari kalender",
    "minggu": "minggu",
    "bulan": "bulan",
}


@dataclass(frozen=True)
class Waktu:
    """A standard time, in one unit; units are never converted into each other.

    `menit` are working minutes, `hari_kerja` working days; `hari`, `minggu` and `bulan` follow
    the calendar. `minimum` is the lower end where the sheet gives a range; deadlines use
    `maximum`. `assumed` says that the text left something open ("hari" read as hari kerja,
    "minggu" as calendar week, "±" as exact); it does not take part in comparison.

    Raises InvalidTimeError(invalid_duration) for an amount that is not positive, too long, finer
    than a hundredth, or a broken number of calendar units.
    """

    unit: Unit
    minimum: Fraction | None
    maximum: Fraction
    assumed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        text = f"{self.maximum} {self.unit}"
        for amount in (self.maximum, self.minimum):
            reason = amount is not None and _amount_problem(self.unit, amount)
            if reason:
                raise InvalidTimeError("invalid_duration", text=text, reason=reason)
        if self.minimum is not None and self.minimum > self.maximum:
            raise InvalidTimeError("invalid_duration", text=text, reason="range_reversed")

    @property
    def amount(self) -> Fraction:
        return self.maximum

    @cached_property
    def hundredths(self) -> int:
        """`maximum` in hundredths of its unit, for counting in whole numbers."""
        return int(self.maximum * 100)

    def __str__(self) -> str:
        """Indonesian, and read back as the same value: "230 menit", "1-2 hari kerja"."""
        lower = "" if self.minimum is None else f"{_decimal(self.minimum)}-"
        return f"{lower}{_decimal(self.maximum)} {_UNIT_NAMES[self.unit]}"


def _amount_problem(unit: Unit, amount: Fraction) -> str | None:
    if amount <= 0:
        return "not_positive"
    if amount > LONGEST[unit]:
        return "too_long"
    if unit in _CALENDAR_UNITS and amount.denominator != 1:
        return "fraction_of_calendar_unit"
    return "too_precise" if (amount * 100).denominator != 1 else None


def _decimal(amount: Fraction) -> str:
    """Decimal comma, at most two places: "0,5"."""
    return f"{float(amount):.2f}".rstrip("0").rstrip(".").replace(".", ",")
