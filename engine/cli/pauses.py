"""Verbs that pause a work item, let it go on, and say whose time it has used."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from fractions import Fraction

import click

from engine.cli.call import Answer, Call, table, verb
from engine.cli.operations import reason_option
from engine.cli.parameters import DATE, NUMBER, plain_text
from engine.cli.words import CLOCKS, say_code, say_moment
from engine.cli.work import as_user
from engine.time_values import Ledger
from engine.usecases import pauses, people
from workflows.rights import OPERATOR

item_argument = click.argument("item_id", metavar="ITEM", type=NUMBER)


@verb("pause")
@item_argument
@reason_option
@click.option("--awaiting", metavar="CODE", type=plain_text, help="Unit yang ditunggu.")
@click.option("--until", metavar="DATE", type=DATE, help="Lanjut sendiri pada tanggal ini.")
@as_user
def pause(
    call: Call, item_id: int, reason: str, awaiting: str | None, until: date | None, login: str
) -> None:
    """Menjeda tugas: waktu bakunya tidak berjalan sampai dilanjutkan."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = pauses.pause_work_item(
            app, actor, item_id, reason, call.now, awaiting=awaiting, resume_on=until
        )
        waits = f" Menunggu {line.awaited_name}." if line.awaited else ""
        if line.resume_at:
            waits += f" Lanjut sendiri {say_moment(line.resume_at, app.settings.zone)}."
        call.answer(asdict(line), f"Tugas {item_id} dijeda.{waits}")


@verb("unpause")
@item_argument
@as_user
def unpause(call: Call, item_id: int, login: str) -> None:
    """Melanjutkan tugas yang dijeda; tenggatnya mundur selama jedanya."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        line = pauses.resume_work_item(app, actor, item_id, call.now)
        call.answer(asdict(line), f"Tugas {item_id} dilanjutkan.")


@verb("ledger")
@item_argument
def ledger(call: Call, item_id: int) -> None:
    """Waktu siapa yang terpakai untuk sebuah tugas, dalam menit kerja."""
    with call.app() as app:
        found = pauses.read_ledger(app, OPERATOR, item_id, call.now)
    rows = [
        (
            row.who,
            say_code(CLOCKS, row.clock),
            say_moment(row.start, found.zone),
            say_moment(row.end, found.zone),
            row.minutes,
            _percent(row.share),
        )
        for row in found.rows
    ]
    text = table(rows, ("SIAPA", "JAM", "DARI", "SAMPAI", "MENIT", "BAGIAN"))
    call.answer(_answer(found), f"{text}\n\n{_total(found)}")


def _answer(found: Ledger) -> Answer:
    """Shares as decimal numbers."""
    value = asdict(found)
    for row in (value, *value["rows"]):
        row["share"] = None if row["share"] is None else round(float(row["share"]), 4)
    return value


def _total(found: Ledger) -> str:
    standard = "" if found.standard_minutes is None else f" dari {found.standard_minutes}"
    share = "" if found.share is None else f" ({_percent(found.share)})"
    return f"Terpakai {found.used}{standard} menit{share}; dijeda {found.paused} menit."


def _percent(share: Fraction | None) -> str | None:
    return None if share is None else f"{round(share * 100)}%"
