"""What one move of a case yields. All of it is plain data; nothing here knows SpiffWorkflow.

`token` is the id of one activation of a node. `definition` is the digest of the definition that
the node belongs to: that of the case, or of a process that it calls.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Opened:
    """A work item that has become available.

    `variables` are the local ones around it, outermost first: of its iteration in a
    multi-instance node, for example {"bidang": "BIDANG-1"}, and its mapped inputs.
    """

    token: str
    node: str
    variables: dict[str, object]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed timer. `due_at` is an aware UTC moment and does not move while it is armed."""

    token: str
    node: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A token that waits for a message or signal; `keys` must all equal those of a message."""

    token: str
    node: str
    kind: Literal["message", "signal"]
    name: str
    keys: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal that leaves the case. A signal has reached the case itself already.

    `token` is that of the node that threw it: unique, so that it serves as the message's id.
    """

    token: str
    node: str
    kind: Literal["message", "signal"]
    name: str
    keys: dict[str, object]
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that a program does outside the case; see `workflows.process.model.Work`.

    `request`: the evaluated fields; `retries`: tries in all before it becomes an incident.
    """

    token: str
    node: str
    kind: Literal["function", "http", "external"]
    name: str
    request: dict[str, object]
    retries: int
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """A node that could not go on. `reason` is a code, `fields` say more; the token waits there
    until `retry` or `skip`, while the rest of the case goes on."""

    token: str
    node: str
    reason: str
    fields: dict[str, object] = field(default_factory=dict)
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """A token that came to a node in this move, or left it. `is_new`: it came in this move.

    `kind`: of the node, BPMN's name; `state`: active, completed, withdrawn.
    """

    token: str
    node: str
    name: str
    kind: str
    state: Literal["active", "completed", "withdrawn"]
    is_new: bool
    definition: str = ""


@dataclass(frozen=True, slots=True)
class OpenToken:
    """A node that is active now; `stuck`: it has an incident."""

    token: str
    node: str
    name: str
    kind: str
    definition: str
    stuck: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The case after one move.

    Changes: `opened`, `jobs` (work items and jobs that became available), `closed` (those
    withdrawn by the process; the completed one is not among them), `thrown`, `activations` (in
    order). The whole present state: `timers`, `subscriptions`, `tokens` (nodes with a token),
    `incidents`.
    """

    state: bytes
    data: dict[str, object]
    opened: tuple[Opened, ...]
    closed: tuple[str, ...]
    timers: tuple[Timer, ...]
    tokens: tuple[str, ...]
    incidents: tuple[Incident, ...]
    finished: bool
    jobs: tuple[Job, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    thrown: tuple[Thrown, ...] = ()
    activations: tuple[Activation, ...] = ()
