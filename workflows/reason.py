"""Why somebody steps in: a text that must be there before a case is changed from outside."""

from typing import Final

from workflows.errors import InvalidAnswerError
from workflows.storable import is_storable

MAX_LENGTH: Final = 500


def check_reason(text: str) -> str:
    """The text without the space around it.

    Raises InvalidAnswerError: reason_missing (blank, too long or with signs that no text has).
    """
    reason = text.strip()
    if not reason or len(reason) > MAX_LENGTH or not is_storable(reason):
        raise InvalidAnswerError("reason_missing", field="alasan", limit=MAX_LENGTH)
    return reason
