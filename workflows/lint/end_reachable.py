"""From every node the flow can come to an end.

Right: each path leads to an end event; a loop has a way out. Wrong: a step without an outgoing
flow; a loop that nothing leaves; a process without an end event.
"""

from collections.abc import Iterator

from workflows.drawing import Drawing, Node
from workflows.lint.all_reachable import reach
from workflows.lint.finding import Draft, Problem, call, call_scope


def check(draft: Draft) -> Iterator[Problem]:
    for scope, nodes in draft.drawing.scopes.items():
        if not any(node.tag == "endEvent" for node in nodes):
            where = call_scope(draft.drawing, scope)
            yield Problem(scope, f"{where} tidak punya kejadian selesai. Tambahkan satu.")
        yield from _stuck(draft.drawing, scope, nodes)


def _stuck(drawing: Drawing, scope: str, nodes: tuple[Node, ...]) -> Iterator[Problem]:
    behind: dict[str, list[str]] = {node.id: [] for node in nodes}
    for name, followers in drawing.followers(scope).items():
        for follower in followers:
            behind[follower].append(name)
    # A dead end is reported once, at its node, and not again for all nodes before it.
    halts = [node.id for node in nodes if not drawing.outgoing[node.id]]
    comes_to_rest = reach(halts, behind)
    for node in nodes:
        if not drawing.outgoing[node.id] and node.tag != "endEvent":
            yield Problem(
                node.id,
                f"{call(node)} adalah jalan buntu: tidak ada garis keluar. "
                "Tarik garis alur ke langkah berikutnya atau ke kejadian selesai.",
            )
        elif node.id not in comes_to_rest:
            yield Problem(
                node.id,
                f"{call(node)} berputar tanpa jalan keluar. "
                "Tambahkan percabangan yang menuju kejadian selesai.",
            )
