"""Tokens and the parts of a running case, on SpiffWorkflow's tasks and workflows.

A token is one activation of a node. It is READY when it can pass (or, at a step that a person
does, when the work item is open), WAITING for an event, for others or for somebody, STARTED while
something runs inside of it. Which tokens belong together is written on the tokens, never
looked up in the past: finished tokens may be forgotten at any time.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from SpiffWorkflow import Workflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.spiff.scope import INCIDENT, NOTHING, NodeError, Scope

HOST = "host"  # the activity whose boundary an event stands on
OF = "of"  # the loop that an iteration belongs to
RACE = "race"  # the event-based gateway whose other branches a catch event ends
UNDO = "undo"  # the compensation throw that a handler works for
VIA = "via"  # the flow by which a token came
ARRIVED = "arrived"  # what an event brought, not yet written to the case
STAGE = "stage"  # how far an activity has got: see `nodes.Node`

READY = TaskState.READY
WAITING = TaskState.WAITING
STARTED = TaskState.STARTED
COMPLETED = TaskState.COMPLETED
CANCELLED = TaskState.CANCELLED
_FINISHED = TaskState.FINISHED_MASK


class Token(Task):
    """`parent` is the token that it came from, as long as that one is remembered."""

    def __init__(
        self, part: "Part", spec: Any, parent: Any, state: int, identity: str | None = None
    ) -> None:
        super().__init__(part, spec, parent, state, identity or str(uuid4()))

    def _set_state(self, value: int) -> None:
        # SpiffWorkflow would gather the fields of a log line here, also when nobody listens.
        self._state = value

    @property
    def live(self) -> bool:
        return not self._state & _FINISHED

    def complete(self) -> None:
        """Leave the node; a token that was withdrawn meanwhile does not."""
        if self.live:
            super().complete()


class Part(Workflow):
    """A running process or sub-process; `host` is the token of the activity that it runs in.

    `parts`, of the outermost one, are all the others by the id of their host, outer ones first.
    """

    def __init__(self, spec: Any, host: Token | None, root: str | None = None) -> None:
        super().__init__(spec, deserializing=True)
        self.host = host
        self.top: Part = self if host is None else host.workflow.top
        self.parts: dict[str, Part] = {}
        self.task_tree = Token(self, spec.start, None, COMPLETED, root)
        if host is not None:
            self.top.parts[host.id] = self

    @property
    def scope(self) -> Scope:
        return self.top._scope

    @scope.setter
    def scope(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def depth(self) -> int:
        """How many parts are around this one."""
        part, depth = self, 0
        while part.host is not None:
            part, depth = part.host.workflow, depth + 1
        return depth

    def live(self, states: int = TaskState.NOT_FINISHED_MASK) -> list[Token]:
        """Its unfinished tokens in the order of their making."""
        return [token for token in self.tasks.values() if token._state & states]

    def all_parts(self) -> list["Part"]:
        """The outermost part and all within it."""
        return [self.top, *self.top.parts.values()]


def all_live(top: Part, states: int = TaskState.NOT_FINISHED_MASK) -> list[Token]:
    return [
        token for part in top.all_parts() for token in part.tasks.values() if token._state & states
    ]


def spawn(part: Part, spec: Any, parent: Token, marks: Mapping[str, object] = NOTHING) -> Token:
    """Make a token at a node, under the token that it came from, and let it arrive."""
    part.scope.spawned += 1
    token = Token(part, spec, parent, WAITING)
    token.internal_data = dict(marks)
    if spec.is_traced(token):
        part.scope.trace_entered(token)
    arrive(token)
    return token


def arrive(token: Token) -> None:
    """What happens at a node when a token comes, or when it tries again."""
    try:
        token.task_spec._update(token)
    except NodeError as failure:
        record_incident(token, failure)


def withdraw(token: Token) -> None:
    """Take a token out of the case, with all that depends on it."""
    if not token.live:
        return
    token._set_state(CANCELLED)
    token.workflow.scope.trace_left(token, "withdrawn")
    drop_part(token)
    if not token.task_spec.has_dependents:
        return
    # What undoes for an event sub-process works in the scope around it.
    everywhere = token.task_spec.undoes
    for other in all_live(token.workflow.top) if everywhere else token.workflow.live():
        marks = other.internal_data
        if token.id in (marks.get(HOST), marks.get(OF), marks.get(UNDO)):
            withdraw(other)


def drop_part(host: Token) -> None:
    """Withdraw whatever runs inside of a token."""
    part = host.workflow.top.parts.pop(host.id, None)
    for token in part.live() if part is not None else ():
        withdraw(token)


def with_mark(token: Token, mark: str) -> list[Token]:
    """The live tokens beside this one that carry its id under the mark."""
    return [one for one in token.workflow.live() if one.internal_data.get(mark) == token.id]


def outermost(token: Token) -> Token:
    """The token on whose boundary events stand: for an iteration its loop, else itself."""
    loop = token.internal_data.get(OF)
    return token.workflow.tasks[loop] if loop is not None else token


def record_incident(token: Any, failure: NodeError) -> None:
    token.internal_data[INCIDENT] = [failure.code, failure.fields]
