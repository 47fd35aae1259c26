"""Verbs around reminder ladders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

import click

from engine.cli.call import Call, alur, read_json, table, verb
from engine.cli.parameters import plain_text
from engine.cli.words import LADDERS, NOTICES, WHOM, say_code, say_moment
from engine.notice_values import LadderChange, PreviewLine
from engine.usecases import ladders
from workflows.rights import OPERATOR
from workflows.workdays import zone_label

KEY = click.argument("key", metavar="[SOP]", type=plain_text, default="")
NODE = click.argument("node", metavar="[LANGKAH]", type=plain_text, default="")


@alur.group("ladder")
def ladder() -> None:
    """Tangga pengingat: milik instansi, sebuah SOP, atau satu langkahnya."""


@verb("list", group=ladder)
def list_all(call: Call) -> None:
    """Semua tangga pengingat yang diatur, dan yang digambar pada versi terbaru SOP."""
    with call.app() as app:
        lines = ladders.list_ladders(app, OPERATOR, call.now)
        rows = [
            (one.sop_name or "-", one.step_name or "-", one.rungs, _origin(one.drawn_version))
            for one in lines
        ]
        text = table(rows, ("SOP", "LANGKAH", "ANAK TANGGA", "ASAL"))
        call.answer({"ladders": [asdict(one) for one in lines]}, text)


@verb("show", group=ladder)
@KEY
@NODE
def show(call: Call, key: str, node: str) -> None:
    """Tangga yang berlaku; tanpa SOP: milik instansi."""
    with call.app() as app:
        detail = ladders.read_ladder(app, OPERATOR, key, node, call.now)
        text = json.dumps(detail.document, ensure_ascii=False, indent=2)
        version = f" pada versi {detail.drawn_version}" if detail.drawn_version else ""
        counting = f"Berlaku: {say_code(LADDERS, detail.source)}{version}"
        call.answer(asdict(detail), f"{counting}\n{text}")


def _origin(drawn_version: int | None) -> str:
    return f"digambar pada versi {drawn_version}" if drawn_version else "pengaturan"


@verb("set", group=ladder, payload=True)
@KEY
@NODE
@click.option("--data", "payload", metavar="JSON|@FILE", required=True, help="Tangganya.")
def put(call: Call, key: str, node: str, payload: str) -> None:
    """Mengatur tangga; tugas yang terbuka langsung mengikutinya."""
    with call.app() as app:
        document = read_json(payload)
        _answer(call, ladders.set_ladder(app, OPERATOR, key, node, document, call.now))


@verb("clear", group=ladder)
@KEY
@NODE
def clear(call: Call, key: str, node: str) -> None:
    """Menghapus tangga sendiri; yang lebih umum berlaku lagi."""
    with call.app() as app:
        _answer(call, ladders.clear_ladder(app, OPERATOR, key, node, call.now))


def _answer(call: Call, change: LadderChange) -> None:
    text = f"Tangga pengingat diubah; {change.items} tugas terbuka mengikutinya."
    call.answer(asdict(change), text if change.changed else "Tidak ada yang berubah.")


@verb("preview", group=ladder, payload=True)
@click.argument("key", metavar="SOP", type=plain_text)
@NODE
@click.option("--unit", metavar="CODE", type=plain_text, required=True, help="Di unit ini.")
@click.option("--at", metavar="ISO8601", help="Tugas tersedia saat itu (bawaan: sekarang).")
@click.option("--data", "payload", metavar="JSON|@FILE", help="Tangga yang hendak dicoba.")
def preview(
    call: Call, key: str, node: str, unit: str, at: str | None, payload: str | None
) -> None:
    """Apa yang akan dikirim, kapan, dan kepada siapa."""
    with call.app() as app:
        start = call.moment(at) if at else call.now
        document = read_json(payload) if payload else None
        lines = ladders.preview_ladder(app, OPERATOR, key, node, unit, start, call.now, document)
        text = table(
            _rows(lines, app.settings.zone), ("SAAT", "DIKIRIM", "JENIS", "KEPADA", "LEWAT")
        )
        call.answer({"rungs": [asdict(one) for one in lines]}, text)


def _rows(lines: Iterable[PreviewLine], zone: str) -> list[tuple[object, ...]]:
    return [
        (
            f"{say_moment(one.at, zone)} {zone_label(zone)}",
            say_moment(one.send_at, zone),
            say_code(NOTICES, one.kind),
            ", ".join(one.recipients) or f"({say_code(WHOM, one.whom)}: tidak ada)",
            ", ".join(("aplikasi", *one.channels)),
        )
        for one in lines
    ]
