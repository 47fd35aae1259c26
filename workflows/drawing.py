"""What a BPMN file says, before anybody judges it: nodes, flows, lanes and our extension elements
as plain strings.

`workflows.reader` makes an SOP of it, `workflows.lint` finds what is wrong with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, find_process, is_true, line_of, local_name
from workflows.deadlines import DrawnLadder
from workflows.errors import InvalidSopError
from workflows.jumps import associations, jumps
from workflows.pelaksana import Role
from workflows.process.loops import item_name
from workflows.process.performers import asked_role, form_file
from workflows.vocabulary import ELEMENTS, NODE_TAGS, SCOPE_TAGS, STEP_TAGS


@dataclass(frozen=True)
class Lane:
    """A lane; `is_column` if it can hold steps itself: it has nodes or no lanes within."""

    id: str
    name: str
    pelaksana: str | None
    is_column: bool
    line: int


@dataclass(frozen=True)
class Node:
    """A flow node. `scope` is the process or sub-process around it, `lane` the innermost lane."""

    id: str
    tag: str
    name: str
    scope: str
    lane: str | None
    attached_to: str | None
    element: etree._Element

    @property
    def line(self) -> int:
        return line_of(self.element)


@dataclass(frozen=True)
class Flow:
    """A sequence flow. `condition` is its text, None where it has none."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None
    is_default: bool


@dataclass(frozen=True)
class Written:
    """The `sop:mutuBaku` of a step as written."""

    waktu: str
    tanpa_waktu: bool
    alasan: str
    kelengkapan: tuple[str, ...]
    output: tuple[str, ...]
    acuan: str = ""


