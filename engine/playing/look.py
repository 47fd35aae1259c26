"""How a trial stands: what an act has led to, and all that its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import islice
from typing import Final

from engine.playing.cast import find_player, find_players, opened_case
from engine.playing.clock import MOMENT, next_happening
from engine.playing.stage import LONG_AGO, Stage
from engine.store import activations, cases, incidents, people, playing, waits, work_items
from engine.store.calendars import calendar_of
from engine.store.lines import event_lines, incident_line, item_line
from engine.store.notices import IN_APP
from engine.store.tables import Case
from engine.store.transaction import Tx, transaction
from engine.trial_values import ActLine, OpenStep, Scene, ToldLine, WaitingSpot
from engine.usecases.work_items import read_work_item
from workflows.errors import SopError
from workflows.rights import Actor
from workflows.trials import Outcome, Place
from workflows.waktu import Waktu
from workflows.workdays import add

MOST_PLAYERS: Final = 30  # of one step; a forum may have hundreds
WORKING_DAY: Final = Waktu("hari_kerja", None, Fraction(1))


@dataclass(frozen=True)
class _Waiter:
    """An open step with whoever would do it."""

    step: OpenStep
    item_id: int
    actor: Actor


def outcome_of(stage: Stage) -> Outcome:
    """What has come of the acts so far."""
    with transaction(stage.app.sessions) as tx:
        case = cases.find_case(tx, stage.case_id)
        if case is None:
            return Outcome("")
        items = work_items.open_items_of_case(tx, case.id)
        units = people.units_by_id(tx, {item.unit_id for item in items})
        places = sorted(Place(item.node, item.role, units[item.unit_id].code) for item in items)
        stuck = sorted(row.node for row in incidents.open_incidents(tx, case.id).values())
        return Outcome(case.state, tuple(places), tuple(stuck), _data(tx, case))


def _data(tx: Tx, case: Case) -> dict[str, object]:
    """Documents by name: their ids are others every time."""
    names = playing.document_names(tx, case.id)
    return {name: _named(value, names) for name, value in case.data.items()}


def _named(value: object, names: dict[int, str]) -> object:
    if isinstance(value, dict):
        return {key: _named(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    return names.get(value, value) if type(value) is int else value


def scene_of(
    stage: Stage, acts: Sequence[ActLine], stopped: SopError | None, chosen: str
) -> Scene | None:
    """All that the page shows; None before the case has begun. `chosen`: the spot of a step."""
    if not stage.case_id:
        return None
    app, now, case_id = stage.app, stage.now, stage.case_id
    with transaction(app.sessions) as tx:
        opened = opened_case(tx, stage)
        case, unit = opened.case, opened.unit
        waiters = _waiters(tx, stage)
        trace = activations.list_activations(tx, case_id)
        own = [one for one in trace if one.definition == stage.ready.compiled.digest]
        active = frozenset(case.tokens)
        scene = Scene(
            unit=unit.code,
            unit_name=unit.name,
            zone=unit.zone,
            now=now,
            state=case.state,
            acts=tuple(acts),
            open=tuple(one.step for one in waiters),
            chosen=None,
            chosen_spot="",
            players=(),
            waits=_waits(tx, case_id),
            told=_told(tx, case_id),
            history=event_lines(cases.list_events(tx, case_id), opened.definition),
            incidents=tuple(
                incident_line(row)
                for row in incidents.list_incidents(tx, case_id)
                if row[0].resolved_at is None
            ),
            active=active,
            done=frozenset(one.node for one in own if one.state == "completed") - active,
            data=_data(tx, case),
            next_happening=None,
            next_due=playing.next_due(tx, case_id, now),
            next_working_day=add(calendar_of(tx, unit), now, WORKING_DAY),
            stopped=stopped,
        )
    return _with_chosen(stage, replace(scene, next_happening=_following(stage)), waiters, chosen)


def _following(stage: Stage) -> datetime | None:
    """Right after it falls due: by then what is late is so."""
    following = next_happening(stage)
    return None if following is None else max(following, stage.now) + MOMENT


def _with_chosen(stage: Stage, scene: Scene, waiters: Sequence[_Waiter], chosen: str) -> Scene:
    """With the step that was asked for, else the first that is due."""
    found = next((one for one in waiters if one.step.spot == chosen), None)
    found = found or (waiters[0] if waiters else None)
    if found is None:
        return scene
    detail = read_work_item(stage.app, found.actor, found.item_id, stage.now)
    players = _players(stage, found.item_id)
    return replace(scene, chosen=detail, chosen_spot=found.step.spot, players=players)


def _players(stage: Stage, item_id: int) -> tuple[tuple[str, str], ...]:
    with transaction(stage.app.sessions) as tx:
        item = work_items.find_item(tx, item_id)
        found = islice(find_players(tx, stage, item), MOST_PLAYERS) if item else ()
        return tuple((one.login, one.actor.name) for one in found)


def _waiters(tx: Tx, stage: Stage) -> list[_Waiter]:
    rows = work_items.open_items_of_case(tx, stage.case_id)
    lines = work_items.item_rows(tx, [row.id for row in rows])
    found, counts = list[_Waiter](), dict[tuple[str, str], int]()
    for row in lines:
        item, line = row[0], item_line(row, None, stage.now)
        nth = counts.get((item.node, line.unit), 0)
        counts[item.node, line.unit] = nth + 1
        player = find_player(tx, stage, item)
        step = OpenStep(line, line.unit, nth, player.actor.name, player.stand_in)
        found.append(_Waiter(step, item.id, player.actor))
    return found


def _waits(tx: Tx, case_id: int) -> tuple[WaitingSpot, ...]:
    spots, counts = list[WaitingSpot](), dict[str, int]()
    for active, subscription, job, timer, incident in waits.list_waits(tx, [case_id]):
        if incident is not None or not (subscription or job or timer):
            continue
        what = subscription.kind if subscription else "job" if job else "timer"
        nth = counts.get(active.node, 0)
        counts[active.node] = nth + 1
        spots.append(
            WaitingSpot(
                node=active.node,
                node_name=active.name or active.node,
                nth=nth,
                waits_for=what,
                name=subscription.name if subscription else job.name if job else "",
                request=job.request if job else subscription.keys if subscription else {},
                due_at=timer.due_at if timer else None,
            )
        )
    return tuple(spots)


def _told(tx: Tx, case_id: int) -> tuple[ToldLine, ...]:
    """One line for what somebody hears over several channels at once. Without the number of the
    case: a trial has none."""
    found: dict[tuple[object, ...], ToldLine] = {}
    for notice, person in playing.notices_of_case(tx, case_id):
        in_app = notice.channel == IN_APP
        if notice.given_up_at is not None and not in_app:
            continue  # nobody would get it any more
        key = (notice.work_item_id, notice.rung, notice.person_id, notice.created_at)
        before = found.get(key)
        found[key] = ToldLine(
            at=notice.created_at,
            sent_at=max(
                notice.sent_at or notice.send_after, before.sent_at if before else LONG_AGO
            ),
            kind=notice.kind,
            channels=(*(before.channels if before else ()), notice.channel),
            to=person.name,
            subject=notice.subject.replace(str(case_id), "…"),
            body=notice.body.replace(str(case_id), "…"),
        )
    return tuple(found.values())
