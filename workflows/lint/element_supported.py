"""Only what is carried out as drawn may be drawn; everything else is refused, never ignored.

Right: all kinds of tasks, exclusive, inclusive, parallel and event-based gateways, sub-processes
and event sub-processes, calls, messages, signals, timers, errors, escalations, conditions, links,
compensation, loops; notes, groups and data objects as documentation (docs/reference/bpmn.md).
Wrong: complex gateways, transactions, ad-hoc sub-processes, a service task without any work, an
event whose message nobody has named.
Warned: a box without a symbol, which is done as a person's step; attributes unknown to BPMN.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead_elements import ELEMENTS
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, ELEMENTS)