@dataclass(frozen=True)
class Step:
    """A node that a person does. `item` is the variable of one multi-instance iteration; `asked`
    the role that another engine's file names for it, which counts where no lane says it; `tangga`:
    its reminder ladders, of which the first counts."""

    node: Node
    nomor: str
    formulir: str | None
    unit: str | None
    documentation: tuple[str, ...]
    mutu_baku: Written | None
    multi_instance: bool
    item: str | None
    asked: Role | None = None
    beda_orang: tuple[str, ...] = ()
    strategis: bool = False
    tangga: tuple[DrawnLadder, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A whole file. Dictionaries keep the order of the file; `tangga`: as of a step."""

    process: etree._Element
    name: str
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    lanes: Mapping[str, Lane]
    steps: tuple[Step, ...]
    identitas: etree._Element | None
    data_awal: tuple[Mapping[str, str], ...]
    tangga: tuple[DrawnLadder, ...]

    @property
    def key(self) -> str:
        return str(self.process.get("id"))

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        leaving: dict[str, list[Flow]] = {name: [] for name in self.nodes}
        for flow in self.flows:
            leaving[flow.source].append(flow)
        return {name: tuple(flows) for name, flows in leaving.items()}

    @cached_property
    def scopes(self) -> Mapping[str, tuple[Node, ...]]:
        """The process and its sub-processes by id, each with its own nodes."""
        inner: dict[str, list[Node]] = {self.key: []}
        inner |= {node.id: [] for node in self.nodes.values() if node.tag in SCOPE_TAGS}
        for node in self.nodes.values():
            inner[node.scope].append(node)
        return {scope: tuple(nodes) for scope, nodes in inner.items()}

    @cached_property
    def _joined(self) -> Mapping[str, Sequence[str]]:
        return associations(self.process)

    def followers(self, scope: str) -> Mapping[str, tuple[str, ...]]:
        """Node -> the nodes of the same scope that it leads to: along the flows, to its boundary
        events, from a link to its other end, from a compensation event to what undoes."""
        nodes = self.scopes[scope]
        leads = {node.id: [flow.target for flow in self.outgoing[node.id]] for node in nodes}
        for node in nodes:
            if node.attached_to in leads:
                leads[node.attached_to].append(node.id)
        for source, target in jumps([node.element for node in nodes], self._joined):
            leads[source].append(target)
        return {name: tuple(n for n in ahead if n in leads) for name, ahead in leads.items()}


def read_drawing(root: etree._Element) -> Drawing:
    """What the executable process of this tree says; `root` comes from `read_xml`.

    Raises InvalidSopError: no_process, several_processes, invalid_id (a node, flow or lane without
    an id), unknown_reference (a flow that does not join two nodes).
    """
    process = find_process(root)
    lanes = {lane.id: lane for lane in _lanes(process)}
    nodes = {node.id: node for node in _nodes(process, _lane_of_node(process))}
    return Drawing(
        process=process,
        name=_process_name(root, process),
        nodes=nodes,
        flows=tuple(_flows(process, nodes)),
        lanes=lanes,
        steps=tuple(_step(node) for node in nodes.values() if node.tag in STEP_TAGS),
        identitas=next(iter(extensions(process, "identitas")), None),
        data_awal=tuple(
            {name: _text(one.get(name)) for name in ELEMENTS["dataAwal"][0]}
            for one in extensions(process, "dataAwal")
        ),
        tangga=_tangga(process),
    )


def extensions(element: etree._Element, name: str) -> list[etree._Element]:
    """Our extension elements of that name, directly on this element."""
    return element.findall(f"{BPMN}extensionElements/{SOP}{name}")


def rows(element: etree._Element, name: str) -> tuple[str, ...]:
    """The texts of our repeatable children of that name; empty ones are dropped."""
    texts = (_text(child.text) for child in element.findall(f"{SOP}{name}"))
    return tuple(text for text in texts if text)


def _process_name(root: etree._Element, process: etree._Element) -> str:
    """Its own name, else that of its pool, else its id."""
    key = str(process.get("id"))
    pools = [one for one in root.iter(f"{BPMN}participant") if one.get("processRef") == key]
    names = (_text(one.get("name")) for one in (process, *pools))
    return next((name for name in names if name), key)


def _lanes(process: etree._Element) -> Iterator[Lane]:
    for lane in process.iter(f"{BPMN}lane"):
        children = lane.find(f"{BPMN}childLaneSet/{BPMN}lane")
        has_nodes = lane.find(f"{BPMN}flowNodeRef") is not None
        yield Lane(
            id=_id(lane),
            name=_text(lane.get("name")),
            pelaksana=_text(lane.get(f"{SOP}pelaksana")) or None,
            is_column=has_nodes or children is None,
            line=line_of(lane),
        )


def _lane_of_node(process: etree._Element) -> dict[str, str]:
    """Node -> lane. Inner lanes come after outer ones in the file, so the innermost wins."""
    return {
        _text(reference.text): _id(lane)
        for lane in process.iter(f"{BPMN}lane")
        for reference in lane.findall(f"{BPMN}flowNodeRef")
    }


def _nodes(process: etree._Element, lanes: Mapping[str, str]) -> Iterator[Node]:
    pending: list[tuple[etree._Element, str | None]] = [(process, None)]
    for scope, outer_lane in pending:  # grows while it is walked
        for element in scope.iterchildren(etree.Element):
            tag = local_name(element)
            if not element.tag.startswith(BPMN) or tag not in NODE_TAGS:
                continue
            lane = lanes.get(_id(element), outer_lane)
            yield Node(
                id=_id(element),
                tag=tag,
                name=_text(element.get("name")),
                scope=_id(scope),
                lane=lane,
                attached_to=element.get("attachedToRef"),
                element=element,
            )
            if tag in SCOPE_TAGS:
                pending.append((element, lane))


def _flows(process: etree._Element, nodes: Mapping[str, Node]) -> Iterator[Flow]:
    defaults = {node.element.get("default") for node in nodes.values()}
    for flow in process.iter(f"{BPMN}sequenceFlow"):
        name = _id(flow)
        ends = {end: _text(flow.get(end)) for end in ("sourceRef", "targetRef")}
        for reference, value in ends.items():
            if value not in nodes:
                raise InvalidSopError(
                    "unknown_reference",
                    element=name,
                    reference=reference,
                    value=value,
                    line=line_of(flow),
                )
        condition = flow.find(f"{BPMN}conditionExpression")
        yield Flow(
            id=name,
            source=ends["sourceRef"],
            target=ends["targetRef"],
            name=_text(flow.get("name")),
            condition=None if condition is None else (condition.text or "").strip(),
            is_default=name in defaults,
        )


def _step(node: Node) -> Step:
    element = node.element
    loop = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    documentation = (_lines(one.text) for one in element.findall(f"{BPMN}documentation"))
    return Step(
        node=node,
        nomor=_text(element.get(f"{SOP}nomor")),
        formulir=_text(element.get(f"{SOP}formulir")) or form_file(element),
        beda_orang=tuple(dict.fromkeys(element.get(f"{SOP}bedaOrang", "").split())),
        strategis=element.get(f"{SOP}strategis", "").strip() in ("true", "1"),
        unit=_text(element.get(f"{SOP}unit")) or None,
        documentation=tuple(text for text in documentation if text),
        mutu_baku=next((_written(one) for one in extensions(element, "mutuBaku")), None),
        multi_instance=loop is not None,
        item=None if loop is None else item_name(loop) or None,
        asked=asked_role(element),
        tangga=_tangga(element),
    )


def _written(element: etree._Element) -> Written:
    return Written(
        waktu=_text(element.get("waktu")),
        tanpa_waktu=is_true(element.get("tanpaWaktu")),
        alasan=_text(element.get("alasan")),
        kelengkapan=rows(element, "kelengkapan"),
        output=rows(element, "output"),
        acuan=_text(element.get("acuan")),
    )


def _tangga(element: etree._Element) -> tuple[DrawnLadder, ...]:
    return tuple(
        DrawnLadder(one.get("berisiko"), tuple(map(_rung, one.findall(f"{SOP}anakTangga"))))
        for one in extensions(element, "tangga")
    )


def _rung(element: etree._Element) -> Mapping[str, str]:
    written = {str(name): str(value) for name, value in element.attrib.items()}
    return {**written, "isi": "".join(str(text) for text in element.itertext())}


def _id(element: etree._Element) -> str:
    name = element.get("id")
    if not name:
        raise InvalidSopError("invalid_id", element=local_name(element), line=line_of(element))
    return str(name)


def _text(value: str | None) -> str:
    """One line, single blanks: editors break names and texts where they like."""
    return " ".join((value or "").split())


def _lines(value: str | None) -> str:
    """Like `_text`, but the lines of a longer text stay lines."""
    return "\n".join(_text(line) for line in (value or "").strip().splitlines())
