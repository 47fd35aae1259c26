"""A paused item's standard does not run: by hand, by date, by the arrival of what it waits for."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.ticks import raise_notices, tick
from engine.usecases import cases, documents, notices, operations, pauses, work_items
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR

WHY = "Menunggu data dari bidang."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(agency) -> int:
    """The first item of a case, of 60 minutes, at 08:00."""
    agency.start()
    return agency.inbox("kasubbag")[0].id


def pause(agency, item: int, login: str = "kasubbag", **more):
    actor = agency.actor(login)
    return pauses.pause_work_item(agency.app, actor, item, WHY, agency.now, **more)


def resume(agency, item: int, login: str = "kasubbag"):
    return pauses.resume_work_item(agency.app, agency.actor(login), item, agency.now)


def line(agency, item: int):
    actor = agency.actor("kasubbag")
    return work_items.read_work_item(agency.app, actor, item, agency.now).line


def history(agency, case_id: int = 1) -> list[str]:
    return [e.kind for e in cases.read_case(agency.app, OPERATOR, case_id, agency.now).history]


def test_a_resumed_item_is_due_later_by_what_the_pause_took(agency, item) -> None:
    before = line(agency, item)
    agency.now += 10 * MINUTE
    made = pause(agency, item)
    assert (made.kind, made.by, made.reason, made.ended_at) == (
        "reason",
        "Melati Contoh",
        WHY,
        None,
    )
    assert line(agency, item).paused == made
    agency.now += timedelta(days=1)  # of 450 working minutes
    during = line(agency, item)
    assert (during.due_at, during.overdue, during.at_risk) == (before.due_at, False, False)
    assert raise_notices(agency.app, agency.now) == (0, 0)
    assert resume(agency, item).ending == "resumed"
    after = line(agency, item)
    assert after.paused is None
    assert after.due_at == agency.now + 50 * MINUTE
    assert after.at_risk_at == agency.now + 35 * MINUTE
    agency.now += 36 * MINUTE
    assert line(agency, item).at_risk
    assert raise_notices(agency.app, agency.now)[0] > 0
    assert history(agency)[-3:] == ["item_paused", "item_resumed", "reminder_raised"]


def test_a_reminder_that_waits_to_be_sent_waits_for_the_end_of_the_pause(agency, item) -> None:
    begin = agency.now
    agency.now += 50 * MINUTE
    raise_notices(agency.app, agency.now)
    pause(agency, item)
    agency.now += 60 * MINUTE
    assert tick(agency.app, agency.now).mails == 0
    resume(agency, item)
    assert tick(agency.app, agency.now).mails == 1
    (mail,) = notices.list_mails(agency.app, OPERATOR)
    assert line(agency, item).due_at == begin + 120 * MINUTE
    assert mail.subject.endswith("tenggat 23 Nov 10.00 WIB")


def test_what_was_late_before_the_pause_stays_late(agency, item) -> None:
    due = line(agency, item).due_at
    agency.now += 61 * MINUTE
    pause(agency, item)
    assert line(agency, item).overdue
    agency.now += 60 * MINUTE
    resume(agency, item)
    assert line(agency, item).due_at == due


def test_it_is_completed_in_time_when_only_the_pause_took_long(agency, item) -> None:
    agency.now += 50 * MINUTE
    pause(agency, item)
    agency.now += 100 * MINUTE
    agency.complete("kasubbag")
    (step, *_) = cases.list_steps(agency.app, OPERATOR, 1, agency.now)
    assert (step.on_time, step.working_minutes, step.paused_minutes) == (True, 50, 100)
    ledger = pauses.read_ledger(agency.app, OPERATOR, item, agency.now)
    assert [one.ending for one in ledger.pauses] == ["completed"]
    assert pauses.due_pause_ids(agency.app, agency.now + timedelta(days=9)) == ()


def test_it_goes_on_with_the_opening_of_its_date_however_late_the_tick_comes(agency, item) -> None:
    agency.now += 30 * MINUTE
    made = pause(agency, item, resume_on=date(2026, 11, 28))  # a Saturday
    opening = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    assert made.resume_at == opening
    assert pauses.due_pause_ids(agency.app, opening - MINUTE) == ()
    for _ in range(2):
        tick(agency.app, opening + 2 * MINUTE)
    agency.now = opening + 20 * MINUTE
    assert line(agency, item).due_at == opening + 30 * MINUTE
    assert history(agency).count("pause_ended") == 1
    assert not pauses.end_pause(agency.app, made.id, agency.now)


def test_it_goes_on_when_the_awaited_unit_completes_something(agency, item) -> None:
    agency.complete("kasubbag")
    mine = agency.inbox("kabid1")[0].id
    made = pause(agency, mine, "kabid1", awaiting="BAPPEDA-SOS")
    assert (made.kind, made.awaited, made.awaited_name) == (
        "unit",
        "BAPPEDA-SOS",
        "Bidang Sosial Budaya",
    )
    agency.complete("kabid2", minutes=5)
    assert line(agency, mine).paused is not None
    agency.complete("kabid3", minutes=5)
    (ended,) = pauses.read_ledger(agency.app, OPERATOR, mine, agency.now).pauses
    assert (ended.ending, ended.ended_at) == ("arrived", agency.now)
    assert line(agency, mine).paused is None
    assert "pause_ended" in history(agency)


def test_it_goes_on_when_the_awaited_unit_attaches_a_document(agency, item) -> None:
    agency.complete("kasubbag")
    mine, theirs = agency.inbox("kabid1")[0].id, agency.inbox("kabid3")[0].id
    pause(agency, mine, "kabid1", awaiting="BAPPEDA-SOS")
    actor = agency.actor("kabid3")
    stream = io.BytesIO(b"data")
    documents.attach_document(agency.app, actor, theirs, "data.txt", stream, agency.now)
    assert line(agency, mine).paused is None


@pytest.mark.parametrize(
    ("more", "code", "reason"),
    [
        ({"awaiting": "BAPPEDA-SEK"}, "invalid_pause", "own_unit"),
        ({"awaiting": "BAPPEDA"}, "invalid_pause", "own_unit"),
        ({"awaiting": "TIDAK-ADA"}, "unit_not_found", None),
        ({"resume_on": date(2026, 11, 23)}, "invalid_pause", "past"),
        ({"resume_on": date(2028, 1, 3)}, "invalid_pause", "too_far"),
    ],
)
def test_what_cannot_be_waited_for_is_refused(agency, item, more, code, reason) -> None:
    with pytest.raises((InvalidAnswerError, NotFoundError)) as refused:
        pause(agency, item, **more)
    assert (refused.value.code, refused.value.fields.get("reason")) == (code, reason)
    assert line(agency, item).paused is None


def test_who_may_not_work_on_it_may_not_pause_it(agency, item, outsider) -> None:
    for actor in (outsider, OPERATOR, agency.actor("kabid1")):
        with pytest.raises(NotAllowedError):
            pauses.pause_work_item(agency.app, actor, item, WHY, agency.now)
    with pytest.raises(InvalidAnswerError) as refused:
        pauses.pause_work_item(agency.app, agency.actor("kasubbag"), item, " ", agency.now)
    assert refused.value.code == "reason_missing"


def test_twice_is_told_by_whom_and_a_running_one_cannot_be_resumed(agency, item) -> None:
    with pytest.raises(ConflictError) as refused:
        resume(agency, item)
    assert refused.value.code == "item_not_paused"
    pause(agency, item)
    with pytest.raises(ConflictError) as refused:
        pause(agency, item)
    assert refused.value.code == "item_paused"
    assert refused.value.fields["by"] == "Melati Contoh"


def test_a_suspension_is_a_pause_of_all_that_is_open(agency, item) -> None:
    due, case_due = line(agency, item).due_at, _case(agency).due_at
    assert case_due == due + 170 * MINUTE  # of 230, as the sheet states for the whole
    agency.now += 10 * MINUTE
    operations.suspend_case(agency.app, OPERATOR, 1, WHY, agency.now)
    assert line(agency, item).paused.kind == "suspended"
    with pytest.raises(ConflictError) as refused:
        pause(agency, item)
    assert refused.value.code == "case_suspended"
    agency.now += 60 * MINUTE
    assert not _case(agency).overdue
    operations.resume_case(agency.app, OPERATOR, 1, agency.now)
    assert line(agency, item).due_at == due + 60 * MINUTE
    assert _case(agency).due_at == case_due + 120 * MINUTE  # over the lunch break


def _case(agency):
    return cases.read_case(agency.app, OPERATOR, 1, agency.now).line


def test_a_pause_that_ends_during_a_suspension_does_not_start_the_clock(agency, item) -> None:
    due = line(agency, item).due_at
    pause(agency, item, resume_on=date(2026, 11, 24))
    agency.now += 30 * MINUTE
    operations.suspend_case(agency.app, OPERATOR, 1, WHY, agency.now)
    agency.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    tick(agency.app, agency.now)
    assert line(agency, item).paused.kind == "suspended"
    assert not line(agency, item).overdue
    operations.resume_case(agency.app, OPERATOR, 1, agency.now)
    assert line(agency, item).due_at == agency.now + 60 * MINUTE
    assert due < agency.now


def test_a_cancelled_case_leaves_no_pause_open(agency, item) -> None:
    pause(agency, item, resume_on=date(2026, 11, 24))
    operations.cancel_case(agency.app, OPERATOR, 1, WHY, agency.now)
    later = agency.now + timedelta(days=3)
    assert pauses.due_pause_ids(agency.app, later) == ()
    (ended,) = pauses.read_ledger(agency.app, OPERATOR, item, later).pauses
    assert ended.ending == "withdrawn"


def test_the_ledger_says_whose_time_was_used(agency, item) -> None:
    app, actor = agency.app, agency.actor("kasubbag")
    agency.now += 10 * MINUTE
    work_items.claim_work_item(app, actor, item, agency.now)
    agency.now += 5 * MINUTE
    work_items.release_work_item(app, actor, item, agency.now)
    agency.now += 5 * MINUTE
    work_items.claim_work_item(app, actor, item, agency.now)
    pause(agency, item, awaiting="BAPPEDA-EKO")
    agency.now += 20 * MINUTE
    resume(agency, item)
    agency.now += 10 * MINUTE
    ledger = pauses.read_ledger(app, OPERATOR, item, agency.now)
    who = "Kasubbag Rencana Kerja dan Monev"
    assert [(row.who, row.clock, row.minutes) for row in ledger.rows] == [
        (who, "waiting", 10),
        ("Melati Contoh", "working", 5),
        (who, "waiting", 5),
        ("Bidang Ekonomi", "paused", 20),
        ("Melati Contoh", "working", 10),
    ]
    assert (ledger.waiting, ledger.working, ledger.paused, ledger.used) == (15, 15, 20, 30)
    assert (ledger.standard_minutes, ledger.share) == (60, Fraction(1, 2))
    assert ledger.rows[1].share == Fraction(1, 12)
    detail = work_items.read_work_item(app, actor, item, agency.now)
    assert detail.ledger == ledger


def test_only_readers_of_the_case_read_its_ledger(agency, item, outsider) -> None:
    with pytest.raises(NotAllowedError):
        pauses.read_ledger(agency.app, outsider, item, agency.now)
    with pytest.raises(NotFoundError):
        pauses.read_ledger(agency.app, OPERATOR, 999, agency.now)
