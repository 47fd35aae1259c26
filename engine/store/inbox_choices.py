"""What a reader can choose from in a filter: SOPs, units, roles and people that they deal with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from engine.inbox_values import Choices, InboxQuery
from engine.store.inbox import readable_units
from engine.store.seats import seats_on
from engine.store.tables import Definition, Jabatan, Person, Unit
from engine.store.transaction import Tx
from workflows.rights import Actor

Pairs = tuple[tuple[str, str], ...]


def choices_of(tx: Tx, actor: Actor, day: date) -> Choices:
    """(value, words) of each; roles carry no words, their names stand in the web."""
    readable = readable_units(tx, actor)
    seats = seats_on(day)
    units = select(Unit.code, Unit.name).where(Unit.ended_on.is_(None)).order_by(Unit.name)
    roles = select(Jabatan.role, func.min(Jabatan.name)).where(Jabatan.role != "")
    claimants = (
        select(Person.login, Person.name)
        .join(seats, seats.c.person_id == Person.id)
        .join(Jabatan, Jabatan.id == seats.c.jabatan_id)
        .distinct()
        .order_by(Person.name)
    )
    share = units.where(Unit.id.in_(sorted(actor.units | actor.units_overseen)))
    if readable is not None:
        units = units.where(Unit.id.in_(readable))
        roles = roles.where(Jabatan.unit_id.in_(readable))
        claimants = claimants.where(Jabatan.unit_id.in_(readable))
    sops = select(Definition.key, Definition.name).ext(distinct_on(Definition.key))
    return Choices(
        sops=_pairs(tx, sops.order_by(Definition.key, Definition.version.desc())),
        units=_pairs(tx, units),
        roles=_pairs(tx, roles.group_by(Jabatan.role).order_by(Jabatan.role)),
        claimants=_pairs(tx, claimants),
        share=_pairs(tx, share),
    )


def names_of(tx: Tx, query: InboxQuery) -> dict[str, str]:
    """Field -> what is called by the code that is chosen there; without what nothing is called."""
    if not query.narrowed:
        return {}
    newest = select(Definition.name).order_by(Definition.version.desc())
    asked = {
        "sop": newest.where(Definition.key == query.sop),
        "unit": select(Unit.name).where(Unit.code == query.unit),
        "role": select(func.min(Jabatan.name)).where(Jabatan.role == query.role),
        "claimant": select(Person.name).where(Person.login == query.claimant),
    }
    chosen = {one: names for one, names in asked.items() if getattr(query, one)}
    found = {one: tx.scalar(names.limit(1)) for one, names in chosen.items()}
    return {one: name for one, name in found.items() if name}


def _pairs(tx: Tx, query: Select[str, str]) -> Pairs:
    return tuple((value, words) for value, words in tx.execute(query))
