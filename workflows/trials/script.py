"""The acts of a trial, and how they are written down as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NoReturn

from workflows.case_data import check_case_data, check_name
from workflows.errors import InvalidAnswerError, SopError

MOST_ACTS: Final = 200
MOST_MOMENT: Final = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Start:
    """`unit`: code of the agency whose case it is; `at`: what the clock shows then."""

    unit: str
    at: datetime
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """Take an open step. `unit`: code of the unit in which its role is looked for; `nth`: which one
    of several alike that are open, from 0; `by`: login of whoever does it, as long as they may."""

    node: str
    unit: str
    nth: int = 0
    by: str = ""


@dataclass(frozen=True)
class Complete:
    """Do an open step. `answers`: as typed into its form; `files`: key of a field -> names of
    files, which exist by name alone."""

    node: str
    unit: str
    nth: int = 0
    answers: Mapping[str, object] = field(default_factory=dict)
    checked: tuple[int, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True)
class Advance:
    """Move the clock on; all that falls due on the way happens at its own moment."""

    to: datetime


@dataclass(frozen=True)
class Report:
    """What a service answers: `answer`, or the error with `code` (and `text`)."""

    node: str
    nth: int = 0
    answer: object = None
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class Hear:
    """A message or signal arrives. `kind`: message, signal."""

    kind: str
    name: str
    payload: Mapping[str, object] = field(default_factory=dict)


Act = Start | Claim | Complete | Advance | Report | Hear
Json = Mapping[str, object]


def write_script(acts: Sequence[Act]) -> list[dict[str, object]]:
    return [_write(act) for act in acts]


def _write(act: Act) -> dict[str, object]:
    kind = next(name for name, (made, _) in _KINDS.items() if made is type(act))
    values = {name: _plain(value) for name, value in vars(act).items()}
    return {"act": kind, **values}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value


def read_script(document: object) -> tuple[Act, ...]:
    """Raises InvalidAnswerError: script_broken (act, counted from 1; reason: not_a_script,
    unknown_act, bad_value with field, no_start), script_too_long (most)."""
    if not isinstance(document, list):
        _refuse(0, "not_a_script")
    if len(document) > MOST_ACTS:
        raise InvalidAnswerError("script_too_long", most=MOST_ACTS)
    acts = [_read(number, one) for number, one in enumerate(document, 1)]
    starts = [number for number, act in enumerate(acts, 1) if isinstance(act, Start)]
    if acts and starts != [1]:
        _refuse(starts[-1] if starts else 1, "no_start")
    return tuple(acts)


def _read(number: int, document: object) -> Act:
    if not isinstance(document, Mapping) or document.get("act") not in _KINDS:
        _refuse(number, "unknown_act")
    made, fields = _KINDS[str(document["act"])]
    given: dict[str, object] = {}
    for name, read in fields.items():
        if name not in document:
            continue
        try:
            given[name] = read(document[name])
        except (ValueError, TypeError, SopError):
            _refuse(number, "bad_value", name)
    try:
        return made(**given)
    except TypeError:  # something that it cannot do without is missing
        _refuse(number, "bad_value")


def _refuse(number: int, reason: str, name: str = "") -> NoReturn:
    raise InvalidAnswerError("script_broken", act=number, reason=reason, field=name)


def _text(value: object) -> str:
    return check_name(value) if isinstance(value, str) else _no()


def _maybe(value: object) -> str:
    return value if isinstance(value, str) and len(value) < 10_000 else _no()


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else _no()
    return moment if moment.tzinfo is not None and moment < MOST_MOMENT else _no()


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < 10_000 else _no()


def _counts(value: object) -> tuple[int, ...]:
    return tuple(_count(one) for one in value) if isinstance(value, list) else _no()


def _data(value: object) -> Json:
    return check_case_data(value) if isinstance(value, Mapping) else _no()


def _names(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        return _no()
    return {_text(key): tuple(_text(one) for one in names) for key, names in value.items()}


def _kind(value: object) -> str:
    return value if isinstance(value, str) and value in ("message", "signal") else _no()


def _answer(value: object) -> object:
    check_case_data({"answer": value})
    return value


def _no() -> NoReturn:
    raise ValueError


_WHERE: Mapping[str, Callable[[object], object]] = {"node": _text, "nth": _count}
_KINDS: Mapping[str, tuple[Callable[..., Act], Mapping[str, Callable[[object], object]]]] = {
    "start": (Start, {"unit": _text, "at": _moment, "data": _data}),
    "claim": (Claim, {**_WHERE, "unit": _text, "by": _maybe}),
    "complete": (
        Complete,
        {
            **_WHERE,
            "unit": _text,
            "answers": _data,
            "checked": _counts,
            "files": _names,
            "by": _maybe,
        },
    ),
    "advance": (Advance, {"to": _moment}),
    "report": (Report, {**_WHERE, "answer": _answer, "code": _maybe, "text": _maybe}),
    "hear": (Hear, {"kind": _kind, "name": _text, "payload": _data}),
}
