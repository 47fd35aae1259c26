"""What the rounds of a multi-instance loop write one over the other, for want of a list of results.

Without a list the rounds write to the case, and of one name the latest value stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workflows.process.model import Container, Loop, Node
from workflows.process.tree import Scope, Source

_CATCHES: Final = frozenset(
    {"receiveTask", "intermediateCatchEvent", "boundaryEvent", "eventSubProcess"}
)
_BRINGS: Final = frozenset({"message", "signal"})


def check(source: Source, scopes: Sequence[Scope], read: Mapping[str, Container]) -> None:
    """Warns once for each loop. Nothing is said of people's answers: their work items keep them."""
    for scope in scopes:
        for node in read[scope.id].nodes.values():
            if not _overwrites(node.loop):
                continue
            writer = next((one for one in _within(node) if _writes(one)), None)
            if writer is not None:
                called = writer.name or writer.id
                source.notes.warn("loop_result_lost", scope.nodes[node.id], text=called)


def _overwrites(loop: Loop | None) -> bool:
    return loop is not None and loop.kind != "standard" and not loop.output


def _within(looped: Node) -> Iterator[Node]:
    """The node and all that is done in a round, but for inner loops that are told of themselves
    and for what inner loops collect."""
    pending = [looped]
    for node in pending:  # grows while it is walked
        yield node
        if node.content is not None and (node is looped or node.loop is None):
            pending += [one for one in node.content.nodes.values() if not _overwrites(one.loop)]


def _writes(node: Node) -> bool:
    """Also where nobody knows before what a program, a called process or a message brings."""
    collects = node.loop is not None and node.loop.output
    shares = node.call is not None and node.call.shares
    arrives = node.kind in _CATCHES and node.trigger is not None and node.trigger.kind in _BRINGS
    asks = node.script or node.decision or node.work or node.outputs
    return bool(asks or collects or shares or arrives)
