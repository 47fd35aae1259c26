"""Plt and Plh: for how long, beside whom, and what they had better not decide.

UU 30/2014 Ps 14: a Plh stands in for somebody who is hindered for a time, a Plt where the jabatan
is vacant; both act by mandate and do not decide what changes an organisation, its people or the
allocation of its budget (Ps 14(7)). SE BKN 1/SE/I/2021: a Plt for at most 3 months, extended by at
most 3. Whether that limit counts for a Plh too is not verified. Nothing here blocks: agencies are
run by Plt, and somebody has to sign. See `shared/reference/domain.md` §7.2.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workflows.rights import DEFINITIVE, PLH, PLT, Capacity

MANDATES: Final = (PLT, PLH)
LIMIT_MONTHS: Final = 3
EXTENDED_MONTHS: Final = 6
_DAY: Final = timedelta(days=1)
# What a holding may be warned of; the faces have the words.
WARNINGS: Final = (
    "plt_not_vacant",
    "plh_vacant",
    "plh_present",
    "plt_extended",
    "plt_too_long",
    "plh_long",
)


@dataclass(frozen=True)
class Tenure:
    """A jabatan held by somebody: `kind` as in `workflows.rights.KINDS`, both days inclusive."""

    person_id: int
    kind: str
    since: date
    until: date | None

    def overlaps(self, other: "Tenure") -> bool:
        ends, other_ends = self.until or date.max, other.until or date.max
        return self.since <= other_ends and other.since <= ends


def doubts(
    new: Tenure, others: Collection[Tenure], leave: Collection[tuple[int, date, date]] = ()
) -> tuple[str, ...]:
    """Codes of WARNINGS that a Plt or Plh deserves. `others`: the other holdings of the jabatan;
    `leave`: (person id, first day, last day) of those on leave."""
    if new.kind not in MANDATES:
        return ()
    beside = [one for one in others if one.kind == DEFINITIVE and one.overlaps(new)]
    found = []
    if new.kind == PLT and beside:
        found.append("plt_not_vacant")
    if new.kind == PLH and not beside:
        found.append("plh_vacant")
    away = [one for one in beside if _is_away(one.person_id, new, leave)]
    if new.kind == PLH and beside and not away:
        found.append("plh_present")
    return (*found, *_too_long(new, others))


def is_doubtful(capacity: Capacity, *, strategic: bool) -> bool:
    """Whether UU 30/2014 Ps 14(7) doubts that they may decide this step."""
    return strategic and capacity.kind in MANDATES


def _is_away(person_id: int, new: Tenure, leave: Collection[tuple[int, date, date]]) -> bool:
    """At least on the first day of the mandate: leave is often entered in parts."""
    return any(who == person_id and first <= new.since <= last for who, first, last in leave)


def _too_long(new: Tenure, others: Collection[Tenure]) -> tuple[str, ...]:
    """By the length of the mandate with those of the same person right before it."""
    if new.until is None:
        return ("plt_too_long",) if new.kind == PLT else ("plh_long",)
    first = _first_day(new, others)
    if new.until <= months_after(first, LIMIT_MONTHS) - _DAY:
        return ()
    if new.kind == PLH:
        return ("plh_long",)
    within = new.until <= months_after(first, EXTENDED_MONTHS) - _DAY
    return ("plt_extended",) if within else ("plt_too_long",)


def _first_day(new: Tenure, others: Collection[Tenure]) -> date:
    first = new.since
    before = [one for one in others if (one.person_id, one.kind) == (new.person_id, new.kind)]
    for one in sorted(before, key=lambda one: one.since, reverse=True):
        if one.since < first and one.until is not None and one.until + _DAY >= first:
            first = one.since
    return first


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
