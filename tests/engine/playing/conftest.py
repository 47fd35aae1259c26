"""The demonstration agency with the shipped SOP, of which a draft is being drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from engine import playing
from engine.app import App
from engine.store.tables import Table
from engine.store.transaction import transaction
from engine.usecases import people, sop_drafts
from tests.conftest import MONDAY, SHIPPED
from workflows.rights import Actor
from workflows.trials import Act, Complete, Outcome, Start

KEY = SHIPPED.name
FORMS = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
XML = (SHIPPED / f"{KEY}.bpmn").read_bytes()
START = Start("BAPPEDA", MONDAY)
BIDANG = ("BAPPEDA-EKO", "BAPPEDA-INF", "BAPPEDA-SOS")

# What is not perfect yet goes back to the discussion, instead of to its correction.
RETURNED_TO_DISCUSSION = XML.replace(
    b'sourceRef="keputusan_renja" targetRef="penyempurnaan"',
    b'sourceRef="keputusan_renja" targetRef="pembahasan"',
)


@dataclass
class Studio:
    """Acts as the process owner; `draft` is the id of the draft of the shipped SOP."""

    app: App
    owner: Actor
    draft: int
    now: datetime = MONDAY

    def save(self, xml: bytes, forms: dict[str, str] | None = None) -> None:
        detail = sop_drafts.read_sop_draft(self.app, self.owner, self.draft, self.now)
        sop_drafts.save_sop_draft(
            self.app,
            self.owner,
            self.draft,
            xml,
            detail.forms if forms is None else forms,
            self.now,
            revision=detail.line.revision,
        )
        self.now += timedelta(minutes=6)

    def play(self, script: Sequence[Act], *, look: bool = False) -> playing.Play:
        detail = sop_drafts.read_sop_draft(self.app, self.owner, self.draft, self.now)
        ready = playing.prepare(detail.xml.encode(), detail.forms)
        return playing.play(self.app, ready, script, look=look)

    def count_rows(self) -> dict[str, int]:
        with transaction(self.app.sessions) as tx:
            tables = Table.metadata.sorted_tables
            return {t.name: tx.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


@pytest.fixture
def agency(app: App) -> App:
    """The name asks for a database with the shipped SOP."""
    return app


@pytest.fixture
def studio(agency: App) -> Studio:
    owner = people.load_actor(agency, "pengelola", MONDAY)
    draft = sop_drafts.create_draft_from_version(agency, owner, KEY, None, MONDAY)
    return Studio(agency, owner, draft.line.id)


def nodes(outcome: Outcome) -> list[str]:
    return [place.node for place in outcome.open]


def step(node: str, unit: str = "BAPPEDA", **answers: object) -> Complete:
    return Complete(node, unit, answers=answers)


# From the start to the end of the shipped SOP, with one return for correction.
TO_DECISION: tuple[Act, ...] = (
    START,
    step("konsultasi"),
    *(step("penyusunan_bidang", unit) for unit in BIDANG),
    step("pembahasan"),
    step("penyempurnaan"),
    step("penyampaian"),
)
WALK: tuple[Act, ...] = (
    *TO_DECISION,
    step("telaah", keputusan="kembalikan", arahan="Lengkapi indikator"),
    step("penyempurnaan"),
    step("penyampaian"),
    step("telaah", keputusan="tanda_tangan"),
)
