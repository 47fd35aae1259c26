"""Link events: a throw leads to the catch of the same name in the same scope."""

from collections.abc import Mapping
from dataclasses import replace

from workflows.process.model import Flow, Node
from workflows.process.tree import Scope, Source


def join_links(source: Source, scope: Scope, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The nodes with a flow from each throwing link to its catching one. Its id holds a colon,
    which no id of a file does."""
    throws = _by_name(nodes, "intermediateThrowEvent")
    catches = _by_name(nodes, "intermediateCatchEvent")
    joined = dict(nodes)
    arriving: dict[str, list[str]] = {}
    for name, names in catches.items():
        for extra in names[1:] if name else names:
            source.notes.refuse("link_several" if name else "link_unnamed", scope.nodes[extra])
        if name and name not in throws:
            source.notes.refuse("link_without_source", scope.nodes[names[0]], text=name)
        _check_lines(source, scope, names, scope.reaching)
    for name, names in throws.items():
        _check_lines(source, scope, names, scope.leaving)
        for thrower in names:
            if not name:
                source.notes.refuse("link_unnamed", scope.nodes[thrower])
            elif name not in catches:
                source.notes.refuse("link_without_target", scope.nodes[thrower], text=name)
            else:
                flow = Flow(f"link:{thrower}", thrower, catches[name][0])
                joined[thrower] = replace(nodes[thrower], outgoing=(flow,))
                arriving.setdefault(flow.target, []).append(flow.id)
    for catcher, flows in arriving.items():
        joined[catcher] = replace(nodes[catcher], incoming=tuple(flows))
    return joined


def _by_name(nodes: Mapping[str, Node], kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in nodes.values():
        if node.kind == kind and node.trigger is not None and node.trigger.kind == "link":
            found.setdefault(node.trigger.name, []).append(node.id)
    return found


def _check_lines(
    source: Source, scope: Scope, names: list[str], lines: Mapping[str, object]
) -> None:
    for name in names:
        if name in lines:
            source.notes.refuse("flow_at_link", scope.nodes[name])
