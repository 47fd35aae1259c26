"""Whoever asks not to be reminded is reminded later; others hear as always."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import NotAllowedError
from engine.ticks import raise_notices, tick
from engine.usecases import notices, pauses
from engine.usecases.snoozes import read_snooze, snooze_work_item
from tests.engine.usecases.hearing import count_unread, outbox
from workflows.errors import InvalidAnswerError

PERFORMER, SUPERIOR = "kasubbag@contoh.example", "sekretaris@contoh.example"


def snooze(agency, minutes: int, login: str = "kasubbag", item_id: int | None = None) -> None:
    item_id = item_id or agency.inbox("kasubbag")[0].id
    until = agency.now + timedelta(minutes=minutes)
    snooze_work_item(agency.app, agency.actor(login), item_id, until, "Rapat", agency.now)


def test_the_snoozer_is_spared_and_reminded_once_afterwards(agency) -> None:
    agency.start()
    snooze(agency, 120)
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert outbox(agency) == [("escalation", SUPERIOR)]
    assert count_unread(agency.app, "kasubbag", agency.now) == 1  # "assigned" alone
    for minutes in (119, 121, 122, 180):
        tick(agency.app, agency.now + timedelta(minutes=minutes))
    assert outbox(agency) == [("escalation", SUPERIOR), ("snoozed", PERFORMER)]
    line = notices.list_notices(agency.app, agency.actor("kasubbag"))[0]
    assert (line.kind, "Alasan Anda menunda: Rapat" in line.body) == ("snoozed", True)


def test_a_snooze_that_ends_during_a_pause_waits_for_its_end(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    snooze(agency, 20)
    pauses.pause_work_item(agency.app, agency.actor("kasubbag"), item, "Rapat", agency.now)
    agency.now += timedelta(minutes=30)
    tick(agency.app, agency.now)
    assert outbox(agency) == []
    pauses.resume_work_item(agency.app, agency.actor("kasubbag"), item, agency.now)
    tick(agency.app, agency.now)
    assert outbox(agency) == [("snoozed", PERFORMER)]


def test_what_waits_to_be_sent_is_held_back_as_well(agency) -> None:
    agency.start()
    raise_notices(agency.app, agency.now + timedelta(minutes=45))
    agency.now += timedelta(minutes=46)
    snooze(agency, 60)
    tick(agency.app, agency.now)
    assert outbox(agency) == []
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert outbox(agency) == [("escalation", SUPERIOR), ("snoozed", PERFORMER)]


def test_a_later_snooze_takes_the_place_of_an_earlier_one(agency) -> None:
    agency.start()
    item_id = agency.inbox("kasubbag")[0].id
    snooze(agency, 30)
    snooze(agency, 90)
    held = read_snooze(agency.app, agency.actor("kasubbag"), item_id, agency.now)
    assert held is not None and held.until == agency.now + timedelta(minutes=90)
    tick(agency.app, agency.now + timedelta(minutes=50))
    assert outbox(agency) == []
    tick(agency.app, agency.now + timedelta(minutes=91))
    assert ("snoozed", PERFORMER) in outbox(agency)


def test_an_item_done_meanwhile_is_not_recalled(agency) -> None:
    agency.start()
    snooze(agency, 30)
    agency.complete("kasubbag", minutes=10)
    tick(agency.app, agency.now + timedelta(minutes=21))
    assert "snoozed" not in [kind for kind, _ in outbox(agency)]


@pytest.mark.parametrize(("minutes", "why"), [(-5, "past"), (0, "past"), (31 * 1440, "too_far")])
def test_a_moment_that_cannot_be_is_refused(agency, minutes: int, why: str) -> None:
    agency.start()
    with pytest.raises(InvalidAnswerError, match="invalid_snooze") as refused:
        snooze(agency, minutes)
    assert refused.value.fields["reason"] == why


def test_only_who_may_do_the_item_may_put_it_off(agency) -> None:
    agency.start()
    item_id = agency.inbox("kasubbag")[0].id
    with pytest.raises(NotAllowedError, match="item_not_yours"):
        snooze(agency, 30, "kabid1", item_id)
