"""Deadlines that count from a date of the case, and those of the case as a whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.ticks import raise_notices
from engine.usecases import cases, definitions, operations, work_items
from workflows.rights import OPERATOR

WHY = "Rapat dijadwalkan ulang."
FIRST = b'<sop:mutuBaku waktu="60 menit">'


@pytest.fixture
def dated(agency, shipped) -> int:
    """A case whose first step is due three days before a meeting that has no date yet."""
    xml, forms = shipped
    changed = xml.replace(FIRST, b'<sop:mutuBaku waktu="H-3 Rapat" acuan="tanggal_rapat">', 1)
    assert changed != xml
    definitions.deploy_definition(agency.app, OPERATOR, changed, forms, agency.now)
    return agency.start()


def first(agency):
    item = agency.inbox("kasubbag")[0]
    actor = agency.actor("kasubbag")
    return work_items.read_work_item(agency.app, actor, item.id, agency.now)


def correct(agency, case_id: int, value: object) -> None:
    changes = {"tanggal_rapat": value}
    operations.correct_data(agency.app, OPERATOR, case_id, changes, WHY, agency.now)


def test_without_its_date_nothing_is_due(agency, dated) -> None:
    found = first(agency)
    assert (found.line.due_at, found.line.at_risk_at, found.reckoning) == (None, None, ())
    assert (found.anchor, found.anchor_on) == ("Rapat", None)


@pytest.mark.parametrize("value", ["2026-12-11", "2026-12-10T20:00:00+00:00", " 2026-12-11 "])
def test_it_follows_the_date_when_that_is_given_or_moved(agency, dated, value: str) -> None:
    correct(agency, dated, value)
    found = first(agency)
    assert found.line.due_at == datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
    assert found.anchor_on is not None and found.anchor_on.isoformat() == "2026-12-11"
    assert sum(row.days for row in found.reckoning) == 3
    correct(agency, dated, "2026-12-14")
    assert first(agency).line.due_at == datetime(2026, 12, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["segera", 20261211, None, "0001-01-05", "", "11-12-2026"])
def test_what_is_no_date_sets_none(agency, dated, value: object) -> None:
    correct(agency, dated, "2026-12-11")
    correct(agency, dated, value)
    assert first(agency).line.due_at is None


def test_a_date_of_ten_years_ago_is_overdue_and_reminded_of_once(agency, dated) -> None:
    correct(agency, dated, "2016-12-09")
    assert first(agency).line.overdue
    assert raise_notices(agency.app, agency.now)[0] > 0
    assert raise_notices(agency.app, agency.now) == (0, 0)


def test_a_date_that_was_moved_while_the_case_stood_still_counts_when_it_goes_on(
    agency, dated
) -> None:
    operations.suspend_case(agency.app, OPERATOR, dated, WHY, agency.now)
    correct(agency, dated, "2026-12-11")
    assert first(agency).line.due_at is None
    operations.resume_case(agency.app, OPERATOR, dated, agency.now)
    assert first(agency).line.due_at == datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


def test_a_case_is_at_risk_and_then_overdue_by_the_time_for_the_whole(agency) -> None:
    case_id = agency.start()

    def line(minutes: int):
        now = agency.now + timedelta(minutes=minutes)
        return cases.read_case(agency.app, OPERATOR, case_id, now)

    assert line(0).jumlah_waktu == "230 menit"
    assert sum(row.minutes for row in line(0).reckoning) == 230
    assert [(line(m).line.at_risk, line(m).line.overdue) for m in (172, 173, 230, 231)] == [
        (False, False),
        (True, False),
        (True, False),
        (False, True),
    ]
    (listed,) = cases.list_cases(agency.app, OPERATOR, agency.now + timedelta(minutes=231))
    assert listed.overdue


@pytest.mark.parametrize("text", ["", "Sesuai jadwal", "H-3"])
def test_a_sheet_that_states_no_time_for_the_whole_sets_none(agency, shipped, text: str) -> None:
    xml, forms = shipped
    changed = xml.replace(b'jumlahWaktu="230 menit"', f'jumlahWaktu="{text}"'.encode())
    definitions.deploy_definition(agency.app, OPERATOR, changed, forms, agency.now)
    detail = cases.read_case(agency.app, OPERATOR, agency.start(), agency.now)
    assert (detail.line.due_at, detail.reckoning) == (None, ())
