"""What the pages of the judge's rules say, from the data beside the rules: one TOML file a rule,
and a wrong and a right example as BPMN files."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

from lxml import etree

from workflows.drawing import read_drawing
from workflows.lint import EXECUTABLE, RULES, Finding, Surroundings, asked_seats, lint
from workflows.reader import read_xml

NAMES: Final = (*RULES, EXECUTABLE)
WRONG, RIGHT = "salah", "benar"
INDONESIAN = "id"
_AGENCY: Final = ("Dinas Contoh",)  # the only one, where an example speaks of the organisation


@dataclass(frozen=True)
class Example:
    """`files`: what lies beside the drawing; `findings`: what the judge says of it."""

    caption: str
    xml: str
    files: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class RulePage:
    """`element`: where the wrong example is at fault, `around` the node there, where the flow
    begins or in the lane; `said`: what is found there and in others."""

    rule: str
    group: str
    title: str
    wants: str
    why: str
    repair: tuple[str, ...]
    element: str
    around: str
    severity: str
    said: tuple[str, ...]
    wrong: Example
    right: Example


@cache
def rule_page(rule: str, language: str = INDONESIAN) -> RulePage | None:
    """None for a name that is no rule. What the judge says is always made in Indonesian, and said
    in other languages where it is shown."""
    if rule not in NAMES:
        return None
    written = tomllib.loads(read_part(f"{rule}.toml"))
    if language != INDONESIAN:
        written |= written[language]
    wrong, right = (_example(rule, written, side) for side in (WRONG, RIGHT))
    said = [one.message for one in wrong.findings] or [str(written["temuan"])]
    return RulePage(
        rule=rule,
        group=written["kelompok"],
        title=written["judul"],
        wants=written["meminta"],
        why=written["alasan"],
        repair=tuple(written["perbaikan"]),
        element=written["elemen"],
        around=_node_at(wrong.xml, written["elemen"]),
        severity=wrong.findings[0].severity if wrong.findings else "error",
        said=tuple(dict.fromkeys(said)),
        wrong=wrong,
        right=right,
    )


@cache
def groups(language: str = INDONESIAN) -> Mapping[str, tuple[RulePage, ...]]:
    """Name of the group -> its rules, both in the order of the judge."""
    found: dict[str, tuple[RulePage, ...]] = {}
    for rule in NAMES:
        if page := rule_page(rule, language):
            found[page.group] = (*found.get(page.group, ()), page)
    return found


def _example(rule: str, written: Mapping[str, Any], side: str) -> Example:
    xml = read_part(f"{rule}.{side}.bpmn")
    beside = {name: text.strip() for name, text in written.get("berkas", {}).get(side, {}).items()}
    root = read_xml(xml.encode())
    around = _surroundings(root, **written.get("organisasi", {}))
    return Example(written[side], xml, beside, lint(root, beside, around))


def _node_at(xml: str, element: str) -> str:
    drawing = read_drawing(read_xml(xml.encode()))
    steps = (one.node.id for one in drawing.steps if one.node.lane == element)
    flows = (one.source for one in drawing.flows if one.id == element)
    return next(chain(flows, steps), element)


def _surroundings(
    root: etree._Element, kosong: Collection[str] = (), tunggal: Collection[str] = ()
) -> Surroundings:
    """An agency in which nobody holds some roles, and one person alone some others."""
    asked = asked_seats(read_drawing(root))
    single = {seat: _AGENCY for seat in asked if seat.role in tunggal}
    vacant = {seat: _AGENCY for seat in asked if seat.role in kosong}
    return Surroundings(vacant, single, frozenset(single))


def read_part(name: str) -> str:
    """One of the files."""
    return (files("workflows.lint") / "pages" / name).read_text("utf-8")
