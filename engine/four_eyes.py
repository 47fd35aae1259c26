"""Steps that different persons must do: who is barred from an open item, kept at the item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.store import cases, handovers, notices, work_items
from engine.store.lines import sop_of
from engine.store.tables import Case, Definition, WorkItem
from engine.store.transaction import Tx
from workflows.sop import Sop


def bar_items(
    tx: Tx, case: Case, definition: Definition, items: Sequence[WorkItem], now: datetime
) -> None:
    """Note at each open item who may not do it, and take it from a claimant or delegate who has
    become one.

    Barred is whoever did the partner step last, or stood behind it (the one that a substitute
    stood in for, the delegate who prepared it); of steps that are done in each part of the agency
    only that of the same part. Where the present round cannot be told from others, in a called
    process and in a step that is repeated for something else than units, whoever did it ever.
    """
    homes = {item.id: item.definition or definition for item in items}
    partners = {item.id: sop_of(homes[item.id]).partners_of(item.node) for item in items}
    if not any(partners.values()):
        return
    past = _read_past(tx, case, definition)
    for item in items:
        item.barred = _barred(past, item, homes[item.id], partners[item.id])
        if item.claimed_by in item.barred:
            item.state, item.claimed_by, item.claimed_at = "ready", None, None
            item.delegate_id = None
            notices.take_back(tx, [item.id])
            cases.add_event(tx, now, "item_released", None, case_id=case.id, work_item_id=item.id)
        elif item.delegate_id in item.barred:
            item.delegate_id = None


@dataclass
class _Past:
    """What has been done in a case; `prepared`: item id -> all to whom it was delegated."""

    key: str
    done: dict[tuple[str, str], list[WorkItem]] = field(default_factory=dict)
    prepared: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def items(self, sop: Sop, key: str, node: str) -> list[WorkItem]:
        """Those whose doers count for that step, the last of each unit or all."""
        found = self.done.get((key, node), [])
        step = sop.kegiatan_at(node)
        repeated = step is not None and step.multi_instance and step.unit_variable is None
        if key != self.key or repeated:
            return found
        return list({item.unit_id: item for item in found}.values())


def _read_past(tx: Tx, case: Case, definition: Definition) -> _Past:
    items = [one for one in work_items.items_of_case(tx, case.id) if one.state == "completed"]
    items.sort(key=lambda item: (item.completed_at or item.available_at, item.id))
    renamed = cases.renamings(tx, case.id) if any(item.definition for item in items) else []
    past = _Past(definition.key)
    for item in items:
        key = (item.definition or definition).key
        node = _present_name(item, renamed) if key == definition.key else item.node
        past.done.setdefault((key, node), []).append(item)
    past.prepared = handovers.prepared_by(tx, [item.id for item in items])
    return past


def _present_name(item: WorkItem, renamed: Iterable[tuple[datetime, Mapping[str, str]]]) -> str:
    """What its node is called since the case has moved to other versions of its SOP."""
    node = item.node
    for at, names in renamed:
        if item.completed_at is not None and item.completed_at <= at:
            node = names.get(node, node)
    return node


def _barred(past: _Past, item: WorkItem, home: Definition, partners: Sequence[str]) -> list[int]:
    sop, persons = sop_of(home), set[int | None]()
    for node in partners:
        for other in past.items(sop, home.key, node):
            if _in_parts(sop, item.node, node) and other.unit_id != item.unit_id:
                continue
            persons |= {other.completed_by, other.completed_for, *past.prepared.get(other.id, ())}
    return sorted(one for one in persons if one is not None)


def _in_parts(sop: Sop, *nodes: str) -> bool:
    """Whether all these steps are done in each part of the agency."""
    steps = [sop.kegiatan_at(node) for node in nodes]
    return all(step is not None and step.unit_variable is not None for step in steps)
