"""The demonstration agency with the shipped SOP, and someone to act in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import App
from engine.inbox_values import InboxLine, InboxQuery
from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import cases, inbox, people, work_items
from engine.values import Completion
from workflows.reader import form_names, read_xml
from workflows.rights import Actor

SOP = Path(__file__).parents[3] / "bpmn" / "menyusun-rencana-kerja"
KEY = "menyusun-rencana-kerja"
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 WIB, an ordinary working day


@dataclass
class Agency:
    """Acts as people of the demonstration agency; its clock moves when it is told to."""

    app: App
    now: datetime = MONDAY

    def actor(self, login: str) -> Actor:
        return people.load_actor(self.app, login, self.now)

    def start(self, login: str = "kasubbag") -> int:
        made = cases.start_case(self.app, self.actor(login), KEY, "BAPPEDA", {}, self.now)
        return made.line.id

    def inbox(self, login: str) -> tuple[InboxLine, ...]:
        return inbox.list_items(self.app, self.actor(login), InboxQuery(), self.now).lines

    def complete(
        self, login: str, answers: Mapping[str, object] | None = None, minutes: int = 0
    ) -> Completion:
        """Complete the first item of the inbox after so many minutes."""
        self.now += timedelta(minutes=minutes)
        item = self.inbox(login)[0]
        return work_items.complete_work_item(
            self.app, self.actor(login), item.id, answers or {}, self.now
        )

    def walk_to_decision(self) -> int:
        """From the start to the item in front of Kepala Badan; each step takes five minutes."""
        case_id = self.start()
        for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris", "kasubbag"):
            self.complete(login, minutes=5)
        self.complete("sekretaris", minutes=5)
        return case_id


def read_shipped() -> tuple[bytes, dict[str, str]]:
    xml = (SOP / f"{KEY}.bpmn").read_bytes()
    return xml, {name: (SOP / name).read_text("utf-8") for name in form_names(read_xml(xml))}


@pytest.fixture
def shipped() -> tuple[bytes, dict[str, str]]:
    """The shipped SOP: its XML and its forms."""
    return read_shipped()


@pytest.fixture
def agency(app: App) -> Agency:
    """Its database has the people and the shipped SOP already."""
    return Agency(app)


@pytest.fixture
def outsider(agency: Agency) -> Actor:
    """Someone of another agency, with the same role as one of ours."""
    with transaction(agency.app.sessions) as tx:
        unit = store.put_unit(tx, "DINKES", "Dinas Kesehatan", "pd", "Asia/Jakarta", None)
        jabatan = store.put_jabatan(tx, unit, "Sekretaris", "sekretaris", None)
        person = store.put_person(
            tx,
            {
                "login": "luar",
                "name": "Orang Luar",
                "email": "luar@contoh.example",
                "password_hash": "-",
            },
        )
        store.put_holding(tx, jabatan, person, MONDAY.date())
    return agency.actor("luar")
