"""Events: what each place may wait for or throw, and what is refused there."""

import pytest

from tests.workflows.process.models import (
    CONDITION,
    DEFINITIONS,
    ERROR,
    LINK,
    MESSAGE,
    SHARED,
    SIGNAL,
    around,
    drawn,
    extension,
    flows,
    found,
    node,
    nodes,
    scope,
    timer,
    warned,
)
from workflows.process.events import ALLOWED, KINDS
from workflows.process.model import Timer, Trigger


def test_the_tables_speak_of_the_same_kinds() -> None:
    assert set(KINDS.values()) | {"none", "cancelEventDefinition"} == set(DEFINITIONS)
    assert frozenset().union(*ALLOWED.values()) == set(KINDS.values()) | {"none"}


@pytest.mark.parametrize("kind", DEFINITIONS)
@pytest.mark.parametrize("place", ALLOWED)
def test_each_kind_at_each_place(place: str, kind: str) -> None:
    content = drawn(place, DEFINITIONS[kind])
    refused = [] if kind in ALLOWED[place] else [("event_not_executed", "v")]
    assert found(content) == refused
    if not refused:
        trigger = nodes(content)["v"].trigger
        assert trigger is not None and trigger.kind == kind


@pytest.mark.parametrize("place", ALLOWED)
def test_two_meanings_in_one_event_are_refused(place: str) -> None:
    assert found(drawn(place, MESSAGE + SIGNAL)) == [("event_several", "v")]


def test_all_at_once_is_refused() -> None:
    event = node("intermediateCatchEvent", "v", MESSAGE, parallelMultiple="true")
    assert found(around(event, "a v z")) == [("event_several", "v")]


def test_what_is_waited_for() -> None:
    keys = extension('<sop:kunci nama="nomor" nilai="nomor_surat"/>')
    rows = extension('<sop:isi nama="tanggal" nilai="tanggal_surat"/>')
    message = f'<messageEventDefinition messageRef="m">{keys}</messageEventDefinition>'
    event = node("intermediateCatchEvent", "v", rows + message)
    assert nodes(around(event, "a v z"))["v"].trigger == Trigger(
        "message", "surat masuk", keys=(("nomor", "nomor_surat"),),
        payload=(("tanggal", "tanggal_surat"),),
    )  # fmt: skip
    for kind, name in (("signal", "sirene"), ("conditional", "")):
        trigger = nodes(drawn("intermediateCatchEvent", DEFINITIONS[kind]))["v"].trigger
        assert trigger == Trigger(kind, name, condition="pagu > 1" if not name else "")  # type: ignore[arg-type]


def test_what_is_caught_of_an_error() -> None:
    named = '<errorEventDefinition errorRef="e" sop:kode="k" sop:pesan="p"/>'
    trigger = nodes(drawn("boundaryEvent", named))["v"].trigger
    assert trigger == Trigger("error", "GAGAL", variable="k", text_variable="p")
    anything = '<errorEventDefinition camunda:errorCodeVariable="k"/>'
    trigger = nodes(drawn("boundaryEvent", anything))["v"].trigger
    assert trigger == Trigger("error", variable="k")
    escalation = '<escalationEventDefinition escalationRef="k" sop:kode="siapa"/>'
    trigger = nodes(drawn("boundaryEvent", escalation))["v"].trigger
    assert trigger == Trigger("escalation", "NAIK", variable="siapa")


@pytest.mark.parametrize("attribute", ["errorCode", "name", "id"])
def test_an_error_is_known_by_its_code_or_else_its_name_or_id(attribute: str) -> None:
    shared = f'<error id="e" {"" if attribute == "id" else f"{attribute}=&quot;x&quot;"}/>'
    trigger = nodes(drawn("endEvent", ERROR), shared.replace("&quot;", '"'))["v"].trigger
    assert trigger == Trigger("error", "e" if attribute == "id" else "x")


