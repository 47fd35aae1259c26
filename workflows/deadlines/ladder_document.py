"""A ladder as a document, as it is stored and edited, and the Ladder that it stands for.

    {"at_risk": "3/4",
     "rungs": [{"key": "reminder", "at": {"share": "3/4"}, "whom": ["performer"],
                "kind": "reminder", "channels": [], "subject": "", "body": "",
                "any_hour": false}]}

`at` is one of {"share": "3/4"}, {"before": "2 hari kerja"}, {"after": "1 hari kerja"} and
{"days_before": 3, "unit": "hari_kerja", "clock": "08:00"}.
"""

import re
from collections.abc import Mapping
from datetime import time
from fractions import Fraction
from string import Formatter
from typing import Any, Final, NoReturn, get_args

from workflows.deadlines.ladder import DayBefore, Kind, Ladder, Offset, Rung, Share, When
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.storable import is_storable

PLACEHOLDERS: Final = ("nama", "langkah", "sop", "unit", "tenggat", "pelaksana", "kasus")
WHOM: Final = ("performer", "role", "superior", "process_owner")
KINDS: Final[tuple[str, ...]] = get_args(Kind)
MAX_RUNGS, MAX_DAYS, MAX_SUBJECT, MAX_BODY = 20, 365, 200, 2000

_LADDER_KEYS: Final = frozenset({"rungs", "at_risk"})
_RUNG_KEYS: Final = frozenset(
    {"key", "at", "whom", "kind", "channels", "subject", "body", "any_hour"}
)
_DAY_KEYS: Final = frozenset({"days_before", "unit", "clock"})
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_CHANNEL: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNIT: Final = re.compile(r"unit:\S{1,60}")
# "9.9999" is written back as 99999/10000.
_FRACTION: Final = re.compile(r"\d{1,5}(/[1-9]\d{0,4}|\.\d{1,4})?")
# What else makes a notice of an item; see `engine.store.notices`.
_TAKEN: Final = frozenset({"assigned", "snoozed", "due_moved"})


def read_ladder(document: Mapping[str, Any]) -> Ladder:
    """Raises InvalidTimeError(invalid_ladder), fields rung (its key or number, "" for the ladder
    itself), field and reason: unknown_field, missing, no_rung, too_many, duplicate, reserved,
    not_a_key, unknown, not_text, too_long, not_yes_or_no, not_a_list, empty, not_a_fraction,
    out_of_range, not_a_duration, not_a_clock_time, before_due, placeholder."""
    if not isinstance(document, Mapping):
        _refuse("", "rungs", "missing")
    _refuse_unknown("", document, _LADDER_KEYS)
    listed = document.get("rungs")
    if not isinstance(listed, list) or not listed:
        _refuse("", "rungs", "no_rung")
    if len(listed) > MAX_RUNGS:
        _refuse("", "rungs", "too_many")
    rungs = tuple(_rung(str(number), row) for number, row in enumerate(listed, 1))
    keys = [rung.key for rung in rungs]
    for key in keys:
        if keys.count(key) > 1:
            _refuse(key, "key", "duplicate")
    at_risk = _fraction("", "at_risk", document.get("at_risk", "3/4"))
    if not 0 < at_risk <= 1:
        _refuse("", "at_risk", "out_of_range")
    return Ladder(rungs, at_risk)


def write_ladder(ladder: Ladder) -> dict[str, Any]:
    """The document that `read_ladder` reads back as the same value."""
    return {
        "at_risk": str(ladder.at_risk),
        "rungs": [
            {
                "key": rung.key,
                "at": _write_when(rung.at),
                "whom": list(rung.whom),
                "kind": rung.kind,
                "channels": list(rung.channels),
                "subject": rung.subject,
                "body": rung.body,
                "any_hour": rung.any_hour,
            }
            for rung in ladder.rungs
        ],
    }


def _write_when(when: When) -> dict[str, Any]:
    match when:
        case Share(fraction):
            return {"share": str(fraction)}
        case Offset(direction, waktu):
            return {direction: str(waktu)}
        case DayBefore(days, unit, clock):
            return {"days_before": days, "unit": unit, "clock": f"{clock:%H:%M}"}


