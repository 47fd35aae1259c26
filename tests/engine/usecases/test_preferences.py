"""People say how they want to hear, and are heard."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from engine.ticks import tick
from engine.usecases import notices
from engine.usecases.ladders import set_ladder
from engine.usecases.preferences import read_preferences, save_preferences
from tests.engine.usecases.conftest import KEY
from tests.engine.usecases.hearing import Recorder, outbox, with_channel
from workflows.errors import InvalidAnswerError, InvalidTimeError
from workflows.rights import OPERATOR

LATE = 61
PERFORMER, SUPERIOR = "kasubbag@contoh.example", "sekretaris@contoh.example"


def save(agency, login="kasubbag", zone=None, channels=None, addresses=None, quiet=None):
    actor = agency.actor(login)
    chosen = (channels or {}, addresses or {})
    return save_preferences(agency.app, actor, zone, *chosen, quiet, agency.now)


def test_who_has_chosen_nothing_hears_as_usual(agency) -> None:
    found = read_preferences(agency.app, agency.actor("kasubbag"))
    assert found.channels["reminder"] == ("email",) and found.channels["assigned"] == ()
    assert (found.zone, found.addresses, found.quiet_from, found.feed) == (None, {}, None, "")
    assert "email" in [offer.name for offer in found.offers]


def test_channels_are_chosen_by_kind(agency) -> None:
    chat = Recorder()
    agency.app = with_channel(agency.app, "chat", chat)
    saved = save(agency, channels={"overdue": ["chat"], "reminder": [], "assigned": ["chat"]})
    assert saved == read_preferences(agency.app, agency.actor("kasubbag"))
    agency.start()
    for minutes in (0, 45, LATE):
        tick(agency.app, agency.now + timedelta(minutes=minutes))
    assert [message.entries[0].kind for message in chat.sent] == ["assigned", "overdue"]
    assert {message.to_address for message in chat.sent} == {"kasubbag"}
    assert PERFORMER not in [to for _, to in outbox(agency)]


def test_ones_own_choice_goes_before_that_of_a_rung(agency) -> None:
    chat = Recorder()
    agency.app = with_channel(agency.app, "chat", chat)
    rung = {"key": "r", "at": {"share": "1/2"}, "whom": ["performer", "superior"]}
    document = {"rungs": [{**rung, "kind": "reminder", "channels": ["chat"]}]}
    set_ladder(agency.app, OPERATOR, KEY, "", document, agency.now)
    save(agency, channels={"reminder": []})
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=30))
    assert [message.to_login for message in chat.sent] == ["sekretaris"]


def test_quiet_hours_come_after_working_hours(agency) -> None:
    save(agency, quiet=(time(8), time(11)))
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    assert outbox(agency) == [("escalation", SUPERIOR)]
    tick(agency.app, agency.now + timedelta(hours=3))
    assert ("overdue", PERFORMER) in outbox(agency)


def test_moments_are_told_in_the_readers_zone(agency) -> None:
    save(agency, zone="Asia/Jayapura")
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    theirs = notices.list_notices(agency.app, agency.actor("kasubbag"))[0]
    above = notices.list_notices(agency.app, agency.actor("sekretaris"))[0]
    assert "23 November 2026, 11.00 WIT" in theirs.body
    assert "23 November 2026, 09.00 WIB" in above.body


def test_what_is_stopped_after_it_was_written_is_not_sent(agency) -> None:
    agency.start()
    save(agency, quiet=(time(8), time(11)))
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    save(agency, channels={"overdue": []})
    tick(agency.app, agency.now + timedelta(hours=4))
    assert outbox(agency, "given_up") == [("overdue", PERFORMER)]
    told = notices.list_mails(agency.app, agency.actor("kepala"))
    assert {line.last_error for line in told} == {"", "not_wanted"}


def test_who_has_no_address_any_more_is_not_written_to(agency) -> None:
    agency.app = with_channel(agency.app, "chat", Recorder(), address=lambda one: None)
    with pytest.raises(InvalidAnswerError, match="address_missing"):
        save(agency, channels={"overdue": ["chat"]})


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"channels": {"rumor": ["email"]}}, "unknown_kind"),
        ({"channels": {"overdue": ["pigeon"]}}, "unknown_channel"),
        ({"addresses": {"email": "x@example.org"}}, "unknown_channel"),
        ({"quiet": (time(8), time(8))}, "no_time_left"),
    ],
)
def test_what_cannot_be_is_refused(agency, wish: dict, reason: str) -> None:
    with pytest.raises(InvalidAnswerError, match="invalid_preference") as refused:
        save(agency, **wish)
    assert refused.value.fields["reason"] == reason


def test_a_zone_is_one_of_ours(agency) -> None:
    with pytest.raises(InvalidTimeError, match="unknown_zone"):
        save(agency, zone="Europe/Paris")
