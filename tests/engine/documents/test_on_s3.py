"""The whole way of a document where the settings name a bucket."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.app import App
from engine.documents.storage import open_storage
from engine.errors import UnavailableError
from engine.servers.children import free_port
from engine.usecases import content, documents, previews, upkeep
from tests import files
from tests.engine.documents.conftest import settings_for
from tests.engine.usecases.conftest import Agency
from workflows.rights import OPERATOR


@pytest.fixture
def agency(app: App, s3_url: str) -> Agency:
    return Agency(replace(app, documents=open_storage(settings_for(s3_url))))


PDF = files.pdf(2)


def attach(agency: Agency):
    item, actor = agency.inbox("kasubbag")[0], agency.actor("kasubbag")
    stream = io.BytesIO(PDF)
    return documents.attach_document(agency.app, actor, item.id, "a.pdf", stream, agency.now)


def test_it_is_kept_read_looked_at_and_cleared_there(agency) -> None:
    agency.start()
    line = attach(agency)
    with documents.read_document(agency.app, OPERATOR, line.id).content as file:
        assert file.read() == PDF
    shown = previews.read_preview(agency.app, OPERATOR, line.id, agency.now)
    assert len(shown.sizes) == 2
    assert previews.read_page(agency.app, OPERATOR, line.id, 2, 400).content[8:12] == b"WEBP"
    assert not (agency.app.settings.data / "documents").exists()
    agency.app.documents.keep("ab" * 32, io.BytesIO(b"sisa"))
    later = datetime.now(UTC) + timedelta(days=2)
    assert content.clear_content(agency.app, later) == 1
    assert agency.app.documents.exists(line.sha256)


def test_a_server_that_is_away_is_said_and_nothing_is_recorded(agency) -> None:
    case_id = agency.start()
    away = open_storage(settings_for(f"http://127.0.0.1:{free_port()}"))
    agency.app = replace(agency.app, documents=away)
    with pytest.raises(UnavailableError, match="storage_failed"):
        attach(agency)
    assert documents.list_documents(agency.app, OPERATOR, case_id) == ()
    health = {check.name: check.ok for check in upkeep.check_health(agency.app, agency.now)}
    assert health["database"] and not health["documents"]
