"""What holds for the layout of any process. A failure prints the seed that repeats it."""

from __future__ import annotations

import os
import time
from itertools import combinations, pairwise
from random import Random

import pytest
from lxml import etree

from tests.workflows.layout.random_process import random_process
from workflows.bpmn_xml import BPMN, read_xml
from workflows.layout import Box, Plan, lay_out

SEED = int(os.environ.get("LAYOUT_SEED", str(time.time_ns() % 10**9)))
FRAMES = {f"{BPMN}lane", f"{BPMN}participant"}
NEAR = 0.01


def laid_out(number: int) -> tuple[etree._Element, Plan]:
    print(f"LAYOUT_SEED={SEED + number}")  # noqa: T201  # shown when the test fails
    random = Random(SEED + number)
    root = read_xml(random_process(random, random.randrange(1, 26)))
    return root, lay_out(root)


def on_border(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    across = box.x - NEAR <= x <= box.right + NEAR and box.y - NEAR <= y <= box.bottom + NEAR
    inside = box.x + NEAR < x < box.right - NEAR and box.y + NEAR < y < box.bottom - NEAR
    return across and not inside


def siblings(root: etree._Element, plan: Plan) -> dict[str, list[str]]:
    """Nodes by the scope that holds them, boundary events apart from their activities."""
    found: dict[str, list[str]] = {}
    for name in plan.shapes:
        element = root.find(f".//*[@id='{name}']")
        assert element is not None
        parent = element.getparent()
        if element.tag not in FRAMES and parent is not None:
            key = str(parent.get("id")) + ("/b" if element.get("attachedToRef") else "")
            found.setdefault(key, []).append(name)
    return found


@pytest.mark.parametrize("number", range(60))
def test_nothing_overlaps_and_every_line_begins_and_ends_at_a_border(number: int) -> None:
    root, plan = laid_out(number)
    for names in siblings(root, plan).values():
        for one, other in combinations(names, 2):
            assert not plan.shapes[one].box.overlaps(plan.shapes[other].box), (one, other)
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        points = plan.edges[str(flow.get("id"))].points
        for point, end in ((points[0], "sourceRef"), (points[-1], "targetRef")):
            assert on_border(point, plan.shapes[str(flow.get(end))].box), flow.get("id")


@pytest.mark.parametrize("number", range(30))
def test_every_node_lies_in_its_lane_and_in_its_sub_process(number: int) -> None:
    root, plan = laid_out(number)
    for lane in root.iter(f"{BPMN}lane"):
        band = plan.shapes[str(lane.get("id"))].box
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            assert band.holds(plan.shapes[str(reference.text)].box), reference.text
    for scope in root.iter(f"{BPMN}subProcess"):
        outer = plan.shapes[str(scope.get("id"))].box
        for inner in scope.iterchildren():
            if inner.get("id") in plan.shapes:
                assert outer.holds(plan.shapes[str(inner.get("id"))].box), inner.get("id")


@pytest.mark.parametrize("number", range(30))
def test_no_line_runs_behind_a_node_of_its_scope(number: int) -> None:
    root, plan = laid_out(number)
    scopes = siblings(root, plan)
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        parent = flow.getparent()
        assert parent is not None
        for name in scopes.get(str(parent.get("id")), ()):
            box = plan.shapes[name].box
            points = plan.edges[str(flow.get("id"))].points
            for (x, y), (to_x, to_y) in pairwise(points):
                piece = Box(min(x, to_x), min(y, to_y), abs(x - to_x), abs(y - to_y))
                assert not piece.overlaps(box), (flow.get("id"), name)


def test_three_hundred_elements_are_laid_out_at_once() -> None:
    root = read_xml(random_process(Random(1), 130))
    assert len(root.findall(f".//{BPMN}process/*")) >= 300
    begun = time.perf_counter()
    lay_out(root)
    assert time.perf_counter() - begun < 1
