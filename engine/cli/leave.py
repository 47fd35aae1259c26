"""Verbs of leave: noting it with a substitute, listing, changing and ending it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from engine.cli.call import Call, alur, table, verb
from engine.cli.operations import reason_option
from engine.cli.parameters import DATE, NUMBER, plain_text
from engine.cli.words import LEAVE, say_code
from engine.cli.work import as_user
from engine.handover_values import AbsenceLine
from engine.usecases import absences, people

absence_argument = click.argument("absence_id", metavar="ID", type=NUMBER)
since_option = click.option(
    "--from", "since", metavar="DATE", type=DATE, required=True, help="Hari pertama."
)
until_option = click.option(
    "--until", metavar="DATE", type=DATE, required=True, help="Hari terakhir."
)
substitute_option = click.option(
    "--substitute", metavar="USER", type=plain_text, required=True, help="Penggantinya."
)
jabatan_option = click.option(
    "--jabatan", metavar="ID", type=NUMBER, multiple=True,
    help="Hanya untuk jabatan ini (boleh berulang; bawaan: semua).",
)  # fmt: skip


@alur.group("leave")
def leave() -> None:
    """Cuti dan penggantian."""


@verb("add", group=leave)
@click.argument("person", metavar="USER", type=plain_text)
@since_option
@until_option
@substitute_option
@reason_option
@jabatan_option
@as_user
def add(
    call: Call,
    person: str,
    since: date,
    until: date,
    substitute: str,
    reason: str,
    jabatan: tuple[int, ...],
    login: str,
) -> None:
    """Mencatat cuti seseorang beserta penggantinya."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = absences.plan_absence(
            app, actor, person, substitute, since, until, reason, call.now, jabatan
        )
        call.answer(asdict(line), _text(line))


@verb("list", group=leave)
@as_user
def list_all(call: Call, login: str) -> None:
    """Cuti seseorang, yang ia gantikan, dan cuti bawahannya."""
    with call.app() as app:
        found = absences.list_absences(app, people.load_actor(app, login, call.now), call.now)
        lines = dict.fromkeys((*found.own, *found.standing_in, *found.staff_leave))
        rows = [
            (
                line.id,
                line.name,
                line.since.isoformat(),
                line.until.isoformat(),
                line.substitute,
                ", ".join(line.scope) or "semua",
                say_code(LEAVE, line.state),
            )
            for line in lines
        ]
        head = ("CUTI", "SIAPA", "DARI", "SAMPAI", "PENGGANTI", "JABATAN", "STATUS")
        text = table(rows, head) if rows else "Tidak ada cuti."
        call.answer({"leave": [asdict(line) for line in lines]}, text)


@verb("change", group=leave)
@absence_argument
@since_option
@until_option
@substitute_option
@reason_option
@jabatan_option
@as_user
def change(
    call: Call,
    absence_id: int,
    since: date,
    until: date,
    substitute: str,
    reason: str,
    jabatan: tuple[int, ...],
    login: str,
) -> None:
    """Mengubah cuti yang belum berakhir."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = absences.change_absence(
            app, actor, absence_id, substitute, since, until, reason, call.now, jabatan
        )
        call.answer(asdict(line), _text(line))


@verb("end", group=leave)
@absence_argument
@as_user
def end(call: Call, absence_id: int, login: str) -> None:
    """Membatalkan cuti, atau mengakhirinya: mulai hari ini orangnya kembali."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = absences.end_absence(app, actor, absence_id, call.now)
        call.answer(asdict(line), f"Cuti {line.id}: {say_code(LEAVE, line.state)}.")


def _text(line: AbsenceLine) -> str:
    days = f"{line.since.isoformat()} sampai {line.until.isoformat()}"
    return f"Cuti {line.id}: {line.name}, {days}, digantikan {line.substitute}."
