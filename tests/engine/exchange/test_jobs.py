"""Service work: leased, done without a lock, settled once; tried again; an incident at last."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from engine import ticks
from engine.app import open_app
from engine.errors import NotAllowedError, NotFoundError
from engine.servers import Servers
from engine.services import BusinessError
from engine.usecases import cases, jobs, operations, people, upkeep
from workflows.rights import OPERATOR

CATCHES = '<bpmn:error id="e_tolak" name="Ditolak" errorCode="DITOLAK" />'
LIMIT = (
    "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration>"
    "</bpmn:timerEventDefinition>"
)


@pytest.fixture
def work(house, sketch, services):
    """Deploys an SOP `kerja` with one service task, and with what may happen beside it."""

    def deploy(name: str, isi: str = "", **more: str):
        house.deploy(
            sketch.draw(
                "kerja",
                sketch.event("start", "mulai"),
                sketch.service("jasa", more.pop("kind", "fungsi"), name, isi, **more),
                sketch.event(
                    "boundary",
                    "ditolak",
                    '<bpmn:errorEventDefinition errorRef="e_tolak" />',
                    attachedToRef="jasa",
                ),
                sketch.event("boundary", "batas", LIMIT, attachedToRef="jasa"),
                sketch.person_task("periksa"),
                sketch.event("end", "selesai"),
                sketch.event("end", "tolak"),
                sketch.event("end", "lewat"),
                flows="mulai>jasa jasa>periksa periksa>selesai ditolak>tolak batas>lewat",
                shared=CATCHES,
                people="periksa",
            )
        )
        return house

    return deploy


def test_a_function_gets_its_request_and_its_result_is_data(work, sketch, services) -> None:
    house = work("tambah", sketch.isi(a="nilai", b="2"))
    case_id = house.start("kerja", {"nilai": 40})
    (job,) = house.jobs(case_id)
    assert (job.state, job.kind, job.name, job.node) == ("ready", "function", "tambah", "jasa")
    assert ticks.tick(house.app, house.now).jobs == 1
    assert house.state(case_id) == ("running", ("periksa",))
    assert house.case(case_id).data["jumlah"] == 42
    assert house.jobs(case_id)[0].state == "done"
    assert house.events(case_id) == ["case_started", "job_done"]
    assert ticks.tick(house.app, house.now).jobs == 0
    assert all(check.ok for check in upkeep.check_health(house.app, house.now))


def test_the_context_says_whose_work_it_is(work, services) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [lambda *_: 1 / 0, {"x": 1}]
    ticks.run_jobs(house.app, house.now)
    house.wait(minutes=1)
    ticks.run_jobs(house.app, house.now)
    (_, first), (_, second) = services.calls
    assert (first.case, first.node, first.attempt) == (case_id, "jasa", 1)
    assert (second.attempt, second.key, second.now) == (2, first.key, house.now)


def test_a_business_error_goes_where_the_diagram_catches_it(work) -> None:
    house = work("tolak")
    case_id = house.start("kerja")
    ticks.tick(house.app, house.now)
    assert house.state(case_id) == ("completed", ())
    assert house.events(case_id) == ["case_started", "job_error", "case_completed"]
    assert house.case(case_id).history[1].note == "DITOLAK: anggaran habis"


def test_an_error_that_nothing_catches_is_an_incident(work, services) -> None:
    def refuse(*_: object) -> None:
        raise BusinessError("LAIN")

    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [refuse]
    ticks.tick(house.app, house.now)
    assert house.state(case_id)[0] == "incident"
    assert house.jobs(case_id)[0].state == "incident"


def test_it_is_tried_again_after_growing_pauses_then_stops_and_can_be_retried(
    work, services
) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [lambda *_: [][1]] * 3 + [{"beres": True}]
    assert ticks.run_jobs(house.app, house.now) == (0, 1)
    (job,) = house.jobs(case_id)
    assert (job.state, job.retries_left, job.attempts) == ("ready", 2, 1)
    assert job.due_at - house.now == timedelta(minutes=1)
    assert "IndexError" in job.last_error
    assert ticks.run_jobs(house.app, house.now) == (0, 0)
    house.wait(minutes=1)
    ticks.run_jobs(house.app, house.now)
    house.wait(minutes=1)
    assert ticks.run_jobs(house.app, house.now) == (0, 0)  # the second pause is twice the first
    house.wait(minutes=1)
    assert ticks.run_jobs(house.app, house.now) == (0, 1)
    assert house.state(case_id) == ("incident", ("jasa",))
    (incident,) = house.case(case_id).incidents
    assert (incident.reason, incident.node) == ("job_failed", "jasa")
    assert "IndexError" in str(incident.fields["reason"])
    assert house.jobs(case_id)[0].state == "incident"
    assert ticks.run_jobs(house.app, house.now) == (0, 0)

    cases.retry_case(house.app, OPERATOR, case_id, {}, house.now)
    (job,) = house.jobs(case_id)
    assert (job.state, job.retries_left, job.last_error) == ("ready", 3, "")
    assert ticks.run_jobs(house.app, house.now) == (1, 0)
    assert house.state(case_id) == ("running", ("periksa",))
    assert house.case(case_id).data["beres"] is True


def test_the_diagram_says_how_often(work, services) -> None:
    house = work("catat", percobaan="1")
    case_id = house.start("kerja")
    services.script[:] = [lambda *_: [][1]]
    ticks.run_jobs(house.app, house.now)
    assert house.state(case_id)[0] == "incident"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("tidak-ada", "function_unknown"), ("rusak", "function_not_loaded")],
)
def test_a_function_that_is_not_there_stops_at_once(work, name, reason) -> None:
    house = work(name)
    case_id = house.start("kerja")
    ticks.run_jobs(house.app, house.now)
    assert house.case(case_id).incidents[0].fields["reason"].startswith(reason)


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ({"x": {1, 2}}, "unfit_result: x not_json"),
        ({"x": float("nan")}, "unfit_result: x not_a_number"),
        ({"x": "a" * 300_000}, "unfit_result:  too_large"),
        ({"": 1}, "unfit_result"),
        ([1], "not_a_record: list"),
    ],
)
def test_a_result_that_cannot_be_kept_is_an_incident(work, services, result, reason) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [result]
    ticks.run_jobs(house.app, house.now)
    assert house.case(case_id).incidents[0].fields["reason"].startswith(reason)
    assert house.case(case_id).data == {}


def test_a_function_that_takes_too_long_is_interrupted(work, settings, database_url) -> None:
    house = work("tidur")
    case_id = house.start("kerja")
    hasty = open_app(replace(settings, service_seconds=1), Servers(database_url))
    assert ticks.run_jobs(hasty, house.now) == (0, 1)
    hasty.close()
    assert house.jobs(case_id)[0].last_error == "timeout"


def test_of_eight_workers_one_runs_the_job(work, services) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    (job,) = house.jobs(case_id)
    with ThreadPoolExecutor(8) as pool:
        ran = list(pool.map(lambda _: jobs.run_job(house.app, job.id, house.now), range(8)))
    assert sorted(ran) == ["done"] + ["skipped"] * 7
    assert len(services.calls) == 1
    assert house.events(case_id).count("job_done") == 1


def test_a_worker_that_is_killed_at_work_loses_a_try_and_nothing_else(
    work, sketch, tmp_path, database_url
) -> None:
    mark = tmp_path / "sudah"
    house = work("mati", sketch.isi(tanda=f"&quot;{mark}&quot;"))
    case_id = house.start("kerja")
    program = (
        "import sys; from datetime import datetime; from engine import ticks\n"
        "from engine.app import open_app; from engine.servers import Servers\n"
        "from engine.settings import Settings\n"
        "app = open_app(Settings(), Servers(sys.argv[1]))\n"
        "ticks.run_jobs(app, datetime.fromisoformat(sys.argv[2]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), "."])}
    argv = [sys.executable, "-c", program, database_url, house.now.isoformat()]
    assert subprocess.run(argv, env=environment).returncode == -9
    (job,) = house.jobs(case_id)
    assert (job.state, job.attempts) == ("locked", 1)
    assert ticks.run_jobs(house.app, house.now) == (0, 0)
    house.now = job.locked_until
    assert ticks.run_jobs(house.app, house.now) == (0, 1)
    assert house.jobs(case_id)[0].last_error == "worker_lost"
    house.wait(minutes=2)
    assert ticks.run_jobs(house.app, house.now) == (1, 0)
    assert house.case(case_id).data["hidup"] is True


def test_a_worker_that_comes_back_too_late_changes_nothing(work, services) -> None:
    def linger(*_: object) -> dict[str, str]:
        services.release.wait(30)
        return {"dari": "yang lambat"}

    house = work("catat")
    case_id = house.start("kerja")
    (job,) = house.jobs(case_id)
    services.script[:] = [linger, {"dari": "yang cepat"}]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(jobs.run_job, house.app, job.id, house.now)
        while house.jobs(case_id)[0].state != "locked" or not services.calls:
            pass
        for _ in range(2):
            house.wait(minutes=5)
            ticks.run_jobs(house.app, house.now)
        services.release.set()
        assert slow.result() == "skipped"
    assert house.case(case_id).data["dari"] == "yang cepat"
    assert house.events(case_id).count("job_done") == 1


def test_a_result_waits_for_a_suspended_case(work, services) -> None:
    def suspend(_: object, context) -> dict[str, int]:
        operations.suspend_case(house.app, OPERATOR, context.case, "rapat", house.now)
        return {"nilai": 7}

    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [suspend]
    ticks.run_jobs(house.app, house.now)
    assert house.jobs(case_id)[0].state == "reported"
    assert ticks.run_jobs(house.app, house.now) == (0, 0)
    operations.resume_case(house.app, OPERATOR, case_id, house.now)
    assert ticks.run_jobs(house.app, house.now) == (1, 0)
    assert len(services.calls) == 1
    assert house.case(case_id).data["nilai"] == 7
    assert house.state(case_id) == ("running", ("periksa",))


def test_a_suspended_case_is_not_worked_for(work, services) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    operations.suspend_case(house.app, OPERATOR, case_id, "rapat", house.now)
    assert ticks.run_jobs(house.app, house.now) == (0, 0)
    assert services.calls == []


def test_a_deadline_withdraws_the_job(work, services) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    house.wait(hours=2)
    ticks.tick(house.app, house.now)
    assert house.state(case_id) == ("completed", ())
    assert house.jobs(case_id)[0].state == "cancelled"
    assert services.calls == []


def test_a_result_after_the_deadline_is_dropped(work, services) -> None:
    def expire(*_: object) -> dict[str, int]:
        ticks.fire_timers(house.app, house.now + timedelta(hours=2))
        return {"nilai": 7}

    house = work("catat")
    case_id = house.start("kerja")
    services.script[:] = [expire]
    ticks.run_jobs(house.app, house.now)
    assert house.state(case_id) == ("completed", ())
    assert house.jobs(case_id)[0].state == "cancelled"
    assert "nilai" not in house.case(case_id).data


def test_cancelling_a_case_withdraws_its_jobs(work) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    operations.cancel_case(house.app, OPERATOR, case_id, "salah mulai", house.now)
    assert house.jobs(case_id)[0].state == "cancelled"


@pytest.mark.parametrize("name", ["tidak-ada", "catat"])
def test_a_job_that_is_passed_over_is_withdrawn(work, name) -> None:
    house = work(name)
    case_id = house.start("kerja")
    if name == "tidak-ada":
        ticks.run_jobs(house.app, house.now)
        assert house.state(case_id)[0] == "incident"
    operations.skip_node(house.app, OPERATOR, case_id, "jasa", "dikerjakan manual", house.now)
    assert house.state(case_id) == ("running", ("periksa",))
    assert house.jobs(case_id)[0].state == "cancelled"
    assert ticks.run_jobs(house.app, house.now) == (0, 0)


def test_the_doctor_sees_jobs_that_nobody_runs(work) -> None:
    house = work("catat")
    house.start("kerja")
    house.wait(minutes=11)
    checks = {one.name: one for one in upkeep.check_health(house.app, house.now)}
    assert (checks["jobs"].ok, checks["jobs"].detail) == (False, "1")
    ticks.tick(house.app, house.now)
    assert all(one.ok for one in upkeep.check_health(house.app, house.now))


def test_one_worker_of_a_machine_stays_free_of_jobs(house) -> None:
    with jobs.job_round(house.app) as first, jobs.job_round(house.app) as second:
        assert (first, second) == (True, False)
    with jobs.job_round(house.app) as again:
        assert again


def test_the_list_is_for_those_who_operate(work) -> None:
    house = work("catat")
    case_id = house.start("kerja")
    assert [job.case_id for job in jobs.list_jobs(house.app, OPERATOR)] == [case_id]
    with pytest.raises(NotFoundError):
        jobs.list_jobs(house.app, OPERATOR, 10**6)
    with pytest.raises(NotAllowedError):
        jobs.list_jobs(house.app, people.load_actor(house.app, "sekretaris", house.now))


@pytest.fixture
def register() -> Iterator[tuple[str, list[bytes]]]:
    """A service on loopback that gives numbers, and what it was sent."""
    received: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"[900, 12]" if self.path == "/daftar" else b'{"nomor": "900/12"}')

        def log_message(self, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}", received
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_http_call_goes_only_where_the_settings_allow(
    work, sketch, register, settings, database_url
) -> None:
    where, received = register
    rows = {"method": "&quot;POST&quot;", "body": "{&quot;perihal&quot;: perihal}"}
    house = work("", sketch.isi(url=f"&quot;http://{where}/nomor&quot;", **rows), kind="http")
    refused, allowed = (house.start("kerja", {"perihal": "Renja"}) for _ in range(2))
    first, second = (house.jobs(one)[0].id for one in (refused, allowed))
    assert jobs.run_job(house.app, first, house.now) == "failed"
    assert house.state(refused)[0] == "incident"
    reason = house.case(refused).incidents[0].fields["reason"]
    assert reason.startswith("host_not_allowed")
    assert received == []

    opened = open_app(replace(settings, service_private_hosts=where), Servers(database_url))
    jobs.run_job(opened, second, house.now)
    opened.close()
    assert house.state(allowed) == ("running", ("periksa",))
    assert house.case(allowed).data["nomor"] == "900/12"
    assert [json.loads(one) for one in received] == [{"perihal": "Renja"}]


@pytest.mark.parametrize(("more", "state"), [({}, "incident"), ({"hasil": "nomor"}, "running")])
def test_an_answer_that_is_no_record_needs_a_name(
    work, sketch, register, settings, database_url, more, state
) -> None:
    where, _ = register
    rows = {"method": "&quot;POST&quot;", "body": "1"}
    house = work(
        "", sketch.isi(url=f"&quot;http://{where}/daftar&quot;", **rows), kind="http", **more
    )
    case_id = house.start("kerja")
    opened = open_app(replace(settings, service_private_hosts=where), Servers(database_url))
    ticks.run_jobs(opened, house.now)
    opened.close()
    assert house.state(case_id)[0] == state
    if state == "running":
        assert house.case(case_id).data["nomor"] == [900, 12]
    else:
        reason = house.case(case_id).incidents[0].fields["reason"]
        assert reason == "job_result_not_record"