@pytest.mark.parametrize("place", ["startEvent", "intermediateThrowEvent", "endEvent"])
@pytest.mark.parametrize("kind", ["message", "signal"])
def test_a_message_or_signal_must_be_named(place: str, kind: str) -> None:
    assert found(drawn(place, f"<{kind}EventDefinition/>")) == [("reference_missing", "v")]
    wrong = DEFINITIONS[kind].replace(f'{kind}Ref="{kind[0]}"', f'{kind}Ref="e"')
    assert found(drawn(place, wrong)) == [("reference_unknown", "v")]


def test_what_is_thrown_must_be_named() -> None:
    assert found(drawn("endEvent", "<errorEventDefinition/>")) == [("reference_missing", "v")]
    throw = drawn("intermediateThrowEvent", "<escalationEventDefinition/>")
    assert found(throw) == [("reference_missing", "v")]


def test_a_definition_may_be_shared() -> None:
    reference = "<eventDefinitionRef>t</eventDefinitionRef>"
    shared = (
        SHARED
        + '<timerEventDefinition id="t"><timeDate>2027-01-01</timeDate></timerEventDefinition>'
    )
    trigger = nodes(drawn("intermediateCatchEvent", reference), shared)["v"].trigger
    assert trigger == Trigger("timer", timer=Timer("timeDate", "2027-01-01"))
    wrong = found(drawn("intermediateCatchEvent", reference.replace(">t<", ">x<")))
    assert wrong[0] == ("reference_unknown", "v")


def sent(*inside: str) -> str:
    return f'<signalEventDefinition signalRef="s">{extension(*inside)}</signalEventDefinition>'


def test_signals_go_to_all() -> None:
    keyed = drawn("endEvent", sent('<sop:kunci nama="a" nilai="1"/>'))
    assert found(keyed) == [("keys_of_signal", "v")]
    rows = '<camunda:in source="a" target="b"/><camunda:in sourceExpression="${c + 1}" target="d"/>'
    trigger = nodes(drawn("endEvent", sent(rows)))["v"].trigger
    assert trigger == Trigger("signal", "sirene", payload=(("b", "a"), ("d", "${c + 1}")))
    everything = drawn("endEvent", sent('<camunda:in variables="all"/>'))
    assert found(everything) == [("mapping_all", "v")]


@pytest.mark.parametrize("attribute", ["class", "expression", "delegateExpression", "type"])
def test_messages_sent_by_code_of_another_engine_are_refused(attribute: str) -> None:
    definition = f'<messageEventDefinition messageRef="m" camunda:{attribute}="x"/>'
    assert found(drawn("endEvent", definition)) == [("foreign_work", "v")]
    worker = extension('<zeebe:taskDefinition type="kirim"/>')
    for written in (worker, worker + MESSAGE):
        assert found(drawn("endEvent", written)) == [("foreign_work", "v")]


def test_what_zeebe_maps_from_a_message_is_written() -> None:
    mapping = extension(
        '<zeebe:ioMapping><zeebe:output source="=a.b" target="c"/></zeebe:ioMapping>'
    )
    trigger = nodes(drawn("intermediateCatchEvent", mapping + MESSAGE))["v"].trigger
    assert trigger is not None and trigger.payload == (("c", "=a.b"),)
    for place, definition in (
        ("endEvent", MESSAGE),
        ("boundaryEvent", DEFINITIONS["timer"]),
        ("endEvent", ""),
    ):
        assert found(drawn(place, mapping + definition)) == [("event_mapping", "v")]


@pytest.mark.parametrize(
    ("place", "written", "code"),
    [
        ("endEvent", extension('<sop:isi nama="a" nilai="1"/>'), "event_mapping"),
        ("boundaryEvent", extension('<sop:kunci nama="a" nilai="1"/>') + ERROR, "event_mapping"),
        ("startEvent", extension('<sop:kunci nama="a" nilai="1"/>') + MESSAGE, "keys_of_start"),
        ("endEvent", '<errorEventDefinition errorRef="e" sop:kode="k"/>', "attribute_misplaced"),
    ],
)
def test_our_own_rows_where_they_would_be_ignored(place: str, written: str, code: str) -> None:
    assert found(drawn(place, written)) == [(code, "v")]


