"""A condition that cannot be computed stops one case, is told once, and can be repaired."""

from __future__ import annotations

import pytest

from engine.errors import ConflictError, NotAllowedError
from engine.usecases import cases, definitions, upkeep
from tests.files import read_before_it_is_given
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR


@pytest.fixture
def case_with_incident(agency, shipped) -> int:
    """A case whose decision reads a variable that nobody has set."""
    xml, forms = shipped
    broken = read_before_it_is_given(xml)
    definitions.deploy_definition(agency.app, OPERATOR, broken, forms, agency.now)
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "tanda_tangan"})
    return case_id


def test_it_is_shown_told_once_and_repaired(agency, case_with_incident) -> None:
    detail = cases.read_case(agency.app, OPERATOR, case_with_incident, agency.now)
    assert detail.line.state == "incident"
    assert [event.kind for event in detail.history].count("incident") == 1
    checks = {check.name: check for check in upkeep.check_health(agency.app, agency.now)}
    assert (checks["incidents"].ok, checks["incidents"].detail) == (False, str(case_with_incident))
    assert checks["state"].ok

    app, now = agency.app, agency.now
    still = cases.retry_case(app, OPERATOR, case_with_incident, {}, now)
    assert still.line.state == "incident"
    done = cases.retry_case(app, OPERATOR, case_with_incident, {"jumlah_paraf": 3}, now)
    assert done.line.state == "completed"
    with pytest.raises(ConflictError) as refused:
        cases.retry_case(app, OPERATOR, case_with_incident, {}, now)
    assert refused.value.code == "no_incident"


def test_only_those_who_steer_the_process_repair_it(agency, case_with_incident) -> None:
    with pytest.raises(NotAllowedError):
        cases.retry_case(agency.app, agency.actor("kepala"), case_with_incident, {}, agency.now)


@pytest.mark.parametrize("data", [{"x": float("nan")}, {"x": "a\x00"}, {"": 1}])
def test_data_that_cannot_be_kept_is_refused(agency, data) -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        cases.start_case(
            agency.app,
            agency.actor("kasubbag"),
            "menyusun-rencana-kerja",
            "BAPPEDA",
            data,
            agency.now,
        )
    assert refused.value.code == "invalid_payload"


def test_a_field_hidden_by_case_data_is_not_asked(agency, shipped) -> None:
    xml, forms = shipped
    text = forms["konsultasi.form"]
    extra = (
        '{"key":"alasan","label":"Alasan","type":"textfield","validate":{"required":true},'
        '"conditional":{"hide":"=jenis = \\"rutin\\""}},'
    )
    start = text.index('"components": [') + len('"components": [')
    changed = {**forms, "konsultasi.form": text[:start] + extra + text[start:]}
    definitions.deploy_definition(agency.app, OPERATOR, xml, changed, agency.now)
    for data, asked in (({"jenis": "rutin"}, False), ({"jenis": "lain"}, True)):
        cases.start_case(
            agency.app,
            agency.actor("kasubbag"),
            "menyusun-rencana-kerja",
            "BAPPEDA",
            data,
            agency.now,
        )
        if asked:
            with pytest.raises(InvalidAnswerError):
                agency.complete("kasubbag")
        else:
            agency.complete("kasubbag")
