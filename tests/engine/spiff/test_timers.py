from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.errors import ConflictError
from workflows.errors import InvalidTimeError
from workflows.process.iso import due_moment

Begin = Callable[..., Any]
WIT = ZoneInfo("Asia/Jayapura")


def test_a_pause_ends_at_its_moment(begin: Begin) -> None:
    case = begin("timers")
    assert case.nodes == []
    assert case.step.tokens == ("tunggu",)
    (timer,) = case.step.timers
    assert (timer.node, timer.due_at) == ("tunggu", case.now + timedelta(hours=1))
    case.tick(minutes=59)
    assert case.step.timers == (timer,)
    case.tick(minutes=1)
    assert case.nodes == ["jawab"]


def test_firing_again_changes_nothing(begin: Begin) -> None:
    case = begin("timers")
    state = case.tick(hours=1).state
    again = case.tick()
    assert again.state == state
    assert again.opened == ()


def test_boundary_timers_are_disarmed_by_completion(begin: Begin) -> None:
    case = begin("timers")
    case.tick(hours=1)
    assert [(timer.node, timer.due_at - case.now) for timer in case.step.timers] == [
        ("ingatkan", timedelta(hours=24)),
        ("lewat", timedelta(days=3)),
    ]
    assert case.step.tokens == ("jawab",)
    step = case.complete("jawab")
    assert step.finished
    assert step.timers == ()


def test_a_reminder_leaves_the_work_open(begin: Begin) -> None:
    case = begin("timers")
    case.tick(hours=1)
    step = case.tick(days=1)
    assert step.closed == ()
    assert case.nodes == ["jawab", "tegur"]
    assert [timer.node for timer in step.timers] == ["lewat"]
    case.complete("jawab")
    assert case.nodes == ["tegur"]
    assert case.step.timers == ()
    assert case.complete("tegur").finished


def test_a_deadline_withdraws_the_work(begin: Begin) -> None:
    case = begin("timers")
    case.tick(hours=1)
    token = case.tokens("jawab")[0]
    # Both are due after an outage: the reminder first, then the deadline.
    step = case.tick(days=5)
    assert step.closed == (token,)
    assert [item.node for item in step.opened] == ["tegur", "ambil_alih"]
    assert step.timers == ()
    case.complete("ambil_alih")
    assert not case.step.finished
    assert case.complete("tegur").finished


def test_completing_after_the_deadline_is_a_conflict(begin: Begin) -> None:
    case = begin("timers")
    case.tick(hours=1)
    before = case.step
    case.now += timedelta(days=3)
    with pytest.raises(ConflictError) as caught:
        case.complete("jawab")
    assert caught.value.code == "work_item_not_open"
    assert caught.value.fields["reason"] == "timer_fired"
    assert case.step is before
    case.tick()
    assert "ambil_alih" in case.nodes


def test_completing_after_a_reminder_fires_it_first(begin: Begin) -> None:
    case = begin("timers")
    case.tick(hours=1)
    case.now += timedelta(days=2)
    case.complete("jawab")
    assert case.nodes == ["tegur"]


def test_a_deadline_withdraws_a_whole_sub_process(begin: Begin) -> None:
    case = begin("subprocess")
    case.complete("b_satu")
    token = case.tokens("b_dua")[0]
    step = case.tick(days=1)
    assert step.closed == (token,)
    assert case.nodes == ["tegur"]
    assert step.tokens == ("tegur",)
    assert case.complete("tegur").finished


def test_a_deadline_withdraws_nested_iterations(begin: Begin) -> None:
    case = begin("mi_deadline", daftar=["BIDANG-1", "BIDANG-2", "BIDANG-3"])
    case.complete("c_catat", setuju=True)
    case.complete("c_catat")  # the decision of this one fails
    assert sorted(case.nodes) == ["b_kirim", "c_catat"]
    assert [one.node for one in case.step.incidents] == ["b_putus"]
    step = case.tick(days=1)
    assert len(step.closed) == 2
    assert case.nodes == ["tegur"]
    assert (step.tokens, step.timers, step.incidents) == (("tegur",), (), ())
    assert case.complete("tegur").finished


def test_a_moment_may_come_from_the_case(begin: Begin) -> None:
    case = begin("timer_expression", jadwal={"batas": "2026-12-01"})
    (timer,) = case.step.timers
    assert timer.due_at == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    case.tick(days=30)
    assert case.nodes == ["jawab"]


def test_a_moment_that_has_passed_fires_at_once(begin: Begin) -> None:
    assert begin("timer_expression", jadwal={"batas": "2026-01-01"}).nodes == ["jawab"]


@pytest.mark.parametrize("jadwal", [{}, {"batas": "besok"}, {"batas": 5}, {"batas": "PT1H"}, None])
def test_a_moment_that_is_none_is_an_incident(begin: Begin, jadwal: object) -> None:
    case = begin("timer_expression", jadwal=jadwal)
    assert [incident.node for incident in case.step.incidents] == ["tunggu"]
    assert case.step.timers == ()
    case.tick(days=1)
    assert len(case.step.incidents) == 1
    case.retry(jadwal={"batas": "2026-12-01T08:00:00+07:00"})
    assert case.step.incidents == ()
    assert case.step.timers[0].due_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("timeDuration", "PT1H", "2026-01-31T02:00:00"),
        ("timeDuration", "P1DT0.5H", "2026-02-01T01:30:00"),
        ("timeDuration", "P2W", "2026-02-14T01:00:00"),
        ("timeDuration", "P1M", "2026-02-28T01:00:00"),
        ("timeDuration", "P1Y1M", "2027-02-28T01:00:00"),
        ("timeDuration", "PT0S", "2026-01-31T01:00:00"),
        ("timeDate", "2026-02-01T08:00:00+09:00", "2026-01-31T23:00:00"),
        ("timeDate", "2026-02-01T08:00:00Z", "2026-02-01T08:00:00"),
        ("timeDate", "2026-02-01T08:00:00", "2026-01-31T23:00:00"),
        ("timeDate", "2026-02-01", "2026-01-31T15:00:00"),
    ],
)
def test_iso_texts(kind: Any, text: str, expected: str) -> None:
    now = datetime(2026, 1, 31, 1, 0, tzinfo=UTC)
    assert due_moment(kind, text, now, WIT) == datetime.fromisoformat(expected + "+00:00")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "P"),
        ("timeDuration", "PT"),
        ("timeDuration", "P1H"),
        ("timeDuration", "1 jam"),
        ("timeDuration", "-PT1H"),
        ("timeDuration", "P9999Y"),
        ("timeDuration", "PT9999999H"),
        ("timeDate", "PT1H"),
        ("timeDate", "2026-02-30"),
        ("timeDate", "9999-12-31T23:59:59-12:00"),
        ("timeDate", 5),
    ],
)
def test_other_texts_are_refused(kind: Any, text: Any) -> None:
    with pytest.raises(InvalidTimeError):
        due_moment(kind, text, datetime(2026, 1, 31, tzinfo=UTC), WIT)
