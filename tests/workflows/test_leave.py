"""Leave beside leave, over days; and what is named in a comment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workflows.disposisi import check_disposition, say_instructions
from workflows.errors import InvalidAnswerError, InvalidTimeError
from workflows.leave import Leave, check_period, find_absence, find_loop, find_overlap
from workflows.mentions import find_mentions
from workflows.rights import Actor, Position, Thing, may

DAY = date(2026, 11, 23)


def leave(person: int, substitute: int, first: int = 0, last: int = 4, *scope: int) -> Leave:
    days = (DAY + timedelta(days=number) for number in (first, last))
    return Leave(None, person, substitute, *days, frozenset(scope))


@pytest.mark.parametrize(
    ("known", "ring"),
    [
        ([leave(2, 1)], (1, 2)),
        ([leave(2, 3), leave(3, 1)], (1, 2, 3)),
        ([leave(2, 1, 5, 6)], ()),  # on other days
        ([leave(2, 3, 0, 1), leave(3, 1, 3, 4)], ()),  # no day on which all three are away
        ([leave(2, 1, 0, 4, 7)], (1, 2)),  # one of them for one jabatan only
        ([leave(2, 4), leave(4, 2)], ()),  # a ring of others is not ours to refuse
    ],
)
def test_a_ring_is_found_on_a_day_that_all_share(known: list[Leave], ring: tuple[int, ...]) -> None:
    assert find_loop(leave(1, 2), known) == ring


def test_two_who_stand_in_for_one_jabatan_each_are_no_ring() -> None:
    assert find_loop(leave(1, 2, 0, 4, 5), [leave(2, 1, 0, 4, 6)]) == ()


def test_leave_of_one_person_overlaps_by_days_and_jabatan() -> None:
    known = [leave(1, 9, 0, 1, 5), leave(1, 9, 3, 4)]
    assert find_overlap(leave(1, 2, 0, 2, 6), known) is None
    assert find_overlap(leave(1, 2, 1, 2, 5, 6), known) is known[0]
    assert find_overlap(leave(1, 2, 4, 9, 6), known) is known[1]
    assert find_absence(1, leave(3, 1, 0, 2), known) is None  # still there for the rest
    assert find_absence(1, leave(3, 1, 0, 3), known) is known[1]


@pytest.mark.parametrize(
    ("first", "last", "reason"), [(1, 0, "backwards"), (-1, 3, "past"), (0, 400, "too_long")]
)
def test_days_that_no_leave_has(first: int, last: int, reason: str) -> None:
    with pytest.raises(InvalidTimeError) as refused:
        check_period(DAY + timedelta(days=first), DAY + timedelta(days=last), DAY)
    assert refused.value.fields["reason"] == reason


def test_whose_leave_one_may_note() -> None:
    seat = Position(3, "Sekretaris", "sekretaris", 2, "SEK", "Sekretariat", (1, 2))
    superior = Actor(7, "s", "S", "id", frozenset(), (seat,))
    thing = Thing(2, (1, 2), person=8, above=frozenset({3}))
    assert may(superior, "leave", thing) is None
    assert may(superior, "leave", Thing(2, (1, 2), person=7)) is None
    assert may(superior, "leave", Thing(2, (1, 2), person=8)) == "leave_not_yours"
    here = frozenset({("administrator", 1)})
    bound = Actor(9, "a", "A", "id", frozenset(), unit_grants=here)
    assert may(bound, "leave", Thing(2, (1, 2), person=8)) is None
    assert may(bound, "leave", Thing(5, (5,), person=8)) == "leave_not_yours"


@pytest.mark.parametrize(
    ("text", "logins"),
    [
        ("Mohon @Kasubbag dan @kabid1, lalu @kasubbag.", ("kasubbag", "kabid1")),
        ("surel a@b.id, /@x, @@y", ()),
        ("(@budi.s-1) @ani.", ("budi.s-1", "ani")),
        ("@", ()),
    ],
)
def test_who_is_named_in_a_text(text: str, logins: tuple[str, ...]) -> None:
    assert find_mentions(text) == logins


def test_a_disposition_has_its_words_in_their_order() -> None:
    codes = check_disposition({"untuk_diketahui", "tanggapan"}, "segera")
    assert say_instructions(codes, "id") == "Beri tanggapan dan saran; Untuk diketahui"
    with pytest.raises(InvalidAnswerError):
        check_disposition(["entah"], "segera")
