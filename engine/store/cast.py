"""Those who stand in for nobody: persons of a rehearsal, where a role has no holder."""

from __future__ import annotations

from datetime import date
from secrets import token_hex

from engine.store.tables import Holding, Jabatan, Person, Unit
from engine.store.transaction import Tx

PART = "pemeran"  # the kind of a part that exists in rehearsals only


def add_stand_in(tx: Tx, unit: Unit, role: str, role_name: str, name: str, since: date) -> Person:
    """A new person of that name who has the role in the unit. Only within a rehearsal.

    They hold it in a part of the unit of their own: so nothing has the name of another row, and two
    rehearsals never wait for each other.
    """
    code = f"{PART}-{token_hex(8)}"
    part = Unit(code=code, name=unit.name, kind=PART, zone=unit.zone, ancestors=[])
    part.parent_id = unit.id
    person = Person(login=code, name=name, email="", password_hash="")
    tx.add_all([part, person])
    tx.flush()
    part.ancestors = [*unit.ancestors, part.id]
    jabatan = Jabatan(name=role_name or role, role=role, unit_id=part.id)
    tx.add(jabatan)
    tx.flush()
    tx.add(Holding(jabatan_id=jabatan.id, person_id=person.id, since=since))
    tx.flush()
    return person
