"""Every node can be reached from the start.

Right: a chain of flows leads from the start to each step; events at a border, event
sub-processes, the other end of a link and steps that undo need no flow. Wrong: a step that no flow
enters, or that is only entered from itself.
"""

from collections.abc import Iterable, Iterator, Mapping

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead import REACH
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, REACH)


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
