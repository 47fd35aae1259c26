"""The REST interface: keys, one envelope, and a document that says exactly what there is."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.usecases import cases, definitions, keys
from web.api.openapi import describe
from workflows.rights import OPERATOR

API = "/api/v1"
XML = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">
 <bpmn:message id="m" name="surat" /><bpmn:signal id="s" name="bel" />
 <bpmn:process id="arsip" name="Arsip" isExecutable="true">
  <bpmn:startEvent id="mulai" />
  <bpmn:intermediateCatchEvent id="tunggu"><bpmn:extensionElements>
   <sop:kunci nama="nomor" nilai="nomor" /></bpmn:extensionElements>
   <bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateCatchEvent>
  <bpmn:serviceTask id="simpan"><bpmn:extensionElements>
   <sop:layanan jenis="luar" nama="arsip"><sop:isi nama="nomor" nilai="nomor" /></sop:layanan>
   </bpmn:extensionElements></bpmn:serviceTask>
  <bpmn:intermediateCatchEvent id="bel"><bpmn:signalEventDefinition signalRef="s" />
  </bpmn:intermediateCatchEvent>
  <bpmn:endEvent id="selesai" />
  <bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="tunggu" />
  <bpmn:sequenceFlow id="f2" sourceRef="tunggu" targetRef="simpan" />
  <bpmn:sequenceFlow id="f3" sourceRef="simpan" targetRef="bel" />
  <bpmn:sequenceFlow id="f4" sourceRef="bel" targetRef="selesai" />
 </bpmn:process></bpmn:definitions>"""


class Program:
    """A client with a key; checks each answer against the OpenAPI document."""

    def __init__(self, client: FlaskClient, secret: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {secret}"}

    def post(self, path: str, value: object = None, **options: Any) -> TestResponse:
        if "data" not in options:
            options["json"] = {} if value is None else value
        headers = {**self.headers, **options.pop("headers", {})}
        answer = self.client.post(f"{API}{path}", headers=headers, **options)
        check(path, answer)
        return answer

    def error(self, path: str, value: object = None, **options: Any) -> tuple[int, str]:
        answer = self.post(path, value, **options)
        return answer.status_code, answer.json["error"]["code"]


def check(path: str, answer: TestResponse) -> None:
    """The answer is one that the document promises for this operation."""
    document: Any = describe()
    template = re.sub(r"/\d+/", "/{job_id}/", path)
    responses = document["paths"][template]["post"]["responses"]
    promised = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json, {**promised, "components": document["components"]})
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers


@pytest.fixture
def program(site) -> Program:
    definitions.deploy_definition(site.app, OPERATOR, XML, {}, site.now)
    _, secret = keys.add_key(site.app, OPERATOR, "arsip", ["arsip"], site.now)
    return Program(site.flask.test_client(), secret)


@pytest.fixture
def case_id(site, program) -> int:
    made = cases.start_case(site.app, OPERATOR, "arsip", "BAPPEDA", {"nomor": "A-1"}, site.now)
    return made.line.id


def tokens(site, case_id: int) -> tuple[str, ...]:
    return cases.read_case(site.app, OPERATOR, case_id, site.now).tokens


def test_a_case_driven_from_outside_alone(site, program, case_id) -> None:
    body = {"name": "surat", "keys": {"nomor": "A-1"}, "message_id": "k-1"}
    sent = program.post("/messages", body).json["data"]
    expected = {"message_id": "k-1", "outcome": "delivered", "cases": [case_id], "repeated": False}
    assert sent == expected
    assert program.post("/messages", body).json["data"] == {**expected, "repeated": True}

    fetch = {"worker": "w1", "topics": ["arsip"], "max": 5, "lock_seconds": 60}
    (job,) = program.post("/jobs/fetch", fetch).json["data"]
    assert (job["case_id"], job["topic"], job["request"]) == (case_id, "arsip", {"nomor": "A-1"})
    assert program.post("/jobs/fetch", fetch).json["data"] == []
    path = f"/jobs/{job['id']}"
    held = program.post(f"{path}/extend", {"worker": "w1", "lock_seconds": 600}).json["data"]
    assert held["locked_until"] > job["locked_until"]
    assert program.error(f"{path}/complete", {"worker": "w2"}) == (409, "job_not_yours")
    done = {"worker": "w1", "result": {"kode": "K"}}
    assert program.post(f"{path}/complete", done).json["data"]["state"] == "done"
    assert program.post(f"{path}/complete", done).json["data"]["state"] == "done"
    assert tokens(site, case_id) == ("bel",)

    sent = program.post("/signals", {"name": "bel", "payload": {"nada": 1}}).json["data"]
    assert (sent["outcome"], sent["cases"]) == ("sent", [case_id])


