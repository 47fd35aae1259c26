"""The judge is asked while somebody draws, so its time may grow little faster than the drawing."""

from time import perf_counter

from tests.workflows.lint.drawings import CHOICE, drawing, flow, step
from workflows.lint import lint
from workflows.reader import read_xml

FORMS = {"putusan.form": CHOICE}


def rounds(count: int) -> str:
    """Step and decision, again and again: back to the step, or on to the next one."""
    parts, last = [], "awal"
    for number in range(count):
        at, ask = f"langkah{number}", f"tanya{number}"
        due = {"acuan": "rapat"} if number % 3 == 0 else {}
        waktu = "2 hari kerja sebelum rapat" if due else "30 menit"
        parts += [
            step(at, waktu, formulir="putusan.form", **due),
            f'<bpmn:exclusiveGateway id="{ask}" name="Ya?" default="{ask}_{at}"/>',
            flow(last, at, 'putusan == "setuju"' if number else "") + flow(at, ask) + flow(ask, at),
        ]
        last = ask
    return drawing(*parts, flow(last, "akhir", 'lain == "x"'), outside="rapat")


def seconds(*counts: int) -> list[float]:
    """The least time for each of these drawings, measured in turn."""
    roots = [read_xml(rounds(count).encode()) for count in counts]
    times: list[list[float]] = [[] for _ in roots]
    for _ in range(9):
        for root, taken in zip(roots, times, strict=True):
            begun = perf_counter()
            found = lint(root, FORMS)
            taken.append(perf_counter() - begun)
            assert [one.rule for one in found] == ["variable_given"]
    return [min(taken) for taken in times]


def test_five_times_the_drawing_takes_no_more_than_twenty_times_as_long() -> None:
    small, large = seconds(12, 60)  # about 60 and 300 elements
    assert large < 20 * small, (small, large)


def test_a_hostile_number_of_conditions_is_judged_soon() -> None:
    root = read_xml(rounds(1_600).encode())
    begun = perf_counter()
    lint(root, FORMS)
    assert perf_counter() - begun < 10
