"""A compiled script: its text, the names it reads and writes, what it does with some variables."""

from collections.abc import Mapping
from functools import lru_cache

from workflows.expressions.budget import check_result
from workflows.expressions.errors import ExpressionError, placed
from workflows.expressions.failures import FAILURES, explained
from workflows.expressions.procedure import Execute, ScriptCompiler, ScriptRun
from workflows.expressions.statements import ScriptParser, lay_out
from workflows.expressions.tokens import MAX_LENGTH

_FORMATS = frozenset({"", "python", "text/x-python", "application/x-python"})


class Script:
    """A compiled script. `names` are the variables that it may read from outside, `writes` those
    that it may write; it changes nothing itself, so one may be shared between threads."""

    __slots__ = ("_execute", "names", "text", "writes")

    def __init__(
        self, text: str, names: frozenset[str], writes: frozenset[str], execute: Execute
    ) -> None:
        self.text = text
        self.names = names
        self.writes = writes
        self._execute = execute

    def __repr__(self) -> str:
        return f"Script({self.text!r})"

    def run(self, variables: Mapping[str, object]) -> dict[str, object]:
        """The variables that were written; those given (JSON values) stay as they are, though
        what was written may share parts with them. Raises ExpressionError, nothing else."""
        run = ScriptRun(variables)
        try:
            self._execute(run)
            written = {name: run.own[name] for name in sorted(run.written)}
            check_result(written)
        except FAILURES as error:
            raise placed(explained(error, at=run.at), self.text, lines=True) from None
        return written


@lru_cache(maxsize=256)
def compile_script(text: str, format: str = "") -> Script:
    """Raises ExpressionError for a text outside the language, before anything is done; for a
    `format` (as a script task names it) other than Python's too: code script_language_unknown."""
    if format.strip().lower() not in _FORMATS:
        raise ExpressionError("script_language_unknown", language=format[:100])
    compiler = ScriptCompiler()
    try:
        if len(text) > MAX_LENGTH:
            raise ExpressionError("expression_too_large", limit="length", maximum=MAX_LENGTH)
        execute = compiler.carry_out(ScriptParser(lay_out(text)).script())
    except ExpressionError as error:
        raise placed(error, text, lines=True) from None
    except RecursionError:
        raise ExpressionError("expression_too_large", text=text[:200], limit="depth") from None
    return Script(text, frozenset(compiler.names), frozenset(compiler.writes), execute)
