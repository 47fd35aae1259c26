"""A case driven through the seam as the use cases do it: between two moves only bytes and JSON."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.spiff import (
    Compiled,
    Job,
    Opened,
    Step,
    Surroundings,
    compile_definition,
    complete,
    correct,
    deliver,
    fail_job,
    finish_job,
    fire_timers,
    move,
    open_tokens,
    retry,
    skip,
    start,
    throw_error,
)
from workflows.workdays import default_calendar

PROCESSES = Path(__file__).parent / "processes"
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEADER = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="definitions" targetNamespace="urn:alurkerja:tests">'
)


class Library:
    """Definitions that can be called, the newest last."""

    def __init__(self) -> None:
        self.held: list[Compiled] = []

    def in_force(self, key: str, day: date) -> Compiled | None:
        return next((one for one in reversed(self.held) if one.key == key), None)

    def pinned(self, digest: str) -> Compiled:
        return next(one for one in self.held if one.digest == digest)


class Case:
    def __init__(
        self,
        compiled: Compiled,
        data: dict[str, object],
        library: Library | None = None,
        **started: object,
    ) -> None:
        self.compiled = compiled
        self.library = library or Library()
        self.around = Surroundings(default_calendar("Asia/Jakarta"), self.library)
        self.now = BEGIN
        self.open: dict[str, Opened] = {}
        self.jobs: dict[str, Job] = {}
        self.data: dict[str, object] = {}
        self.rows: dict[str, list[str]] = {}
        self.step = self._take(start(compiled, data, self.now, self.around, **started))

    def complete(self, node: str, which: int = 0, /, **answers: object) -> Step:
        return self.complete_token(self.tokens(node)[which], answers)

    def complete_token(self, token: str, answers: dict[str, object]) -> Step:
        step = complete(*self._at, token, answers, self.now, self.around)
        del self.open[token]
        return self._take(step)

    def tick(self, **passed: float) -> Step:
        self.now += timedelta(**passed)
        return self._take(fire_timers(*self._at, self.now, self.around))

    def retry(self, **corrected: object) -> Step:
        self.data |= corrected
        return self._take(retry(*self._at, self.now, self.around))

    def correct(self, **corrected: object) -> Step:
        self.data |= corrected
        return self._take(correct(*self._at, self.now, self.around))

    def send(self, name: str, **payload: object) -> Step:
        """A message or signal to all that wait for it."""
        tokens = [one.token for one in self.step.subscriptions if one.name == name]
        return self._take(deliver(*self._at, tokens, payload, self.now, self.around))

    def finish_job(self, node: str, result: object = None) -> Step:
        token = self._job(node)
        step = finish_job(*self._at, token, result, self.now, self.around)
        del self.jobs[token]
        return self._take(step)

    def fail_job(self, node: str, reason: str = "mati") -> Step:
        token = self._job(node)
        step = fail_job(*self._at, token, reason, self.now, self.around)
        del self.jobs[token]
        return self._take(step)

    def throw_error(self, node: str, code: str, message: str = "") -> Step:
        token = self._job(node)
        step = throw_error(*self._at, token, code, message, self.now, self.around)
        del self.jobs[token]
        return self._take(step)

    def skip(self, node: str) -> Step:
        return self._take(skip(*self._at, self.active(node), self.now, self.around))

    def move(self, node: str, target: str) -> Step:
        return self._take(move(*self._at, self.active(node), target, self.now, self.around))

    def active(self, node: str) -> str:
        held = open_tokens(self.compiled, self.step.state, self.around)
        return next(one.token for one in held if one.node == node)

    def tokens(self, node: str) -> list[str]:
        return [token for token, item in self.open.items() if item.node == node]

    @property
    def _at(self) -> tuple[Compiled, bytes, dict[str, object]]:
        return self.compiled, self.step.state, self.data

    @property
    def nodes(self) -> list[str]:
        return [item.node for item in self.open.values()]

    @property
    def variables(self) -> list[dict[str, object]]:
        return [item.variables for item in self.open.values()]

    @property
    def trace(self) -> list[str]:
        """The nodes of all activations in order, "-" before those withdrawn, "~" before those
        that are still active."""
        marks = {"completed": "", "withdrawn": "-", "active": "~"}
        return [marks[state] + node for node, state in self.rows.values()]

    def _job(self, node: str) -> str:
        return next(job.token for job in self.jobs.values() if job.node == node)

    def _take(self, step: Step) -> Step:
        self.open |= {item.token: item for item in step.opened}
        self.jobs |= {job.token: job for job in step.jobs}
        for token in step.closed:
            if token in self.open:
                del self.open[token]
            else:
                del self.jobs[token]
        for one in step.activations:
            assert one.is_new == (one.token not in self.rows)
            self.rows[one.token] = [one.node, one.state]
        # What the store would give back, exactly.
        self.data = json.loads(json.dumps(step.data))
        assert self.data == step.data
        self._check_against(step)
        self.step = step
        return step

    def _check_against(self, step: Step) -> None:
        """What was told move by move must be what the state holds."""
        held = open_tokens(self.compiled, step.state, self.around)
        active = {token for token, (_, state) in self.rows.items() if state == "active"}
        assert active == {one.token for one in held if one.token in self.rows}
        assert set(self.open) <= active
        assert set(self.jobs) <= active


@pytest.fixture
def around() -> Surroundings:
    return Surroundings(default_calendar("Asia/Jakarta"), Library())


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def begin() -> Callable[..., Case]:
    def begin(name: str, **data: object) -> Case:
        return Case(compile_definition((PROCESSES / f"{name}.bpmn").read_bytes()), data)

    return begin


@pytest.fixture
def drawn() -> Callable[..., Case]:
    """A case of a process given by the content of its XML, without the frame around it."""

    def drawn(
        content: str,
        /,
        *,
        shared: str = "",
        library: Library | None = None,
        files: dict[str, str] | None = None,
        **data: object,
    ) -> Case:
        return Case(compile_definition(framed(content, shared), files or {}), data, library)

    return drawn


def framed(content: str, shared: str = "", key: str = "p") -> bytes:
    process = f'<process id="{key}" isExecutable="true">{content}</process>'
    return f"{HEADER}{shared}{process}</definitions>".encode()
