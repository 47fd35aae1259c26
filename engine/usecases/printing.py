"""Pages to print: the lembar disposisi and nota dinas of an item, the dossier of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.answering import form_of
from engine.app import App
from engine.clocks import clocks_of
from engine.document_values import Printed
from engine.documents.answers import print_answers
from engine.documents.typeset import typeset
from engine.documents.words import STATES, say_capacity
from engine.printouts import (
    Reader,
    Texts,
    blank_texts,
    comment_texts,
    document_texts,
    handover_texts,
    history_texts,
    page_of,
    return_texts,
)
from engine.store import cases, handovers, pauses, people, printing, work_items
from engine.store.access import OpenedCase, open_case, read_item
from engine.store.calendars import calendars_of
from engine.store.lines import (
    capacity_from,
    document_lines,
    event_lines,
    is_overdue,
    kegiatan_of,
    sop_of,
    sop_of_item,
)
from engine.store.tables import Person, WorkItem
from engine.store.transaction import Tx, transaction
from engine.values import DocumentLine
from workflows.rights import PLH, PLT, SUBSTITUTE, Actor, Capacity
from workflows.sop import Identitas

MINUTE = timedelta(minutes=1)


def print_disposition(app: App, actor: Actor, item_id: int, now: datetime) -> Printed:
    """The lembar disposisi: who handed the item to whom and with which words.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours; UnavailableError:
    print_failed.
    """
    with transaction(app.sessions) as tx:
        item, opened = read_item(tx, actor, item_id)
        unit = people.unit_by_id(tx, item.unit_id)
        reader = Reader.of(actor, unit.zone)
        kegiatan = kegiatan_of(sop_of_item(item, opened.definition), item.node)
        label, history = reader.label, cases.list_events(tx, item.case_id)
        rows = handovers.handover_rows(tx, item_id)
        events = event_lines(history, opened.definition) if item.round > 1 else ()
        data = {
            **page_of(tx, unit, reader, now),
            "facts": [
                (label["sop"], opened.definition.name),
                (label["step"], kegiatan.name),
                (label["case"], str(item.case_id)),
                (label["task"], f"{item.id}, {label['round']} {item.round}"),
                (label["received"], reader.moment(item.available_at)),
                (label["due"], reader.moment(item.due_at)),
                (label["state"], STATES[reader.language].get(item.state, item.state)),
            ],
            "handovers": handover_texts(tx, rows, reader, now),
            **blank_texts(reader.language),
            "returns": return_texts(events, item.available_at, reader),
        }
    return Printed(f"disposisi-{item_id}.pdf", typeset("disposisi", data, reader.language, now))


def print_memo(app: App, actor: Actor, item_id: int, now: datetime) -> Printed:
    """The nota dinas of an item, to be signed on paper; raises as `print_disposition` does."""
    with transaction(app.sessions) as tx:
        item, opened = read_item(tx, actor, item_id)
        unit = people.unit_by_id(tx, item.unit_id)
        reader = Reader.of(actor, unit.zone)
        kegiatan = kegiatan_of(sop_of_item(item, opened.definition), item.node)
        label, signature = reader.label, _signature(tx, item, kegiatan.role_name)
        lines = _documents(tx, opened)
        own = [line for line in lines if line.newest and line.work_item_id == item.id]
        attached = label["attached"].format(count=len(own)) if own else "–"
        data = {
            **page_of(tx, unit, reader, now),
            "facts": [
                (label["to"], ", ".join(printing.superior_jabatan(tx, item.role, item.unit_id))),
                (label["from"], signature["title"]),
                (label["date"], reader.day(item.completed_at or now)),
                (label["number"], ""),
                (label["subject"], f"{kegiatan.name} – {opened.definition.name}"),
                (label["attachment"], attached),
            ],
            "body": kegiatan.documentation or kegiatan.name,
            "output": list(kegiatan.mutu_baku.output),
            "answers": _answers(item, opened, lines, reader),
            "documents": [line.name for line in own],
            "signature": signature,
        }
    return Printed(f"nota-dinas-{item_id}.pdf", typeset("nota-dinas", data, reader.language, now))


def _signature(tx: Tx, item: WorkItem, role_name: str) -> Texts:
    """Whoever did the item, else who has taken it, as what they did: Plt. and Plh. before the
    jabatan (UU 30/2014 Ps 14); one on leave is named themselves, their substitute below."""
    person = tx.get(Person, item.completed_by or item.claimed_by or 0)
    said = item.completed_as
    if said is None and item.claimed_by is not None:
        said = cases.claimed_as(tx, item.case_id).get((item.id, item.claimed_by))
    acted: Capacity | None = capacity_from(said)
    name, title, standing_in = person.name if person else "", role_name, ""
    nip = person.nip if person else ""
    if acted is not None:
        title = say_capacity(acted, "id") if acted.kind in (PLT, PLH) else acted.jabatan
        if acted.kind == SUBSTITUTE:
            name, nip, standing_in = acted.for_name, "", name
    return {"title": title, "name": name, "nip": nip, "standing_in": standing_in}


def _documents(tx: Tx, opened: OpenedCase) -> tuple[DocumentLine, ...]:
    return document_lines(work_items.documents_of_case(tx, opened.case.id), opened.definition)


def _answers(
    item: WorkItem, opened: OpenedCase, lines: Sequence[DocumentLine], reader: Reader
) -> list[Texts]:
    home = item.definition or opened.definition
    form = form_of(home, kegiatan_of(sop_of(home), item.node))
    names = {line.id: line.name for line in lines}
    return print_answers(form.questions, item.answers, names, reader.language)


def print_dossier(app: App, actor: Actor, case_id: int, now: datetime) -> Printed:
    """Everything that is known of a case, for whoever may read it.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours; UnavailableError:
    print_failed.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        reader = Reader.of(actor, opened.unit.zone)
        case, definition = opened.case, opened.definition
        items = [i for i in work_items.items_of_case(tx, case_id) if i.state != "cancelled"]
        names = {i.id: kegiatan_of(sop_of_item(i, definition), i.node).name for i in items}
        label, lines = reader.label, _documents(tx, opened)
        started = people.person_names(tx, [case.started_by]).get(case.started_by, "Operator")
        rows = printing.handovers_of_case(tx, case_id)
        told = [
            {"title": f"{names[i.id]} ({label['round']} {i.round})", "answers": answers}
            for i in items
            if (answers := _answers(i, opened, lines, reader))
        ]
        data = {
            **page_of(tx, opened.unit, reader, now, formal=False),
            "title": definition.name,
            "facts": [
                (label["case"], str(case_id)),
                (label["unit"], opened.unit.name),
                (label["version"], str(definition.version)),
                (label["state"], STATES[reader.language].get(case.state, case.state)),
                (label["started"], f"{reader.moment(case.started_at)}, {started}"),
                (label["ended"], reader.moment(case.completed_at)),
                (label["due"], reader.moment(case.due_at)),
            ],
            "identity": _identity(sop_of(definition).identitas, label),
            "steps": _steps(tx, items, opened, reader, now),
            "answers": told,
            "documents": document_texts(lines, reader),
            "handovers": handover_texts(tx, rows, reader, now),
            "comments": comment_texts(handovers.comment_rows(tx, case_id), names, reader),
            "history": history_texts(
                event_lines(cases.list_events(tx, case_id), definition), reader
            ),
        }
    return Printed(f"berkas-kasus-{case_id}.pdf", typeset("berkas", data, reader.language, now))


