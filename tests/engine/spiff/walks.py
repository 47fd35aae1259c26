"""Random walks of one case through two engines: one that keeps all its history in memory, and the
one that is stored. After each move they must show the same in every respect."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine import spiff
from engine.errors import ConflictError
from engine.spiff import Compiled, OpenToken, Step, Surroundings
from engine.spiff.activities import begin_part, start_of
from engine.spiff.move import Move
from engine.spiff.scope import Scope
from engine.spiff.tokens import Part
from workflows.workdays import default_calendar

Choose = Callable[[int], int]
BEGIN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CODES = ("E1", "E2", "GAGAL", "E3")


class Shelf:
    """Definitions that can be called."""

    def __init__(self, held: Iterable[Compiled]) -> None:
        self._held = list(held)

    def in_force(self, key: str, day: date) -> Compiled | None:
        return next((one for one in self._held if one.key == key), None)

    def pinned(self, digest: str) -> Compiled:
        return next(one for one in self._held if one.digest == digest)


class Side:
    """One of the engines. Tokens are known by numbers, in the order in which they were seen."""

    def __init__(self, compiled: Compiled, around: Surroundings) -> None:
        self.compiled = compiled
        self.around = around
        self.step: Step | None = None
        self.tokens: list[str] = []
        self._numbers: dict[str, int] = {}

    def held(self) -> tuple[OpenToken, ...]:
        raise NotImplementedError

    def seen(self) -> dict[str, Any]:
        """Everything that can be observed after a move."""
        step = self.step
        assert step is not None
        number = self._number
        return {
            "activations": [
                (number(one.token), one.node, one.name, one.kind, one.state, one.is_new)
                for one in step.activations
            ],
            "opened": [(number(one.token), one.node, one.variables) for one in step.opened],
            "jobs": [(number(one.token), one.node, one.name, one.request) for one in step.jobs],
            "timers": [(number(one.token), one.node, one.due_at) for one in step.timers],
            "subscriptions": [
                (number(one.token), one.node, one.kind, one.name, one.keys)
                for one in step.subscriptions
            ],
            "incidents": [
                (number(one.token), one.node, one.reason, one.fields) for one in step.incidents
            ],
            "thrown": [
                (number(one.token), one.node, one.kind, one.name, one.keys, one.payload)
                for one in step.thrown
            ],
            "active": [
                (number(one.token), one.node, one.name, one.kind, one.stuck) for one in self.held()
            ],
            "tokens": step.tokens,
            "closed": sorted(number(token) for token in step.closed),
            "data": json.dumps(step.data),
            "finished": step.finished,
        }

    def _number(self, token: str) -> int:
        if token not in self._numbers:
            self._numbers[token] = len(self.tokens)
            self.tokens.append(token)
        return self._numbers[token]


class Kept(Side):
    """Nothing is forgotten or written down: one tree of tokens from the beginning to the end."""

    def start(self, data: Mapping[str, object], now: datetime) -> None:
        self.top = Part(self.compiled.spec, None)
        self.top.scope = Scope(data, now, self.around)
        move = Move(self.top, compacts=False)
        begin_part(self.top, start_of(self.compiled.container).id, {})
        move.settle()
        self.step = move.result()

    def do(self, name: str, given: tuple[Any, ...], data: Any, now: datetime, done: str) -> None:
        self.top.scope = Scope(data, now, self.around)
        move = Move(self.top, compacts=False)
        getattr(move, name)(*given)
        self.step = move.result(done or None)

    def held(self) -> tuple[OpenToken, ...]:
        return Move(self.top, compacts=False).open_tokens()


class Stored(Side):
    """As the use cases do it: bytes and JSON between two moves."""

    def start(self, data: Mapping[str, object], now: datetime) -> None:
        self.step = spiff.start(self.compiled, data, now, self.around)

    def do(self, name: str, given: tuple[Any, ...], data: Any, now: datetime) -> None:
        assert self.step is not None
        move: Callable[..., Step] = getattr(spiff, name)
        stored = json.loads(json.dumps(data))
        if name == "retry":
            self.step = move(self.compiled, self.step.state, stored, now, self.around)
        else:
            self.step = move(self.compiled, self.step.state, stored, *given, now, self.around)

    def migrate(self, target: Compiled, now: datetime) -> None:
        assert self.step is not None
        mapping = spiff.propose_mapping(self.compiled, target)
        at = (self.step.state, self.step.data, mapping, now, self.around)
        found = spiff.migrate(self.compiled, target, *at)
        assert found.step is not None, found.blocked
        self.compiled, self.step = target, found.step

    def held(self) -> tuple[OpenToken, ...]:
        assert self.step is not None
        return spiff.open_tokens(self.compiled, self.step.state, self.around)


# Function of the seam -> what it does to a move of a case in memory.
MOVES = {
    "fire_timers": "settle",
    "correct": "settle",
    "move": "move_token",
    "cancel": "withdraw_all",
}
FINISHES = frozenset({"complete", "finish_job", "fail_job", "throw_error"})


class Walk:
    """`choose(n)` picks among n possibilities. `log` is what was done, to be shown.

    `twin`: another version of the same definition, to which the stored case may be migrated.
    """

    def __init__(
        self, compiled: Compiled, shelf: Shelf, data: dict[str, object], choose: Choose
    ) -> None:
        around = Surroundings(default_calendar("Asia/Jakarta"), shelf)
        self.kept, self.stored = Kept(compiled, around), Stored(compiled, around)
        self.nodes = sorted(compiled.container.nodes)
        self.choose = choose
        self.now = BEGIN
        self.log: list[str] = []
        self.rows: dict[int, str] = {}
        self.work: dict[int, str] = {}
        self.jobs: dict[int, str] = {}
        self.values: list[tuple[str, object]] = []  # further ones that may be answered
        self.look: Callable[[Walk], None] | None = None  # after each move
        self.twin: Compiled | None = None
        self.kept.start(data, BEGIN)
        self.stored.start(data, BEGIN)
        self._compare()

    @property
    def step(self) -> Step:
        assert self.stored.step is not None
        return self.stored.step

    def go(self, moves: int) -> None:
        for _ in range(moves):
            if self.step.finished:
                break
            self._one_move()
        self._refuse()

    def _one_move(self) -> None:
        if self.choose(5) == 4:  # without a tick: what is due happens within the next move
            self.now += timedelta(hours=1 + self.choose(3))
        possible: list[Callable[[], None]] = [self._tick, self._correct]
        if self.step.incidents:
            possible += [self._retry]
        if self.step.subscriptions:
            possible += [self._deliver] * 2
        possible += [self._finish] * min(3, len(self.jobs)) + [self._complete] * len(self.work)
        if self.choose(12) == 11:
            possible = [self._skip, self._move]
            possible += [self._migrate] * 2 if self.twin is not None else []
            possible += [self._cancel] * (self.choose(4) == 3)
        possible[-1 - self.choose(len(possible))]()

    def _complete(self) -> None:
        self._do("complete", self._pick(self.work), self._answers())

    def _finish(self) -> None:
        token = self._pick(self.jobs)
        done = self.choose(4)
        if done == 3:
            self._do("throw_error", token, CODES[self.choose(len(CODES))], "gagal")
        elif done == 2:
            self._do("fail_job", token, "mati")
        else:
            self._do("finish_job", token, (None, {"n0": 2}, {"j": [1]})[self.choose(3)])

    def _deliver(self) -> None:
        names = sorted({one.name for one in self.step.subscriptions})
        name = names[self.choose(len(names))]
        reached = [
            self.stored._number(one.token) for one in self.step.subscriptions if one.name == name
        ]
        if self.choose(3) == 2:
            reached = [reached[self.choose(len(reached))]]
        self._do("deliver", reached, self._answers())

    def _tick(self) -> None:
        due = [one.due_at for one in self.step.timers]
        if due and self.choose(3):
            self.now = max(self.now, due[self.choose(len(due))])
        else:
            self.now += timedelta(minutes=1 + self.choose(300))
        self._do("fire_timers")

    def _correct(self) -> None:
        self._do("correct", corrected=self._answers())

    def _retry(self) -> None:
        self._do("retry", None, corrected=self._answers())

    def _skip(self) -> None:
        self._do("skip", self._active())

    def _move(self) -> None:
        self._do("move", self._active(), self.nodes[self.choose(len(self.nodes))])

    def _cancel(self) -> None:
        self._do("cancel")

    def _migrate(self) -> None:
        """Changes nothing but the version; what is due happens, as at each move."""
        assert self.twin is not None
        self.log.append(f"{self.now:%d %H:%M} migrate")
        data = self.step.data
        self.stored.migrate(self.twin, self.now)
        self.kept.do("settle", (), data, self.now, "")
        self._compare()

    def _active(self) -> int:
        held = self.stored.held()
        return self.stored._number(held[self.choose(len(held))].token)

    def _pick(self, tokens: Collection[int]) -> int:
        return sorted(tokens)[self.choose(len(tokens))]

    def _answers(self) -> dict[str, object]:
        possible: tuple[tuple[str, object], ...] = (
            ("b0", self.choose(2) == 1),
            ("n0", self.choose(4)),
            ("b1", self.choose(2) == 1),
            ("daftar", list(range(self.choose(3)))),
        )
        answers = dict(possible[: self.choose(len(possible) + 1)])
        if self.values:
            answers |= dict(self.values[self.choose(len(self.values))] for _ in range(3))
        return answers

    def _do(self, name: str, *given: Any, corrected: Mapping[str, object] | None = None) -> None:
        self.log.append(f"{self.now:%d %H:%M} {name} {given} {corrected or ''}")
        data = {**self.step.data, **(corrected or {})}
        try:
            self.stored.do(name, self._tokens(self.stored, given), data, self.now)
        except ConflictError as refused:  # then nothing has happened
            self.log[-1] += f" {refused.code}"
            return
        mine = self._tokens(self.kept, given)
        done = mine[0] if name in FINISHES else ""
        self.kept.do(MOVES.get(name, name), mine, data, self.now, done)
        if name in FINISHES:
            self.work.pop(given[0], None)
            self.jobs.pop(given[0], None)
        self._compare()

    def _tokens(self, side: Side, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """Numbers of tokens stand first among what is given."""
        if not given or given[0] is None:
            return given
        first = given[0]
        named = (
            [side.tokens[one] for one in first] if isinstance(first, list) else side.tokens[first]
        )
        return (named, *given[1:])

    def _compare(self) -> None:
        kept, stored = self.kept.seen(), self.stored.seen()
        for name, value in stored.items():
            assert value == kept[name], name
        self._follow(stored)
        if self.look is not None:
            self.look(self)

    def _follow(self, seen: dict[str, Any]) -> None:
        """Each activation begins once and ends once; what is told adds up to what is held."""
        for token, _, _, _, state, is_new in seen["activations"]:
            assert is_new == (token not in self.rows)
            assert is_new or self.rows[token] == "active"
            self.rows[token] = state
        for token in seen["closed"]:
            assert self.work.pop(token, None) or self.jobs.pop(token, None)
        self.work |= {token: node for token, node, _ in seen["opened"]}
        self.jobs |= {token: node for token, node, _, _ in seen["jobs"]}
        active = {token for token, state in self.rows.items() if state == "active"}
        assert active == {one[0] for one in seen["active"] if one[0] in self.rows}
        assert {*self.work, *self.jobs} <= active
        if seen["finished"]:
            assert not active
            assert not seen["active"] + seen["timers"] + seen["subscriptions"] + seen["incidents"]
        else:
            assert active

    def _refuse(self) -> None:
        """What is not open cannot be moved, whatever state the case is in."""
        for name, given in (
            ("complete", ("bukan", {})),
            ("deliver", (["bukan"], {})),
            ("finish_job", ("bukan", None)),
            ("fail_job", ("bukan", "mati")),
            ("throw_error", ("bukan", "E1", "")),
            ("skip", ("bukan",)),
            ("move", ("bukan", "bukan")),
        ):
            before = self.step
            try:
                self.stored.do(name, given, before.data, self.now)
            except ConflictError:
                continue
            raise AssertionError(name)