def _rung(number: str, row: object) -> Rung:
    if not isinstance(row, Mapping):
        _refuse(number, "rungs", "missing")
    key = row.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        _refuse(number, "key", "not_a_key")
    if key in _TAKEN:
        _refuse(key, "key", "reserved")
    _refuse_unknown(key, row, _RUNG_KEYS)
    any_hour = row.get("any_hour", False)
    if not isinstance(any_hour, bool):
        _refuse(key, "any_hour", "not_yes_or_no")
    kind = row.get("kind")
    if kind not in KINDS:
        _refuse(key, "kind", "unknown")
    whom = _texts(key, "whom", row.get("whom"))
    if not whom:
        _refuse(key, "whom", "empty")
    if any(one not in WHOM and not _UNIT.fullmatch(one) for one in whom):
        _refuse(key, "whom", "unknown")
    channels = _texts(key, "channels", row.get("channels", []))
    if any(not _CHANNEL.fullmatch(one) for one in channels):
        _refuse(key, "channels", "unknown")
    subject = _words(key, "subject", row.get("subject", ""), MAX_SUBJECT)
    body = _words(key, "body", row.get("body", ""), MAX_BODY)
    at = _when(key, row.get("at"))
    if kind != "reminder" and not _is_past_due(at):
        _refuse(key, "kind", "before_due")
    return Rung(key, at, whom, kind, channels, subject, body, any_hour)


def _is_past_due(at: When) -> bool:
    """Only then may words say that an item is late."""
    if isinstance(at, Share):
        return at.fraction >= 1
    return isinstance(at, Offset) and at.direction == "after"


def _when(key: str, at: object) -> When:
    if not isinstance(at, Mapping):
        _refuse(key, "at", "missing")
    if set(at) == {"share"}:
        fraction = _fraction(key, "at", at["share"])
        if fraction > 10:
            _refuse(key, "at", "out_of_range")
        return Share(fraction)
    if set(at) == {"before"}:
        return _offset(key, "before", at["before"])
    if set(at) == {"after"}:
        return _offset(key, "after", at["after"])
    if set(at) != _DAY_KEYS:
        _refuse(key, "at", "unknown_field")
    return _day_before(key, at)


def _offset(key: str, direction: Any, text: object) -> Offset:
    try:
        return Offset(direction, parse_waktu(str(text)))
    except InvalidTimeError:
        _refuse(key, "at", "not_a_duration")


def _day_before(key: str, at: Mapping[str, Any]) -> DayBefore:
    days, unit, clock = at["days_before"], at["unit"], at["clock"]
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MAX_DAYS:
        _refuse(key, "at", "out_of_range")
    if unit not in ("hari", "hari_kerja"):
        _refuse(key, "at", "unknown")
    if not isinstance(clock, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", clock):
        _refuse(key, "at", "not_a_clock_time")
    return DayBefore(days, unit, time.fromisoformat(clock))


def _fraction(key: str, field: str, text: object) -> Fraction:
    written = str(text).strip()
    if isinstance(text, bool) or not _FRACTION.fullmatch(written):
        _refuse(key, field, "not_a_fraction")
    return Fraction(written)


def _texts(key: str, field: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        _refuse(key, field, "not_a_list")
    return tuple(dict.fromkeys(value))


def _words(key: str, field: str, text: object, limit: int) -> str:
    if not isinstance(text, str) or not is_storable(text):
        _refuse(key, field, "not_text")
    if len(text) > limit:
        _refuse(key, field, "too_long")
    try:
        parts = list(Formatter().parse(text))
    except ValueError:  # a lone brace
        _refuse(key, field, "placeholder")
    for _, name, layout, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or layout or conversion):
            _refuse(key, field, "placeholder")
    return text


def _refuse_unknown(key: str, row: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in row:
        if name not in known:
            _refuse(key, str(name)[:60], "unknown_field")


def _refuse(rung: str, field: str, reason: str) -> NoReturn:
    raise InvalidTimeError("invalid_ladder", rung=rung, field=field, reason=reason)
