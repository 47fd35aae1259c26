"""Digests, working hours, newcomers, the house's own channel, and clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.app import open_app
from engine.channels import ChannelError
from engine.store import people as store
from engine.store.transaction import transaction
from engine.ticks import raise_notices, tick
from engine.usecases import absences, comments, consultations, notices, work_items
from tests.engine.usecases.hearing import Recorder, outbox, with_channel

LATE = 61  # minutes, of a standard of 60
PERFORMER, SUPERIOR = "kasubbag@contoh.example", "sekretaris@contoh.example"


@pytest.fixture
def mailing(agency, smtp_sink):
    """The agency with a real mail server."""
    settings = replace(agency.app.settings, smtp_url=smtp_sink.url)
    opened = open_app(settings, agency.app.servers)
    agency.app = opened
    yield agency
    opened.close()


def test_several_notices_to_one_person_are_one_message(mailing, smtp_sink) -> None:
    for _ in range(3):
        mailing.start()
    assert tick(mailing.app, mailing.now + timedelta(minutes=LATE)).mails == 2
    assert outbox(mailing) == [("escalation", SUPERIOR)] * 3 + [("overdue", PERFORMER)] * 3
    first, second = (mail.message for mail in smtp_sink.messages)
    assert str(first["Subject"]) == "3 pemberitahuan: 3 lewat tenggat"
    text = first.get_body(("plain",)).get_content()
    for item in mailing.inbox("kasubbag"):
        assert f"/tugas/{item.id}" in text
    assert first["References"] != second["References"]  # several cases: a thread of its own
    ids = {line.message_id for line in notices.list_mails(mailing.app, mailing.actor("kepala"))}
    assert {f"<{one}>" for one in ids} == {first["Message-ID"], second["Message-ID"]}


def test_a_mention_in_a_digest_says_who_and_begins_with_the_words(mailing, smtp_sink) -> None:
    for _ in range(2):
        mailing.start()
    first, second = (one.id for one in mailing.inbox("kasubbag"))
    said = "@sekretaris mohon dilihat:\n\nberkas <b>kedua</b> kurang " + "sekali " * 30
    for login, item, words in (("kasubbag", first, said), ("kepala", second, "@sekretaris ya.")):
        actor = mailing.actor(login)
        comments.add_comment(mailing.app, actor, words, mailing.now, item_id=item)
    case, to = mailing.inbox("kasubbag")[0].case_id, mailing.actor("sekretaris").login
    ask = consultations.ask_colleague
    ask(mailing.app, mailing.actor("kasubbag"), first, to, "Sudah benar?", mailing.now)
    tick(mailing.app, mailing.now)
    (mail,) = smtp_sink.messages
    plain, html = (mail.message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    step = "Memprakarsai penyusunan Renja"
    line = f"- Melati Contoh menyebut Anda dalam komentar: {step}\n  “@sekretaris mohon dilihat: "
    assert line + "berkas <b>kedua</b> kurang sekali" in plain
    assert f"sekali…”\n  Kasus nomor {case}\n" in plain
    assert f"Cempaka Contoh menyebut Anda dalam komentar: {step}</a><br>“@sekretaris ya.”" in html
    assert "berkas &lt;b&gt;kedua&lt;/b&gt; kurang" in html
    assert f"- Pertanyaan dari Melati Contoh: {step}\n  “Sudah benar?”" in plain


def test_a_digest_says_as_what_its_reader_hears(mailing, smtp_sink) -> None:
    day, sekretaris = date(2026, 11, 23), mailing.actor("sekretaris")
    stand_in = ("sekretaris", "kabid2", day, day, "Cuti.", mailing.now)
    absences.plan_absence(mailing.app, sekretaris, *stand_in)
    tick(mailing.app, mailing.now)
    for _ in range(2):
        mailing.start()
    tick(mailing.app, mailing.now + timedelta(minutes=LATE))
    texts = {
        str(mail.message["To"]): mail.message.get_body(("plain",)).get_content()
        for mail in smtp_sink.messages
    }
    as_what = "09.00 WIB. Anda: sebagai pengganti Kenanga Contoh, Sekretaris\n"
    assert texts["Seruni Contoh <kabid2@contoh.example>"].count(as_what) == 2
    assert "WIB. Anda" not in texts["Melati Contoh <kasubbag@contoh.example>"]


def test_a_message_tried_again_is_the_same_without_what_is_done(agency) -> None:
    channel = Recorder(fails=ChannelError("451 later", permanent=False))
    agency.app = replace(agency.app, channels={"email": channel})
    for _ in range(3):
        agency.start()
    late = agency.now + timedelta(minutes=LATE)
    tick(agency.app, late)
    agency.complete("kasubbag", minutes=LATE)
    agency.start()
    channel.fails = None
    tick(agency.app, late + timedelta(minutes=2))
    assert sorted(len(message.entries) for message in channel.sent) == [2, 2]
    again = notices.list_mails(agency.app, agency.actor("kepala"))
    kept = {line.message_id for line in again if line.kind == "overdue"}
    assert len(kept) == 1  # the given up one was part of it as well
    for hours in range(3):
        tick(agency.app, late + timedelta(hours=hours))
    assert len({message.message_id for message in channel.sent}) == len(channel.sent)


def test_nobody_is_written_to_outside_working_hours(agency) -> None:
    agency.now += timedelta(hours=7, minutes=45)  # Monday 15:45, an hour before Tuesday 08:15
    agency.start()
    due = agency.inbox("kasubbag")[0].due_at
    evening = agency.now + timedelta(hours=4)
    assert due > evening
    tick(agency.app, due + timedelta(hours=9))  # in the evening
    assert {line.kind for line in notices.list_notices(agency.app, agency.actor("kasubbag"))} == {
        "assigned",
        "overdue",
    }
    assert outbox(agency) == []
    tick(agency.app, due + timedelta(hours=24))  # the next morning
    assert outbox(agency) == [("escalation", SUPERIOR), ("overdue", PERFORMER)]


def test_what_comes_late_says_for_how_many_it_stands(agency) -> None:
    agency.start()
    tick(agency.app, agency.now + timedelta(days=1))
    (line, _) = notices.list_notices(agency.app, agency.actor("kasubbag"))
    assert "mewakili 1 pengingat sebelumnya" in line.body
    assert line.subject.endswith("(mewakili 1 pengingat sebelumnya)")  # all that a digest shows
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=45))
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    line = notices.list_notices(agency.app, agency.actor("kasubbag"))[0]
    assert (line.kind, "mewakili" in line.body) == ("overdue", False)


def test_a_reminder_that_never_got_out_gives_way_to_the_next(agency) -> None:
    channel = Recorder(fails=ChannelError("away", permanent=False, unreachable=True))
    agency.app = replace(agency.app, channels={"email": channel})
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=45))
    channel.fails = None
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    assert outbox(agency) == [("escalation", SUPERIOR), ("overdue", PERFORMER)]
    lines = notices.list_mails(agency.app, agency.actor("kepala"))
    assert [line.last_error for line in lines if line.kind == "reminder"] == ["superseded"]


def test_a_channel_that_is_away_holds_up_no_other(agency) -> None:
    house = Recorder()
    away = Recorder(fails=ChannelError("timed out", permanent=False, unreachable=True))
    agency.app = with_channel(agency.app, "webhook", house, personal=False)
    agency.app = replace(agency.app, channels={**agency.app.channels, "email": away})
    for _ in range(2):
        agency.start()
    late = agency.now + timedelta(minutes=LATE)
    assert tick(agency.app, late).failed == 1
    told = sorted(entry.kind for message in house.sent for entry in message.entries)
    assert told == ["assigned"] * 2 + ["escalation"] * 2 + ["overdue"] * 2
    assert tick(agency.app, late + timedelta(seconds=30)).failed == 0  # not asked again so soon
    assert tick(agency.app, late + timedelta(minutes=2)).failed == 1
    assert len([entry for message in house.sent for entry in message.entries]) == 6


def test_whoever_comes_to_a_jabatan_is_told_of_what_waits(agency, outsider) -> None:
    agency.start()
    with transaction(agency.app.sessions) as tx:
        unit = store.find_unit(tx, "BAPPEDA-RENMON")
        seat = store.put_jabatan(tx, unit, "Kasubbag kedua", "kasubbag_renja_monev", None)
        store.put_holding(tx, seat, store.find_person(tx, login="luar"), date(2026, 11, 24))
    for day in (0, 0, 1, 1, 2):
        tick(agency.app, agency.now + timedelta(days=day, hours=-1))
    told = [line.kind for line in notices.list_notices(agency.app, agency.actor("luar"))]
    assert told.count("assigned") == 1
    colleague = notices.list_notices(agency.app, agency.actor("kasubbag"))
    assert [line.kind for line in colleague].count("assigned") == 1


def test_what_waits_to_be_sent_follows_the_item_to_whoever_takes_it(agency, outsider) -> None:
    agency.start()
    with transaction(agency.app.sessions) as tx:
        unit = store.find_unit(tx, "BAPPEDA-RENMON")
        seat = store.put_jabatan(tx, unit, "Kasubbag kedua", "kasubbag_renja_monev", None)
        store.put_holding(tx, seat, store.find_person(tx, login="luar"), agency.now.date())
    item = agency.inbox("kasubbag")[0]
    later = agency.now + timedelta(minutes=50)
    raise_notices(agency.app, later)  # to both who hold the role
    work_items.claim_work_item(agency.app, agency.actor("luar"), item.id, later)
    tick(agency.app, later)
    assert outbox(agency) == [("reminder", "luar@contoh.example")]
    work_items.release_work_item(agency.app, agency.actor("luar"), item.id, later)
    tick(agency.app, later)
    assert outbox(agency) == [("reminder", PERFORMER), ("reminder", "luar@contoh.example")]


def test_nobody_new_is_told_of_what_a_colleague_works_on(agency, outsider) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    with transaction(agency.app.sessions) as tx:
        unit = store.find_unit(tx, "BAPPEDA-RENMON")
        seat = store.put_jabatan(tx, unit, "Kasubbag kedua", "kasubbag_renja_monev", None)
        store.put_holding(tx, seat, store.find_person(tx, login="luar"), agency.now.date())
    tick(agency.app, agency.now)
    assert notices.list_notices(agency.app, agency.actor("luar")) == ()


def test_a_clock_set_back_sends_nothing_twice_and_loses_nothing(mailing, smtp_sink) -> None:
    mailing.start()
    late = mailing.now + timedelta(minutes=LATE)
    for moment in (late, late - timedelta(hours=1), late, late + timedelta(minutes=1)):
        tick(mailing.app, moment)
    assert outbox(mailing) == [("escalation", SUPERIOR), ("overdue", PERFORMER)]
    assert len(smtp_sink.messages) == 2


def test_an_item_ten_years_late_is_told_of_once(agency) -> None:
    agency.start()
    after = agency.now + timedelta(days=3654)
    for hours in range(3):
        tick(agency.app, after + timedelta(hours=hours))
    assert outbox(agency) == [("escalation", SUPERIOR), ("overdue", PERFORMER)]


def test_what_waits_for_a_channel_that_was_closed_is_given_up_in_time(agency) -> None:
    before = agency.app
    agency.app = with_channel(before, "webhook", Recorder(), personal=False)
    agency.start()
    raise_notices(agency.app, agency.now)
    agency.app = before
    tick(agency.app, agency.now + timedelta(days=2))
    assert ("assigned", "kasubbag") in outbox(agency, "pending")
    tick(agency.app, agency.now + timedelta(days=4))
    assert outbox(agency, "given_up") == [("assigned", "kasubbag")]
