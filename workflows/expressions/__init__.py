"""The safe expression language of forms and processes: conditions, collections, timers.

A Python-like expression over JSON values, written bare, as `${…}`, `#{…}` or with a leading `=`.
It is parsed once, checked against a whitelist and compiled to closures. Nothing is ever handed
to eval, and no attribute of a Python object can be reached: a dot reads a key of a dict.
"""

from workflows.expressions.errors import ExpressionError
from workflows.expressions.expression import Expression, compile_expression

__all__ = ["Expression", "ExpressionError", "compile_expression"]
