"""A definition that can be run, as its users see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from workflows.process.model import Container, Flow
from workflows.process.nodes import all_nodes


@dataclass(frozen=True, slots=True)
class Start:
    """A start event of a process; `name` of the message or signal that starts it."""

    node: str
    kind: Literal["none", "message", "signal"]
    name: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition ready to run. Shared between threads; running a case changes nothing in it.

    `calls`: the keys of the processes that it calls. `digest`: of the file and its decisions.
    """

    key: str
    digest: str
    starts: tuple[Start, ...]
    calls: frozenset[str]
    spec: Any = field(repr=False)

    @property
    def container(self) -> Container:
        container = self.spec.container
        assert isinstance(container, Container)
        return container

    @property
    def flows(self) -> Iterator[Flow]:
        """All sequence flows, also of sub-processes."""
        for node in all_nodes(self.container):
            yield from node.outgoing
