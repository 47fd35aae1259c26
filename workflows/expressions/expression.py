"""A compiled expression: its text, the names it reads, its value for some variables."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from workflows.expressions.budget import Run, check_result
from workflows.expressions.compiler import Compiler, Evaluate
from workflows.expressions.errors import ExpressionError, placed
from workflows.expressions.failures import FAILURES, explained
from workflows.expressions.feel import FeelParser
from workflows.expressions.grammar import Parser
from workflows.expressions.juel import JuelParser, has_place, parse_template
from workflows.expressions.tokens import MAX_LENGTH, tokenise
from workflows.expressions.tree import Node

Language = Literal["", "feel", "juel"]


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
        try:
            return check_result(self._evaluate(Run(variables)))
        except FAILURES as error:
            raise placed(explained(error), self.text) from None

    def evaluate_in(self, run: Run) -> object:
        """The same as a part of a larger evaluation, which pays for it."""
        try:
            value = self._evaluate(run)
            run.charge(value)
            return value
        except FAILURES as error:
            raise placed(explained(error), self.text) from None


@lru_cache(maxsize=1024)
def compile_expression(text: str, language: Language = "") -> Expression:
    """Raises ExpressionError for a text outside the language, before anything is evaluated.

    Without a language the text says it: `=…` is FEEL, places `${…}` or `#{…}` outside of quotes
    make it JUEL, anything else is the plain notation. With "feel" the leading `=` may be left out,
    with "juel" the braces, where nothing stands around them.
    """
    compiler = Compiler()
    try:
        evaluate = compiler.build(_parse(text, language))
    except ExpressionError as error:
        raise placed(error, text) from None
    except RecursionError:
        raise ExpressionError("expression_too_large", text=text[:200], limit="depth") from None
    return Expression(text, frozenset(compiler.names), evaluate)


def parse_expression(text: str, language: Language = "") -> Node:
    """The tree of a text, for those who carry it elsewhere. Raises ExpressionError."""
    return _parse(text, language)


def _parse(text: str, language: Language) -> Node:
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression_too_large", limit="length", maximum=MAX_LENGTH)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    marked = text.startswith("=", begin) and not text.startswith("==", begin)
    if language == "feel" or (language == "" and marked):
        return FeelParser(tokenise(text, begin + marked, end)).parse()
    if language == "juel" and "${" not in text and "#{" not in text:
        return JuelParser(tokenise(text, begin, end)).parse()
    if language == "juel" or has_place(text):
        return parse_template(text, begin, end)
    return Parser(tokenise(text, begin, end)).parse()
