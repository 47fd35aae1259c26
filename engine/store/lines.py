"""Rows turned into the frozen values that leave a use case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any, Final

from engine.errors import ConflictError
from engine.store.cases import EventRow
from engine.store.incidents import IncidentRow
from engine.store.notices import NoticeRow
from engine.store.people import PersonRow
from engine.store.tables import Case, Definition, Notice, Unit, WorkItem
from engine.store.work_items import DocumentRow, ItemRow
from engine.time_values import PauseLine
from engine.values import (
    CaseLine,
    ChangeLine,
    DecisionLine,
    DefinitionLine,
    DocumentLine,
    EventLine,
    IncidentLine,
    NoticeLine,
    OpenStep,
    PersonLine,
    Suspension,
    WorkItemLine,
)
from workflows.forms import read_form
from workflows.lint import Finding
from workflows.reader import read_sop, read_xml
from workflows.rights import Capacity
from workflows.sop import Kegiatan, Sop

EMPTY: Mapping[int, PauseLine] = {}
MAX_SOPS: Final = 1000
_sops: dict[str, Sop] = {}  # by content hash; trials add to it at every revision that is tried
_adding = Lock()


def sop_of(definition: Definition) -> Sop:
    """The definition's SOP, read once per process as long as it is among the last MAX_SOPS."""
    sop = _sops.get(definition.hash)
    if sop is None:
        sop = read_sop(read_xml(definition.xml))
        with _adding:
            _sops[definition.hash] = sop
            while len(_sops) > MAX_SOPS:
                del _sops[next(iter(_sops))]
    return sop


def sop_of_item(item: WorkItem, definition: Definition) -> Sop:
    """The SOP that the item's step belongs to; `definition` is that of its case."""
    return sop_of(item.definition or definition)


def kegiatan_of(sop: Sop, node: str) -> Kegiatan:
    """The step at a node at which a work item was opened.

    Raises ConflictError: step_unknown, for a node that is no step of the SOP.
    """
    kegiatan = sop.kegiatan_at(node)
    if kegiatan is None:
        raise ConflictError("step_unknown", node=node)
    return kegiatan


def definition_line(row: Definition) -> DefinitionLine:
    findings = tuple(Finding.read(finding) for finding in row.findings)
    return DefinitionLine(
        row.id,
        row.key,
        row.version,
        row.hash,
        row.name,
        row.deployed_at,
        findings,
        row.effective_on,
    )


def item_line(
    row: ItemRow,
    person_id: int | None,
    now: datetime,
    paused: Mapping[int, PauseLine] = EMPTY,
) -> WorkItemLine:
    """From a row of `work_items.item_rows` and its like, and `pauses.open_pause_lines`."""
    return WorkItemLine(**item_fields(row, person_id, now, paused))


def item_fields(
    row: ItemRow, person_id: int | None, now: datetime, paused: Mapping[int, PauseLine]
) -> dict[str, Any]:
    """Those of `WorkItemLine`, for whatever is one and more."""
    item, definition, unit, claimed_by, since, why, by = row
    kegiatan = kegiatan_of(sop_of(definition), item.node)
    return dict(
        id=item.id,
        case_id=item.case_id,
        key=definition.key,
        sop_name=definition.name,
        node=item.node,
        nomor=kegiatan.nomor,
        name=kegiatan.name,
        role=item.role,
        role_name=kegiatan.role_name,
        unit=unit.code,
        unit_name=unit.name,
        zone=unit.zone,
        round=item.round,
        state=item.state,
        available_at=item.available_at,
        due_at=item.due_at,
        overdue=is_overdue(item, now),
        claimed_by=claimed_by,
        mine=person_id is not None and item.claimed_by == person_id,
        suspended=Suspension(by, since, why) if since else None,
        at_risk_at=item.at_risk_at,
        at_risk=is_at_risk(item, now),
        paused=paused.get(item.id) if item.paused_at else None,
    )


