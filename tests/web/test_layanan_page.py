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
from engine.usecases import cases, definitions, keys, trace
from tests.web.conftest import Site
from web.api.openapi import describe
from workflows.rights import OPERATOR

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


@pytest.mark.parametrize("drawn", [one for one in blocks("xml") if not one.startswith("<?xml")])
def test_what_is_drawn_compiles(drawn: str) -> None:
    if "serviceTask" not in drawn:
        drawn = (
            '<bpmn:serviceTask id="hitung"><bpmn:extensionElements>'
            f"{drawn}</bpmn:extensionElements></bpmn:serviceTask>"
        )
    compile_definition(PROCESS.format(task=drawn, node="hitung").encode())


def sent_to(path: str) -> dict[str, Any]:
    """The body that the page sends there."""
    found = re.search(rf"^kirim {re.escape(path)}\s+'(.*?)'", PAGE, re.MULTILINE)
    assert found, path
    body: dict[str, Any] = json.loads(found[1])
    return body


@pytest.mark.parametrize(("report", "end"), [("complete", "Tersimpan"), ("error", "Ditolak arsip")])
def test_the_whole_example_is_deployed_and_driven_as_the_page_says(
    site: Site, report: str, end: str
) -> None:
    (xml,) = (one for one in blocks("xml") if one.startswith("<?xml"))
    definitions.deploy_definition(site.app, OPERATOR, xml.encode(), {}, site.now)
    started = re.search(r"^alur start (\S+) --unit (\S+) --as (\S+) --data '(.*)'$", PAGE, re.M)
    assert started
    key, unit, login, data = started.groups()
    actor = site.actor(login)
    case = cases.start_case(site.app, actor, key, unit, json.loads(data), site.now).line.id
    made = re.search(r"^alur key add (\S+) --topic (\S+)$", PAGE, re.MULTILINE)
    assert made
    _, secret = keys.add_key(site.app, OPERATOR, made[1], [made[2]], site.now)
    client = site.flask.test_client()

    def send(path: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {secret}"}
        answer = client.post(f"/api/v1{path}", headers=headers, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json["data"]

    assert send("/messages", sent_to("/messages"))["cases"] == [case]
    (job,) = send("/jobs/fetch", sent_to("/jobs/fetch"))
    assert job["request"] == {"nomor": "050/12"}
    send(f"/jobs/{job['id']}/{report}", sent_to(f"/jobs/$ID/{report}"))
    assert cases.read_case(site.app, actor, case, site.now).line.state == "completed"
    assert end in {one.name for one in trace.trace_case(site.app, actor, case, site.now)}


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
    sent = re.findall(r"^kirim (/\S+)\s+'(.*?)'(?:\s+#.*)?$", PAGE, re.MULTILINE)
    sent = [(path.replace("$ID", "{job_id}"), body) for path, body in sent]
    people = {path for path in document["paths"] if path.startswith("/items")}
    assert {path for path, _ in sent} == {*document["paths"]} - people
    for path, body in sent:
        post = document["paths"][path]["post"]
        schema = post["requestBody"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        jsonschema.validate(json.loads(body), whole)
