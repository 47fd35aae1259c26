"""What an act of a trial has led to, without what may differ from day to day: no due moments, no
names of persons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

What = Literal["refused", "state", "open", "stuck", "data"]


class Place(NamedTuple):
    """An open step: its node, the role that does it, the unit in which that is looked for."""

    node: str
    role: str
    unit: str


@dataclass(frozen=True)
class Outcome:
    """After one act: the case's state, what is open, the nodes that are stuck, the case's data.
    `refused`: the code of the error with which the act was turned down."""

    state: str
    open: tuple[Place, ...] = ()
    stuck: tuple[str, ...] = ()
    data: Mapping[str, object] | None = None
    refused: str = ""

    def document(self) -> dict[str, object]:
        """As JSON."""
        return {**asdict(self), "open": [list(one) for one in self.open], "stuck": [*self.stuck]}


@dataclass(frozen=True)
class Difference:
    """Where a replay has come out otherwise: after which act, counted from 1, and in what. Of data,
    `names` are the variables."""

    act: int
    what: What
    expected: Outcome
    came: Outcome
    names: tuple[str, ...] = ()


def read_outcomes(document: Sequence[Mapping[str, object]]) -> tuple[Outcome, ...]:
    """What `Outcome.document` has written."""
    return tuple(_read(one) for one in document)


def _read(one: Mapping[str, object]) -> Outcome:
    places, stuck, data = one.get("open"), one.get("stuck"), one.get("data")
    return Outcome(
        str(one.get("state", "")),
        tuple(Place(*map(str, place)) for place in places) if isinstance(places, list) else (),
        tuple(map(str, stuck)) if isinstance(stuck, list) else (),
        data if isinstance(data, Mapping) else None,
        str(one.get("refused", "")),
    )


def compare(expected: Sequence[Outcome], came: Sequence[Outcome]) -> Difference | None:
    """The first difference. A replay that was refused ends there."""
    for number, (before, now) in enumerate(zip(expected, came, strict=False), 1):
        if what := _differs(before, now):
            return Difference(number, what, before, now, _changed(before, now))
    if len(came) < len(expected):  # it ended early, for a reason of its own
        return Difference(len(came) + 1, "state", expected[len(came)], Outcome(""))
    return None


def _differs(before: Outcome, now: Outcome) -> What | None:
    if before.refused != now.refused:
        return "refused"
    if sorted(before.stuck) != sorted(now.stuck):
        return "stuck"
    if sorted(before.open) != sorted(now.open):
        return "open"
    if before.state != now.state:
        return "state"
    return "data" if _changed(before, now) else None


def _changed(before: Outcome, now: Outcome) -> tuple[str, ...]:
    left, right = before.data or {}, now.data or {}
    names = sorted({*left, *right})
    return tuple(n for n in names if _written(left.get(n)) != _written(right.get(n)))


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True)
