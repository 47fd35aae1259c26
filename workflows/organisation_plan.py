"""What a file of units and jabatan would change: row by row, nothing changed yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from workflows.organisation import REGION, runs_into
from workflows.organisation_csv import JABATAN, UNIT, OrgRow, Problem
from workflows.pelaksana import is_regional

Act = Literal["add", "change", "end", "same", "error"]
Key = tuple[str, str]  # (unit code, name of the jabatan), "" for the unit itself
NOBODY: Final = ("", "")


@dataclass(frozen=True)
class Standing:
    """The organisation as it is: rows as the export would write them, by key. `busy`: what cannot
    end now, because of cases, work or holders; `reach`: units that the caller manages, None for
    all."""

    rows: Mapping[Key, OrgRow]
    busy: Collection[Key] = ()
    reach: Collection[str] | None = None
    today: date = date.max


@dataclass(frozen=True)
class PlanLine:
    """One row of the file. `changes`: (column, before, after); `row`: what would stand."""

    row: OrgRow
    act: Act
    changes: tuple[tuple[str, str, str], ...] = ()
    problem: Problem | None = None


def plan_import(rows: Sequence[OrgRow], standing: Standing) -> tuple[PlanLine, ...]:
    """A line for each row, in the order of the file."""
    merged = [_merge(row, standing) for row in rows]
    after = dict(standing.rows)
    lines_of: dict[Key, int] = {}
    for row in merged:
        if row.problem is None:
            if row.key in lines_of:
                continue
            lines_of[row.key] = row.line
            after[row.key] = row
    reach = _widened(merged, standing.reach)
    plan = []
    for row in merged:
        problem = row.problem
        if problem is None and lines_of[row.key] != row.line:
            problem = Problem("", "twice")
        problem = problem or _problem(row, after, standing, reach)
        plan.append(_line(row, standing.rows.get(row.key), problem))
    return tuple(plan)


def in_order(plan: Sequence[PlanLine]) -> list[PlanLine]:
    """What is to be done, as it can be done one after the other: units before their parts and
    their jabatan, jabatan before those below them, and endings from below at the end."""
    todo = {line.row.key: line for line in plan if line.act in ("add", "change")}
    ordered: list[PlanLine] = []
    placed: set[Key] = set()

    def place(line: PlanLine, passed: tuple[Key, ...] = ()) -> None:
        key = line.row.key
        if key in placed or key in passed:
            return
        for before in _needs(line.row):
            if before in todo:
                place(todo[before], (*passed, key))
        placed.add(key)
        ordered.append(line)

    for line in todo.values():
        place(line)
    ends = [line for line in plan if line.act == "end"]
    jabatan = [line for line in ends if line.row.what == JABATAN]
    units = [line for line in ends if line.row.what == UNIT]
    below: list[PlanLine] = []
    while units:  # those nobody of the rest stands under, first
        leaves = [one for one in units if all(o.row.parent != one.row.unit for o in units)]
        below += leaves or units
        units = [one for one in units if one not in below]
    return [*ordered, *jabatan, *below]


def _needs(row: OrgRow) -> list[Key]:
    if row.what == UNIT:
        return [(row.parent, "")] if row.parent else []
    superior = [row.superior] if row.superior and row.superior != NOBODY else []
    return [(row.unit, ""), *superior]


def _merge(row: OrgRow, standing: Standing) -> OrgRow:
    """The row with what it does not name taken from what stands, or from the unit above."""
    if row.problem is not None:
        return row
    old = standing.rows.get(row.key)
    if row.what == JABATAN:
        return replace(
            row,
            role=row.role if row.role is not None else (old.role if old else ""),
            superior=row.superior
            if row.superior is not None
            else (old.superior if old else NOBODY),
            many=row.many if row.many is not None else bool(old and old.many),
        )
    above = standing.rows.get((row.parent, ""))
    return replace(
        row,
        kind=row.kind or (old.kind if old else ""),
        parent=row.parent or (old.parent if old else ""),
        zone=row.zone or (old.zone if old else above.zone if above else ""),
    )


def _widened(rows: Sequence[OrgRow], reach: Collection[str] | None) -> Collection[str] | None:
    """With the new units that would stand below those that the caller manages."""
    if reach is None:
        return None
    found = set(reach)
    units = [row for row in rows if row.what == UNIT and row.problem is None]
    for _ in units:
        found |= {row.unit for row in units if row.parent in found}
    return found


def _problem(
    row: OrgRow, after: Mapping[Key, OrgRow], standing: Standing, reach: Collection[str] | None
) -> Problem | None:
    old = standing.rows.get(row.key)
    if old is not None and old.ended_on is not None:
        same = row.ended_on in (None, old.ended_on)
        return None if same and row.key in standing.rows else Problem("berakhir", "has_ended")
    if reach is not None and (row.unit not in reach or (old and row.unit not in _own(standing))):
        return Problem("unit", "out_of_reach")
    found = _unit_problem(row, old, after, reach) if row.what == UNIT else None
    found = found or (_jabatan_problem(row, old, after, reach) if row.what == JABATAN else None)
    return found or (_end_problem(row, old, after, standing) if row.ended_on else None)


def _own(standing: Standing) -> Collection[str]:
    return standing.reach or ()


def _unit_problem(
    row: OrgRow, old: OrgRow | None, after: Mapping[Key, OrgRow], reach: Collection[str] | None
) -> Problem | None:
    if not row.kind:
        return Problem("jenis", "required")
    if not row.parent:
        return Problem("induk", "out_of_reach") if reach is not None and old is None else None
    above = after.get((row.parent, ""))
    if above is None:
        return Problem("induk", "unknown_unit")
    if above.ended_on is not None and row.ended_on is None:
        return Problem("induk", "unit_ended")
    if reach is not None and row.parent not in reach and (old is None or old.parent != row.parent):
        return Problem("induk", "out_of_reach")
    parents = {one.unit: one.parent for one in after.values() if one.what == UNIT}
    return Problem("induk", "in_itself") if runs_into(parents, row.parent, row.unit) else None


def _jabatan_problem(
    row: OrgRow, old: OrgRow | None, after: Mapping[Key, OrgRow], reach: Collection[str] | None
) -> Problem | None:
    unit = after.get((row.unit, ""))
    if unit is None:
        return Problem("unit", "unknown_unit")
    if unit.ended_on is not None and row.ended_on is None:
        return Problem("unit", "unit_ended")
    new_role = row.role and (old is None or old.role != row.role)
    if reach is not None and new_role and not _rules_role(row, after, reach):
        return Problem("peran", "out_of_reach")
    superior = row.superior or NOBODY
    if superior == NOBODY:
        return None
    above = after.get(superior)
    if above is None or above.what != JABATAN:
        return Problem("atasan", "unknown_jabatan")
    if above.ended_on is not None and row.ended_on is None:
        return Problem("atasan", "jabatan_ended")
    tops = {one.key: one.superior or NOBODY for one in after.values() if one.what == JABATAN}
    return Problem("atasan", "above_itself") if runs_into(tops, superior, row.key) else None


def _rules_role(row: OrgRow, after: Mapping[Key, OrgRow], reach: Collection[str]) -> bool:
    """Items of the agency, or of the region, come to a role: who gives it manages all of that."""
    above, one = list[OrgRow](), after.get((row.unit, ""))
    while one is not None and one not in above:
        above.append(one)
        one = after.get((one.parent, ""))
    agency = next((unit for unit in reversed(above) if unit.kind != REGION), above[0])
    return not is_regional(row.role or "") and agency.unit in reach


def _end_problem(
    row: OrgRow, old: OrgRow | None, after: Mapping[Key, OrgRow], standing: Standing
) -> Problem | None:
    if old is None:
        return Problem("berakhir", "nothing_to_end")
    if row.ended_on and row.ended_on > standing.today:
        return Problem("berakhir", "in_the_future")
    if row.key in standing.busy:
        return Problem("berakhir", "still_busy")
    parts = (one for one in after.values() if one.what == UNIT and one.parent == row.unit)
    if row.what == UNIT and any(one.ended_on is None for one in parts):
        return Problem("berakhir", "has_parts")
    return None


def _line(row: OrgRow, old: OrgRow | None, problem: Problem | None) -> PlanLine:
    if problem is not None:
        return PlanLine(row, "error", problem=problem)
    if old is None:
        return PlanLine(row, "add")
    if row.ended_on is not None and old.ended_on is None:
        return PlanLine(row, "end")
    changes = tuple(
        (column, before, after)
        for column, before, after in zip(
            ("nama", "jenis", "induk", "zona", "peran", "atasan", "banyak"),
            _shown(old),
            _shown(row),
            strict=True,
        )
        if before != after
    )
    if old.ended_on is not None or not changes:
        return PlanLine(row, "same")
    return PlanLine(row, "change", changes)


def _shown(row: OrgRow) -> tuple[str, ...]:
    superior = "/".join(row.superior) if row.superior and row.superior != NOBODY else ""
    many = "ya" if row.many else "tidak"
    return (row.name, row.kind, row.parent, row.zone, row.role or "", superior, many)
