"""The diagram of a version or of a draft as a file: SVG, PNG, PDF, or the BPMN itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Final

from lxml import etree

from engine.app import App
from engine.documents.pieces import cut
from engine.documents.typeset import typeset
from engine.printouts import Reader
from engine.sketching import read_draft
from engine.store import definitions
from engine.store.transaction import transaction
from workflows.bpmn_xml import BPMN, parse_hardened, read_xml
from workflows.picture import draw_picture
from workflows.rights import Actor

KINDS: Final[Mapping[str, str]] = {
    "bpmn": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}
POINTS: Final = 0.75  # of a CSS pixel
TWICE: Final = 192.0  # dots an inch: two for each CSS pixel
MOST_DOTS: Final = 40_000_000  # of a PNG
_ROOM: Final = {"a4": (773.0, 515.0), "a3": (1122.0, 762.0)}  # within the margins, lying, in points
_LEGIBLE: Final = 0.7  # of its size; what would be drawn smaller gets larger paper, then several
_STEP: Final = 160.0  # as wide as most steps are, in CSS pixels
_MARGIN: Final = 13.0  # around the picture, with the line that it begins with
_NAME: Final = 30.0  # what the name of a pool takes at its left, and that of a lane
_STYLE: Final = re.compile(r"<style>.*?</style>", re.DOTALL)  # the colours of a dark screen


@dataclass(frozen=True)
class Exported:
    """`name`: to keep it under."""

    name: str
    media: str
    content: bytes


def export_version(
    app: App, actor: Actor, key: str, version: int, kind: str, now: datetime
) -> Exported:
    """`kind`: one of KINDS. Whoever is logged in may have it.

    Raises NotFoundError: definition_not_found, version_not_found; InvalidSopError:
    picture_too_large; UnavailableError: print_failed.
    """
    with transaction(app.sessions) as tx:
        row = definitions.get_definition(tx, key, version)
        xml, name = row.xml, row.name
    reader = Reader.of(actor, actor.zone or app.settings.zone)
    foot = f"{reader.label['version']} {version} · {reader.moment(now)}"
    return _export(f"{key}-v{version}", xml, name, foot, kind, reader.language, now)


def export_draft(app: App, actor: Actor, draft_id: int, kind: str, now: datetime) -> Exported:
    """Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found; and as
    `export_version`."""
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        xml, name, key, revision = row.xml, row.name, row.key, row.revision
    reader = Reader.of(actor, actor.zone or app.settings.zone)
    foot = f"{reader.label['draft_revision']} {revision} · {reader.moment(now)}"
    name_of_file = f"{key}-rancangan-{revision}"
    return _export(name_of_file, xml, name, foot, kind, reader.language, now)


def _export(
    stem: str, xml: bytes, name: str, foot: str, kind: str, language: str, now: datetime
) -> Exported:
    file, media = f"{stem}.{kind}", KINDS[kind]
    if kind == "bpmn":
        return Exported(file, media, xml)
    root = read_xml(xml)
    svg = _STYLE.sub("", draw_picture(root, name, ""))
    if kind == "svg":
        return Exported(file, media, svg.encode())
    wide, high = (one * POINTS for one in _size(svg))
    paper, dots, sheets = "", 0.0, [[(0.0, wide)]]
    if kind == "png":
        dots = min(TWICE, 72 * sqrt(MOST_DOTS / (wide * high)))
    else:
        paper = "a4" if _scale("a4", wide, high) >= _LEGIBLE else "a3"
        room = _ROOM[paper]
        scale = max(_scale(paper, wide, high), min(_LEGIBLE, room[1] / high))
        wide, high = wide * scale, high * scale
        sheets = cut(wide, room[0], _head(root) * POINTS * scale, _STEP * POINTS * scale)
    data = {
        "svg": svg, "width": wide, "height": high, "paper": paper, "sheets": sheets,
        "name": name, "foot": foot,
    }  # fmt: skip
    return Exported(file, media, typeset("diagram", data, language, now, dots=dots))


def _size(svg: str) -> tuple[float, float]:
    root = parse_hardened(svg.encode())
    assert isinstance(root, etree._Element)
    return float(root.get("width") or 1), float(root.get("height") or 1)


def _head(root: etree._Element) -> float:
    """How much of the left edge is taken by the names of the pool and the lanes."""
    drawn = {one.get("bpmnElement") for one in root.iter("{*}BPMNShape")}
    frames = (root.iter(f"{BPMN}{tag}") for tag in ("participant", "lane"))
    named = [kind for kind in frames if any(one.get("id") in drawn for one in kind)]
    return _MARGIN + _NAME * len(named) if named else 0.0


def _scale(paper: str, wide: float, high: float) -> float:
    room = _ROOM[paper]
    return min(1.0, room[0] / wide, room[1] / high)
