"""SOPs as a whole: retired and back, called by others, evaluated every year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.errors import NotAllowedError
from engine.store import definitions as definition_rows
from engine.store.library import Library
from engine.store.transaction import transaction
from engine.ticks import tick
from engine.usecases import cases, definitions, messages, notices, processes
from tests.engine.usecases import sops
from tests.engine.usecases.conftest import KEY, Agency
from workflows.blank import call_process
from workflows.errors import SopError
from workflows.rights import OPERATOR

TODAY = date(2026, 11, 23)
YEAR = timedelta(days=365)


def code_of(act: object, *values: object) -> str:
    assert callable(act)
    with pytest.raises(SopError) as error:
        act(*values)
    return error.value.code


def test_a_retired_sop_is_not_started_while_its_cases_go_on(agency: Agency) -> None:
    app, owner, now = agency.app, agency.actor("pengelola"), agency.now
    case_id = agency.start()
    assert code_of(processes.retire_sop, app, owner, KEY, "", now) == "reason_missing"
    processes.retire_sop(app, owner, KEY, "Diganti SOP baru", now)
    with pytest.raises(SopError) as refused:
        agency.start()
    assert refused.value.code == "sop_retired"
    assert refused.value.fields["why"] == "Diganti SOP baru"
    assert cases.list_start_units(app, agency.actor("kasubbag"), KEY, now) == ()
    agency.complete("kasubbag")
    assert cases.read_case(app, OPERATOR, case_id, now).line.state == "running"
    line = processes.list_sops(app, owner, now)[0]
    assert line.retired is not None and line.retired.retired.by == "Tanjung Contoh"
    assert code_of(processes.retire_sop, app, owner, KEY, "Lagi", now) == "sop_retired"
    processes.revive_sop(app, owner, KEY, now)
    agency.start()
    assert code_of(processes.revive_sop, app, owner, KEY, now) == "sop_not_retired"


def test_only_process_owners_retire(agency: Agency) -> None:
    with pytest.raises(NotAllowedError):
        processes.retire_sop(agency.app, agency.actor("kepala"), KEY, "Sudah lama", agency.now)
    assert (
        processes.read_process(agency.app, agency.actor("kepala"), KEY, agency.now).acts
        == frozenset()
    )
    with pytest.raises(NotAllowedError):
        processes.list_sops(agency.app, agency.actor("kasubbag"), agency.now)


def test_the_list_shows_what_counts_what_comes_and_what_is_drawn(agency: Agency) -> None:
    app, owner = agency.app, agency.actor("pengelola")
    detail = processes.read_process(app, owner, KEY, agency.now)
    assert [(one.version, one.state) for one in detail.versions] == [(1, "in_force")]
    assert detail.line.version == 1 and detail.line.coming is None
    assert detail.acts == {"draw", "retire", "review"}
    assert code_of(processes.read_process, app, owner, "tidak-ada", agency.now) == (
        "definition_not_found"
    )


def test_owners_are_reminded_once_that_an_evaluation_is_due(agency: Agency) -> None:
    app, owner = agency.app, agency.actor("pengelola")
    due = processes.list_sops(app, owner, agency.now)[0].review_on
    assert due == TODAY.replace(year=2027)
    agency.now += YEAR - timedelta(days=20)
    assert processes.list_sops(app, owner, agency.now)[0].review == "soon"
    agency.now += timedelta(days=20)
    for _ in range(2):
        tick(app, agency.now)
    mine = [one.subject for one in notices.list_notices(app, owner)]
    assert mine.count("Saatnya evaluasi: Menyusun Rencana Kerja") == 1
    assert processes.list_sops(app, owner, agency.now)[0].review == "due"
    done = processes.review_sop(app, owner, KEY, "Masih sesuai", agency.now)
    assert (done.review, done.review_on) == ("", TODAY.replace(year=2028))
    assert done.reviewed is not None and done.reviewed.mine


def started_by_message(xml: bytes) -> bytes:
    """The shipped SOP, begun by a message."""
    flow = b"<bpmn:outgoing>ke_konsultasi</bpmn:outgoing>"
    message = b'<bpmn:message id="pesan" name="mulai-renja"/><bpmn:process '
    trigger = b'<bpmn:messageEventDefinition id="pemicu" messageRef="pesan"/>'
    assert flow in xml
    return xml.replace(flow, flow + trigger, 1).replace(b"<bpmn:process ", message, 1)


def test_a_message_starts_the_version_in_force_and_nothing_retired(
    agency: Agency, shipped: tuple[bytes, dict[str, str]]
) -> None:
    app, now = agency.app, agency.now
    definitions.deploy_definition(app, OPERATOR, started_by_message(shipped[0]), shipped[1], now)

    def send() -> str:
        return messages.send_message(
            app, OPERATOR, "mulai-renja", {}, {}, now, unit="BAPPEDA"
        ).outcome

    assert send() == "started"
    processes.retire_sop(app, OPERATOR, KEY, "Diganti", now)
    assert send() != "started"
    processes.revive_sop(app, OPERATOR, KEY, now)
    put_off(agency, 2)
    assert send() != "started"  # version 1 counts until tomorrow, and nothing begins it by message


def put_off(agency: Agency, version: int) -> None:
    """Let a version take effect only tomorrow."""
    with transaction(agency.app.sessions) as tx:
        row = definition_rows.get_definition(tx, KEY, version)
        row.effective_on = TODAY + timedelta(days=1)


def test_what_is_called_is_the_version_of_the_day_and_is_not_retired(
    agency: Agency, shipped: tuple[bytes, dict[str, str]]
) -> None:
    app, owner, now = agency.app, agency.actor("pengelola"), agency.now
    caller = sops.with_call(call_process(shipped[0], "pemanggil", "Memanggil"), KEY)
    definitions.deploy_definition(app, OPERATOR, caller, shipped[1], now)
    assert code_of(processes.retire_sop, app, owner, KEY, "Diganti", now) == "sop_is_called"
    second = shipped[0].replace(b'name="Sekretaris"', b'name="Sekban"')
    definitions.deploy_definition(app, OPERATOR, second, shipped[1], now)
    put_off(agency, 2)
    with transaction(app.sessions) as tx:
        library = Library(tx, lambda xml, forms: b"Sekban" in xml)
        today, tomorrow = TODAY, TODAY + timedelta(days=1)
        assert [library.in_force(KEY, day) for day in (today, tomorrow)] == [False, True]
        assert library.in_force(KEY, TODAY - timedelta(days=30)) is None
    states = [one.state for one in processes.read_process(app, owner, KEY, now).versions]
    assert states == ["coming", "in_force"]
