"""A rehearsal: everything works in it, and nothing of it is left or ever heard of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import func, select, text

from engine.app import App
from engine.errors import ConflictError, UnavailableError
from engine.inbox_values import InboxQuery
from engine.rehearsing import rehearse
from engine.store import cases, definitions, people, rehearsal
from engine.store.rehearsal import FIRST_ID
from engine.store.tables import Case, Event, Notice, Table, WorkItem
from engine.store.transaction import transaction
from engine.usecases.cases import read_case, start_case
from engine.usecases.inbox import list_items
from engine.usecases.people import load_actor
from engine.usecases.work_items import complete_work_item
from workflows.rights import OPERATOR

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "menyusun-rencana-kerja"


def count_rows(app: App) -> dict[str, int]:
    with transaction(app.sessions) as tx:
        tables = Table.metadata.sorted_tables
        return {t.name: tx.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


@pytest.fixture
def agency(app: App) -> App:
    return app


def start(app: App) -> int:
    actor = load_actor(app, "kasubbag", NOW)
    return start_case(app, actor, KEY, "BAPPEDA", {}, NOW).line.id


def test_use_cases_work_in_it_and_nothing_stays(agency: App) -> None:
    before, first = count_rows(agency), start(agency)
    seen = count_rows(agency)
    with rehearse(agency) as app:
        case_id = start(app)
        actor = load_actor(app, "kasubbag", NOW)
        waiting = list_items(app, actor, InboxQuery(), NOW).lines
        mine = [item for item in waiting if item.case_id == case_id]
        complete_work_item(app, actor, mine[0].id, {}, NOW)
        assert len(read_case(app, OPERATOR, case_id, NOW).history) >= 2
        with transaction(app.sessions) as tx:
            assert (
                tx.scalar(select(func.count()).select_from(Notice).where(Notice.id >= FIRST_ID))
                == 0
            )
            assert (
                tx.scalar(select(func.count()).select_from(WorkItem).where(WorkItem.id >= FIRST_ID))
                == 4
            )
    assert count_rows(agency) == seen
    assert seen["case"] == before["case"] + 1
    # ids are not used up: the next real case follows the last one
    assert start(agency) == first + 1


def test_what_fails_in_it_undoes_itself_alone(agency: App) -> None:
    with rehearse(agency) as app:
        case_id = start(app)
        with pytest.raises(ConflictError), transaction(app.sessions) as tx:
            cases.add_event(tx, NOW, "case_started", None, case_id=case_id)
            raise ConflictError("no_incident")
        with pytest.raises(Exception, match="duplicate"), transaction(app.sessions) as tx:
            people.put_unit(tx, "X", "X", "pd", "Asia/Jakarta", None)
            tx.execute(text("INSERT INTO unit SELECT * FROM unit"))
        with transaction(app.sessions) as tx:
            assert people.find_unit(tx, "X") is None
            events = select(func.count()).select_from(Event).where(Event.case_id == case_id)
            assert tx.scalar(events) == 1


def test_it_is_undone_when_it_breaks_off(agency: App) -> None:
    before = count_rows(agency)
    with pytest.raises(KeyError), rehearse(agency) as app:
        start(app)
        raise KeyError
    assert count_rows(agency) == before


def test_two_of_them_stand_in_nobodys_way(agency: App) -> None:
    with rehearse(agency) as one, rehearse(agency) as other:
        assert start(one) != start(other)
        assert start(agency) < FIRST_ID
        with transaction(agency.sessions) as tx:
            assert tx.scalar(select(func.count()).select_from(Case)) == 1


def test_nobody_is_told_of_it(agency: App, database_url: str) -> None:
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as link:
        link.execute("LISTEN alur")
        with rehearse(agency) as app:
            start(app)
        assert list(link.notifies(timeout=0.2)) == []
        start(agency)
        assert list(link.notifies(timeout=5, stop_after=1)) != []


def test_it_waits_for_nobody_for_long(agency: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "LOCK", timedelta(milliseconds=50))
    monkeypatch.setattr(rehearsal, "STATEMENT", timedelta(milliseconds=200))
    with rehearse(agency) as one, rehearse(agency) as other:
        with transaction(one.sessions) as tx:
            definitions.lock_key(tx, KEY)
        with pytest.raises(UnavailableError, match="database_busy"):
            with transaction(other.sessions) as tx:
                definitions.lock_key(tx, KEY)
        with pytest.raises(UnavailableError, match="database_busy"):
            with transaction(other.sessions) as tx:
                tx.execute(text("SELECT pg_sleep(9)"))
        assert start(other) >= FIRST_ID  # and goes on
    with transaction(agency.sessions) as tx:
        assert tx.scalar(text("SHOW lock_timeout")) == "0"  # the connection is as it was


def test_it_has_no_place_in_a_transaction(agency: App) -> None:
    with transaction(agency.sessions), pytest.raises(RuntimeError):
        with rehearse(agency):
            pass
