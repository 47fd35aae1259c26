"""Running cases brought to another version: what moves, what is kept, what is blocked and why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engine.errors import NotAllowedError, NotFoundError
from engine.exchange_values import Client
from engine.inbox_values import InboxQuery
from engine.store.tables import Activation, Case, Document, Notice, Timer, WorkItem
from engine.store.transaction import transaction
from engine.ticks import raise_notices, tick
from engine.usecases import (
    cases,
    definitions,
    documents,
    inbox,
    jobs,
    migration,
    notices,
    operations,
    trace,
    upkeep,
    work_items,
    workers,
)
from tests.engine.usecases.conftest import KEY
from tests.engine.usecases.sops import with_call, with_job
from tests.engine.usecases.test_timers import with_deadline as with_deadline
from workflows.rights import OPERATOR

Files = tuple[bytes, dict[str, str]]


def rename(xml: bytes, old: str, new: str) -> bytes:
    """The node with another id, wherever the file refers to it."""
    for text in ('id="%s"', ">%s<", 'sourceRef="%s"', 'targetRef="%s"', 'bpmnElement="%s"',
                 'attachedToRef="%s"'):  # fmt: skip
        xml = xml.replace((text % old).encode(), (text % new).encode())
    return xml


def deploy(agency, xml: bytes, forms: dict[str, str]) -> int:
    line = definitions.deploy_definition(agency.app, OPERATOR, xml, forms, agency.now)
    return line.version


def migrate(agency, version: int, **options):
    return migration.migrate_cases(agency.app, OPERATOR, KEY, version, agency.now, **options)


def stored(agency) -> list[object]:
    """Everything that a migration might change, row by row."""
    with transaction(agency.app.sessions) as tx:
        found: list[object] = []
        for table in (Case, WorkItem, Timer, Notice, Activation):
            keys = [column.name for column in table.__table__.primary_key]
            for row in tx.query(table).all():
                values = {c.name: getattr(row, c.name) for c in table.__table__.columns}
                found.append((table.__tablename__, *(values[key] for key in keys), values))
        return sorted(found, key=lambda one: tuple(map(str, one[:3])))


def item_values(agency, item_id: int) -> dict[str, object]:
    with transaction(agency.app.sessions) as tx:
        row = tx.get(WorkItem, item_id)
        return {column.name: getattr(row, column.name) for column in WorkItem.__table__.columns}


@pytest.fixture
def claimed(agency, shipped) -> int:
    """A case whose third step is claimed and has been reminded of; its item's id."""
    agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login, minutes=5)
    item = agency.inbox("kasubbag")[0]
    assert item.node == "penyempurnaan"
    agency.now += timedelta(minutes=7, microseconds=123457)
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    agency.now += timedelta(days=1)
    assert raise_notices(agency.app, agency.now)[0] > 0
    return item.id


def test_a_dry_run_stores_nothing(agency, shipped, claimed) -> None:
    xml, forms = shipped
    version = deploy(agency, rename(xml, "penyempurnaan", "perbaikan"), forms)
    before = stored(agency)
    (line,) = migrate(agency, version, dry_run=True)
    assert (line.outcome, line.from_version, line.to_version) == ("movable", 1, 2)
    assert line.moved == (("penyempurnaan", "perbaikan"),)
    assert stored(agency) == before


def test_an_open_item_keeps_all_but_its_node(agency, shipped, claimed) -> None:
    xml, forms = shipped
    version = deploy(agency, rename(xml, "penyempurnaan", "perbaikan"), forms)
    before, mails = item_values(agency, claimed), stored(agency)
    (line,) = migrate(agency, version)
    assert line.outcome == "moved"
    after = item_values(agency, claimed)
    assert {k: v for k, v in after.items() if before[k] != v} == {"node": "perbaikan"}
    assert [row for row in stored(agency) if row[0] == "notice"] == [
        row for row in mails if row[0] == "notice"
    ]
    detail = cases.read_case(agency.app, OPERATOR, 1, agency.now)
    assert (detail.line.version, detail.tokens) == (2, ("perbaikan",))
    event = next(event for event in detail.history if event.kind == "case_migrated")
    assert event.target == "2"
    rows = trace.trace_case(agency.app, OPERATOR, 1, agency.now)
    assert [row.node for row in rows if row.state == "active"] == ["perbaikan"]
    assert migrate(agency, version) == ()
    agency.complete("kasubbag")
    assert cases.read_case(agency.app, OPERATOR, 1, agency.now).tokens == ("penyampaian",)
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now)[:3])


