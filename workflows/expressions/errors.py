"""What can be wrong with an expression."""

from workflows.errors import SopError


class ExpressionError(SopError):
    """An expression that cannot be used or did not yield a value.

    Codes: `expression_syntax` (not readable; field `column` where known), `expression_not_allowed`
    (readable, but outside the language; field `construct`), `expression_too_large` (a budget is
    spent; field `limit`), `expression_failed` (no value with these variables; field `reason`).
    """
