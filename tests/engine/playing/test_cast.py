"""Who plays where nobody is; services and messages without their senders; timers."""

from __future__ import annotations

import json
from datetime import timedelta

from engine.store import people
from engine.store.transaction import transaction
from engine.usecases import messages
from tests.conftest import MONDAY
from tests.engine.playing.conftest import BIDANG, FORMS, START, XML, Studio, nodes, step
from tests.engine.usecases.sops import with_job, with_message
from workflows.rights import OPERATOR
from workflows.trials import (
    Advance,
    Claim,
    Complete,
    Hear,
    Report,
    Start,
    read_script,
    write_script,
)

TO_FORUM = (
    START,
    step("konsultasi"),
    *(step("penyusunan_bidang", unit) for unit in BIDANG),
    step("pembahasan"),
)


def test_a_vacant_role_is_played_by_a_stand_in(studio: Studio) -> None:
    with transaction(studio.app.sessions) as tx:
        region = people.find_unit(tx, "PEMDA")
        dinas = people.put_unit(tx, "DINKES", "Dinas Contoh", "pd", "Asia/Jakarta", region)
        people.put_unit(tx, "DINKES-A", "Bidang A", "bidang", "Asia/Jakarta", dinas)
    before = studio.count_rows()
    play = studio.play(
        [
            Start("DINKES", MONDAY),
            step("konsultasi", "DINKES"),
            step("penyusunan_bidang", "DINKES-A"),
        ],
        look=True,
    )
    assert play.stopped is None
    assert [one.stand_in for one in play.acts] == [False, True, True]
    assert play.acts[1].by == "Pemeran Kasubbag Rencana Kerja dan Monev"
    assert play.scene is not None
    assert [one.by for one in play.scene.open] == ["Pemeran Sekretaris"]
    assert {one.to for one in play.scene.told} >= {"Pemeran Sekretaris"}
    assert studio.count_rows() == before


def test_four_eyes_are_two_persons_in_a_trial_too(studio: Studio) -> None:
    """The only sekretaris has led the discussion, so somebody else must pass the plan on."""
    differs = XML.replace(
        b'sop:formulir="penyampaian.form"',
        b'sop:formulir="penyampaian.form" sop:bedaOrang="pembahasan"',
    )
    assert differs != XML
    studio.save(differs, FORMS)
    play = studio.play([*TO_FORUM, step("penyempurnaan"), step("penyampaian")])
    assert play.stopped is None
    led, passed_on = play.acts[5], play.acts[7]
    assert (led.by, led.stand_in) == ("Kenanga Contoh", False)
    assert (passed_on.by, passed_on.stand_in) == ("Pemeran Sekretaris", True)


def test_who_has_taken_a_step_does_it(studio: Studio) -> None:
    taken = studio.play([START, Claim("konsultasi", "BAPPEDA"), step("konsultasi")])
    assert taken.stopped is None
    assert taken.acts[1].by == taken.acts[2].by == "Melati Contoh"


def test_of_several_who_may_do_it_the_owner_chooses_one(studio: Studio) -> None:
    xml = XML.replace(b'sop:pelaksana="kasubbag_renja_monev"', b'sop:pelaksana="kepala_bidang"')
    studio.save(xml, FORMS)
    began = studio.play([START], look=True)
    assert began.scene is not None
    logins = [login for login, _ in began.scene.players]
    assert logins == ["kabid1", "kabid2", "kabid3"]
    for by, name in (("kabid2", "Seruni Contoh"), ("", "Mawar Contoh"), ("hantu", "Mawar Contoh")):
        played = studio.play([START, Complete("konsultasi", "BAPPEDA", by=by)])
        assert played.stopped is None and played.acts[1].by == name
    taken = studio.play(
        [START, Claim("konsultasi", "BAPPEDA", by="kabid3"), step("konsultasi")], look=True
    )
    assert taken.acts[1].by == taken.acts[2].by == "Dahlia Contoh"
    acts = (Claim("a", "B", by="kabid3"), Complete("a", "B", by="kabid2"))
    assert read_script(write_script([START, *acts]))[1:] == acts


