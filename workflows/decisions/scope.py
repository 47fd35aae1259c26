"""One evaluation: the variables that cells read, and the work that is left for all of them."""

from dataclasses import dataclass, field

from workflows.expressions.budget import Run, TooLargeError

_MAX_STEPS = 100_000  # a single expression has a fifth of it; the work is that of one
_LETTERS = 16  # of a text that are looked at in the time of one element


class Budget(Run):
    """What all expressions and comparisons of one evaluation may cost together."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__({})
        self.steps = _MAX_STEPS

    def spend(self, amount: int) -> None:
        """Raises TooLargeError when it is spent, as all of Run does."""
        self.work -= amount
        if self.work < 0:
            raise TooLargeError("work")

    def spend_on_text(self, text: str) -> None:
        self.spend(1 + len(text) // _LETTERS)


@dataclass(frozen=True, slots=True)
class Scope:
    """`variables`: those of the case and the answers of required decisions, by name."""

    variables: dict[str, object]
    budget: Budget = field(default_factory=Budget)
