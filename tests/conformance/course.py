"""A case of the corpus on its course; test_conformance.py says how courses are written."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from engine import spiff
from engine.spiff import Compiled, OpenToken, Step, Surroundings, compile_definition
from workflows.workdays import default_calendar

FOLDER = Path(__file__).parent
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 08:00 in Jakarta
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def compiled(file: Path) -> Compiled:
    tables = {one.name: one.read_text("utf-8") for one in FOLDER.glob(f"{file.stem}.dmn")}
    return compile_definition(file.read_bytes(), tables)


class Corpus:
    """The processes of this folder, by key and by digest."""

    def __init__(self) -> None:
        found = [compiled(file) for file in sorted(FOLDER.glob("*.bpmn"))]
        self.by_key = {one.key: one for one in found}
        self.by_digest = {one.digest: one for one in found}

    def in_force(self, key: str, day: date) -> Compiled | None:
        return self.by_key.get(key)

    def pinned(self, digest: str) -> Compiled:
        return self.by_digest[digest]


class Course:
    """One case; between two acts only bytes and JSON are kept, as in the store."""

    def __init__(self, compiled: Compiled, corpus: Corpus) -> None:
        self.compiled = compiled
        self.around = Surroundings(default_calendar("Asia/Jakarta"), corpus)
        self.now = BEGIN
        self.step: Step | None = None
        self.data: dict[str, Any] = {}
        self.open: dict[str, tuple[str, dict[str, Any]]] = {}
        self.jobs: dict[str, str] = {}
        self.trace: dict[str, list[str]] = {}

    def do(self, act: dict[str, Any]) -> None:
        self.now += duration(act.get("passed", ""))
        step, done = getattr(self, f"do_{act['act']}")(act)
        self.open.pop(done, None)
        self.jobs.pop(done, None)
        self._take(step)

    def do_start(self, act: dict[str, Any]) -> tuple[Step, str]:
        node, payload = act.get("node"), act.get("payload", {})
        data = act.get("data", {})
        started = spiff.start(
            self.compiled, data, self.now, self.around, node=node, payload=payload
        )
        return started, ""

    def do_complete(self, act: dict[str, Any]) -> tuple[Step, str]:
        token = nth(act, [key for key, item in self.open.items() if item[0] == act["node"]])
        return self._after(spiff.complete, token, act.get("answers", {})), token

    def do_tick(self, act: dict[str, Any]) -> tuple[Step, str]:
        return self._after(spiff.fire_timers), ""

    def do_send(self, act: dict[str, Any]) -> tuple[Step, str]:
        assert self.step is not None
        tokens = [one.token for one in self.step.subscriptions if one.name == act["name"]]
        return self._after(spiff.deliver, tokens, act.get("payload", {})), ""

    def do_correct(self, act: dict[str, Any]) -> tuple[Step, str]:
        self.data |= act["data"]
        return self._after(spiff.correct), ""

    def do_retry(self, act: dict[str, Any]) -> tuple[Step, str]:
        self.data |= act.get("data", {})
        return self._after(spiff.retry), ""

    def do_cancel(self, act: dict[str, Any]) -> tuple[Step, str]:
        return self._after(spiff.cancel), ""

    def do_finish_job(self, act: dict[str, Any]) -> tuple[Step, str]:
        token = self._job(act)
        return self._after(spiff.finish_job, token, act.get("result")), token

    def do_fail_job(self, act: dict[str, Any]) -> tuple[Step, str]:
        token = self._job(act)
        return self._after(spiff.fail_job, token, "tidak dijawab"), token

    def do_throw_error(self, act: dict[str, Any]) -> tuple[Step, str]:
        token = self._job(act)
        return self._after(spiff.throw_error, token, act["code"], "gagal"), token

    def do_skip(self, act: dict[str, Any]) -> tuple[Step, str]:
        return self._after(spiff.skip, self._active(act)), ""

    def do_move(self, act: dict[str, Any]) -> tuple[Step, str]:
        return self._after(spiff.move, self._active(act), act["to"]), ""

    def _after(self, move: Callable[..., Step], *given: Any) -> Step:
        assert self.step is not None
        return move(self.compiled, self.step.state, self.data, *given, self.now, self.around)

    def _job(self, act: dict[str, Any]) -> str:
        return nth(act, [token for token, node in self.jobs.items() if node == act["node"]])

    def _active(self, act: dict[str, Any]) -> str:
        return nth(act, [one.token for one in self.held() if one.node == act["node"]])

    def held(self) -> tuple[OpenToken, ...]:
        assert self.step is not None
        return spiff.open_tokens(self.compiled, self.step.state, self.around)

    def _take(self, step: Step) -> None:
        for token in step.closed:
            assert self.open.pop(token, None) or self.jobs.pop(token, None)
        self.open |= {one.token: (one.node, one.variables) for one in step.opened}
        self.jobs |= {one.token: one.node for one in step.jobs}
        for one in step.activations:
            assert one.is_new == (one.token not in self.trace)
            assert one.is_new or self.trace[one.token][1] == "active"
            self.trace[one.token] = [one.node, one.state]
        self.data = json.loads(json.dumps(step.data))
        self.step = step
        active = [token for token, (_, state) in self.trace.items() if state == "active"]
        assert set(active) == {one.token for one in self.held() if one.token in self.trace}
        assert {*self.open, *self.jobs} <= set(active)

    def seen(self) -> dict[str, list[str]]:
        step = self.step
        assert step is not None
        found = {
            "open": [node for node, _ in self.open.values()],
            "timers": [f"{one.node}+{written(one.due_at - BEGIN)}" for one in step.timers],
            "subscriptions": [f"{one.name}@{one.node}" for one in step.subscriptions],
            "jobs": list(self.jobs.values()),
            "incidents": [f"{one.node} {one.reason}" for one in step.incidents],
            "thrown": [f"{one.kind} {one.name}" for one in step.thrown],
        }
        return in_order(found)

    def details(self) -> dict[str, Any]:
        assert self.step is not None
        return {
            "data": self.data,
            "variables": [variables for _, variables in self.open.values()],
            "keys": [one.keys for one in self.step.subscriptions],
            "payloads": [one.payload for one in self.step.thrown],
        }


def nth(act: dict[str, Any], found: list[str]) -> str:
    number: int = act.get("nth", 0)
    return found[number]


def in_order(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in found.items() if values}


def duration(text: str) -> timedelta:
    return timedelta(
        **{UNITS[unit]: int(number) for number, unit in re.findall(r"(\d+)(\w)", text)}
    )


def written(passed: timedelta) -> str:
    hours, rest = divmod(passed.seconds, 3600)
    amounts = (passed.days, "d"), (hours, "h"), (rest // 60, "m"), (rest % 60, "s")
    return "".join(f"{amount}{unit}" for amount, unit in amounts if amount) or "0s"
