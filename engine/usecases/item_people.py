"""Who has to do with an item or a case, and what the reader may do about that, for one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from engine.app import App
from engine.handover_values import (
    CasePeople,
    Colleague,
    HandoverLine,
    ItemPeople,
    Reassignment,
)
from engine.people_lines import comments_of, consultation_line, handover_line
from engine.store import absences, handovers, people, readers, work_items
from engine.store.access import OpenedCase, may_comment, open_case, read_item
from engine.store.handovers import DELEGATED, REASSIGNED, RETURNED
from engine.store.tables import Person, WorkItem
from engine.store.transaction import Tx, transaction
from workflows.rights import Actor, Thing, Verb, may

ACTS: tuple[tuple[str, Verb], ...] = (
    ("delegate", "delegate"),
    ("recall", "recall"),
    ("hand_back", "hand_back"),
    ("return", "release"),
    ("reassign", "reassign"),
    ("ask", "ask"),
)


def read_item_people(app: App, actor: Actor, item_id: int, now: datetime) -> ItemPeople:
    """For everyone who may read the case, in a number of statements that grows with nothing but
    the levels above the role.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours.
    """
    day = app.today(now)
    with transaction(app.sessions) as tx:
        item, opened = read_item(tx, actor, item_id)
        thing = _thing(tx, opened, item, day)
        acts = _acts(actor, item, thing)
        if may_comment(tx, actor, opened):
            acts |= {"comment"}
        given = [handover_line(row) for row in handovers.handover_rows(tx, item.id)]
        works = "ask" in acts
        asked = handovers.consultation_rows(tx, item.id)
        found = readers.readers_of(tx, opened.case, opened.unit, day)
        others = [person for person in found if person.id != actor.person_id]
        performers = people.performers(tx, item, day) if "reassign" in acts else ()
        hints = people.jabatan_of(tx, {one.id for one in (*others, *performers)}, day)
        delegate = people.person_names(tx, [item.delegate_id]).get(item.delegate_id)
        away = item.delegate_id is not None and absences.whole_absence(tx, item.delegate_id, day)
        comments = [one for one in comments_of(tx, opened) if one.item == item.id]
        return ItemPeople(
            item=item.id,
            case_id=item.case_id,
            acts=acts,
            delegate=delegate,
            delegate_away=bool(away),
            handovers=tuple(given),
            disposition=_last(given, DELEGATED, REASSIGNED) if item.claimed_by else None,
            returned=_returned(given),
            consultations=tuple(
                consultation_line(row, actor.person_id, works=works) for row in asked
            ),
            comments=tuple(comments),
            watching=_watches(tx, actor, item.case_id),
            colleagues=_offer(others, hints),
            performers=_offer(performers, hints),
        )


def read_case_people(app: App, actor: Actor, case_id: int, now: datetime) -> CasePeople:
    """Comments on a case, and whether the reader watches it.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        day = app.today(now)
        found = readers.readers_of(tx, opened.case, opened.unit, day)
        others = [person for person in found if person.id != actor.person_id]
        return CasePeople(
            case_id=case_id,
            comments=comments_of(tx, opened),
            watching=_watches(tx, actor, case_id),
            may_comment=may_comment(tx, actor, opened),
            readers=_offer(others, people.jabatan_of(tx, {one.id for one in others}, day)),
        )


def read_reassignment(
    app: App, actor: Actor, item_ids: Collection[int], now: datetime
) -> Reassignment:
    """Which of these items the actor may assign to somebody, and to whom.

    Raises NotAllowedError: case_not_yours.
    """
    day = app.today(now)
    with transaction(app.sessions) as tx:
        alike: dict[tuple[str, int, int], list[WorkItem]] = {}  # what one answer counts for
        for item in work_items.find_items(tx, item_ids):
            alike.setdefault((item.role, item.unit_id, item.case_unit_id), []).append(item)
        mine: list[WorkItem] = []
        performers: dict[int, Person] = {}
        for (role, unit_id, _), items in alike.items():
            opened = open_case(tx, actor, items[0].case_id)
            if may(actor, "reassign", _thing(tx, opened, items[0], day)):
                continue
            mine += [one for one in items if one.state in work_items.OPEN]
            performers |= {one.id: one for one in people.holders(tx, role, unit_id, day)}
        hints = people.jabatan_of(tx, set(performers), day)
        found = sorted(performers.values(), key=lambda one: one.name)
        return Reassignment(frozenset(one.id for one in mine), _offer(found, hints))


def _thing(tx: Tx, opened: OpenedCase, item: WorkItem, day: date) -> Thing:
    claimed_by = work_items.standing_claimant(tx, item, day)
    thing = opened.thing(item, claimed_by)
    above = people.jabatan_above(tx, item.role, item.unit_id)
    return Thing(**{**vars(thing), "above": above})


def _acts(actor: Actor, item: WorkItem, thing: Thing) -> frozenset[str]:
    if actor.person_id is None or item.state not in work_items.OPEN:
        return frozenset()
    return frozenset(name for name, verb in ACTS if may(actor, verb, thing) is None)


def _last(given: Sequence[HandoverLine], *kinds: str) -> HandoverLine | None:
    return next((one for one in reversed(given) if one.kind in kinds), None)


def _returned(given: Sequence[HandoverLine]) -> HandoverLine | None:
    """Shown until the item is handed on anew."""
    last = _last(given, DELEGATED, REASSIGNED, RETURNED)
    return last if last is not None and last.kind == RETURNED else None


def _watches(tx: Tx, actor: Actor, case_id: int) -> bool:
    return actor.person_id is not None and handovers.watches(tx, actor.person_id, case_id)


def _offer(found: Iterable[Person], hints: dict[int, str]) -> tuple[Colleague, ...]:
    return tuple(Colleague(one.login, one.name, hints.get(one.id, "")) for one in found)
