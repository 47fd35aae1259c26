"""Who may do what: one pure function, asked by every use case that is not open to all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
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
    "comment",
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
    "manage_people",
    "audit",
    "pause",
    "prepare",
    "delegate",
    "recall",
    "hand_back",
    "reassign",
    "ask",
    "leave",
    "draft",
    "approve",
    "publish",
]
STEERING: tuple[Verb, ...] = (
    "draft",
    "publish",
    "repair",
    "operate",
    "skip",
    "correct",
    "migrate",
    "set_time",
)


DEFINITIVE, PLT, PLH, SUBSTITUTE = "definitif", "plt", "plh", "pengganti"
KINDS = (DEFINITIVE, PLT, PLH, SUBSTITUTE)  # the fullest authority first
TITLES = {PLT: "Plt.", PLH: "Plh."}  # before the name of the jabatan, in any language


@dataclass(frozen=True)
class Capacity:
    """As what somebody acted, kept with the record of the act: `kind` is one of KINDS, `for_name`
    whom a substitute stood in for."""

    kind: str
    jabatan: str
    unit_name: str
    for_name: str = ""


@dataclass(frozen=True)
class Position:
    """A jabatan held on the day of the call; `ancestors`: unit ids from the root to its unit.

    `kind`: one of KINDS; a substitute holds it for `for_id` while that person is on leave. `until`:
    its last day, None where no end is set.
    """

    jabatan_id: int
    jabatan: str
    role: str
    unit_id: int
    unit_code: str
    unit_name: str
    ancestors: tuple[int, ...]
    kind: str = DEFINITIVE
    for_id: int | None = None
    for_name: str = ""
    until: date | None = None

    @property
    def capacity(self) -> Capacity:
        return Capacity(self.kind, self.jabatan, self.unit_name, self.for_name)


@dataclass(frozen=True)
class Actor:
    """Whoever calls a use case. `person_id` is None for the operator at the command line; `zone`:
    in which they read moments, "" where nothing says so. `grants` count everywhere,
    `unit_grants` (right, unit id) in that unit and below it."""

    person_id: int | None
    login: str
    name: str
    locale: str
    grants: frozenset[str]
    positions: tuple[Position, ...] = ()
    zone: str = ""
    unit_grants: frozenset[tuple[str, int]] = frozenset()

    @property
    def role_units(self) -> frozenset[tuple[str, int]]:
        """(role, unit id) of all that the positions have a role in; see `holds`."""
        return frozenset((one.role, unit_id) for one in self.positions for unit_id in one.ancestors)

    @property
    def units(self) -> frozenset[int]:
        """The units of the positions: cases of these and of those below them are open to them."""
        return frozenset(one.unit_id for one in self.positions)

    @property
    def units_above(self) -> frozenset[int]:
        """The units of the positions and those above them: their own cases are open to them."""
        return frozenset(unit_id for one in self.positions for unit_id in one.ancestors)

    @property
    def units_overseen(self) -> frozenset[int]:
        """Where a right that is bound to a unit lets them see everything."""
        return frozenset(unit_id for _, unit_id in self.unit_grants)

    def units_of(self, verb: Verb) -> frozenset[int]:
        """In which units a right that is bound to one lets them do so."""
        return frozenset(
            unit_id
            for _, unit_id in self.unit_grants
            if may(self, verb, Thing(case_unit=unit_id)) is None
        )

    def holds(self, role: str, unit_id: int) -> bool:
        """Whether one of the positions has this role in the unit or in a part of it."""
        return any(p.role == role and unit_id in p.ancestors for p in self.positions)


OPERATOR = Actor(None, "operator", "Operator", "id", frozenset({ADMINISTRATOR}))


@dataclass(frozen=True)
class Thing:
    """What is acted upon: a case of a unit, and for a work item its role, state and claimant.

    `case_unit`: the unit that owns the case (or, of the organisation, the unit itself),
    `case_ancestors` the units above it; `unit`: where the item's role is resolved; `roles`: for
    "start", the roles that the SOP's lanes ask for. `involved`: an item of the case is or was the
    actor's. `barred`: who has done, or stood behind, a step that this one must differ from, or who
    has drawn at the draft;
    `delegate`: to whom its claimant has handed the work; `above`: ids of the jabatan that stand
    above the item's role; `person`: whose leave it is, `above` then the jabatan above theirs.
    """

    case_unit: int = 0
    case_ancestors: Collection[int] = ()
    unit: int = 0
    role: str = ""
    claimed_by: int | None = None
    roles: Collection[str] = ()
    involved: bool = False
    barred: Collection[int] = ()
    delegate: int | None = None
    above: Collection[int] = ()
    person: int | None = None


def may(actor: Actor, verb: Verb, thing: Thing) -> str | None:
    """None when allowed, else the error code that says why not."""
    if verb in STEERING:
        return _granted(actor, thing, PROCESS_OWNER)
    if verb in ("manage_people", "deploy"):
        return _granted(actor, thing)
    if verb == "approve":
        return _may_approve(actor, thing)
    if verb == "audit":
        return _granted(actor, thing, AUDITOR)
    if verb == "read_mails":
        return _granted(actor, thing, SUPERVISOR)
    if verb == "send":
        return _granted(actor, thing, INTEGRATION)
    if verb == "start":
        return _may_start(actor, thing)
    if verb == "read_case":
        return _may_read(actor, thing)
    if verb == "comment":
        return _may_comment(actor, thing)
    if verb == "reassign":
        return _may_reassign(actor, thing)
    if verb == "leave":
        return _may_note_leave(actor, thing)
    if verb in ("recall", "hand_back"):
        return _may_end_delegation(actor, verb, thing)
    return _may_work(actor, verb, thing)


def capacity_for(actor: Actor, thing: Thing) -> Position | None:
    """In which of their positions the actor works on that item: the one that stands in for its
    claimant, else the one with the fullest authority. None: in none that four-eyes leaves."""
    fit = [
        one
        for one in actor.positions
        if one.role == thing.role
        and thing.unit in one.ancestors
        and actor.person_id not in thing.barred
        and one.for_id not in thing.barred
    ]
    claimant = thing.claimed_by if thing.claimed_by != actor.person_id else None
    standing_in = [one for one in fit if claimant is not None and one.for_id == claimant]
    return min(standing_in or fit, key=lambda one: KINDS.index(one.kind), default=None)


def _granted(actor: Actor, thing: Thing, *grants: str) -> str | None:
    """An administrator may all that somebody else needs one of these rights for."""
    asked = {ADMINISTRATOR, *grants}
    here = {thing.case_unit, *thing.case_ancestors}
    if actor.grants & asked or any(g in asked and u in here for g, u in actor.unit_grants):
        return None
    return "right_missing"


def _may_approve(actor: Actor, thing: Thing) -> str | None:
    """A draft is approved by somebody who has not drawn at it (`barred`) nor submitted it."""
    if reason := _granted(actor, thing, PROCESS_OWNER, SUPERVISOR):
        return reason
    return "four_eyes_draft" if actor.person_id in thing.barred else None


def _may_start(actor: Actor, thing: Thing) -> str | None:
    """Whoever has a part in the SOP in that unit may start it, and whoever steers it."""
    if _granted(actor, thing, PROCESS_OWNER) is None:
        return None
    if any(actor.holds(role, thing.case_unit) for role in thing.roles):
        return None
    return "start_not_allowed"


def _may_read(actor: Actor, thing: Thing) -> str | None:
    """A case is open to its own agency, to those above it, to whoever has a part in it, and to
    those who oversee all or just that unit."""
    here = {thing.case_unit, *thing.case_ancestors}
    if actor.grants or actor.units_overseen & here or thing.involved:
        return None
    if thing.case_unit in actor.units_above or actor.units & here:
        return None
    return "case_not_yours"


def _may_comment(actor: Actor, thing: Thing) -> str | None:
    """Whoever may read the case as somebody else than its auditor, who changes nothing."""
    elsewhere = frozenset(one for one in actor.unit_grants if one[0] != AUDITOR)
    reader = replace(actor, grants=actor.grants - {AUDITOR}, unit_grants=elsewhere)
    return "comment_not_allowed" if _may_read(reader, thing) else None


def _may_reassign(actor: Actor, thing: Thing) -> str | None:
    """Whoever stands above the role, and whoever steers cases there."""
    if _granted(actor, thing, PROCESS_OWNER) is None:
        return None
    return None if any(p.jabatan_id in thing.above for p in actor.positions) else "not_superior"


def _may_note_leave(actor: Actor, thing: Thing) -> str | None:
    """Everybody their own, whoever stands above them theirs, and whoever administers the people."""
    if actor.person_id is not None and actor.person_id == thing.person:
        return None
    if any(one.jabatan_id in thing.above for one in actor.positions):
        return None
    return "leave_not_yours" if _granted(actor, thing) else None


def _may_end_delegation(actor: Actor, verb: Verb, thing: Thing) -> str | None:
    if thing.delegate is None:
        return "item_not_delegated"
    if verb == "hand_back":
        return None if actor.person_id == thing.delegate else "item_not_delegated_to_you"
    return _may_work(actor, "complete", replace(thing, delegate=None))


def _may_work(actor: Actor, verb: Verb, thing: Thing) -> str | None:
    """Only a holder of the role works on an item, and only one person at a time; a delegate
    prepares it."""
    if actor.person_id is None:
        return "item_not_yours"
    if verb in ("prepare", "ask") and actor.person_id == thing.delegate:
        return None
    if not actor.holds(thing.role, thing.unit):
        return "item_not_yours"
    position = capacity_for(actor, thing)
    if position is None:
        return "four_eyes"
    if thing.claimed_by not in (None, actor.person_id, position.for_id):
        return "item_claimed_by_other"
    if thing.delegate is not None and verb not in ("pause", "ask"):
        return "item_delegated"
    if verb == "release" and thing.claimed_by is None:
        return "item_not_claimed"
    return None
