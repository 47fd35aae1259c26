"""Whether a leave fits beside those that are known: pure, over days, both ends inclusive."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workflows.errors import InvalidTimeError

LONGEST: Final = timedelta(days=366)  # a longer one is a typing error, or no leave any more


@dataclass(frozen=True)
class Leave:
    """Who is away from when until when, and who stands in; `scope`: ids of the jabatan it is for,
    none for all; `id` None: not kept yet."""

    id: int | None
    person: int
    substitute: int
    since: date
    until: date
    scope: frozenset[int] = frozenset()

    def replaces(self, other: Leave) -> bool:
        """Whether it is the same one, as it is to be from now on."""
        return self.id is not None and self.id == other.id

    def meets(self, other: Leave) -> bool:
        """Whether they have a day in common."""
        return self.since <= other.until and other.since <= self.until

    def shares(self, other: Leave) -> bool:
        """Whether they are for a jabatan in common."""
        return not self.scope or not other.scope or bool(self.scope & other.scope)


def check_period(since: date, until: date, today: date, earliest: date | None = None) -> None:
    """Raises InvalidTimeError: invalid_leave (field, reason backwards, past, too_long).

    `earliest`: the first day of one that has begun, which may stay.
    """
    if until < since:
        raise InvalidTimeError("invalid_leave", field="until", reason="backwards")
    if since < today and since != earliest:
        raise InvalidTimeError("invalid_leave", field="since", reason="past")
    if until < today:
        raise InvalidTimeError("invalid_leave", field="until", reason="past")
    if until - since > LONGEST:
        raise InvalidTimeError("invalid_leave", field="until", reason="too_long")


def find_overlap(new: Leave, known: Collection[Leave]) -> Leave | None:
    """Another leave of the same person for the same jabatan on one of these days."""
    return next(
        (
            one
            for one in known
            if one.person == new.person
            and not new.replaces(one)
            and new.meets(one)
            and new.shares(one)
        ),
        None,
    )


def find_absence(person: int, new: Leave, known: Collection[Leave]) -> Leave | None:
    """The leave from all of their jabatan that keeps this person away on one of these days: then
    they cannot stand in."""
    return next(
        (one for one in known if one.person == person and not one.scope and new.meets(one)), None
    )


def find_loop(new: Leave, known: Collection[Leave]) -> tuple[int, ...]:
    """The persons of a ring that this leave would close on some day, so that at the end nobody
    stands in; empty when there is none.

    A chain goes on only where a substitute is away from everything, so a ring holds when at most
    one of its leaves is for single jabatan.
    """
    others = [one for one in known if not new.replaces(one)]
    for ring in _rings(new, others, (new,), new.since, new.until):
        if sum(bool(one.scope) for one in ring) <= 1:
            return tuple(one.person for one in ring)
    return ()


def _rings(
    new: Leave, known: Collection[Leave], path: tuple[Leave, ...], since: date, until: date
) -> Iterator[tuple[Leave, ...]]:
    """Chains of leaves with a day in common that lead back to who goes on leave."""
    here = path[-1].substitute
    if here == new.person:
        yield path
        return
    if here in {one.person for one in path}:
        return
    for one in known:
        first, last = max(since, one.since), min(until, one.until)
        if one.person == here and first <= last:
            yield from _rings(new, known, (*path, one), first, last)
