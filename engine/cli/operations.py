"""Verbs of administrators on running cases: look into one, repair it, move it, end it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from engine.cli.call import Answer, Call, read_json, stop, table, verb
from engine.cli.parameters import NUMBER, plain_text
from engine.cli.words import CASES, MIGRATED, PASSED, RESOLUTIONS, say_code
from engine.incident_sentences import explain_incident
from engine.operation_values import CaseState, MigrationLine, NodeLine
from engine.sentences import MIGRATIONS
from engine.usecases import cases, migration, operations, trace
from engine.values import IncidentLine
from workflows.rights import OPERATOR

case_argument = click.argument("case_id", metavar="CASE", type=NUMBER)
token_argument = click.argument("token", metavar="TOKEN|NODE", type=plain_text)
reason_option = click.option(
    "--reason", metavar="TEXT", type=plain_text, default="", help="Alasannya; wajib."
)


def _answer(call: Call, done: CaseState) -> None:
    value = {"case": done.case_id, "state": done.state, "tokens": done.tokens}
    call.answer(value, f"Kasus {done.case_id}: {say_code(CASES, done.state)}.")


@verb("trace")
@case_argument
def trace_verb(call: Call, case_id: int) -> None:
    """Jejak sebuah kasus: satu baris setiap kali sebuah elemen dilalui, berurutan."""
    with call.app() as app:
        lines = trace.trace_case(app, OPERATOR, case_id, call.now)
        rows = [
            (line.seq, line.node, line.name, line.kind, line.round, say_code(PASSED, line.state),
             _moment(call, line.entered_at), _moment(call, line.left_at))
            for line in lines
        ]  # fmt: skip
        head = ("NO", "ELEMEN", "NAMA", "JENIS", "PUTARAN", "STATUS", "MASUK", "KELUAR")
        call.answer({"trace": [asdict(line) for line in lines]}, table(rows, head))


def _moment(call: Call, moment: datetime | None) -> str | None:
    """For people: in the zone of the installation."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(call.settings.zone)).strftime("%Y-%m-%d %H:%M:%S")


def incident_answer(line: IncidentLine) -> Answer:
    value = {"case": line.case_id, **asdict(line)}
    del value["case_id"], value["zone"], value["sop_name"], value["unit_name"]
    return {**value, "message": explain_incident(line.reason, line.fields)}


def stuck_text(line: IncidentLine) -> str:
    """Where a case stands still, and why."""
    return f"Terhenti di “{line.node_name}”: {explain_incident(line.reason, line.fields)}"


@verb("incidents")
@click.argument("case_id", metavar="[CASE]", type=NUMBER, required=False)
def incidents(call: Call, case_id: int | None) -> None:
    """Langkah yang terhenti karena kesalahan; dengan CASE juga yang sudah beres."""
    with call.app() as app:
        lines = trace.list_incidents(app, OPERATOR, call.now, case_id)
        rows = [
            (line.case_id, line.token, line.node_name, _moment(call, line.opened_at),
             say_code(RESOLUTIONS, line.resolution), explain_incident(line.reason, line.fields))
            for line in lines
        ]  # fmt: skip
        head = ("KASUS", "TOKEN", "LANGKAH", "SEJAK", "SELESAI", "SEBAB")
        text = table(rows, head) if rows else "Tidak ada kasus yang terhenti."
        call.answer({"incidents": [incident_answer(line) for line in lines]}, text)


@verb("retry", payload=True)
@case_argument
@click.option("--token", type=plain_text, help="Hanya yang ini (bawaan: semua yang terhenti).")
@click.option("--data", "payload", metavar="JSON|@FILE", help="Data yang diperbaiki lebih dahulu.")
def retry(call: Call, case_id: int, token: str | None, payload: str | None) -> None:
    """Melanjutkan kasus yang terhenti, bila perlu setelah datanya diperbaiki; keluar dengan 1 bila
    masih terhenti."""
    with call.app() as app:
        data = read_json(payload)
        detail = cases.retry_case(app, OPERATOR, case_id, data, call.now, token=token)
    stuck = [line for line in detail.incidents if token in (None, line.token)]
    if not stuck:
        _answer(call, CaseState(case_id, detail.line.state, detail.tokens))
        return
    value = {"case": case_id, "state": detail.line.state, "tokens": detail.tokens}
    call.answer(value, "\n".join([f"Kasus {case_id} sudah dicoba lagi tetapi masih terhenti.",
                                  *map(stuck_text, stuck)]))  # fmt: skip
    stop(1)


@verb("skip")
@case_argument
@token_argument
@reason_option
def skip(call: Call, case_id: int, token: str, reason: str) -> None:
    """Melewati langkah yang terbuka atau terhenti, seolah-olah sudah selesai."""
    with call.app() as app:
        _answer(call, operations.skip_node(app, OPERATOR, case_id, token, reason, call.now))


