"""From every node the flow can come to an end.

Right: each path leads to an end event; a loop has a way out. Wrong: a loop that nothing leaves
and nothing interrupts. Warned: a path that stops at a step or gateway: it ends there, which may be
a flow that was forgotten.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.bpmn_xml import BPMN, is_true
from workflows.drawing import Drawing, Node
from workflows.lint.all_reachable import reach
from workflows.lint.finding import Draft, Problem, call
from workflows.said import Said

# Where a path may stop without a second thought.
_ENDS: Final = frozenset({"endEvent", "boundaryEvent", "intermediateThrowEvent"})


def check(draft: Draft) -> Iterator[Problem]:
    drawing = draft.drawing
    for scope, nodes in drawing.scopes.items():
        ahead = drawing.followers(scope)
        for node in nodes:
            if not ahead[node.id] and not _stands_alone(node):
                yield Problem(
                    node.id,
                    Said(
                        "%(it)s tidak punya garis keluar; alurnya berakhir di sini. Bila bukan itu "
                        "maksudnya, tarik garis alur ke langkah berikutnya atau ke kejadian "
                        "selesai.",
                        it=call(node),
                    ),
                    "warning",
                )
        if not _is_interrupted(drawing, nodes):
            yield from _endless(nodes, ahead)


def _endless(nodes: tuple[Node, ...], ahead: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    behind: dict[str, list[str]] = {node.id: [] for node in nodes}
    for name, followers in ahead.items():
        for follower in followers:
            behind[follower].append(name)
    comes_to_rest = reach([node.id for node in nodes if not ahead[node.id]], behind)
    turning = _in_rounds({one.id for one in nodes} - comes_to_rest, ahead, behind)
    for node in nodes:
        if node.id in turning:
            yield Problem(
                node.id,
                Said(
                    "%(it)s berputar tanpa jalan keluar. Tambahkan percabangan yang menuju "
                    "kejadian selesai.",
                    it=call(node),
                ),
            )


def _in_rounds(
    endless: set[str], ahead: Mapping[str, tuple[str, ...]], behind: Mapping[str, list[str]]
) -> set[str]:
    """Without what only leads to a loop."""
    entries = {name: len(endless.intersection(behind[name])) for name in endless}
    waiting = [name for name, count in entries.items() if not count]
    for name in waiting:  # grows while it is walked
        for one in set(ahead[name]):
            entries[one] -= 1
            if not entries[one]:
                waiting.append(one)
    return endless.difference(waiting)


def _stands_alone(node: Node) -> bool:
    element = node.element
    return (
        node.tag in _ENDS
        or is_true(element.get("triggeredByEvent"))
        or is_true(element.get("isForCompensation"))
    )


def _is_interrupted(drawing: Drawing, nodes: tuple[Node, ...]) -> bool:
    """Whether something beside a loop can end it: a terminate event, an event sub-process, or
    whatever stands at the border of the sub-process around."""
    if any(is_true(node.element.get("triggeredByEvent")) for node in nodes):
        return True
    if any(node.element.find(f"{BPMN}terminateEventDefinition") is not None for node in nodes):
        return True
    return bool(nodes) and nodes[0].scope != drawing.key
