"""Timers that take every moment from the caller, never from the wall clock.

A token that waits for a moment carries it, so that it does not move while the token waits. Rounds
of a cycle that were missed, as after an outage, happen as one.
"""

from datetime import datetime
from typing import Any

from engine.spiff.scope import NodeError, scope_of
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.process.iso import due_moment, next_in_cycle, occurrence, read_literal
from workflows.process.model import Timer
from workflows.workdays import add

DUE = "due"
CYCLE = "cycle"  # [its text, the moment it was armed, the number of the round that is due]


def arm_timer(token: Any, timer: Timer) -> None:
    """Set the due moment of a token. Raises NodeError."""
    scope = scope_of(token)
    try:
        if timer.kind == "waktu":
            due = add(scope.around.calendar, scope.now, parse_waktu(timer.text))
        else:
            literal = read_literal(timer.text)
            value = literal if literal is not None else scope.value(token, timer.text)
            due = due_moment(timer.kind, value, scope.now, scope.around.zone)
            if timer.kind == "timeCycle":
                token.internal_data[CYCLE] = [value, scope.now.isoformat(), 0]
    except InvalidTimeError as error:
        raise NodeError(error.code, **error.fields) from error
    token.internal_data[DUE] = due.isoformat()


def next_round(token: Any) -> bool:
    """Arm the next round after the one that has just happened; False when that was the last."""
    marks = token.internal_data
    del marks[DUE]
    if CYCLE not in marks:
        return False
    scope = scope_of(token)
    text, since, number = marks[CYCLE]
    armed, zone = datetime.fromisoformat(since), scope.around.zone
    found = next_in_cycle(text, armed, number + 1, scope.now, zone)
    if found is not None and found[1] <= scope.now:
        missed = found[0] + 1
        due = occurrence(text, armed, missed, zone)
        found = None if due is None else (missed, due)
    if found is None:
        return False
    marks[CYCLE] = [text, since, found[0]]
    marks[DUE] = found[1].isoformat()
    return True
