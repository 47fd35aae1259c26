"""Attaching documents to a work item and reading them."""

from __future__ import annotations

import mimetypes
import unicodedata
from datetime import datetime
from typing import BinaryIO

from engine.app import App
from engine.deadlining import note_arrival
from engine.documents.folder import keep, path_of
from engine.errors import NotFoundError
from engine.store import cases, work_items
from engine.store.access import open_case, open_item
from engine.store.lines import document_lines
from engine.store.tables import Document
from engine.store.transaction import transaction
from engine.values import DocumentLine, StoredDocument
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

NAME_LENGTH = 200


def attach_document(
    app: App, actor: Actor, item_id: int, name: str, stream: BinaryIO, now: datetime
) -> DocumentLine:
    """Attach a file to an open item that the actor may complete.

    Raises as `work_items.complete_work_item` does for the item; InvalidAnswerError for the
    file (field berkas, reason too_large, empty_file or no_name).
    """
    name = clean_name(name)
    with transaction(app.sessions) as tx:
        open_item(tx, actor, item_id, "complete", app.today(now))  # before bytes are stored
    kept = keep(app.documents, stream, app.settings.document_max_mb << 20)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "complete", app.today(now))
        row = work_items.add_document(
            tx,
            Document(
                case_id=item.case_id,
                work_item_id=item.id,
                name=name,
                media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
                size=kept.size,
                sha256=kept.sha256,
                uploaded_at=now,
                uploaded_by=actor.person_id,
            ),
        )
        cases.add_event(
            tx,
            now,
            "document_attached",
            actor.person_id,
            case_id=item.case_id,
            work_item_id=item.id,
            document=row.id,
            note=name,
        )
        note_arrival(tx, opened.case, opened.definition, actor, now)
        rows = work_items.documents_of_case(tx, item.case_id)
        lines = document_lines(rows, opened.definition)
        return next(line for line in lines if line.id == row.id)


def clean_name(name: str) -> str:
    """The bare file name, without folders and control characters, cut from the left.

    A name of which only the extension is left keeps it: "berkas.pdf".
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in bare if unicodedata.category(c)[0] != "C").rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    bald = dot and extension.isalnum() and not stem.strip(" .")
    kept = f"berkas.{extension}" if bald else kept.lstrip(" .")
    if not kept:
        raise InvalidAnswerError("invalid_answer", field="berkas", reason="no_name")
    return kept[-NAME_LENGTH:]


def read_document(app: App, actor: Actor, document_id: int) -> StoredDocument:
    """Where the bytes lie, for someone who may read the case.

    Raises NotFoundError: document_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        row = work_items.find_document(tx, document_id)
        if row is None:
            raise NotFoundError("document_not_found", document=document_id)
        opened = open_case(tx, actor, row.case_id)
        lines = document_lines(work_items.documents_of_case(tx, row.case_id), opened.definition)
        line = next(line for line in lines if line.id == document_id)
    path = path_of(app.documents, row.sha256)
    if not path.exists():
        raise NotFoundError("document_content_missing", document=document_id)
    return StoredDocument(line, path)
