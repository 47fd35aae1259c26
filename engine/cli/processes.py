"""`alur sop`: SOPs as a whole, with their versions."""

from __future__ import annotations

from dataclasses import asdict

import click

from engine.cli.call import Answer, Call, alur, table, verb
from engine.cli.drafts import actor_of, as_option
from engine.cli.parameters import plain_text
from engine.studio_values import SopLine
from engine.usecases import processes
from workflows.rights import OPERATOR

key_argument = click.argument("key", metavar="SOP", type=plain_text)
VERSIONS = {"in_force": "berlaku", "coming": "akan berlaku", "past": "lama"}


@alur.group("sop")
def sop_group() -> None:
    """SOP secara keseluruhan: versi, tidak berlaku, evaluasi."""


@verb("list", group=sop_group)
def list_sops(call: Call) -> None:
    """Semua SOP: versi yang berlaku, rancangannya, dan kapan dievaluasi."""
    with call.app() as app:
        lines = processes.list_sops(app, OPERATOR, call.now)
        rows = [
            (
                one.key,
                one.name,
                one.version,
                one.coming,
                one.draft.id if one.draft else None,
                "tidak berlaku" if one.retired else "",
                one.review_on,
                one.cases,
            )
            for one in lines
        ]
        head = ("KUNCI", "NAMA", "VERSI", "BERIKUTNYA", "RANCANGAN", "", "EVALUASI", "KASUS")
        call.answer({"sops": [asdict(one) for one in lines]}, table(rows, head))


@verb("versions", group=sop_group)
@key_argument
def versions(call: Call, key: str) -> None:
    """Versi sebuah SOP, yang terbaru dahulu."""
    with call.app() as app:
        detail = processes.read_process(app, OPERATOR, key, call.now)
        rows = [
            (
                one.version,
                VERSIONS[one.state],
                one.effective_on,
                one.published.by,
                one.approved.by if one.approved else None,
                one.cases,
                one.hash[:12],
                one.note,
            )
            for one in detail.versions
        ]
        head = ("VERSI", "KEADAAN", "MULAI", "OLEH", "DISAHKAN", "KASUS", "HASH", "PERUBAHAN")
        value = {**asdict(detail.line), "versions": [asdict(one) for one in detail.versions]}
        call.answer(value, table(rows, head))


@verb("retire", group=sop_group)
@key_argument
@click.option("--reason", type=plain_text, required=True, help="Alasannya.")
@as_option
def retire(call: Call, key: str, reason: str, login: str | None) -> None:
    """Menyatakan SOP tidak berlaku: tidak dapat dimulai lagi; kasus yang berjalan diteruskan."""
    with call.app() as app:
        line = processes.retire_sop(app, actor_of(app, login, call), key, reason, call.now)
        _answer(call, line, f"{line.key} tidak berlaku lagi; {line.cases} kasus diteruskan.")


@verb("revive", group=sop_group)
@key_argument
@as_option
def revive(call: Call, key: str, login: str | None) -> None:
    """Memberlakukan lagi SOP yang sudah tidak berlaku."""
    with call.app() as app:
        line = processes.revive_sop(app, actor_of(app, login, call), key, call.now)
        _answer(call, line, f"{line.key} berlaku lagi.")


@verb("review", group=sop_group)
@key_argument
@click.option("--note", type=plain_text, required=True, help="Hasil evaluasinya.")
@as_option
def review(call: Call, key: str, note: str, login: str | None) -> None:
    """Mencatat bahwa SOP sudah dievaluasi dan masih sesuai."""
    with call.app() as app:
        line = processes.review_sop(app, actor_of(app, login, call), key, note, call.now)
        following = f"{line.review_on:%d-%m-%Y}" if line.review_on else "tidak dijadwalkan"
        _answer(call, line, f"{line.key} sudah dievaluasi; berikutnya {following}.")


def _answer(call: Call, line: SopLine, text: str) -> None:
    value: Answer = asdict(line)
    call.answer(value, text)
