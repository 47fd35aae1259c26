"""Steps, other nodes, lanes and flows that came, went or changed."""

from collections.abc import Iterator

from workflows.bpmn_xml import BPMN
from workflows.compare.ladders import ladder_change
from workflows.compare.match import match_flows, match_lanes, match_nodes
from workflows.compare.rest import event_of, loop_of, rest_of, texts_of
from workflows.compare.values import Change, Difference, change, only_changes
from workflows.drawing import Drawing, Flow, Lane, Node, Step, Written
from workflows.sheet_order import in_sheet_order
from workflows.vocabulary import NODE_TAGS, SCOPE_TAGS

_NOTHING = Written(waktu="", tanpa_waktu=False, alasan="", kelengkapan=(), output=(), acuan="")
# What a sub-process holds is compared by itself.
_INSIDE = frozenset({*NODE_TAGS, "sequenceFlow"})


class Pair:
    """Both drawings and what corresponds to what."""

    def __init__(self, before: Drawing, after: Drawing) -> None:
        self.before, self.after = before, after
        self.nodes = match_nodes(before, after)
        self.lanes = match_lanes(before, after)
        self.flows = match_flows(before, after, self.nodes)
        self.steps_before = {step.node.id: step for step in before.steps}
        self.steps_after = {step.node.id: step for step in after.steps}
        self._texts = _texts_by_id(before), _texts_by_id(after)

    def texts(self, before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the documentation of a lane or flow says on both sides."""
        return self._texts[0][before], self._texts[1][after]


def _texts_by_id(drawing: Drawing) -> dict[str, tuple[str, ...]]:
    found = drawing.process.iter(f"{BPMN}lane", f"{BPMN}sequenceFlow")
    return {str(one.get("id")): texts_of(one) for one in found}


def kegiatan(pair: Pair) -> Iterator[Difference]:
    """Those of the later version in sheet order, then those that went."""
    origin = {new: old for old, new in pair.nodes.items()}
    for step in in_sheet_order(pair.after):
        node, old = step.node, origin.get(step.node.id)
        if old is None:
            yield Difference("added", node.id, node.name, node.tag)
            continue
        before = pair.before.nodes[old]
        changes = _node_changes(pair, before, node) + _step_changes(
            pair, pair.steps_before.get(old), step
        )
        if changes:
            yield Difference("changed", node.id, node.name, node.tag, changes, _was(old, node.id))
    for step in in_sheet_order(pair.before):
        if step.node.id not in pair.nodes:
            yield Difference("removed", step.node.id, step.node.name, step.node.tag)


def simpul(pair: Pair) -> Iterator[Difference]:
    """Nodes that nobody does: events, gateways, sub-processes, services."""
    origin = {new: old for old, new in pair.nodes.items()}
    for node in pair.after.nodes.values():
        if node.id in pair.steps_after:
            continue
        old = origin.get(node.id)
        if old is None:
            yield Difference("added", node.id, node.name, node.tag)
        elif changes := _node_changes(pair, pair.before.nodes[old], node):
            yield Difference("changed", node.id, node.name, node.tag, changes, _was(old, node.id))
    for node in pair.before.nodes.values():
        if node.id not in pair.nodes and node.id not in pair.steps_before:
            yield Difference("removed", node.id, node.name, node.tag)


def pelaksana(pair: Pair) -> Iterator[Difference]:
    origin = {new: old for old, new in pair.lanes.items()}
    for lane in pair.after.lanes.values():
        old = origin.get(lane.id)
        if old is None:
            yield Difference("added", lane.id, lane.name, "lane")
        elif changes := _lane_changes(pair, pair.before.lanes[old], lane):
            yield Difference("changed", lane.id, lane.name, "lane", changes, _was(old, lane.id))
    for lane in pair.before.lanes.values():
        if lane.id not in pair.lanes:
            yield Difference("removed", lane.id, lane.name, "lane")


def alur(pair: Pair) -> Iterator[Difference]:
    before = {flow.id: flow for flow in pair.before.flows}
    origin = {new: old for old, new in pair.flows.items()}
    for flow in pair.after.flows:
        old = origin.get(flow.id)
        name = _flow_name(pair.after, flow)
        if old is None:
            yield Difference("added", flow.id, name, "sequenceFlow")
        elif changes := _flow_changes(pair, before[old], flow):
            yield Difference("changed", flow.id, name, "sequenceFlow", changes, _was(old, flow.id))
    for flow in pair.before.flows:
        if flow.id not in pair.flows:
            yield Difference("removed", flow.id, _flow_name(pair.before, flow), "sequenceFlow")


def _was(old: str, new: str) -> str:
    return "" if old == new else old


def _node_changes(pair: Pair, before: Node, after: Node) -> tuple[Change, ...]:
    return only_changes(
        change("nama", before.name, after.name),
        change("jenis", before.tag, after.tag),
        _moved(pair, before, after),
        _rehosted(pair, before, after),
        change("kejadian", event_of(before.element), event_of(after.element)),
        change("berulang", loop_of(before.element), loop_of(after.element)),
        change("uraian", texts_of(before.element), texts_of(after.element)),
    ) + _rest(before, after)


def _rest(before: Node, after: Node) -> tuple[Change, ...]:
    """What is left is not quoted: nobody reads XML on this page. `jenis` has said the tag."""
    inside = _INSIDE if after.tag in SCOPE_TAGS else frozenset()
    old, new = (rest_of(one.element, inside) for one in (before, after))
    if before.tag != after.tag:
        old, new = (text.partition(" ")[2] for text in (old, new))
    return () if old == new else (Change("lainnya", (), ("",)),)


def _moved(pair: Pair, before: Node, after: Node) -> Change:
    """A lane that was only renamed has not moved its steps."""
    if pair.lanes.get(before.lane or "", "") == (after.lane or ""):
        return change("pelaksana", "", "")
    return change("pelaksana", _lane(pair.before, before), _lane(pair.after, after))


def _rehosted(pair: Pair, before: Node, after: Node) -> Change:
    if pair.nodes.get(before.attached_to or "", "") == (after.attached_to or ""):
        return change("pada", "", "")
    return change("pada", _host(pair.before, before), _host(pair.after, after))


def _lane(drawing: Drawing, node: Node) -> str:
    lane = drawing.lanes.get(node.lane or "")
    return (lane.name or lane.id) if lane else ""


def _host(drawing: Drawing, node: Node) -> str:
    return _called(drawing, node.attached_to) if node.attached_to else ""


def _step_changes(pair: Pair, before: Step | None, after: Step) -> tuple[Change, ...]:
    old = (before.mutu_baku if before else None) or _NOTHING
    new = after.mutu_baku or _NOTHING
    return only_changes(
        change("nomor", before.nomor if before else "", after.nomor),
        change("kelengkapan", old.kelengkapan, new.kelengkapan),
        change("waktu", _waktu(old), _waktu(new)),
        change("acuan", old.acuan, new.acuan),
        change("alasan", old.alasan, new.alasan),
        change("output", old.output, new.output),
        change("formulir", (before.formulir if before else "") or "", after.formulir or ""),
        change("unit", (before.unit if before else "") or "", after.unit or ""),
        _partners(pair, before, after),
        change("strategis", _yes(bool(before and before.strategis)), _yes(after.strategis)),
        ladder_change(before.tangga if before else (), after.tangga),
    )


def _waktu(written: Written) -> str:
    return "tanpa waktu" if written.tanpa_waktu else written.waktu


def _yes(value: bool) -> str:
    return "ya" if value else ""


def _partners(pair: Pair, before: Step | None, after: Step) -> Change:
    """A partner that was only renamed is the same one."""
    old = {pair.nodes.get(name, name): name for name in (before.beda_orang if before else ())}
    if set(old) == set(after.beda_orang):
        return change("beda_orang", "", "")
    earlier = tuple(sorted(_called(pair.before, name) for name in old.values()))
    later = tuple(sorted(_called(pair.after, name) for name in after.beda_orang))
    return change("beda_orang", earlier, later)


def _called(drawing: Drawing, name: str) -> str:
    node = drawing.nodes.get(name)
    return (node.name if node else "") or name


def _lane_changes(pair: Pair, before: Lane, after: Lane) -> tuple[Change, ...]:
    return only_changes(
        change("nama", before.name, after.name),
        change("role", before.pelaksana or "", after.pelaksana or ""),
        change("uraian", *pair.texts(before.id, after.id)),
    )


def _flow_changes(pair: Pair, before: Flow, after: Flow) -> tuple[Change, ...]:
    ends = []
    for field, old, new in (
        ("dari", before.source, after.source),
        ("ke", before.target, after.target),
    ):
        if pair.nodes.get(old) != new:
            ends.append(change(field, _called(pair.before, old), _called(pair.after, new)))
    return (*ends, *only_changes(
        change("label", before.name, after.name),
        change("syarat", before.condition or "", after.condition or ""),
        change("bawaan", _yes(before.is_default), _yes(after.is_default)),
        change("uraian", *pair.texts(before.id, after.id)),
    ))  # fmt: skip


def _flow_name(drawing: Drawing, flow: Flow) -> str:
    return f"{_called(drawing, flow.source)} → {_called(drawing, flow.target)}"
