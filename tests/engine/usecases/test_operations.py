"""What administrators do with a running case: each operation, what it leaves, what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.exchange_values import Client
from engine.incident_sentences import explain_incident
from engine.ticks import tick
from engine.usecases import (
    cases,
    definitions,
    jobs,
    operations,
    trace,
    upkeep,
    work_items,
    workers,
)
from tests.engine.usecases.sops import with_call, with_job
from tests.files import read_before_it_is_given
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR, Actor

WHY = "Pejabatnya berganti."


@pytest.fixture
def stuck(agency, shipped) -> int:
    """A case whose decision reads a variable that nobody has set."""
    xml, forms = shipped
    broken = read_before_it_is_given(xml)
    definitions.deploy_definition(agency.app, OPERATOR, broken, forms, agency.now)
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "tanda_tangan"})
    return case_id


def read(agency, case_id: int):
    return cases.read_case(agency.app, OPERATOR, case_id, agency.now)


def last_event(agency, case_id: int, kind: str):
    return [event for event in read(agency, case_id).history if event.kind == kind][-1]


def refused(call, *arguments, **options) -> ConflictError | NotFoundError:
    with pytest.raises((ConflictError, NotFoundError)) as error:
        call(*arguments, **options)
    return error.value


def all_agree(agency) -> bool:
    """The work list and the engine's state, as `alur doctor` compares them."""
    checks = {check.name: check for check in upkeep.check_health(agency.app, agency.now)}
    return checks["state"].ok


# Incidents


def test_an_incident_names_its_element_and_since_when(agency, stuck) -> None:
    (incident,) = read(agency, stuck).incidents
    assert (incident.node, incident.node_name) == ("keputusan_renja", "Rancangan telah sempurna?")
    assert incident.reason == "expression_failed"
    assert (incident.opened_at, incident.resolution) == (agency.now, None)
    event = last_event(agency, stuck, "incident")
    assert (event.step_name, event.note) == ("Rancangan telah sempurna?", "expression_failed")
    assert trace.list_incidents(agency.app, OPERATOR, agency.now) == (incident,)


def test_a_retry_settles_the_incident_it_is_meant_for(agency, stuck) -> None:
    app, now = agency.app, agency.now
    token = read(agency, stuck).incidents[0].token
    other = refused(cases.retry_case, app, OPERATOR, stuck, {}, now, token="lain")
    assert other.code == "no_incident"
    still = cases.retry_case(app, OPERATOR, stuck, {}, now, token=token)
    assert [one.token for one in still.incidents] == [token]
    done = cases.retry_case(app, agency.actor("pengelola"), stuck, {"jumlah_paraf": 3}, now)
    assert (done.line.state, done.incidents) == ("completed", ())
    (ended,) = trace.list_incidents(app, OPERATOR, now, stuck)
    assert (ended.resolution, ended.resolved_by) == ("retried", "Tanjung Contoh")
    assert trace.list_incidents(app, OPERATOR, now) == ()
    (change,) = last_event(agency, stuck, "case_retried").changes
    assert (change.name, change.before, change.after) == ("jumlah_paraf", None, 3)


def test_a_gateway_cannot_be_skipped_but_moved_from(agency, stuck) -> None:
    app, now = agency.app, agency.now
    code = refused(operations.skip_node, app, OPERATOR, stuck, "keputusan_renja", WHY, now).code
    assert code == "cannot_skip"
    done = operations.move_token(app, OPERATOR, stuck, "keputusan_renja", "telaah", WHY, now)
    assert ([line.node for line in done.opened], done.state) == (["telaah"], "running")
    (ended,) = trace.list_incidents(app, OPERATOR, now, stuck)
    assert (ended.resolution, ended.note) == ("moved", WHY)
    assert agency.inbox("kepala")[0].round == 2
    assert all_agree(agency)


def to_failed_job(agency, shipped) -> int:
    xml, forms = shipped
    definitions.deploy_definition(agency.app, OPERATOR, with_job(xml, "forum"), forms, agency.now)
    case_id = agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login)
    client = Client("forum", ("forum",))
    (job,) = workers.fetch_jobs(agency.app, client, "a", ["forum"], agency.now)
    workers.fail_job(agency.app, client, "a", job.id, "server tidak menjawab", agency.now)
    return case_id


