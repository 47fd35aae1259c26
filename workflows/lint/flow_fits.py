"""A flow joins two different places of one scope, once, in the direction that events allow.

Right: step -> step in the same sub-process; two answers of one decision that lead to one step.
Wrong: a flow across the border of a sub-process, out of an end event, into a start or boundary
event, at an event sub-process or a compensating step; the same flow drawn twice.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead import FLOWS
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, FLOWS)
