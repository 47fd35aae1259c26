"""Workers elsewhere: fetch and lock, complete, fail, raise an error, hold longer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine import ticks
from engine.errors import ConflictError, NotAllowedError, NotFoundError, NotKnownError
from engine.exchange_values import Client
from engine.usecases import keys, operations, people, workers
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR

CLIENT = Client("arsip", ("arsip", "cetak"))
CATCHES = '<bpmn:error id="e_tolak" name="Ditolak" errorCode="DITOLAK" />'


@pytest.fixture
def archive(house, sketch):
    house.deploy(
        sketch.draw(
            "mengarsipkan",
            sketch.event("start", "mulai"),
            sketch.service("simpan", "luar", "arsip", sketch.isi(nomor="nomor")),
            sketch.event(
                "boundary",
                "ditolak",
                '<bpmn:errorEventDefinition errorRef="e_tolak" />',
                attachedToRef="simpan",
            ),
            sketch.event("end", "selesai"),
            sketch.event("end", "tolak"),
            flows="mulai>simpan simpan>selesai ditolak>tolak",
            shared=CATCHES,
        )
    )
    return house


def fetch(house, worker: str = "w1", **options: int):
    return workers.fetch_jobs(house.app, CLIENT, worker, ["arsip"], house.now, **options)


def test_a_job_is_fetched_by_one_worker_and_completed_once(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": "A-7"})
    assert ticks.run_jobs(archive.app, archive.now) == (0, 0)  # not ours to run
    (job,) = fetch(archive)
    assert (job.case_id, job.topic, job.request) == (case_id, "arsip", {"nomor": "A-7"})
    assert (job.attempt, job.retries_left) == (1, 3)
    assert job.locked_until == archive.now + timedelta(minutes=5)
    assert fetch(archive, "w2") == ()

    args = (archive.app, CLIENT, "w1", job.id)
    state = workers.complete_job(*args, {"kode": "K-1"}, archive.now)
    assert state.state == "done"
    assert archive.state(case_id) == ("completed", ())
    assert archive.case(case_id).data["kode"] == "K-1"
    again = workers.complete_job(*args, {"kode": "lain"}, archive.now)
    assert again.state == "done"
    assert archive.events(case_id) == ["case_started", "job_done", "case_completed"]
    with pytest.raises(ConflictError) as refused:
        workers.complete_job(archive.app, CLIENT, "w2", job.id, {}, archive.now)
    assert refused.value.code == "job_not_open"


def test_of_eight_workers_each_job_goes_to_one(archive) -> None:
    cases = [archive.start("mengarsipkan", {"nomor": n}) for n in range(12)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: fetch(archive, f"w{n}", limit=2), range(8)))
    taken = [job.case_id for jobs in found for job in jobs]
    assert len(taken) == len(set(taken))
    rest = fetch(archive, "w9", limit=100)
    assert sorted([*taken, *(job.case_id for job in rest)]) == cases


def test_a_lock_that_has_run_out_lets_another_worker_in(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive, seconds=60)
    archive.wait(seconds=60)
    (again,) = fetch(archive, "w2", seconds=60)
    assert (again.id, again.attempt, again.retries_left) == (job.id, 2, 3)
    with pytest.raises(ConflictError) as refused:
        workers.complete_job(archive.app, CLIENT, "w1", job.id, {}, archive.now)
    assert (refused.value.code, refused.value.fields["by"]) == ("job_not_yours", "arsip/w2")
    archive.wait(seconds=90)  # late, but nobody else has taken it
    workers.complete_job(archive.app, CLIENT, "w2", job.id, {}, archive.now)
    assert archive.state(case_id) == ("completed", ())


def test_a_lock_can_be_held_longer(archive) -> None:
    archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive, seconds=60)
    archive.wait(seconds=50)
    state = workers.extend_lock(archive.app, CLIENT, "w1", job.id, 60, archive.now)
    assert state.locked_until == archive.now + timedelta(seconds=60)
    archive.wait(seconds=50)
    assert fetch(archive, "w2") == ()
    with pytest.raises(ConflictError):
        workers.extend_lock(archive.app, CLIENT, "w2", job.id, 60, archive.now)


def test_failed_attempts_come_back_and_the_last_one_is_an_incident(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    for left, minutes in ((2, 1), (1, 2)):
        (job,) = fetch(archive)
        state = workers.fail_job(archive.app, CLIENT, "w1", job.id, "rak penuh", archive.now)
        assert (state.state, state.retries_left) == ("ready", left)
        assert state.due_at == archive.now + timedelta(minutes=minutes)
        assert fetch(archive) == ()
        archive.wait(minutes=minutes)
    (job,) = fetch(archive)
    state = workers.fail_job(archive.app, CLIENT, "w1", job.id, "rak penuh", archive.now)
    assert state.state == "incident"
    assert archive.state(case_id)[0] == "incident"
    assert archive.case(case_id).incidents[0].fields["reason"] == "rak penuh"


def test_a_repeated_failure_counts_once_and_only_for_its_own_attempt(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    args = (archive.app, CLIENT, "w1", job.id)
    first = workers.fail_job(*args, "rak penuh", archive.now)
    assert workers.fail_job(*args, "rak penuh", archive.now) == first
    assert archive.jobs(case_id)[0].retries_left == 2
    with pytest.raises(ConflictError):
        workers.fail_job(archive.app, CLIENT, "w2", job.id, "rak penuh", archive.now)
    with pytest.raises(ConflictError):
        workers.complete_job(*args, {}, archive.now)
    archive.wait(minutes=1)
    fetch(archive)
    assert workers.fail_job(*args, "rak penuh", archive.now).retries_left == 1


REPORTS = {
    "complete": lambda args, now: workers.complete_job(*args, {"kode": "K"}, now),
    "fail": lambda args, now: workers.fail_job(*args, "rak penuh", now, retries=0),
    "error": lambda args, now: workers.raise_error(*args, "DITOLAK", "bukan arsip", now),
}


@pytest.mark.parametrize("suspended", [False, True])
@pytest.mark.parametrize("first", REPORTS)
@pytest.mark.parametrize("second", REPORTS)
def test_a_report_may_be_repeated_but_not_contradicted(archive, first, second, suspended) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    if suspended:
        operations.suspend_case(archive.app, OPERATOR, case_id, "rapat", archive.now)
    args = (archive.app, CLIENT, "w1", job.id)
    told = REPORTS[first](args, archive.now)
    if first == second:
        assert REPORTS[second](args, archive.now) == told
    else:
        with pytest.raises(ConflictError) as refused:
            REPORTS[second](args, archive.now)
        assert refused.value.code == "job_not_open"
    assert archive.jobs(case_id)[0].state == told.state


def test_a_report_is_not_contradicted_after_the_suspension_either(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    operations.suspend_case(archive.app, OPERATOR, case_id, "rapat", archive.now)
    args = (archive.app, CLIENT, "w1", job.id)
    REPORTS["complete"](args, archive.now)
    operations.resume_case(archive.app, OPERATOR, case_id, archive.now)
    ticks.run_jobs(archive.app, archive.now)
    assert REPORTS["complete"](args, archive.now).state == "done"
    with pytest.raises(ConflictError):
        REPORTS["fail"](args, archive.now)


def test_the_worker_may_say_how_often_and_when(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    args = (archive.app, CLIENT, "w1", job.id, "nanti", archive.now)
    state = workers.fail_job(*args, retries=5, pause_seconds=10)
    assert (state.retries_left, state.due_at) == (5, archive.now + timedelta(seconds=10))
    archive.wait(seconds=10)
    fetch(archive)
    args = (archive.app, CLIENT, "w1", job.id, "sudah", archive.now)
    assert workers.fail_job(*args, retries=0).state == "incident"
    assert archive.state(case_id)[0] == "incident"


def test_an_error_goes_where_the_diagram_catches_it(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    args = (archive.app, CLIENT, "w1", job.id)
    workers.raise_error(*args, "DITOLAK", "bukan arsip", archive.now)
    assert archive.state(case_id) == ("completed", ())
    assert "job_error" in archive.events(case_id)


def test_a_report_waits_for_a_suspended_case(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    operations.suspend_case(archive.app, OPERATOR, case_id, "rapat", archive.now)
    args = (archive.app, CLIENT, "w1", job.id, {"kode": 1}, archive.now)
    assert workers.complete_job(*args).state == "reported"
    assert workers.complete_job(*args).state == "reported"
    operations.resume_case(archive.app, OPERATOR, case_id, archive.now)
    assert ticks.run_jobs(archive.app, archive.now) == (1, 0)
    assert archive.state(case_id) == ("completed", ())
    assert archive.case(case_id).data["kode"] == 1


def test_a_job_of_a_case_that_was_cancelled_is_over(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    operations.cancel_case(archive.app, OPERATOR, case_id, "salah", archive.now)
    with pytest.raises(ConflictError) as refused:
        workers.complete_job(archive.app, CLIENT, "w1", job.id, {}, archive.now)
    assert refused.value.code == "job_not_open"


def test_a_key_opens_its_own_topics_only(archive) -> None:
    archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    other = Client("cetak", ("cetak",))
    with pytest.raises(NotAllowedError) as refused:
        workers.fetch_jobs(archive.app, other, "w1", ["arsip"], archive.now)
    assert refused.value.code == "topic_not_allowed"
    with pytest.raises(NotFoundError):
        workers.complete_job(archive.app, other, "w1", job.id, {}, archive.now)
    twin = Client("arsip-2", ("arsip",))
    with pytest.raises(ConflictError):  # the same worker's name under another key
        workers.complete_job(archive.app, twin, "w1", job.id, {}, archive.now)


def test_a_result_that_cannot_be_kept_is_refused_and_the_lock_stays(archive) -> None:
    case_id = archive.start("mengarsipkan", {"nomor": 1})
    (job,) = fetch(archive)
    with pytest.raises(InvalidAnswerError):
        args = (archive.app, CLIENT, "w1", job.id, {"a": "\x00"}, archive.now)
        workers.complete_job(*args)
    assert archive.jobs(case_id)[0].state == "locked"


def test_keys_are_shown_once_and_revoked_for_good(house) -> None:
    line, secret = keys.add_key(house.app, OPERATOR, "arsip", ["b", "a", "a"], house.now)
    assert (line.name, line.topics, line.revoked_at) == ("arsip", ("a", "b"), None)
    client = keys.open_client(house.app, secret)
    assert client == Client("arsip", ("a", "b"))
    for wrong in (secret[:-1], "", "\udcff", secret + "\x00"):
        with pytest.raises(NotKnownError):
            keys.open_client(house.app, wrong)
    with pytest.raises(ConflictError):
        keys.add_key(house.app, OPERATOR, "arsip", [], house.now)
    keys.revoke_key(house.app, OPERATOR, "arsip", house.now)
    with pytest.raises(NotKnownError):
        keys.open_client(house.app, secret)
    with pytest.raises(ConflictError):  # the history keeps its names
        keys.add_key(house.app, OPERATOR, "arsip", [], house.now)
    assert [(one.name, one.revoked_at) for one in keys.list_keys(house.app, OPERATOR)] == [
        ("arsip", house.now)
    ]
    with pytest.raises(NotFoundError):
        keys.revoke_key(house.app, OPERATOR, "lain", house.now)


def test_only_operators_make_keys(house) -> None:
    actor = people.load_actor(house.app, "sekretaris", house.now)
    with pytest.raises(NotAllowedError):
        keys.add_key(house.app, actor, "arsip", [], house.now)
    with pytest.raises(NotAllowedError):
        keys.list_keys(house.app, Client("arsip", ()).actor)
