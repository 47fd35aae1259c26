"""Moments, durations and sizes as words, in the reader's language and zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g

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
        span=format_span,
        hours=format_hours,
        iso_day=format_iso_day,
        plain_time=format_plain_time,
    )
    flask.jinja_env.tests["near"] = is_near
    flask.jinja_env.globals.update(reading_zone=reading_zone, zone_label=zone_label)


def reading_zone(zone: str) -> str:
    """The zone in which the reader is told moments; `zone`, the unit's, where they have none."""
    actor = g.get("actor")
    return actor.zone if actor and actor.zone else zone


def zone_label(zone: str) -> str:
    """WIB, WITA or WIT; any other zone by its name."""
    return ZONES.get(zone, zone)


def format_moment(moment: datetime, zone: str) -> str:
    """`Sen, 23 Nov 2026 09.30 WIB`, in the reader's zone."""
    return _say_moment(moment, reading_zone(zone), get_locale())


@lru_cache(maxsize=2000)  # a list says the same moments at each look
def _say_moment(moment: datetime, zone: str, locale: Locale) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    day = _say_day(local.date(), "EEE, d MMM y", locale)
    return f"{day} {_say_clock(local, locale)} {zone_label(zone)}"


def format_span(start: datetime, zone: str, end: datetime) -> str:
    """`Sen, 23 Nov 2026 09.10–09.25 WIB`; over several days both ends in full."""
    if local_date(start, zone) != local_date(end, zone):
        return f"{format_moment(start, zone)} – {format_moment(end, zone)}"
    first = format_moment(start, zone).rsplit(" ", 1)[0]
    return f"{first}–{format_clock(end, zone)} {zone_label(reading_zone(zone))}"


def format_day(day: date, pattern: str = "EEEE, d MMMM y") -> str:
    return _say_day(day, pattern, get_locale())


@lru_cache(maxsize=2000)  # a list says the same few days again and again
def _say_day(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)


def format_iso_day(text: str | None) -> str:
    """`2027-02-08` as `8 Feb 2027`; what is no date stays as it was typed."""
    try:
        return format_day(date.fromisoformat(text or ""), "d MMM y")
    except ValueError:
        return text or ""


def format_hours(text: str) -> str:
    """Working hours of a calendar document: `07:30-12:00 13:00-16:00` as `07.30–12.00,
    13.00–16.00`."""
    point = "." if get_locale().language == "id" else ":"
    return text.replace(":", point).replace("-", "–").replace(" ", ", ")


def format_plain_time(moment: time | None) -> str:
    """As an input of that type wants it."""
    return f"{moment:%H:%M}" if moment else ""


def format_clock(moment: datetime, zone: str) -> str:
    return _say_clock(moment.astimezone(ZoneInfo(reading_zone(zone))), get_locale())


def _say_clock(local: datetime, locale: Locale) -> str:
    return local.strftime("%H.%M" if locale.language == "id" else "%H:%M")


def format_relative(moment: datetime) -> str:
    """`2 jam lagi`, `3 hari lalu`, `baru saja`"""
    distance = moment - now()
    if abs(distance) < timedelta(minutes=1):
        return gettext("baru saja")
    if distance > timedelta(0):
        return gettext("%(span)s lagi", span=_span(distance))
    return gettext("%(span)s lalu", span=_span(-distance))


def format_due(moment: datetime, zone: str) -> str:
    """As `relative`, but what is past reads `terlambat 3 hari`, and days are those of the
    calendar: what is due in 19 hours is due tomorrow."""
    distance = now() - moment
    if distance >= timedelta(minutes=1):
        return gettext("terlambat %(span)s", span=_span(distance))
    if abs(distance) < timedelta(minutes=1):
        return gettext("sekarang")
    days = (local_date(moment, zone) - local_date(now(), zone)).days
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


def local_date(moment: datetime, zone: str) -> date:
    """The day that the reader's calendar shows."""
    return moment.astimezone(ZoneInfo(reading_zone(zone))).date()


def _span(distance: timedelta) -> str:
    """The largest unit that fits, rounded down: nobody is promised more time than there is."""
    minutes = int(distance.total_seconds()) // 60
    if minutes >= 24 * 60:
        return ngettext("%(num)d hari", "%(num)d hari", minutes // (24 * 60))
    if minutes >= 60:
        return ngettext("%(num)d jam", "%(num)d jam", minutes // 60)
    return ngettext("%(num)d menit", "%(num)d menit", minutes)