def is_overdue(item: WorkItem, now: datetime) -> bool:
    """Past due: by `now` while open, by the moment of completion afterwards; what is paused grows
    no later than it was."""
    if item.due_at is None or item.state == "cancelled":
        return False
    return (item.completed_at or item.paused_at or now) > item.due_at


def is_at_risk(item: WorkItem, now: datetime) -> bool:
    """Open, not late, and so much of the time used up that it may become so."""
    if item.at_risk_at is None or item.completed_at is not None or item.state == "cancelled":
        return False
    return item.paused_at is None and item.at_risk_at <= now and not is_overdue(item, now)


def is_case_overdue(case: Case, now: datetime) -> bool:
    """As `is_overdue`, by the time for the whole."""
    if case.due_at is None or case.state == "cancelled":
        return False
    return (case.completed_at or case.suspended_at or now) > case.due_at


def is_case_at_risk(case: Case, now: datetime) -> bool:
    if case.at_risk_at is None or case.completed_at is not None or case.state == "cancelled":
        return False
    standing = case.suspended_at is not None
    return not standing and case.at_risk_at <= now and not is_case_overdue(case, now)


def case_line(
    case: Case,
    definition: Definition,
    unit: Unit,
    *,
    names: Mapping[int | None, str],
    items: Iterable[WorkItem],
    rounds: int,
    now: datetime,
) -> CaseLine:
    """`names`: of whoever started it and of whoever suspended it, by id."""
    return CaseLine(
        id=case.id,
        key=definition.key,
        version=definition.version,
        sop_name=definition.name,
        unit=unit.code,
        unit_name=unit.name,
        zone=unit.zone,
        state=case.state,
        started_by=names.get(case.started_by),
        started_at=case.started_at,
        completed_at=case.completed_at,
        open_steps=tuple(_open_step(item, definition, now) for item in items),
        tokens=tuple(case.tokens),
        rounds=rounds,
        suspended=suspension_of(case, names),
        due_at=case.due_at,
        at_risk_at=case.at_risk_at,
        at_risk=is_case_at_risk(case, now),
        overdue=is_case_overdue(case, now),
    )


def _open_step(item: WorkItem, definition: Definition, now: datetime) -> OpenStep:
    kegiatan = kegiatan_of(sop_of_item(item, definition), item.node)
    return OpenStep(
        item.node,
        kegiatan.name,
        kegiatan.role_name,
        item.due_at,
        is_overdue(item, now),
        is_at_risk(item, now),
        item.paused_at is not None,
    )


def suspension_of(case: Case, names: Mapping[int | None, str]) -> Suspension | None:
    """Whether and why the case stands still."""
    if case.suspended_at is None:
        return None
    by = names.get(case.suspended_by)
    return Suspension(by, case.suspended_at, case.suspended_reason)


def document_lines(rows: Iterable[DocumentRow], definition: Definition) -> tuple[DocumentLine, ...]:
    """From rows of `work_items.documents_of_case`, of all documents of a case."""
    lines, rows = [], list(rows)
    replaced = {document.replaces_id for document, _, _ in rows}
    for document, item, uploader in rows:
        kegiatan = kegiatan_of(sop_of_item(item, definition), item.node)
        lines.append(
            DocumentLine(
                id=document.id,
                case_id=document.case_id,
                work_item_id=document.work_item_id,
                step_name=kegiatan.name,
                name=document.name,
                media_type=document.media_type,
                size=document.size,
                sha256=document.sha256,
                uploaded_by=uploader or "",
                uploaded_at=document.uploaded_at,
                version=document.version,
                replaces=document.replaces_id,
                newest=document.id not in replaced,
                capacity=Capacity(**document.uploaded_as) if document.uploaded_as else None,
            )
        )
    return tuple(lines)


def event_lines(rows: Iterable[EventRow], definition: Definition) -> tuple[EventLine, ...]:
    """From rows of `cases.list_events`."""
    return tuple(
        EventLine(
            at=event.at,
            kind=event.kind,
            actor=actor,
            step_name=event.data.get("node_name") or _step_name(item, definition),
            note=event.data.get("note", ""),
            target=event.data.get("target_name"),
            changes=tuple(
                ChangeLine(name, change.get("before"), change["after"])
                for name, change in sorted(event.data.get("changes", {}).items())
            ),
            fields=event.data.get("fields", {}),
            acted_as=capacity_from(event.data.get("acted_as")),
            decided=tuple(_decided(event.data.get("answers", {}), item, definition)),
        )
        for event, actor, item in rows
    )


