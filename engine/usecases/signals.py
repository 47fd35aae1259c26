"""Signals: to every case that waits for them when they are sent, each of them once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.exchange import add_sent, deliver, may_move, spread_signal
from engine.exchange_values import Sent
from engine.progress import apply_step, log_end
from engine.starting import begin_case, find_agency
from engine.store import cases, definitions, messages, people, signals
from engine.store.tables import Delivery, Message
from engine.store.transaction import Tx, transaction
from workflows.case_data import check_case_data, check_name
from workflows.rights import Actor, Thing, may


def send_signal(
    app: App,
    actor: Actor,
    name: str,
    payload: Mapping[str, object],
    now: datetime,
    *,
    message_id: str | None = None,
    unit: str | None = None,
) -> Sent:
    """Address a signal to all cases that wait for it now; ticks deliver it, a case at a time.

    `unit`: the agency for which the SOPs are started that begin with this signal. Nothing is kept
    for cases that begin to wait later. A message_id that was sent before changes nothing.

    Raises NotAllowedError: right_missing; InvalidAnswerError: invalid_payload; NotFoundError:
    unit_not_found; ConflictError: not_an_agency.
    """
    if reason := may(actor, "send", Thing()):
        raise NotAllowedError(reason, verb="send")
    payload = check_case_data(payload)
    check_name(name)
    if message_id is not None:
        check_name(message_id)
    with transaction(app.sessions) as tx:
        agency = find_agency(tx, unit) if unit is not None else None
        signal = add_sent(
            tx,
            "signal",
            name,
            {},
            payload,
            now,
            message_id=message_id or str(uuid4()),
            unit_id=agency.id if agency else None,
            sent_by=actor.login,
        )
        if signal is None:
            assert message_id is not None
            return _first_outcome(tx, message_id)
        return Sent(signal.message_id, "sent", spread_signal(tx, signal, now))


def _first_outcome(tx: Tx, message_id: str) -> Sent:
    signal = messages.find_message(tx, message_id)
    if signal is None or signal.kind != "signal":
        raise ConflictError("message_id_taken", message_id=message_id)
    return Sent(message_id, "sent", tuple(signals.reached(tx, signal)), repeated=True)


def due_delivery_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """Signals on their way; each is then `deliver_signal`'s to handle."""
    with transaction(app.sessions) as tx:
        return tuple(signals.due_deliveries(tx, now, limit))


def deliver_signal(app: App, delivery_id: int, now: datetime) -> bool:
    """Let one case have the signal, or start one SOP; whether anything came of it."""
    starts = False
    try:
        with transaction(app.sessions) as tx:
            found = signals.lock_delivery(tx, delivery_id)
            if found is None:
                return False
            delivery, signal = found
            if starts := delivery.definition_key is not None:
                return _start(tx, app, delivery, signal, now)
            return _reach(tx, delivery, signal, now)
    except (ConflictError, NotFoundError) as error:
        if not starts:
            raise
        with transaction(app.sessions) as tx:  # an SOP that cannot be started, as without a holder
            signals.drop(tx, delivery_id, now, error.code)
        return False


def _reach(tx: Tx, delivery: Delivery, signal: Message, now: datetime) -> bool:
    """Those of its tokens that wait still get it, together; a suspended case gets it later."""
    assert delivery.case_id is not None
    case = cases.lock_case(tx, delivery.case_id)
    waiting = signals.still_waiting(tx, delivery)
    if case is None or not waiting:
        delivery.state, delivery.settled_at = "dropped", now
        return False
    if not may_move(case):
        return False
    definition = cases.definition_of(tx, case)
    step = deliver(tx, case, definition, waiting, signal, now)
    delivery.state, delivery.settled_at = "delivered" if step else "dropped", now
    if step is None:
        return False
    apply_step(tx, case, definition, step, now)
    log_end(tx, case, now)
    return True


def _start(tx: Tx, app: App, delivery: Delivery, signal: Message, now: datetime) -> bool:
    """Nothing comes of it when the SOP does not begin with the signal any more, or is retired."""
    found = definitions.find_starters(tx, signal.kind, signal.name, app.today(now))
    definition = next((one for one in found if one.key == delivery.definition_key), None)
    if definition is None or signal.unit_id is None:
        delivery.state, delivery.settled_at = "dropped", now
        return False
    unit = people.unit_by_id(tx, signal.unit_id)
    case = begin_case(tx, definition, unit, {}, now, app.today(now), message=signal)
    delivery.state, delivery.settled_at, delivery.case_id = "delivered", now, case.id
    return True


def postpone_delivery(app: App, delivery_id: int, until: datetime) -> None:
    """Let a delivery that fails wait, so that others get their turn."""
    with transaction(app.sessions) as tx:
        signals.postpone(tx, delivery_id, until)
