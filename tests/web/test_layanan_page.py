"""docs/howto/layanan.md: its diagrams compile, its function runs, its requests are understood."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.services import BusinessError, Context, Hosts
from engine.settings import Settings
from engine.spiff import compile_definition
from web.api.openapi import describe

PAGE = (Path(__file__).parents[2] / "docs/howto/layanan.md").read_text("utf-8")
PROCESS = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">'
    '<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="a" />{task}'
    '<bpmn:endEvent id="z" /><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="{node}" />'
    '<bpmn:sequenceFlow id="g" sourceRef="{node}" targetRef="z" />'
    "</bpmn:process></bpmn:definitions>"
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("drawn", blocks("xml"))
def test_what_is_drawn_compiles(drawn: str) -> None:
    if "serviceTask" not in drawn:
        drawn = (
            '<bpmn:serviceTask id="hitung"><bpmn:extensionElements>'
            f"{drawn}</bpmn:extensionElements></bpmn:serviceTask>"
        )
    compile_definition(PROCESS.format(task=drawn, node="hitung").encode())


def test_the_function_does_what_it_says() -> None:
    (source,) = blocks("python")
    module: dict[str, Any] = {}
    exec(source.partition("\n")[2], module)
    context = Context(1, 1, "hitung", 1, "k", datetime(2026, 11, 23, tzinfo=UTC))
    answer = module["hitung_pagu"]({"bidang": "EKO", "tahun": 2027}, context)
    assert answer == {"nilai": 1_500_000_000, "tahun": 2027}
    with pytest.raises(BusinessError) as refused:
        module["hitung_pagu"]({"bidang": "X", "tahun": 2027}, context)
    assert refused.value.code == "BIDANG_TIDAK_DIKENAL"


def test_the_settings_are_understood() -> None:
    given = dict(re.findall(r"export (ALUR_SERVICE_\w+)=(\S+)", PAGE))
    settings = Settings.from_env(given)
    hosts = Hosts.read(settings.service_hosts, settings.service_private_hosts)
    assert "data.example.go.id:8443" in hosts.outer and "simda.lan:8080" in hosts.inner


def test_every_request_is_one_that_the_document_describes() -> None:
    document: Any = describe()
    sent = re.findall(r"^kirim (/\S+)\s+'(.*)'$", PAGE, re.MULTILINE)
    assert {re.sub(r"/\d+/", "/{job_id}/", path) for path, _ in sent} == {*document["paths"]}
    for path, body in sent:
        post = document["paths"][re.sub(r"/\d+/", "/{job_id}/", path)]["post"]
        schema = post["requestBody"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        jsonschema.validate(json.loads(body), whole)
