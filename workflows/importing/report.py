"""What is in a foreign file, before anything of it is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from workflows.blank import is_key, propose_key
from workflows.bpmn_xml import BPMN, SOP, find_process, is_true, local_name, read_xml
from workflows.importing.prepare import processes_of
from workflows.pelaksana import role_for_lane
from workflows.vocabulary import EVENT_TAGS, STEP_TAGS

_GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
# Kept in the file and shown, without meaning for the course of a case.
REMARKS = (
    "documentation",
    "textAnnotation",
    "group",
    "dataObjectReference",
    "dataStoreReference",
    "messageFlow",
)


@dataclass(frozen=True)
class ProcessLine:
    key: str
    name: str
    elements: int
    executable: bool


@dataclass(frozen=True)
class LaneLine:
    """`role`: the code that is proposed, "" for none."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Report:
    """`tool`: what the file says that it was made with; `key`, `name`: as they are offered,
    `found`, `found_name`: as they are in the file; `counts`: steps, works, gateways, events;
    `partners`: names of pools that are only talked to; `remarks`: tag -> how many."""

    tool: str
    processes: tuple[ProcessLine, ...]
    chosen: str
    found: str
    found_name: str
    key: str
    name: str
    counts: Mapping[str, int]
    lanes: tuple[LaneLine, ...]
    partners: tuple[str, ...]
    remarks: Mapping[str, int]
    has_picture: bool


def examine(original: bytes, prepared: bytes) -> Report:
    """`original`: as it was uploaded; `prepared`: as `choose_process` has left it.

    Raises InvalidSopError as `read_xml` does.
    """
    root = read_xml(prepared)
    process = find_process(root)
    found = str(process.get("id"))
    name = " ".join((process.get("name") or _pool_name(root, found) or found).split())
    return Report(
        tool=" ".join(filter(None, (root.get("exporter"), root.get("exporterVersion")))),
        processes=tuple(_process(root, one) for one in processes_of(root)),
        chosen=found,
        found=found,
        found_name=process.get("name") or "",
        key=found if is_key(found) else propose_key(name) or propose_key(found),
        name=name[:200],
        counts=_counts(process),
        lanes=tuple(_lane(one) for one in process.iter(f"{BPMN}lane") if not _has_lanes(one)),
        partners=_partners(root, found),
        remarks=_remarks(root),
        has_picture=b"BPMNShape" in original,
    )


def _process(root: etree._Element, process: etree._Element) -> ProcessLine:
    key = process.get("id") or ""
    name = process.get("name") or _pool_name(root, key) or key
    held = sum(local_name(one) in STEP_TAGS | EVENT_TAGS | _GATEWAYS for one in process)
    return ProcessLine(key, name, held, is_true(process.get("isExecutable")))


def _counts(process: etree._Element) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for element in process.iter(f"{BPMN}*"):
        tag = local_name(element)
        if tag in STEP_TAGS:
            found["steps"] += 1
        elif tag.endswith("Task") or tag in ("callActivity", "subProcess"):
            found["works"] += 1
        elif tag in _GATEWAYS:
            found["gateways"] += 1
        elif tag in EVENT_TAGS:
            found["events"] += 1
    return dict(found)


def _lane(lane: etree._Element) -> LaneLine:
    name = lane.get("name") or ""
    role = role_for_lane(lane.get(f"{SOP}pelaksana"), name)
    return LaneLine(str(lane.get("id")), name, role.code if role else "")


def _has_lanes(lane: etree._Element) -> bool:
    return lane.find(f"{BPMN}childLaneSet/{BPMN}lane") is not None


def _pool_name(root: etree._Element, key: str) -> str:
    pools = root.iterfind(f"{BPMN}collaboration/{BPMN}participant")
    return next((one.get("name") or "" for one in pools if one.get("processRef") == key), "")


def _partners(root: etree._Element, key: str) -> tuple[str, ...]:
    pools = root.iterfind(f"{BPMN}collaboration/{BPMN}participant")
    return tuple(
        one.get("name") or str(one.get("id")) for one in pools if one.get("processRef") != key
    )


def _remarks(root: etree._Element) -> Mapping[str, int]:
    found = Counter(local_name(one) for one in root.iter(*(f"{BPMN}{tag}" for tag in REMARKS)))
    return {tag: found[tag] for tag in REMARKS if found[tag]}
