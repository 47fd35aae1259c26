"""What people do with their work items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from engine import spiff
from engine.acting import capacity_of, stood_in_for
from engine.answering import check_item_answers, form_of
from engine.app import App
from engine.channels.news import News
from engine.deadlining import Dated, explain_deadline, note_arrival
from engine.drafting import end_draft, readable_draft
from engine.ledgers import ledger_of
from engine.progress import apply_step, close_item, log_end
from engine.store import cases, notices, pauses, work_items
from engine.store.access import OpenedCase, open_item, read_item
from engine.store.calendars import calendar_of
from engine.store.lines import (
    capacity_from,
    document_lines,
    event_lines,
    item_line,
    kegiatan_of,
    sop_of,
)
from engine.store.tables import WorkItem
from engine.store.transaction import Tx, transaction
from engine.surroundings import compiled_of, surroundings
from engine.telling import tell_watchers, told_capacity, topic_of_item
from engine.values import Completion, EventLine, WorkItemDetail, WorkItemLine
from workflows.errors import InvalidAnswerError
from workflows.mandates import is_doubtful
from workflows.mutu_baku import Relatif
from workflows.rights import Actor, Capacity, may
from workflows.sop import Kegiatan

NOTE = "arahan"  # a form field that looks like this carries the note of a decision


def read_work_item(app: App, actor: Actor, item_id: int, now: datetime) -> WorkItemDetail:
    """For everyone who may read the case; `why_not` says whether this reader may complete it.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        item, opened = read_item(tx, actor, item_id)
        return _detail(tx, actor, item, opened, app.today(now), now)


def _detail(
    tx: Tx, actor: Actor, item: WorkItem, opened: OpenedCase, day: date, now: datetime
) -> WorkItemDetail:
    home = item.definition or opened.definition
    kegiatan = kegiatan_of(sop_of(home), item.node)
    history = event_lines(cases.list_events(tx, item.case_id), opened.definition)
    claimed_by = work_items.standing_claimant(tx, item, day)
    thing = opened.thing(item, claimed_by)
    why_not = may(actor, "complete", thing)
    may_prepare = item.state in work_items.OPEN and may(actor, "prepare", thing) is None
    acting_as = capacity_from(capacity_of(actor, thing))
    if item.state not in work_items.OPEN:
        why_not = "work_item_done" if item.state == "completed" else "work_item_withdrawn"
    elif opened.case.suspended_at is not None:
        why_not = "case_suspended"
    rows = work_items.item_rows(tx, [item.id])
    line, unit = _lines(tx, rows, actor, now)[0], rows[0][2]
    dated = Dated(item, sop_of(home), calendar_of(tx, unit), opened.case.data)
    ledger = ledger_of(tx, item, dated.sop, dated.calendar, now)
    jadwal = kegiatan.mutu_baku.jadwal
    return WorkItemDetail(
        line=line,
        documentation=kegiatan.documentation,
        kelengkapan=kegiatan.mutu_baku.kelengkapan,
        checked=tuple(item.checked),
        waktu=kegiatan.mutu_baku.waktu_teks,
        standard_minutes=item.standard_minutes,
        output=kegiatan.mutu_baku.output,
        fields=form_of(home, kegiatan).fields,
        answers={**opened.case.data, **item.variables, **item.answers},
        documents=document_lines(work_items.documents_of_case(tx, item.case_id), opened.definition),
        history=history,
        reckoning=explain_deadline(dated, ledger.pauses),
        arahan=_last_note(history, item) if item.round > 1 else "",
        may_claim=why_not is None and claimed_by is None,
        why_not=why_not,
        ledger=ledger,
        anchor=jadwal.acuan_teks if isinstance(jadwal, Relatif) else "",
        anchor_on=dated.anchor,
        may_prepare=may_prepare,
        draft=readable_draft(tx, item, actor, may_prepare=may_prepare),
        acting_as=acting_as,
        doubtful=acting_as is not None and is_doubtful(acting_as, strategic=kegiatan.strategis),
        performed_as=_performed_as(tx, item),
    )


def _line(tx: Tx, item: WorkItem, actor: Actor, now: datetime) -> WorkItemLine:
    return _lines(tx, work_items.item_rows(tx, [item.id]), actor, now)[0]


def _lines(
    tx: Tx, rows: Sequence[work_items.ItemRow], actor: Actor, now: datetime
) -> tuple[WorkItemLine, ...]:
    standing = pauses.open_pause_lines(tx, [row[0].id for row in rows if row[0].paused_at])
    return tuple(item_line(row, actor.person_id, now, standing) for row in rows)


