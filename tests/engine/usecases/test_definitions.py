"""Deploying: what is refused is not half-stored, what is the same is not stored twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import NotAllowedError, NotFoundError
from engine.usecases import definitions
from workflows.errors import InvalidSopError
from workflows.rights import OPERATOR

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_the_same_content_is_one_version(app, shipped, agency) -> None:
    xml, forms = shipped
    again = definitions.deploy_definition(app, OPERATOR, xml, forms, agency.now)
    assert again.version == 1
    changed = {**forms, "keputusan.form": forms["keputusan.form"].replace("Telah", "Sudah")}
    newer = definitions.deploy_definition(app, OPERATOR, xml, changed, agency.now)
    assert (newer.version, newer.hash != again.hash) == (2, True)
    assert [line.version for line in definitions.list_definitions(app)] == [2]
    assert definitions.read_definition(app, newer.key, 1).line == again


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (b'sop:pelaksana="sekretaris"', b'sop:pelaksana="juru_kunci"', "jalur_sekretaris"),
        (b'waktu="120 menit"', b'waktu="kira-kira lama"', "pembahasan"),
        (b"keputusan == ", b"__import__('os') == ", None),
    ],
)
def test_a_bad_file_is_refused_by_element(app, shipped, old, new, element) -> None:
    xml, forms = shipped
    assert old in xml
    with pytest.raises(InvalidSopError) as refused:
        definitions.deploy_definition(app, OPERATOR, xml.replace(old, new), forms, NOW)
    assert element is None or refused.value.fields["element"] == element
    assert refused.value.fields["message"]
    assert definitions.list_definitions(app) == ()


def test_a_missing_mutu_baku_is_refused_by_element(app, shipped) -> None:
    xml, forms = shipped
    start, end = xml.index(b"<sop:mutuBaku"), xml.index(b"</sop:mutuBaku>")
    broken = xml[:start] + xml[end + len(b"</sop:mutuBaku>") :]
    with pytest.raises(InvalidSopError) as refused:
        definitions.deploy_definition(app, OPERATOR, broken, forms, NOW)
    assert refused.value.fields["rule"] == "mutu_baku_present"
    assert refused.value.fields["element"] == "konsultasi"


def test_a_missing_form_is_refused(app, shipped) -> None:
    xml, _ = shipped
    with pytest.raises(InvalidSopError) as refused:
        definitions.deploy_definition(app, OPERATOR, xml, {}, NOW)
    assert refused.value.fields["rule"] == "form_readable"


def test_only_process_owners_deploy(agency, shipped) -> None:
    with pytest.raises(NotAllowedError):
        definitions.deploy_definition(agency.app, agency.actor("kepala"), *shipped, agency.now)
    definitions.deploy_definition(agency.app, agency.actor("pengelola"), *shipped, agency.now)


def test_an_unknown_sop_is_said(app) -> None:
    with pytest.raises(NotFoundError) as unknown:
        definitions.read_definition(app, "tidak-ada")
    assert unknown.value.fields["key"] == "tidak-ada"


def caller(key: str, called: str) -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        f'targetNamespace="urn:alurkerja:tests"><process id="{key}" isExecutable="true">'
        '<startEvent id="s" name="Mulai"/>'
        f'<callActivity id="panggil" name="Panggil" calledElement="{called}"/>'
        '<endEvent id="e" name="Selesai"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="panggil"/>'
        '<sequenceFlow id="g" sourceRef="panggil" targetRef="e"/></process></definitions>'
    ).encode()


def test_sops_that_call_each_other_in_a_circle_are_refused(agency) -> None:
    def deploy(key: str, called: str) -> None:
        xml = caller(key, called)
        definitions.deploy_definition(agency.app, OPERATOR, xml, {}, agency.now)

    deploy("satu", "dua")
    deploy("dua", "tiga")
    with pytest.raises(InvalidSopError) as refused:
        deploy("tiga", "satu")
    assert (refused.value.code, refused.value.fields["element"]) == ("call_cycle", "panggil")
    assert refused.value.fields["processes"] == ["dua", "satu", "tiga"]
    deploy("tiga", "empat")