def test_a_failed_job_is_shown_and_tried_again_or_skipped(agency, shipped) -> None:
    app, now, client = agency.app, agency.now, Client("forum", ("forum",))
    first = to_failed_job(agency, shipped)
    (incident,) = read(agency, first).incidents
    assert (incident.reason, incident.node_name) == ("job_failed", "Kesepakatan forum")
    said = explain_incident(incident.reason, incident.fields)
    assert said == "Pekerjaan otomatis di langkah ini gagal: server tidak menjawab"
    cases.retry_case(app, OPERATOR, first, {}, now, token=incident.token)
    assert read(agency, first).incidents == ()
    (job,) = workers.fetch_jobs(app, client, "a", ["forum"], now)
    workers.fail_job(app, client, "a", job.id, "server tidak menjawab", now)
    (again,) = read(agency, first).incidents
    assert again.id != incident.id
    state = operations.skip_node(app, OPERATOR, first, "kesepakatan_forum", WHY, now)
    assert (state.state, state.tokens) == ("running", ("penyempurnaan",))
    assert [one.state for one in jobs.list_jobs(app, OPERATOR, first)] == ["cancelled"]
    ends = [one.resolution for one in trace.list_incidents(app, OPERATOR, now, first)]
    assert ends == ["skipped", "retried"]


@pytest.mark.parametrize("how", ["move", "cancel"])
def test_a_failed_job_goes_with_its_step(agency, shipped, how: str) -> None:
    case_id = to_failed_job(agency, shipped)
    app, now = agency.app, agency.now
    if how == "move":
        operations.move_token(app, OPERATOR, case_id, "kesepakatan_forum", "telaah", WHY, now)
    else:
        operations.cancel_case(app, OPERATOR, case_id, WHY, now)
    assert [one.state for one in jobs.list_jobs(app, OPERATOR, case_id)] == ["cancelled"]


# Skip


def test_a_skipped_step_counts_as_passed_and_its_item_is_withdrawn(agency) -> None:
    case_id = agency.start()
    item = agency.inbox("kasubbag")[0]
    state = operations.skip_node(agency.app, OPERATOR, case_id, "konsultasi", WHY, agency.now)
    assert (state.state, state.tokens) == ("running", ("penyusunan_bidang",))
    assert agency.inbox("kasubbag") == ()
    line = work_items.read_work_item(agency.app, OPERATOR, item.id, agency.now)
    assert line.why_not == "work_item_withdrawn"
    event = last_event(agency, case_id, "node_skipped")
    assert (event.step_name, event.note) == ("Memprakarsai penyusunan Renja", WHY)
    rows = trace.trace_case(agency.app, OPERATOR, case_id, agency.now)
    assert {row.node: row.state for row in rows}["konsultasi"] == "skipped"
    assert all_agree(agency)


def test_a_node_must_stand_for_one_token(agency) -> None:
    app, now = agency.app, agency.now
    case_id = agency.start()
    agency.complete("kasubbag")
    ambiguous = refused(operations.skip_node, app, OPERATOR, case_id, "penyusunan_bidang", WHY, now)
    assert ambiguous.code == "node_ambiguous"
    choices = trace.list_moves(app, OPERATOR, case_id, now)
    tokens = {one.detail: one.token for one in choices.open if one.detail}
    assert set(tokens) == {
        "Bidang Ekonomi", "Bidang Sosial Budaya", "Bidang Infrastruktur dan Kewilayahan"
    }  # fmt: skip
    operations.skip_node(app, OPERATOR, case_id, tokens["Bidang Ekonomi"], WHY, now)
    assert agency.inbox("kabid1") == ()
    agency.complete("kabid2")
    agency.complete("kabid3")
    assert read(agency, case_id).tokens == ("pembahasan",)
    gone = refused(operations.skip_node, app, OPERATOR, case_id, "penyusunan_bidang", WHY, now)
    assert gone.code == "token_not_open"


def test_skipping_the_last_step_completes_the_case(agency) -> None:
    case_id = agency.walk_to_decision()
    app, now = agency.app, agency.now
    operations.correct_data(app, OPERATOR, case_id, {"keputusan": "tanda_tangan"}, WHY, now)
    state = operations.skip_node(app, OPERATOR, case_id, "telaah", WHY, now)
    assert (state.state, state.tokens) == ("completed", ())
    assert [event.kind for event in read(agency, case_id).history].count("case_completed") == 1


# Move


