"""What one evaluation may cost: steps, work, sizes and memory, so that no text exhausts its host.

Steps count what an expression or script itself repeats; work counts the elements that Python goes
through within one step; room is the memory of the texts, lists and records made along the way.
"""

import math
from collections.abc import Mapping
from sys import getsizeof

MAX_STEPS = 20_000
MAX_WORK = 1_000_000  # a fraction of a second
MAX_ROOM = 20_000_000  # bytes
MAX_SIZE = 100_000  # letters of a text, items of a list, keys of a record
MAX_RESULT = 250_000  # elements of a value that is handed out, with all that lies in it
MAX_NESTING = 32  # lists and records in each other in a value that is handed out
_MAX_BITS = 1024
_LETTERS = 16  # of a text that are looked at in the time of one element
_SCALARS = frozenset({bool, int, float, type(None)})


class TooLargeError(Exception):
    """A budget is spent; the argument names it."""


class Run:
    """One evaluation: the variables, those bound by repetitions, and what is left to spend.

    `at`: where in the text a script has got to.
    """

    __slots__ = ("at", "bound", "room", "steps", "variables", "work")

    def __init__(self, variables: Mapping[str, object]) -> None:
        self.variables = variables
        self.bound: dict[str, object] = {}
        self.steps = MAX_STEPS
        self.work = MAX_WORK
        self.room = MAX_ROOM
        self.at = 0

    def step(self, cost: int = 1) -> None:
        """One repetition of what is `cost` nodes large."""
        self.steps -= 1
        if self.steps < 0:
            raise TooLargeError("steps")
        self.spend(cost)

    def spend(self, work: int) -> None:
        self.work -= work
        if self.work < 0:
            raise TooLargeError("work")

    def charge(self, *values: object, times: int = 1) -> None:
        """Pay for work that goes through these values so many times, before it is done."""
        for value in values:
            self.spend(times if type(value) in _SCALARS else times * weigh(value, self.work))

    def made(self, value: object) -> object:
        """The value, checked for its size and paid for as a new one in memory."""
        if type(value) in _SCALARS:
            return check_number(value)
        if isinstance(value, str | list | tuple | dict):
            if len(value) > MAX_SIZE:
                raise TooLargeError("size")
            self.room -= getsizeof(value)
            if self.room < 0:
                raise TooLargeError("memory")
        return value

    def copied(self, value: object) -> object:
        """Like `made`, for a value whose elements were moved there one by one."""
        self.made(value)
        if isinstance(value, str):
            self.spend(len(value) // _LETTERS)
        elif isinstance(value, list | tuple | dict):
            self.spend(len(value))
        return value


def check_number(value: object) -> object:
    if isinstance(value, int):
        if value.bit_length() > _MAX_BITS:
            raise TooLargeError("number")
    elif isinstance(value, float) and not math.isfinite(value):
        raise TooLargeError("number")
    return value


def weigh(value: object, limit: int, nesting: int | None = None) -> int:
    """The elements of a value with all that lies in it; the count ends soon after `limit`."""
    if not isinstance(value, str | list | tuple | Mapping):
        return 1
    weight, depth = 0, 0
    level: list[object] = [value]
    while level:
        depth += 1
        if nesting is not None and depth > nesting:
            raise TooLargeError("depth")
        deeper: list[object] = []
        for one in level:
            weight += 1
            if isinstance(one, str):
                weight += len(one) // _LETTERS
            elif isinstance(one, list | tuple):
                weight += 2 * len(one)
                deeper += [item for item in one if type(item) not in _SCALARS]
            elif isinstance(one, Mapping):
                weight += 3 * len(one)
                deeper += [*one, *(item for item in one.values() if type(item) not in _SCALARS)]
            if weight > limit:
                return weight
        level = deeper
    return weight


def check_result(value: object) -> object:
    """A value on its way out: it will be copied and stored, where what it shares counts twice."""
    if type(value) not in _SCALARS and weigh(value, MAX_RESULT, MAX_NESTING) > MAX_RESULT:
        raise TooLargeError("size")
    return value
