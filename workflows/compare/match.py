"""Which node of one version is which of the other."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from workflows.drawing import Drawing, Lane, Node

One = TypeVar("One", Lane, Node)
Key = tuple[str, ...]


def match_nodes(before: Drawing, after: Drawing) -> dict[str, str]:
    """Earlier id -> later id: the same id; else, where other tools have given new ids, the only
    node of that kind and name that is left on both sides."""
    same = {name: name for name in before.nodes if name in after.nodes}
    return same | _pair(
        (node for node in before.nodes.values() if node.id not in same),
        (node for node in after.nodes.values() if node.id not in same),
        _likeness,
    )


def match_lanes(before: Drawing, after: Drawing) -> dict[str, str]:
    """Earlier id -> later id: the same id, else the only lane left with that role, else name."""
    same = {name: name for name in before.lanes if name in after.lanes}
    old = [lane for lane in before.lanes.values() if lane.id not in same]
    new = [lane for lane in after.lanes.values() if lane.id not in same]
    found = _pair(old, new, lambda lane: (lane.pelaksana,) if lane.pelaksana else ())
    old = [lane for lane in old if lane.id not in found]
    new = [lane for lane in new if lane.id not in found.values()]
    return same | found | _pair(old, new, lambda lane: (lane.name.casefold(),))


def match_flows(before: Drawing, after: Drawing, nodes: Mapping[str, str]) -> dict[str, str]:
    """Earlier id -> later id: the same id, else the only flow left between the same two nodes."""
    later = {flow.id for flow in after.flows}
    same = {flow.id: flow.id for flow in before.flows if flow.id in later}
    old = {
        flow.id: (nodes.get(flow.source, ""), nodes.get(flow.target, ""))
        for flow in before.flows
        if flow.id not in same
    }
    new = {flow.id: (flow.source, flow.target) for flow in after.flows if flow.id not in same}
    return same | _pair_keys(old, new)


def _likeness(node: Node) -> Key:
    return (node.tag, node.name.casefold()) if node.name else ()


def _pair(before: Iterable[One], after: Iterable[One], key: Callable[[One], Key]) -> dict[str, str]:
    return _pair_keys({one.id: key(one) for one in before}, {one.id: key(one) for one in after})


def _pair_keys(before: Mapping[str, Key], after: Mapping[str, Key]) -> dict[str, str]:
    """Only where the key is there once on each side: a guess would be worse than none."""
    old, new = _only(before), _only(after)
    return {old[key]: new[key] for key in old if key in new and any(key)}


def _only(keys: Mapping[str, Key]) -> dict[Key, str]:
    found: dict[Key, list[str]] = {}
    for name, key in keys.items():
        found.setdefault(key, []).append(name)
    return {key: names[0] for key, names in found.items() if len(names) == 1}
