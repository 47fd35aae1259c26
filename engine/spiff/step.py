"""What one move of a case yields. All of it is plain data; nothing here knows SpiffWorkflow."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A work item that has become available.

    `variables` are the local ones of its iteration in a multi-instance node, outermost first,
    for example {"bidang": "BIDANG-1"}; elsewhere it is empty.
    """

    token: str
    node: str
    variables: dict[str, object]


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed timer. `due_at` is an aware UTC moment and does not move while it is armed."""

    token: str
    node: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """A node that could not go on. `reason` is a code, `fields` say more; the token waits there
    until `retry`, while the rest of the case goes on."""

    token: str
    node: str
    reason: str
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The case after one move.

    `opened` and `closed` are changes: work items that became available, and those withdrawn by
    the process (the completed one is in neither). `timers`, `tokens` and `incidents` are the
    whole present state: all armed timers, all nodes with a token, all open incidents.
    """

    state: bytes
    data: dict[str, object]
    opened: tuple[Opened, ...]
    closed: tuple[str, ...]
    timers: tuple[Timer, ...]
    tokens: tuple[str, ...]
    incidents: tuple[Incident, ...]
    finished: bool