def _performed_as(tx: Tx, item: WorkItem) -> Capacity | None:
    """As what whoever has completed, or else claimed it did so."""
    if item.completed_by is not None or item.claimed_by is None:
        return capacity_from(item.completed_as)
    said = cases.claimed_as(tx, item.case_id)
    return capacity_from(said.get((item.id, item.claimed_by)))


def _last_note(history: Iterable[EventLine], item: WorkItem) -> str:
    """What the decision that led back to this item said."""
    notes = [
        event.note
        for event in history
        if event.kind == "item_completed" and event.note and event.at <= item.available_at
    ]
    return notes[-1] if notes else ""


def claim_work_item(app: App, actor: Actor, item_id: int, now: datetime) -> WorkItemLine:
    """Take the item: the working clock starts. Claiming one's own again changes nothing.

    Raises NotFoundError, NotAllowedError (item_not_yours, item_claimed_by_other), ConflictError
    (work_item_done, work_item_withdrawn).
    """
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "claim", app.today(now))
        if item.claimed_by != actor.person_id:  # nobody has it, whom they stand in for, or a lapse
            acted_as = capacity_of(actor, opened.thing(item, item.claimed_by))
            item.state, item.claimed_by, item.claimed_at = "claimed", actor.person_id, now
            _log(tx, now, "item_claimed", actor, item, acted_as=acted_as)
            _look_again(tx, item, now)
        return _line(tx, item, actor, now)


def release_work_item(app: App, actor: Actor, item_id: int, now: datetime) -> WorkItemLine:
    """Give the item back to all who hold its role; raises as `claim_work_item` does."""
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "release", app.today(now))
        acted_as = capacity_of(actor, opened.thing(item, item.claimed_by))
        item.state, item.claimed_by, item.claimed_at = "ready", None, None
        _log(tx, now, "item_released", actor, item, acted_as=acted_as)
        _look_again(tx, item, now)
        return _line(tx, item, actor, now)


def _look_again(tx: Tx, item: WorkItem, now: datetime) -> None:
    """Somebody else is to be reminded of it from now on, of what is due already as well."""
    notices.take_back(tx, [item.id])
    if item.paused_at is None:
        item.next_notice_at = now


def complete_work_item(
    app: App,
    actor: Actor,
    item_id: int,
    answers: Mapping[str, object],
    now: datetime,
    checked: Collection[int] = (),
    draft: int | None = None,
) -> Completion:
    """Answer the form and let the process go on.

    `checked`: positions of the kelengkapan that were at hand; kept as a record. `draft`: the
    revision of the draft that the answers grew from, which ends with the item.
    Raises as `claim_work_item` does, and InvalidAnswerError with the field.
    """
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "complete", app.today(now))
        case, definition = opened.case, opened.definition
        now = max(now, item.claimed_at or item.available_at)  # clocks of machines differ
        home = item.definition or definition
        kegiatan = kegiatan_of(sop_of(home), item.node)
        form = form_of(home, kegiatan)
        values = check_item_answers(tx, item, form, answers, {**case.data, **item.variables})
        _check_positions(checked, kegiatan)
        compiled, around = compiled_of(definition), surroundings(tx, opened.unit)
        step = spiff.complete(
            compiled, case.engine_state, case.data, item.token, values, now, around
        )
        thing = opened.thing(item, item.claimed_by)
        item.completed_as = acted_as = capacity_of(actor, thing)
        item.completed_for = stood_in_for(actor, thing)
        item.completed_by, item.answers, item.checked = actor.person_id, values, sorted(checked)
        close_item(tx, case, definition, item, "completed", now)
        end_draft(tx, item, actor, draft)
        note = next((str(values.get(f.key) or "") for f in form.fields if f.appearance == NOTE), "")
        _log(tx, now, "item_completed", actor, item, answers=values, note=note, acted_as=acted_as)
        created = apply_step(tx, case, definition, step, now)
        log_end(tx, case, now)
        news = News("watched_done", by=actor.name, acted_as=told_capacity(capacity_from(acted_as)))
        rung, topic = f"watched:{item.id}", partial(topic_of_item, tx, item, definition)
        tell_watchers(tx, case, news, rung, topic, now, but=actor.person_id)
        note_arrival(tx, case, definition, actor, now)
        rows = work_items.item_rows(tx, [new.id for new in created])
        return Completion(case.id, case.state, _lines(tx, rows, actor, now))


def _check_positions(checked: Collection[int], kegiatan: Kegiatan) -> None:
    if any(not 0 <= position < len(kegiatan.mutu_baku.kelengkapan) for position in checked):
        raise InvalidAnswerError("invalid_answer", field="kelengkapan", reason="not_an_option")


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, item: WorkItem, **data: object) -> None:
    cases.add_event(
        tx, now, kind, actor.person_id, case_id=item.case_id, work_item_id=item.id, **data
    )
