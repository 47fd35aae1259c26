"""The due moment of a whole case: the time that its sheet states, as long as it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.usecases import cases, operations, pauses, work_items
from workflows.rights import OPERATOR


def seen(agency, case_id: int):
    return cases.read_case(agency.app, OPERATOR, case_id, agency.now)


def test_the_time_of_the_whole_runs_while_a_step_with_a_standard_is_open(agency) -> None:
    case_id = agency.start()  # Monday 08:00 WIB; the sheet states 230 minutes
    found = seen(agency, case_id)
    assert found.line.due_at == datetime(2026, 11, 23, 4, 50, tzinfo=UTC)  # 11:50
    assert found.line.at_risk_at == datetime(2026, 11, 23, 3, 52, 30, tzinfo=UTC)
    assert sum(row.minutes for row in found.reckoning) == 230
    agency.complete("kasubbag", minutes=30)
    assert seen(agency, case_id).line.due_at is None  # the Bidang have no standard
    agency.now += timedelta(days=2)
    for login in ("kabid1", "kabid2", "kabid3"):
        agency.complete(login)
    found = seen(agency, case_id)  # 200 minutes are left on Wednesday at 08:30
    assert found.running_since == agency.now
    assert found.line.due_at == datetime(2026, 11, 25, 4, 50, tzinfo=UTC)
    assert sum(row.minutes for row in found.reckoning) == 200
    assert not found.line.overdue


def test_a_pause_of_all_that_is_open_is_one_of_the_case(agency) -> None:
    case_id = agency.start()
    actor, item = agency.actor("kasubbag"), agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, actor, item.id, agency.now)
    pauses.pause_work_item(agency.app, actor, item.id, "menunggu data", agency.now)
    assert seen(agency, case_id).line.due_at is None
    agency.now += timedelta(minutes=60)
    pauses.resume_work_item(agency.app, actor, item.id, agency.now)
    due = seen(agency, case_id).line.due_at
    assert due == datetime(2026, 11, 23, 6, 50, tzinfo=UTC)  # 13:50, the break between
    operations.suspend_case(agency.app, OPERATOR, case_id, "rapat", agency.now)
    assert seen(agency, case_id).line.due_at is None
    agency.now += timedelta(minutes=10)
    operations.resume_case(agency.app, OPERATOR, case_id, agency.now)
    assert seen(agency, case_id).line.due_at == due + timedelta(minutes=10)


def test_what_is_over_is_judged_by_the_time_that_ran(agency) -> None:
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "tanda_tangan"}, minutes=5)
    found = seen(agency, case_id).line
    assert (found.state, found.overdue) == ("completed", False)
    assert found.due_at is not None
