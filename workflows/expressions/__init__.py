"""The safe language of forms and processes: conditions, collections, timers, scripts.

An expression over JSON values, written bare (Python-like), as `${…}` or `#{…}` (JUEL) or with a
leading `=` (FEEL). It is parsed once, by a grammar that knows nothing else, and compiled to
closures. Nothing is ever handed to eval, and no attribute of a Python object can be reached: a dot
reads a key of a record. Scripts are lines of assignments, `if` and `for` over such expressions.
The language is described in docs/reference/expressions.md.
"""

from workflows.expressions.errors import ExpressionError
from workflows.expressions.expression import (
    Expression,
    Language,
    compile_expression,
    parse_expression,
)
from workflows.expressions.script import Script, compile_script

__all__ = [
    "Expression",
    "ExpressionError",
    "Language",
    "Script",
    "compile_expression",
    "compile_script",
    "parse_expression",
]
