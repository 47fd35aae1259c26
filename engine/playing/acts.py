"""Playing one act of a trial, by the use cases that staff would call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from engine.errors import ConflictError
from engine.exchange import add_sent, deliver, receive
from engine.playing.cast import Player, find_item, find_player, opened_case
from engine.playing.clock import advance, deliver_own, note_sent, remind
from engine.playing.stage import Stage, begin
from engine.progress import apply_step, log_end
from engine.services import ServiceError
from engine.settling import Outcome, check_result, lock_both, settle
from engine.store import cases, documents, playing
from engine.store.tables import Document, Message, Subscription
from engine.store.transaction import Tx, transaction
from engine.usecases import work_items
from workflows.errors import InvalidAnswerError
from workflows.trials import Act, Advance, Claim, Complete, Hear, Report, Start

EXAMPLE = "berkas-contoh.pdf"  # what a file field has unless something else is chosen


@dataclass(frozen=True)
class Played:
    """Who did which step; both "" where nobody did."""

    name: str = ""
    by: str = ""
    stand_in: bool = False


def play_act(stage: Stage, act: Act) -> Played:
    """Raises what the use case of the act raises; ConflictError: trial_step_not_open,
    trial_not_begun, trial_nothing_waits, and those of the clock."""
    stage.refuse_slow()
    note_sent(stage)
    if isinstance(act, Start):
        begin(stage, act)
        played = Played()
    elif not stage.case_id:
        raise ConflictError("trial_not_begun")
    elif isinstance(act, Advance):
        advance(stage, act.to)
        return Played()
    elif isinstance(act, Claim | Complete):
        played = _work(stage, act)
    elif isinstance(act, Report):
        played = _report(stage, act)
    else:
        played = _hear(stage, act)
    deliver_own(stage)
    remind(stage)
    return played


def _work(stage: Stage, act: Claim | Complete) -> Played:
    with transaction(stage.app.sessions) as tx:
        item = find_item(tx, stage, act.node, act.unit, act.nth)
        player = find_player(tx, stage, item, act.by)
        item_id, name = item.id, item.title
        files = _attach(tx, stage, item_id, player, act) if isinstance(act, Complete) else {}
    if isinstance(act, Claim):
        work_items.claim_work_item(stage.app, player.actor, item_id, stage.now)
    else:
        answers = {**act.answers, **files}
        work_items.complete_work_item(
            stage.app, player.actor, item_id, answers, stage.now, act.checked
        )
    return Played(name, player.actor.name, player.stand_in)


def _attach(
    tx: Tx, stage: Stage, item_id: int, player: Player, act: Complete
) -> Mapping[str, list[int]]:
    """Rows of files that have no content."""
    given: dict[str, list[int]] = {}
    for key, names in act.files.items():
        for name in names:
            row = Document(
                case_id=stage.case_id,
                work_item_id=item_id,
                name=name,
                media_type="application/pdf",
                size=0,
                sha256=sha256(name.encode()).hexdigest(),
                uploaded_at=stage.now,
                uploaded_by=player.actor.person_id,
            )
            given.setdefault(key, []).append(documents.add_document(tx, row).id)
    return given


def _report(stage: Stage, act: Report) -> Played:
    with transaction(stage.app.sessions) as tx:
        alike = [job for job in playing.open_jobs(tx, stage.case_id) if job.node == act.node]
        both = lock_both(tx, alike[act.nth].id) if act.nth < len(alike) else None
        if both is None:
            raise ConflictError("trial_nothing_waits", name=act.node)
        settle(tx, *both, _outcome(act), stage.now)
        return Played(act.node)


def _outcome(act: Report) -> Outcome:
    if act.code:
        return Outcome("error", code=act.code, reason=act.text)
    if act.text and act.answer is None:
        return Outcome("failed", reason=act.text, retries=0)
    try:
        return Outcome("done", result=check_result(act.answer))
    except ServiceError as error:
        raise InvalidAnswerError("invalid_result", reason=error.reason) from error


def _hear(stage: Stage, act: Hear) -> Played:
    with transaction(stage.app.sessions) as tx:
        case = cases.lock_case(tx, stage.case_id)
        waiting = [
            one
            for one in playing.subscriptions(tx, stage.case_id)
            if (one.kind, one.name) == (act.kind, act.name)
        ]
        if case is None or not waiting:
            raise ConflictError("trial_nothing_waits", name=act.name)
        definition = opened_case(tx, stage).definition
        message = _message(tx, stage, act, waiting)
        if act.kind == "message":
            step = receive(tx, case, definition, message, waiting[0].token, stage.now)
        else:
            tokens = [one.token for one in waiting]
            step = deliver(tx, case, definition, tokens, message, stage.now)
        if step is None:
            raise ConflictError("trial_nothing_waits", name=act.name)
        apply_step(tx, case, definition, step, stage.now)
        log_end(tx, case, stage.now)
        return Played(act.name)


def _message(tx: Tx, stage: Stage, act: Hear, waiting: list[Subscription]) -> Message:
    """With the very keys that are waited for: a trial does not play who else might have sent it."""
    message = add_sent(
        tx,
        act.kind,
        act.name,
        dict(waiting[0].keys),
        act.payload,
        stage.now,
        message_id=str(uuid4()),
        sent_by="percobaan",
    )
    assert message is not None
    return message
