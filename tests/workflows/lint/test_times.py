"""Deadlines against each other and against the timeline, where that is certain."""

import pytest

from tests.workflows.lint.drawings import chain, drawing, found, step

RULE = "deadline_fits"
ROAD = ("awal", "satu", "dua", "tiga", "akhir")
DATE = {"rapat.form": '{"components": [{"type": "datetime", "key": "rapat"}]}'}


def times(first: str, then: str, last: str, total: str = "") -> str:
    """Three steps in a row; what is reckoned from an event has the acuan "rapat"."""
    written = dict(zip(ROAD[1:4], (first, then, last), strict=True))
    steps = (
        step(name, waktu, **({"acuan": "rapat"} if "rapat" in waktu else {}))
        for name, waktu in written.items()
    )
    return drawing(*steps, chain(*ROAD), total=total)


@pytest.mark.parametrize(
    ("first", "then", "last", "element"),
    [
        ("2 hari kerja sebelum rapat", "1 jam", "5 hari kerja sebelum rapat", "tiga"),
        ("3 hari kerja setelah rapat", "1 jam", "1 hari kerja setelah rapat", "tiga"),
        ("2 hari kalender setelah rapat", "1 jam", "3 hari kerja sebelum rapat", "tiga"),
        ("3 hari kerja sebelum rapat", "5 hari kerja", "1 hari kerja sebelum rapat", "tiga"),
        ("1 minggu sebelum rapat", "10 hari kalender", "1 hari kerja setelah rapat", ""),
        ("40 hari kerja dalam Maret", "1 jam", "1 jam", "satu"),
        ("5 hari kerja sebelum rapat", "1 hari kerja", "2 hari kerja sebelum rapat", ""),
        ("20 hari kerja dalam Maret", "1 jam", "1 jam", ""),
        ("3 hari kerja sebelum rapat", "1 jam", "4 hari kalender sebelum rapat", ""),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_step(
    first: str, then: str, last: str, element: str
) -> None:
    findings = found(times(first, then, last), RULE)
    assert [(one.element, one.severity) for one in findings] == (
        [(element, "warning")] if element else []
    )


@pytest.mark.parametrize(
    ("steps", "total", "element"),
    [
        (("1 jam", "5 hari kerja", "1 jam"), "3 hari kerja", "dua"),
        (("1 jam", "2 hari kerja", "2 hari kerja"), "3 hari kerja", "contoh"),
        (("1 jam", "1 hari kerja", "1 hari kerja"), "3 hari kerja", ""),
        (("1 jam", "1 hari kerja", "1 hari kerja"), "1 minggu", ""),
        (("1 jam", "2 hari kerja", "1 jam"), "120 menit", "dua"),
    ],
)
def test_the_whole_is_not_shorter_than_its_parts(
    steps: tuple[str, str, str], total: str, element: str
) -> None:
    assert [one.element for one in found(times(*steps, total=total), RULE)] == [element] * bool(
        element
    )


def test_a_timer_does_not_break_a_step_off_before_it_is_due() -> None:
    timer = (
        '<bpmn:boundaryEvent id="batas" name="Lewat" attachedToRef="satu"{}>'
        '<bpmn:timerEventDefinition id="t" sop:waktu="2 hari kerja"/></bpmn:boundaryEvent>'
    )
    rest = chain("awal", "satu", "akhir") + chain("batas", "akhir")
    for more, elements in (("", ["batas"]), (' cancelActivity="false"', [])):
        xml = drawing(step("satu", "5 hari kerja"), timer.format(more), rest)
        assert [one.element for one in found(xml, RULE)] == elements


def test_an_acuan_is_a_date() -> None:
    anchored = step("dua", "H-3 rapat", acuan="rapat")
    way = chain("awal", "satu", "dua", "akhir")
    xml = drawing(step("satu", formulir="rapat.form"), anchored, way)
    assert found(xml, RULE, DATE) == []
    text = {"rapat.form": '{"components": [{"type": "textfield", "key": "rapat"}]}'}
    (one,) = found(xml, RULE, text)
    assert one.element == "dua" and "bukan isian tanggal" in one.message
