"""What the engine is handed besides a case: its unit's calendar, and the other definitions."""

from __future__ import annotations

from engine import spiff
from engine.store import calendars, people
from engine.store.library import Library
from engine.store.tables import Case, Definition, Unit
from engine.store.transaction import Tx


def compiled_of(definition: Definition) -> spiff.Compiled:
    """The definition ready to run; made once per process and content."""
    return spiff.compile_definition(definition.xml, definition.forms)


def surroundings(tx: Tx, unit: Unit) -> spiff.Surroundings:
    """For the cases of this unit, as long as the transaction lasts."""
    library = Library(tx, spiff.compile_definition)
    return spiff.Surroundings(calendars.calendar_of(tx, unit), library)


def surroundings_of(tx: Tx, case: Case) -> spiff.Surroundings:
    """For this case, whose unit is looked up."""
    return surroundings(tx, people.unit_by_id(tx, case.unit_id))
