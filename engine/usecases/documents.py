"""Attaching documents to a work item, and reading them."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from engine.acting import capacity_of
from engine.app import App
from engine.deadlining import note_arrival
from engine.document_values import StoredDocument
from engine.documents.intake import Arrival, clean_name, receive, same_name
from engine.documents.sniffing import identify
from engine.errors import ConflictError, NotFoundError
from engine.store import cases, documents, work_items
from engine.store.access import OpenedCase, open_case, open_item, refuse_suspended
from engine.store.lines import document_lines
from engine.store.tables import Definition, Document, WorkItem
from engine.store.transaction import Tx, transaction
from engine.values import DocumentLine
from workflows.rights import Actor


def attach_document(
    app: App,
    actor: Actor,
    item_id: int,
    name: str,
    stream: BinaryIO,
    now: datetime,
    *,
    replaces: int | None = None,
) -> DocumentLine:
    """Attach a file to an open item that the actor may prepare. One of the same name in the case,
    or the one with the id `replaces`, gets a new version.

    Raises as `open_item` does for "prepare"; ConflictError: case_suspended,
    version_of_other_case; NotFoundError: document_not_found; InvalidAnswerError for the file (field
    berkas, reason too_large, empty_file, no_name and those of `engine.documents.sniffing`);
    UnavailableError: storage_failed.
    """
    name = clean_name(name)
    with transaction(app.sessions) as tx:  # before bytes are stored
        _open(app, tx, actor, item_id, now)
    with receive(stream, app.settings.document_max_mb << 20) as arrival:
        name, media_type = identify(arrival.file, name)
        app.documents.keep(arrival.sha256, arrival.file)
        with transaction(app.sessions) as tx:
            item, opened = _open(app, tx, actor, item_id, now)
            before = _predecessor(tx, item.case_id, name, replaces)
            row = Document(
                case_id=item.case_id,
                work_item_id=item.id,
                name=name,
                media_type=media_type,
                size=arrival.size,
                sha256=arrival.sha256,
                version=before.version + 1 if before else 1,
                replaces_id=before.id if before else None,
                uploaded_at=now,
                uploaded_by=actor.person_id,
                uploaded_as=capacity_of(actor, opened.thing(item, item.claimed_by)),
            )
            _add(app, tx, row, arrival)
            _log(tx, row)
            note_arrival(tx, opened.case, opened.definition, actor, now)
            return _line(tx, row.case_id, opened.definition, row.id)


def _open(
    app: App, tx: Tx, actor: Actor, item_id: int, now: datetime
) -> tuple[WorkItem, OpenedCase]:
    item, opened = open_item(tx, actor, item_id, "prepare", app.today(now))
    refuse_suspended(tx, opened.case)
    return item, opened


def _predecessor(tx: Tx, case_id: int, name: str, replaces: int | None) -> Document | None:
    """What the new file is a version of: the newest of the one that was named, else of its name."""
    if replaces is None:
        newest = documents.newest_documents(tx, case_id)
        wanted = same_name(name)
        return next((row for row in reversed(newest) if same_name(row.name) == wanted), None)
    row = documents.find_document(tx, replaces)
    if row is None:
        raise NotFoundError("document_not_found", document=replaces)
    if row.case_id != case_id:
        raise ConflictError("version_of_other_case", document=replaces)
    return documents.follow_versions(tx, row)


def _add(app: App, tx: Tx, row: Document, arrival: Arrival) -> None:
    """From here on upkeep knows that the content is needed; what it cleared away in between is
    stored again."""
    documents.lock_content(tx, row.sha256)
    documents.add_document(tx, row)
    if not app.documents.exists(row.sha256):
        app.documents.keep(row.sha256, arrival.file)


def _log(tx: Tx, row: Document) -> None:
    cases.add_event(
        tx,
        row.uploaded_at,
        "document_attached",
        row.uploaded_by,
        case_id=row.case_id,
        work_item_id=row.work_item_id,
        document=row.id,
        version=row.version,
        note=row.name if row.version == 1 else f"{row.name} (v{row.version})",
        acted_as=row.uploaded_as,
    )


def _line(tx: Tx, case_id: int, definition: Definition, document_id: int) -> DocumentLine:
    lines = document_lines(work_items.documents_of_case(tx, case_id), definition)
    return next(line for line in lines if line.id == document_id)


def list_documents(app: App, actor: Actor, case_id: int) -> tuple[DocumentLine, ...]:
    """All versions of all documents of a case, the oldest first.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        return document_lines(work_items.documents_of_case(tx, case_id), opened.definition)


def read_document(app: App, actor: Actor, document_id: int) -> StoredDocument:
    """The document and its content, for someone who may read the case.

    Raises NotFoundError: document_not_found, document_content_missing; NotAllowedError:
    case_not_yours; UnavailableError: storage_failed.
    """
    with transaction(app.sessions) as tx:
        line, _ = documents.open_document(tx, actor, document_id)
    return StoredDocument(line, app.documents.open(line.sha256))
