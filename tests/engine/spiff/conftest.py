"""A case driven through the seam as the use cases do it: between two moves only bytes and JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.spiff import (
    Compiled,
    Opened,
    Step,
    compile_definition,
    complete,
    fire_timers,
    open_tokens,
    retry,
    start,
)

PROCESSES = Path(__file__).parent / "processes"
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Case:
    def __init__(self, compiled: Compiled, data: dict[str, object]) -> None:
        self.compiled = compiled
        self.now = BEGIN
        self.open: dict[str, Opened] = {}
        self.data: dict[str, object] = {}
        self.step = self._take(start(compiled, data, self.now))

    def complete(self, node: str, which: int = 0, /, **answers: object) -> Step:
        return self.complete_token(self.tokens(node)[which], answers)

    def complete_token(self, token: str, answers: dict[str, object]) -> Step:
        step = complete(self.compiled, self.step.state, self.data, token, answers, self.now)
        del self.open[token]
        return self._take(step)

    def tick(self, **passed: float) -> Step:
        self.now += timedelta(**passed)
        return self._take(fire_timers(self.compiled, self.step.state, self.data, self.now))

    def retry(self, **corrected: object) -> Step:
        data = self.data | corrected
        return self._take(retry(self.compiled, self.step.state, data, self.now))

    def tokens(self, node: str) -> list[str]:
        return [token for token, item in self.open.items() if item.node == node]

    @property
    def nodes(self) -> list[str]:
        return [item.node for item in self.open.values()]

    @property
    def variables(self) -> list[dict[str, object]]:
        return [item.variables for item in self.open.values()]

    def _take(self, step: Step) -> Step:
        self.open |= {item.token: item for item in step.opened}
        for token in step.closed:
            del self.open[token]
        # What the store would give back, exactly.
        self.data = json.loads(json.dumps(step.data))
        assert self.data == step.data
        held = open_tokens(self.compiled, step.state)
        assert held == {token: item.node for token, item in self.open.items()}
        self.step = step
        return step


@pytest.fixture
def begin() -> Callable[..., Case]:
    def begin(name: str, **data: object) -> Case:
        return Case(compile_definition((PROCESSES / f"{name}.bpmn").read_bytes()), data)

    return begin
