"""What one person writes to another: a question, an answer, a comment, a note."""

from typing import Final

from workflows.errors import InvalidAnswerError
from workflows.storable import is_storable

LONGEST: Final = 4000


def check_remark(text: str, field: str, *, limit: int = LONGEST, required: bool = True) -> str:
    """The text without the space around it, its line ends as one sign.

    Raises InvalidAnswerError: invalid_text (field, reason required, too_long, not_text).
    """
    kept = text.replace("\r\n", "\n").strip()
    reason = None
    if required and not kept:
        reason = "required"
    elif len(kept) > limit:
        reason = "too_long"
    elif not is_storable(kept):
        reason = "not_text"
    if reason:
        raise InvalidAnswerError("invalid_text", field=field, reason=reason, limit=limit)
    return kept
