"""Verbs of the operator: the clock, the mails, the health of the installation."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version as installed_version

from engine.cli.call import Call, alur, stop, table, verb
from engine.cli.words import MAILS, NOTICES, say_code
from engine.servers import open_servers
from engine.ticks import tick as do_tick
from engine.usecases import notices, upkeep
from workflows.rights import OPERATOR


@verb("tick")
def tick(call: Call) -> None:
    """Mengerjakan sekali, sekarang, semua yang jatuh tempo: timer, pesan, pekerjaan, surel."""
    with call.app() as app:
        done = do_tick(app, call.now)
        text = (
            f"Timer: {done.timers}, pesan: {done.messages}, pekerjaan: {done.jobs}, "
            f"pemberitahuan: {done.notices}, surel terkirim: {done.mails}, gagal: {done.failed}"
        )
        call.answer(asdict(done), text)


@verb("mail")
def mail(call: Call) -> None:
    """Pemberitahuan yang sudah dan akan dikirim ke luar, yang terbaru di atas."""
    with call.app() as app:
        lines = notices.list_mails(app, OPERATOR)
        keys = ("channel", "to", "subject", "kind", "item", "sent_at", "state", "last_error",
                "message_id")  # fmt: skip
        value = {"mails": [{key: getattr(line, key) for key in keys} for line in lines]}
        rows = [
            (
                line.to,
                say_code(NOTICES, line.kind),
                line.subject,
                say_code(MAILS, "needless" if line.needless else line.state),
            )
            for line in lines
        ]
        call.answer(value, table(rows, ("KEPADA", "JENIS", "PERIHAL", "STATUS")))


@alur.group("schema")
def schema() -> None:
    """Skema basis data."""


@verb("upgrade", group=schema)
def upgrade(call: Call) -> None:
    """Membawa skema basis data ke versi rilis ini."""
    with open_servers(call.settings, broker=False) as servers:
        upkeep.upgrade_schema(servers)
    call.answer({"upgraded": True}, "Skema basis data sudah mutakhir.")


HINTS = {
    "database": "basis data tidak menjawab {}",
    "schema": "skema belum mutakhir; jalankan {}",
    "state": "daftar tugas tidak cocok dengan keadaan mesin: kasus {}",
    "notices": "{} pemberitahuan menunggu lebih dari 10 menit; apakah worker berjalan?",
    "messages": "pesan {} tidak dapat disampaikan; lihat alur messages",
    "jobs": "{} pekerjaan menunggu lebih dari 10 menit; apakah worker berjalan?",
    "documents": "tempat dokumen tidak dapat dipakai: {}",
    "incidents": "terhenti karena kesalahan: kasus {}; lihat alur incidents",
}


@verb("doctor")
def doctor(call: Call) -> None:
    """Memeriksa kesehatan instalasi; keluar dengan 1 bila ada yang tidak beres."""
    with call.app() as app:
        checks = upkeep.check_health(app, call.now)
    rows = [
        ("baik" if c.ok else "MASALAH", c.name, "" if c.ok else HINTS[c.name].format(c.detail))
        for c in checks
    ]
    ok = all(check.ok for check in checks)
    value = {"ok": ok, "checks": [asdict(check) for check in checks]}
    call.answer(value, table(rows, ("", "PERIKSA", "")))
    if not ok:
        stop(1)


@verb("version")
def version(call: Call) -> None:
    """Versi Alur dan mesin prosesnya."""
    value = {
        "version": installed_version("alurkerja"),
        "spiffworkflow": installed_version("SpiffWorkflow"),
    }
    call.answer(value, f"alur {value['version']} (SpiffWorkflow {value['spiffworkflow']})")
