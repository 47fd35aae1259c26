"""What is forgotten between two moves is never missed: the engine that keeps everything in memory
and the one that stores what is open do the same, over random processes, all processes of the
conformance corpus, those of these tests and the shipped ones.

`ALUR_WALKS=20` walks twenty times as far; `ALUR_SEED` repeats a run.
"""

import os
import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from engine.spiff import Compiled, compile_definition
from tests.engine.spiff.drawings import Drawing
from tests.engine.spiff.walks import Shelf, Walk

ROOT = Path(__file__).parents[3]
FOLDERS = ("tests/conformance", "tests/engine/spiff/processes", "bpmn")
MORE = int(os.environ.get("ALUR_WALKS", "1"))
SEED = int(os.environ.get("ALUR_SEED") or random.randrange(2**32))
NAMES = ("pagu", "n", "putaran", "skor", "setuju", "ulang", "lagi", "nilai", "keputusan", "hasil")
VALUES: tuple[object, ...] = (True, False, 0, 1, 2, 3, "setuju", "kembalikan", [1, 2], [], None)

Choose = Callable[[int], int]
walks = settings(
    max_examples=300 * MORE,
    deadline=None,
    database=None,
    derandomize=False,
    print_blob=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def shown_seed(request: pytest.FixtureRequest) -> None:
    request.node.add_report_section("call", "seed", f"ALUR_SEED={SEED}")


@pytest.fixture(autouse=True)
def short_runaways(monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps everything takes long over thousands of steps."""
    monkeypatch.setattr(import_module("engine.spiff.move"), "MAX_STEPS", 500)


def data_of(choose: Choose) -> dict[str, object]:
    numbers = list(range(choose(3)))
    return {"b0": choose(2) == 1, "b1": choose(2) == 1, "n0": choose(4), "daftar": numbers}


@seed(SEED)
@walks
@given(st.data())
def test_random_processes(data: st.DataObject) -> None:
    def choose(count: int) -> int:
        return data.draw(st.integers(0, count - 1))

    called = Drawing(choose, 4).process("anak")
    drawn = Drawing(choose, 16, calls="anak").process("p")
    note(lines(drawn))
    note(lines(called))
    compiled = compile_definition(drawn)
    walk = Walk(compiled, Shelf([compile_definition(called)]), data_of(choose), choose)
    walk.twin = compile_definition(drawn + b"<!-- twin -->")
    try:
        walk.go(25)
    finally:
        note("\n".join(walk.log))


@pytest.mark.parametrize("number", range(120 * MORE))
def test_larger_random_processes(number: int) -> None:
    """Further than Hypothesis goes; `number` and the seed say which."""
    choose = chooser(number)
    called = Drawing(choose, 8).process("anak")
    drawn = Drawing(choose, 45, calls="anak").process("p")
    shelf = Shelf([compile_definition(called)])
    walk = Walk(compile_definition(drawn), shelf, data_of(choose), choose)
    walk.twin = compile_definition(drawn + b"<!-- twin -->")
    show_if_it_fails(walk, 30, lines(drawn), lines(called))


def corpus() -> list[Path]:
    return [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.bpmn"))]


def compiled(file: Path) -> Compiled:
    tables = {one.name: one.read_text("utf-8") for one in file.parent.glob(f"{file.stem}.dmn")}
    return compile_definition(file.read_bytes(), tables)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf([compiled(file) for file in corpus()])


@pytest.mark.parametrize("file", corpus(), ids=lambda file: file.stem)
def test_the_processes_of_the_corpus(file: Path, shelf: Shelf) -> None:
    for number in range(2 * MORE):
        choose = chooser(file.stem, number)
        data = data_of(choose)
        if number % 2:  # what these processes decide by
            data |= {name: VALUES[choose(len(VALUES))] for name in NAMES}
        walk = Walk(compiled(file), shelf, data, choose)
        walk.values = [(name, value) for name in NAMES for value in VALUES]
        show_if_it_fails(walk, 20, file.name, str(number))


@pytest.mark.parametrize("number", range(40 * MORE))
def test_the_state_does_not_grow_with_the_rounds(number: int) -> None:
    """Whenever a case is back at the beginning of its loop its state holds that one token."""
    choose = chooser("putaran", number)
    drawn = Drawing(choose, 14, undoes=False).looped("p")
    walk = Walk(compile_definition(drawn), Shelf([]), data_of(choose), choose)
    sizes: list[int] = []

    def look(walk: Walk) -> None:
        if walk.step.tokens == ("awal",) and len(walk.work) == 1:
            sizes.append(len(walk.step.state))

    walk.look = look
    show_if_it_fails(walk, 60, lines(drawn))
    assert max(sizes, default=0) < 200  # one token


def lines(drawn: bytes) -> str:
    return drawn.decode().replace("><", ">\n<")


def chooser(*what: object) -> Choose:
    chance = random.Random(f"{SEED} {what}")
    return lambda count: chance.randrange(count)


def show_if_it_fails(walk: Walk, moves: int, *shown: Any) -> None:
    try:
        walk.go(moves)
    except BaseException as error:
        error.add_note("\n".join([*map(str, shown), *walk.log]))
        raise
