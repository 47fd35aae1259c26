"""What the operations on running cases give back: frozen values, as those of `engine.values`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ActivationLine:
    """One stay of a token at a node. `kind`: BPMN's name of the element; `state`: active,
    completed, withdrawn, skipped; `round`: how often the node has been reached by then."""

    seq: int
    token: str
    node: str
    name: str
    kind: str
    state: str
    round: int
    entered_at: datetime
    left_at: datetime | None
    definition: str


@dataclass(frozen=True)
class NodeLine:
    node: str
    name: str
    kind: str


@dataclass(frozen=True)
class TokenLine:
    """A node that is active now; `stuck`: it has an incident; `detail` tells the tokens of one
    node apart: the unit of a work item, for one."""

    token: str
    node: str
    name: str
    kind: str
    stuck: bool
    detail: str


@dataclass(frozen=True)
class WaitLine:
    """An active node at which no person is asked.

    `waits_for`: message, signal, job, timer, incident, or "" for whatever else; `name`: of the
    message, signal or job, or the incident's reason with its `fields`; `due_at`: of a timer.
    """

    node: str
    node_name: str
    waits_for: str
    name: str
    fields: Mapping[str, object]
    due_at: datetime | None


@dataclass(frozen=True)
class MoveChoices:
    """Which tokens of a case can be moved, and where to: `earlier` nodes have been passed."""

    open: tuple[TokenLine, ...]
    earlier: tuple[NodeLine, ...]
    others: tuple[NodeLine, ...]


@dataclass(frozen=True)
class MoveOutcome:
    """What a move leads to, or would: what it withdraws, and what is active anew afterwards."""

    case_id: int
    state: str
    source: NodeLine
    target: NodeLine
    withdrawn: tuple[NodeLine, ...]
    opened: tuple[NodeLine, ...]


@dataclass(frozen=True)
class CaseState:
    """A case after an operation; `tokens`: its active nodes."""

    case_id: int
    state: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class BlockedNode:
    """Why a case cannot be brought to another version; `reason` is a code."""

    node: str
    name: str
    reason: str


@dataclass(frozen=True)
class MigrationLine:
    """`outcome`: moved, blocked, or movable in a dry run; `moved`: (node of the old version, node
    of the new) of everything that is active."""

    case_id: int
    from_version: int
    to_version: int
    outcome: str
    moved: tuple[tuple[str, str], ...]
    blocked: tuple[BlockedNode, ...]
