"""A draft on its way: submitted, taken back, approved or returned."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.channels.news import News
from engine.heralding import approver_ids, author_ids, stop_asking, tell_of_draft
from engine.judging import judge
from engine.releasing import refuse_errors
from engine.sketching import (
    draft_detail,
    log_draft,
    open_draft,
    refuse_others,
    refuse_seen,
    refuse_strangers,
)
from engine.store.tables import SopDraft
from engine.store.transaction import transaction
from engine.studio_values import SopDraftDetail
from workflows.bpmn_xml import read_xml
from workflows.reason import check_reason
from workflows.rights import Actor


def submit_draft(
    app: App, actor: Actor, draft_id: int, note: str, now: datetime, *, revision: int | None = None
) -> SopDraftDetail:
    """Ask for approval; nobody draws at it from here on. `note`: what has changed; `revision`: the
    one that the actor has seen.

    Raises InvalidAnswerError: reason_missing; InvalidSopError: sop_has_errors (message, count,
    findings); ConflictError: sop_draft_changed; and as `open_draft`.
    """
    refuse_others(actor)
    note = check_reason(note)
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "submit")
        refuse_seen(tx, row, revision)
        findings = judge(tx, read_xml(row.xml), row.forms, app.today(now))
        refuse_errors(findings, "sop_has_errors")
        row.state, row.note, row.returned = "submitted", note, ""
        row.submitted_at, row.submitted_by = now, actor.person_id
        row.pen_person, row.pen_tab, row.pen_until = None, "", None
        log_draft(tx, row, actor, "sop_draft_submitted", now, note)
        news = News("draft_submitted", by=actor.name, other=row.name, note=note)
        tell_of_draft(tx, app, actor, row, news, approver_ids(tx, row, now, app), now)
        return draft_detail(tx, row, actor, now)


def take_back_draft(app: App, actor: Actor, draft_id: int, now: datetime) -> SopDraftDetail:
    """Draw at it again: what was submitted or approved counts no more. Raises as `open_draft`."""
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "take_back")
        stop_asking(tx, row)
        approver = row.approved_by
        _reopen(row)
        log_draft(tx, row, actor, "sop_draft_taken_back", now)
        if approver is not None:
            news = News("draft_taken_back", by=actor.name, other=row.name)
            tell_of_draft(tx, app, actor, row, news, [approver], now)
        return draft_detail(tx, row, actor, now)


def _reopen(row: SopDraft) -> None:
    row.state, row.returned = "draft", ""
    row.submitted_at = row.submitted_by = row.approved_at = row.approved_by = None


def approve_draft(
    app: App,
    actor: Actor,
    draft_id: int,
    now: datetime,
    *,
    note: str = "",
    revision: int | None = None,
) -> SopDraftDetail:
    """By somebody who has neither drawn at it nor submitted it. `revision`: the one that they have
    looked at.

    Raises InvalidAnswerError: reason_missing for a note that is too long; ConflictError:
    sop_draft_changed; and as `open_draft`.
    """
    refuse_strangers(actor)
    note = check_reason(note) if note.strip() else ""
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "approve")
        refuse_seen(tx, row, revision)
        stop_asking(tx, row)
        row.state, row.approved_at, row.approved_by = "approved", now, actor.person_id
        row.returned = note
        log_draft(tx, row, actor, "sop_draft_approved", now, note)
        news = News("draft_approved", by=actor.name, other=row.name, note=note)
        tell_of_draft(tx, app, actor, row, news, author_ids(tx, row), now)
        return draft_detail(tx, row, actor, now)


def return_draft(
    app: App, actor: Actor, draft_id: int, reason: str, now: datetime
) -> SopDraftDetail:
    """Give it back to its authors with the reason, which stands at the draft until it is submitted
    again.

    Raises InvalidAnswerError: reason_missing; and as `open_draft`.
    """
    refuse_strangers(actor)
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "return")
        stop_asking(tx, row)
        told = author_ids(tx, row)
        _reopen(row)
        row.returned = reason
        log_draft(tx, row, actor, "sop_draft_returned", now, reason)
        news = News("draft_returned", by=actor.name, other=row.name, note=reason)
        tell_of_draft(tx, app, actor, row, news, told, now)
        return draft_detail(tx, row, actor, now)
