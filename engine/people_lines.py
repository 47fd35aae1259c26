"""Rows of handing over, asking and commenting as the frozen values that leave a use case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.handover_values import CommentLine, ConsultationLine, HandoverLine
from engine.store import work_items
from engine.store.access import OpenedCase
from engine.store.handovers import CommentRow, ConsultationRow, HandoverRow, comment_rows
from engine.store.lines import capacity_from, kegiatan_of, sop_of_item
from engine.store.transaction import Tx
from engine.telling import told_capacity
from workflows.rights import Capacity


def read_capacity(stored: Mapping[str, Any] | None) -> Capacity | None:
    """As what somebody acted, as records keep it; None where it need not be said."""
    return told_capacity(capacity_from(stored))


def handover_line(row: HandoverRow) -> HandoverLine:
    handover, giver, receiver = row
    return HandoverLine(
        id=handover.id,
        kind=handover.kind,
        at=handover.at,
        giver=giver,
        receiver=receiver,
        acted_as=read_capacity(handover.acted_as),
        instructions=tuple(handover.instructions),
        urgency=handover.urgency,
        note=handover.note,
    )


def consultation_line(
    row: ConsultationRow, reader: int | None = None, *, works: bool = False
) -> ConsultationLine:
    """`works`: the reader works on the item."""
    one, asker, asked = row
    is_open = one.answered_at is None and one.withdrawn_at is None
    return ConsultationLine(
        id=one.id,
        item=one.work_item_id,
        asker=asker,
        asked=asked,
        question=one.question,
        asked_at=one.asked_at,
        answer=one.answer,
        answered_at=one.answered_at,
        withdrawn_at=one.withdrawn_at,
        may_answer=is_open and reader is not None and one.asked_of == reader,
        may_withdraw=is_open and reader is not None and (one.asked_by == reader or works),
    )


def comment_line(row: CommentRow, steps: Mapping[int, str]) -> CommentLine:
    """`steps`: item id -> the name of its step."""
    comment, author = row
    return CommentLine(
        id=comment.id,
        item=comment.work_item_id,
        step_name=steps.get(comment.work_item_id or 0, ""),
        author=author.name,
        login=author.login,
        acted_as=read_capacity(comment.acted_as),
        at=comment.at,
        body=comment.body,
    )


def comments_of(tx: Tx, opened: OpenedCase) -> tuple[CommentLine, ...]:
    """All on a case and its items, the oldest first."""
    rows = comment_rows(tx, opened.case.id)
    ids = {row[0].work_item_id for row in rows if row[0].work_item_id is not None}
    steps = {
        item.id: kegiatan_of(sop_of_item(item, opened.definition), item.node).name
        for item in work_items.items_by_id(tx, ids)
    }
    return tuple(comment_line(row, steps) for row in rows)
