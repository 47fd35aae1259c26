"""Signals reach every case that waits for them when they are sent, each of them once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import ticks
from engine.errors import NotAllowedError
from engine.usecases import operations, people, signals
from workflows.rights import OPERATOR

WAITS, WENT_ON = ("running", ("tunggu",)), ("running", ("lanjut",))


@pytest.fixture
def bell(house, sketch):
    """An SOP that waits for the signal `bel`, and one that throws it."""
    house.deploy(
        sketch.draw(
            "menunggu",
            sketch.event("start", "mulai"),
            sketch.event("intermediateCatch", "tunggu", sketch.about("signal", "bel")),
            sketch.person_task("lanjut"),
            sketch.event("end", "selesai"),
            flows="mulai>tunggu tunggu>lanjut lanjut>selesai",
            shared=sketch.signal("bel"),
            people="lanjut",
        )
    )
    house.deploy(
        sketch.draw(
            "membunyikan",
            sketch.event("start", "mulai"),
            sketch.event("end", "selesai", sketch.about("signal", "bel", isi=sketch.isi(nada="7"))),
            flows="mulai>selesai",
            shared=sketch.signal("bel"),
        )
    )
    return house


def test_all_that_wait_now_get_it_once_and_nobody_later(bell) -> None:
    waiting = [bell.start("menunggu") for _ in range(5)]
    sent = bell.signal("bel", payload={"nada": 5})
    assert (sent.outcome, sent.cases) == ("sent", tuple(waiting))
    late = bell.start("menunggu")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: ticks.deliver_messages(bell.app, bell.now), range(4)))
    assert (sum(one for one, _ in done), sum(failed for _, failed in done)) == (5, 0)
    assert [bell.state(one) for one in waiting] == [WENT_ON] * 5
    assert {bell.case(one).data["nada"] for one in waiting} == {5}
    assert all(bell.events(one).count("signal_received") == 1 for one in waiting)
    assert bell.state(late) == WAITS
    assert ticks.deliver_messages(bell.app, bell.now) == (0, 0)


def test_a_second_time_changes_nothing(bell) -> None:
    first = bell.start("menunggu")
    bell.signal("bel", message_id="s-1")
    second = bell.start("menunggu")
    again = bell.signal("bel", message_id="s-1")
    assert (again.outcome, again.cases, again.repeated) == ("sent", (first,), True)
    ticks.tick(bell.app, bell.now)
    assert (bell.state(first), bell.state(second)) == (WENT_ON, WAITS)


def test_a_case_that_has_gone_on_meanwhile_is_left_alone(bell) -> None:
    case_id = bell.start("menunggu")
    bell.signal("bel")
    bell.signal("bel")
    ticks.tick(bell.app, bell.now)
    assert bell.events(case_id).count("signal_received") == 1
    assert ticks.tick(bell.app, bell.now).messages == 0


def test_a_signal_that_a_case_throws_reaches_the_others(bell) -> None:
    waiting = [bell.start("menunggu") for _ in range(3)]
    thrower = bell.start("membunyikan")
    assert bell.state(thrower) == ("completed", ())
    assert bell.events(thrower) == ["case_started", "signal_sent", "case_completed"]
    assert ticks.tick(bell.app, bell.now).messages == 3
    assert [bell.case(one).data.get("nada") for one in waiting] == [7, 7, 7]


def test_cases_that_throw_at_each_other_do_not_block_each_other(house, sketch) -> None:
    house.deploy(
        sketch.draw(
            "bergantian",
            sketch.event("start", "mulai"),
            sketch.event("intermediateCatch", "tunggu", sketch.about("signal", "ping")),
            sketch.event("intermediateThrow", "balas", sketch.about("signal", "pong")),
            sketch.event("intermediateCatch", "tunggu_lagi", sketch.about("signal", "pong")),
            sketch.event("end", "selesai"),
            flows="mulai>tunggu tunggu>balas balas>tunggu_lagi tunggu_lagi>selesai",
            shared=sketch.signal("ping") + sketch.signal("pong"),
        )
    )
    cases = [house.start("bergantian") for _ in range(6)]
    house.signal("ping")
    for _ in range(4):
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda _: ticks.deliver_messages(house.app, house.now), range(4)))
        assert sum(failed for _, failed in done) == 0
    # Who threw at the same moment as another was not waiting yet when the other threw: of those
    # that four hands moved last, none need have heard another.
    left = [one for one in cases if house.state(one)[0] != "completed"]
    assert len(left) <= 4
    assert all(house.state(one) == ("running", ("tunggu_lagi",)) for one in left)
    assert all(house.events(one).count("signal_sent") == 1 for one in cases)
    house.signal("pong")
    ticks.deliver_messages(house.app, house.now)
    assert {house.state(one)[0] for one in cases} == {"completed"}


def test_a_signal_starts_sops_where_a_unit_is_named(bell, sketch) -> None:
    for key in ("satu", "dua"):
        bell.deploy(
            sketch.draw(
                key,
                sketch.event("start", "mulai", sketch.about("signal", "bel")),
                sketch.person_task("periksa"),
                sketch.event("end", "selesai"),
                flows="mulai>periksa periksa>selesai",
                shared=sketch.signal("bel"),
                people="periksa",
            )
        )
    bell.signal("bel")
    assert ticks.tick(bell.app, bell.now).messages == 0
    assert bell.signal("bel", unit="BAPPEDA", payload={"nada": 1}, message_id="m").cases == ()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ticks.deliver_messages(bell.app, bell.now), range(4)))
    items = bell.inbox()
    assert sorted(item.key for item in items) == ["dua", "satu"]
    again = bell.signal("bel", unit="BAPPEDA", message_id="m")
    assert again.cases == tuple(sorted(item.case_id for item in items))


def test_a_suspended_case_gets_its_signal_when_it_goes_on(bell) -> None:
    case_id = bell.start("menunggu")
    operations.suspend_case(bell.app, OPERATOR, case_id, "rapat", bell.now)
    assert bell.signal("bel").cases == (case_id,)
    assert ticks.tick(bell.app, bell.now).messages == 0
    operations.resume_case(bell.app, OPERATOR, case_id, bell.now)
    assert ticks.tick(bell.app, bell.now).messages == 1
    assert bell.state(case_id) == WENT_ON


def test_only_those_who_may_send_do(bell) -> None:
    actor = people.load_actor(bell.app, "sekretaris", bell.now)
    with pytest.raises(NotAllowedError):
        signals.send_signal(bell.app, actor, "bel", {}, bell.now)
