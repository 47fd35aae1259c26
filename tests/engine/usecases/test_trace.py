"""The trace of a case: one row for each stay of a token at a node, in step with its events."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete

from engine.errors import ConflictError
from engine.store.tables import Activation, Case, Event, WorkItem
from engine.store.transaction import transaction
from engine.usecases import cases, operations, trace, upkeep
from workflows.rights import OPERATOR

WHY = "Uji jejak."
PEOPLE = ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris", "kepala")


def rows_of(agency, case_id: int):
    return trace.trace_case(agency.app, OPERATOR, case_id, agency.now)


def test_each_stay_is_a_row_in_the_order_of_coming(agency) -> None:
    case_id = agency.start()
    begin = agency.now
    agency.complete("kasubbag", minutes=5)
    rows = rows_of(agency, case_id)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    first, second = rows[:2]
    assert (first.node, first.kind, first.state) == ("mulai", "startEvent", "completed")
    assert (first.entered_at, first.left_at) == (begin, begin)
    assert (second.node, second.name) == ("konsultasi", "Memprakarsai penyusunan Renja")
    assert (second.kind, second.state, second.round) == ("userTask", "completed", 1)
    assert (second.entered_at, second.left_at) == (begin, agency.now)
    drafts = [row for row in rows if row.node == "penyusunan_bidang"]
    assert {row.state for row in drafts} == {"active"}
    assert {row.left_at for row in drafts} == {None}


def test_rounds_count_up(agency) -> None:
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "kembalikan", "arahan": "Lengkapi."})
    rounds = [row.round for row in rows_of(agency, case_id) if row.node == "penyempurnaan"]
    assert rounds == [1, 2]


def test_a_case_older_than_the_trace_goes_on(agency) -> None:
    case_id = agency.start()
    agency.complete("kasubbag")
    with transaction(agency.app.sessions) as tx:
        tx.execute(delete(Activation))
    for login in ("kabid1", "kabid2", "kabid3"):
        agency.complete(login)
    assert [row.node for row in rows_of(agency, case_id)] == ["pembahasan"]
    choices = trace.list_moves(agency.app, OPERATOR, case_id, agency.now)
    assert [line.node for line in choices.earlier] == ["konsultasi", "penyusunan_bidang"]


def act(agency, case_id: int, chance: random.Random) -> None:
    """One thing that somebody may do now."""
    app, now = agency.app, agency.now
    line = cases.read_case(app, OPERATOR, case_id, now).line
    if line.suspended:
        operations.resume_case(app, OPERATOR, case_id, now)
        return
    waiting = [login for login in PEOPLE if agency.inbox(login)]
    chances = [8 if waiting else 0, 1, 1, 1]
    kind = chance.choices(["complete", "move", "skip", "suspend"], chances)[0]
    choices = trace.list_moves(app, OPERATOR, case_id, now)
    token = chance.choice(choices.open).token
    if kind == "suspend":
        operations.suspend_case(app, OPERATOR, case_id, WHY, now)
    elif kind == "skip":
        operations.skip_node(app, OPERATOR, case_id, token, WHY, now)
    elif kind == "move":
        target = chance.choice((*choices.earlier, *choices.others)).node
        operations.move_token(app, OPERATOR, case_id, token, target, WHY, now)
    else:
        decision = chance.choice(["tanda_tangan", "kembalikan", "kembalikan"])
        answers = {"keputusan": decision, "arahan": "Lengkapi."}
        login = chance.choice(waiting)
        agency.complete(login, answers if login == "kepala" else {})


@pytest.mark.parametrize("_", range(3))
def test_after_any_walk_the_trace_agrees_with_the_events(agency, _: int) -> None:
    seed = random.randrange(10**9)
    print("seed", seed)  # noqa: T201  # shown when it fails
    chance = random.Random(seed)
    case_id = agency.start()
    for _minute in range(30):
        agency.now += timedelta(minutes=1)
        if cases.read_case(agency.app, OPERATOR, case_id, agency.now).line.state == "completed":
            break
        try:
            act(agency, case_id, chance)
        except ConflictError as error:
            assert error.code in ("cannot_move", "cannot_skip"), error
    with transaction(agency.app.sessions) as tx:
        case = tx.get(Case, case_id)
        rows = {row.token: row for row in tx.query(Activation).all()}
        items = {item.id: item for item in tx.query(WorkItem).all()}
        events = tx.query(Event).order_by(Event.id).all()
    assert len(rows) == len({row.seq for row in rows.values()})
    for item in items.values():
        row = rows[item.token]
        assert row.node == item.node
        assert row.entered_at == item.available_at
        assert row.left_at == item.completed_at
        open_or_done = {"ready": "active", "claimed": "active", "completed": "completed"}
        assert row.state in (open_or_done.get(item.state, "withdrawn"), "skipped")
    for event in events:
        if event.kind in ("item_completed", "item_withdrawn"):
            assert rows[items[event.work_item_id].token].left_at == event.at
        if event.kind in ("node_skipped", "token_moved"):
            wanted = "skipped" if event.kind == "node_skipped" else "withdrawn"
            assert (rows[event.data["token"]].state, event.at) == (
                wanted, rows[event.data["token"]].left_at
            )  # fmt: skip
        if event.kind == "incident":
            assert event.data["token"] in rows
    active = [row.node for row in rows.values() if row.state == "active"]
    assert set(active) == set(case.tokens)
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now)[:3])
