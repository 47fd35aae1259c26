"""Moments, durations and sizes as words, in the reader's language and the unit's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from web.language import get_locale, gettext, ngettext
from web.opening import now

ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
NEAR = timedelta(hours=2)
DAY_MINUTES = 450  # one hari kerja
LONG = 600  # minutes; from here on working days read better


def init_app(flask: Flask) -> None:
    flask.jinja_env.filters.update(
        moment=format_moment,
        day=format_day,
        clock=format_clock,
        relative=format_relative,
        due=format_due,
        minutes=format_minutes,
        size=format_size,
    )
    flask.jinja_env.tests["near"] = is_near


def zone_label(zone: str, moment: datetime) -> str:
    """WIB, WITA or WIT; any other zone by its own abbreviation."""
    return ZONES.get(zone) or moment.astimezone(ZoneInfo(zone)).tzname() or zone


def format_moment(moment: datetime, zone: str) -> str:
    """`Sen, 23 Nov 2026 09.30 WIB`"""
    local = moment.astimezone(ZoneInfo(zone))
    day = format_date(local, "EEE, d MMM y", locale=get_locale())
    return f"{day} {format_clock(moment, zone)} {zone_label(zone, moment)}"


def format_day(day: date, pattern: str = "EEEE, d MMMM y") -> str:
    return format_date(day, pattern, locale=get_locale())


def format_clock(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return local.strftime("%H.%M" if get_locale().language == "id" else "%H:%M")


def format_relative(moment: datetime) -> str:
    """`2 jam lagi`, `3 hari lalu`, `sekarang`"""
    distance = moment - now()
    if abs(distance) < timedelta(minutes=1):
        return gettext("sekarang")
    if distance > timedelta(0):
        return gettext("%(span)s lagi", span=_span(distance))
    return gettext("%(span)s lalu", span=_span(-distance))


def format_due(moment: datetime, zone: str) -> str:
    """As `relative`, but what is past reads `terlambat 3 hari`, and days are those of the
    calendar: what is due in 19 hours is due tomorrow."""
    distance = now() - moment
    if distance >= timedelta(minutes=1):
        return gettext("terlambat %(span)s", span=_span(distance))
    days = (_date(moment, zone) - _date(now(), zone)).days
    if days == 1:
        return gettext("besok")
    if days > 1:
        return gettext("%(span)s lagi", span=ngettext("%(num)d hari", "%(num)d hari", days))
    return format_relative(moment)


def is_near(moment: datetime) -> bool:
    """Whether it comes so soon that the reader should start with it."""
    return moment - now() <= NEAR


def format_minutes(minutes: int) -> str:
    """Working minutes: `75 menit`, from ten hours on `2 hari kerja 1 jam 30 menit`."""
    if minutes < LONG:
        return ngettext("%(num)d menit", "%(num)d menit", minutes)
    days, rest = divmod(minutes, DAY_MINUTES)
    hours, rest = divmod(rest, 60)
    parts = [ngettext("%(num)d hari kerja", "%(num)d hari kerja", days)]
    if hours:
        parts.append(ngettext("%(num)d jam", "%(num)d jam", hours))
    if rest:
        parts.append(ngettext("%(num)d menit", "%(num)d menit", rest))
    return " ".join(parts)


def format_size(size: int) -> str:
    """Bytes as `812 KB` or `1,4 MB` (powers of 1024, as phones show them)."""
    if size < 2**20:
        return f"{max(1, round(size / 2**10))} KB"
    return f"{format_decimal(round(size / 2**20, 1), locale=get_locale())} MB"


def _date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _span(distance: timedelta) -> str:
    """The largest unit that fits, rounded down: nobody is promised more time than there is."""
    minutes = int(distance.total_seconds()) // 60
    if minutes >= 24 * 60:
        return ngettext("%(num)d hari", "%(num)d hari", minutes // (24 * 60))
    if minutes >= 60:
        return ngettext("%(num)d jam", "%(num)d jam", minutes // 60)
    return ngettext("%(num)d menit", "%(num)d menit", minutes)
