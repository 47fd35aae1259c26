"""Why an evaluation yields no value: what Python raises, as errors of the language."""

from workflows.expressions.budget import TooLargeError
from workflows.expressions.errors import ExpressionError
from workflows.expressions.values import MissingKeyError

FAILURES = (
    TooLargeError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError,
)  # fmt: skip

_LONGEST = 200  # letters of a reason, which may quote a value


def explained(error: Exception, **place: object) -> ExpressionError:
    """Of an error in FAILURES."""
    if isinstance(error, TooLargeError):
        return ExpressionError("expression_too_large", limit=str(error), **place)
    said = str(error.args[0] if error.args else error)[:_LONGEST]
    if isinstance(error, MissingKeyError):
        return ExpressionError("expression_failed", reason="missing_key", name=said, **place)
    if isinstance(error, KeyError):
        return ExpressionError("expression_failed", reason="unknown_name", name=said, **place)
    return ExpressionError("expression_failed", reason=said, **place)
