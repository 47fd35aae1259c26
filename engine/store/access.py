"""Fetch a row together with the question whether the actor may: used by several use cases."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import NotAllowedError, NotFoundError
from engine.store import cases, people, work_items
from engine.store.tables import Case, Definition, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.rights import Actor, Thing, Verb, may


@dataclass(frozen=True)
class OpenedCase:
    """A case with what is needed to read or move it."""

    case: Case
    definition: Definition
    unit: Unit

    def thing(self, item: WorkItem | None = None) -> Thing:
        """The case, or an item of it, as `workflows.rights` sees it."""
        return Thing(
            case_unit=self.unit.id,
            case_ancestors=tuple(self.unit.ancestors),
            unit=item.unit_id if item else 0,
            role=item.role if item else "",
            claimed_by=item.claimed_by if item else None,
        )


def open_case(tx: Tx, actor: Actor, case_id: int, *, lock: bool = False) -> OpenedCase:
    """The case, locked if asked, for someone who may read it.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    case = cases.lock_case(tx, case_id) if lock else cases.find_case(tx, case_id)
    if case is None:
        raise NotFoundError("case_not_found", case=case_id)
    unit = people.units_by_id(tx, [case.unit_id])[case.unit_id]
    opened = OpenedCase(case, cases.definition_of(tx, case), unit)
    if reason := may(actor, "read_case", opened.thing()):
        raise NotAllowedError(reason, case=case_id)
    return opened


def open_item(
    tx: Tx, actor: Actor, item_id: int, verb: Verb, *, lock: bool = False
) -> tuple[WorkItem, OpenedCase]:
    """The item and its case, for someone who may do `verb` to it; `lock` locks the case.

    Raises NotFoundError: item_not_found; NotAllowedError: the code that `may` gives.
    """
    item = work_items.find_item(tx, item_id)
    if item is None:
        raise NotFoundError("item_not_found", item=item_id)
    opened = open_case(tx, actor, item.case_id, lock=lock)
    if lock:
        item = work_items.find_item(tx, item_id)  # as it is now that nobody else can change it
        assert item is not None
    if verb == "read_case":
        return item, opened
    if reason := may(actor, verb, opened.thing(item)):
        raise NotAllowedError(reason, item=item_id, by=claimant(tx, item))
    return item, opened


def claimant(tx: Tx, item: WorkItem) -> str | None:
    """The name of whoever has claimed the item."""
    return people.person_names(tx, [item.claimed_by]).get(item.claimed_by)
