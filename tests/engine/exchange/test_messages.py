"""Messages reach the one case that waits for them, early or late, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine import ticks
from engine.app import open_app
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.servers import Servers
from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import operations, people, upkeep
from engine.usecases.messages import expire_messages, list_messages, send_message
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR

WAITS, WENT_ON = ("running", ("tunggu",)), ("running", ("lanjut",))


@pytest.fixture
def letters(house, sketch):
    """An SOP that waits for the message `surat` of its `nomor` and `tahun`."""
    house.deploy(sketch.waiting("surat-masuk", "surat", {"nomor": "nomor", "tahun": "tahun"}))
    return house


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        ({"nomor": "A-1", "tahun": 2026}, "delivered"),
        ({"tahun": "2026", "nomor": "A-1"}, "delivered"),
        ({"nomor": "A-1", "tahun": 2027}, "buffered"),
        ({"nomor": "A-1"}, "buffered"),
        ({"nomor": "A-1", "tahun": 2026, "bulan": 1}, "buffered"),
        ({}, "buffered"),
    ],
)
def test_all_keys_must_be_equal(letters, keys, outcome) -> None:
    case_id = letters.start("surat-masuk", {"nomor": "A-1", "tahun": 2026})
    other = letters.start("surat-masuk", {"nomor": "A-2", "tahun": 2026})
    sent = letters.send("surat", keys=keys, payload={"isi": "halo"})
    reached = outcome == "delivered"
    assert (sent.outcome, sent.cases) == (outcome, (case_id,) if reached else ())
    assert letters.state(case_id) == (WENT_ON if reached else WAITS)
    assert letters.case(case_id).data.get("isi") == ("halo" if reached else None)
    assert letters.events(case_id).count("message_received") == reached
    assert letters.state(other) == WAITS
    assert all(check.ok for check in upkeep.check_health(letters.app, letters.now))


def test_another_name_reaches_nobody(letters) -> None:
    letters.start("surat-masuk", {"nomor": "A-1", "tahun": 2026})
    sent = letters.send("surat lain", keys={"nomor": "A-1", "tahun": 2026})
    assert sent.outcome == "buffered"


def test_without_keys_it_is_for_whoever_waits_without_keys(house, sketch) -> None:
    house.deploy(sketch.waiting("tanpa-kunci", "kabar"))
    case_id = house.start("tanpa-kunci")
    assert house.send("kabar", keys={"nomor": 1}).outcome == "buffered"
    assert house.send("kabar").cases == (case_id,)


def test_the_key_case_reaches_that_case_whatever_it_waits_with(letters) -> None:
    first = letters.start("surat-masuk", {"nomor": "A-1", "tahun": 2026})
    second = letters.start("surat-masuk", {"nomor": "A-1", "tahun": 2026})
    assert letters.send("surat", keys={"case": second}).cases == (second,)
    assert (letters.state(first), letters.state(second)) == (WAITS, WENT_ON)
    assert letters.send("surat", keys={"case": first, "nomor": "A-2"}).outcome == "buffered"
    assert letters.send("surat", keys={"case": 10**9}).outcome == "buffered"


def test_more_than_one_receiver_is_refused_by_name_and_nothing_is_kept(letters) -> None:
    data = {"nomor": "A-1", "tahun": 2026}
    waiting = [letters.start("surat-masuk", data) for _ in range(2)]
    with pytest.raises(ConflictError) as refused:
        letters.send("surat", keys=data, message_id="kirim-1")
    assert (refused.value.code, refused.value.fields["cases"]) == ("message_ambiguous", waiting)
    letters.send("surat", keys={"case": waiting[0]})
    again = letters.send("surat", keys=data, message_id="kirim-1")
    assert (again.cases, again.repeated) == ((waiting[1],), False)


def test_what_comes_early_waits_and_the_oldest_goes_first(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    for number in (1, 2):
        letters.send("surat", keys=keys, payload={"urutan": number})
    cases = [letters.start("surat-masuk", keys) for _ in range(3)]
    assert [letters.case(one).data.get("urutan") for one in cases] == [1, 2, None]
    assert [letters.state(one) for one in cases] == [WENT_ON, WENT_ON, WAITS]
    assert ticks.deliver_messages(letters.app, letters.now) == (0, 0)


def test_several_early_ones_are_taken_in_one_go(house, sketch) -> None:
    house.deploy(
        sketch.draw(
            "mengumpulkan",
            sketch.event("start", "mulai"),
            '<bpmn:exclusiveGateway id="kembali" />',
            sketch.event("intermediateCatch", "tunggu", sketch.about("message", "angka")),
            '<bpmn:scriptTask id="tambah"><bpmn:script>jumlah = jumlah + nilai</bpmn:script>'
            "</bpmn:scriptTask>",
            '<bpmn:exclusiveGateway id="cukup" default="f4" />',
            sketch.event("end", "selesai"),
            flows="mulai>kembali kembali>tunggu tunggu>tambah tambah>cukup cukup>kembali",
            shared=sketch.message("angka"),
        ).replace(
            b"</bpmn:process>",
            b'<bpmn:sequenceFlow id="f9" sourceRef="cukup" targetRef="selesai">'
            b"<bpmn:conditionExpression>jumlah &gt;= 10</bpmn:conditionExpression>"
            b"</bpmn:sequenceFlow></bpmn:process>",
        )
    )
    for number in (1, 2, 3, 4, 5):
        house.send("angka", payload={"nilai": number})
    case_id = house.start("mengumpulkan", {"jumlah": 0})
    assert house.state(case_id) == ("completed", ())
    assert house.case(case_id).data["jumlah"] == 10
    assert house.send("angka", message_id="x").outcome == "buffered"


def test_what_nobody_waits_for_in_time_is_given_up(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    letters.send("surat", keys=keys, message_id="lama")
    letters.wait(days=30)
    case_id = letters.start("surat-masuk", keys)
    assert letters.state(case_id) == WAITS
    ticks.tick(letters.app, letters.now)
    assert letters.state(case_id) == WAITS
    again = letters.send("surat", keys=keys, message_id="lama")
    assert (again.outcome, again.repeated) == ("expired", True)


def test_a_second_time_gives_the_first_outcome(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    assert letters.send("surat", keys=keys, message_id="k-1").outcome == "buffered"
    again = letters.send("surat", keys=keys, message_id="k-1")
    assert (again.outcome, again.repeated) == ("buffered", True)
    case_id = letters.start("surat-masuk", keys)
    other = letters.start("surat-masuk", keys)
    later = letters.send("surat", keys=keys, message_id="k-1")
    assert (later.outcome, later.cases, later.repeated) == ("delivered", (case_id,), True)
    assert letters.state(other) == WAITS


def test_an_id_belongs_to_a_message_or_to_a_signal(house) -> None:
    house.send("surat", message_id="sama")
    with pytest.raises(ConflictError) as refused:
        house.signal("tanda", message_id="sama")
    assert refused.value.code == "message_id_taken"


def test_eight_senders_of_one_id_deliver_once(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    case_id = letters.start("surat-masuk", keys)
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda _: letters.send("surat", keys=keys, message_id="k"), range(8)))
    assert {one.cases for one in sent} == {(case_id,)}
    assert [one.repeated for one in sent].count(False) == 1
    assert letters.events(case_id).count("message_received") == 1


def test_of_two_messages_for_one_token_one_is_kept(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    case_id = letters.start("surat-masuk", keys)
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda _: letters.send("surat", keys=keys), range(8)))
    assert sorted(one.outcome for one in sent) == ["buffered"] * 7 + ["delivered"]
    assert letters.events(case_id).count("message_received") == 1
    following = [letters.start("surat-masuk", keys) for _ in range(8)]
    assert [letters.state(one) for one in following].count(WENT_ON) == 7


def test_a_sender_and_a_case_that_begins_to_wait_find_each_other(letters) -> None:
    def meet(number: int) -> int:
        keys = {"nomor": number, "tahun": 2026}
        with ThreadPoolExecutor(2) as pair:
            case = pair.submit(letters.start, "surat-masuk", keys)
            pair.submit(letters.send, "surat", keys=keys).result()
            return case.result()

    with ThreadPoolExecutor(4) as pool:
        cases = list(pool.map(meet, range(20)))
    ticks.deliver_messages(letters.app, letters.now)
    assert [letters.state(one) for one in cases] == [WENT_ON] * 20
    assert all(letters.events(one).count("message_received") == 1 for one in cases)


def test_a_message_starts_an_sop_for_the_unit_that_is_named(house, sketch) -> None:
    def begins(key: str) -> bytes:
        return sketch.draw(
            key,
            sketch.event("start", "mulai", sketch.about("message", "permohonan")),
            sketch.person_task("periksa"),
            sketch.event("end", "selesai"),
            flows="mulai>periksa periksa>selesai",
            shared=sketch.message("permohonan"),
            people="periksa",
        )

    house.deploy(begins("permohonan-data"))
    assert house.send("permohonan", message_id="tanpa-unit").outcome == "buffered"
    sent = house.send(
        "permohonan", keys={"nomor": 7}, payload={"isi": "x"}, unit="BAPPEDA-EKO", message_id="p"
    )
    (case_id,) = sent.cases
    assert sent.outcome == "started"
    detail = house.case(case_id)
    assert (detail.line.key, detail.line.unit) == ("permohonan-data", "BAPPEDA")
    assert (detail.tokens, detail.data) == (("periksa",), {"isi": "x"})
    again = house.send("permohonan", unit="BAPPEDA", message_id="p")
    assert (again.outcome, again.cases, again.repeated) == ("started", (case_id,), True)

    house.deploy(begins("permohonan-lain"))
    with pytest.raises(ConflictError) as refused:
        house.send("permohonan", unit="BAPPEDA")
    assert refused.value.code == "message_start_ambiguous"
    with pytest.raises(NotFoundError):
        house.send("permohonan", unit="TIDAK-ADA")


def test_an_older_version_starts_nothing(house, sketch) -> None:
    begins = sketch.draw(
        "a",
        sketch.event("start", "mulai", sketch.about("message", "buka")),
        sketch.event("end", "selesai"),
        flows="mulai>selesai",
        shared=sketch.message("buka"),
    )
    house.deploy(begins)
    house.deploy(begins.replace(b'name="buka"', b'name="buka lagi"'))
    assert house.send("buka", unit="BAPPEDA").outcome == "buffered"
    assert house.send("buka lagi", unit="BAPPEDA").outcome == "started"


def test_a_case_sends_to_another_one_and_ticks_deliver_once(house, sketch) -> None:
    house.deploy(sketch.waiting("penerima", "surat", {"nomor": "nomor"}))
    thrown = sketch.about("message", "surat", {"nomor": "tujuan"}, sketch.isi(isi="kabar"))
    house.deploy(
        sketch.draw(
            "pengirim",
            sketch.event("start", "mulai"),
            sketch.event("intermediateThrow", "kirim", thrown),
            sketch.event("end", "selesai"),
            flows="mulai>kirim kirim>selesai",
            shared=sketch.message("surat"),
        )
    )
    receiver = house.start("penerima", {"nomor": "7"})
    sender = house.start("pengirim", {"tujuan": 7, "kabar": "sampai"})
    assert house.state(sender) == ("completed", ())
    assert "message_sent" in house.events(sender)
    assert house.state(receiver) == WAITS
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ticks.deliver_messages(house.app, house.now), range(4)))
    assert house.state(receiver) == WENT_ON
    assert house.case(receiver).data["isi"] == "sampai"
    assert house.events(receiver).count("message_received") == 1

    late = house.start("pengirim", {"tujuan": 8, "kabar": "terlalu pagi"})
    ticks.tick(house.app, house.now)
    receiver = house.start("penerima", {"nomor": 8})
    assert (house.state(receiver), house.events(late).count("message_sent")) == (WENT_ON, 1)


def test_a_thrown_message_for_two_waits_until_one_is_gone(house, sketch) -> None:
    house.deploy(sketch.waiting("penerima", "surat"))
    house.deploy(
        sketch.draw(
            "pengirim",
            sketch.event("start", "mulai"),
            sketch.event("end", "selesai", sketch.about("message", "surat")),
            flows="mulai>selesai",
            shared=sketch.message("surat"),
        )
    )
    two = [house.start("penerima") for _ in range(2)]
    house.start("pengirim")
    ticks.tick(house.app, house.now)
    assert [house.state(one) for one in two] == [WAITS, WAITS]
    (line,) = list_messages(house.app, OPERATOR, house.now)
    assert (line.name, line.last_error) == ("surat", "message_ambiguous")
    checks = {one.name: one for one in upkeep.check_health(house.app, house.now)}
    assert (checks["messages"].ok, checks["messages"].detail) == (False, line.message_id)
    house.send("surat", keys={"case": two[0]})
    house.wait(minutes=11)
    ticks.tick(house.app, house.now)
    assert [house.state(one) for one in two] == [WENT_ON, WENT_ON]
    assert list_messages(house.app, OPERATOR, house.now) == ()


def test_a_message_may_be_for_the_case_that_throws_it(house, sketch) -> None:
    house.deploy(
        sketch.draw(
            "sendiri",
            sketch.event("start", "mulai"),
            '<bpmn:parallelGateway id="bagi" /><bpmn:parallelGateway id="gabung" />',
            sketch.event("intermediateCatch", "tunggu", sketch.about("message", "surat")),
            sketch.event("intermediateThrow", "kirim", sketch.about("message", "surat")),
            sketch.event("end", "selesai"),
            flows="mulai>bagi bagi>tunggu bagi>kirim tunggu>gabung kirim>gabung gabung>selesai",
            shared=sketch.message("surat"),
        )
    )
    case_id = house.start("sendiri")
    assert house.case(case_id).line.state == "running"
    ticks.tick(house.app, house.now)
    assert house.state(case_id) == ("completed", ())


def test_a_suspended_case_gets_it_when_it_goes_on(letters) -> None:
    keys = {"nomor": "A-1", "tahun": 2026}
    case_id = letters.start("surat-masuk", keys)
    operations.suspend_case(letters.app, OPERATOR, case_id, "menunggu surat", letters.now)
    assert letters.send("surat", keys=keys).outcome == "buffered"
    ticks.tick(letters.app, letters.now)
    assert letters.case(case_id).tokens == ("tunggu",)
    operations.resume_case(letters.app, OPERATOR, case_id, letters.now)
    ticks.tick(letters.app, letters.now)
    assert letters.state(case_id) == WENT_ON


def test_a_deadline_that_has_passed_comes_before_the_message(house, sketch) -> None:
    limit = (
        "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition>"
    )
    house.deploy(
        sketch.draw(
            "balapan",
            sketch.event("start", "mulai"),
            '<bpmn:eventBasedGateway id="pilih" />',
            sketch.event("intermediateCatch", "tunggu", sketch.about("message", "surat")),
            sketch.event("intermediateCatch", "batas", limit),
            sketch.person_task("lanjut"),
            sketch.event("end", "selesai"),
            sketch.event("end", "lewat"),
            flows="mulai>pilih pilih>tunggu pilih>batas tunggu>lanjut lanjut>selesai batas>lewat",
            shared=sketch.message("surat"),
            people="lanjut",
        )
    )
    case_id = house.start("balapan")
    house.wait(hours=2)  # and no tick has come by
    assert house.send("surat").outcome == "buffered"
    ticks.tick(house.app, house.now)
    assert house.state(case_id) == ("completed", ())
    assert house.events(case_id)[-2:] == ["timers_fired", "case_completed"]


def test_only_those_who_may_send_do(letters) -> None:
    actor = people.load_actor(letters.app, "sekretaris", letters.now)
    with pytest.raises(NotAllowedError):
        send_message(letters.app, actor, "surat", {}, {}, letters.now)


@pytest.mark.parametrize(
    "options",
    [
        {"keys": {"nomor": []}},
        {"keys": {"": 1}},
        {"payload": {"x": float("inf")}},
        {"payload": {"x": "a" * 300_000}},
        {"message_id": "a\x00"},
        {"message_id": ""},
    ],
)
def test_what_cannot_be_kept_is_refused(house, options) -> None:
    with pytest.raises(InvalidAnswerError):
        house.send("surat", **options)
    with pytest.raises(InvalidAnswerError):
        house.send("  ")


def test_a_role_that_nobody_holds_keeps_an_sop_from_starting(house, sketch) -> None:
    house.deploy(
        sketch.draw(
            "mulai-surat",
            sketch.event("start", "mulai", sketch.about("message", "surat")),
            sketch.person_task("periksa"),
            sketch.event("end", "selesai"),
            flows="mulai>periksa periksa>selesai",
            shared=sketch.message("surat"),
            people="periksa",
        )
    )
    with transaction(house.app.sessions) as tx:
        store.put_unit(tx, "DINKES", "Dinas Kesehatan", "pd", "Asia/Jakarta", None)
    with pytest.raises(ConflictError) as refused:
        house.send("surat", unit="DINKES")
    assert refused.value.code == "no_holder"
    assert house.send("surat", unit="BAPPEDA").outcome == "started"


def test_the_setting_says_how_long_messages_are_kept(settings, database_url, sketch) -> None:
    short = open_app(replace(settings, message_days=1), Servers(database_url))
    now = datetime(2026, 11, 23, tzinfo=UTC)
    send_message(short, OPERATOR, "surat", {}, {}, now)
    assert expire_messages(short, now + timedelta(hours=23)) == 0
    assert expire_messages(short, now + timedelta(hours=24)) == 1
    short.close()