def test_the_key_of_zeebe_belongs_to_the_message() -> None:
    shared = (
        '<message id="m" name="surat">'
        + extension('<zeebe:subscription correlationKey="=nomor"/>')
        + "</message>"
    )
    catch = nodes(drawn("intermediateCatchEvent", MESSAGE), shared)["v"].trigger
    assert catch == Trigger("message", "surat", keys=(("correlationKey", "=nomor"),))
    # Thrown elsewhere, and a start has no case to match yet.
    for place in ("startEvent", "endEvent"):
        assert nodes(drawn(place, MESSAGE), shared)["v"].trigger == Trigger("message", "surat")


CORRELATION = (
    '<correlationProperty id="c" name="nomor">'
    '<correlationPropertyRetrievalExpression messageRef="m"><messagePath>nomor_surat'
    "</messagePath></correlationPropertyRetrievalExpression></correlationProperty>"
)
SUBSCRIPTION = (
    '<correlationSubscription id="cs" correlationKeyRef="ck">'
    '<correlationPropertyBinding correlationPropertyRef="c"><dataPath>nomor_kasus</dataPath>'
    "</correlationPropertyBinding></correlationSubscription>"
)


def test_plain_correlation_of_bpmn() -> None:
    catch = drawn("intermediateCatchEvent", MESSAGE)
    trigger = nodes(catch + SUBSCRIPTION, SHARED + CORRELATION)["v"].trigger
    assert trigger is not None and trigger.keys == (("nomor", "nomor_kasus"),)
    thrown = nodes(drawn("endEvent", MESSAGE), SHARED + CORRELATION)["v"].trigger
    assert thrown is not None and thrown.keys == (("nomor", "nomor_surat"),)
    # Without a subscription nobody can say what the case's own key is.
    assert found(catch, SHARED + CORRELATION) == [("correlation_unclear", "v")]


@pytest.mark.parametrize("text", ["", "pagu >", "open('x')"])
def test_a_condition_must_compile(text: str) -> None:
    definition = (
        f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"
    )
    assert found(drawn("boundaryEvent", definition)) == [("invalid_expression", "v")]


@pytest.mark.parametrize("kind", ["message", "signal", "timer", "escalation", "conditional"])
def test_event_sub_processes_carry_their_trigger(kind: str) -> None:
    for written, interrupting in (({}, True), ({"isInterrupting": "false"}, False)):
        inner = node("startEvent", "v", DEFINITIONS[kind], **written)
        sub = node("subProcess", "y", inner, triggeredByEvent="true")
        read = nodes(around(node("userTask", "x") + sub))["y"]
        assert (read.kind, read.interrupting) == ("eventSubProcess", interrupting)
        assert read.trigger is not None and read.trigger.kind == kind
        assert read.content is not None and list(read.content.nodes) == ["v"]


@pytest.mark.parametrize("kind", ["message", "signal", "timer", "escalation", "conditional"])
def test_boundary_events(kind: str) -> None:
    for written, interrupting in (({}, True), ({"cancelActivity": "false"}, False)):
        event = node("boundaryEvent", "v", DEFINITIONS[kind], attachedToRef="x", **written)
        read = nodes(around(node("userTask", "x") + event))["v"]
        assert (read.attached_to, read.interrupting) == ("x", interrupting)


def test_an_error_always_interrupts() -> None:
    event = node("boundaryEvent", "v", ERROR, attachedToRef="x", cancelActivity="false")
    assert found(around(node("userTask", "x") + event)) == [("error_goes_on", "v")]
    sub = scope("subProcess", "y", ERROR, triggeredByEvent="true", isInterrupting="false")
    assert found(around(node("userTask", "x") + sub)) == [("error_goes_on", "y_a")]


@pytest.mark.parametrize("host", ["a", "z", "v", "y", "tidak_ada"])
def test_a_boundary_event_stands_at_an_activity(host: str) -> None:
    event = node("boundaryEvent", "v", MESSAGE, attachedToRef=host)
    sub = scope("subProcess", "y", SIGNAL, triggeredByEvent="true")
    content = around(node("userTask", "x") + event + sub)
    if host == "tidak_ada":
        content = content.replace("tidak_ada", "s")  # something else in the file
    assert ("boundary_not_attached", "v") in found(content)


