"""Two steps, two persons: at the list, claim, complete, handing over, through substitution, and
whatever way the case has come there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

from engine.store.tables import WorkItem
from engine.store.transaction import transaction
from engine.ticks import raise_notices
from engine.usecases import (
    absences,
    cases,
    definitions,
    handovers,
    item_people,
    migration,
    notices,
    operations,
    work_items,
)
from workflows.errors import SopError
from workflows.rights import OPERATOR

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">'
)
SEQUENCE = "mulai>a a>b b>selesai"
DAY = date(2026, 11, 23)


def task(node: str, apart: str = "", extra: str = "") -> str:
    """A step that the kepala bidang do, three of them; `apart`: bedaOrang."""
    mark = f' sop:bedaOrang="{apart}"' if apart else ""
    return (
        f'<bpmn:userTask id="{node}" name="Tugas {node}"{mark}><bpmn:extensionElements>'
        '<sop:mutuBaku waktu="30 menit"><sop:output>Hasil</sop:output></sop:mutuBaku>'
        f"</bpmn:extensionElements>{extra}</bpmn:userTask>"
    )


def draw(key: str, elements: str, flows: str, people: str) -> bytes:
    drawn = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}" />'
        for n, (a, b) in enumerate(flow.split(">") for flow in flows.split())
    )
    refs = "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in people.split())
    lane = (
        f'<bpmn:lane id="l" name="Kepala Bidang" sop:pelaksana="kepala_bidang">{refs}</bpmn:lane>'
    )
    lanes = f'<bpmn:laneSet id="jalur">{lane}</bpmn:laneSet>' if people else ""
    ends = (
        '<bpmn:startEvent id="mulai" name="Mulai" /><bpmn:endEvent id="selesai" name="Selesai" />'
    )
    return (
        f'{HEAD}<bpmn:process id="{key}" name="SOP {key}" isExecutable="true">'
        f"{lanes}{ends}{elements}{drawn}</bpmn:process></bpmn:definitions>"
    ).encode()


def deploy(agency, xml: bytes) -> int:
    return definitions.deploy_definition(agency.app, OPERATOR, xml, {}, agency.now).version


def start(agency, key: str = "dua") -> int:
    actor = agency.actor("kabid1")
    return cases.start_case(agency.app, actor, key, "BAPPEDA", {}, agency.now).line.id


def begin(agency, apart: str = "a") -> int:
    deploy(agency, draw("dua", task("a") + task("b", apart), SEQUENCE, "a b"))
    return start(agency)


def act(agency, what: str, login: str, node: str, *rest: object, **more: object) -> str:
    item, actor = item_of(agency, node), agency.actor(login)
    call = {
        "claim": work_items.claim_work_item,
        "complete": work_items.complete_work_item,
        "delegate": handovers.delegate_item,
        "reassign": handovers.reassign_item,
    }[what]
    try:
        call(agency.app, actor, item, *rest, agency.now, **more)
    except SopError as error:
        return error.code
    return "done"


def item_of(agency, node: str) -> int:
    """The latest at that node."""
    with transaction(agency.app.sessions) as tx:
        found = tx.query(WorkItem).filter(WorkItem.node == node).order_by(WorkItem.id).all()
        return found[-1].id


def reminded(agency, login: str) -> list[str]:
    lines = notices.list_notices(agency.app, agency.actor(login))
    return [one.kind for one in lines if one.item == item_of(agency, "b")]


def nodes(agency, login: str) -> list[str]:
    return [one.node for one in agency.inbox(login)]


def test_whoever_did_the_one_does_not_get_the_other(agency) -> None:
    begin(agency)
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    assert nodes(agency, "kabid1") == [] and nodes(agency, "kabid2") == ["b"]
    raise_notices(agency.app, agency.now + timedelta(hours=2))  # late by then
    assert reminded(agency, "kabid1") == [] and reminded(agency, "kabid2") != []
    assert act(agency, "claim", "kabid1", "b") == "four_eyes"
    assert act(agency, "complete", "kabid1", "b", {}) == "four_eyes"
    assert act(agency, "delegate", "kabid1", "b", "kabid3") == "four_eyes"
    assert act(agency, "delegate", "kabid2", "b", "kabid1") == "colleague_barred"
    assert act(agency, "reassign", "kepala", "b", "kabid1", "Ya.") == "colleague_barred"
    shown = item_people.read_item_people(
        agency.app, agency.actor("kepala"), item_of(agency, "b"), agency.now
    )
    assert {one.login for one in shown.performers} == {"kabid2", "kabid3"}
    assert act(agency, "complete", "kabid2", "b", {}) == "done"


def away(agency, login: str, substitute: str) -> None:
    absences.plan_absence(
        agency.app, agency.actor(login), login, substitute, DAY, DAY, "Cuti.", agency.now
    )


def test_nor_through_standing_in_for_somebody(agency) -> None:
    begin(agency)
    away(agency, "kabid2", "kabid1")
    away(agency, "kabid3", "sekretaris")
    assert act(agency, "complete", "sekretaris", "a", {}) == "done"  # for kabid3
    assert nodes(agency, "kabid3") == [] and nodes(agency, "sekretaris") == []
    assert act(agency, "claim", "kabid3", "b") == "four_eyes"
    assert act(agency, "complete", "sekretaris", "b", {}) == "four_eyes"
    start(agency)
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    assert act(agency, "complete", "kabid1", "b", {}) == "four_eyes"  # not as kabid2 either


def test_who_could_not_claim_it_is_not_told_that_it_waits(agency) -> None:
    begin(agency)
    away(agency, "kabid2", "kasubbag")
    assert act(agency, "complete", "kabid2", "a", {}) == "done"  # on leave, and yet
    assert act(agency, "claim", "kasubbag", "b") == "four_eyes"
    assert act(agency, "reassign", "kepala", "b", "kasubbag", "Ya.") == "colleague_barred"
    kepala, item = agency.actor("kepala"), item_of(agency, "b")
    shown = item_people.read_item_people(agency.app, kepala, item, agency.now)
    assert {one.login for one in shown.performers} == {"kabid1", "kabid3"}
    raise_notices(agency.app, agency.now + timedelta(hours=2))
    assert reminded(agency, "kasubbag") == [] and "overdue" in reminded(agency, "kabid1")
    away(agency, "kabid3", "kasubbag")  # for whom they may
    assert nodes(agency, "kasubbag") == ["b"]
    start(agency)
    raise_notices(agency.app, agency.now + timedelta(hours=2))
    assert act(agency, "complete", "kasubbag", "a", {}) == "done"
    away(agency, "kabid1", "kasubbag")
    told = notices.list_notices(agency.app, agency.actor("kasubbag"))[0]
    assert told.body.count("Tugas b") == 1  # only that of the first case


def test_who_prepared_the_one_had_a_hand_in_it(agency) -> None:
    begin(agency)
    assert act(agency, "delegate", "kabid1", "a", "kabid2") == "done"
    item = item_of(agency, "a")
    handovers.hand_back_item(agency.app, agency.actor("kabid2"), item, agency.now)
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    assert [nodes(agency, f"kabid{n}") for n in (1, 2, 3)] == [[], [], ["b"]]


def test_nor_does_who_had_it_in_hand_until_it_was_taken_back(agency) -> None:
    begin(agency)
    assert act(agency, "delegate", "kabid1", "a", "kabid2") == "done"
    handovers.recall_item(agency.app, agency.actor("kabid1"), item_of(agency, "a"), agency.now)
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    assert [nodes(agency, f"kabid{n}") for n in (1, 2, 3)] == [[], [], ["b"]]


def parallel(agency) -> None:
    fork = '<bpmn:parallelGateway id="cabang" /><bpmn:parallelGateway id="temu" />'
    flows = "mulai>cabang cabang>a cabang>b a>temu b>temu temu>selesai"
    deploy(agency, draw("dua", fork + task("a") + task("b", "a"), flows, "a b"))
    start(agency)


def test_of_two_open_at_once_the_second_is_taken_away(agency) -> None:
    parallel(agency)
    assert act(agency, "claim", "kabid1", "a") == act(agency, "claim", "kabid1", "b") == "done"
    assert act(agency, "complete", "kabid1", "b", {}) == "done"
    assert nodes(agency, "kabid1") == [] and nodes(agency, "kabid2") == ["a"]
    assert act(agency, "complete", "kabid1", "a", {}) == "four_eyes"


def test_one_person_cannot_finish_both_at_the_same_moment(agency) -> None:
    parallel(agency)
    gate = Barrier(2)

    def finish(node: str) -> str:
        gate.wait()
        return act(agency, "complete", "kabid1", node, {})

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(finish, "ab")) == ["done", "four_eyes"]


def test_the_latest_round_counts_and_a_skipped_step_bars_nobody(agency) -> None:
    case = begin(agency)
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    operations.move_token(agency.app, OPERATOR, case, "b", "a", "Ulangi.", agency.now)
    assert act(agency, "complete", "kabid2", "a", {}) == "done"
    assert [nodes(agency, f"kabid{n}") for n in (1, 2, 3)] == [["b"], [], ["b"]]
    other = start(agency)
    operations.skip_node(agency.app, OPERATOR, other, "a", "Tidak perlu.", agency.now)
    assert [len(nodes(agency, f"kabid{n}")) for n in (1, 2, 3)] == [2, 1, 2]


def test_a_called_sop_is_watched_as_well(agency) -> None:
    begin(agency)
    call = '<bpmn:callActivity id="panggil" name="Panggil" calledElement="dua" />'
    deploy(agency, draw("luar", call + task("c"), "mulai>panggil panggil>c c>selesai", "c"))
    start(agency, "luar")
    assert act(agency, "complete", "kabid3", "a", {}) == "done"
    assert act(agency, "complete", "kabid3", "b", {}) == "four_eyes"
    assert act(agency, "complete", "kabid1", "b", {}) == "done"


def test_a_new_version_that_asks_for_it_asks_at_once(agency) -> None:
    begin(agency, apart="")
    assert act(agency, "complete", "kabid1", "a", {}) == "done"
    assert act(agency, "claim", "kabid1", "b") == "done"
    renamed = task("a2").replace("Tugas a2", "Tugas a")
    version = deploy(
        agency, draw("dua", renamed + task("b", "a2"), "mulai>a2 a2>b b>selesai", "a2 b")
    )
    (line,) = migration.migrate_cases(agency.app, OPERATOR, "dua", version, agency.now)
    assert line.outcome == "moved"
    assert nodes(agency, "kabid1") == [] and nodes(agency, "kabid2") == ["b"]
    assert act(agency, "complete", "kabid1", "b", {}) == "four_eyes"
