"""When a person may be written to: in working hours, outside their quiet hours."""

from datetime import datetime, time, timedelta
from typing import Final

from workflows.workdays import Calendar, next_opening, to_local, to_utc

Quiet = tuple[time, time]
"""From and until, local time; from 21:00 until 06:00 goes over midnight."""

_DAYS_TRIED: Final = 15  # longer than any block of days off


def send_at(
    calendar: Calendar, now: datetime, *, any_hour: bool, quiet: Quiet | None, zone: str
) -> datetime:
    """The first moment (UTC) from `now` on at which a person may be written to.

    `any_hour` sets the working hours of the calendar aside, never the quiet hours, which are
    read in the person's `zone`. Where quiet hours cover all working hours, their end counts.
    """
    moment = _after_quiet(quiet, zone, now)
    if any_hour:
        return moment
    for _ in range(_DAYS_TRIED):
        opening = next_opening(calendar, moment)
        following = _after_quiet(quiet, zone, opening)
        if following == opening:
            return opening
        moment = following
    return _after_quiet(quiet, zone, now)


def _after_quiet(quiet: Quiet | None, zone: str, moment: datetime) -> datetime:
    if quiet is None or quiet[0] == quiet[1]:
        return moment
    start, end = quiet
    local = to_local(zone, moment)
    clock = local.time()
    if start < end:
        over = start <= clock < end
        return to_utc(zone, datetime.combine(local.date(), end)) if over else moment
    if clock >= start:
        return to_utc(zone, datetime.combine(local.date() + timedelta(days=1), end))
    return to_utc(zone, datetime.combine(local.date(), end)) if clock < end else moment
