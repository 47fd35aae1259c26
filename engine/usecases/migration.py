"""Bringing running cases to another version of their SOP, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from engine import spiff
from engine.app import App
from engine.deadlining import follow_ladders
from engine.errors import ConflictError, NotAllowedError, NotFoundError, StuckError
from engine.notifying import Matter, announce
from engine.operation_values import BlockedNode, MigrationLine
from engine.progress import apply_step, log_end
from engine.store import activations, cases, definitions, jobs, people, work_items
from engine.store.access import OpenedCase, open_case
from engine.store.calendars import calendars_of
from engine.store.ladders import ladders_of
from engine.store.lines import sop_of
from engine.store.tables import Case, Definition, WorkItem
from engine.store.transaction import Tx, transaction
from engine.surroundings import compiled_of, surroundings
from workflows.process.nodes import all_nodes
from workflows.rights import Actor, Thing, may
from workflows.sop import Sop

Mapped = Mapping[str, str]


def migrate_cases(
    app: App,
    actor: Actor,
    key: str,
    to_version: int,
    now: datetime,
    *,
    mapping: Mapped | None = None,
    dry_run: bool = False,
    case_ids: Collection[int] | None = None,
) -> tuple[MigrationLine, ...]:
    """Move the unfinished cases of an SOP (or those of `case_ids`) from other versions to this
    one; a dry run says what would happen. Nodes are matched by id, else by kind and name;
    `mapping` (old node -> new one) goes before that.

    Open work items keep their claim, answers, deadline and reminders; armed timers their moment.
    Raises NotAllowedError: right_missing; NotFoundError: definition_not_found,
    version_not_found (newest), node_not_found, case_not_found (one that is not of this SOP).
    """
    if reason := may(actor, "migrate", Thing()):
        raise NotAllowedError(reason, verb="migrate")
    mapping = mapping or {}
    with transaction(app.sessions) as tx:
        target = definitions.find_definition(tx, key, to_version)
        if target is None:
            raise _no_version(tx, key, to_version)
        found = cases.unfinished_of_key(tx, key)
        _refuse_unknown(case_ids or (), {case_id for case_id, _ in found})
        rows = [(case_id, row) for case_id, row in found if row.id != target.id]
        _refuse_unknown_nodes(mapping, [row for _, row in rows], target)
    return tuple(
        line
        for case_id, row in rows
        if case_ids is None or case_id in case_ids
        if (line := _migrate_case(app, actor, case_id, row, target, mapping, now, dry_run))
    )


def _no_version(tx: Tx, key: str, version: int) -> NotFoundError:
    newest = definitions.find_definition(tx, key)
    if newest is None:
        return NotFoundError("definition_not_found", key=key)
    return NotFoundError("version_not_found", key=key, version=version, newest=newest.version)


def _refuse_unknown(wanted: Collection[int], known: Collection[int]) -> None:
    for case_id in wanted:
        if case_id not in known:
            raise NotFoundError("case_not_found", case=case_id)


def _refuse_unknown_nodes(
    mapping: Mapped, before: Collection[Definition], target: Definition
) -> None:
    """A name that no version has would silently map nothing."""
    if not mapping or not before:
        return
    old = {node for row in {row.id: row for row in before}.values() for node in _nodes(row)}
    new = _nodes(target)
    for source, node in mapping.items():
        if source not in old or node not in new:
            unknown = source if source not in old else node
            raise NotFoundError("node_not_found", node=unknown, key=target.key)


def _nodes(definition: Definition) -> dict[str, str]:
    """node -> its name."""
    return {one.id: one.name for one in all_nodes(compiled_of(definition).container)}


def _migrate_case(
    app: App,
    actor: Actor,
    case_id: int,
    before: Definition,
    target: Definition,
    mapping: Mapped,
    now: datetime,
    dry_run: bool,
) -> MigrationLine | None:
    """None for a case that has ended or moved meanwhile."""
    mapping = _complete_mapping(before, target, mapping)
    moved: tuple[tuple[str, str], ...] = ()
    try:
        with transaction(app.sessions) as tx:
            opened = open_case(tx, actor, case_id, lock=not dry_run)
            if opened.case.state not in cases.UNFINISHED or opened.definition.id != before.id:
                return None
            found = _try(tx, app, opened, target, mapping, now)
            moved, blocked = found.moved, found.blocked
            if found.step is not None and not dry_run:
                _store(tx, actor, opened, target, found, mapping, now)
    except (ConflictError, StuckError) as error:
        blocked = (spiff.Blocked("", "", error.code),)
    done = "movable" if dry_run else "moved"
    return MigrationLine(
        case_id=case_id,
        from_version=before.version,
        to_version=target.version,
        outcome="blocked" if blocked else done,
        moved=moved,
        blocked=tuple(BlockedNode(one.node, one.name, one.reason) for one in blocked),
    )


def _complete_mapping(before: Definition, target: Definition, mapping: Mapped) -> Mapped:
    proposed = spiff.propose_mapping(compiled_of(before), compiled_of(target))
    return {**proposed, **mapping}


def _try(
    tx: Tx, app: App, opened: OpenedCase, target: Definition, mapping: Mapped, now: datetime
) -> spiff.Migration:
    case = opened.case
    if case.suspended_at is not None:  # all that has become due would happen at once
        return spiff.Migration(None, (), (spiff.Blocked("", "", "case_suspended"),))
    found = spiff.migrate(
        compiled_of(opened.definition),
        compiled_of(target),
        case.engine_state,
        case.data,
        mapping,
        now,
        surroundings(tx, opened.unit),
    )
    vacant = [
        spiff.Blocked(item.node, kegiatan_name, "no_holder")
        for item, role, kegiatan_name in _new_roles(tx, case, sop_of(target), mapping)
        if role != item.role and not people.holders(tx, role, item.unit_id, app.today(now))
    ]
    if vacant:
        return spiff.Migration(None, found.moved, (*found.blocked, *vacant))
    return found


def _new_roles(tx: Tx, case: Case, sop: Sop, mapping: Mapped) -> list[tuple[WorkItem, str, str]]:
    """The open work items of the case's own process, each with the role and the name of its step
    in the new version."""
    found = []
    for item in work_items.open_items_of_case(tx, case.id):
        kegiatan = sop.kegiatan_at(mapping.get(item.node, ""))
        if item.definition_id is None and kegiatan is not None:
            found.append((item, kegiatan.role, kegiatan.name))
    return found


def _store(
    tx: Tx,
    actor: Actor,
    opened: OpenedCase,
    target: Definition,
    found: spiff.Migration,
    mapping: Mapped,
    now: datetime,
) -> None:
    """A work item keeps all but its node, its role and its reminders; a claim by someone who does
    not hold the new role lapses by itself."""
    assert found.step is not None
    case, before = opened.case, opened.definition
    work_items.pin_finished(tx, case.id, before.id)
    sop, moved = sop_of(target), []
    coming = _new_roles(tx, case, sop, mapping)
    followers = _with_other_ladders(tx, sop_of(before), sop, [one[0] for one in coming], mapping)
    for item, role, title in coming:
        if item.role != role:
            moved.append(item)
        item.node, item.role, item.title = mapping[item.node], role, title
    names = _nodes(target)
    renamed = {old: (new, names[new]) for old, new in mapping.items() if new in names}
    digests = compiled_of(before).digest, compiled_of(target).digest
    activations.rename(tx, case.id, renamed, *digests)
    jobs.rename(tx, case.id, mapping, *digests)
    case.definition_id = target.id
    tx.flush()
    if followers:
        follow_ladders(tx, [(item, sop) for item in followers], now)
    cases.add_event(
        tx,
        now,
        "case_migrated",
        actor.person_id,
        case_id=case.id,
        before=before.version,
        after=target.version,
        target_name=str(target.version),
        mapping={old: new for old, new in found.moved},
        renamed={old: new for old, (new, _) in renamed.items() if old != new},
    )
    _tell(tx, sop, moved, now)
    apply_step(tx, case, target, found.step, now)
    log_end(tx, case, now)


def _with_other_ladders(
    tx: Tx, before: Sop, after: Sop, items: Collection[WorkItem], mapping: Mapped
) -> list[WorkItem]:
    """Those that will be reminded by another ladder; a paused one follows it when it goes on."""
    ladders = ladders_of(tx, [after.key])
    return [
        item
        for item in items
        if item.paused_at is None
        and ladders.of(before, item.node) != ladders.of(after, mapping[item.node])
    ]


def _tell(tx: Tx, sop: Sop, items: Collection[WorkItem], now: datetime) -> None:
    """The holders of a new role hear of the items that have come to them."""
    units = people.units_by_id(tx, {item.unit_id for item in items})
    calendars = calendars_of(tx, units.values())
    announce(
        tx,
        [Matter(item, units[item.unit_id], sop, calendars[item.unit_id]) for item in items],
        now,
    )
