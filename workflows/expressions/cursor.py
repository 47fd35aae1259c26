"""Walking along the tokens of a text: what stands here, what must stand here, what does not fit."""

from workflows.expressions.errors import ExpressionError
from workflows.expressions.tokens import Token
from workflows.expressions.tree import Grower


class Cursor:
    """A place among tokens, of which the last is of kind "end"."""

    def __init__(self, tokens: list[Token], make: Grower | None = None) -> None:
        self.make = make or Grower()
        self._tokens = tokens
        self._index = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._index]

    def following(self, distance: int = 1) -> Token:
        return self._tokens[min(self._index + distance, len(self._tokens) - 1)]

    def next(self) -> Token:
        token = self.token
        if token.kind != "end":
            self._index += 1
        return token

    def sees(self, *texts: str) -> bool:
        return self.token.text in texts and self.token.kind in ("operator", "name")

    def skip(self, text: str) -> bool:
        if self.sees(text):
            self.next()
            return True
        return False

    def expect(self, text: str) -> Token:
        if not self.sees(text):
            raise self.unexpected(expected=text)
        return self.next()

    def unexpected(self, **fields: object) -> ExpressionError:
        kind, text, at = self.token
        if not text:
            reason = "empty" if kind == "end" and self._index == 0 else "incomplete"
        else:
            reason = "single_equals" if text == "=" else "unexpected"
        found = {"found": text[:50]} if text else {}
        return ExpressionError("expression_syntax", at=at, reason=reason, **found, **fields)