def test_what_is_over_is_read_by_the_version_it_was_done_in(agency, shipped, tmp_path) -> None:
    case_id = agency.start()
    file = tmp_path / "x.txt"
    file.write_text("isi", "utf-8")
    item = agency.inbox("kasubbag")[0]
    with file.open("rb") as stream:
        actor = agency.actor("kasubbag")
        documents.attach_document(agency.app, actor, item.id, "x.txt", stream, agency.now)
    agency.complete("kasubbag")
    xml, forms = shipped
    gone = xml.replace(b'name="Memprakarsai penyusunan Renja"', b'name="Memulai Renja"')
    version = deploy(agency, rename(gone, "konsultasi", "prakarsa"), forms)
    assert [line.outcome for line in migrate(agency, version)] == ["moved"]
    detail = cases.read_case(agency.app, OPERATOR, case_id, agency.now)
    assert [one.step_name for one in detail.documents] == ["Memprakarsai penyusunan Renja"]
    done = next(event for event in detail.history if event.kind == "item_completed")
    assert done.step_name == "Memprakarsai penyusunan Renja"
    steps = cases.list_steps(agency.app, OPERATOR, case_id, agency.now)
    assert steps[0].name == "Memprakarsai penyusunan Renja"
    done = InboxQuery(tab="done")
    assert inbox.list_items(agency.app, agency.actor("kasubbag"), done, agency.now).lines


def test_a_node_without_counterpart_blocks_its_case_until_it_is_mapped(agency, shipped) -> None:
    agency.start()
    agency.complete("kasubbag")
    agency.start()
    xml, forms = shipped
    other = rename(xml, "konsultasi", "prakarsa").replace(
        b'name="Memprakarsai penyusunan Renja"', b'name="Memulai Renja"'
    )
    version = deploy(agency, other, forms)
    moved, blocked = migrate(agency, version)
    assert (moved.case_id, moved.outcome) == (1, "moved")
    assert (blocked.case_id, blocked.outcome) == (2, "blocked")
    (why,) = blocked.blocked
    assert (why.node, why.name, why.reason) == (
        "konsultasi", "Memprakarsai penyusunan Renja", "no_target"
    )  # fmt: skip
    assert cases.read_case(agency.app, OPERATOR, 2, agency.now).line.version == 1
    (line,) = migrate(agency, version, mapping={"konsultasi": "prakarsa"})
    assert (line.outcome, line.moved) == ("moved", (("konsultasi", "prakarsa"),))
    assert agency.inbox("kasubbag")[0].name == "Memulai Renja"


def test_a_mapping_names_nodes_that_there_are(agency, shipped) -> None:
    agency.start()
    xml, forms = shipped
    version = deploy(agency, xml.replace(b"230 menit", b"240 menit"), forms)
    for mapping in ({"salah": "konsultasi"}, {"konsultasi": "salah"}):
        with pytest.raises(NotFoundError) as refused:
            migrate(agency, version, mapping=mapping)
        assert (refused.value.code, refused.value.fields["node"]) == ("node_not_found", "salah")


def test_a_timer_keeps_its_moment(agency, with_deadline) -> None:
    xml, forms = with_deadline
    deploy(agency, xml, forms)
    case_id = agency.start()
    with transaction(agency.app.sessions) as tx:
        due = {row.token: row.due_at for row in tx.query(Timer).all()}
    version = deploy(agency, rename(xml, "tengat", "batas"), forms)
    agency.now += timedelta(minutes=90)
    assert [line.outcome for line in migrate(agency, version)] == ["moved"]
    with transaction(agency.app.sessions) as tx:
        assert {row.token: row.due_at for row in tx.query(Timer).all()} == due
    agency.now += timedelta(minutes=31)
    assert tick(agency.app, agency.now).timers == 1
    assert cases.read_case(agency.app, OPERATOR, case_id, agency.now).line.state == "completed"


def test_an_open_job_goes_along(agency, shipped) -> None:
    xml, forms = shipped
    deploy(agency, with_job(xml, "forum"), forms)
    case_id = agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login)
    client = Client("forum", ("forum",))
    (job,) = workers.fetch_jobs(agency.app, client, "a", ["forum"], agency.now)
    version = deploy(agency, with_job(xml, "forum", "forum_skpd"), forms)
    assert [line.outcome for line in migrate(agency, version)] == ["moved"]
    (listed,) = jobs.list_jobs(agency.app, OPERATOR, case_id)
    assert (listed.id, listed.node, listed.state) == (job.id, "forum_skpd", "locked")
    workers.complete_job(agency.app, client, "a", job.id, {}, agency.now)
    assert cases.read_case(agency.app, OPERATOR, case_id, agency.now).tokens == ("penyempurnaan",)


