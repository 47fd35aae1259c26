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
    """The work could not be done. `permanent`: trying again would be no use.

    `code` is a word in `engine.incident_sentences.FAILURES` with its `fields`, or what a function
    says of itself. `reason`, which is kept, is the code and after a colon the values of the fields.
    """

    def __init__(self, code: str, /, *, permanent: bool = False, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields
        self.permanent = permanent

    @property
    def reason(self) -> str:
        detail = " ".join(str(value) for value in self.fields.values())
        return f"{self.code}: {detail}" if self.fields else self.code

    def __str__(self) -> str:
        return self.reason


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
