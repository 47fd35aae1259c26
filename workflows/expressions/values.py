"""The arithmetic, comparisons and look-ups of the language, each checked for kind and size."""

import math
import operator
from collections.abc import Callable, Mapping

MAX_STEPS = 20_000
MAX_SIZE = 100_000
MAX_WORK = 2_000_000  # elements that all steps together may look at, a fraction of a second
_MAX_BITS = 1024
_LETTERS = 16  # of a text that are looked at in the time of one element


class TooLargeError(Exception):
    """A budget is spent; the argument names it."""


class Run:
    """One evaluation: the variables, those bound by comprehensions, and the budgets left.

    Steps count what the expression itself repeats, work what Python repeats within one step.
    """

    __slots__ = ("bound", "steps", "variables", "work")

    def __init__(self, variables: Mapping[str, object]) -> None:
        self.variables = variables
        self.bound: dict[str, object] = {}
        self.steps = MAX_STEPS
        self.work = MAX_WORK

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TooLargeError("steps")

    def charge(self, *values: object) -> None:
        """Pay for work that goes through these values once, before it is done."""
        for value in values:
            self.work -= weigh(value, self.work)
            if self.work < 0:
                raise TooLargeError("work")


def weigh(value: object, limit: int) -> int:
    """The elements of a value with all that lies in it; the count ends soon after `limit`."""
    if not isinstance(value, str | list | tuple | Mapping):
        return 1
    weight, left = 0, [value]
    while left and weight <= limit:
        one = left.pop()
        weight += 1
        if isinstance(one, str):
            weight += len(one) // _LETTERS
        elif isinstance(one, Mapping):
            weight += len(one)
            left += [*one, *one.values()]
        elif isinstance(one, list | tuple):
            weight += len(one)
            left += one
    return weight


def check_size(value: object) -> object:
    if isinstance(value, str | list | tuple | dict):
        if len(value) > MAX_SIZE:
            raise TooLargeError("size")
    elif isinstance(value, int):
        if value.bit_length() > _MAX_BITS:
            raise TooLargeError("number")
    elif isinstance(value, float) and not math.isfinite(value):
        raise TooLargeError("number")
    return value


def read_key(record: object, key: str) -> object:
    """What a dot does: a key of a dict, never an attribute of an object."""
    if isinstance(record, Mapping):
        return record[key]
    raise TypeError(f"no key {key!r} in a value of another kind")


def read_item(container: object, index: object) -> object:
    if isinstance(container, Mapping):
        return container[index]
    if isinstance(container, str | list | tuple) and isinstance(index, int | slice):
        return container[index]
    raise TypeError("a list needs a number, a dict a key")


def compared(kind: str, left: object, right: object) -> tuple[object, ...]:
    """The values that a comparison may have to go through to its end."""
    if kind in ("In", "NotIn"):
        return () if isinstance(right, Mapping) else (left, right)
    # Values of two kinds differ at once; of one kind they are equal as far as the shorter goes.
    return (left,) if isinstance(left, type(right)) else ()


def contains(part: object, whole: object) -> bool:
    if isinstance(whole, str):
        return isinstance(part, str) and part in whole
    if isinstance(whole, list | tuple | Mapping):
        return part in whole
    raise TypeError("a text, list or dict is wanted after `in`")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _add(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    return _numeric(operator.add)(left, right)


def _numeric(apply: Callable[..., object]) -> Callable[[object, object], object]:
    # Excludes the repetition of texts and lists, and the formatting of texts with %.
    def checked(left: object, right: object) -> object:
        if _is_number(left) and _is_number(right):
            return apply(left, right)
        raise TypeError("numbers are wanted")

    return checked


def _ordered(apply: Callable[..., object]) -> Callable[[object, object], object]:
    """Order is defined among numbers and among texts (ISO dates compare as texts)."""

    def checked(left: object, right: object) -> object:
        both_texts = isinstance(left, str) and isinstance(right, str)
        if both_texts or (_is_number(left) and _is_number(right)):
            return apply(left, right)
        raise TypeError("two numbers or two texts are wanted")

    return checked


def negate(value: object) -> object:
    return _numeric(operator.sub)(0, value)


def as_number(value: object) -> object:
    return _numeric(operator.add)(0, value)


ARITHMETIC: Mapping[str, Callable[[object, object], object]] = {
    "Add": _add,
    "Sub": _numeric(operator.sub),
    "Mult": _numeric(operator.mul),
    "Div": _numeric(operator.truediv),
    "FloorDiv": _numeric(operator.floordiv),
    "Mod": _numeric(operator.mod),
}
COMPARISONS: Mapping[str, Callable[[object, object], object]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": _ordered(operator.lt),
    "LtE": _ordered(operator.le),
    "Gt": _ordered(operator.gt),
    "GtE": _ordered(operator.ge),
    "In": contains,
    "NotIn": lambda part, whole: not contains(part, whole),
    "Is": operator.is_,
    "IsNot": operator.is_not,
}
