"""Asking a colleague about a work item without handing it over."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.handing import find_colleague, speaks_as, tell_of
from engine.handover_values import ConsultationLine
from engine.people_lines import consultation_line
from engine.store import cases, handovers, work_items
from engine.store.access import OpenedCase, open_item, read_item
from engine.store.tables import Consultation, WorkItem
from engine.store.transaction import Tx, transaction
from workflows.remark import check_remark
from workflows.rights import Actor, Capacity, may


def ask_colleague(
    app: App, actor: Actor, item_id: int, to: str, question: str, now: datetime
) -> ConsultationLine:
    """Ask anybody about an item that the actor works on or prepares. Whoever is asked may read the
    case from then on, and answer; nothing else changes.

    Raises as `work_items.claim_work_item` does; NotFoundError: person_not_found; ConflictError:
    colleague_self, colleague_ended, colleague_away; InvalidAnswerError: invalid_text.
    """
    question, day = check_remark(question, "question"), app.today(now)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "ask", day)
        person = find_colleague(tx, actor, to, day)
        assert actor.person_id is not None
        row = handovers.add_consultation(
            tx,
            Consultation(
                work_item_id=item.id,
                asked_by=actor.person_id,
                asked_of=person.id,
                question=question,
                asked_at=now,
            ),
        )
        capacity = speaks_as(tx, actor, opened, item, day)
        target = person.name
        _log(tx, now, "question_asked", actor, item, capacity, target_name=target, note=question)
        news = News("consulted", note=question, acted_as=capacity)
        tell_of(tx, app, actor, opened, item, news, f"question:{row.id}", [person.id], now)
        return _line(tx, row, actor)


def answer_question(
    app: App, actor: Actor, consultation_id: int, answer: str, now: datetime
) -> ConsultationLine:
    """Answer what one is asked; also after the item is done.

    Raises NotFoundError: question_not_found; NotAllowedError: question_not_yours; ConflictError:
    question_closed; InvalidAnswerError: invalid_text.
    """
    answer = check_remark(answer, "answer")
    with transaction(app.sessions) as tx:
        row, item, opened = _open(tx, actor, consultation_id)
        if actor.person_id != row.asked_of:
            raise NotAllowedError("question_not_yours", question=row.id)
        if row.answered_at is not None or row.withdrawn_at is not None:
            raise ConflictError("question_closed", question=row.id)
        row.answer, row.answered_at = answer, now
        tx.flush()
        capacity = speaks_as(tx, actor, opened, item, app.today(now))
        _log(tx, now, "question_answered", actor, item, capacity, note=answer)
        news = News("answered", note=answer, acted_as=capacity)
        tell_of(tx, app, actor, opened, item, news, f"answer:{row.id}", [row.asked_by], now)
        return _line(tx, row, actor)


def withdraw_question(
    app: App, actor: Actor, consultation_id: int, now: datetime
) -> ConsultationLine:
    """Ask no more: whoever asked, or works on the item now.

    Raises as `answer_question` does.
    """
    with transaction(app.sessions) as tx:
        row, item, opened = _open(tx, actor, consultation_id)
        if actor.person_id != row.asked_by and not _works(tx, app, actor, item, opened, now):
            raise NotAllowedError("question_not_yours", question=row.id)
        if row.answered_at is not None or row.withdrawn_at is not None:
            raise ConflictError("question_closed", question=row.id)
        row.withdrawn_at = now
        tx.flush()
        capacity = speaks_as(tx, actor, opened, item, app.today(now))
        _log(tx, now, "question_withdrawn", actor, item, capacity)
        news = News("question_withdrawn", acted_as=capacity)
        tell_of(tx, app, actor, opened, item, news, f"withdrawn:{row.id}", [row.asked_of], now)
        return _line(tx, row, actor)


def _open(tx: Tx, actor: Actor, consultation_id: int) -> tuple[Consultation, WorkItem, OpenedCase]:
    """The question, with its case locked."""
    seen = handovers.find_consultation(tx, consultation_id)
    if seen is None:
        raise NotFoundError("question_not_found", question=consultation_id)
    item, opened = read_item(tx, actor, seen.work_item_id)
    cases.lock_case(tx, item.case_id)
    row = handovers.find_consultation(tx, consultation_id)
    return row or seen, item, opened


def _works(
    tx: Tx, app: App, actor: Actor, item: WorkItem, opened: OpenedCase, now: datetime
) -> bool:
    claimed_by = work_items.standing_claimant(tx, item, app.today(now))
    return may(actor, "ask", opened.thing(item, claimed_by)) is None


def _log(
    tx: Tx,
    now: datetime,
    kind: str,
    actor: Actor,
    item: WorkItem,
    capacity: Capacity | None,
    **data: Any,
) -> None:
    where = {"case_id": item.case_id, "work_item_id": item.id}
    acted_as = asdict(capacity) if capacity else None
    cases.add_event(tx, now, kind, actor.person_id, **where, acted_as=acted_as, **data)


def _line(tx: Tx, row: Consultation, actor: Actor) -> ConsultationLine:
    rows = handovers.consultation_rows(tx, row.work_item_id)
    return next(consultation_line(one, actor.person_id) for one in rows if one[0].id == row.id)
