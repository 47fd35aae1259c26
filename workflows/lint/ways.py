"""Which node can have come before which other, across sub-processes, borders and links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workflows.process.model import Container, Node


@dataclass(frozen=True)
class Ways:
    """The nodes of a process by id, the sub-process around each ("" for none), and what may have
    come right before. Where a diagram leaves the order open, both orders may be."""

    nodes: Mapping[str, Node]
    around: Mapping[str, str]
    behind: Mapping[str, frozenset[str]]
    _before: dict[str, frozenset[str]] = field(default_factory=dict)

    def before(self, name: str) -> frozenset[str]:
        """Every node that may have been passed when this one is left, itself among them."""
        found = self._before.get(name)
        if found is None:
            seen = {name}
            waiting = [name]
            while waiting:
                for one in self.behind.get(waiting.pop(), ()):
                    if one not in seen:
                        seen.add(one)
                        waiting.append(one)
            found = self._before[name] = frozenset(seen)
        return found

    def within(self, name: str) -> Iterator[str]:
        """The node and the sub-processes around it, from the inside out."""
        while name:
            yield name
            name = self.around.get(name, "")

    @cached_property
    def ahead(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name, behind in self.behind.items():
            for one in behind:
                found.setdefault(one, set()).add(name)
        return {name: frozenset(ahead) for name, ahead in found.items()}


def read_ways(process: Container) -> Ways:
    nodes: dict[str, Node] = {}
    around: dict[str, str] = {}
    behind: dict[str, set[str]] = {}
    pending = [(process, "")]
    for container, owner in pending:  # grows while it is walked
        nodes |= container.nodes
        around |= dict.fromkeys(container.nodes, owner)
        for source, target in _steps(container, owner):
            behind.setdefault(target, set()).add(source)
        pending += [(one.content, one.id) for one in container.nodes.values() if one.content]
    undone = [one for one in nodes.values() if _is_compensation(one)]
    throws = frozenset(one.id for one in undone if not one.attached_to)
    for one in undone if throws else ():
        if one.attached_to:
            behind.setdefault(one.id, set()).update(throws)
    return Ways(nodes, around, {name: frozenset(found) for name, found in behind.items()})


def _steps(container: Container, owner: str) -> Iterator[tuple[str, str]]:
    """From where to where it goes on within a process or sub-process, and out of it."""
    for node in container.nodes.values():
        for flow in node.outgoing:
            yield node.id, flow.target
        if node.attached_to:
            yield node.attached_to, node.id
        if node.handler:
            yield node.id, node.handler
        if owner:
            yield node.id, owner
        if node.content is not None:
            for inner in node.content.nodes.values():
                if not inner.incoming and not inner.attached_to:
                    yield node.id, inner.id
        if node.kind == "eventSubProcess":  # at any time, and beside all others
            for beside in container.nodes:
                if beside != node.id:
                    yield beside, node.id
                    yield node.id, beside


def _is_compensation(node: Node) -> bool:
    return node.trigger is not None and node.trigger.kind == "compensation"
