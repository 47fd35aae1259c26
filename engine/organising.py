"""What the use cases of units, jabatan, holders and people share: rights, lines, what stands in
the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.organisation_values import HoldingLine, JabatanLine, UnitNode
from engine.store import definitions, organisation, people
from engine.store.lines import sop_of
from engine.store.organisation import HoldingRow
from engine.store.tables import Jabatan, Unit
from engine.store.transaction import Tx
from workflows.rights import Actor, Thing, Verb, may

MANAGE: Verb = "manage_people"
LISTED = 5  # names that a sentence lists


def thing_of(unit: Unit | None) -> Thing:
    """The unit, or (None) the organisation as a whole, as `workflows.rights` sees it."""
    return Thing() if unit is None else Thing(case_unit=unit.id, case_ancestors=unit.ancestors)


def allows(actor: Actor, verb: Verb, unit: Unit | None) -> bool:
    return may(actor, verb, thing_of(unit)) is None


def demand(actor: Actor, unit: Unit | None, verb: Verb = MANAGE) -> None:
    """Raises NotAllowedError: right_missing."""
    if reason := may(actor, verb, thing_of(unit)):
        raise NotAllowedError(reason, verb=verb, unit=unit.code if unit else None)


def find_unit(tx: Tx, code: str) -> Unit:
    """Raises NotFoundError: unit_not_found."""
    unit = people.find_unit(tx, code)
    if unit is None:
        raise NotFoundError("unit_not_found", unit=code)
    return unit


def refuse_ended(unit: Unit) -> Unit:
    """Raises ConflictError: unit_ended."""
    if unit.ended_on is not None:
        raise ConflictError("unit_ended", unit=unit.name)
    return unit


def find_jabatan(tx: Tx, jabatan_id: int, *, lock: bool = False) -> tuple[Jabatan, Unit]:
    """With its unit. Raises NotFoundError: jabatan_not_found."""
    if lock:
        organisation.lock_jabatan(tx, jabatan_id)
    row = organisation.find_jabatan(tx, jabatan_id)
    if row is None:
        raise NotFoundError("jabatan_not_found", jabatan=jabatan_id)
    return row, people.unit_by_id(tx, row.unit_id)


def refuse_orphans(tx: Tx, day: date, before: Collection[int]) -> None:
    """Raises ConflictError: items_orphaned, when more open items than `before` have nobody."""
    tx.flush()
    if lost := organisation.unheld_items(tx, day) - frozenset(before):
        raise ConflictError("items_orphaned", num=len(lost), items=sorted(lost)[:LISTED])


def holding_line(
    row: HoldingRow, day: date, away: dict[tuple[int, int], list[str]] | None = None
) -> HoldingLine:
    """From a row of `organisation.holding_rows`; `away` from `organisation.standing_in`."""
    holding, person, jabatan, unit, noted_by = row
    over = holding.until is not None and holding.until < day
    state = "past" if over else "future" if holding.since > day else "now"
    for_them = (away or {}).get((jabatan.id, person.id), ()) if state == "now" else ()
    return HoldingLine(
        id=holding.id,
        person_id=person.id,
        login=person.login,
        name=person.name,
        jabatan_id=jabatan.id,
        jabatan=jabatan.name,
        unit=unit.code,
        unit_name=unit.name,
        kind=holding.kind,
        since=holding.since,
        until=holding.until,
        letter=holding.letter,
        letter_on=holding.letter_on,
        state=state,
        noted_at=holding.noted_at,
        noted_by=noted_by,
        standing_in=tuple(for_them),
    )


def holding_lines(
    tx: Tx,
    day: date,
    *,
    jabatan_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
    all_time: bool = False,
) -> tuple[HoldingLine, ...]:
    """Of these jabatan or people; those of now and later, or `all_time`."""
    rows = organisation.holding_rows(
        tx, jabatan_ids=jabatan_ids, person_ids=person_ids, since=None if all_time else day
    )
    away = organisation.standing_in(tx, day)
    return tuple(holding_line(row, day, away) for row in rows)


def jabatan_lines(tx: Tx, rows: Sequence[Jabatan], day: date) -> list[JabatanLine]:
    """With who holds them today; whose account has ended holds nothing."""
    superiors = {one.id: one for one in organisation.list_jabatan(tx)}
    units = people.units_by_id(tx, {one.unit_id for one in superiors.values()})
    asked, held = asked_roles(tx), dict[int, list[HoldingLine]]()
    found = organisation.holding_rows(tx, jabatan_ids=[row.id for row in rows], since=day)
    away = organisation.standing_in(tx, day)
    for holding in reversed(found):
        line = holding_line(holding, day, away)
        if line.state == "now" and holding[1].disabled_at is None:
            held.setdefault(line.jabatan_id, []).append(line)
    lines = []
    for row in rows:
        above = superiors.get(row.superior_id or 0)
        lines.append(
            JabatanLine(
                id=row.id,
                name=row.name,
                role=row.role,
                unit=units[row.unit_id].code,
                unit_name=units[row.unit_id].name,
                superior_id=row.superior_id,
                superior=above.name if above else "",
                superior_unit=units[above.unit_id].name if above else "",
                many=row.many,
                ended_on=row.ended_on,
                holders=tuple(held.get(row.id, ())),
                asked_for=row.role in asked,
            )
        )
    return lines


def asked_roles(tx: Tx) -> frozenset[str]:
    """Codes of the roles that the newest version of any SOP asks for."""
    rows = definitions.newest_definitions(tx)
    return frozenset(step.role for row in rows for step in sop_of(row).kegiatan)


def unit_nodes(
    units: Iterable[Unit], jabatan: Iterable[JabatanLine] = (), actor: Actor | None = None
) -> list[UnitNode]:
    """The units as a tree read from the top: each right before those below it, by name."""
    rows = list(units)
    codes = {one.id: one.code for one in rows}
    names = {one.id: (one.name.casefold(), one.id) for one in rows}
    of_unit: dict[str, list[JabatanLine]] = {}
    for line in jabatan:
        of_unit.setdefault(line.unit, []).append(line)
    rows.sort(key=lambda one: [names.get(above, ("", above)) for above in one.ancestors])
    return [
        UnitNode(
            id=one.id,
            code=one.code,
            name=one.name,
            kind=one.kind,
            zone=one.zone,
            parent=codes.get(one.parent_id or 0, ""),
            depth=len(one.ancestors) - 1,
            ended_on=one.ended_on,
            jabatan=tuple(of_unit.get(one.code, ())),
            may_change=actor is not None and allows(actor, MANAGE, one),
        )
        for one in rows
    ]


def listed(names: Iterable[str]) -> str:
    """The first few of them, as a sentence names them."""
    found = list(dict.fromkeys(names))
    more = f" (+{len(found) - LISTED})" if len(found) > LISTED else ""
    return ", ".join(found[:LISTED]) + more
