"""The codes of the answers as words, for people; with --json the codes themselves are given."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from engine.operation_values import WaitLine

Words = Mapping[str, str]

CASES: Words = {
    "running": "berjalan",
    "incident": "terhenti",
    "suspended": "ditangguhkan",
    "completed": "selesai",
    "cancelled": "dibatalkan",
}
ITEMS: Words = {
    "ready": "belum diambil",
    "claimed": "dikerjakan",
    "completed": "selesai",
    "cancelled": "ditarik",
}
PASSED: Words = {
    "active": "terbuka",
    "completed": "selesai",
    "withdrawn": "ditarik",
    "skipped": "dilewati",
}
JOBS: Words = {
    "ready": "menunggu",
    "locked": "dikerjakan",
    "reported": "dilaporkan",
    "done": "selesai",
    "incident": "terhenti",
    "cancelled": "ditarik",
}
MAILS: Words = {"sent": "terkirim", "pending": "menunggu", "given_up": "gagal"}
NOTICES: Words = {
    "assigned": "tugas baru",
    "reminder": "pengingat",
    "overdue": "terlambat",
    "escalation": "laporan keterlambatan",
}
SEVERITIES: Words = {"error": "kesalahan", "warning": "peringatan"}
RESOLUTIONS: Words = {
    "retried": "dicoba lagi",
    "skipped": "dilewati",
    "moved": "dipindahkan",
    "cancelled": "dibatalkan",
    "gone": "hilang sendiri",
}
MIGRATED: Words = {
    "moved": "dipindahkan",
    "movable": "dapat dipindahkan",
    "blocked": "tertahan",
}


def say_code(words: Words, code: str | None) -> str | None:
    """The word of a code; one that has none stands for itself."""
    return None if code is None else words.get(code, code)


def wait_text(line: WaitLine, zone: str) -> str:
    """What an active node waits for where no person is asked; moments in that zone."""
    match line.waits_for:
        case "message":
            return f"Menunggu pesan “{line.name}”"
        case "signal":
            return f"Menunggu sinyal “{line.name}”"
        case "job":
            return f"Menunggu pekerjaan: {line.name or line.node_name}"
        case "timer" if line.due_at is not None:
            until = line.due_at.astimezone(ZoneInfo(zone))
            return f"Menunggu pewaktu sampai {until:%Y-%m-%d %H:%M}"
        case "incident":
            return f"Terhenti di “{line.node_name}”"
    return f"Menunggu di “{line.node_name}”"
