"""Every node can be reached from the start.

Right: a chain of flows leads from the start to each step. Wrong: a step that no flow enters, or
that is only entered from itself.
"""

from collections.abc import Iterable, Iterator, Mapping

from workflows.lint.finding import Draft, Problem, call


def check(draft: Draft) -> Iterator[Problem]:
    for scope, nodes in draft.drawing.scopes.items():
        starts = [node.id for node in nodes if node.tag == "startEvent"]
        reached = reach(starts, draft.drawing.followers(scope))
        for node in nodes:
            if starts and node.id not in reached:
                yield Problem(
                    node.id,
                    f"{call(node)} tidak dapat dicapai dari kejadian mulai. "
                    "Tarik garis alur menuju elemen ini, atau hapus.",
                )


def reach(roots: Iterable[str], ahead: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The roots and everything that they lead to."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(ahead.get(name, ()))
    return frozenset(found)
