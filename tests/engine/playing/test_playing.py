"""A trial plays the real engine, and nothing of it remains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from engine import playing
from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.store.tables import WorkItem
from engine.store.transaction import transaction
from engine.store.work_items import open_items_of_case
from engine.usecases import cases, definitions, people, trials, work_items
from tests.conftest import MONDAY
from tests.drawn_ladders import with_ladders
from tests.engine.playing.conftest import (
    FORMS,
    KEY,
    RETURNED_TO_DISCUSSION,
    START,
    TO_DECISION,
    WALK,
    XML,
    Studio,
    nodes,
    step,
)
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.rights import OPERATOR
from workflows.trials import Advance, Complete, Hear, Report, Start, read_script, write_script


def test_the_shipped_sop_runs_to_its_end_and_leaves_nothing(studio: Studio) -> None:
    before = studio.count_rows()
    began = time.perf_counter()
    play = studio.play(WALK)
    spent = time.perf_counter() - began
    assert play.stopped is None
    assert nodes(play.outcomes[0]) == ["konsultasi"]
    assert nodes(play.outcomes[1]) == ["penyusunan_bidang"] * 3
    assert nodes(play.outcomes[8]) == ["penyempurnaan"]  # returned
    assert play.outcomes[-1].state == "completed"
    assert play.outcomes[-1].open == ()
    assert studio.count_rows() == before
    assert spent < 10  # of a machine that does much else; alone it is below 1 s


def test_the_same_script_comes_to_the_same(studio: Studio) -> None:
    script = read_script(write_script(WALK))
    assert script == WALK
    assert studio.play(script).outcomes == studio.play(WALK).outcomes


def test_steps_are_played_by_those_who_hold_the_roles(studio: Studio) -> None:
    play = studio.play(TO_DECISION, look=True)
    assert not any(one.stand_in for one in play.acts)
    assert play.scene is not None
    assert [one.by for one in play.scene.open] == ["Cempaka Contoh"]
    assert play.scene.chosen is not None
    assert play.scene.chosen.why_not is None
    assert play.scene.active == {"telaah"}
    assert "penyempurnaan" in play.scene.done


def test_answers_are_judged_as_the_inbox_does(studio: Studio) -> None:
    play = studio.play([*TO_DECISION, step("telaah", keputusan="kembalikan")])
    assert isinstance(play.stopped, InvalidAnswerError)
    assert play.stopped.fields["field"] == "arahan"
    assert len(play.acts) == len(TO_DECISION)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (step("tidak_ada"), "trial_step_not_open"),
        (step("telaah"), "trial_step_not_open"),
        (step("konsultasi", "TIDAK-ADA"), "trial_step_not_open"),
        (Complete("konsultasi", "BAPPEDA", nth=3), "trial_step_not_open"),
        (step("konsultasi", tahun_rencana=["a", {"b": 1}]), "invalid_answer"),
        (Complete("konsultasi", "BAPPEDA", checked=(99,)), "invalid_answer"),
        (Report("konsultasi"), "trial_nothing_waits"),
        (Hear("message", "halo"), "trial_nothing_waits"),
        (Advance(START.at - timedelta(days=1)), "trial_clock_back"),
    ],
)
def test_an_act_that_cannot_be_is_turned_down(studio: Studio, act, code: str) -> None:
    play = studio.play([START, act])
    assert play.stopped is not None
    assert play.stopped.code == code
    assert play.outcomes[-1].refused == code


@pytest.mark.parametrize("script", [[Start("HANTU", START.at)], [step("konsultasi")]])
def test_a_case_must_begin(studio: Studio, script) -> None:
    assert studio.play(script, look=True).scene is None


@pytest.mark.parametrize(
    "document",
    [
        {},
        [1],
        [{"act": "drop"}],
        [{"act": "start"}],
        [{"act": "start", "unit": "A", "at": "2026-01-01"}],
        [{"act": "start", "unit": 5, "at": "2026-01-01T00:00:00+00:00"}],
        [{"act": "complete", "node": "a", "unit": "b"}],
        [
            {
                "act": "start",
                "unit": "A",
                "at": "2026-01-01T00:00:00+00:00",
                "data": {"a": float("nan")},
            }
        ],
        [{"act": "start", "unit": "A", "at": "9999-01-01T00:00:00+00:00"}],
    ],
)
def test_a_broken_script_is_no_script(document) -> None:
    with pytest.raises(InvalidAnswerError, match="script_broken"):
        read_script(document)


def test_a_script_has_an_end() -> None:
    with pytest.raises(InvalidAnswerError, match="script_too_long"):
        read_script([{"act": "advance"}] * 201)


def test_a_drawing_with_errors_is_not_played(studio: Studio) -> None:
    studio.save(XML.replace(b'targetRef="penyusunan_bidang"', b'targetRef="pembahasan"'))
    with pytest.raises(InvalidSopError, match="sop_has_errors"):
        studio.play([START])


def test_a_trial_keeps_what_could_be_played(studio: Studio) -> None:
    app, owner, now = studio.app, studio.owner, studio.now
    trial = playing.begin_trial(app, owner, studio.draft, START, now)
    trial_id = trial.line.id
    playing.act_in_trial(app, owner, trial_id, step("konsultasi"), 1, now)
    with pytest.raises(InvalidAnswerError):
        playing.act_in_trial(
            app,
            owner,
            trial_id,
            Complete("penyusunan_bidang", "BAPPEDA-EKO", answers={"jumlah_kegiatan": "x"}),
            2,
            now,
        )
    with pytest.raises(ConflictError, match="trial_changed"):  # another tab was faster
        playing.act_in_trial(app, owner, trial_id, step("konsultasi"), 1, now)
    view = playing.view_trial(app, owner, trial_id)
    assert len(view.play.acts) == 2
    assert trials.take_back(app, owner, trial_id, 2, now).script == (START,)
    with pytest.raises(ConflictError, match="trial_nothing_to_undo"):
        trials.take_back(app, owner, trial_id, 1, now)
    trials.end_trial(app, owner, trial_id)
    with pytest.raises(NotFoundError, match="trial_not_found"):
        playing.view_trial(app, owner, trial_id)


def test_a_changed_draft_shows_where_the_script_goes_another_way(studio: Studio) -> None:
    app, owner = studio.app, studio.owner
    trial_id = playing.begin_trial(app, owner, studio.draft, START, studio.now).line.id
    for seen, act in enumerate(WALK[1:], 1):
        trials.add_act(app, owner, trial_id, act, seen, studio.now)
    studio.save(RETURNED_TO_DISCUSSION, FORMS)
    assert playing.view_trial(app, owner, trial_id).trial.line.stale
    trials.follow_draft(app, owner, trial_id, studio.now)
    view = playing.view_trial(app, owner, trial_id, before=1)
    assert view.difference is not None
    assert (view.difference.act, view.difference.what) == (9, "open")
    assert nodes(view.difference.expected) == ["penyempurnaan"]
    assert nodes(view.difference.came) == ["pembahasan"]
    assert view.play.stopped is not None
    assert view.play.stopped.code == "trial_step_not_open"
    assert len(view.play.acts) == 9


def test_a_draft_is_tried_with_the_ladder_that_is_drawn_in_it(studio: Studio) -> None:
    half = [START, Advance(MONDAY + timedelta(minutes=31))]  # of the hour that there is
    plain = studio.play(half, look=True)
    studio.save(with_ladders(XML.decode()).encode())
    drawn = studio.play(half, look=True)
    assert plain.scene is not None and drawn.scene is not None
    assert "reminder" not in {one.kind for one in plain.scene.told}
    assert "reminder" in {one.kind for one in drawn.scene.told}


def test_weekends_and_holidays_pass_without_reminders_being_sent(studio: Studio) -> None:
    """Consultation takes an hour: begun on Friday at 16:00, it is due on Monday morning."""
    friday = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 16:00 WIB
    monday = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    play = studio.play([Start("BAPPEDA", friday), Advance(monday)], look=True)
    assert play.stopped is None
    assert play.scene is not None
    told = play.scene.told
    assert told[0].kind == "assigned"
    assert {"reminder", "overdue"} <= {one.kind for one in told}
    assert [one.at for one in told] == sorted(one.at for one in told)
    saturday, sunday_night = friday + timedelta(hours=8), monday - timedelta(hours=6)
    assert not [one for one in told if saturday <= one.at <= sunday_night]
    due = play.scene.open[0].line.due_at
    late = [one for one in told if one.kind == "overdue"]
    assert due is not None
    assert due < late[0].at < due + timedelta(seconds=1)


def test_the_clock_of_a_trial_gives_the_due_dates_of_the_engine(studio: Studio) -> None:
    """Over Christmas, the day off before it and a weekend: three working days end on Tuesday."""
    app = studio.app
    xml = XML.replace(b'waktu="60 menit"', b'waktu="3 hari kerja"', 1)
    xml = xml.replace(b'jumlahWaktu="230 menit"', b"")
    began = datetime(2026, 12, 22, 8, 30, tzinfo=UTC)  # Tuesday 15.30 WIB
    done = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)  # after work, before four days off
    script = [Start("BAPPEDA", began), Advance(done), step("konsultasi")]
    ready = playing.prepare(xml, FORMS)
    trial = [playing.play(app, ready, script[:acts], look=True).scene for acts in (1, 3)]

    definitions.deploy_definition(app, OPERATOR, xml, FORMS, studio.now)
    staff = people.load_actor(app, "kasubbag", began)
    case = cases.start_case(app, staff, KEY, "BAPPEDA", {}, began)
    real = [_open(app, case.line.id)]
    work_items.complete_work_item(app, staff, real[0][0].id, {}, done)
    real.append(_open(app, case.line.id))
    for scene, items in zip(trial, real, strict=True):
        assert scene is not None
        assert [one.line.due_at for one in scene.open] == [one.due_at for one in items]
    assert trial[0] is not None
    assert trial[0].open[0].line.due_at == datetime(2026, 12, 29, 8, 30, tzinfo=UTC)


def _open(app: App, case_id: int) -> Sequence[WorkItem]:
    with transaction(app.sessions) as tx:
        return open_items_of_case(tx, case_id)


def test_what_falls_due_at_this_very_moment_comes_next(studio: Studio) -> None:
    began = studio.play([START], look=True).scene
    assert began is not None and began.next_due is not None
    at_due = studio.play([START, Advance(began.next_due)], look=True).scene
    assert at_due is not None and at_due.next_happening is not None
    assert at_due.next_happening > at_due.now
    late = studio.play([START, Advance(at_due.next_happening)], look=True).scene
    assert late is not None and "overdue" in {one.kind for one in late.told}