def test_sending_back_withdraws_what_is_open_and_opens_the_earlier_step(agency) -> None:
    case_id = agency.walk_to_decision()
    app, now = agency.app, agency.now
    earlier = trace.list_moves(app, OPERATOR, case_id, now).earlier
    assert [line.node for line in earlier] == [
        "konsultasi",
        "penyusunan_bidang",
        "pembahasan",
        "kesepakatan_forum",
        "penyempurnaan",
        "penyampaian",
    ]
    before = read(agency, case_id)
    shown = operations.move_token(
        app, OPERATOR, case_id, "telaah", "pembahasan", "", now, preview=True
    )
    assert [line.name for line in shown.withdrawn] == ["Menelaah dan memutuskan rancangan Renja"]
    assert [line.name for line in shown.opened] == ["Membahas rencana kerja bersama"]
    assert read(agency, case_id) == before
    done = operations.move_token(app, OPERATOR, case_id, "telaah", "pembahasan", WHY, now)
    assert done == shown
    assert agency.inbox("kepala") == ()
    (item,) = agency.inbox("sekretaris")
    assert (item.node, item.round) == ("pembahasan", 2)
    event = last_event(agency, case_id, "token_moved")
    assert (event.step_name, event.target, event.note) == (
        "Menelaah dan memutuskan rancangan Renja",
        "Membahas rencana kerja bersama",
        WHY,
    )
    assert all_agree(agency)


def test_a_repeated_step_is_withdrawn_with_all_its_repetitions(agency) -> None:
    case_id = agency.start()
    agency.complete("kasubbag")
    app, now = agency.app, agency.now
    whole, *parts = (one.token for one in trace.list_moves(app, OPERATOR, case_id, now).open)
    error = refused(operations.move_token, app, OPERATOR, case_id, parts[0], "konsultasi", WHY, now)
    assert (error.code, error.fields["reason"]) == ("cannot_move", "iteration")
    done = operations.move_token(app, OPERATOR, case_id, whole, "konsultasi", WHY, now)
    assert [line.node for line in done.withdrawn] == ["penyusunan_bidang"] * 3
    assert [line.node for line in done.opened] == ["konsultasi"]
    assert agency.inbox("kabid1") == ()
    agency.complete("kasubbag")
    assert agency.inbox("kabid1")[0].round == 2


@pytest.mark.parametrize(
    ("token", "target", "code"),
    [
        ("konsultasi", "mulai", "cannot_move"),
        ("konsultasi", "tidak_ada", "node_not_found"),
        ("tidak_ada", "telaah", "node_not_found"),
        ("telaah", "pembahasan", "token_not_open"),
    ],
)
def test_an_impossible_move_is_refused(agency, token: str, target: str, code: str) -> None:
    case_id = agency.start()
    error = refused(
        operations.move_token, agency.app, OPERATOR, case_id, token, target, WHY, agency.now
    )
    assert error.code == code
    assert error.fields.get("reason") == ("no_flow" if code == "cannot_move" else None)
    assert read(agency, case_id).tokens == ("konsultasi",)


def test_within_a_called_sop_it_moves_there(agency, shipped) -> None:
    xml, forms = shipped
    called = xml.replace(b"menyusun-rencana-kerja", b"sop-forum")
    for content in (called, with_call(xml, "sop-forum")):
        definitions.deploy_definition(agency.app, OPERATOR, content, forms, agency.now)
    case_id = agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login)
    app, now = agency.app, agency.now
    choices = trace.list_moves(app, OPERATOR, case_id, now)
    assert [one.node for one in choices.open] == ["kesepakatan_forum", "konsultasi"]
    operations.move_token(app, OPERATOR, case_id, "konsultasi", "penyempurnaan", WHY, now)
    assert agency.inbox("kasubbag")[0].node == "penyempurnaan"
    out = operations.move_token(
        app, OPERATOR, case_id, "kesepakatan_forum", "telaah", WHY, now, preview=True
    )
    assert [line.node for line in out.withdrawn] == ["kesepakatan_forum", "penyempurnaan"]
    state = operations.skip_node(app, OPERATOR, case_id, "kesepakatan_forum", WHY, now)
    assert state.tokens == ("penyempurnaan",)
    assert [item.round for item in agency.inbox("kasubbag")] == [1]
    assert all_agree(agency)


# Correct


def test_a_correction_keeps_the_old_and_the_new_value(agency) -> None:
    case_id = agency.start()
    agency.complete("kasubbag", {"tahun_rencana": 2026})
    changes = {"tahun_rencana": 2027, "baru": ["a"], "catatan_konsultasi": None}
    operations.correct_data(
        agency.app, agency.actor("pengelola"), case_id, changes, WHY, agency.now
    )
    assert read(agency, case_id).data["tahun_rencana"] == 2027
    event = last_event(agency, case_id, "data_corrected")
    assert [(one.name, one.before, one.after) for one in event.changes] == [
        ("baru", None, ["a"]),
        ("tahun_rencana", 2026, 2027),
    ]
    assert (event.actor, event.note) == ("Tanjung Contoh", WHY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "nothing_changed"),
        ({"catatan_konsultasi": None}, "nothing_changed"),
        ({"x": float("nan")}, "invalid_payload"),
        ({" ": 1}, "invalid_payload"),
    ],
)
def test_a_correction_must_correct_something_that_can_be_kept(agency, changes, code) -> None:
    case_id = agency.start()
    agency.complete("kasubbag")
    with pytest.raises(InvalidAnswerError) as wrong:
        operations.correct_data(agency.app, OPERATOR, case_id, changes, WHY, agency.now)
    assert wrong.value.code == code


