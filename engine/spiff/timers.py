"""Timers that take every moment from the caller, never from the wall clock."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Literal

from dateutil.relativedelta import relativedelta
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine.spiff.scope import INCIDENT, NodeError, scope_of
from workflows.errors import InvalidTimeError
from workflows.expressions import compile_expression

DUE = "due"
FIRED = "fired"

Kind = Literal["timeDate", "timeDuration"]

_NUMBER = r"(\d{1,6}(?:[.,]\d{1,6})?)"
_DURATION = re.compile(
    rf"P(?=[\dT])(?:(\d{{1,4}})Y)?(?:(\d{{1,5}})M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")
_QUOTED = re.compile(r"""(["'])([^"'\\]*)\1""")


class TimerDefinition(TimerEventDefinition):
    """`text` is an ISO 8601 duration or moment as it stands (also in quotes), or an expression
    that yields one."""

    def __init__(self, name: str, kind: Kind, text: str, **kwargs: Any) -> None:
        super().__init__(name, text, **kwargs)
        self.kind = kind

    def arm(self, my_task: Any) -> None:
        """Set the due moment of a token; raises NodeError, and arms nothing while the token
        has an incident."""
        if INCIDENT in my_task.internal_data:
            return
        scope = scope_of(my_task)
        literal = read_literal(self.expression)
        value = literal if literal is not None else scope.value(my_task, self.expression)
        try:
            due = due_moment(self.kind, value, scope.now, scope.zone)
        except InvalidTimeError as error:
            raise NodeError(error.code, **error.fields) from error
        my_task.internal_data[DUE] = due.isoformat()

    def has_fired(self, my_task: Any) -> bool:
        return FIRED in my_task.internal_data

    def reset(self, my_task: Any) -> None:
        """A token passes a timer once; the next round is another token."""


def read_literal(text: str) -> str | None:
    """The ISO text when a timer is written as it stands or in quotes, None for an expression."""
    stripped = text.strip()
    quoted = _QUOTED.fullmatch(stripped)
    bare = quoted[2] if quoted else stripped
    return bare if _DURATION.fullmatch(bare) or _DATE.fullmatch(bare) else None


def check_timer(kind: Kind, text: str) -> None:
    """Raises ExpressionError or InvalidTimeError for what can be seen before a case runs."""
    literal = read_literal(text)
    if literal is None:
        compile_expression(text)
    else:
        due_moment(kind, literal, datetime(2026, 1, 1, tzinfo=UTC), UTC)


def due_moment(kind: Kind, value: object, now: datetime, zone: tzinfo) -> datetime:
    """An aware UTC moment. A day without a time means its first moment in `zone`; months and
    years are those of the calendar there (31 January + P1M = 28 February)."""
    if not isinstance(value, str):
        raise InvalidTimeError("invalid_timer", text=str(value)[:200], reason="not_a_text")
    text = value.strip()
    try:
        if kind == "timeDuration":
            return _after(text, now.astimezone(zone)).astimezone(UTC)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidTimeError("invalid_timer", text=text[:200], reason=kind) from None


def _after(text: str, start: datetime) -> datetime:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    years, months = (int(group or 0) for group in match.groups()[:2])
    weeks, days, hours, minutes, seconds = (
        float((group or "0").replace(",", ".")) for group in match.groups()[2:]
    )
    moved = start + relativedelta(years=years, months=months)
    return moved + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
