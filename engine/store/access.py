"""Fetch a row together with the question whether the actor may: used by several use cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.store import cases, people, work_items
from engine.store.tables import Case, Definition, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.rights import Actor, Thing, Verb, may

# What may be done to an item although its case stands still.
STANDING: tuple[Verb, ...] = (
    "release",
    "pause",
    "prepare",
    "recall",
    "hand_back",
    "reassign",
    "ask",
)


@dataclass(frozen=True)
class OpenedCase:
    """A case with what is needed to read or move it."""

    case: Case
    definition: Definition
    unit: Unit

    def thing(self, item: WorkItem | None = None, claimed_by: int | None = None) -> Thing:
        """The case, or an item of it, as `workflows.rights` sees it."""
        thing = Thing(case_unit=self.unit.id, case_ancestors=tuple(self.unit.ancestors))
        if item is None:
            return thing
        return replace(
            thing,
            unit=item.unit_id,
            role=item.role,
            claimed_by=claimed_by,
            barred=frozenset(item.barred),
            delegate=item.delegate_id,
        )


def open_case(tx: Tx, actor: Actor, case_id: int, *, lock: bool = False) -> OpenedCase:
    """The case, locked if asked, for someone who may read it.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    case = cases.lock_case(tx, case_id) if lock else cases.find_case(tx, case_id)
    if case is None:
        raise NotFoundError("case_not_found", case=case_id)
    unit = people.unit_by_id(tx, case.unit_id)
    opened = OpenedCase(case, cases.definition_of(tx, case), unit)
    reason = may(actor, "read_case", opened.thing())
    if reason and not work_items.is_involved(tx, actor, case_id):
        raise NotAllowedError(reason, case=case_id)
    return opened


def may_comment(tx: Tx, actor: Actor, opened: OpenedCase) -> bool:
    """Whether someone who may read the case may also speak about it."""
    if actor.person_id is None:
        return False
    involved = work_items.is_involved(tx, actor, opened.case.id)
    return may(actor, "comment", replace(opened.thing(), involved=involved)) is None


def read_item(tx: Tx, actor: Actor, item_id: int) -> tuple[WorkItem, OpenedCase]:
    """The item and its case, for someone who may read the case.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours.
    """
    item = work_items.find_item(tx, item_id)
    if item is None:
        raise NotFoundError("item_not_found", item=item_id)
    return item, open_case(tx, actor, item.case_id)


def open_item(
    tx: Tx, actor: Actor, item_id: int, verb: Verb, day: date
) -> tuple[WorkItem, OpenedCase]:
    """The item and its case, locked, for someone who may do `verb` to it on that day.

    Raises as `read_item` does; NotAllowedError: the code that `may` gives; ConflictError:
    work_item_done (by, at), work_item_withdrawn: the loser of a race reads who was first;
    case_suspended.
    """
    item, _ = read_item(tx, actor, item_id)
    opened = open_case(tx, actor, item.case_id, lock=True)
    item = work_items.find_item(tx, item_id) or item  # as it is now that nobody can change it
    claimed_by = work_items.standing_claimant(tx, item, day)
    thing = opened.thing(item, claimed_by)
    if verb == "reassign":
        thing = replace(thing, above=people.jabatan_above(tx, item.role, item.unit_id))
    reason = may(actor, verb, thing)
    if item.state not in work_items.OPEN and reason not in ("item_not_yours", "not_superior"):
        _refuse_ended(tx, item)
    if verb not in STANDING and not reason:
        refuse_suspended(tx, opened.case)
    if reason:
        who = item.delegate_id if reason == "item_delegated" else claimed_by
        by = people.person_names(tx, [who]).get(who)
        raise NotAllowedError(reason, item=item_id, by=by)
    return item, opened


def refuse_suspended(tx: Tx, case: Case) -> None:
    """Nothing goes on in a suspended case. Raises ConflictError: case_suspended (by, at, note)."""
    if case.suspended_at is not None:
        by = people.person_names(tx, [case.suspended_by]).get(case.suspended_by, "Operator")
        at, note = case.suspended_at.isoformat(), case.suspended_reason
        raise ConflictError("case_suspended", case=case.id, by=by, at=at, note=note)


def _refuse_ended(tx: Tx, item: WorkItem) -> NoReturn:
    if item.state == "cancelled":
        raise ConflictError("work_item_withdrawn", item=item.id)
    by = people.person_names(tx, [item.completed_by]).get(item.completed_by)
    at = item.completed_at.isoformat() if item.completed_at else None
    raise ConflictError("work_item_done", item=item.id, by=by, at=at)
