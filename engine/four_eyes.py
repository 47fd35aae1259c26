"""Steps that different persons must do: who is barred from an open item, kept at the item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.store import cases, notices, work_items
from engine.store.lines import sop_of
from engine.store.tables import Case, Definition, WorkItem
from engine.store.transaction import Tx
from workflows.sop import Sop


def bar_items(
    tx: Tx, case: Case, definition: Definition, items: Sequence[WorkItem], now: datetime
) -> None:
    """Note at each open item who may not do it, and take it from a claimant who has become one.

    Barred is whoever did the partner step last, or stood behind it (the one that a substitute
    stood in for); of steps that are done in each part of the agency only that of the same part.
    """
    homes = {item.id: item.definition or definition for item in items}
    partners = {item.id: sop_of(homes[item.id]).partners_of(item.node) for item in items}
    if not any(partners.values()):
        return
    done = _last_done(tx, case.id, definition)
    for item in items:
        item.barred = _barred(item, homes[item.id], partners[item.id], done)
        if item.claimed_by in item.barred:
            item.state, item.claimed_by, item.claimed_at = "ready", None, None
            item.delegate_id = None
            notices.take_back(tx, [item.id])
            cases.add_event(tx, now, "item_released", None, case_id=case.id, work_item_id=item.id)


Done = dict[tuple[str, str], list[WorkItem]]  # (key of the SOP, node): the last of each unit


def _last_done(tx: Tx, case_id: int, definition: Definition) -> Done:
    last: dict[tuple[str, str, int], WorkItem] = {}
    for item in work_items.items_of_case(tx, case_id):
        if item.state == "completed":
            last[(item.definition or definition).key, item.node, item.unit_id] = item
    found: Done = {}
    for (key, node, _), item in last.items():
        found.setdefault((key, node), []).append(item)
    return found


def _barred(item: WorkItem, home: Definition, partners: Sequence[str], done: Done) -> list[int]:
    sop, persons = sop_of(home), set[int | None]()
    for node in partners:
        for other in done.get((home.key, node), ()):
            if _in_parts(sop, item.node, node) and other.unit_id != item.unit_id:
                continue
            persons |= {other.completed_by, other.completed_for}
    return sorted(one for one in persons if one is not None)


def _in_parts(sop: Sop, *nodes: str) -> bool:
    """Whether all these steps are done in each part of the agency."""
    steps = [sop.kegiatan_at(node) for node in nodes]
    return all(step is not None and step.unit_variable is not None for step in steps)
