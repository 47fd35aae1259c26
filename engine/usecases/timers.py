"""BPMN timers: which cases have one due, and letting it fire."""

from __future__ import annotations

from datetime import datetime

from engine import spiff
from engine.app import App
from engine.progress import apply_step, log_end
from engine.store import cases
from engine.store.transaction import transaction
from engine.surroundings import compiled_of, surroundings_of


def due_case_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """Running cases with a timer due."""
    with transaction(app.sessions) as tx:
        return tuple(cases.cases_with_due_timers(tx, now, limit))


def fire_timers(app: App, case_id: int, now: datetime) -> bool:
    """Let the case's due timers fire; False when there is nothing to do (any more)."""
    with transaction(app.sessions) as tx:
        case = cases.lock_case(tx, case_id)
        if case is None or case.state not in cases.OPEN:
            return False
        if not cases.has_due_timer(tx, case_id, now):
            return False  # another tick was first
        definition = cases.definition_of(tx, case)
        compiled, around = compiled_of(definition), surroundings_of(tx, case)
        step = spiff.fire_timers(compiled, case.engine_state, case.data, now, around)
        cases.add_event(tx, now, "timers_fired", None, case_id=case_id)
        apply_step(tx, case, definition, step, now)
        log_end(tx, case, now)
        return True


def postpone(app: App, case_id: int, now: datetime, until: datetime) -> None:
    """Let the due timers of a case that cannot be moved wait, so that others get their turn."""
    with transaction(app.sessions) as tx:
        cases.lock_case(tx, case_id)
        cases.postpone_timers(tx, case_id, now, until)