def _identity(identitas: Identitas, label: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (label["sop"], identitas.nama),
        (label["sop_number"], identitas.nomor),
        (label["created"], identitas.tanggal_pembuatan),
        (label["revised"], identitas.tanggal_revisi),
        (label["effective"], identitas.tanggal_efektif),
        (label["approved_by"], identitas.disahkan_oleh),
        (label["unit"], identitas.unit),
        (label["total_time"], identitas.jumlah_waktu),
        (label["legal_basis"], "\n".join(identitas.dasar_hukum)),
    ]


def _steps(
    tx: Tx, items: Sequence[WorkItem], opened: OpenedCase, reader: Reader, now: datetime
) -> list[Texts]:
    """Each item against its mutu baku."""
    label, made = reader.label, []
    units = people.units_by_id(tx, {item.unit_id for item in items})
    calendars = calendars_of(tx, [*units.values()])
    stretches = pauses.stretches_of(tx, [item.id for item in items])
    doers = people.person_names(tx, [item.completed_by or item.claimed_by for item in items])
    claimed = cases.claimed_as(tx, opened.case.id)
    for item in items:
        kegiatan = kegiatan_of(sop_of_item(item, opened.definition), item.node)
        said = item.completed_as or claimed.get((item.id, item.claimed_by or 0))
        clocks = clocks_of(item, calendars[item.unit_id], stretches.get(item.id, ()), now)
        made.append(
            {
                "nomor": kegiatan.nomor,
                "name": kegiatan.name,
                "round": f"{label['round']} {item.round}" if item.round > 1 else "",
                "by": doers.get(item.completed_by or item.claimed_by, label["nobody"]),
                "capacity": say_capacity(capacity_from(said), reader.language)
                or f"{kegiatan.role_name}, {units[item.unit_id].name}",
                "standard": kegiatan.mutu_baku.waktu_teks or label["no_standard"],
                "available": reader.moment(item.available_at),
                "finished": reader.moment(item.completed_at) or label["running"],
                "punctual": _punctual(item, label, now),
                "worked": f"{clocks.working // MINUTE} {label['minutes']}",
            }
        )
    return made


def _punctual(item: WorkItem, label: dict[str, str], now: datetime) -> str:
    if item.due_at is None:
        return "–"
    if item.completed_at is not None:
        return label["yes" if item.completed_at <= item.due_at else "no"]
    return label["late_now" if is_overdue(item, now) else "running"]
