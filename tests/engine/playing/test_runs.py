"""Recorded runs: every new version of the SOP must come out as they did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import playing
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.proving import refuse_failing_runs
from engine.store.transaction import transaction
from engine.usecases import people, runs, sop_drafts, trials
from tests.engine.playing.conftest import (
    KEY,
    RETURNED_TO_DISCUSSION,
    START,
    WALK,
    Studio,
    nodes,
)
from workflows.errors import InvalidAnswerError
from workflows.reader import content_hash, read_xml


def record(studio: Studio, name: str = "Dikembalikan sekali") -> int:
    app, owner, now = studio.app, studio.owner, studio.now
    trial_id = playing.begin_trial(app, owner, studio.draft, START, now).line.id
    for seen, act in enumerate(WALK[1:], 1):
        trials.add_act(app, owner, trial_id, act, seen, now)
    return playing.record_run(app, owner, trial_id, name, now)


def ask_to_publish(studio: Studio) -> None:
    draft = sop_drafts.read_sop_draft(studio.app, studio.owner, studio.draft, studio.now)
    digest = content_hash(read_xml(draft.xml.encode()), draft.forms)
    with transaction(studio.app.sessions) as tx:
        refuse_failing_runs(tx, KEY, digest, studio.now)


def test_runs_stand_in_the_way_of_what_they_do_not_pass(studio: Studio) -> None:
    ask_to_publish(studio)  # nothing is recorded
    run_id = record(studio)
    with pytest.raises(ConflictError, match="runs_unchecked"):
        ask_to_publish(studio)
    assert [one.difference for one in check(studio)] == [None]
    ask_to_publish(studio)
    studio.save(RETURNED_TO_DISCUSSION)
    with pytest.raises(ConflictError, match="runs_unchecked"):  # of another drawing
        ask_to_publish(studio)
    (result,) = check(studio)
    assert result.difference is not None
    assert result.step == "Menelaah dan memutuskan rancangan Renja"
    assert nodes(result.difference.came) == ["pembahasan"]
    with pytest.raises(ConflictError, match="runs_failed") as refused:
        ask_to_publish(studio)
    assert refused.value.fields == {"name": "Dikembalikan sekali", "act": 9, "count": 1}
    (line,) = runs.list_runs(studio.app, studio.owner, studio.draft)
    assert (line.id, line.result) == (run_id, "failed")
    runs.end_run(studio.app, studio.owner, run_id, KEY, "alur baru", studio.now)
    ask_to_publish(studio)
    (ended,) = runs.list_runs(studio.app, studio.owner, studio.draft, ended=True)
    assert ended.ended_reason == "alur baru"


def check(studio: Studio) -> tuple[playing.RunResult, ...]:
    return playing.check_runs(studio.app, studio.owner, studio.draft, studio.now)


def test_a_run_cannot_be_recorded_anew_where_it_breaks_off(studio: Studio) -> None:
    run_id = record(studio)
    studio.save(RETURNED_TO_DISCUSSION)
    with pytest.raises(ConflictError, match="run_breaks_off"):
        playing.record_again(studio.app, studio.owner, studio.draft, run_id, studio.now)


def test_a_result_is_not_believed_for_long(studio: Studio) -> None:
    record(studio)
    check(studio)
    studio.now += timedelta(hours=1)
    with pytest.raises(ConflictError, match="runs_unchecked"):
        ask_to_publish(studio)


def test_a_run_has_a_name_of_its_own_and_a_reason_to_end(studio: Studio) -> None:
    app, owner, now = studio.app, studio.owner, studio.now
    run_id = runs.keep_run(app, owner, KEY, " Awal  saja ", [START], [], now)
    with pytest.raises(ConflictError, match="run_exists"):
        runs.keep_run(app, owner, KEY, "Awal saja", [START], [], now)
    assert run_id == runs.keep_run(
        app, owner, KEY, "Awal saja", [START], [], now, instead_of=run_id
    )
    for name in ("", "a" * 121, "a\x00"):
        with pytest.raises(InvalidAnswerError, match="invalid_run_name"):
            runs.keep_run(app, owner, KEY, name, [START], [], now)
    with pytest.raises(InvalidAnswerError, match="run_reason_missing"):
        runs.end_run(app, owner, run_id, KEY, " ", now)
    runs.end_run(app, owner, run_id, KEY, "selesai", now)
    with pytest.raises(NotFoundError, match="run_not_found"):
        runs.end_run(app, owner, run_id, KEY, "selesai", now)


def test_who_does_not_draw_records_nothing(studio: Studio) -> None:
    staff = people.load_actor(studio.app, "kasubbag", studio.now)
    with pytest.raises(NotAllowedError, match="right_missing"):
        runs.keep_run(studio.app, staff, KEY, "a", [START], [], studio.now)
    with pytest.raises(NotAllowedError, match="right_missing"):
        playing.check_runs(studio.app, staff, studio.draft, studio.now)
    with pytest.raises(NotAllowedError, match="right_missing"):
        playing.begin_trial(studio.app, staff, studio.draft, START, studio.now)
