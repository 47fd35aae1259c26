"""What no file can tell: who could do the steps of the agencies that would work by it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from workflows.deadlines import DrawnLadder
from workflows.drawing import Drawing, Step
from workflows.pelaksana import Role, role_for_lane
from workflows.said import Said, joined

_SHOWN: Final = 3


class Seat(NamedTuple):
    """Where a role is looked for: in an agency (`part` is ""), or in each of its parts of that
    kind."""

    role: str
    part: str = ""


@dataclass(frozen=True)
class Surroundings:
    """Seat -> names of the units in which nobody acts in it (`vacant`), and of those in which one
    jabatan alone has it, which one person holds (`single`). `everywhere`: the seats that are such
    ones in all agencies; `missing_units`: codes that a ladder names and no unit has."""

    vacant: Mapping[Seat, tuple[str, ...]]
    single: Mapping[Seat, tuple[str, ...]]
    everywhere: frozenset[Seat] = frozenset()
    missing_units: frozenset[str] = frozenset()


def role_of(drawing: Drawing, step: Step) -> Role | None:
    """Whom the step asks for; None where nobody can tell, which other rules speak of."""
    lane = drawing.lanes.get(step.node.lane or "")
    return step.asked if lane is None else role_for_lane(lane.pelaksana, lane.name)


def seats_of(drawing: Drawing, step: Step) -> tuple[Seat, ...]:
    """Where the role of the step is looked for when a case begins."""
    role = role_of(drawing, step)
    if role is None:
        return ()
    if step.unit is None:
        return (Seat(role.code),)
    return tuple(Seat(role.code, kind) for kind in dict.fromkeys(_kinds(drawing)))


def asked_seats(drawing: Drawing) -> frozenset[Seat]:
    return frozenset(seat for step in drawing.steps for seat in seats_of(drawing, step))


def asked_units(drawing: Drawing) -> frozenset[str]:
    """The codes of the units whose heads are told of late steps."""
    at_steps = (ladder for step in drawing.steps for ladder in step.tangga)
    return units_in([*drawing.tangga, *at_steps])


def units_in(ladders: Iterable[DrawnLadder]) -> frozenset[str]:
    rungs = (rung for ladder in ladders for rung in ladder.rungs)
    whom = (one for rung in rungs for one in rung.get("kepada", "").split())
    return frozenset(one.partition(":")[2] for one in whom if one.startswith("unit:"))


def listed(names: tuple[str, ...]) -> str:
    """ "Dinas A, Dinas B, Dinas C, dan 12 lainnya"."""
    shown, rest = joined(names[:_SHOWN]), len(names) - _SHOWN
    return Said("%(names)s, dan %(rest)s lainnya", names=shown, rest=rest) if rest > 0 else shown


def _kinds(drawing: Drawing) -> Iterator[str]:
    return (one["jenis"] for one in drawing.data_awal if one["jenis"])
