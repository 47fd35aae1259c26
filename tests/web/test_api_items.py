"""The REST interface of people: their tokens, their tasks, each act once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from engine.store.transaction import transaction
from engine.usecases import access_tokens, account_mails, cases, definitions, sessions
from web.api.openapi import describe
from workflows.rights import OPERATOR

API = "/api/v1"
XML = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">
 <bpmn:process id="periksa" name="Periksa" isExecutable="true">
  <bpmn:laneSet id="ls"><bpmn:lane id="l" name="Kepala Bidang"
   sop:pelaksana="kepala_bidang">
   <bpmn:flowNodeRef>mulai</bpmn:flowNodeRef><bpmn:flowNodeRef>susun</bpmn:flowNodeRef>
   <bpmn:flowNodeRef>setujui</bpmn:flowNodeRef><bpmn:flowNodeRef>akhir</bpmn:flowNodeRef>
  </bpmn:lane></bpmn:laneSet>
  <bpmn:startEvent id="mulai"/><bpmn:userTask id="susun" name="Susun"><bpmn:extensionElements>
   <sop:mutuBaku waktu="1 hari"/></bpmn:extensionElements></bpmn:userTask>
  <bpmn:userTask id="setujui" name="Setujui" sop:bedaOrang="susun"><bpmn:extensionElements>
   <sop:mutuBaku waktu="1 hari"/></bpmn:extensionElements></bpmn:userTask>
  <bpmn:endEvent id="akhir"/>
  <bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="susun"/>
  <bpmn:sequenceFlow id="f2" sourceRef="susun" targetRef="setujui"/>
  <bpmn:sequenceFlow id="f3" sourceRef="setujui" targetRef="akhir"/>
 </bpmn:process></bpmn:definitions>"""


class Program:
    """A client with somebody's token; checks each answer against the OpenAPI document."""

    def __init__(self, site, login: str) -> None:
        self.client: FlaskClient = site.flask.test_client()
        _, secret = access_tokens.make_token(site.app, site.actor(login), "uji", 30, site.now)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        answer = self.client.open(f"{API}{path}", method=method, headers=headers, **options)
        template = re.sub(r"/\d+", "/{item_id}", path.partition("?")[0])
        document: Any = describe()
        responses = document["paths"][template][method.lower()]["responses"]
        promised = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json, {**promised, "components": document["components"]})
        assert "Set-Cookie" not in answer.headers
        return answer

    def get(self, path: str) -> Any:
        return self.call("GET", path).json["data"]

    def post(self, path: str, body: object = None, key: str = "") -> TestResponse:
        headers = {"Idempotency-Key": key} if key else {}
        options = {} if body is None else {"json": body}
        return self.call("POST", path, headers=headers, **options)


@pytest.fixture
def program(site) -> Program:
    site.start()
    return Program(site, "kasubbag")


def test_a_task_is_listed_read_claimed_released_and_completed(site, program) -> None:
    (item,) = program.get("/items")["items"]
    detail = program.get(f"/items/{item['id']}")
    assert (detail["item"]["id"], detail["why_not"]) == (item["id"], None)
    assert program.post(f"/items/{item['id']}/claim").json["data"]["mine"]
    assert program.post(f"/items/{item['id']}/release").json["data"]["state"] == "ready"
    done = program.post(f"/items/{item['id']}/complete", {"answers": {}, "checked": []})
    assert (done.status_code, done.json["data"]["case_state"]) == (200, "running")
    again = program.post(f"/items/{item['id']}/complete", {})
    assert (again.status_code, again.json["error"]["code"]) == (409, "work_item_done")


def test_pages_follow_each_other_without_gap(site, program) -> None:
    for _ in range(4):
        site.start()
    found, after = [], ""
    while True:
        page = program.get(f"/items?limit=2&after={after}")
        found += [item["id"] for item in page["items"]]
        if not (after := page["after"]):
            break
    assert len(found) == len(set(found)) == 5
    assert program.call("GET", "/items?tab=lain").status_code == 422
    assert program.call("GET", "/items?limit=x").status_code == 422


def test_the_same_key_does_the_work_once(site, program) -> None:
    (item,) = program.get("/items")["items"]
    path = f"/items/{item['id']}/complete"
    first = program.post(path, {}, key="k1")
    second = program.post(path, {}, key="k1")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json == second.json and second.headers["Idempotent-Replayed"] == "true"
    other = program.post(path, {"answers": {"a": 1}}, key="k1")
    assert (other.status_code, other.json["error"]["code"]) == (409, "key_reused")
    for _ in range(2):  # what is refused is not kept
        refused = program.post(path, {}, key="k2")
        assert (refused.status_code, refused.json["error"]["code"]) == (409, "work_item_done")


def test_four_eyes_hold_here_as_well(site) -> None:
    definitions.deploy_definition(site.app, OPERATOR, XML, {}, site.now)
    cases.start_case(site.app, OPERATOR, "periksa", "BAPPEDA", {}, site.now)
    one, other = Program(site, "kabid1"), Program(site, "kabid2")
    (item,) = one.get("/items")["items"]
    (opened,) = one.post(f"/items/{item['id']}/complete", {}).json["data"]["opened"]
    path = f"/items/{opened['id']}"
    assert one.get("/items")["items"] == []
    for act in ("claim", "complete"):
        refused = one.post(f"{path}/{act}", {} if act == "complete" else None)
        assert (refused.status_code, refused.json["error"]["code"]) == (403, "four_eyes")
    assert other.post(f"{path}/complete", {}).json["data"]["case_state"] == "completed"


def test_a_token_opens_only_while_it_is_in_force(site, program) -> None:
    stranger = {"Authorization": "Bearer alurp_lain"}
    assert program.call("GET", "/items", headers=stranger).json["error"]["code"] == "token_invalid"
    site.now += timedelta(days=31)
    assert program.call("GET", "/items").status_code == 401
    site.now -= timedelta(days=31)
    actor = site.actor("kasubbag")
    with transaction(site.app.sessions) as tx:
        token_id, kept = tx.execute(text("SELECT id, access_token::text FROM access_token")).one()
    assert program.headers["Authorization"].partition(" ")[2] not in kept
    with pytest.raises(Exception, match="token_not_found"):
        access_tokens.revoke_token(site.app, site.actor("kepala"), token_id, site.now)
    access_tokens.revoke_token(site.app, actor, token_id, site.now)
    assert program.call("GET", "/items").status_code == 401


def test_a_token_is_shown_once_on_the_page_of_its_owner(site) -> None:
    visitor = site.visitor("kasubbag")
    page = visitor.post("/saya/keamanan/token", {"nama": "Skrip saya", "hari": "30"})
    (secret,) = re.findall(r"alurp_[\w-]+", page.text)
    assert secret not in visitor.get("/saya/keamanan").text
    assert "Skrip saya" in visitor.get("/saya/keamanan").text
    answer = site.flask.test_client().get(
        f"{API}/items", headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 200


def test_a_new_password_by_link_and_an_administrator_end_tokens(site, program) -> None:
    admin = site.actor("pengelola")
    sessions.end_sessions(site.app, admin, "kasubbag", site.now)
    assert program.call("GET", "/items").status_code == 401
    later = Program(site, "kasubbag")
    link = account_mails.make_link(site.app, OPERATOR, "kasubbag", site.now).link
    assert link
    secret = link.rpartition("/")[2]
    account_mails.set_password_by_link(site.app, secret, "rumput hijau di pagi hari", site.now)
    assert later.call("GET", "/items").status_code == 401
