"""Equality and order of values, each only among values of one kind.

A yes is not the number 1 and a text is not a number. A date written as text compares with a date.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final

from workflows.decisions.errors import UnfitError
from workflows.decisions.moments import read_like
from workflows.decisions.scope import Budget
from workflows.expressions.budget import MAX_NESTING, TooLargeError

ORDER: Final[Mapping[str, Callable[..., bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBERS: Final = frozenset({int, float})
_ORDERED: Final = (str, date, time)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def are_same(left: object, right: object, budget: Budget) -> bool:
    """Values of two kinds are not equal; a text beside a date must be a date (UnfitError)."""
    if left is None or right is None:
        return left is right
    if isinstance(left, list | tuple):
        if not isinstance(right, list | tuple) or len(left) != len(right):
            return False
        budget.spend(len(left))
        return all(are_same(one, other, budget) for one, other in zip(left, right, strict=True))
    if isinstance(left, Mapping):
        if not isinstance(right, Mapping) or left.keys() != right.keys():
            return False
        budget.spend(len(left))
        return all(are_same(one, right[key], budget) for key, one in left.items())
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        budget.spend_on_text(left)
    else:
        left, right = _aligned(left, right)
        if isinstance(left, datetime) and isinstance(right, datetime):
            return bool(is_ordered("<=", left, right)) and left == right
    return left == right


def is_ordered(kind: str, left: object, right: object) -> bool | None:
    """Whether `left` stands in this order to `right`; None when one of them is null.

    Raises UnfitError for values that have no order.
    """
    if left is None or right is None:
        return None
    if type(left) not in _NUMBERS or type(right) not in _NUMBERS:
        left, right = _aligned(left, right)
        ordered = isinstance(left, _ORDERED) and type(left) is type(right)
        if not ordered:
            raise UnfitError("cannot_compare")
    try:
        return ORDER[kind](left, right)
    except TypeError:  # one has a zone and the other has none
        raise UnfitError("cannot_compare") from None


def _aligned(left: object, right: object) -> tuple[object, object]:
    """Two texts, two moments: a text beside a moment is read as one."""
    try:
        if isinstance(left, str) and isinstance(right, date | time):
            return read_like(right, left), right
        if isinstance(right, str) and isinstance(left, date | time):
            return left, read_like(left, right)
    except ValueError:
        raise UnfitError("cannot_compare") from None
    return left, right


def as_json(value: object, budget: Budget, nesting: int = MAX_NESTING) -> object:
    """The value as case data can hold it, paid for as a copy."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str):
        budget.spend_on_text(value)
    if not isinstance(value, list | tuple | Mapping):
        return value
    if nesting == 0:
        raise TooLargeError("depth")
    budget.spend(len(value))
    if isinstance(value, Mapping):
        return {str(key): as_json(one, budget, nesting - 1) for key, one in value.items()}
    return [as_json(one, budget, nesting - 1) for one in value]