def test_a_job_fails_and_ends_with_an_error(program, case_id) -> None:
    program.post("/messages", {"name": "surat", "keys": {"case": case_id}})
    fetch = {"worker": "w1", "topics": ["arsip"]}
    (job,) = program.post("/jobs/fetch", fetch).json["data"]
    path, report = f"/jobs/{job['id']}", {"worker": "w1", "error": "rak penuh"}
    failed = program.post(f"{path}/fail", {**report, "retries": 1, "retry_seconds": 0})
    assert failed.json["data"]["state"] == "ready"
    (job,) = program.post("/jobs/fetch", fetch).json["data"]
    assert job["attempt"] == 2
    ended = program.post(f"{path}/error", {"worker": "w1", "code": "LAIN", "message": "x"})
    assert ended.json["data"]["state"] == "incident"  # nothing catches it


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer salah"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer \udcff"},
    ],
)
def test_without_a_valid_key_nothing_opens(program, headers) -> None:
    answer = program.post("/messages", {"name": "surat"}, headers=headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "key_invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_key_opens_nothing(site, program) -> None:
    keys.revoke_key(site.app, OPERATOR, "arsip", site.now)
    assert program.error("/messages", {"name": "surat"}) == (401, "key_invalid")


def test_a_session_opens_nothing_and_is_not_touched(site) -> None:
    visitor = site.visitor("kepala")
    answer = visitor.client.post(f"{API}/messages", json={"name": "surat"})
    check("/messages", answer)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "field", "reason"),
    [
        ("/messages", [], "", "not_an_object"),
        ("/messages", {}, "name", "required"),
        ("/messages", {"name": None}, "name", "required"),
        ("/messages", {"name": 7}, "name", "not_string"),
        ("/messages", {"name": ""}, "name", "length"),
        ("/messages", {"name": "a" * 201}, "name", "length"),
        ("/messages", {"name": "a", "keys": []}, "keys", "not_object"),
        ("/messages", {"name": "a", "lain": 1}, "lain", "unknown_field"),
        ("/signals", {"name": "a", "keys": {}}, "keys", "unknown_field"),
        ("/jobs/fetch", {"worker": "w", "topics": []}, "topics", "length"),
        ("/jobs/fetch", {"worker": "w", "topics": [7]}, "topics", "not_string"),
        ("/jobs/fetch", {"worker": "w", "topics": ["a"], "max": 0}, "max", "1..100"),
        ("/jobs/fetch", {"worker": "w", "topics": ["a"], "max": True}, "max", "not_integer"),
        ("/jobs/fetch", {"worker": "w", "topics": ["a"], "max": 1.5}, "max", "not_integer"),
        ("/jobs/1/complete", {"worker": "w", "result": [1]}, "result", "not_object"),
    ],
)
def test_a_body_is_read_strictly(program, path, body, field, reason) -> None:
    answer = program.post(path, body)
    assert answer.status_code == 422
    error = answer.json["error"]
    assert (error["code"], error["fields"]) == (
        "invalid_request",
        {"field": field, "reason": reason},
    )
    assert field in error["message"]
    assert f"({reason})" not in error["message"]  # a program reads the fields, a person words


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"{", "application/json", (422, "invalid_request")),
        (b'{"name": NaN}', "application/json", (422, "invalid_request")),
        (b"\xff", "application/json", (422, "invalid_request")),
        (b"[" * 100_000, "application/json", (422, "invalid_request")),
        (b'{"name": ' + b"9" * 10_000 + b"}", "application/json", (422, "invalid_request")),
        (b"name=surat", "application/x-www-form-urlencoded", (415, "http_415")),
        (b" " * 600_000, "application/json", (413, "http_413")),
    ],
)
def test_what_is_no_json_is_refused_as_json(program, content, kind, error) -> None:
    assert program.error("/messages", data=content, content_type=kind) == error


def test_a_body_without_a_length_is_limited_too(program) -> None:
    options = {"content_type": "application/json", "input_stream": io.BytesIO(b" " * 600_000)}
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    options |= {"data": None, "environ_overrides": environ}
    assert program.error("/messages", **options) == (413, "http_413")


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/messages", {"name": "surat", "keys": {"a": []}}, (422, "invalid_payload")),
        ("/messages", {"name": "surat", "payload": {"": 1}}, (422, "invalid_payload")),
        ("/messages", {"name": "surat", "unit": "X"}, (404, "unit_not_found")),
        ("/jobs/fetch", {"worker": "w", "topics": ["lain"]}, (403, "topic_not_allowed")),
        ("/jobs/999/complete", {"worker": "w"}, (404, "job_not_found")),
        ("/jobs/99999999999999999999/complete", {"worker": "w"}, (422, "unstorable_value")),
    ],
)
def test_refusals_have_a_code_and_a_sentence(program, path, body, error) -> None:
    assert program.error(path, body) == error


def test_two_receivers_are_named(site, program, case_id) -> None:
    cases.start_case(site.app, OPERATOR, "arsip", "BAPPEDA", {"nomor": "A-1"}, site.now)
    answer = program.post("/messages", {"name": "surat", "keys": {"nomor": "A-1"}})
    assert answer.status_code == 409
    assert answer.json["error"]["fields"]["cases"] == [case_id, case_id + 1]
    assert str(case_id + 1) in answer.json["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/messages", 405), ("post", "/tidak-ada", 404), ("post", "/jobs/x/complete", 404)],
)
def test_wrong_addresses_are_answered_in_json(program, method, path, status) -> None:
    answer = getattr(program.client, method)(f"{API}{path}")
    assert (answer.status_code, answer.json["error"]["code"]) == (status, f"http_{status}")


def test_the_document_is_open_and_valid(site) -> None:
    answer = site.stranger().get(f"{API}/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    document: Any = answer.json
    assert document == json.loads(json.dumps(describe()))
    assert document["openapi"].startswith("3.1.")
    for shape in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(shape)
    found = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document))
    assert set(found) == set(document["components"]["schemas"])
    ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))


def test_the_document_names_every_route_and_no_other(site) -> None:
    document: Any = describe()
    routes = {
        re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule.removeprefix(API))
        for rule in site.flask.url_map.iter_rules()
        if rule.rule.startswith(API)
    }
    assert routes == {*document["paths"], "/openapi.json"}
