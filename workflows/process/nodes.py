"""Walking through a process and all that is drawn inside of it."""

from collections.abc import Iterator

from workflows.process.model import Container, Node


def all_nodes(container: Container) -> Iterator[Node]:
    """Every node, also those within sub-processes, the outer ones first."""
    pending = [container]
    for one in pending:
        for node in one.nodes.values():
            yield node
            if node.content is not None:
                pending.append(node.content)
