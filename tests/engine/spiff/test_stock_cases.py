"""Moments, guards, restored and migrated cases: stock against ours."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.task import TaskState

from engine.errors import ConflictError
from engine.spiff import compile_definition, migrate, propose_mapping
from tests.engine.spiff.stock import (
    MESSAGE,
    MULAI,
    SELESAI,
    SHARED,
    TIMER,
    Stock,
    flow,
    flows,
    node,
    read_stock,
    steps,
    stock_file,
)
from workflows.bpmn_xml import read_xml
from workflows.drawing import read_drawing

Drawn = Callable[..., Any]
LINE = MULAI + SELESAI + steps("a b") + flows("mulai a b selesai")


def test_two_timers_behind_one_gateway_share_a_moment(drawn: Drawn) -> None:
    content = MULAI + SELESAI + node("eventBasedGateway", "g") + steps("a b")
    content += node("intermediateCatchEvent", "lama", TIMER.format("'P9D'"))
    content += node("intermediateCatchEvent", "cepat", TIMER.format("'PT0.01S'"))
    content += flows("mulai g lama a selesai", "g cepat b selesai")
    stock = Stock(content)
    time.sleep(0.02)
    stock.workflow.refresh_timers()
    stock.workflow.do_engine_steps()
    assert stock.ready == []  # nine days later
    (waiting,) = (one for one in stock.waiting if one == "g")
    assert isinstance(stock.task(waiting).internal_data["event_value"], str)

    case = drawn(content)
    assert [timer.node for timer in case.step.timers] == ["cepat", "lama"]
    case.tick(seconds=1)
    assert case.nodes == ["b"]


def test_a_month_is_so_many_days(drawn: Drawn) -> None:
    begin = datetime(2027, 1, 31, 1, tzinfo=UTC)
    month = TimerEventDefinition.parse_iso_duration("P1M")
    passed = TimerEventDefinition.get_timedelta_from_start(month, begin)
    assert begin + passed == datetime(2027, 3, 3, 1, tzinfo=UTC)
    _, _, period = TimerEventDefinition.parse_iso_recurring_interval("R3/2027-01-31T01:00:00Z/P1M")
    assert period == timedelta(days=31)

    cycle = "<timerEventDefinition><timeCycle>R3/2027-01-31T01:00:00Z/P1M</timeCycle>"
    event = f"{cycle}</timerEventDefinition>"
    content = LINE + node("endEvent", "e") + flow("t", "e")
    content += node("boundaryEvent", "t", event, attachedToRef="a", cancelActivity="false")
    case = drawn(content)
    due = []
    while case.step.timers:
        due.append(case.step.timers[0].due_at.isoformat()[:10])
        case.tick(seconds=(case.step.timers[0].due_at - case.now).total_seconds())
    assert due == ["2027-01-31", "2027-02-28", "2027-03-31"]


def test_a_step_can_be_done_after_its_deadline(drawn: Drawn) -> None:
    content = LINE + steps("telat") + node("endEvent", "e") + flows("t telat e")
    content += node("boundaryEvent", "t", TIMER.format("'PT0.01S'"), attachedToRef="a")
    stock = Stock(content)
    time.sleep(0.02)
    stock.complete("a")
    assert stock.ready == ["b"]

    case = drawn(content)
    case.now += timedelta(seconds=1)
    with pytest.raises(ConflictError, match="work_item_not_open"):
        case.complete("a")
    case.tick(seconds=0)
    assert case.nodes == ["telat"]


def test_any_step_can_be_done_at_any_time(drawn: Drawn) -> None:
    stock = Stock(LINE)
    assert stock.task("b").has_state(TaskState.FUTURE)
    stock.task("b").run()
    assert stock.task("b").has_state(TaskState.COMPLETED)
    stock.complete("a")
    stock.task("a").run()  # once more

    case = drawn(LINE)
    token = case.tokens("a")[0]
    case.complete("a")
    for wrong in (token, "b"):
        with pytest.raises(ConflictError, match="work_item_not_open"):
            case.complete_token(wrong, {})


def test_iterations_never_end_on_a_process_read_anew(drawn: Drawn) -> None:
    many = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
    content = MULAI + SELESAI + steps("b") + flows("mulai a b selesai")
    content += node("userTask", "a", f"{many}</multiInstanceLoopCharacteristics>")
    stock = Stock(content)
    saved = BpmnWorkflowSerializer().to_dict(stock.workflow)
    stock.workflow = BpmnWorkflowSerializer().from_dict(saved)
    stock.workflow.spec = read_stock(content)[0]
    for task in stock.workflow.tasks.values():
        task.task_spec = stock.workflow.spec.task_specs[task.task_spec.name]
    for _ in range(2):
        stock.complete("a [child]")
    assert (stock.ready, stock.finished) == ([], False)

    case = drawn(content)
    again = stock_file(content, "<!-- as another process reads it -->")
    case.compiled = compile_definition(again)
    for _ in range(2):
        case.complete("a")
    assert case.nodes == ["b"]


def test_after_sending_back_the_next_message_breaks_the_case(drawn: Drawn) -> None:
    content = LINE + node("boundaryEvent", "batal", MESSAGE, attachedToRef="b")
    content += node("endEvent", "e") + flow("batal", "e")
    stock = Stock(content)
    stock.complete("a")
    stock.workflow.reset_from_task_id(stock.task("a").id)
    stock.workflow.do_engine_steps()
    with pytest.raises(AttributeError):
        stock.send("surat")

    case = drawn(content, shared=SHARED)
    case.complete("a")
    case.move("b", "a")
    assert case.nodes == ["a"]
    assert case.step.subscriptions == ()
    case.complete("a")
    assert case.send("surat").finished


DEADLINE = node("boundaryEvent", "t", TIMER.format("'P30D'"), attachedToRef="a")
OLD = MULAI + SELESAI + steps("a") + DEADLINE + node("endEvent", "lewat")
NEW = OLD + steps("b") + flows("mulai a b selesai", "t lewat")
OLD += flows("mulai a selesai", "t lewat")


def test_migration_drops_drafts_and_starts_clocks_anew(drawn: Drawn) -> None:
    stock, new = Stock(OLD), Stock(NEW)
    stock.task("a").data["konsep"] = "draf"
    due = stock.task("t").internal_data["event_value"]
    time.sleep(0.01)
    registry = BpmnWorkflowSerializer().registry
    plan, _ = diff_workflow(registry, stock.workflow, *new.specs)
    migrate_workflow(plan, stock.workflow, new.specs[0])
    stock.workflow.do_engine_steps()
    assert stock.task("a", TaskState.READY).data == {}
    assert stock.task("t").internal_data["event_value"] > due

    case = drawn(OLD, konsep="draf")
    before = case.step
    target = compile_definition(stock_file(NEW))
    mapping = propose_mapping(case.compiled, target)
    later = case.now + timedelta(days=9)
    found = migrate(case.compiled, target, before.state, case.data, mapping, later, case.around)
    assert found.step is not None
    assert found.step.data == {"konsep": "draf"}
    assert found.step.timers == before.timers
    assert (found.step.opened, found.step.closed) == ((), ())  # the very same work item


def test_a_lane_is_lost_for_a_blank() -> None:
    lane = '<laneSet id="ls"><lane id="l" name="Staf"><flowNodeRef>a</flowNodeRef><flowNodeRef>\n b'
    content = lane + "\n</flowNodeRef></lane></laneSet>" + LINE
    found = read_stock(content)[0].task_specs
    assert (found["a"].lane, found["b"].lane) == ("Staf", None)
    drawing = read_drawing(read_xml(stock_file(content)))
    assert [step.node.lane for step in drawing.steps] == ["l", "l"]