def test_two_starts() -> None:
    def starts(*definitions: str) -> list[tuple[str, str]]:
        events = "".join(node("startEvent", f"v{n}", one) for n, one in enumerate(definitions))
        ways = flows(*(f"v{n} x" for n in range(len(definitions))))
        return found(events + node("userTask", "x") + ways)

    assert starts("", MESSAGE, SIGNAL) == []
    assert starts(MESSAGE, '<messageEventDefinition messageRef="m2"/>') == []
    assert starts("", "") == [("several_start_events", "v1")]
    assert starts(MESSAGE, MESSAGE) == [("several_start_events", "v1")]


TIMERS = [
    ("timeDuration", "P3D", []),
    ("timeDuration", '"PT1H30M"', []),
    ("timeDuration", "${lama}", []),
    ("timeDuration", '="P" + string(hari) + "D"', []),
    ("timeDate", "2026-12-31", []),
    ("timeDate", "2026-12-31T16:00:00+07:00", []),
    ("timeDate", "tanggal_rapat", []),
    ("timeCycle", "R3/PT10M", []),
    ("timeCycle", "R/P1D", []),
    ("timeCycle", "R3/2026-01-01T08:00/P1D", []),
    ("timeCycle", "R3/P1D/2026-12-31", []),
    ("timeCycle", "${jadwal}", []),
    ("timeDate", "2026-13-01", ["invalid_timer"]),
    ("timeDuration", "P99999Y", ["invalid_timer"]),
    ("timeDuration", "P1", ["invalid_timer"]),
    ("timeDuration", "-PT1H", ["invalid_timer"]),
    ("timeDate", "2026-31-12 08:00", ["invalid_timer"]),
    ("timeCycle", "R3/besok", ["invalid_timer"]),
    ("timeCycle", "R0/P1D", ["invalid_timer"]),
    ("timeCycle", "R/PT0S", ["invalid_timer"]),
    ("timeCycle", "R3/2026-01-01", ["invalid_timer"]),
    ("timeCycle", "0 0 9 * * ?", ["timer_cron"]),
    ("timeDuration", "besok pagi", ["invalid_expression"]),
    ("timeDate", "__import__('os')", ["invalid_expression"]),
    ("timeDate", " ", ["timer_without_moment"]),
]


@pytest.mark.parametrize(("slot", "text", "codes"), TIMERS)
def test_timers(slot: str, text: str, codes: list[str]) -> None:
    event = node("boundaryEvent", "v", timer(slot, text), attachedToRef="x", cancelActivity="false")
    content = around(node("userTask", "x") + event)
    assert [code for code, _ in found(content)] == codes
    if not codes:
        trigger = nodes(content)["v"].trigger
        assert trigger == Trigger("timer", timer=Timer(slot, text.strip()))  # type: ignore[arg-type]


def test_working_time() -> None:
    definition = '<timerEventDefinition sop:waktu="3 hari kerja"/>'
    trigger = nodes(drawn("boundaryEvent", definition))["v"].trigger
    assert trigger == Trigger("timer", timer=Timer("waktu", "3 hari kerja"))
    vague = drawn("boundaryEvent", definition.replace(" kerja", ""))
    assert (found(vague), warned(vague)) == ([], [("waktu_assumed", "v")])
    wrong = drawn("boundaryEvent", definition.replace("3 hari kerja", "segera"))
    assert found(wrong) == [("invalid_waktu", "v")]


def test_a_timer_has_one_moment() -> None:
    duration = "<timeDuration>P3D</timeDuration>"
    for attributes, inside, code in (
        ('sop:waktu="3 hari kerja"', duration, "timer_several"),
        ("", f"{duration}<timeDate>2027-01-01</timeDate>", "timer_several"),
        ("", "", "timer_without_moment"),
    ):
        written = f"<timerEventDefinition {attributes}>{inside}</timerEventDefinition>"
        assert found(drawn("boundaryEvent", written)) == [(code, "v")]


