"""What a service is told besides its request, and the two ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class BusinessError(Exception):
    """Raised by a function for an outcome that the process knows: a BPMN error event catches it
    by its code. It is not tried again."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class ServiceError(Exception):
    """The work could not be done. `permanent`: trying again would be no use."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


@dataclass(frozen=True)
class Context:
    """Whose work it is. `key` stays the same over all attempts, so that a service that has done
    its work already can tell."""

    job: int
    case: int
    node: str
    attempt: int
    key: str
    now: datetime
