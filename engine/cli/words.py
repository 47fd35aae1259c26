"""The codes of the answers as words, for people; with --json the codes themselves are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
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
MAILS: Words = {
    "sent": "terkirim",
    "pending": "menunggu",
    "given_up": "gagal",
    "needless": "tidak perlu lagi",
}
NOTICES: Words = {
    "assigned": "tugas baru",
    "reminder": "pengingat",
    "overdue": "terlambat",
    "escalation": "laporan keterlambatan",
    "due_moved": "tenggat berubah",
    "snoozed": "pengingat yang ditunda",
    "delegated": "diserahkan",
    "reassigned": "ditugaskan",
    "returned": "dikembalikan",
    "consulted": "pertanyaan",
    "answered": "jawaban",
    "mentioned": "komentar",
    "leave": "cuti",
    "sop": "SOP",
    "watched": "kasus yang dipantau",
}
DRAFTS: Words = {
    "draft": "rancangan",
    "submitted": "diajukan",
    "approved": "disahkan",
    "published": "terbit",
    "discarded": "dibuang",
}
LEAVE: Words = {
    "planned": "direncanakan",
    "running": "sedang berjalan",
    "over": "selesai",
    "cancelled": "dibatalkan",
}
LADDERS: Words = {
    "step": "milik langkah ini, menurut pengaturan",
    "drawn_step": "milik langkah ini, digambar",
    "sop": "milik SOP ini, menurut pengaturan",
    "drawn_sop": "milik SOP ini, digambar",
    "house": "milik instansi",
    "shipped": "bawaan Alur",
}
WHOM: Words = {
    "performer": "pelaksana",
    "role": "semua pemegang peran",
    "superior": "atasan",
    "process_owner": "pemilik proses",
}
CLOCKS: Words = {"waiting": "menunggu", "working": "mengerjakan", "paused": "dijeda"}
HOLIDAYS: Words = {
    "libur_nasional": "libur nasional",
    "cuti_bersama": "cuti bersama",
    "libur_lokal": "libur lokal",
}
DAYS_OFF: Words = {"weekend": "akhir pekan", "holiday": "hari libur", "closed": "tanpa jam kerja"}
DIFFERENCES: Words = {
    "added": "hanya di sini",
    "removed": "hanya di bawaan",
    "renamed": "lain namanya",
    "kind": "lain jenisnya",
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


def say_moment(moment: datetime, zone: str) -> str:
    """On the wall clock of that zone, without its name."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


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
            return f"Menunggu pewaktu sampai {say_moment(line.due_at, zone)}"
        case "incident":
            return f"Terhenti di “{line.node_name}”"
    return f"Menunggu di “{line.node_name}”"
