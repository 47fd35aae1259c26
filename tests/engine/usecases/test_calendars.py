"""A unit's own calendar: what counts for whom, what changing it moves, and who is told."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.ticks import raise_notices
from engine.usecases import calendars, cases, notices, operations, pauses, work_items
from workflows.errors import InvalidAnswerError, InvalidTimeError
from workflows.rights import OPERATOR
from workflows.workdays.documents import default_document

WHY = "Keputusan Bupati 100.3.3.2/12/2026"
TUESDAY = {
    "date": "2026-11-24", "name": "Hari jadi daerah", "kind": "libur_lokal", "estimated": False
}  # fmt: skip
DAY = timedelta(days=1)


def with_holiday(zone: str = "Asia/Jakarta", *more: dict) -> dict:
    return default_document(zone) | {"holidays": [TUESDAY, *more]}


def change(agency, unit: str, document: dict, expected: int = 0, note: str = WHY):
    return calendars.change_calendar(
        agency.app, OPERATOR, unit, document, note, agency.now, expected=expected
    )


def preview(agency, unit: str, document: dict):
    return calendars.preview_change(agency.app, OPERATOR, unit, document, agency.now)


def show(agency, unit: str):
    return calendars.read_calendar(agency.app, OPERATOR, unit, agency.now)


def due(agency, item: int) -> datetime | None:
    return work_items.read_work_item(agency.app, OPERATOR, item, agency.now).line.due_at


@pytest.fixture
def evening(agency) -> int:
    """An item of 60 minutes that came on Monday at 15:30: due on Tuesday at 08:00."""
    agency.now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    agency.start()
    item = agency.inbox("kasubbag")[0]
    assert item.due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    return item.id


def test_a_local_holiday_moves_what_is_due_and_tells_whoever_is_concerned(agency, evening) -> None:
    planned = preview(agency, "PEMDA", with_holiday())
    assert (planned.changed, planned.open_items, planned.open_cases, planned.units) == (
        True, 1, 1, 12
    )  # fmt: skip
    (moved,) = planned.moved
    assert (moved.item, moved.case_id, moved.step_name) == (
        evening, 1, "Memprakarsai penyusunan Renja"
    )  # fmt: skip
    assert moved.after - moved.before == DAY
    (whole,) = planned.moved_cases
    assert whole.after - whole.before == DAY
    assert due(agency, evening) == moved.before
    assert show(agency, "PEMDA").line.number == 0
    done = change(agency, "PEMDA", with_holiday())
    assert (done.number, done.moved, done.moved_cases) == (1, planned.moved, planned.moved_cases)
    assert due(agency, evening) == moved.after
    assert cases.read_case(agency.app, OPERATOR, 1, agency.now).line.due_at == whole.after
    got = notices.list_notices(agency.app, agency.actor("kasubbag"))
    (told,) = [one for one in got if one.kind == "due_moved"]
    assert (told.item, WHY in told.body) == (evening, True)
    history = cases.read_case(agency.app, OPERATOR, 1, agency.now).history
    (event,) = [one for one in history if one.kind == "due_moved"]
    assert (event.note, event.step_name) == (WHY, "Memprakarsai penyusunan Renja")


def test_the_reckoning_of_a_moved_date_is_that_of_the_new_calendar(agency, evening) -> None:
    change(agency, "PEMDA", with_holiday())
    detail = work_items.read_work_item(agency.app, OPERATOR, evening, agency.now)
    assert [(row.minutes, row.name) for row in detail.reckoning] == [
        (30, ""),
        (0, "Hari jadi daerah"),
        (30, ""),
    ]


def test_only_the_claimant_is_told_of_a_claimed_item(agency, evening) -> None:
    actor = agency.actor("kasubbag")
    work_items.claim_work_item(agency.app, actor, evening, agency.now)
    change(agency, "BAPPEDA", with_holiday())
    kinds = [one.kind for one in notices.list_notices(agency.app, actor)]
    assert kinds.count("due_moved") == 1


def test_a_nearer_calendar_counts_and_what_is_not_covered_stays(agency, evening) -> None:
    change(agency, "BAPPEDA", default_document())  # equal to what counts: nothing happens
    assert show(agency, "BAPPEDA").line.number == 0
    other = with_holiday() | {"national": False}
    change(agency, "BAPPEDA", other)
    before = due(agency, evening)
    done = change(agency, "PEMDA", with_holiday("Asia/Makassar"))
    assert (done.open_items, done.units) == (0, 5)
    assert due(agency, evening) == before
    line = show(agency, "BAPPEDA-SEK").line
    assert (line.number, line.inherited, line.zone) == (
        0, "Badan Perencanaan Pembangunan Daerah", "Asia/Jakarta"
    )  # fmt: skip
    lines = {one.unit: one for one in calendars.list_calendars(agency.app, OPERATOR, agency.now)}
    assert {code: (one.number, one.covers) for code, one in lines.items()} == {
        "PEMDA": (1, 5), "SETDA": (0, 1), "BAPPEDA": (1, 7), "BAPPEDA-SEK": (0, 2),
        "BAPPEDA-RENMON": (0, 1), "BAPPEDA-EKO": (0, 1), "BAPPEDA-SOS": (0, 1),
        "BAPPEDA-INF": (0, 1), "BAPPEDA-FORUM": (0, 1), "INSPEKTORAT": (0, 1), "DINAS": (0, 2),
        "DINAS-SEK": (0, 1),
    }  # fmt: skip


def test_a_zone_is_that_of_all_units_it_covers(agency, evening) -> None:
    done = change(agency, "PEMDA", default_document("Asia/Jayapura"))
    (moved,) = done.moved  # 15:30 WIB is 17:30 WIT: work begins at 07:30 WIT
    assert moved.after == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert moved.zone == "Asia/Jayapura"
    item = agency.inbox("kasubbag")[0]
    assert (item.zone, item.due_at) == ("Asia/Jayapura", moved.after)


def test_without_its_own_the_unit_has_the_calendar_of_those_above(agency, evening) -> None:
    before = due(agency, evening)
    change(agency, "BAPPEDA", with_holiday("Asia/Makassar"))
    assert due(agency, evening) != before
    done = calendars.use_shipped(agency.app, OPERATOR, "BAPPEDA", WHY, agency.now, expected=1)
    assert (done.number, len(done.moved)) == (0, 1)
    detail = show(agency, "BAPPEDA")
    assert (detail.line.number, detail.line.inherited) == (0, "")
    assert [(one.number, one.removed) for one in detail.versions] == [(2, True), (1, False)]
    change(agency, "PEMDA", with_holiday())
    assert due(agency, evening) == before + DAY
    assert change(agency, "BAPPEDA", default_document()).number == 3
    assert due(agency, evening) == before
    with pytest.raises(ConflictError) as refused:
        calendars.use_shipped(agency.app, OPERATOR, "PEMDA", WHY, agency.now, expected=0)
    assert refused.value.code == "calendar_changed"
    with pytest.raises(ConflictError) as refused:
        calendars.use_shipped(agency.app, OPERATOR, "SETDA", WHY, agency.now, expected=0)
    assert refused.value.code == "calendar_not_own"


def test_whoever_comes_second_is_told_so_and_nothing_is_told_twice(agency, evening) -> None:
    change(agency, "PEMDA", with_holiday())
    with pytest.raises(ConflictError) as refused:
        change(agency, "PEMDA", default_document())
    assert refused.value.code == "calendar_changed"
    assert refused.value.fields["by"] == "Operator"
    again = change(agency, "PEMDA", with_holiday(), expected=1)
    assert (again.changed, again.number) == (False, 1)


def test_two_changes_and_ten_starts_at_once_lose_nothing(agency, evening) -> None:
    """Of the changes one wins; whatever is started before or after it is due by it."""

    def begin(number: int) -> object:
        if number not in (3, 6):
            return agency.start()
        try:
            return change(agency, "PEMDA", with_holiday(), note=f"{WHY}-{number}").number
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(begin, range(12)))
    assert {done[3], done[6]} == {1, "calendar_changed"}
    items = agency.inbox("kasubbag")
    assert {item.due_at for item in items} == {datetime(2026, 11, 25, 1, 0, tzinfo=UTC)}
    assert len(items) == 11


def test_a_paused_item_is_reckoned_when_it_goes_on(agency, evening) -> None:
    actor = agency.actor("kasubbag")
    before = due(agency, evening)
    pauses.pause_work_item(agency.app, actor, evening, WHY, agency.now)
    done = change(agency, "PEMDA", with_holiday())
    assert (done.paused, done.open_items, done.moved) == (1, 0, ())
    assert due(agency, evening) == before
    pauses.resume_work_item(agency.app, actor, evening, agency.now)
    assert due(agency, evening) == before + DAY


def test_a_suspended_case_is_reckoned_when_it_goes_on(agency, evening) -> None:
    operations.suspend_case(agency.app, OPERATOR, 1, WHY, agency.now)
    done = change(agency, "PEMDA", with_holiday())
    assert (done.paused, done.open_cases) == (2, 0)
    operations.resume_case(agency.app, OPERATOR, 1, agency.now)
    assert cases.read_case(agency.app, OPERATOR, 1, agency.now).line.due_at == datetime(
        2026, 11, 25, 3, 50, tzinfo=UTC
    )


def test_what_becomes_overdue_is_raised_at_the_next_tick(agency, evening) -> None:
    """A morning off that was announced is worked after all."""
    change(agency, "PEMDA", with_holiday())
    agency.now = datetime(2026, 11, 25, 0, 45, tzinfo=UTC)
    change(agency, "PEMDA", default_document(), expected=1)
    item = agency.inbox("kasubbag")[0]
    assert item.overdue
    assert raise_notices(agency.app, agency.now)[0] > 0


def test_only_those_who_set_the_time_do(agency, evening) -> None:
    actor, now = agency.actor("kasubbag"), agency.now
    for call in (
        lambda: calendars.list_calendars(agency.app, actor, now),
        lambda: calendars.read_calendar(agency.app, actor, "PEMDA", now),
        lambda: calendars.preview_change(agency.app, actor, "PEMDA", with_holiday(), now),
        lambda: calendars.change_calendar(
            agency.app, actor, "PEMDA", with_holiday(), WHY, now, expected=0
        ),
        lambda: calendars.use_shipped(agency.app, actor, "PEMDA", WHY, now, expected=0),
    ):
        with pytest.raises(NotAllowedError):
            call()
    owner = agency.actor("pengelola")
    assert calendars.read_calendar(agency.app, owner, "PEMDA", now).line.covers == 12


@pytest.mark.parametrize(
    ("unit", "document", "note", "code"),
    [
        ("TIDAK-ADA", with_holiday(), WHY, "unit_not_found"),
        ("PEMDA", with_holiday(), " ", "reason_missing"),
        ("PEMDA", {"zone": "Asia/Jakarta", "weeks": []}, WHY, "invalid_calendar"),
        ("PEMDA", {}, WHY, "invalid_calendar"),
        ("PEMDA", with_holiday() | {"zone": "Asia/Tokyo"}, WHY, "invalid_calendar"),
    ],
)
def test_what_cannot_be_is_refused(agency, unit: str, document: dict, note: str, code: str) -> None:
    with pytest.raises((NotFoundError, InvalidAnswerError, InvalidTimeError)) as refused:
        change(agency, unit, document, note=note)
    assert refused.value.code == code


def test_a_thousand_open_items_are_moved_in_one_go(agency, evening) -> None:
    """Each in a case of its own; ten thousand take ten times as long."""
    with agency.app.database.begin() as link:
        link.execute(text(COPY_CASES))
        link.execute(text(COPY_ITEMS))
        link.execute(text("ANALYZE"))
    began = time.monotonic()
    done = change(agency, "PEMDA", with_holiday())
    assert time.monotonic() - began < 10  # a fraction of it on an idle machine
    assert len(done.moved) == len(done.moved_cases) == 1001
    with agency.app.database.connect() as link:
        told = link.scalar(text("SELECT count(*) FROM notice WHERE kind = 'due_moved' "
                                "AND channel = 'in_app'"))  # fmt: skip
    assert told == 1001


COPY_CASES = """
INSERT INTO "case" (definition_id, unit_id, state, engine_state, tokens, data, started_at, due_at,
                    at_risk_at, suspended_reason)
SELECT definition_id, unit_id, state, engine_state, tokens, data, started_at, due_at, at_risk_at, ''
FROM "case", generate_series(1, 1000)
"""
COPY_ITEMS = """
INSERT INTO work_item (case_id, case_unit_id, token, node, role, unit_id, variables, round, state,
                       available_at, due_at, at_risk_at, standard_minutes, next_notice_at,
                       answers, checked)
SELECT c.id, c.unit_id, token, node, role, w.unit_id, variables, round, w.state, available_at,
       w.due_at,
       w.at_risk_at, standard_minutes, next_notice_at, answers, checked
FROM work_item w, "case" c WHERE c.id > w.case_id
"""
