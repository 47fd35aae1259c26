"""Standard times against each other, where that is certain whatever the calendar.

Units are never converted; but five hari kerja take at least five days, and never fit into three.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heappop, heappush
from typing import Final, Literal

from workflows.errors import InvalidTimeError
from workflows.jadwal import Jendela, Relatif
from workflows.mutu_baku import Jadwal, Waktu, read_waktu

Measure = Literal["menit", "hari_kerja", "hari"]

# The shortest working day and the longest, in minutes, of any calendar that an agency may have.
_SHORT_DAY: Final = 180
_LONG_DAY: Final = 600
_DAYS: Final = {"hari": (1, 1), "minggu": (7, 7), "bulan": (28, 31)}


def least(waktu: Waktu, measure: Measure) -> Fraction:
    """What a time surely takes; of a range its lower end, 0 where nothing is sure."""
    amount = waktu.minimum if waktu.minimum is not None else waktu.maximum
    if waktu.unit == measure:
        return amount
    if waktu.unit == "menit":
        return Fraction(int(amount / _LONG_DAY))
    if waktu.unit == "hari_kerja":
        return amount * _SHORT_DAY if measure == "menit" else amount
    return amount * _DAYS[waktu.unit][0] if measure == "hari" else Fraction(0)


def most(waktu: Waktu) -> Fraction:
    """How many calendar days it can be at most: weekends and holidays between working days."""
    if waktu.unit == "menit":
        return most(Waktu("hari_kerja", None, Fraction(int(waktu.maximum / _SHORT_DAY) + 1)))
    if waktu.unit == "hari_kerja":
        return waktu.maximum * 2 + 14
    return waktu.maximum * _DAYS[waktu.unit][1]


def is_shorter(one: Waktu, other: Waktu) -> bool:
    """Whether the one is surely over before the other."""
    if one.unit == other.unit:
        return one.maximum < (other.minimum if other.minimum is not None else other.maximum)
    return most(one) < least(other, "hari")


def offset(relatif: Relatif, *, exact: bool) -> tuple[Fraction, Fraction]:
    """From when to when it may be due, counted from the event: in its own unit, or in days."""
    waktu = relatif.waktu
    low = high = waktu.maximum
    if not exact:
        low, high = least(Waktu(waktu.unit, None, waktu.maximum), "hari"), most(waktu)
    return (-high, -low) if relatif.direction == "before" else (low, high)


def longest_window(jendela: Jendela) -> int:
    """In calendar days."""
    return ((jendela.last_month - jendela.first_month) % 12 + 1) * 31


def read(text: str) -> tuple[Waktu | None, Jadwal | None]:
    """As `read_waktu`, nothing for what cannot be read, of which another rule speaks."""
    try:
        return read_waktu(text) if text else (None, None)
    except InvalidTimeError:
        return None, None


def shortest(
    sources: Iterable[str],
    ahead: Mapping[str, Iterable[str]],
    takes: Mapping[str, Fraction],
) -> dict[str, Fraction]:
    """Node -> what must have passed at least when it is reached from one of the sources; what
    the sources and the node take themselves is not in it."""
    found: dict[str, Fraction] = {}
    waiting = [(Fraction(0), name) for name in sorted(sources)]
    passed: set[str] = set()
    while waiting:
        so_far, name = heappop(waiting)
        if name in passed:
            continue
        passed.add(name)
        for one in ahead.get(name, ()):
            if so_far < found.get(one, so_far + 1):
                found[one] = so_far
                heappush(waiting, (so_far + takes.get(one, Fraction(0)), one))
    return found
