"""States that an earlier version stored are loaded by this one, and the case goes on from there.

`states/<version of the format>` holds one file a state: what was open when it was written.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.spiff import (
    Surroundings,
    compile_definition,
    complete,
    finish_job,
    fire_timers,
    open_tokens,
)
from engine.spiff.codec import VERSION

ROOT = Path(__file__).parents[3]
STATES = Path(__file__).parent / "states"
SAVED = sorted(STATES.glob("v*/*.json"))


@pytest.mark.parametrize("file", SAVED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_nothing_of_a_stored_case_is_lost(file: Path, around: Surroundings) -> None:
    saved = json.loads(file.read_text())
    compiled = compile_definition((ROOT / saved["process"]).read_bytes())
    state, now = saved["state"].encode(), datetime.fromisoformat(saved["now"])
    step = fire_timers(compiled, state, saved["data"], now, around)
    timers = [[one.token, one.node, one.due_at.isoformat()] for one in step.timers]
    assert timers == saved["timers"]
    incidents = [[one.token, one.node, one.reason] for one in step.incidents]
    assert sorted(incidents) == sorted(saved["incidents"])
    assert set(step.tokens) == set(saved["tokens"])
    waits = [[one.token, one.name, one.keys] for one in step.subscriptions]
    assert waits == saved.get("subscriptions", [])
    assert (step.opened, step.closed) == ((), ())
    held = {one.token: one.node for one in open_tokens(compiled, state, around)}
    assert saved["items"].items() <= held.items()
    assert saved.get("jobs", {}).items() <= held.items()


@pytest.mark.parametrize("file", SAVED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_stored_case_comes_to_its_end(file: Path, around: Surroundings) -> None:
    saved = json.loads(file.read_text())
    compiled = compile_definition((ROOT / saved["process"]).read_bytes())
    state, data = saved["state"].encode(), saved["data"] | {"setuju": True, "pagu": 5}
    now = datetime(2026, 12, 1, tzinfo=UTC)
    items = dict(saved["items"])
    step = fire_timers(compiled, state, data, now, around)
    answers = {
        "keputusan": "tanda_tangan",
        "setuju": True,
        "tolak": False,
        "pagu": 5,
        "cukup": True,
    }
    for _ in range(40):
        for token in step.closed:
            del items[token]
        items |= {one.token: one.node for one in step.opened}
        if not items:
            break
        token = next(iter(items))
        del items[token]
        step = complete(compiled, step.state, step.data, token, answers, now, around)
    stuck = {one[1] for one in saved["incidents"]}
    for job in saved.get("jobs", {}):
        step = finish_job(compiled, step.state, step.data, job, {}, now, around)
        stuck = {one.node for one in step.incidents}
    assert step.finished or step.opened or {one.node for one in step.incidents} == stuck


def test_every_format_is_kept() -> None:
    kept = {int(file.parent.name.removeprefix("v")) for file in SAVED}
    assert kept == set(range(1, VERSION + 1))
