"""Looking at documents without a program for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from engine.app import App
from engine.document_values import PagePicture, PreviewDetail
from engine.documents.previews import Source
from engine.errors import ConflictError, UnavailableError
from engine.store import documents
from engine.store.access import OpenedCase
from engine.store.lines import document_lines, kegiatan_of, sop_of_item
from engine.store.transaction import Tx, transaction
from engine.store.work_items import documents_of_case, open_items_of_case, standing_claimant
from engine.values import DocumentLine
from workflows.rights import Actor, may


def read_preview(app: App, actor: Actor, document_id: int, now: datetime) -> PreviewDetail:
    """The sizes of all pages, and all versions of the document.

    Raises NotFoundError: document_not_found, document_content_missing; NotAllowedError:
    case_not_yours. Why it cannot be shown is told in `PreviewDetail.problem`.
    """
    with transaction(app.sessions) as tx:
        line, opened = documents.open_document(tx, actor, document_id)
        lines = document_lines(documents_of_case(tx, line.case_id), opened.definition)
        items = _items(tx, actor, opened, app.today(now))
        detail = PreviewDetail(line, opened.unit.zone, _versions(lines, line), items)
    try:
        return replace(detail, sizes=app.previews.sizes(_source(app, line)))
    except (ConflictError, UnavailableError) as error:
        return replace(detail, problem=error.code)


def _versions(lines: tuple[DocumentLine, ...], line: DocumentLine) -> tuple[DocumentLine, ...]:
    """All of the chain that the document is in, the newest first."""
    chain, ids = [line], {line.id}
    for one in lines:
        if one.replaces in ids:
            chain, ids = [one, *chain], ids | {one.id}
    for one in reversed(lines):
        if one.id == chain[-1].replaces:
            chain.append(one)
    return tuple(chain)


def _items(tx: Tx, actor: Actor, opened: OpenedCase, day: date) -> tuple[tuple[int, str], ...]:
    if opened.case.suspended_at is not None:
        return ()
    found = []
    for item in open_items_of_case(tx, opened.case.id):
        thing = opened.thing(item, standing_claimant(tx, item, day))
        if may(actor, "prepare", thing) is None:
            kegiatan = kegiatan_of(sop_of_item(item, opened.definition), item.node)
            found.append((item.id, kegiatan.name))
    return tuple(found)


def read_page(app: App, actor: Actor, document_id: int, page: int, width: int) -> PagePicture:
    """One page as a picture; raises as `read_preview` does, and NotFoundError: page_not_found;
    ConflictError: not_previewable, preview_broken, preview_too_large."""
    with transaction(app.sessions) as tx:
        line, _ = documents.open_document(tx, actor, document_id)
    picture = app.previews.page(_source(app, line), page, width)
    return PagePicture(f"{line.sha256}-{page}-{width}", picture)


def _source(app: App, line: DocumentLine) -> Source:
    return Source(line.sha256, line.media_type, partial(app.documents.open, line.sha256))