@verb("move")
@case_argument
@token_argument
@click.argument("target", metavar="TARGET", type=plain_text)
@reason_option
@click.option("--preview", is_flag=True, help="Tunjukkan saja akibatnya; tidak ada yang diubah.")
def move(call: Call, case_id: int, token: str, target: str, reason: str, preview: bool) -> None:
    """Menarik sebuah langkah dan melanjutkan di langkah lain, juga yang sudah dilalui."""
    with call.app() as app:
        done = operations.move_token(
            app, OPERATOR, case_id, token, target, reason, call.now, preview=preview
        )
        value = asdict(done)
        prefix = "Pratinjau, belum ada yang berubah:" if preview else "Dipindahkan."
        text = (
            f"{prefix} Kasus {case_id}: {say_code(CASES, done.state)}. "
            f"Ditarik: {_names(done.withdrawn)}. Dibuka: {_names(done.opened)}."
        )
        call.answer({"case": value.pop("case_id"), "preview": preview, **value}, text)


def _names(lines: tuple[NodeLine, ...]) -> str:
    return ", ".join(line.name or line.node for line in lines) or "-"


@verb("suspend")
@case_argument
@reason_option
def suspend(call: Call, case_id: int, reason: str) -> None:
    """Menangguhkan kasus: tidak ada yang berjalan sampai dilanjutkan dengan resume."""
    with call.app() as app:
        _answer(call, operations.suspend_case(app, OPERATOR, case_id, reason, call.now))


@verb("resume")
@case_argument
def resume(call: Call, case_id: int) -> None:
    """Melanjutkan kasus yang ditangguhkan."""
    with call.app() as app:
        _answer(call, operations.resume_case(app, OPERATOR, case_id, call.now))


@verb("cancel")
@case_argument
@reason_option
def cancel(call: Call, case_id: int, reason: str) -> None:
    """Membatalkan kasus untuk selamanya; semua tugasnya ditarik."""
    with call.app() as app:
        _answer(call, operations.cancel_case(app, OPERATOR, case_id, reason, call.now))


@verb("correct")
@case_argument
@click.option("--payload", metavar="JSON|@FILE", required=True, help="Nilai yang baru.")
@reason_option
def correct(call: Call, case_id: int, payload: str, reason: str) -> None:
    """Memperbaiki data kasus; nilai lama tetap tercatat di riwayatnya."""
    with call.app() as app:
        changes = read_json(payload)
        done = operations.correct_data(app, OPERATOR, case_id, changes, reason, call.now)
        _answer(call, done)


class _Mapping(click.ParamType[tuple[str, str]]):
    name = "OLD=NEW"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        old, equals, new = plain_text(str(value)).partition("=")
        if not (old and equals and new):
            self.fail("tulis LAMA=BARU, mis. telaah=telaah_rancangan.", param, context)
        return old, new


@verb("migrate")
@click.argument("key", type=plain_text)
@click.option("--to", "version", type=NUMBER, required=True, help="Versi tujuan.")
@click.option("--map", "pairs", type=_Mapping(), multiple=True, help="Padanan sebuah elemen.")
@click.option("--case", "case_ids", type=NUMBER, multiple=True, help="Hanya kasus ini.")
@click.option("--dry-run", is_flag=True, help="Tunjukkan saja akibatnya; tidak ada yang diubah.")
def migrate(
    call: Call,
    key: str,
    version: int,
    pairs: tuple[tuple[str, str], ...],
    case_ids: tuple[int, ...],
    dry_run: bool,
) -> None:
    """Memindahkan kasus yang berjalan ke versi SOP yang lain; keluar dengan 1 bila ada yang tidak
    dapat dipindahkan."""
    with call.app() as app:
        lines = migration.migrate_cases(
            app,
            OPERATOR,
            key,
            version,
            call.now,
            mapping=dict(pairs),
            dry_run=dry_run,
            case_ids=case_ids or None,
        )
    show_migration(call, lines, dry_run=dry_run)


def show_migration(call: Call, lines: Sequence[MigrationLine], *, dry_run: bool) -> None:
    """One line a case; exit 1 where one cannot move."""
    answers = [_migration_answer(line) for line in lines]
    rows = [
        (
            line.case_id,
            line.from_version,
            line.to_version,
            say_code(MIGRATED, line.outcome),
            _detail(line),
        )
        for line in lines
    ]
    nothing = "Tidak ada kasus yang perlu dipindahkan."
    text = table(rows, ("KASUS", "DARI", "KE", "HASIL", "")) if rows else nothing
    call.answer({"dry_run": dry_run, "cases": answers}, text)
    if any(line.outcome == "blocked" for line in lines):
        stop(1)


def _migration_answer(line: MigrationLine) -> Answer:
    value = asdict(line)
    moved = [{"from": old, "to": new} for old, new in value.pop("moved")]
    return {"case": value.pop("case_id"), **value, "moved": moved}


def _detail(line: MigrationLine) -> str:
    if not line.blocked:
        return ", ".join(new if old == new else f"{old} -> {new}" for old, new in line.moved)
    return "; ".join(
        f"{one.name or one.node}: {_blocked(one.reason)}".removeprefix(": ") for one in line.blocked
    )


def _blocked(reason: str) -> str:
    hint = "; sebutkan dengan --map" if reason == "no_target" else ""
    return f"{MIGRATIONS.get(reason, reason)}{hint}"
