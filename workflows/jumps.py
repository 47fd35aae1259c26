"""Ways through a drawing that no sequence flow draws: links, and compensation."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from workflows.bpmn_xml import BPMN, is_true, local_name


def jumps(
    nodes: Sequence[etree._Element], joined: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """(node, node that it leads to) among the nodes of one scope; `joined`: the associations."""
    yield from _links(nodes)
    yield from _handlers(nodes, joined)


def associations(root: etree._Element) -> dict[str, list[str]]:
    """Element -> the elements that an association joins it with, in either direction."""
    joined: dict[str, list[str]] = {}
    for element in root.iter(f"{BPMN}association"):
        ends = [(element.get(end) or "").strip() for end in ("sourceRef", "targetRef")]
        joined.setdefault(ends[0], []).append(ends[1])
        joined.setdefault(ends[1], []).append(ends[0])
    return joined


def _links(nodes: Sequence[etree._Element]) -> Iterator[tuple[str, str]]:
    ends: dict[str, list[tuple[str, str]]] = {"throw": [], "catch": []}
    for node in nodes:
        definition = node.find(f"{BPMN}linkEventDefinition")
        if definition is not None:
            name = " ".join((definition.get("name") or node.get("name") or "").split())
            side = "catch" if local_name(node) == "intermediateCatchEvent" else "throw"
            ends[side].append((name, str(node.get("id"))))
    catches = dict(ends["catch"])
    for name, thrower in ends["throw"]:
        if name in catches:
            yield thrower, catches[name]


def _handlers(
    nodes: Sequence[etree._Element], joined: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    handlers = {node.get("id") for node in nodes if is_true(node.get("isForCompensation"))}
    for node in nodes:
        if node.find(f"{BPMN}compensateEventDefinition") is not None:
            name = str(node.get("id"))
            yield from ((name, other) for other in joined.get(name, ()) if other in handlers)
