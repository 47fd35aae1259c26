"""Small processes, each with what BPMN 2.0.2 says must happen in it, driven through the seam.

Beside every `<name>.bpmn` stands `<name>.json`: a list of courses that a case of it can take. A
course has a `name`, its `acts`, and what holds after the last one: whether the case is `finished`,
its `data`, and its `trace`. The process key is the name of the file; a call activity finds the
process that it calls among the files here, a decision stands in `<name>.dmn`.

An act says what is done (`act`) and what holds `then`:

    start         data, node (the start event), payload (what a message or signal brought)
    complete      node, answers             finish_job    node, result
    tick                                    fail_job      node
    send          name, payload             throw_error   node, code
    correct       data                      retry         data
    skip          node                      move          node, to
    cancel

`passed` is how much time has gone by before any of them ("1d12h"); `nth` chooses among several open
activations of one node (default 0, the oldest). An act that is `refused` names the code of the
ConflictError and changes nothing.

`then` is the whole of what can be seen, in any order, what is left out is empty: `open` (the work
items), `timers` ("node+1d", due that long after the case began), `subscriptions` ("name@node"),
`jobs`, `incidents` ("node reason"), and `thrown` in this act ("kind name"). Where a course says so
also `data`, `variables` (of the open work items), `keys` (of the subscriptions) and `payloads` (of
what was thrown), these in their order.

`trace` has every activation in the order in which it began: "-" before one that was withdrawn, "~"
before one that is still active. BPMN leaves open which of several parallel tokens moves first; here
they move in turn, in the order of the file. Of the tokens that a join unites one passes, a parallel
join's last or an inclusive join's first, the others are withdrawn. A multi-instance activity or a
loop is listed once for itself and once for each iteration, a compensated sub-process once more.

What is expected was reasoned out from the specification, not read off the engine.
"""

import json
from typing import Any

import pytest

from engine.errors import ConflictError
from tests.conformance.course import FOLDER, Corpus, Course, in_order

MARKS = {"completed": "", "withdrawn": "-", "active": "~"}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus()


def courses() -> list[Any]:
    return [
        pytest.param(file.stem, course, id=f"{file.stem}: {course['name']}")
        for file in sorted(FOLDER.glob("*.json"))
        for course in json.loads(file.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("key", "course"), courses())
def test_course(key: str, course: dict[str, Any], corpus: Corpus) -> None:
    case = Course(corpus.by_key[key], corpus)
    for number, act in enumerate(course["acts"]):
        if "refused" in act:
            before = case.step
            with pytest.raises(ConflictError) as caught:
                case.do(act)
            assert caught.value.code == act["refused"]
            assert case.step is before
            continue
        case.do(act)
        expected = dict(act["then"])
        details = case.details()
        for name in details.keys() & expected.keys():
            assert details[name] == expected.pop(name), (number, act, name)
        assert case.seen() == in_order(expected), (number, act)
        assert case.step is not None
        last = number == len(course["acts"]) - 1
        assert case.step.finished == (last and course["finished"]), (number, act)
    assert case.data == course["data"]
    trace = " ".join(MARKS[state] + node for node, state in case.trace.values())
    assert trace == course.get("trace", trace)  # that of a runaway is too long to write down


def test_every_process_has_its_courses() -> None:
    processes = {file.stem for file in FOLDER.glob("*.bpmn")}
    assert processes == {file.stem for file in FOLDER.glob("*.json")}
    assert len(processes) >= 110