def test_a_wait_in_the_flow_is_no_cycle() -> None:
    content = drawn("intermediateCatchEvent", timer("timeCycle", "R3/PT10M"))
    assert found(content) == [("timer_cycle", "v")]


def test_a_link_leads_to_its_other_end() -> None:
    def ends(*names: str) -> str:
        throws = "".join(
            node("intermediateThrowEvent", f"t{n}", f'<linkEventDefinition name="{name}"/>')
            for n, name in enumerate(names)
        )
        catch = node("intermediateCatchEvent", "c", LINK)
        ways = flows(*(f"a t{n}" for n in range(len(names))), "c z")
        return node("startEvent", "a") + throws + catch + node("endEvent", "z") + ways

    read = nodes(ends("A", "A"))
    assert [flow.target for flow in read["t1"].outgoing] == ["c"]
    assert read["c"].incoming == ("link:t0", "link:t1")
    assert ("link_without_target", "t1") in found(ends("A", "B"))
    assert {code for code, _ in found(ends("B"))} == {
        "link_without_target", "link_without_source", "unreachable"
    }  # fmt: skip
    assert ("link_unnamed", "t0") in found(ends(""))
    twice = ends("A") + node("intermediateCatchEvent", "c2", LINK) + flows("c2 z")
    assert ("link_several", "c2") in found(twice)
    assert ("flow_at_link", "t0") in found(ends("A") + flows("t0 z"))
    assert ("flow_at_link", "c") in found(ends("A") + flows("a c"))


def test_a_link_may_take_its_name_from_the_event() -> None:
    link = "<linkEventDefinition/>"
    content = (
        node("startEvent", "a") + node("intermediateThrowEvent", "t", link, name="A")
        + node("intermediateCatchEvent", "c", link, name=" A ") + flows("a t")
    )  # fmt: skip
    assert [flow.target for flow in nodes(content)["t"].outgoing] == ["c"]


def test_links_do_not_cross_a_sub_process() -> None:
    inner = node("intermediateThrowEvent", "t", LINK)
    sub = scope("subProcess", "x", "", inner + flows("x_a t"))
    catch = node("intermediateCatchEvent", "c", LINK)
    assert {("link_without_target", "t"), ("link_without_source", "c")} <= set(
        found(around(sub + catch))
    )


def test_events_behind_an_event_based_gateway() -> None:
    def behind(target: str, extra: str = "", path: str = "", **attributes: str) -> list[str]:
        gateway = node("eventBasedGateway", "g", **attributes)
        other = node("intermediateCatchEvent", "w", timer("timeDuration", "P1D"))
        ways = flows("a g v z", "g w z", path)
        content = node("startEvent", "a") + gateway + target + other + node("endEvent", "z")
        return [code for code, _ in found(content + extra + ways)]

    for definition in (MESSAGE, SIGNAL, CONDITION):
        assert behind(node("intermediateCatchEvent", "v", definition)) == []
    receive = node("receiveTask", "v", messageRef="m")
    assert behind(receive) == []
    assert behind(node("userTask", "v")) == ["event_gateway_target"]
    assert behind(node("parallelGateway", "v")) == ["event_gateway_target"]
    loop = node(
        "receiveTask", "v", "<standardLoopCharacteristics loopMaximum='2'/>", messageRef="m"
    )
    assert behind(loop) == ["event_gateway_target"]
    border = node("boundaryEvent", "b", SIGNAL, attachedToRef="v")
    assert behind(receive, border) == ["event_gateway_boundary"]
    assert behind(receive, path="w v") == ["event_gateway_shared"]
    assert behind(receive, instantiate="true") == ["event_gateway_starts"]
    assert behind(receive, eventGatewayType="Parallel") == ["event_gateway_parallel"]
    alone = node("startEvent", "a") + node("eventBasedGateway", "g") + flows("a g")
    assert found(alone) == [("event_gateway_empty", "g")]
