"""Verbs around cases and work items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from engine.app import App
from engine.cli.call import Answer, Call, read_json, table, verb
from engine.cli.operations import incident_answer, stuck_text
from engine.cli.parameters import EXISTING, NUMBER, OneOf, plain_text
from engine.cli.words import CASES, ITEMS, say_code, say_moment, wait_text
from engine.operation_values import WaitLine
from engine.usecases import cases, documents, people, waits, work_items
from engine.values import CaseLine, EventLine, StepLine, WorkItemLine
from workflows.forms import Field
from workflows.rights import OPERATOR, Actor

as_user = click.option(
    "--as", "login", metavar="USER", type=plain_text, required=True, help="Bertindak sebagai."
)
ITEM_KEYS = (
    "id", "case_id", "node", "nomor", "name", "role", "role_name", "unit", "unit_name", "round",
    "state", "available_at", "due_at", "overdue", "at_risk", "claimed_by",
)  # fmt: skip


def _actor(app: App, call: Call, login: str) -> Actor:
    return people.load_actor(app, login, call.now)


def item_answer(line: WorkItemLine) -> Answer:
    """The keys that every verb uses for a work item."""
    value = {key: getattr(line, key) for key in ITEM_KEYS}
    paused = asdict(line.paused) if line.paused else None
    return {"id": value.pop("id"), "case": value.pop("case_id"), **value, "paused": paused}


def _mark(line: WorkItemLine) -> str:
    if line.overdue:
        return "terlambat"
    if line.paused:
        return "dijeda"
    return "hampir lewat" if line.at_risk else ""


def item_text(lines: Sequence[WorkItemLine]) -> str:
    rows = [
        (
            line.id,
            line.case_id,
            line.name,
            line.unit,
            line.round,
            say_code(ITEMS, line.state),
            _local(line),
            _mark(line),
        )
        for line in lines
    ]
    head = ("TUGAS", "KASUS", "LANGKAH", "UNIT", "PUTARAN", "STATUS", "TENGGAT", "")
    return table(rows, head) if rows else "Tidak ada tugas."


def _local(line: WorkItemLine) -> str | None:
    if line.due_at is None:
        return None
    return say_moment(line.due_at, line.zone)


@verb("start", payload=True)
@click.argument("key", type=plain_text)
@click.option(
    "--unit", metavar="CODE", type=plain_text, required=True, help="Kode unit pemilik kasus."
)
@as_user
@click.option("--data", "payload", metavar="JSON", help="Data awal: JSON atau @BERKAS.")
def start(call: Call, key: str, unit: str, login: str, payload: str | None) -> None:
    """Memulai SOP untuk sebuah perangkat daerah."""
    with call.app() as app:
        actor = _actor(app, call, login)
        made = cases.start_case(app, actor, key, unit, read_json(payload), call.now)
        line = made.line
        value = {"case": line.id, "key": line.key, "version": line.version, "state": line.state}
        call.answer(
            {**value, "unit": line.unit, "tokens": made.tokens},
            f"Kasus {line.id} dimulai: {line.sop_name}, {line.unit_name}.",
        )


def _field(field: Field) -> Answer:
    return {
        "key": field.key,
        "label": field.label,
        "type": field.type,
        "required": field.required and field.visible_when is None,
        "options": [asdict(option) for option in field.options],
        "visible_when": field.visible_when,
        "minimum": field.minimum,
        "maximum": field.maximum,
    }


@verb("item")
@click.argument("item_id", metavar="ID", type=NUMBER)
@as_user
def item(call: Call, item_id: int, login: str) -> None:
    """Satu tugas: mutu baku, isian, dan tenggatnya."""
    with call.app() as app:
        detail = work_items.read_work_item(app, _actor(app, call, login), item_id, call.now)
        fields = [_field(field) for field in detail.fields]
        value = {
            **item_answer(detail.line),
            "kelengkapan": detail.kelengkapan,
            "waktu": detail.waktu,
            "output": detail.output,
            "fields": fields,
            "documentation": detail.documentation,
            "arahan": detail.arahan,
            "documents": [asdict(document) for document in detail.documents],
        }
        rows = [(f["key"], f["label"], f["type"], "wajib" if f["required"] else "") for f in fields]
        text = [
            f"{detail.line.name} ({detail.line.role_name})",
            detail.documentation,
            f"Kelengkapan: {'; '.join(detail.kelengkapan) or '-'}",
            f"Waktu: {detail.waktu or '-'}; tenggat {_local(detail.line) or '-'}",
            f"Output: {'; '.join(detail.output) or '-'}",
            table(rows, ("ISIAN", "LABEL", "JENIS", "")) if rows else "",
        ]
        call.answer(value, "\n".join(line for line in text if line))


@verb("claim")
@click.argument("item_id", metavar="ID", type=NUMBER)
@as_user
def claim(call: Call, item_id: int, login: str) -> None:
    """Mengambil tugas: waktu kerja mulai dihitung."""
    with call.app() as app:
        line = work_items.claim_work_item(app, _actor(app, call, login), item_id, call.now)
        call.answer(item_answer(line), f"Tugas {line.id} diambil oleh {line.claimed_by}.")


@verb("release")
@click.argument("item_id", metavar="ID", type=NUMBER)
@as_user
def release(call: Call, item_id: int, login: str) -> None:
    """Melepas tugas yang sudah diambil."""
    with call.app() as app:
        line = work_items.release_work_item(app, _actor(app, call, login), item_id, call.now)
        call.answer(item_answer(line), f"Tugas {line.id} dilepas.")


@verb("complete", payload=True)
@click.argument("item_id", metavar="ID", type=NUMBER)
@as_user
@click.option("--data", "payload", metavar="JSON|@FILE", help="Jawaban isian.")
def complete(call: Call, item_id: int, login: str, payload: str | None) -> None:
    """Menyelesaikan tugas dengan jawaban isiannya."""
    with call.app() as app:
        answers = read_json(payload)
        actor = _actor(app, call, login)
        done = work_items.complete_work_item(app, actor, item_id, answers, call.now)
        opened = [item_answer(line) for line in done.opened]
        names = ", ".join(f"{line.name} ({line.role_name})" for line in done.opened)
        text = f"Tugas {item_id} selesai." + (f" Berikutnya: {names}." if names else "")
        call.answer({"case": done.case_id, "state": done.state, "opened": opened}, text)


@verb("attach")
@click.argument("item_id", metavar="ID", type=NUMBER)
@click.argument("file", type=EXISTING)
@as_user
def attach(call: Call, item_id: int, file: Path, login: str) -> None:
    """Melampirkan berkas pada tugas."""
    with call.app() as app, file.open("rb") as stream:
        actor = _actor(app, call, login)
        line = documents.attach_document(app, actor, item_id, file.name, stream, call.now)
        call.answer({"document": asdict(line)}, f"{line.name} dilampirkan.")


def _case_answer(line: CaseLine) -> Answer:
    return {
        "id": line.id,
        "key": line.key,
        "version": line.version,
        "state": line.state,
        "unit": line.unit,
        "rounds": line.rounds,
        "started_at": line.started_at,
        "completed_at": line.completed_at,
        "due_at": line.due_at,
        "overdue": line.overdue,
        "at_risk": line.at_risk,
        "suspended": asdict(line.suspended) if line.suspended else None,
        "tokens": line.tokens,
    }


@verb("cases")
@click.option("--state", type=OneOf(tuple(CASES)), help="Hanya yang berkeadaan ini.")
def list_cases(call: Call, state: str | None) -> None:
    """Semua kasus, yang terbaru di atas."""
    with call.app() as app:
        lines = cases.list_cases(app, OPERATOR, call.now, state)
        waiting = waits.list_waits(app, OPERATOR, [line.id for line in lines])
        rows = [
            (
                line.id,
                line.sop_name,
                line.unit,
                say_code(CASES, line.state),
                ", ".join(_steps(line, waiting.get(line.id, ()))),
            )
            for line in lines
        ]
        text = table(rows, ("KASUS", "SOP", "UNIT", "STATUS", "LANGKAH"))
        call.answer({"cases": [_case_answer(line) for line in lines]}, text)


def _steps(line: CaseLine, waiting: Iterable[WaitLine]) -> list[str]:
    """What of the case is open: the names of its work items, then whatever else it waits for."""
    others = (wait_text(one, line.zone) for one in waiting)
    return [*(step.name for step in line.open_steps), *dict.fromkeys(others)]


def _event(line: EventLine) -> Answer:
    """What only some events have is left out of the others."""
    always = ("at", "kind", "actor", "step_name", "note")
    return {key: value for key, value in asdict(line).items() if key in always or value}


@verb("case")
@click.argument("case_id", metavar="ID", type=NUMBER)
def case(call: Call, case_id: int) -> None:
    """Satu kasus: langkah yang sedang berjalan dan datanya."""
    with call.app() as app:
        detail = cases.read_case(app, OPERATOR, case_id, call.now)
        waiting = waits.list_waits(app, OPERATOR, [case_id]).get(case_id, [])
        value = {**_case_answer(detail.line), "data": detail.data}
        value["history"] = [_event(event) for event in detail.history]
        value["incidents"] = [incident_answer(line) for line in detail.incidents]
        told = [one for one in waiting if one.waits_for != "incident"]
        steps = ", ".join(_steps(detail.line, told)) or "-"
        head = f"Kasus {case_id} ({say_code(CASES, detail.line.state)}): {steps}"
        call.answer(value, "\n".join([head, *map(stuck_text, detail.incidents)]))


@verb("steps")
@click.argument("case_id", metavar="ID", type=NUMBER)
def steps(call: Call, case_id: int) -> None:
    """Langkah sebuah kasus terhadap mutu bakunya, dalam menit kerja."""
    with call.app() as app:
        lines = cases.list_steps(app, OPERATOR, case_id, call.now)
        rows = [
            (s.nomor or None, s.name, s.unit_name, s.performer, s.round, s.standard_minutes,
             s.waiting_minutes, s.working_minutes, _verdict(s))
            for s in lines
        ]  # fmt: skip
        head = ("NO", "LANGKAH", "UNIT", "PELAKSANA", "PUTARAN", "STANDAR", "TUNGGU", "KERJA", "")
        call.answer({"steps": [asdict(line) for line in lines]}, table(rows, head))


def _verdict(line: StepLine) -> str:
    return {True: "tepat waktu", False: "terlambat", None: ""}[line.on_time]
