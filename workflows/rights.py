"""Who may do what: one pure function, asked by every use case that is not open to all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

ADMINISTRATOR = "administrator"
PROCESS_OWNER = "process_owner"
SUPERVISOR = "supervisor"
AUDITOR = "auditor"
INTEGRATION = "integration"  # of programs that send messages

Verb = Literal[
    "deploy",
    "read_mails",
    "start",
    "read_case",
    "claim",
    "complete",
    "release",
    "repair",
    "operate",
    "skip",
    "correct",
    "migrate",
    "send",
    "set_time",
    "pause",
]
STEERING: tuple[Verb, ...] = (
    "deploy",
    "repair",
    "operate",
    "skip",
    "correct",
    "migrate",
    "set_time",
)


@dataclass(frozen=True)
class Position:
    """A jabatan held on the day of the call; `ancestors`: unit ids from the root to its unit."""

    jabatan_id: int
    jabatan: str
    role: str
    unit_id: int
    unit_code: str
    unit_name: str
    ancestors: tuple[int, ...]


@dataclass(frozen=True)
class Actor:
    """Whoever calls a use case. `person_id` is None for the operator at the command line; `zone`:
    in which they read moments, "" where nothing says so."""

    person_id: int | None
    login: str
    name: str
    locale: str
    grants: frozenset[str]
    positions: tuple[Position, ...] = ()
    zone: str = ""

    @property
    def role_units(self) -> frozenset[tuple[str, int]]:
        """(role, unit id) of all that the positions have a role in; see `holds`."""
        return frozenset((one.role, unit_id) for one in self.positions for unit_id in one.ancestors)

    def holds(self, role: str, unit_id: int) -> bool:
        """Whether one of the positions has this role in the unit or in a part of it."""
        return any(p.role == role and unit_id in p.ancestors for p in self.positions)


OPERATOR = Actor(None, "operator", "Operator", "id", frozenset({ADMINISTRATOR}))


@dataclass(frozen=True)
class Thing:
    """What is acted upon: a case of a unit, and for a work item its role, state and claimant.

    `case_unit`: the unit that owns the case, `case_ancestors` the units above it; `unit`: where
    the item's role is resolved; `roles`: for "start", the roles that the SOP's lanes ask for.
    """

    case_unit: int = 0
    case_ancestors: Collection[int] = ()
    unit: int = 0
    role: str = ""
    claimed_by: int | None = None
    roles: Collection[str] = ()


def may(actor: Actor, verb: Verb, thing: Thing) -> str | None:
    """None when allowed, else the error code that says why not."""
    if verb in STEERING:
        return _granted(actor, PROCESS_OWNER)
    if verb == "read_mails":
        return _granted(actor, SUPERVISOR)
    if verb == "send":
        return _granted(actor, INTEGRATION)
    if verb == "start":
        return _may_start(actor, thing)
    if verb == "read_case":
        return _may_read(actor, thing)
    return _may_work(actor, verb, thing)


def _granted(actor: Actor, grant: str) -> str | None:
    return None if actor.grants & {ADMINISTRATOR, grant} else "right_missing"


def _may_start(actor: Actor, thing: Thing) -> str | None:
    """Whoever has a part in the SOP in that unit may start it, and whoever steers it."""
    if actor.grants & {ADMINISTRATOR, PROCESS_OWNER}:
        return None
    if any(actor.holds(role, thing.case_unit) for role in thing.roles):
        return None
    return "start_not_allowed"


def _may_read(actor: Actor, thing: Thing) -> str | None:
    """A case is open to its own agency, to those above it, and to those who oversee all."""
    if actor.grants:
        return None
    if any(
        thing.case_unit in p.ancestors or p.unit_id in thing.case_ancestors for p in actor.positions
    ):
        return None
    return "case_not_yours"


def _may_work(actor: Actor, verb: Verb, thing: Thing) -> str | None:
    """Only a holder of the role works on an item, and only one person at a time."""
    if actor.person_id is None or not actor.holds(thing.role, thing.unit):
        return "item_not_yours"
    if thing.claimed_by is not None and thing.claimed_by != actor.person_id:
        return "item_claimed_by_other"
    if verb == "release" and thing.claimed_by is None:
        return "item_not_claimed"
    return None
