"""What waits, what is thrown, and who catches it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"
CYCLE = "<timerEventDefinition><timeCycle>{}</timeCycle></timerEventDefinition>"
CONDITION = "<conditionalEventDefinition><condition>{}</condition></conditionalEventDefinition>"
ERROR = '<errorEventDefinition errorRef="{}"/>'
SHARED = (
    '<message id="m" name="surat"/><signal id="s" name="sirene"/>'
    '<error id="e1" errorCode="gagal"/><error id="e2" errorCode="lain"/>'
    '<escalation id="x1" escalationCode="naik"/>'
)
Drawn = Callable[..., Any]


def flows(*paths: str) -> str:
    """Sequence flows along each path of node ids."""
    found = []
    for path in paths:
        nodes = path.split()
        for source, target in pairwise(nodes):
            found.append(
                f'<sequenceFlow id="{source}_ke_{target}" sourceRef="{source}" '
                f'targetRef="{target}"/>'
            )
    return "".join(found)


def node(tag: str, name: str, inside: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{tag} id="{name}"{written}>{inside}</{tag}>'


def steps(names: str) -> str:
    return "".join(node("userTask", name) for name in names.split())


def test_a_message_brings_its_variables(drawn: Drawn) -> None:
    wait = node("intermediateCatchEvent", "tunggu", '<messageEventDefinition messageRef="m"/>')
    case = drawn(
        node("startEvent", "mulai") + wait + steps("baca") + flows("mulai tunggu baca"),
        shared=SHARED,
    )
    assert [one.name for one in case.step.subscriptions] == ["surat"]
    case.send("surat", nomor="1/2026")
    assert case.nodes == ["baca"]
    assert case.data == {"nomor": "1/2026"}
    assert case.step.subscriptions == ()


def test_an_event_based_gateway_takes_the_first_event(drawn: Drawn) -> None:
    content = (
        node("startEvent", "mulai")
        + node("eventBasedGateway", "mana")
        + node("intermediateCatchEvent", "surat", '<messageEventDefinition messageRef="m"/>')
        + node("intermediateCatchEvent", "satu", TIMER.format("P1D"))
        + node("intermediateCatchEvent", "dua", TIMER.format("P2D"))
        + steps("a b c")
        + flows("mulai mana surat a", "mana satu b", "mana dua c")
    )
    case = drawn(content, shared=SHARED)
    assert [(timer.node, (timer.due_at - case.now).days) for timer in case.step.timers] == [
        ("satu", 1),
        ("dua", 2),
    ]
    case.tick(days=1)
    assert case.nodes == ["b"]
    assert case.step.timers == case.step.subscriptions == ()
    assert drawn(content, shared=SHARED).send("surat").tokens == ("a",)


def test_an_interrupting_event_sub_process_ends_everything_else(drawn: Drawn) -> None:
    inner = (
        node("startEvent", "batal", '<messageEventDefinition messageRef="m"/>')
        + steps("beritahu")
        + flows("batal beritahu")
    )
    case = drawn(
        node("startEvent", "mulai")
        + node("parallelGateway", "bagi")
        + steps("a b")
        + flows("mulai bagi a", "bagi b")
        + node("subProcess", "pembatalan", inner, triggeredByEvent="true"),
        shared=SHARED,
    )
    assert case.nodes == ["a", "b"]
    case.send("surat", alasan="anggaran")
    assert case.nodes == ["beritahu"]
    assert case.step.subscriptions == ()
    assert case.complete("beritahu").finished


def test_an_event_sub_process_that_does_not_interrupt_runs_each_time(drawn: Drawn) -> None:
    inner = (
        node("startEvent", "tiap", CYCLE.format("R2/P1D"), isInterrupting="false")
        + steps("catat")
        + flows("tiap catat")
    )
    case = drawn(
        node("startEvent", "mulai")
        + steps("a")
        + flows("mulai a")
        + node("subProcess", "berkala", inner, triggeredByEvent="true"),
    )
    case.tick(days=1)
    case.tick(days=1)
    case.tick(days=1)
    assert case.nodes == ["a", "catat", "catat"]
    case.complete("a")
    case.complete("catat")
    assert case.complete("catat").finished


def test_the_case_does_not_wait_for_an_event_sub_process_that_never_fired(drawn: Drawn) -> None:
    inner = node("startEvent", "nanti", TIMER.format("P9D")) + steps("x") + flows("nanti x")
    case = drawn(
        node("startEvent", "mulai")
        + steps("a")
        + flows("mulai a")
        + node("subProcess", "telat", inner, triggeredByEvent="true"),
    )
    assert [timer.node for timer in case.step.timers] == ["telat"]
    step = case.complete("a")
    assert step.finished
    assert step.timers == ()


def _failing(boundaries: str, **inner: str) -> str:
    content = (
        node("startEvent", "i_mulai")
        + steps("i_kerja")
        + node("endEvent", "i_gagal", ERROR.format("e1"))
        + flows("i_mulai i_kerja i_gagal")
        + inner.get("more", "")
    )
    return (
        node("startEvent", "mulai")
        + node("subProcess", "dalam", content)
        + boundaries
        + steps("lanjut gagal")
        + flows("mulai dalam lanjut")
    )


def test_an_error_goes_to_the_event_that_names_it(drawn: Drawn) -> None:
    catch_all = node("boundaryEvent", "b_umum", "<errorEventDefinition/>", attachedToRef="dalam")
    exact = node("boundaryEvent", "b_tepat", ERROR.format("e1"), attachedToRef="dalam")
    boundaries = catch_all + exact + steps("umum") + flows("b_umum umum", "b_tepat gagal")
    case = drawn(_failing(boundaries), shared=SHARED)
    case.complete("i_kerja")
    assert case.nodes == ["gagal"]
    assert case.trace == ["mulai", "-dalam", "i_mulai", "i_kerja", "i_gagal", "b_tepat", "~gagal"]


def test_an_error_that_nothing_catches_is_an_incident(drawn: Drawn) -> None:
    other = node("boundaryEvent", "b", ERROR.format("e2"), attachedToRef="dalam")
    case = drawn(_failing(other + flows("b gagal")), shared=SHARED)
    step = case.complete("i_kerja")
    assert [(one.node, one.reason) for one in step.incidents] == [("i_gagal", "error_not_caught")]
    assert not step.finished
    case.skip("i_gagal")
    assert case.nodes == ["lanjut"]


def test_an_error_event_sub_process_comes_before_the_boundary(drawn: Drawn) -> None:
    handler = (
        node("startEvent", "h_mulai", ERROR.format("e1"))
        + steps("h_perbaiki")
        + flows("h_mulai h_perbaiki")
    )
    boundary = node("boundaryEvent", "b", ERROR.format("e1"), attachedToRef="dalam")
    more = node("subProcess", "h", handler, triggeredByEvent="true")
    case = drawn(_failing(boundary + flows("b gagal"), more=more), shared=SHARED)
    case.complete("i_kerja")
    assert case.nodes == ["h_perbaiki"]
    case.complete("h_perbaiki")
    assert case.nodes == ["lanjut"]


def test_an_escalation_that_does_not_interrupt_lets_both_go_on(drawn: Drawn) -> None:
    content = (
        node("startEvent", "i_mulai")
        + node(
            "intermediateThrowEvent", "i_naik", '<escalationEventDefinition escalationRef="x1"/>'
        )
        + steps("i_kerja")
        + flows("i_mulai i_naik i_kerja")
    )
    case = drawn(
        node("startEvent", "mulai")
        + node("subProcess", "dalam", content)
        + node(
            "boundaryEvent",
            "b",
            '<escalationEventDefinition escalationRef="x1"/>',
            attachedToRef="dalam",
            cancelActivity="false",
        )
        + steps("lanjut atasan")
        + flows("mulai dalam lanjut", "b atasan"),
        shared=SHARED,
    )
    assert sorted(case.nodes) == ["atasan", "i_kerja"]
    case.complete("i_kerja")
    case.complete("atasan")
    assert case.complete("lanjut").finished


def test_a_signal_reaches_all_that_wait_and_leaves_the_case(drawn: Drawn) -> None:
    signal = '<signalEventDefinition signalRef="s"/>'
    case = drawn(
        node("startEvent", "mulai")
        + node("parallelGateway", "bagi")
        + node("intermediateCatchEvent", "w1", signal)
        + node("intermediateCatchEvent", "w2", signal)
        + steps("a b c")
        + node("endEvent", "bunyi", signal)
        + flows("mulai bagi w1 a", "bagi w2 b", "bagi c bunyi"),
        shared=SHARED,
    )
    assert case.nodes == ["c"]
    step = case.complete("c")
    assert case.nodes == ["a", "b"]
    assert [(one.kind, one.name) for one in step.thrown] == [("signal", "sirene")]


def test_a_condition_is_looked_at_whenever_data_change(drawn: Drawn) -> None:
    condition = CONDITION.format("pagu &gt; 5")
    case = drawn(
        node("startEvent", "mulai")
        + node("parallelGateway", "bagi")
        + node("intermediateCatchEvent", "cukup", condition)
        + steps("a b")
        + flows("mulai bagi a", "bagi cukup b"),
    )
    assert case.nodes == ["a"]  # without the variable it does not hold
    case.correct(pagu=3)
    assert case.nodes == ["a"]
    case.correct(pagu=6)
    assert case.nodes == ["a", "b"]


def test_a_condition_at_a_boundary_fires_each_time_it_comes_true(drawn: Drawn) -> None:
    condition = (
        "<conditionalEventDefinition><condition>naik</condition></conditionalEventDefinition>"
    )
    case = drawn(
        node("startEvent", "mulai")
        + steps("a b")
        + node("boundaryEvent", "t", condition, attachedToRef="a", cancelActivity="false")
        + flows("mulai a", "t b"),
        naik=True,
    )
    assert case.nodes == ["a", "b"]
    case.correct(naik=True)
    assert case.nodes == ["a", "b"]
    case.correct(naik=False)
    case.correct(naik=True)
    assert case.nodes == ["a", "b", "b"]


def test_compensation_undoes_the_latest_first(drawn: Drawn) -> None:
    content = node("startEvent", "mulai")
    for name in "xy":
        content += (
            node("userTask", name)
            + node("boundaryEvent", f"b{name}", "<compensateEventDefinition/>", attachedToRef=name)
            + node("userTask", f"batal_{name}", isForCompensation="true")
            + f'<association id="as{name}" sourceRef="b{name}" targetRef="batal_{name}" '
            'associationDirection="One"/>'
        )
    content += node("intermediateThrowEvent", "mundur", "<compensateEventDefinition/>")
    content += steps("akhir") + flows("mulai x y mundur akhir")
    case = drawn(content)
    case.complete("x")
    case.complete("y")
    assert case.nodes == ["batal_y"]
    case.complete("batal_y")
    assert case.nodes == ["batal_x"]
    case.complete("batal_x")
    assert case.nodes == ["akhir"]
    assert case.complete("akhir").finished


def test_compensation_reaches_into_a_completed_sub_process(drawn: Drawn) -> None:
    inner = (
        node("startEvent", "i")
        + steps("x")
        + node("boundaryEvent", "bx", "<compensateEventDefinition/>", attachedToRef="x")
        + node("userTask", "batal", isForCompensation="true")
        + '<association id="as" sourceRef="bx" targetRef="batal" associationDirection="One"/>'
        + flows("i x")
    )
    case = drawn(
        node("startEvent", "mulai")
        + node("subProcess", "dalam", inner)
        + node("intermediateThrowEvent", "mundur", "<compensateEventDefinition/>")
        + steps("akhir")
        + flows("mulai dalam mundur akhir")
    )
    case.complete("x")
    assert case.nodes == ["batal"]
    case.complete("batal")
    assert case.nodes == ["akhir"]


def test_a_link_leads_to_its_other_end(drawn: Drawn) -> None:
    link = '<linkEventDefinition name="L"/>'
    case = drawn(
        node("startEvent", "mulai")
        + node("intermediateThrowEvent", "ke", link)
        + node("intermediateCatchEvent", "dari", link)
        + steps("a")
        + flows("mulai ke", "dari a")
    )
    assert case.nodes == ["a"]


def test_a_deadline_in_working_days(drawn: Drawn) -> None:
    waktu = '<timerEventDefinition sop:waktu="3 hari kerja"/>'
    case = drawn(
        node("startEvent", "mulai")
        + steps("a b")
        + node("boundaryEvent", "t", waktu, attachedToRef="a")
        + flows("mulai a", "t b")
    )
    # From Monday 08:00 WIB.
    assert [timer.due_at.isoformat() for timer in case.step.timers] == ["2026-11-26T01:00:00+00:00"]
    case.tick(days=3)
    assert case.nodes == ["b"]
