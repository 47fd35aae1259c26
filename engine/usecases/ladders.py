"""The reminder ladders of the house, of SOPs and of their steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn

from engine.app import App
from engine.deadlining import follow_ladders
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.notice_values import (
    LadderChange,
    LadderDetail,
    LadderLine,
    LadderSettings,
    LadderStep,
    PreviewLine,
)
from engine.notifying import Matter, Saying, hearers, meet, words_for
from engine.sketching import refuse_strangers
from engine.store import cases, definitions, ladders, people, reminders
from engine.store.calendars import calendar_of
from engine.store.lines import sop_of
from engine.store.tables import Definition, WorkItem
from engine.store.tables import Ladder as LadderRow
from engine.store.transaction import Tx, transaction
from workflows.deadlines import (
    DEFAULT_LADDER,
    Ladder,
    RungAt,
    due_at,
    rungs_with_moments,
    write_ladder,
)
from workflows.deadlines import read_ladder as parse_ladder
from workflows.errors import InvalidTimeError
from workflows.rights import Actor, Thing, may
from workflows.sop import Kegiatan, Sop

Document = Mapping[str, Any]


def list_ladders(app: App, actor: Actor, now: datetime) -> tuple[LadderLine, ...]:
    """Those that somebody has set, then those that the newest versions are drawn with.

    Raises NotAllowedError: right_missing.
    """
    _refuse_others(actor)
    with transaction(app.sessions) as tx:
        newest = {row.key: row for row in definitions.newest_definitions(tx)}
        lines = []
        for row, by in ladders.list_ladders(tx):
            sop = sop_of(newest[row.key]) if row.key in newest else None
            rungs = len(row.document["rungs"])
            lines.append(_line(sop, row.key, row.node, rungs, row.changed_at, by))
        for one in newest.values():
            lines += _drawn_lines(one)
        return tuple(lines)


def _line(
    sop: Sop | None, key: str, node: str, rungs: int, at: datetime, by: str | None
) -> LadderLine:
    step = sop.kegiatan_at(node) if sop and node else None
    sop_name, step_name = sop.name if sop else key, step.name if step else node
    return LadderLine(key, node, sop_name, step_name, rungs, at, by)


def _drawn_lines(row: Definition) -> list[LadderLine]:
    sop = sop_of(row)
    places = [("", sop.tangga), *((step.node, step.tangga) for step in sop.kegiatan)]
    return [
        replace(
            _line(sop, sop.key, node, len(ladder.rungs), row.deployed_at, None),
            drawn_version=row.version,
        )
        for node, ladder in places
        if ladder is not None
    ]


def _refuse_others(actor: Actor) -> None:
    if reason := may(actor, "set_time", Thing()):
        raise NotAllowedError(reason, verb="set_time")


def _newest(tx: Tx, key: str, node: str) -> Definition | None:
    """The newest version of the SOP, which has that step; None for the house.

    Raises NotFoundError: definition_not_found, node_not_found.
    """
    row = definitions.find_definition(tx, key) if key else None
    if (key or node) and row is None:
        raise NotFoundError("definition_not_found", key=key)
    if row is not None and node and sop_of(row).kegiatan_at(node) is None:
        raise NotFoundError("node_not_found", node=node, key=key)
    return row


def read_ladder(app: App, actor: Actor, key: str, node: str, now: datetime) -> LadderDetail:
    """The ladder that counts for a step, for an SOP (`node` "") or for the house (`key` "" too),
    in its newest version.

    Raises NotAllowedError: right_missing; NotFoundError: definition_not_found, node_not_found.
    """
    _refuse_others(actor)
    with transaction(app.sessions) as tx:
        newest = _newest(tx, key, node)
        sop = sop_of(newest) if newest else None
        standing = ladders.ladders_of(tx, [key]).standing(sop, node)
        stored = {(row.key, row.node): (row, by) for row, by in ladders.list_ladders(tx)}
        place = {"step": (key, node), "sop": (key, ""), "house": ("", "")}.get(standing.source)
        row, by = stored[place] if place else (None, None)
        step = sop.kegiatan_at(node) if sop and node else None
        drawn = standing.source in ("drawn_step", "drawn_sop")
        here = step.tangga if step else sop.tangga if sop else None
        return LadderDetail(
            key=key,
            node=node,
            document=write_ladder(standing.ladder),
            source=standing.source,
            sop_name=sop.name if sop else "",
            step_name=step.name if step else "",
            steps=_steps(sop, stored) if sop else (),
            changed_at=row.changed_at if row else None,
            changed_by=by,
            version=_version(stored[key, node][0] if (key, node) in stored else None),
            drawn_version=newest.version if newest and drawn else None,
            covers=newest.version if newest and here and (key, node) in stored else None,
        )


def read_settings(app: App, actor: Actor, key: str) -> LadderSettings:
    """For whoever draws the SOP, or approves of it. Raises NotAllowedError: right_missing."""
    refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        newest = definitions.find_definition(tx, key)
        found = ladders.ladders_of(tx, [key]).set
        return LadderSettings(
            steps={node: one for (of, node), one in found.items() if of == key and node},
            sop=found.get((key, "")),
            house=found.get(("", "")),
            shipped=DEFAULT_LADDER,
            nodes=tuple(one.node for one in sop_of(newest).kegiatan) if newest else (),
        )


def _steps(sop: Sop, stored: Collection[tuple[str, str]]) -> tuple[LadderStep, ...]:
    return tuple(
        LadderStep(
            node=one.node,
            name=one.name,
            waktu=one.mutu_baku.waktu_teks,
            own=(sop.key, one.node) in stored,
            drawn=one.tangga is not None,
        )
        for one in sop.kegiatan
    )


def _version(row: LadderRow | None) -> str:
    return row.changed_at.isoformat() if row else ""


def set_ladder(
    app: App,
    actor: Actor,
    key: str,
    node: str,
    document: Document,
    now: datetime,
    *,
    seen: str | None = None,
) -> LadderChange:
    """Set the ladder of a step, an SOP or the house; open work items follow it at once.

    `seen`: the `LadderDetail.version` that the document was made from, None: whichever.

    A rung whose moment has passed and that nobody has heard of is sent with the next tick, the
    latest for each addressee. Raises NotAllowedError: right_missing; NotFoundError:
    definition_not_found, node_not_found, unit_not_found; InvalidTimeError: invalid_ladder;
    ConflictError: ladder_changed (by, at).
    """
    _refuse_others(actor)
    ladder = parse_ladder(document)
    _check_channels(app, ladder)
    with transaction(app.sessions) as tx:
        _newest(tx, key, node)
        _check_units(tx, ladder)
        standing = ladders.find_ladder(tx, key, node)
        if standing is not None and seen not in (None, _version(standing)):
            _refuse_late(tx, standing)
        if standing is not None and parse_ladder(standing.document) == ladder:
            return LadderChange(key, node, changed=False, items=0)
        ladders.put_ladder(tx, key, node, write_ladder(ladder), now, actor.person_id)
        return _follow(tx, actor, key, node, now)


def _refuse_late(tx: Tx, standing: LadderRow) -> NoReturn:
    names = people.person_names(tx, [standing.changed_by])
    by = names.get(standing.changed_by, "Operator")
    raise ConflictError("ladder_changed", by=by, at=standing.changed_at.isoformat())


def clear_ladder(app: App, actor: Actor, key: str, node: str, now: datetime) -> LadderChange:
    """Let the next wider ladder count again.

    Raises as `set_ladder`; ConflictError: ladder_not_own where there is none to clear.
    """
    _refuse_others(actor)
    with transaction(app.sessions) as tx:
        if not ladders.remove_ladder(tx, key, node):
            raise ConflictError("ladder_not_own", key=key, node=node)
        return _follow(tx, actor, key, node, now)


def _check_channels(app: App, ladder: Ladder) -> None:
    known = {offer.name for offer in app.offers}
    for rung in ladder.rungs:
        if not known.issuperset(rung.channels):
            raise InvalidTimeError(
                "invalid_ladder", rung=rung.key, field="channels", reason="unknown"
            )


def _check_units(tx: Tx, ladder: Ladder) -> None:
    whom = {one for rung in ladder.rungs for one in rung.whom}
    codes = {one.partition(":")[2] for one in whom if one.startswith("unit:")}
    known = people.units_by_code(tx, codes)
    for code in sorted(codes - set(known)):
        raise NotFoundError("unit_not_found", unit=code)


def _follow(tx: Tx, actor: Actor, key: str, node: str, now: datetime) -> LadderChange:
    """Reckon anew when the items concerned are at risk, and when their next rung comes."""
    rows = reminders.lock_items(tx, reminders.open_item_ids(tx, key, node), wait=True)
    found = [(item, sop_of(definition)) for item, definition in rows]
    follow_ladders(tx, found, now)
    cases.add_event(tx, now, "ladder_changed", actor.person_id, key=key, node=node)
    return LadderChange(key, node, changed=True, items=len(found))


def preview_ladder(
    app: App,
    actor: Actor,
    key: str,
    node: str,
    unit_code: str,
    at: datetime,
    now: datetime,
    document: Document | None = None,
) -> tuple[PreviewLine, ...]:
    """What would be sent about that step, were it to become available in that unit at `at`.

    With `document` by that ladder, else by the one that counts; `node` "" takes the first step
    with a deadline. Raises NotAllowedError: right_missing; NotFoundError: definition_not_found,
    node_not_found, unit_not_found; InvalidTimeError: invalid_ladder; ConflictError: no_deadline.
    """
    _refuse_others(actor)
    ladder = parse_ladder(document) if document is not None else None
    with transaction(app.sessions) as tx:
        matter, kegiatan = _matter(tx, key, node, unit_code, at)
        item = matter.item
        item.due_at = due_at(matter.calendar, at, kegiatan.mutu_baku)
        if item.due_at is None:
            raise ConflictError("no_deadline", key=key, node=item.node)
        ladder = ladder or ladders.ladders_of(tx, [key]).of(matter.sop, item.node)
        rungs = rungs_with_moments(matter.calendar, at, item.due_at, ladder)
        return tuple(
            _preview(tx, app, matter, one, whom, now) for one in rungs for whom in one.rung.whom
        )


def _matter(tx: Tx, key: str, node: str, unit_code: str, at: datetime) -> tuple[Matter, Kegiatan]:
    """An item that is not stored."""
    newest = _newest(tx, key, node)
    if newest is None:
        raise NotFoundError("definition_not_found", key=key)
    sop = sop_of(newest)
    unit = people.find_unit(tx, unit_code)
    if unit is None:
        raise NotFoundError("unit_not_found", unit=unit_code)
    steps = [one for one in sop.kegiatan if one.node == node or (not node and one.mutu_baku.waktu)]
    if not steps:
        raise ConflictError("no_deadline", key=key, node=node)
    item = WorkItem(
        id=0, case_id=0, node=steps[0].node, role=steps[0].role, unit_id=unit.id, round=1
    )
    item.available_at = at
    return Matter(item, unit, sop, calendar_of(tx, unit)), steps[0]


def _preview(
    tx: Tx, app: App, matter: Matter, rung_at: RungAt, whom: str, now: datetime
) -> PreviewLine:
    item, rung, day = matter.item, rung_at.rung, app.today(now)
    holders = people.holders(tx, item.role, item.unit_id, day)
    inside = whom in ("performer", "role")
    heard = holders if inside else hearers(tx, whom, item, holders, day)
    audience = meet(tx, [person.id for person in heard], day)
    saying = Saying(rung.kind, rung.key, rung.channels, (rung.subject, rung.body), rung.any_hour)
    matter = replace(matter, performers=holders)
    channels = {name for person in heard for name in audience.channels(person, saying)}
    subject, body = words_for(audience, saying, matter, heard[0]) if heard else ("", "")
    after = [audience.send_after(person, saying, matter.place, rung_at.at) for person in heard]
    return PreviewLine(
        at=rung_at.at,
        send_at=min(after, default=rung_at.at),
        rung_key=rung.key,
        kind=rung.kind,
        whom=whom,
        recipients=tuple(person.name for person in heard),
        channels=tuple(sorted(channels & {*app.channels})),
        subject=subject,
        body=body,
    )
