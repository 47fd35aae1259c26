"""BPMN timers through the database: armed as rows, fired by ticks, idempotent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import ConflictError
from engine.ticks import tick
from engine.usecases import cases, definitions, upkeep
from workflows.rights import OPERATOR

FLOW = b'<bpmn:sequenceFlow id="ke_tengat" sourceRef="tengat" targetRef="berkas_kedaluwarsa" />'


@pytest.fixture
def with_deadline(shipped) -> tuple[bytes, dict[str, str]]:
    """The shipped SOP with an interrupting deadline of two hours at activity 1."""
    xml, forms = shipped
    extra = (
        b'<bpmn:boundaryEvent id="tengat" name="Dua jam" attachedToRef="konsultasi">'
        b'<bpmn:outgoing>ke_tengat</bpmn:outgoing><bpmn:timerEventDefinition id="tengat_timer">'
        b'<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT2H</bpmn:timeDuration>'
        b"</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
        b'<bpmn:endEvent id="berkas_kedaluwarsa" name="Kedaluwarsa">'
        b"<bpmn:incoming>ke_tengat</bpmn:incoming></bpmn:endEvent>" + FLOW
    )
    return xml.replace(b"</bpmn:process>", extra + b"</bpmn:process>"), forms


def test_a_deadline_fires_once_and_withdraws_the_item(agency, with_deadline) -> None:
    definitions.deploy_definition(agency.app, OPERATOR, *with_deadline, agency.now)
    case_id = agency.start()
    begin = agency.now
    assert tick(agency.app, begin + timedelta(minutes=119)).timers == 0
    assert tick(agency.app, begin + timedelta(minutes=121)).timers == 1
    assert tick(agency.app, begin + timedelta(minutes=121)).timers == 0
    detail = cases.read_case(agency.app, OPERATOR, case_id, agency.now)
    assert (detail.line.state, detail.tokens) == ("completed", ())
    assert agency.inbox("kasubbag") == ()
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now))


def test_completing_after_the_deadline_is_a_conflict(agency, with_deadline) -> None:
    definitions.deploy_definition(agency.app, OPERATOR, *with_deadline, agency.now)
    agency.start()
    with pytest.raises(ConflictError) as late:
        agency.complete("kasubbag", minutes=121)
    assert late.value.code == "work_item_not_open"


def test_a_timer_of_a_completed_step_is_disarmed(agency, with_deadline) -> None:
    definitions.deploy_definition(agency.app, OPERATOR, *with_deadline, agency.now)
    case_id = agency.start()
    agency.complete("kasubbag", minutes=10)
    assert tick(agency.app, agency.now + timedelta(days=1)).timers == 0
    detail = cases.read_case(agency.app, OPERATOR, case_id, agency.now)
    assert detail.tokens == ("penyusunan_bidang",)
