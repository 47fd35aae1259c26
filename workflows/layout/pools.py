"""A whole file: pools one below the other, in each the lanes in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, find_process
from workflows.errors import InvalidSopError
from workflows.layout.place import place_scope
from workflows.layout.plan import Box, Edge, Plan, Shape
from workflows.layout.scopes import Scope, links_of, read_scope
from workflows.layout.straight import join_boxes

MAX_SHAPES: Final = 1_500
HEADER: Final = 30.0  # the strip with the name of a pool or lane
_APART: Final = 50.0
_SHUT: Final = 60.0  # height of a pool that shows nothing
_LEAST: Final = 400.0


@dataclass(frozen=True)
class Lane:
    """`depth`: how many lanes are around it; `first`, `last`: its bands."""

    id: str
    depth: int
    first: int
    last: int


@dataclass(frozen=True)
class Bands:
    """The lanes of a process, outer ones first; `count` bands, of which nodes have theirs."""

    lanes: tuple[Lane, ...]
    node: Mapping[str, int]
    count: int
    depth: int


@dataclass(frozen=True)
class Pool:
    """A process with its frames, from (0, 0) on; `frames`: its lanes."""

    plan: Plan
    w: float
    h: float
    frames: tuple[str, ...]


def lay_out(root: etree._Element) -> Plan:
    """Where everything stands in a file without a diagram; `root` comes from `read_xml`.

    Raises InvalidSopError: no_process, several_processes, invalid_id, picture_too_large.
    """
    process = find_process(root)
    pools = [*_pools(root, process)]
    plan = _stack(pools) if pools else _place_process(process, None).plan
    return Plan(plan.shapes, {**plan.edges, **_loose(root, plan)})


def _pools(root: etree._Element, process: etree._Element) -> Iterator[tuple[str, Pool | None]]:
    """(participant, its process); that of a partner, and a second one of ours, stays shut."""
    waiting: etree._Element | None = process
    for one in root.iterfind(f"{BPMN}collaboration/{BPMN}participant[@id]"):
        ours = waiting is not None and one.get("processRef") == process.get("id")
        partner = None if ours else _process(root, one.get("processRef"), process)
        shown = process if ours else partner
        waiting = None if ours else waiting
        name = str(one.get("id"))
        yield name, None if shown is None else _place_process(shown, name)


def _process(root: etree._Element, name: str | None, ours: etree._Element) -> etree._Element | None:
    for one in root.iterfind(f"{BPMN}process"):
        if name and one is not ours and one.get("id") == name and read_scope(one).items:
            return one
    return None


def _stack(pools: list[tuple[str, Pool | None]]) -> Plan:
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    wide = max([_LEAST, *(placed.w for _, placed in pools if placed)])
    y = 0.0
    for name, placed in pools:
        if placed is None:
            shapes[name] = Shape(Box(0, y, wide, _SHUT))
        else:
            moved = placed.plan.moved(0, y)
            shapes.update(moved.shapes)
            edges.update(moved.edges)
            for frame in (name, *placed.frames):
                box = shapes[frame].box
                shapes[frame] = Shape(Box(box.x, box.y, wide - box.x, box.h))
        y += (placed.h if placed else _SHUT) + _APART
    return Plan(shapes, edges)


def _place_process(process: etree._Element, pool: str | None) -> Pool:
    """The process with its lanes, and its pool if it has one."""
    scope = read_scope(process)
    _refuse_crowds(scope)
    bands = read_bands(process)
    placed = place_scope(scope, bands.node, bands.count)
    frame = HEADER if pool else 0.0
    left = frame + bands.depth * HEADER
    w = left + max(placed.w, _LEAST if pool else 0.0)
    frames = [lane.id for lane in bands.lanes]
    shapes: dict[str, Shape] = {}
    if pool:
        shapes[pool] = Shape(Box(0, 0, w, placed.h))
    for lane in bands.lanes:
        top = placed.bands[lane.first][0]
        bottom = sum(placed.bands[lane.last])
        x = frame + lane.depth * HEADER
        shapes[lane.id] = Shape(Box(x, top, w - x, bottom - top))
    plan = placed.plan.moved(left, 0)
    return Pool(Plan(shapes | dict(plan.shapes), plan.edges), w, placed.h, tuple(frames))


def _refuse_crowds(scope: Scope) -> None:
    pending, count = [scope], 0
    for one in pending:  # grows while it is walked
        count += len(one.items) + len(one.links)
        pending += [item.inner for item in one.items if item.inner]
    if count > MAX_SHAPES:
        raise InvalidSopError("picture_too_large", size=count, limit=MAX_SHAPES)


def read_bands(process: etree._Element) -> Bands:
    """A lane without lanes inside is a band; one that has both nodes and lanes begins with a band
    of its own. Nodes that no lane names, where there are lanes, have a band below all."""
    lanes: list[Lane] = []
    node: dict[str, int] = {}
    count = 0
    for lane_set in process.findall(f"{BPMN}laneSet"):
        for lane in lane_set.findall(f"{BPMN}lane[@id]"):
            count = _read_lane(lane, 0, count, lanes, node)
    inside = {str(one.get("id")) for one in process.iterchildren(etree.Element) if one.get("id")}
    named = {name: band for name, band in node.items() if name in inside}
    items = [item for item in read_scope(process).items if item.host is None]
    if any(item.id not in named for item in items) or not count:
        named = {item.id: named.get(item.id, count) for item in items}
        count += 1
    depth = max((lane.depth + 1 for lane in lanes), default=0)
    return Bands(tuple(lanes), named, count, depth)


def _read_lane(
    lane: etree._Element, depth: int, count: int, lanes: list[Lane], node: dict[str, int]
) -> int:
    first, place = count, len(lanes)
    children = lane.findall(f"{BPMN}childLaneSet/{BPMN}lane[@id]")
    names = [" ".join((one.text or "").split()) for one in lane.findall(f"{BPMN}flowNodeRef")]
    deeper = {
        " ".join((one.text or "").split())
        for child in children
        for one in child.iter(f"{BPMN}flowNodeRef")
    }
    own = [name for name in names if name not in deeper]
    if own or not children:
        node.update(dict.fromkeys(own, count))
        count += 1
    for child in children:
        count = _read_lane(child, depth + 1, count, lanes, node)
    lanes.insert(place, Lane(str(lane.get("id")), depth, first, count - 1))
    return count


def _loose(root: etree._Element, plan: Plan) -> dict[str, Edge]:
    """Links between what stands in different pools or scopes: drawn the short way."""
    found: dict[str, Edge] = {}
    for owner in root.iter(f"{BPMN}collaboration", f"{BPMN}process", f"{BPMN}subProcess"):
        for link in links_of(owner):
            ends = plan.shapes.get(link.source), plan.shapes.get(link.target)
            if link.id not in plan.edges and ends[0] and ends[1]:
                found[link.id] = Edge(join_boxes(ends[0].box, ends[1].box))
    return found
