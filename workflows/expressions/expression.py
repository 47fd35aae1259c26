"""A compiled expression: its text, the names it reads, its value for some variables."""

import ast
from collections.abc import Mapping
from functools import lru_cache

from workflows.expressions.compiler import Compiler, Evaluate
from workflows.expressions.errors import ExpressionError
from workflows.expressions.tokens import to_python
from workflows.expressions.values import Run, TooLargeError

_MAX_NODES = 500
_MAX_DEPTH = 50


class Expression:
    """A compiled expression. `names` are the variables that it reads; it changes nothing, so one
    may be shared between threads."""

    __slots__ = ("_evaluate", "names", "text")

    def __init__(self, text: str, names: frozenset[str], evaluate: Evaluate) -> None:
        self.text = text
        self.names = names
        self._evaluate = evaluate

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def evaluate(self, variables: Mapping[str, object]) -> object:
        """The value with these variables (JSON values); raises ExpressionError, nothing else."""
        missing = sorted(name for name in self.names if name not in variables)
        try:
            return self._evaluate(Run(variables))
        except TooLargeError as error:
            raise ExpressionError(
                "expression_too_large", text=self.text, limit=str(error)
            ) from None
        except KeyError as error:
            key = error.args[0]
            reason = "unknown_name" if key in missing else "missing_key"
            raise self._failed(reason, name=str(key)) from None
        except (TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
            raise self._failed(str(error)) from None

    def _failed(self, reason: str, **fields: object) -> ExpressionError:
        return ExpressionError("expression_failed", text=self.text, reason=reason, **fields)


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Raises ExpressionError for a text outside the language, before anything is evaluated."""
    compiler = Compiler()
    try:
        evaluate = compiler.build(_parse(to_python(text)))
    except ExpressionError as error:
        raise ExpressionError(error.code, **{"text": text[:200]} | error.fields) from None
    except TooLargeError as error:
        raise ExpressionError("expression_too_large", text=text, limit=str(error)) from None
    return Expression(text, frozenset(compiler.names), evaluate)


def _parse(source: str) -> ast.expr:
    try:
        tree = ast.parse(source, mode="eval")
    except SyntaxError as error:
        raise ExpressionError("expression_syntax", reason=error.msg) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("expression_too_large", limit="depth") from None
    # Counted level by level, without recursion: the closures recurse as deep as the tree.
    level: list[ast.AST] = [tree.body]
    count = depth = 0
    while level:
        count += len(level)
        depth += 1
        if count > _MAX_NODES or depth > _MAX_DEPTH:
            limit = "nodes" if count > _MAX_NODES else "depth"
            raise ExpressionError("expression_too_large", limit=limit)
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return tree.body
