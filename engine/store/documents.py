"""Documents of cases, and what of their content is still needed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, func, select

from engine.errors import NotFoundError
from engine.store.access import OpenedCase, open_case
from engine.store.lines import document_lines
from engine.store.tables import Document
from engine.store.transaction import Tx
from engine.store.work_items import documents_of_case
from engine.values import DocumentLine
from workflows.rights import Actor

CONTENT = 0x616C7564  # the first half of the locks on content


def open_document(tx: Tx, actor: Actor, document_id: int) -> tuple[DocumentLine, OpenedCase]:
    """The document and its case, for someone who may read its case.

    Raises NotFoundError: document_not_found; NotAllowedError: case_not_yours.
    """
    row = tx.get(Document, document_id)
    if row is None:
        raise NotFoundError("document_not_found", document=document_id)
    opened = open_case(tx, actor, row.case_id)
    lines = document_lines(documents_of_case(tx, row.case_id), opened.definition)
    return next(line for line in lines if line.id == document_id), opened


def find_document(tx: Tx, document_id: int) -> Document | None:
    return tx.get(Document, document_id)


def newest_documents(tx: Tx, case_id: int) -> list[Document]:
    """Those of a case that no other replaces, by id."""
    query = select(Document).where(Document.case_id == case_id).order_by(Document.id)
    rows = tx.scalars(query).all()
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.id not in replaced]


def follow_versions(tx: Tx, row: Document) -> Document:
    """The newest version of that document."""
    while newer := tx.scalar(select(Document).where(Document.replaces_id == row.id)):
        row = newer
    return row


def add_document(tx: Tx, row: Document) -> Document:
    tx.add(row)
    tx.flush()
    return row


def lock_content(tx: Tx, sha256: str) -> None:
    """Until the transaction ends nobody else adds a row of this content, or clears it away."""
    tx.execute(select(func.pg_advisory_xact_lock(CONTENT, func.hashtext(sha256))))


def is_needed(tx: Tx, sha256: str) -> bool:
    """Whether a document has this content."""
    return tx.scalar(select(exists().where(Document.sha256 == sha256))) or False


def needed_of(tx: Tx, hashes: Collection[str]) -> set[str]:
    """Those of these that a document has."""
    return set(tx.scalars(select(Document.sha256).where(Document.sha256.in_(hashes))))
