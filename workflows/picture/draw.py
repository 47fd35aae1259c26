"""The whole picture: frames, then lines, then what the lines join, names last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.layout import Box, Edge, Shape
from workflows.picture.callout import draw_callout, place_callout
from workflows.picture.crop import Crop, find_window
from workflows.picture.edges import arrow_heads, draw_edge, draw_edge_name
from workflows.picture.look import GROUND, style
from workflows.picture.nodes import draw_node
from workflows.picture.pools import draw_frame, name_lane_part
from workflows.picture.scene import Marks, Scene, bounds_of, set_scene
from workflows.picture.squeeze import squeeze
from workflows.picture.svg import escape, rect, tag
from workflows.vocabulary import SCOPE_TAGS

# Of one width on most machines, so that what was measured fits.
_FONT: Final = "Arial,'Liberation Sans',Roboto,'Noto Sans',sans-serif"
_SIZE: Final = 12.0
_LARGE: Final = 15.0  # in a part for phones
_MARGIN: Final = 12.0
_FRAMES: Final = ("participant", "lane")
_NONE: Final = Marks()


def draw_picture(
    root: etree._Element,
    title: str,
    description: str,
    marks: Marks = _NONE,
    crop: Crop | None = None,
    prefix: str = "sop",
) -> str:
    """An SVG of the file's own diagram, or of an automatic layout where it has none.

    `root` comes from `read_xml`; `title` and `description` are what is read aloud instead of the
    picture; with `crop` only the part around `marks.here`; `prefix` begins every id.
    Raises InvalidSopError: no_process, several_processes, invalid_id, picture_too_large.
    """
    scene = set_scene(root, marks, _LARGE if crop else _SIZE)
    if crop and scene.marks.here:
        scene = squeeze(scene, crop)
    whole = bounds_of(scene).grown(_MARGIN)
    window = find_window(scene, crop, whole) if crop else whole
    cut = window is not whole
    scene = replace(scene, window=window) if cut else scene
    bubble = None
    if scene.marks.callout and scene.marks.here in scene.plan.shapes:
        node = scene.plan.shapes[scene.marks.here].box
        bubble = place_callout(scene.marks.callout, node, scene.size, window)
        window = window.joined(bubble.grown(2)) if not cut else window
    content = _content(scene, window, cut, prefix)
    if bubble is not None:
        content += draw_callout(scene.marks.callout, node, bubble, scene.size)
    return _document(content, window, title, description, prefix)


def _document(content: str, window: Box, title: str, description: str, prefix: str) -> str:
    w, h = round(window.w), round(window.h)
    x, y = round(window.x), round(window.y)
    head = tag("title", escape(title) or " ", id=f"{prefix}-title")
    if description:
        head += tag("desc", escape(description), id=f"{prefix}-desc")
    head += tag("style", style(prefix)) + tag("defs", arrow_heads(prefix))
    head += rect(x, y, w, h, class_="g", fill=GROUND)
    body = tag("g", content, text_anchor="middle")
    return tag(
        "svg", head + body, xmlns="http://www.w3.org/2000/svg", id=prefix, role="img",
        aria_labelledby=f"{prefix}-title" + (f" {prefix}-desc" if description else ""),
        viewBox=f"{x} {y} {w} {h}", width=w, height=h, font_family=_FONT,
    )  # fmt: skip


def _content(scene: Scene, window: Box, cut: bool, prefix: str) -> str:
    shapes = {n: s for n, s in scene.plan.shapes.items() if not cut or _touches(s, window)}
    edges = {n: e for n, e in scene.plan.edges.items() if not cut or _passes(e, window)}
    frames = {n: s for n, s in shapes.items() if scene.tag(n) in _FRAMES}
    holders = {n: s for n, s in shapes.items() if scene.tag(n) in SCOPE_TAGS and s.expanded}
    rest = [n for n in shapes if n not in frames and n not in holders]
    found = [draw_frame(scene, n, s, named=not cut) for n, s in _outer_first(frames, scene)]
    found += [draw_node(scene, n, s) for n, s in holders.items()]
    found += [draw_edge(scene, n, e, prefix) for n, e in edges.items()]
    found += [draw_node(scene, n, shapes[n]) for n in _edge_last(rest, scene.tag)]
    found += [draw_edge_name(scene, n, e) for n, e in edges.items()]
    if cut:
        lanes = [(n, s) for n, s in frames.items() if scene.tag(n) == "lane"]
        found += [name_lane_part(scene, n, s, window) for n, s in lanes]
    return "".join(found)


def _outer_first(frames: dict[str, Shape], scene: Scene) -> list[tuple[str, Shape]]:
    return sorted(frames.items(), key=lambda one: scene.tag(one[0]) != "participant")


def _edge_last(names: list[str], tag_of: Callable[[str], str]) -> list[str]:
    """Boundary events stand over the edge of their activity."""
    return sorted(names, key=lambda name: tag_of(name) == "boundaryEvent")


def _touches(shape: Shape, window: Box) -> bool:
    return shape.box.overlaps(window) or bool(shape.label and shape.label.overlaps(window))


def _passes(edge: Edge, window: Box) -> bool:
    xs, ys = [x for x, _ in edge.points], [y for _, y in edge.points]
    box = Box(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)
    return box.overlaps(window)
