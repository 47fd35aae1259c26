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
