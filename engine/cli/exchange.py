"""Verbs around messages, signals, jobs, and the keys of programs."""

from __future__ import annotations

from dataclasses import asdict

import click

from engine.cli.call import Call, alur, read_json, table, verb
from engine.cli.parameters import NUMBER, plain_name, plain_text
from engine.cli.words import JOBS, say_code
from engine.exchange_values import KeyLine, Sent
from engine.incident_sentences import explain_failure
from engine.usecases import jobs, keys, messages, signals
from workflows.rights import OPERATOR

payload_option = click.option("--payload", metavar="JSON|@FILE", help="Isi yang dibawa.")
unit_option = click.option(
    "--unit", metavar="CODE", type=plain_text, help="Unit tempat SOP boleh dimulai karenanya."
)
id_option = click.option(
    "--id", "message_id", metavar="ID", type=plain_text, help="Id yang sama tidak dikirim dua kali."
)
OUTCOMES = {
    "delivered": "diterima kasus {cases}",
    "started": "memulai kasus {cases}",
    "buffered": "disimpan; belum ada kasus yang menunggunya",
    "expired": "sudah kedaluwarsa",
    "sent": "dikirim kepada kasus {cases}",
}


@alur.group("send")
def send() -> None:
    """Mengirim pesan atau sinyal kepada kasus."""


def _keys(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, object]:
    found: dict[str, object] = {}
    for text in given:
        name, equals, value = plain_text(text).partition("=")
        if not equals or name in found:
            raise click.BadParameter(f"“{text}”: tulis K=V, setiap K sekali.")
        found[name] = value
    return found


def _answer(call: Call, sent: Sent, name: str) -> None:
    listed = ", ".join(str(case_id) for case_id in sent.cases) or "mana pun"
    text = OUTCOMES[sent.outcome].format(cases=listed)
    call.answer(asdict(sent), f"{name}: {text}{' (sudah pernah)' if sent.repeated else ''}.")


@verb("message", group=send)
@click.argument("name", type=plain_name)
@click.option(
    "--key", "keys_given", metavar="K=V", multiple=True, callback=_keys,
    help="Kunci korelasi; boleh berulang. Kunci “case” menyebut nomor kasus.",
)  # fmt: skip
@payload_option
@unit_option
@id_option
def message(
    call: Call,
    name: str,
    keys_given: dict[str, object],
    payload: str | None,
    unit: str | None,
    message_id: str | None,
) -> None:
    """Satu pesan kepada satu kasus yang menunggu nama dan semua kuncinya."""
    content = read_json(payload)
    with call.app() as app:
        sent = messages.send_message(
            app, OPERATOR, name, keys_given, content, call.now, message_id=message_id, unit=unit
        )
        _answer(call, sent, name)


@verb("signal", group=send)
@click.argument("name", type=plain_name)
@payload_option
@unit_option
@id_option
def signal(
    call: Call, name: str, payload: str | None, unit: str | None, message_id: str | None
) -> None:
    """Satu sinyal kepada semua kasus yang kini menunggunya."""
    content = read_json(payload)
    with call.app() as app:
        sent = signals.send_signal(
            app, OPERATOR, name, content, call.now, message_id=message_id, unit=unit
        )
        _answer(call, sent, name)


@verb("messages")
def list_messages(call: Call) -> None:
    """Pesan yang belum sampai kepada siapa pun."""
    with call.app() as app:
        lines = messages.list_messages(app, OPERATOR, call.now)
        rows = [
            (
                line.name,
                " ".join(f"{name}={text}" for name, text in line.keys.items()) or None,
                line.from_case,
                f"{line.expires_at:%Y-%m-%d}",
                explain_failure(line.last_error),
                line.message_id,
            )
            for line in lines
        ]
        head = ("PESAN", "KUNCI", "DARI KASUS", "SAMPAI", "KESALAHAN", "ID")
        text = table(rows, head) if rows else "Tidak ada pesan yang menunggu."
        call.answer({"messages": [asdict(line) for line in lines]}, text)


@verb("jobs")
@click.option("--case", "case_id", metavar="N", type=NUMBER, help="Semua pekerjaan satu kasus.")
def list_jobs(call: Call, case_id: int | None) -> None:
    """Pekerjaan yang dilakukan program untuk kasus: fungsi, panggilan HTTP, pekerja luar."""
    with call.app() as app:
        lines = jobs.list_jobs(app, OPERATOR, case_id)
        rows = [
            (j.id, j.case_id, j.node, j.kind, j.name, say_code(JOBS, j.state), j.attempts,
             j.retries_left, explain_failure(j.last_error))
            for j in lines
        ]  # fmt: skip
        head = ("ID", "KASUS", "LANGKAH", "JENIS", "NAMA", "STATUS", "DICOBA", "SISA", "KESALAHAN")
        text = table(rows, head) if rows else "Tidak ada pekerjaan."
        answers = [{"case": line.case_id, **asdict(line)} for line in lines]
        for one in answers:
            del one["case_id"]
        call.answer({"jobs": answers}, text)


@alur.group("key")
def key() -> None:
    """Kunci untuk program yang memakai REST."""


def _key_text(line: KeyLine) -> tuple[str, str, str]:
    return line.name, ", ".join(line.topics) or "-", "dicabut" if line.revoked_at else "berlaku"


@verb("add", group=key)
@click.argument("name", type=plain_name)
@click.option(
    "--topic", "topics", metavar="T", type=plain_name, multiple=True,
    help="Topik pekerjaan yang boleh diambil; boleh berulang.",
)  # fmt: skip
def add_key(call: Call, name: str, topics: tuple[str, ...]) -> None:
    """Kunci baru; teksnya hanya ditampilkan sekali ini."""
    with call.app() as app:
        line, secret = keys.add_key(app, OPERATOR, name, topics, call.now)
        call.answer({**asdict(line), "key": secret}, f"{secret}\nSimpan; tidak ditampilkan lagi.")


@verb("list", group=key)
def list_keys(call: Call) -> None:
    """Semua kunci yang pernah dibuat."""
    with call.app() as app:
        lines = keys.list_keys(app, OPERATOR)
        rows = [_key_text(line) for line in lines]
        text = table(rows, ("NAMA", "TOPIK", "STATUS")) if rows else "Belum ada kunci."
        call.answer({"keys": [asdict(line) for line in lines]}, text)


@verb("revoke", group=key)
@click.argument("name", type=plain_text)
def revoke_key(call: Call, name: str) -> None:
    """Mencabut kunci: sejak saat ini tidak berlaku lagi."""
    with call.app() as app:
        line = keys.revoke_key(app, OPERATOR, name, call.now)
        call.answer(asdict(line), f"Kunci {name} dicabut.")