def test_a_service_answers_what_is_typed(studio: Studio) -> None:
    studio.save(with_job(XML, "simpeg"), FORMS)
    waiting = studio.play(TO_FORUM, look=True)
    assert waiting.scene is not None
    (wait,) = waiting.scene.waits
    assert (wait.waits_for, wait.name, wait.node) == ("job", "simpeg", "kesepakatan_forum")
    done = studio.play([*TO_FORUM, Report("kesepakatan_forum", answer={"hadir": 12})])
    assert nodes(done.outcomes[-1]) == ["penyempurnaan"]
    assert (done.outcomes[-1].data or {})["hadir"] == 12
    failed = studio.play([*TO_FORUM, Report("kesepakatan_forum", text="tidak menjawab")])
    assert failed.stopped is None
    assert failed.outcomes[-1].state == "incident"
    assert failed.outcomes[-1].stuck == ("kesepakatan_forum",)


def test_a_message_is_typed(studio: Studio) -> None:
    studio.save(with_message(XML, "hasil_forum"), FORMS)
    before = studio.count_rows()
    play = studio.play([*TO_FORUM, Hear("message", "hasil_forum", {"setuju": True})])
    assert play.stopped is None
    assert nodes(play.outcomes[-1]) == ["penyempurnaan"]
    assert (play.outcomes[-1].data or {})["setuju"] is True
    again = studio.play([*TO_FORUM, Hear("message", "lain")])
    assert again.stopped is not None
    assert again.stopped.code == "trial_nothing_waits"
    assert studio.count_rows() == before


def test_what_real_cases_wait_for_is_not_taken_away(studio: Studio) -> None:
    sent = messages.send_message(studio.app, OPERATOR, "hasil_forum", {}, {}, studio.now)
    assert sent.outcome == "buffered"
    studio.save(with_message(XML, "hasil_forum"), FORMS)
    assert nodes(studio.play(TO_FORUM).outcomes[-1]) == []  # it waits for its own


def test_timers_fire_at_their_own_moment(studio: Studio) -> None:
    timer = (
        b'<bpmn:boundaryEvent id="pewaktu" name="Belum ada rencana" cancelActivity="false" '
        b'attachedToRef="konsultasi"><bpmn:outgoing>ke_ingat</bpmn:outgoing>'
        b"<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration>"
        b"</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
        b'<bpmn:endEvent id="ingat" name="Sudah diingatkan"><bpmn:incoming>ke_ingat</bpmn:incoming>'
        b"</bpmn:endEvent>"
        b'<bpmn:sequenceFlow id="ke_ingat" sourceRef="pewaktu" targetRef="ingat" />'
        b'<bpmn:sequenceFlow id="ke_konsultasi"'
    )
    studio.save(XML.replace(b'<bpmn:sequenceFlow id="ke_konsultasi"', timer, 1), FORMS)
    play = studio.play([START, Advance(MONDAY + timedelta(days=3))], look=True)
    assert play.stopped is None, play.stopped
    assert play.scene is not None
    fired = [one.at for one in play.scene.history if one.kind == "timers_fired"]
    assert fired == [MONDAY + timedelta(days=1)]
    moments = [one.at for one in play.scene.history]
    assert moments == sorted(moments)


def test_a_file_is_there_by_name_alone(studio: Studio) -> None:
    field = {"id": "b", "key": "berkas", "type": "filepicker", "label": "Nota"}
    wanted = {**field, "validate": {"required": True}}
    form = json.dumps({"type": "default", "id": "k", "schemaVersion": 17, "components": [wanted]})
    studio.save(XML, {**FORMS, "konsultasi.form": form})
    before = studio.count_rows()
    refused = studio.play([START, step("konsultasi")])
    assert refused.stopped is not None
    play = studio.play([START, Complete("konsultasi", "BAPPEDA", files={"berkas": ("nota.pdf",)})])
    assert play.stopped is None, play.stopped
    assert play.outcomes[-1].data is not None
    assert play.outcomes[-1].data["berkas"] == ["nota.pdf"]
    assert studio.count_rows() == before
    assert not (studio.app.settings.data / "documents").exists()
