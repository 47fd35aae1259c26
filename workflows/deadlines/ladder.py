"""A reminder ladder as a value: which rungs, when, and for whom."""

from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Final, Literal

from workflows.mutu_baku import Waktu

Kind = Literal["reminder", "overdue", "escalation"]


@dataclass(frozen=True)
class Share:
    """At a part of the time to the due moment: 3/4 of it, or 3/2 when half as much again."""

    fraction: Fraction


@dataclass(frozen=True)
class Offset:
    """So long before or after the due moment, counted on the working calendar."""

    direction: Literal["before", "after"]
    waktu: Waktu


@dataclass(frozen=True)
class DayBefore:
    """H-3: so many days before the date of the due moment, at this clock time of the unit."""

    days: int
    unit: Literal["hari", "hari_kerja"]
    clock: time


When = Share | Offset | DayBefore


@dataclass(frozen=True)
class Rung:
    """One step of a ladder. `kind`: which words it has.

    `whom`: performer (the claimant, else all holders), role (all holders), superior,
    process_owner, or unit:CODE. `channels`: empty, as each person chose. `subject`, `body`: own
    words with `PLACEHOLDERS`, empty: the shipped ones. `any_hour`: also outside working hours.
    """

    key: str
    at: When
    whom: tuple[str, ...]
    kind: Kind
    channels: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""
    any_hour: bool = False


@dataclass(frozen=True)
class Ladder:
    """`at_risk`: the part of the time after which an item counts as at risk."""

    rungs: tuple[Rung, ...]
    at_risk: Fraction = Fraction(3, 4)


# The keys are those that notices were written under before a rung had a key of its own.
DEFAULT_LADDER: Final = Ladder(
    (
        Rung("reminder", Share(Fraction(3, 4)), ("performer",), "reminder"),
        Rung("overdue", Share(Fraction(1)), ("performer",), "overdue"),
        Rung("escalation", Share(Fraction(1)), ("superior",), "escalation"),
    )
)
