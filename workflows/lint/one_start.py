"""A process begins at its start events, and every sub-process at exactly one.

Right: one circle without symbol, then the flow; beside it one with a message or a signal.
Wrong: two circles without symbol; no circle at all; two circles in a sub-process.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead import STARTS
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, STARTS)
