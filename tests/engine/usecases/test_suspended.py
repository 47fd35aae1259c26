"""A suspended case stands still in every respect, and goes on where it stood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import ConflictError
from engine.exchange_values import Client
from engine.ticks import raise_notices, send_notices, tick
from engine.usecases import (
    cases,
    definitions,
    documents,
    messages,
    operations,
    upkeep,
    work_items,
    workers,
)
from tests.engine.usecases.sops import with_job, with_message
from tests.engine.usecases.test_timers import with_deadline as with_deadline
from tests.files import read_before_it_is_given
from workflows.rights import OPERATOR

WHY = "Menunggu keputusan gubernur."


@pytest.fixture
def still(agency) -> int:
    """A suspended case at its first step."""
    case_id = agency.start()
    actor = agency.actor("pengelola")
    operations.suspend_case(agency.app, actor, case_id, WHY, agency.now)
    return case_id


def test_its_items_are_listed_with_the_reason_but_not_worked_on(agency, still, tmp_path) -> None:
    (item,) = agency.inbox("kasubbag")
    assert item.suspended is not None
    assert (item.suspended.by, item.suspended.at, item.suspended.reason) == (
        "Tanjung Contoh",
        agency.now,
        WHY,
    )
    detail = work_items.read_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    assert (detail.why_not, detail.may_claim) == ("case_suspended", False)
    assert cases.read_case(agency.app, OPERATOR, still, agency.now).line.suspended == item.suspended
    actor = agency.actor("kasubbag")
    with (tmp_path / "x").open("wb+") as stream:
        for call in (
            lambda: work_items.claim_work_item(agency.app, actor, item.id, agency.now),
            lambda: work_items.complete_work_item(agency.app, actor, item.id, {}, agency.now),
            lambda: documents.attach_document(
                agency.app, actor, item.id, "x.txt", stream, agency.now
            ),
        ):
            with pytest.raises(ConflictError) as refused:
                call()
            assert refused.value.code == "case_suspended"
            assert refused.value.fields["by"] == "Tanjung Contoh"
            assert refused.value.fields["note"] == WHY


def test_a_claim_can_be_given_back_meanwhile(agency) -> None:
    case_id = agency.start()
    (item,) = agency.inbox("kasubbag")
    actor = agency.actor("kasubbag")
    work_items.claim_work_item(agency.app, actor, item.id, agency.now)
    operations.suspend_case(agency.app, OPERATOR, case_id, WHY, agency.now)
    assert work_items.release_work_item(agency.app, actor, item.id, agency.now).state == "ready"


def test_no_reminder_is_written_while_it_stands_still(agency, still) -> None:
    agency.now += timedelta(days=3)
    assert raise_notices(agency.app, agency.now) == (0, 0)
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now))
    operations.resume_case(agency.app, OPERATOR, still, agency.now)
    assert raise_notices(agency.app, agency.now) == (0, 0)  # its standard did not run
    agency.now += timedelta(minutes=61)
    assert raise_notices(agency.app, agency.now)[0] > 0


def test_a_mail_that_is_waiting_waits_on(agency) -> None:
    case_id = agency.start()
    agency.now += timedelta(minutes=61)
    assert raise_notices(agency.app, agency.now)[0] > 0
    operations.suspend_case(agency.app, OPERATOR, case_id, WHY, agency.now)
    assert send_notices(agency.app, agency.now) == (0, 0)
    agency.now += timedelta(hours=1)
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now))
    operations.resume_case(agency.app, OPERATOR, case_id, agency.now)
    assert tick(agency.app, agency.now).mails > 0


def test_its_timers_fire_when_it_goes_on(agency, with_deadline) -> None:
    definitions.deploy_definition(agency.app, OPERATOR, *with_deadline, agency.now)
    case_id = agency.start()
    operations.suspend_case(agency.app, OPERATOR, case_id, WHY, agency.now)
    agency.now += timedelta(hours=3)
    assert tick(agency.app, agency.now).timers == 0
    assert agency.inbox("kasubbag")
    state = operations.resume_case(agency.app, OPERATOR, case_id, agency.now)
    assert state.state == "completed"
    assert agency.inbox("kasubbag") == ()


def to_forum(agency, xml: bytes, forms: dict[str, str]) -> int:
    """A case in front of what stands in the place of the forum."""
    definitions.deploy_definition(agency.app, OPERATOR, xml, forms, agency.now)
    case_id = agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login)
    return case_id


def tokens(agency, case_id: int) -> tuple[str, ...]:
    return cases.read_case(agency.app, OPERATOR, case_id, agency.now).tokens


def test_a_message_waits_until_it_goes_on(agency, shipped) -> None:
    case_id = to_forum(agency, with_message(shipped[0], "kesepakatan"), shipped[1])
    app, now = agency.app, agency.now
    operations.suspend_case(app, OPERATOR, case_id, WHY, now)
    sent = messages.send_message(app, OPERATOR, "kesepakatan", {}, {"hasil": "setuju"}, now)
    assert sent.outcome == "buffered"
    assert tick(app, now).messages == 0
    assert tokens(agency, case_id) == ("kesepakatan_forum",)
    operations.resume_case(app, OPERATOR, case_id, now)
    assert tokens(agency, case_id) == ("penyempurnaan",)
    assert cases.read_case(app, OPERATOR, case_id, now).data["hasil"] == "setuju"


def test_no_job_begins_and_what_is_reported_waits(agency, shipped) -> None:
    case_id = to_forum(agency, with_job(shipped[0], "forum"), shipped[1])
    app, now, client = agency.app, agency.now, Client("forum", ("forum",))
    operations.suspend_case(app, OPERATOR, case_id, WHY, now)
    assert workers.fetch_jobs(app, client, "a", ["forum"], now) == ()
    operations.resume_case(app, OPERATOR, case_id, now)
    (job,) = workers.fetch_jobs(app, client, "a", ["forum"], now)
    operations.suspend_case(app, OPERATOR, case_id, WHY, now)
    workers.complete_job(app, client, "a", job.id, {"hasil": "setuju"}, now)
    tick(app, now)
    assert tokens(agency, case_id) == ("kesepakatan_forum",)
    operations.resume_case(app, OPERATOR, case_id, now)
    tick(app, now)
    assert tokens(agency, case_id) == ("penyempurnaan",)
    assert cases.read_case(app, OPERATOR, case_id, now).data["hasil"] == "setuju"


def test_deadlines_and_claims_are_as_they_were(agency) -> None:
    case_id = agency.start()
    (before,) = agency.inbox("kasubbag")
    claimed = work_items.claim_work_item(
        agency.app, agency.actor("kasubbag"), before.id, agency.now
    )
    operations.suspend_case(agency.app, OPERATOR, case_id, WHY, agency.now)
    state = operations.resume_case(agency.app, OPERATOR, case_id, agency.now)
    assert state.state == "running"
    (after,) = agency.inbox("kasubbag")
    assert {name: getattr(after, name) for name in vars(claimed)} == vars(claimed)
    agency.complete("kasubbag")
    kinds = [e.kind for e in cases.read_case(agency.app, OPERATOR, case_id, agency.now).history]
    assert "case_suspended" in kinds and "case_resumed" in kinds


def test_data_may_be_corrected_meanwhile_and_all_else_may_not(agency, still) -> None:
    app, now = agency.app, agency.now
    for call, extra in (
        (operations.suspend_case, (WHY,)),
        (operations.skip_node, ("konsultasi", WHY)),
        (operations.move_token, ("konsultasi", "pembahasan", WHY)),
    ):
        with pytest.raises(ConflictError) as refused:
            call(app, OPERATOR, still, *extra, now)
        assert refused.value.code == "case_suspended"
    state = operations.correct_data(app, OPERATOR, still, {"tahun_rencana": 2027}, WHY, now)
    assert state.state == "suspended"
    assert operations.resume_case(app, OPERATOR, still, now).state == "running"
    assert cases.read_case(app, OPERATOR, still, now).data["tahun_rencana"] == 2027
    with pytest.raises(ConflictError) as refused:
        operations.resume_case(app, OPERATOR, still, now)
    assert refused.value.code == "case_not_suspended"


def test_a_case_that_had_stopped_is_stopped_again_afterwards(agency, shipped) -> None:
    xml, forms = shipped
    broken = read_before_it_is_given(xml)
    definitions.deploy_definition(agency.app, OPERATOR, broken, forms, agency.now)
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "tanda_tangan"})
    app, now = agency.app, agency.now
    operations.suspend_case(app, OPERATOR, case_id, WHY, now)
    with pytest.raises(ConflictError) as refused:
        cases.retry_case(app, OPERATOR, case_id, {}, now)
    assert refused.value.code == "case_suspended"
    assert operations.resume_case(app, OPERATOR, case_id, now).state == "incident"
    history = cases.read_case(app, OPERATOR, case_id, now).history
    assert [event.kind for event in history].count("incident") == 1


def test_it_can_be_cancelled(agency, still) -> None:
    operations.cancel_case(agency.app, OPERATOR, still, WHY, agency.now)
    line = cases.read_case(agency.app, OPERATOR, still, agency.now).line
    assert (line.state, line.suspended) == ("cancelled", None)
    assert cases.list_cases(agency.app, OPERATOR, agency.now, "suspended") == ()
