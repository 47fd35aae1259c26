"""Messages: to the one case that waits for them, else to the SOP that they start, else kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.exchange import add_sent, may_move, receive
from engine.exchange_values import MessageLine, Sent
from engine.progress import apply_step, log_end
from engine.starting import begin_case, find_agency
from engine.store import cases, definitions, messages, people
from engine.store.tables import Message
from engine.store.transaction import Tx, transaction
from workflows.case_data import check_case_data, check_name
from workflows.correlation import check_keys
from workflows.rights import Actor, Thing, may

AGAIN = timedelta(minutes=10)  # when several cases wait for one message, or a start was refused


def send_message(
    app: App,
    actor: Actor,
    name: str,
    keys: Mapping[str, object],
    payload: Mapping[str, object],
    now: datetime,
    *,
    message_id: str | None = None,
    unit: str | None = None,
) -> Sent:
    """Deliver a message to the case that waits for this name with exactly these keys.

    The key `case` (an id) means that case, whatever else it waits with. `unit`: for which agency
    an SOP may be started that begins with this message. What reaches nobody is kept until a case
    waits for it. A message_id that was sent before changes nothing and gives its first outcome.

    Raises NotAllowedError: right_missing; InvalidAnswerError: invalid_payload; NotFoundError:
    unit_not_found; ConflictError: message_ambiguous (cases), message_start_ambiguous
    (definitions), not_an_agency, and what starting a case raises.
    """
    if reason := may(actor, "send", Thing()):
        raise NotAllowedError(reason, verb="send")
    texts, payload = check_keys(keys), check_case_data(payload)
    for text in (name, *([] if message_id is None else [message_id])):
        check_name(text)
    with transaction(app.sessions) as tx:
        agency = find_agency(tx, unit) if unit is not None else None
        message = add_sent(
            tx,
            "message",
            name,
            texts,
            payload,
            now,
            message_id=message_id or str(uuid4()),
            kept=timedelta(days=app.settings.message_days),
            unit_id=agency.id if agency else None,
            sent_by=actor.login,
        )
        if message is None:
            assert message_id is not None
            return _first_outcome(tx, message_id)
        _place(tx, app, message, now, actor.person_id)
        return _sent(message)


def _first_outcome(tx: Tx, message_id: str) -> Sent:
    message = messages.find_message(tx, message_id)
    if message is None or message.kind != "message":
        raise ConflictError("message_id_taken", message_id=message_id)
    return _sent(message, repeated=True)


def _sent(message: Message, *, repeated: bool = False) -> Sent:
    outcome = {"pending": "buffered", "expired": "expired"}.get(message.state, "delivered")
    if message.started:
        outcome = "started"
    reached = (message.case_id,) if message.case_id is not None else ()
    return Sent(message.message_id, outcome, reached, repeated)


def _place(tx: Tx, app: App, message: Message, now: datetime, by: int | None) -> None:
    """Settle the message if there is somewhere for it to go; else it stays pending."""
    receivers = messages.find_receivers(tx, message)
    if len(receivers) > 1:
        found = sorted({receiver.case_id for receiver in receivers})
        listed = ", ".join(str(case_id) for case_id in found)
        raise ConflictError("message_ambiguous", name=message.name, cases=found, listed=listed)
    message.tries += 1
    if receivers and (receivers[0].suspended or _hand_over(tx, message, receivers[0], now)):
        return
    _start_something(tx, app, message, now, by)


def _hand_over(tx: Tx, message: Message, to: messages.Receiver, now: datetime) -> bool:
    """Deliver it, unless its receiver has stopped waiting by the time the case is ours."""
    case = cases.lock_case(tx, to.case_id)
    if case is None or not may_move(case) or not messages.waits(tx, case.id, to.token):
        return False
    definition = cases.definition_of(tx, case)
    step = receive(tx, case, definition, message, to.token, now)
    if step is None:
        return False
    apply_step(tx, case, definition, step, now)
    log_end(tx, case, now)
    return True


def _start_something(tx: Tx, app: App, message: Message, now: datetime, by: int | None) -> None:
    """Start the SOP that begins with the message, where it names a unit but no case."""
    if message.unit_id is None or message.to_case is not None:
        return
    day = app.today(now)
    found = definitions.find_starters(tx, "message", message.name, day)
    if len(found) > 1:
        keys = [definition.key for definition in found]
        listed = ", ".join(keys)
        raise ConflictError(
            "message_start_ambiguous", name=message.name, definitions=keys, listed=listed
        )
    if found:
        unit = people.unit_by_id(tx, message.unit_id)
        case = begin_case(tx, found[0], unit, {}, now, day, started_by=by, message=message)
        messages.settle(message, case.id, now, started=True)


def due_message_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """Messages to look for a receiver for; each is then `deliver_message`'s to handle."""
    with transaction(app.sessions) as tx:
        return tuple(messages.due_messages(tx, now, limit))


def deliver_message(app: App, row_id: int, now: datetime) -> bool:
    """Deliver a message that a case has sent or that came too early; whether it was settled.

    One that cannot be delivered now, as when several cases wait for it, is tried again later.
    """
    try:
        with transaction(app.sessions) as tx:
            message = messages.lock_pending(tx, row_id, now)
            if message is None:
                return False
            if message.from_case_id is not None and message.tries == 0:
                kept = timedelta(days=app.settings.message_days)
                message.expires_at = message.created_at + kept
            _place(tx, app, message, now, None)
            return message.state != "pending"
    except (ConflictError, NotFoundError) as error:
        _postpone(app, row_id, now + AGAIN, error.code)
        return False


def postpone_message(app: App, row_id: int, until: datetime) -> None:
    """Let a message that cannot be delivered wait, so that others get their turn."""
    _postpone(app, row_id, until, "")


def _postpone(app: App, row_id: int, until: datetime, reason: str) -> None:
    with transaction(app.sessions) as tx:
        messages.postpone(tx, row_id, until, reason)


def expire_messages(app: App, now: datetime) -> int:
    """Give up what nobody has waited for in time; how many."""
    with transaction(app.sessions) as tx:
        return messages.expire(tx, now)


def list_messages(app: App, actor: Actor, now: datetime) -> tuple[MessageLine, ...]:
    """What has reached nobody yet, the oldest first; at most 500.

    Raises NotAllowedError: right_missing.
    """
    if reason := may(actor, "operate", Thing()):
        raise NotAllowedError(reason, verb="operate")
    with transaction(app.sessions) as tx:
        return tuple(
            MessageLine(
                message_id=row.message_id,
                name=row.name,
                keys=row.keys,
                from_case=row.from_case_id,
                created_at=row.created_at,
                expires_at=row.expires_at,
                last_error=row.last_error,
            )
            for row in messages.list_pending(tx, now, 500)
        )
