"""What can be wrong with an expression or script."""

from workflows.errors import SopError


class ExpressionError(SopError):
    """An expression or script that cannot be used or did not yield a value.

    Codes: `expression_syntax` (not readable; field `reason`), `expression_not_allowed` (readable,
    but outside the language; field `construct`), `expression_too_large` (a budget is spent; field
    `limit`), `expression_failed` (no value with these variables; field `reason`),
    `script_language_unknown` (field `language`). All but the last name the `text`; what is found
    before anything is evaluated also names the `column`, counted from 1 in the text as written,
    and of a script the `line`, where also what fails later names both.
    """


def placed(error: ExpressionError, text: str, *, lines: bool = False) -> ExpressionError:
    """The error with the place in the text where it arose, instead of the bare offset `at`."""
    fields = dict(error.fields)
    at = fields.pop("at", None)
    place: dict[str, object] = {}
    if isinstance(at, int) and lines:
        start = text.rfind("\n", 0, at) + 1
        place = {"line": text.count("\n", 0, at) + 1, "column": at - start + 1}
    elif isinstance(at, int):
        place = {"column": at + 1}
    return ExpressionError(error.code, text=text[:200], **place, **fields)
