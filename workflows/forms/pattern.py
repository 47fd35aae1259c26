"""The pattern of a text field (`validate.pattern`), matched in time that grows with the text alone.

A pattern comes from whoever draws an SOP, the text from whoever fills it in; Python's own matcher
can be kept busy for ever by such a pair. This one follows all ways at once. It knows characters,
`.`, classes (`[A-Z]`, `\\d`, `\\w`, `\\s` and their opposites), groups, `|`, `? * + {m,n}`, `^` and
`$`; what else a browser understands (look-around, back references) is refused when the form is
read. As in form-js the pattern may match anywhere in the text unless `^` and `$` stand around it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

MAX_LENGTH: Final = 200
MAX_STATES: Final = 2_000

Test = Callable[[str], bool]
_CLASSES: Final[dict[str, Test]] = {
    "d": lambda c: "0" <= c <= "9",
    "w": lambda c: c == "_" or (c.isascii() and c.isalnum()),
    "s": str.isspace,
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass
class _State:
    """Reads a character that passes `test` and goes on to `out`; without a test it goes on to all
    of `out` at once. `anchor`: only at the begin or the end of the text."""

    test: Test | None = None
    out: "list[_State]" = field(default_factory=list)
    anchor: str = ""


Part = tuple[_State, _State]  # where it begins and ends


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """Whether the pattern matches somewhere in a text. Raises ValueError when it is none,
    or outside what is understood."""
    if len(pattern) > MAX_LENGTH:
        raise ValueError("too long")
    start, end = _Parser(pattern).parse()
    return lambda text: _matches(start, end, text)


def _matches(start: _State, end: _State, text: str) -> bool:
    current: dict[int, _State] = {}
    for at in range(len(text) + 1):
        reached: dict[int, _State] = {}
        for state in (*current.values(), start):
            _spread(state, at == 0, at == len(text), reached)
        if id(end) in reached:
            return True
        if at < len(text):
            tested = [one for one in reached.values() if one.test and one.test(text[at])]
            current = {id(one.out[0]): one.out[0] for one in tested}
    return False


def _spread(first: _State, begins: bool, ends: bool, reached: dict[int, _State]) -> None:
    waiting = [first]
    while waiting:
        state = waiting.pop()
        if id(state) in reached or (state.anchor == "^" and not begins):
            continue
        if state.anchor == "$" and not ends:
            continue
        reached[id(state)] = state
        if state.test is None:
            waiting.extend(state.out)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._states = 0

    def parse(self) -> Part:
        part = self._choice()
        if self._at < len(self._text):
            raise ValueError("unbalanced")
        return part

    def _state(self, test: Test | None = None, anchor: str = "") -> _State:
        self._states += 1
        if self._states > MAX_STATES:
            raise ValueError("too large")
        return _State(test, anchor=anchor)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise ValueError("ends too soon")
        self._at += 1
        return char

    def _choice(self) -> Part:
        begin, end = self._state(), self._state()
        while True:
            first, last = self._sequence()
            begin.out.append(first)
            last.out.append(end)
            if self._peek() != "|":
                return begin, end
            self._take()

    def _sequence(self) -> Part:
        begin = end = self._state()
        while self._peek() not in ("", "|", ")"):
            at = self._at
            first, last = self._one()
            low, high = self._count()
            if (low, high) != (1, 1):
                first, last = self._repeat(at, self._at, low, high)
            end.out.append(first)
            end = last
        return begin, end

    def _repeat(self, at: int, after: int, low: int, high: int | None) -> Part:
        """The same part anew for each time: `at` is where it is written."""
        begin = end = self._state()
        for number in range(low if high is None else high):
            first, last = self._again(at)
            if number >= low:
                end.out.append(skip := self._state())
                last.out.append(skip)
                end.out.append(first)
                end = skip
                continue
            end.out.append(first)
            end = last
        if high is None:
            first, last = self._again(at)
            loop = self._state()
            end.out.append(loop)
            loop.out.append(first)
            last.out.append(loop)
            end = loop
        self._at = after
        return begin, end

    def _again(self, at: int) -> Part:
        self._at = at
        return self._one()

    def _count(self) -> tuple[int, int | None]:
        char = self._peek()
        known = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if char in known:
            self._take()
            found = known[char]
        elif char == "{":
            found = self._braces()
        else:
            return 1, 1
        if self._peek() == "?":  # unwilling: the same when only a match counts
            self._take()
        if self._peek() and self._peek() in "*+?{":
            raise ValueError("repeated twice")
        return found

    def _braces(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        low, comma, high = self._text[self._at + 1 : max(end, 0)].partition(",")
        if end < 0 or not low.isdecimal() or not (high == "" or high.isdecimal()):
            raise ValueError("braces")
        self._at = end + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if least > MAX_STATES or (most is not None and not least <= most <= MAX_STATES):
            raise ValueError("braces")
        return least, most

    def _one(self) -> Part:
        char = self._take()
        if char == "(":
            if self._text.startswith("?:", self._at):
                self._at += 2
            elif self._peek() == "?":
                raise ValueError("look-around")
            part = self._choice()
            if self._take() != ")":
                raise ValueError("unbalanced")
            return part
        if char in "^$":
            return self._between(self._state(anchor=char))
        if char in "*+?{":
            raise ValueError("nothing to repeat")
        if char == ".":
            return self._between(self._state(lambda c: c != "\n"))
        if char == "[":
            return self._between(self._state(self._class()))
        return self._between(self._state(self._escape() if char == "\\" else _only(char)))

    def _between(self, state: _State) -> Part:
        end = self._state()
        state.out.append(end)
        return state, end

    def _escape(self) -> Test:
        char = self._take()
        if char.lower() in _CLASSES:
            test = _CLASSES[char.lower()]
            return test if char.islower() else _opposite(test)
        if char in _ESCAPES:
            return _only(_ESCAPES[char])
        if char.isalnum():
            raise ValueError("escape")
        return _only(char)

    def _class(self) -> Test:
        negated = self._peek() == "^"
        if negated:
            self._take()
        tests: list[Test] = []
        while (char := self._take()) != "]":
            if char == "\\" and self._peek().lower() in _CLASSES:
                tests.append(self._escape())
                continue
            low = self._literal(char)
            following = self._text[self._at : self._at + 2]
            if following[:1] != "-" or following in ("-]", "-"):
                tests.append(_only(low))
                continue
            self._take()
            tests.append(_within(low, self._literal(self._take())))
        return lambda c: any(test(c) for test in tests) != negated

    def _literal(self, char: str) -> str:
        if char != "\\":
            return char
        escaped = self._take()
        if escaped.isalnum() and escaped not in _ESCAPES:
            raise ValueError("escape")
        return _ESCAPES.get(escaped, escaped)


def _only(char: str) -> Test:
    return lambda c: c == char


def _opposite(test: Test) -> Test:
    return lambda c: not test(c)


def _within(low: str, high: str) -> Test:
    if low > high:
        raise ValueError("range")
    return lambda c: low <= c <= high
