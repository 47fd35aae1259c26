"""The organisation as the judge of SOPs sees it: in which agencies a role is filled, and by how
many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from engine.store import people, seating
from engine.store.people import PD
from engine.store.tables import Unit
from engine.store.transaction import Tx
from workflows.lint import Seat, Surroundings
from workflows.pelaksana import is_regional
from workflows.said import Said


def surroundings(
    tx: Tx, asked: Collection[Seat], codes: Collection[str], day: date
) -> Surroundings:
    """For these seats, in every agency that has some of the roles: one without any of them is not
    going to work by this SOP. Where none has, in all agencies. `codes`: of units that are told."""
    roles = {seat.role for seat in asked}
    units = [one for one in people.list_units(tx) if one.ended_on is None] if asked or codes else []
    filled = seating.filled_seats(tx, roles, day)
    single = seating.single_seats(tx, roles, day)
    own = {role for role in roles if not is_regional(role)}
    agencies = [unit for unit in units if unit.kind == PD]
    staffed = [one for one in agencies if any((role, one.id) in filled for role in own)]
    vacant: dict[Seat, tuple[str, ...]] = {}
    alone: dict[Seat, tuple[str, ...]] = {}
    everywhere = set()
    for seat in sorted(asked):
        places = list(_places(units, staffed or agencies, seat))
        empty = [name for unit_id, name in places if (seat.role, unit_id) not in filled]
        only = [name for unit_id, name in places if (seat.role, unit_id) in single]
        vacant[seat], alone[seat] = tuple(dict.fromkeys(empty)), tuple(dict.fromkeys(only))
        if places and len(only) == len(places):
            everywhere.add(seat)
    missing = frozenset(codes) - {unit.code for unit in units}
    return Surroundings(vacant, alone, frozenset(everywhere), missing)


def _places(
    units: Sequence[Unit], agencies: Sequence[Unit], seat: Seat
) -> Iterator[tuple[int, str]]:
    """(unit id, name) of all units in which the seat is looked for; an agency that has no parts of
    the kind is one of them, with no place to look in (0)."""
    names = {unit.id: unit.name for unit in units}
    for agency in agencies:
        below = [one for one in units if one.kind == seat.part and agency.id in one.ancestors[:-1]]
        if seat.part and not below:
            yield 0, Said("%(agency)s (tanpa %(part)s)", agency=agency.name, part=seat.part)
        for unit in below if seat.part else [agency]:
            place = unit.ancestors[0] if is_regional(seat.role) else unit.id
            yield place, names.get(place, unit.name)
