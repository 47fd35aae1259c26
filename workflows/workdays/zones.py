"""The three time zones of Indonesia.

They have had one fixed offset since 1964, so a plain offset is exact and needs no zone database.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from workflows.errors import InvalidTimeError

_ZONES: Final = {
    "Asia/Jakarta": timezone(timedelta(hours=7), "WIB"),
    "Asia/Makassar": timezone(timedelta(hours=8), "WITA"),
    "Asia/Jayapura": timezone(timedelta(hours=9), "WIT"),
}
ZONES: Final = tuple(_ZONES)
_MICROSECOND: Final = timedelta(microseconds=1)
_LOCAL_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the wall clock of any zone
# Between moments of one zone datetime subtracts fastest, so the offset is added afterwards.
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSETS: Final = {name: zone.utcoffset(None) // _MICROSECOND for name, zone in _ZONES.items()}


def zone_info(zone: str) -> timezone:
    """Raises InvalidTimeError(unknown_zone), fields text and known."""
    try:
        return _ZONES[zone]
    except KeyError:
        raise InvalidTimeError(
            "unknown_zone", text=zone, reason="not_indonesian", known=list(ZONES)
        ) from None


def zone_label(zone: str) -> str:
    """ "WIB", "WITA" or "WIT"."""
    return str(zone_info(zone))


def to_local(zone: str, moment: datetime) -> datetime:
    """The wall clock of the zone, as a naive datetime: what calendars reckon with.

    Raises InvalidTimeError: naive_moment for one without offset, outside_calendar for one at the
    ends of what datetime can hold.
    """
    if moment.tzinfo is None:
        raise InvalidTimeError("naive_moment", text=moment.isoformat(), reason="no_offset")
    try:
        return moment.astimezone(zone_info(zone)).replace(tzinfo=None)
    except OverflowError:
        raise InvalidTimeError(
            "outside_calendar", text=moment.isoformat(), reason="overflow"
        ) from None


def to_utc(zone: str, local: datetime) -> datetime:
    return local.replace(tzinfo=zone_info(zone)).astimezone(UTC)


def micros_of(zone: str, moment: datetime) -> int:
    """The wall clock of the zone as microseconds since 1970.

    Raises InvalidTimeError(naive_moment).
    """
    if moment.tzinfo is None:
        raise InvalidTimeError("naive_moment", text=moment.isoformat(), reason="no_offset")
    since = moment - _EPOCH
    seconds = since.days * 86_400 + since.seconds
    return seconds * 1_000_000 + since.microseconds + _OFFSETS[zone]


def moment_of(zone: str, micros: int) -> datetime:
    """The moment (UTC) of a wall clock that `micros_of` gave."""
    return _EPOCH + (micros - _OFFSETS[zone]) * _MICROSECOND


def local_micros(local: datetime) -> int:
    """As `micros_of`, for what `to_local` gave."""
    return (local - _LOCAL_EPOCH) // _MICROSECOND


def local_of(micros: int) -> datetime:
    return _LOCAL_EPOCH + micros * _MICROSECOND