def test_a_called_sop_stays_on_its_version(agency, shipped) -> None:
    xml, forms = shipped
    called = xml.replace(b"menyusun-rencana-kerja", b"sop-forum")
    definitions.deploy_definition(agency.app, OPERATOR, called, forms, agency.now)
    deploy(agency, with_call(xml, "sop-forum"), forms)
    case_id = agency.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris"):
        agency.complete(login)
    (item,) = agency.inbox("kasubbag")
    before = item_values(agency, item.id)
    other = rename(with_call(xml, "sop-forum"), "konsultasi", "prakarsa")
    assert [line.outcome for line in migrate(agency, deploy(agency, other, forms))] == ["moved"]
    assert item_values(agency, item.id) == before
    agency.complete("kasubbag")
    tokens = cases.read_case(agency.app, OPERATOR, case_id, agency.now).tokens
    assert tokens == ("kesepakatan_forum", "penyusunan_bidang")
    assert all(check.ok for check in upkeep.check_health(agency.app, agency.now)[:3])


def change_lane(xml: bytes, role: bytes) -> bytes:
    """Let another role do what the Kasubbag did."""
    return re.sub(rb'pelaksana="kasubbag_renja_monev"', b'pelaksana="' + role + b'"', xml)


def test_an_item_goes_to_the_role_of_the_new_version(agency, shipped) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    version = deploy(agency, change_lane(shipped[0], b"sekretaris"), shipped[1])
    assert [line.outcome for line in migrate(agency, version)] == ["moved"]
    assert agency.inbox("kasubbag") == ()
    (offered,) = agency.inbox("sekretaris")
    assert offered.id == item.id
    (told,) = notices.list_notices(agency.app, agency.actor("sekretaris"))
    assert (told.kind, told.item) == ("assigned", item.id)


def test_a_role_that_nobody_holds_blocks(agency, shipped) -> None:
    agency.start()
    version = deploy(agency, change_lane(shipped[0], b"penyusun_program"), shipped[1])
    (line,) = migrate(agency, version)
    assert [one.reason for one in line.blocked] == ["no_holder"]
    assert agency.inbox("kasubbag")


def test_suspended_and_ended_cases_stay(agency, shipped) -> None:
    for _ in range(3):
        agency.start()
    app, now = agency.app, agency.now
    operations.suspend_case(app, OPERATOR, 1, "Menunggu.", now)
    operations.cancel_case(app, OPERATOR, 2, "Salah mulai.", now)
    version = deploy(agency, shipped[0].replace(b"230 menit", b"240 menit"), shipped[1])
    lines = migrate(agency, version)
    assert [(line.case_id, line.outcome) for line in lines] == [(1, "blocked"), (3, "moved")]
    assert lines[0].blocked[0].reason == "case_suspended"


def test_only_the_cases_that_were_asked_for(agency, shipped) -> None:
    for _ in range(3):
        agency.start()
    version = deploy(agency, shipped[0].replace(b"230 menit", b"240 menit"), shipped[1])
    assert [line.case_id for line in migrate(agency, version, case_ids=[2])] == [2]
    with pytest.raises(NotFoundError) as refused:
        migrate(agency, version, case_ids=[7])
    assert refused.value.code == "case_not_found"
    with pytest.raises(NotFoundError) as refused:
        migrate(agency, 9)
    assert (refused.value.code, refused.value.fields["newest"]) == ("version_not_found", version)
    with pytest.raises(NotAllowedError):
        actor = agency.actor("kepala")
        migration.migrate_cases(agency.app, actor, KEY, version, agency.now)


def test_and_back_again(agency, shipped, claimed) -> None:
    xml, forms = shipped
    version = deploy(agency, rename(xml, "penyempurnaan", "perbaikan"), forms)
    before = item_values(agency, claimed)
    migrate(agency, version)
    migrate(agency, 1)
    assert item_values(agency, claimed) == before
    with transaction(agency.app.sessions) as tx:
        assert tx.query(Document).count() == 0
    agency.complete("kasubbag")
    assert cases.read_case(agency.app, OPERATOR, 1, agency.now).tokens == ("penyampaian",)