def _decided(
    answers: Mapping[str, Any], item: WorkItem | None, definition: Definition
) -> Iterator[DecisionLine]:
    """Of a step that has been completed with these answers."""
    if item is None or not answers:
        return
    home = item.definition or definition
    sop = sop_of(home)
    kegiatan = sop.kegiatan_at(item.node)
    if kegiatan is None or kegiatan.formulir is None or sop.penentu.isdisjoint(answers):
        return
    for field in read_form(home.forms[kegiatan.formulir]).questions:
        answer = answers.get(field.key) if field.key in sop.penentu else None
        if isinstance(answer, bool):
            yield DecisionLine(field.label or field.key, answer)
        elif field.type in ("select", "radio") and answer:
            chosen = (one.label for one in field.options if one.value == answer)
            yield DecisionLine(field.label or field.key, next(chosen, str(answer)))


def capacity_from(document: Mapping[str, Any] | None) -> Capacity | None:
    """As what somebody acted, from the JSON that a record keeps."""
    return Capacity(**document) if document else None


def _step_name(item: WorkItem | None, definition: Definition) -> str | None:
    if item is None:
        return None
    kegiatan = sop_of_item(item, definition).kegiatan_at(item.node)
    return kegiatan.name if kegiatan else item.node


def incident_line(row: IncidentRow) -> IncidentLine:
    """From a row of `incidents.list_incidents`."""
    incident, case, definition, unit, resolved_by = row
    return IncidentLine(
        id=incident.id,
        case_id=case.id,
        sop_name=definition.name,
        unit_name=unit.name,
        zone=unit.zone,
        token=incident.token,
        node=incident.node,
        node_name=incident.node_name or incident.node,
        reason=incident.reason,
        fields=incident.fields,
        opened_at=incident.opened_at,
        resolved_at=incident.resolved_at,
        resolution=incident.resolution,
        resolved_by=resolved_by,
        note=incident.note,
    )


def notice_line(row: NoticeRow) -> NoticeLine:
    """From a row of `notices.list_notices`."""
    notice, person, case_id = row
    return NoticeLine(
        id=notice.id,
        kind=notice.kind,
        channel=notice.channel,
        to=person.email if notice.channel == "email" else person.login,
        subject=notice.subject,
        body=notice.body,
        item=notice.work_item_id,
        case_id=case_id,
        created_at=notice.created_at,
        sent_at=notice.sent_at,
        read_at=notice.read_at,
        state=_notice_state(notice),
        attempts=notice.attempts,
        last_error=notice.last_error,
        message_id=notice.message_id,
        path=notice.path,
    )


def _notice_state(notice: Notice) -> str:
    if notice.sent_at is not None:
        return "sent"
    return "given_up" if notice.given_up_at is not None else "pending"


def person_lines(
    rows: Iterable[PersonRow], grants: Mapping[int, tuple[str, ...]]
) -> tuple[PersonLine, ...]:
    """From rows of `people.list_people` and `people.grants_by_person`: one line a person, the first
    jabatan naming the unit."""
    lines: dict[str, PersonLine] = {}
    for person, jabatan, unit in rows:
        role = (jabatan.role,) if jabatan and jabatan.role else ()
        known = lines.get(person.login)
        if known is not None:
            lines[person.login] = replace(known, roles=(*role, *known.roles))
            continue
        lines[person.login] = PersonLine(
            login=person.login,
            name=person.name,
            email=person.email,
            unit=unit.code if unit else "",
            unit_name=unit.name if unit else "",
            jabatan=jabatan.name if jabatan else "",
            roles=(*role, *grants.get(person.id, ())),
        )
    return tuple(lines.values())
