"""What a picture is drawn from: the elements, where they stand, and which are marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from workflows.bpmn_xml import BPMN, local_name
from workflows.layout import Box, Plan, lay_out
from workflows.layout.scopes import text_of
from workflows.picture.di import read_plan


@dataclass(frozen=True)
class Marks:
    """Ids of nodes; `here`: the one that it is about, else the only active one. `callout`, in the
    reader's language, points at it and says that it is active; "" where nothing points. `added`,
    `removed`, `changed`: of nodes and flows, where two versions are compared."""

    done: frozenset[str] = frozenset()
    active: frozenset[str] = frozenset()
    here: str = ""
    callout: str = ""
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """`size`: of the letters in a task; `window`: the part that is shown, None for everything."""

    elements: Mapping[str, etree._Element]
    plan: Plan
    marks: Marks
    size: float
    window: Box | None = None

    def tag(self, name: str) -> str:
        return local_name(self.elements[name])

    def text(self, name: str) -> str:
        return text_of(self.elements[name])

    def state(self, name: str) -> str:
        """The name of the first of the marks that it has, or ""."""
        marks = self.marks
        states = {
            "active": marks.active,
            "added": marks.added,
            "removed": marks.removed,
            "changed": marks.changed,
            "done": marks.done,
        }
        return next((state for state, names in states.items() if name in names), "")


def set_scene(root: etree._Element, marks: Marks, size: float) -> Scene:
    """The scene of the file's own diagram; laid out where that is missing or not whole."""
    plan = read_plan(root) or lay_out(root)
    elements = {str(one.get("id")): one for one in root.iter(f"{BPMN}*") if one.get("id")}
    pointed = {marks.here} if marks.callout else set()
    active = _visible(marks.active | pointed, elements, plan)
    here = next(iter(_visible([marks.here], elements, plan)), "")
    if not here and len(active) == 1:
        here = next(iter(active))
    done = _visible(marks.done, elements, plan) - active
    return Scene(elements, plan, replace(marks, done=done, active=active, here=here), size)


def _visible(
    names: Iterable[str], elements: Mapping[str, etree._Element], plan: Plan
) -> frozenset[str]:
    """What stands in a closed sub-process is shown by the sub-process."""
    found = set()
    for name in names:
        element = elements.get(name)
        while element is not None and element.get("id") not in plan.shapes:
            element = element.getparent()
        if element is not None and local_name(element) != "process":
            found.add(str(element.get("id")))
    return frozenset(found)


def bounds_of(scene: Scene) -> Box:
    """What everything takes, names included."""
    boxes = [shape.box for shape in scene.plan.shapes.values()]
    boxes += [one.label for one in scene.plan.shapes.values() if one.label]
    for edge in scene.plan.edges.values():
        boxes += [Box(x, y, 0, 0) for x, y in edge.points]
        boxes += [edge.label] if edge.label else []
    if not boxes:
        return Box(0, 0, 200, 100)
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)
