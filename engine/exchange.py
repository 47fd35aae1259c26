"""What a step of a case waits for and sends: subscriptions, jobs, messages and signals as rows.

Runs inside the transaction of whoever moves the case, below `engine.progress`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from engine import spiff
from engine.errors import ConflictError
from engine.spiff import Step, Thrown
from engine.store import activations, cases, definitions, jobs, messages, people, signals
from engine.store.tables import Case, Definition, Message
from engine.store.transaction import Tx
from engine.surroundings import compiled_of, surroundings_of
from workflows.correlation import correlation, key_texts
from workflows.workdays import to_local

KEPT = timedelta(days=30)  # of what a case sends, until the first tick puts in the setting


def store_exchange(tx: Tx, case: Case, step: Step, now: datetime) -> None:
    """Bring the rows in line with the step."""
    waiting = [(s.token, s.node, s.kind, s.name, s.keys) for s in step.subscriptions]
    messages.replace_subscriptions(tx, case.id, waiting)
    _store_jobs(tx, case, step, now)
    for thrown in step.thrown:
        _send(tx, case, thrown, now)


def _store_jobs(tx: Tx, case: Case, step: Step, now: datetime) -> None:
    """Cancel what is not asked for any more, then open what is."""
    left = {one.token for one in step.activations if one.state != "active"}
    stuck = {one.token for one in step.incidents}
    gone = {*step.closed, *left}
    jobs.cancel_jobs(tx, case.id, gone, stuck, now, everything=step.finished)
    rows = [
        {
            "token": job.token,
            "node": job.node,
            "definition": job.definition,
            "kind": job.kind,
            "name": job.name,
            "request": job.request,
            "retries_left": max(job.retries, 1),
        }
        for job in step.jobs
    ]
    jobs.open_jobs(tx, case.id, rows, now)


def add_sent(
    tx: Tx,
    kind: str,
    name: str,
    keys: dict[str, str],
    payload: Mapping[str, object],
    now: datetime,
    *,
    message_id: str,
    kept: timedelta = KEPT,
    unit_id: int | None = None,
    from_case_id: int | None = None,
    sent_by: str = "",
) -> Message | None:
    """A message or signal that is on its way from now on; None when its id has been used."""
    return messages.add_message(
        tx,
        keys,
        message_id=message_id,
        kind=kind,
        name=name,
        payload=dict(payload),
        unit_id=unit_id,
        from_case_id=from_case_id,
        sent_by=sent_by,
        created_at=now,
        expires_at=now + kept,
        state="pending",
        due_at=now,
    )


def _send(tx: Tx, case: Case, thrown: Thrown, now: datetime) -> None:
    """Store what the case throws. Its token makes it unique, so a step stored anew sends nothing
    twice. A tick finds the receiver of a message: no step waits for another case."""
    row = add_sent(
        tx,
        thrown.kind,
        thrown.name,
        key_texts(thrown.keys),
        thrown.payload,
        now,
        message_id=f"case-{case.id}-{thrown.token}",
        unit_id=case.unit_id,
        from_case_id=case.id,
    )
    if row is None:
        return
    cases.add_event(
        tx,
        now,
        f"{thrown.kind}_sent",
        None,
        case_id=case.id,
        node_name=activations.names_of(tx, case.id, [thrown.token]).get(thrown.token),
        note=thrown.name,
    )
    if thrown.kind == "signal":
        spread_signal(tx, row, now)


def spread_signal(tx: Tx, signal: Message, now: datetime) -> tuple[int, ...]:
    """Address it to all that wait for it now, and to the SOPs that it starts; the waiting cases.

    From here on the signal itself is settled: its deliveries tell the rest.
    """
    waiting = signals.fan_out(tx, signal, now)
    if signal.unit_id is not None:
        day = to_local(people.unit_by_id(tx, signal.unit_id).zone, now).date()
        for definition in definitions.find_starters(tx, "signal", signal.name, day):
            signals.add_start(tx, signal, definition.key, now)
    signal.state, signal.settled_at = "delivered", now
    return tuple(waiting)


def take_buffered(
    tx: Tx, case: Case, definition: Definition, step: Step, now: datetime
) -> Step | None:
    """Deliver the oldest message that came too early for what the step waits for.

    Gives back the step that this leads to, which is still to be stored.
    """
    awaited = [s for s in step.subscriptions if s.kind == "message"]
    if not awaited:
        return None
    waited = [(s.name, correlation(key_texts(s.keys))) for s in awaited]
    for message in messages.buffered_for(tx, case.id, waited, now):
        receivers = messages.find_receivers(tx, message)
        if len(receivers) == 1 and receivers[0].case_id == case.id:
            following = receive(tx, case, definition, message, receivers[0].token, now)
            if following is not None:
                return following
    return None


def receive(
    tx: Tx, case: Case, definition: Definition, message: Message, token: str, now: datetime
) -> Step | None:
    """Let the waiting token have the message; None when it waits no more, as when a timer beside
    it has become due. The step is still to be stored."""
    step = deliver(tx, case, definition, [token], message, now)
    if step is not None:
        messages.settle(message, case.id, now, started=False)
    return step


def deliver(
    tx: Tx,
    case: Case,
    definition: Definition,
    tokens: Collection[str],
    message: Message,
    now: datetime,
) -> Step | None:
    """The step of a message or signal that reaches these tokens, with its event."""
    try:
        step = spiff.deliver(
            compiled_of(definition),
            case.engine_state,
            case.data,
            tokens,
            message.payload,
            now,
            surroundings_of(tx, case),
        )
    except ConflictError as error:
        if error.code != "subscription_not_open":
            raise
        return None
    names = activations.names_of(tx, case.id, tokens)
    cases.add_event(
        tx,
        now,
        f"{message.kind}_received",
        None,
        case_id=case.id,
        node_name=", ".join(dict.fromkeys(names.values())),
        note=message.name,
        message_id=message.message_id,
    )
    return step


def may_move(case: Case | None) -> bool:
    """Whether something from outside may move the case now."""
    return case is not None and case.state in cases.OPEN and case.suspended_at is None