# Cancel


def test_a_cancelled_case_is_over_and_nobody_hears_of_it_again(agency) -> None:
    case_id = agency.start()
    agency.complete("kasubbag")
    app, now = agency.app, agency.now
    state = operations.cancel_case(app, OPERATOR, case_id, WHY, now)
    assert (state.state, state.tokens) == ("cancelled", ())
    assert agency.inbox("kabid1") == ()
    detail = read(agency, case_id)
    assert detail.line.completed_at == now
    kinds = [event.kind for event in detail.history]
    assert kinds.count("item_withdrawn") == 3 and "case_completed" not in kinds
    agency.now = now + timedelta(days=300)
    done = tick(app, agency.now)
    assert (done.timers, done.notices, done.mails, done.failed) == (0, 0, 0, 0)
    for call, extra in (
        (operations.cancel_case, (WHY,)),
        (operations.suspend_case, (WHY,)),
        (operations.resume_case, ()),
        (operations.skip_node, ("konsultasi", WHY)),
        (operations.correct_data, ({"a": 1}, WHY)),
    ):
        assert refused(call, app, OPERATOR, case_id, *extra, now).code == "case_ended"
    rows = trace.trace_case(app, OPERATOR, case_id, now)
    assert {row.state for row in rows} == {"completed", "withdrawn"}


def test_cancelling_settles_incidents(agency, stuck) -> None:
    operations.cancel_case(agency.app, OPERATOR, stuck, WHY, agency.now)
    (ended,) = trace.list_incidents(agency.app, OPERATOR, agency.now, stuck)
    assert (ended.resolution, ended.note) == ("cancelled", WHY)


# Who, and why


def calls(agency, case_id: int, reason: str = WHY):
    app, now = agency.app, agency.now

    def arguments(actor: Actor):
        return {
            "skip": lambda: operations.skip_node(app, actor, case_id, "konsultasi", reason, now),
            "move": lambda: operations.move_token(
                app, actor, case_id, "konsultasi", "pembahasan", reason, now
            ),
            "suspend": lambda: operations.suspend_case(app, actor, case_id, reason, now),
            "correct": lambda: operations.correct_data(app, actor, case_id, {"a": 1}, reason, now),
            "cancel": lambda: operations.cancel_case(app, actor, case_id, reason, now),
        }

    return arguments


@pytest.mark.parametrize("name", ["skip", "move", "suspend", "correct", "cancel"])
def test_every_operation_wants_a_reason(agency, name: str) -> None:
    case_id = agency.start()
    before = read(agency, case_id)
    for reason in ("", " \n ", "x" * 501, "a\x00"):
        with pytest.raises(InvalidAnswerError) as missing:
            calls(agency, case_id, reason)(OPERATOR)[name]()
        assert missing.value.code == "reason_missing", reason
        assert read(agency, case_id) == before, reason


@pytest.mark.parametrize("name", ["skip", "move", "suspend", "correct", "cancel"])
def test_only_administrators_and_process_owners_step_in(agency, outsider, name: str) -> None:
    case_id = agency.start()
    for actor in (agency.actor("kasubbag"), agency.actor("sekda"), outsider):
        with pytest.raises(NotAllowedError):
            calls(agency, case_id)(actor)[name]()
    calls(agency, case_id)(agency.actor("pengelola"))[name]()


def test_looking_is_for_those_who_may(agency, outsider) -> None:
    case_id = agency.start()
    app, now = agency.app, agency.now
    assert trace.trace_case(app, agency.actor("kabid1"), case_id, now)
    for call in (trace.trace_case, trace.list_moves):
        with pytest.raises(NotAllowedError):
            call(app, outsider, case_id, now)
    for actor in (outsider, agency.actor("kasubbag")):
        with pytest.raises(NotAllowedError):
            trace.list_incidents(app, actor, now)
    with pytest.raises(NotAllowedError):
        trace.list_moves(app, agency.actor("kasubbag"), case_id, now)
