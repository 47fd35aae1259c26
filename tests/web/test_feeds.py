"""Addresses that work without a log-in: the calendar of one's work, the way out of mails."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import text as sql

from engine.channels.unsubscribe import unsubscribe_token
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.usecases import feeds, notices, preferences
from tests.web.conftest import Site
from workflows.rights import OPERATOR


def make(site: Site, login: str, replacing: str = "") -> str:
    """The path of a new feed."""
    address = feeds.make_feed(site.app, site.actor(login), site.now, replacing)
    assert address.startswith(f"{site.app.url}/kalender/") and address.endswith(".ics")
    return urlsplit(address).path


def test_a_calendar_program_reads_what_is_due(site: Site) -> None:
    site.start()
    item = site.first("kasubbag")
    answer = site.stranger().get(make(site, "kasubbag"))
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event.start == item.due_at
    assert event["uid"] == f"item-{item.id}@localhost"
    assert event["summary"] == f"Tenggat: {item.name}"
    assert event["url"].endswith(f"/tugas/{item.id}")
    assert f"Mengapa tanggal ini? {event['url']}" in event["description"]


def test_an_unchanged_calendar_is_not_sent_again(site: Site) -> None:
    site.start()
    path, client = make(site, "kasubbag"), site.stranger()
    first = client.get(path)
    site.now += timedelta(minutes=30)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    site.do("kasubbag")
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert Calendar.from_ical(changed.data).walk("VEVENT") == []


def test_nobody_sees_the_work_of_others(site: Site) -> None:
    site.start()
    answer = site.stranger().get(make(site, "kepala"))
    assert Calendar.from_ical(answer.data).walk("VEVENT") == []


def test_a_new_address_ends_the_one_that_it_names_and_it_can_be_revoked(site: Site) -> None:
    old, client = make(site, "kasubbag"), site.stranger()
    with pytest.raises(ConflictError) as kept:
        make(site, "kasubbag")
    assert kept.value.code == "feed_kept" and client.get(old).status_code == 200
    mark = preferences.read_preferences(site.app, site.actor("kasubbag")).feed
    assert mark and mark not in old
    new = make(site, "kasubbag", mark)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    feeds.revoke_feed(site.app, site.actor("kasubbag"), site.now)
    page = client.get(new)
    assert page.status_code == 404 and "sudah dicabut" in page.text
    assert client.get(make(site, "kasubbag", mark)).status_code == 200  # from a page that is old


def test_only_a_hash_of_the_address_is_kept(site: Site) -> None:
    token = make(site, "kasubbag").removeprefix("/kalender/").removesuffix(".ics")
    with site.app.database.connect() as link:
        (kept,) = link.scalars(sql("SELECT feed_sha256 FROM preference"))
    assert len(token) >= 43 and token not in kept


@pytest.mark.parametrize("token", ["x", "%00", "../../etc/passwd", "é"])
def test_a_guess_leads_nowhere(site: Site, token: str) -> None:
    assert site.stranger().get(f"/kalender/{token}.ics").status_code == 404


def test_the_operator_has_no_calendar(site: Site) -> None:
    with pytest.raises(NotAllowedError):
        feeds.make_feed(site.app, OPERATOR, site.now)


def stop_path(site: Site, login: str, channel: str = "email") -> str:
    person_id = site.actor(login).person_id
    assert person_id is not None
    return f"/berhenti/{unsubscribe_token(site.app.settings.secret(), person_id, channel)}"


def chosen(site: Site) -> list[dict[str, list[str]]]:
    with site.app.database.connect() as link:
        return list(link.scalars(sql("SELECT channels FROM preference")))


def test_a_link_in_a_mail_asks_first(site: Site) -> None:
    """Programs that look into mails follow every link."""
    page = site.stranger().get(stop_path(site, "kasubbag"))
    assert page.status_code == 200 and "lewat surel" in page.text
    assert '<form method="post">' in page.text
    assert chosen(site) == []


def test_one_click_stops_the_channel_for_every_kind(site: Site) -> None:
    answer = site.stranger().client.post(
        stop_path(site, "kasubbag"), data={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200 and "Sudah dihentikan" in answer.text
    (channels,) = chosen(site)
    assert {"reminder", "overdue", "escalation", "due_moved"} <= channels.keys()
    assert set(map(tuple, channels.values())) == {()}


def test_other_channels_go_on(site: Site) -> None:
    with site.app.database.begin() as link:
        link.execute(
            sql(
                "INSERT INTO preference (person_id, channels) SELECT id, "
                """'{"reminder": ["chat", "email"]}' FROM person WHERE login = 'kasubbag'"""
            )
        )
    site.stranger().client.post(stop_path(site, "kasubbag"))
    (channels,) = chosen(site)
    assert (channels["reminder"], channels["overdue"]) == (["chat"], [])


def test_what_waits_to_be_sent_is_given_up(site: Site) -> None:
    site.start()
    item = site.first("kasubbag")
    with site.app.database.begin() as link:
        link.execute(
            sql(
                "INSERT INTO notice (work_item_id, person_id, kind, rung, channel, subject, body, "
                "created_at, send_after) SELECT :item, id, 'reminder', 'r', 'email', 's', 'b', "
                ":now, :now FROM person WHERE login = 'kasubbag'"
            ),
            {"item": item.id, "now": site.now},
        )
    site.stranger().client.post(stop_path(site, "kasubbag"))
    (mail,) = notices.list_mails(site.app, OPERATOR)
    assert mail.last_error == "not_wanted"
    assert site.first("kasubbag").id == item.id


@pytest.mark.parametrize("bent", ["", "1.email.0", "999.email." + "0" * 64])
def test_a_bent_address_changes_nothing(site: Site, bent: str) -> None:
    client = site.stranger().client
    assert client.get(f"/berhenti/{bent}").status_code == 404
    assert client.post(f"/berhenti/{bent}").status_code == 404
    assert chosen(site) == []


def test_a_person_who_is_gone(site: Site) -> None:
    token = unsubscribe_token(site.app.settings.secret(), 999_999, "email")
    with pytest.raises(NotFoundError):
        feeds.unsubscribe(site.app, token, site.now)
