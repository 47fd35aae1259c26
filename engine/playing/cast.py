"""Who plays a step: whoever would do it in truth, or somebody who stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.errors import ConflictError
from engine.playing.stage import Stage, is_stand_in, stand_in
from engine.store import actors, people, work_items
from engine.store.access import OpenedCase
from engine.store.cases import definition_of, find_case
from engine.store.lines import kegiatan_of, sop_of_item
from engine.store.tables import Person, WorkItem
from engine.store.transaction import Tx
from workflows.rights import Actor, may


@dataclass(frozen=True)
class Player:
    actor: Actor
    login: str
    stand_in: bool


def opened_case(tx: Tx, stage: Stage) -> OpenedCase:
    """The case that is played."""
    case = find_case(tx, stage.case_id)
    if case is None:
        raise ConflictError("trial_not_begun")
    return OpenedCase(case, definition_of(tx, case), people.unit_by_id(tx, case.unit_id))


def find_item(tx: Tx, stage: Stage, node: str, unit: str, nth: int) -> WorkItem:
    """The open item that an act names. Raises ConflictError: trial_step_not_open (node, name)."""
    rows = [one for one in work_items.open_items_of_case(tx, stage.case_id) if one.node == node]
    units = people.units_by_id(tx, {one.unit_id for one in rows})
    alike = [one for one in rows if units[one.unit_id].code == unit]
    if nth >= len(alike):
        step = stage.ready.sop.kegiatan_at(node)
        raise ConflictError("trial_step_not_open", node=node, name=step.name if step else node)
    return alike[nth]


def find_player(tx: Tx, stage: Stage, item: WorkItem, by: str = "") -> Player:
    """The one with that login, if they may do it; else whoever has claimed it or is the first who
    may. Where four-eyes or a vacancy leaves nobody, somebody new."""
    first: Player | None = None
    for player in find_players(tx, stage, item):
        if not by or player.login == by:
            return player
        first = first or player
    if first is not None:
        return first
    day, opened = stage.app.today(stage.now), opened_case(tx, stage)
    kegiatan = kegiatan_of(sop_of_item(item, opened.definition), item.node)
    person = stand_in(tx, kegiatan, people.unit_by_id(tx, item.unit_id), day)
    return Player(actors.build_actor(tx, person, day), person.login, True)


def find_players(tx: Tx, stage: Stage, item: WorkItem) -> Iterator[Player]:
    """All who may do it, those who stand in last."""
    day, opened = stage.app.today(stage.now), opened_case(tx, stage)
    claimed = work_items.standing_claimant(tx, item, day)
    thing = opened.thing(item, claimed)
    for person in _candidates(tx, item, claimed, day):
        actor = actors.build_actor(tx, person, day)
        if may(actor, "complete", thing) is None:
            yield Player(actor, person.login, is_stand_in(person.login))


def _candidates(tx: Tx, item: WorkItem, claimed: int | None, day: date) -> list[Person]:
    if claimed is not None and (person := people.find_person(tx, person_id=claimed)):
        return [person]
    holders = people.holders(tx, item.role, item.unit_id, day)
    return sorted(holders, key=lambda person: is_stand_in(person.login))
