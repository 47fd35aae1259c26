"""The three that are compared. Each drives one case and tells what a lap costs.

Time is processor time of the thread. What is timed is the engine's work alone: not which tasks are
open, which a product knows from its rows.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from time import thread_time_ns
from typing import Any, Protocol

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.util.task import TaskState

from engine.spiff import Step, Surroundings, compile_definition, complete, fire_timers, start
from tests.bench.engine.models import Model
from workflows.workdays import default_calendar

BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1, seconds=1)
ANSWERS = {"keputusan": "kembalikan", "catatan": "Mohon dilengkapi dengan dasar hukum. " * 2}
DATA = {
    "keputusan": "kembalikan",
    "judul": "Rencana Kerja Badan Perencanaan Pembangunan Daerah",
    "uraian": "Rancangan disusun menurut rencana strategis dan hasil evaluasi. " * 6,
    "anggaran": [{"kode": f"5.1.02.{number:02}", "rupiah": 1_250_000} for number in range(6)],
    "unit": {"kode": "BAPPEDA", "kepala": "Dra. Hj. Siti Aminah, M.M."},
}


class StalledError(Exception):
    """The case is not done, but nothing of it can be done any more."""


class Contestant(Protocol):
    def lap(self) -> float:
        """Drive one lap; microseconds for each completed task, or for the day."""

    @property
    def size(self) -> int:
        """Bytes of what is kept between two steps."""


class Ours:
    """Load, step and save by the functions of `engine.spiff`: bytes and JSON text between two
    steps, the compiled definition cached as in a running process."""

    def __init__(self, model: Model) -> None:
        self._tasks = model.tasks
        self._compiled = compile_definition(model.xml)
        self._around = Surroundings(default_calendar("Asia/Jakarta"), _NoOthers())
        self._now = BEGIN
        self._open: list[str] = []
        self._keep(start(self._compiled, DATA, self._now, self._around))

    def lap(self) -> float:
        return sum(self._step() for _ in range(self._tasks or 1)) / (self._tasks or 1)

    def copy(self) -> "Ours":
        """Another case, as far as this one."""
        other = object.__new__(Ours)
        vars(other).update(vars(self), _open=list(self._open))
        return other

    @property
    def size(self) -> int:
        return len(self._state)

    def _step(self) -> float:
        if self._tasks:
            token = self._open.pop(0)
            begun = thread_time_ns()
            data = json.loads(self._data)
            step = complete(
                self._compiled, self._state, data, token, ANSWERS, self._now, self._around
            )
        else:
            self._now += DAY
            begun = thread_time_ns()
            data = json.loads(self._data)
            step = fire_timers(self._compiled, self._state, data, self._now, self._around)
        self._keep(step)
        return (thread_time_ns() - begun) / 1000

    def _keep(self, step: Step) -> None:
        self._state = step.state
        self._data = json.dumps(step.data)
        self._open += [item.token for item in step.opened]


class Bare:
    """SpiffWorkflow as it comes, in memory, never saved."""

    def __init__(self, model: Model) -> None:
        self._tasks = model.tasks
        _Clock.moment = self.now = BEGIN
        self.workflow = _begin(model.xml)
        self.workflow.task_tree.set_data(**DATA)
        self.workflow.do_engine_steps()
        self.open = _open_tasks(self.workflow)

    def lap(self) -> float:
        return sum(self._step() for _ in range(self._tasks or 1)) / (self._tasks or 1)

    @property
    def size(self) -> int:
        return 0

    def _step(self) -> float:
        self.now += DAY
        _Clock.moment = self.now
        act = _act(self._tasks, self.open)
        begun = thread_time_ns()
        act(self.workflow)
        spent = thread_time_ns() - begun
        self.open = _next_open(self.open, self.workflow)
        return spent / 1000


def _begin(xml: bytes) -> BpmnWorkflow:
    parser = BpmnParser()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)  # it goes into a process by recursion: 500 steps are too many
    try:
        parser.add_bpmn_str(xml)
        return BpmnWorkflow(parser.get_spec("uji"), parser.get_subprocess_specs("uji"))
    finally:
        sys.setrecursionlimit(limit)


class Stock:
    """The serializer of SpiffWorkflow: everything from JSON text, one step, everything to text.

    It begins where `bare` is.
    """

    def __init__(self, model: Model, bare: Bare) -> None:
        self._tasks = model.tasks
        self._serializer = BpmnWorkflowSerializer()
        self._text = self._serializer.serialize_json(bare.workflow)
        self._open = list(bare.open)
        self._now = bare.now

    def lap(self) -> float:
        return sum(self._step() for _ in range(self._tasks or 1)) / (self._tasks or 1)

    @property
    def size(self) -> int:
        return len(self._text)

    def _step(self) -> float:
        self._now += DAY
        _Clock.moment = self._now
        act = _act(self._tasks, self._open)
        begun = thread_time_ns()
        workflow = self._serializer.deserialize_json(self._text)
        act(workflow)
        self._text = self._serializer.serialize_json(workflow)
        spent = thread_time_ns() - begun
        self._open = _next_open(self._open, workflow)
        return spent / 1000


def _act(tasks: int, open_tasks: list[Any]) -> Callable[[BpmnWorkflow], None]:
    if not tasks:
        return _pass_day
    if not open_tasks:
        raise StalledError
    token = open_tasks[0]

    def complete_task(workflow: BpmnWorkflow) -> None:
        task = workflow.get_task_from_id(token)
        task.set_data(**ANSWERS)
        task.run()
        workflow.do_engine_steps()

    return complete_task


def _pass_day(workflow: BpmnWorkflow) -> None:
    if not workflow.event_manager.tasks:
        raise StalledError
    workflow.refresh_timers()
    workflow.do_engine_steps()


def _open_tasks(workflow: BpmnWorkflow) -> list[Any]:
    return [task.id for task in workflow.get_tasks(state=TaskState.READY, manual=True)]


def _next_open(before: list[Any], workflow: BpmnWorkflow) -> list[Any]:
    """What is still open first, so that no task of the round is left behind."""
    now = _open_tasks(workflow)
    kept = [one for one in before if one in now]
    return kept + [one for one in now if one not in kept]


class _NoOthers:
    """No model calls another one."""

    def in_force(self, key: str, day: date) -> None:
        return None

    def pinned(self, digest: str) -> Any:
        raise AssertionError(digest)


class _Clock(datetime):
    """SpiffWorkflow takes the moment from the wall clock: here days pass when the bench says."""

    moment = BEGIN

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.moment.astimezone(tz)


@contextmanager
def turned_clock() -> Iterator[None]:
    """What makes days pass for SpiffWorkflow as well."""
    timer.datetime = _Clock
    try:
        yield
    finally:
        timer.datetime = datetime
