"""Moments, durations and cycles as ISO 8601 writes them; pure, every moment from the caller.

Months and years are those of the calendar: 31 January + P1M = 28 February, and the next round of
a cycle from there is 31 March again, since each round is counted from the anchor.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal, NoReturn

from dateutil.relativedelta import relativedelta

from workflows.errors import InvalidTimeError

Kind = Literal["timeDate", "timeDuration", "timeCycle"]

_NUMBER: Final = r"(\d{1,6}(?:[.,]\d{1,6})?)"
_DURATION: Final = re.compile(
    rf"P(?=[\dT])(?:(\d{{1,4}})Y)?(?:(\d{{1,5}})M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T[^/]*)?")
_CYCLE: Final = re.compile(r"R(\d{0,9})/([^/]+)(?:/([^/]+))?")
_QUOTED: Final = re.compile(r"""(["'])([^"'\\]*)\1""")
_MEANT: Final = re.compile(r"-?P[\dT][\w.,]*$|R\d*/|\d{4}-\d")
_CRON_FIELD: Final = re.compile(r"[\d*?/,#LWA-Z\-]+")
_ENDLESS: Final = 10**15
_ANY_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duration:
    """Calendar months and an exact rest; years are twelve months."""

    months: int
    rest: timedelta

    def after(self, start: datetime, times: int = 1) -> datetime:
        """The moment that lies so many durations after `start` (before it: a negative number).

        Raises OverflowError or ValueError beyond the calendar.
        """
        moved = start + relativedelta(months=self.months * times) if self.months else start
        return moved + self.rest * times


@dataclass(frozen=True, slots=True)
class Cycle:
    """A recurring moment. `times` is None without a bound. With `start` the first round is at
    `start`, with `end` the last one is at `end` and the others lie before it; without both the
    first is one duration after the timer was armed."""

    times: int | None
    duration: Duration
    start: datetime | None = None
    end: datetime | None = None


def read_literal(text: str) -> str | None:
    """The ISO text when it is written as it stands or in quotes; None for an expression."""
    stripped = text.strip()
    quoted = _QUOTED.fullmatch(stripped)
    bare = quoted[2].strip() if quoted else stripped
    patterns = (_DURATION, _DATE, _CYCLE)
    return bare if any(pattern.fullmatch(bare) for pattern in patterns) else None


def is_meant_as_iso(text: str) -> bool:
    """Whether a text that is no ISO 8601 was surely meant to be: "P1", "2026-31-12 08:00"."""
    return bool(_MEANT.match(text.strip().strip("\"'")))


def looks_like_cron(text: str) -> bool:
    """Whether this is a cycle in the manner of cron ("0 0 9 * * ?"), which is not read."""
    fields = text.strip().strip("\"'").split()
    return len(fields) in (5, 6, 7) and all(map(_CRON_FIELD.fullmatch, fields))


def check_literal(kind: Kind, text: str) -> None:
    """Raises InvalidTimeError invalid_timer for a literal that yields no moment."""
    if kind == "timeCycle":
        occurrence(text, _ANY_MOMENT, 0, UTC)
    else:
        due_moment(kind, text, _ANY_MOMENT, UTC)


def due_moment(kind: Kind, value: object, now: datetime, zone: tzinfo) -> datetime:
    """When a timer that is armed now is due first: an aware UTC moment.

    A day without a time means its first moment in `zone`; a moment without a zone is one there. A
    cycle whose rounds have all passed is due at once.
    Raises InvalidTimeError invalid_timer (text, reason).
    """
    if not isinstance(value, str):
        _refuse(str(value), "not_a_text")
    text = value.strip()
    if kind == "timeCycle":
        return occurrence(text, now, 0, zone) or now.astimezone(UTC)
    try:
        if kind == "timeDuration":
            return _duration(text).after(now.astimezone(zone)).astimezone(UTC)
        return _moment(text, zone)
    except (ValueError, OverflowError):
        _refuse(text, kind)


def occurrence(text: str, armed: datetime, number: int, zone: tzinfo) -> datetime | None:
    """When a cycle armed at `armed` comes round for the time `number`, counted from 0; None when
    it does so no more. Rounds that had passed when it was armed do not count.

    Raises InvalidTimeError invalid_timer (text, reason).
    """
    cycle = _read_cycle(text, zone)
    local = armed.astimezone(zone)
    anchor, first, last = _rounds(cycle, local)
    if anchor is not local:
        first = _first_after(cycle.duration, anchor, local, first, last)
    wanted = first + number
    found = _at(cycle.duration, anchor, wanted) if wanted <= last else None
    return None if found is None else found.astimezone(UTC)


def next_in_cycle(
    text: str, armed: datetime, fired: int, now: datetime, zone: tzinfo
) -> tuple[int, datetime] | None:
    """The next round after `fired` ones, as (its number, its moment); None when it was the last.

    Rounds that `now` has left behind, as after an outage, are passed over but for the latest:
    one late firing stands for all that were missed.
    """
    number = fired
    found = occurrence(text, armed, number, zone)
    if found is None or found > now:
        return None if found is None else (number, found)
    # The last round that is not after now: doubling, then halving.
    step = 1
    while (ahead := occurrence(text, armed, number + step, zone)) is not None and ahead <= now:
        number, found, step = number + step, ahead, step * 2
    while step:
        ahead = occurrence(text, armed, number + step, zone)
        if ahead is not None and ahead <= now:
            number, found = number + step, ahead
        step //= 2
    return number, found


def _rounds(cycle: Cycle, armed: datetime) -> tuple[datetime, int, int]:
    """The anchor, and the first and last round as numbers of durations away from it."""
    times = cycle.times if cycle.times is not None else _ENDLESS
    if cycle.start is not None:
        return cycle.start, 0, times - 1
    if cycle.end is not None:
        return cycle.end, 1 - times, 0
    return armed, 1, times


def _first_after(
    duration: Duration, anchor: datetime, armed: datetime, first: int, last: int
) -> int:
    """The lowest round from `first` to `last` that lies after `armed`, `last` + 1 if none does."""
    low, high = first, last + 1
    while low < high:
        middle = (low + high) // 2
        moment = _at(duration, anchor, middle)
        # Outside the calendar: long past on this side of the anchor, far ahead on the other.
        later = middle > 0 if moment is None else moment > armed
        low, high = (low, middle) if later else (middle + 1, high)
    return low


def _at(duration: Duration, anchor: datetime, times: int) -> datetime | None:
    try:
        return duration.after(anchor, times)
    except (OverflowError, ValueError):
        return None


def _read_cycle(text: str, zone: tzinfo) -> Cycle:
    match = _CYCLE.fullmatch(text.strip())
    if match is None:
        _refuse(text, "timeCycle")
    count, one, two = match.groups()
    times = int(count) if count else None
    try:
        cycle = _parts(times, one, two, zone)
    except (ValueError, OverflowError):
        _refuse(text, "timeCycle")
    if cycle.duration.months <= 0 and cycle.duration.rest <= timedelta(0):
        _refuse(text, "no_length")
    if times == 0:
        _refuse(text, "never")
    return cycle


def _parts(times: int | None, one: str, two: str | None, zone: tzinfo) -> Cycle:
    if _DURATION.fullmatch(one):
        end = None if two is None else _moment(two, zone).astimezone(zone)
        return Cycle(times, _duration(one), end=end)
    start = _moment(one, zone).astimezone(zone)
    if two is None:
        raise ValueError(one)
    if _DURATION.fullmatch(two):
        return Cycle(times, _duration(two), start=start)
    return Cycle(times, Duration(0, _moment(two, zone) - start), start=start)


def _moment(text: str, zone: tzinfo) -> datetime:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _duration(text: str) -> Duration:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    years, months = (int(group or 0) for group in match.groups()[:2])
    weeks, days, hours, minutes, seconds = (
        float((group or "0").replace(",", ".")) for group in match.groups()[2:]
    )
    rest = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return Duration(years * 12 + months, rest)


def _refuse(text: str, reason: str) -> NoReturn:
    raise InvalidTimeError("invalid_timer", text=text[:200], reason=reason)
