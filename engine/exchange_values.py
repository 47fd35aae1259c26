"""Frozen results around messages, signals, jobs and the programs that deal with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.rights import INTEGRATION, Actor


@dataclass(frozen=True)
class Sent:
    """What has become of a message or signal.

    `outcome`: delivered, started (an SOP), buffered (nothing waits for it yet), expired; sent: a
    signal, on its way to `cases`. `repeated`: it had been sent before, and nothing was done now.
    """

    message_id: str
    outcome: str
    cases: tuple[int, ...]
    repeated: bool = False


@dataclass(frozen=True)
class Client:
    """A program that has shown its key; `topics`: of the jobs that it may fetch."""

    name: str
    topics: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        return Actor(None, self.name, self.name, "id", frozenset({INTEGRATION}))


@dataclass(frozen=True)
class KeyLine:
    name: str
    topics: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class LockedJob:
    """A job that a worker may work on until `locked_until`; `attempt` counts from 1."""

    id: int
    case_id: int
    topic: str
    node: str
    request: Mapping[str, object]
    attempt: int
    retries_left: int
    locked_until: datetime


@dataclass(frozen=True)
class JobState:
    """What has become of a job; for the states see JobLine."""

    id: int
    state: str
    locked_until: datetime | None
    due_at: datetime
    retries_left: int


@dataclass(frozen=True)
class JobLine:
    """`state`: ready, locked, reported (done, while its case is suspended), done, incident,
    cancelled; `due_at`: when it may be run (again)."""

    id: int
    case_id: int
    node: str
    kind: str
    name: str
    state: str
    attempts: int
    retries_left: int
    due_at: datetime
    locked_by: str
    locked_until: datetime | None
    last_error: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class MessageLine:
    """A message that has reached nobody yet. `last_error`: why not, where there is a receiver:
    message_ambiguous, message_start_ambiguous, no_holder and the like."""

    message_id: str
    name: str
    keys: Mapping[str, str]
    from_case: int | None
    created_at: datetime
    expires_at: datetime
    last_error: str
