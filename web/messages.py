"""Codes -> sentences: errors, events and states in the reader's language.

Each error sentence says what is the matter and, where it helps, what to do next. The texts
are Indonesian msgids; translations/ holds the English. `%(name)s` is a field of the error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from flask import Flask

from engine.errors import UnavailableError
from web.language import gettext, lazy
from web.moments import format_relative
from workflows.errors import SopError

ERRORS = {
    "wrong_credentials": lazy("Nama pengguna atau kata sandi salah. Periksa lalu coba lagi."),
    "right_missing": lazy("Anda tidak punya hak untuk ini. Hubungi administrator bila perlu."),
    "start_not_allowed": lazy("Anda tidak boleh memulai SOP ini untuk unit itu."),
    "case_not_yours": lazy("Kasus ini milik unit lain. Anda tidak dapat membukanya."),
    "item_not_yours": lazy("Tugas ini untuk peran lain, jadi Anda tidak dapat mengerjakannya."),
    "item_claimed_by_other": lazy("Tugas ini sedang dikerjakan %(by)s."),
    "item_not_claimed": lazy("Tugas ini belum diambil siapa pun."),
    "work_item_done": lazy("Tugas ini sudah diselesaikan %(by)s %(at)s."),
    "work_item_not_open": lazy("Tugas ini sudah tidak terbuka. Muat ulang halaman."),
    "work_item_withdrawn": lazy("Tugas ini sudah ditarik: alurnya tidak melewatinya lagi."),
    "item_not_found": lazy("Tugas itu tidak ada."),
    "case_not_found": lazy("Kasus itu tidak ada."),
    "definition_not_found": lazy("SOP itu tidak ada di sini."),
    "document_not_found": lazy("Dokumen itu tidak ada."),
    "document_content_missing": lazy("Isi dokumen itu hilang. Beri tahu administrator."),
    "person_not_found": lazy("Pengguna itu tidak ada."),
    "unit_not_found": lazy("Unit itu tidak ada."),
    "unit_unknown": lazy("Unit %(unit)s tidak dikenal. Beri tahu administrator."),
    "step_unknown": lazy("Kegiatan ini tidak ada dalam SOP-nya. Beri tahu administrator."),
    "no_holder": lazy("Belum ada pejabat untuk peran %(role_name)s. SOP belum dapat dimulai."),
    "no_units": lazy("Unit ini tidak punya bagian yang diperlukan SOP. SOP belum dapat dimulai."),
    "unknown_locale": lazy("Bahasa itu tidak tersedia."),
    "not_ready": lazy("Langkah ini belum siap atau sudah selesai. Muat ulang halaman."),
    "state_of_another_definition": lazy(
        "Kasus ini tidak cocok dengan SOP-nya. Beri tahu administrator."
    ),
    "state_version_unknown": lazy(
        "Kasus ini disimpan oleh versi Alur yang lebih baru. Beri tahu administrator."
    ),
    "state_unreadable": lazy("Keadaan kasus ini tidak terbaca. Beri tahu administrator."),
    "outside_calendar": lazy("Tanggal itu di luar kalender kerja yang dikenal Alur."),
    "unavailable": lazy("Alur belum dapat melayani. Coba lagi sebentar lagi."),
    "database_unavailable": lazy("Basis data tidak menjawab. Coba lagi sebentar lagi."),
    "schema_missing": lazy(
        "Basis data belum disiapkan. Administrator perlu menjalankan “alur migrate”."
    ),
    "storage_failed": lazy("Dokumen tidak dapat disimpan. Coba lagi sebentar lagi."),
    "document_too_large": lazy("Berkas terlalu besar. Kembali dan pilih berkas yang lebih kecil."),
    "csrf": lazy("Halaman terlalu lama terbuka. Kembali, muat ulang, lalu kirim sekali lagi."),
    "http_400": lazy("Permintaan tidak dapat dibaca. Kembali dan coba lagi."),
    "http_403": lazy("Anda tidak boleh membuka halaman ini."),
    "http_404": lazy("Halaman itu tidak ada. Periksa alamatnya atau kembali ke tugas Anda."),
    "http_405": lazy("Alamat ini tidak dibuka dengan cara itu. Kembali ke tugas Anda."),
    "http_413": lazy("Kiriman terlalu besar. Kembali dan kirim yang lebih kecil."),
    "http_500": lazy("Terjadi kesalahan pada Alur. Data Anda aman; coba lagi sebentar lagi."),
}
UNKNOWN = lazy("Permintaan ini tidak dapat dijalankan (%(code)s).")

ANSWERS = {
    "required": lazy("Isian ini wajib."),
    "unknown_field": lazy("Isian ini tidak dikenal formulirnya. Muat ulang halaman."),
    "not_text": lazy("Isi dengan teks biasa."),
    "not_a_number": lazy("Isi dengan angka, misalnya 12 atau 12,5."),
    "not_an_integer": lazy("Isi dengan bilangan bulat, tanpa koma."),
    "not_an_option": lazy("Pilih salah satu yang tersedia."),
    "not_single": lazy("Pilih satu saja."),
    "not_yes_or_no": lazy("Jawab ya atau tidak."),
    "not_a_date": lazy("Isi dengan tanggal, misalnya 31-12-2026."),
    "too_long": lazy("Terlalu panjang: paling banyak %(limit)s huruf."),
    "too_short": lazy("Terlalu pendek: paling sedikit %(limit)s huruf."),
    "too_small": lazy("Terlalu kecil: paling sedikit %(limit)s."),
    "too_large": lazy("Terlalu besar: paling banyak %(limit)s."),
    "empty_file": lazy("Berkas ini kosong. Pilih berkas lain."),
    "no_name": lazy("Berkas ini tidak bernama. Pilih berkas lain."),
    "no_file": lazy("Pilih berkas dahulu."),
    "file_too_large": lazy("Berkas ini terlalu besar. Pilih berkas yang lebih kecil."),
}
UNFIT = lazy("Isian ini tidak sesuai.")

EVENTS = {
    "case_started": lazy("SOP dimulai"),
    "case_completed": lazy("SOP selesai"),
    "item_claimed": lazy("Tugas diambil"),
    "item_released": lazy("Tugas dilepaskan"),
    "item_withdrawn": lazy("Tugas ditarik"),
    "item_completed": lazy("Tugas diselesaikan"),
    "document_attached": lazy("Dokumen dilampirkan"),
    "reminder_raised": lazy("Pengingat dikirim"),
    "overdue_raised": lazy("Keterlambatan dikabarkan"),
    "escalation_raised": lazy("Keterlambatan dilaporkan kepada atasan"),
    "timers_fired": lazy("Pewaktu menjalankan alur"),
    "incident": lazy("Alur terhenti karena kesalahan"),
}

STATES = {
    "running": lazy("Berjalan"),
    "incident": lazy("Terhenti"),
    "completed": lazy("Selesai"),
    "cancelled": lazy("Ditarik"),
    "ready": lazy("Belum diambil"),
    "claimed": lazy("Dikerjakan"),
}

NOTICES = {
    "assigned": lazy("Tugas baru"),
    "reminder": lazy("Pengingat"),
    "overdue": lazy("Terlambat"),
    "escalation": lazy("Laporan keterlambatan"),
}
TONES = {"reminder": "soon", "overdue": "late", "escalation": "late"}

TITLES = {
    403: lazy("Tidak boleh"),
    404: lazy("Tidak ditemukan"),
    409: lazy("Sudah berubah"),
    413: lazy("Terlalu besar"),
    422: lazy("Isian belum benar"),
    503: lazy("Belum dapat dilayani"),
}
TITLE = lazy("Ada yang tidak beres")

REASONS = {
    "weekend": lazy("akhir pekan"),
    "holiday": lazy("hari libur"),
    "closed": lazy("bukan hari kerja"),
    "after_hours": lazy("setelah jam kerja"),
    "before_hours": lazy("sebelum jam kerja"),
    "break": lazy("istirahat"),
    "start_day": lazy("hari pertama tidak dihitung"),
    "moved": lazy("jatuh pada hari libur, digeser"),
}


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals.update(
        event_name=lambda kind: EVENTS.get(kind, kind),
        state_name=lambda state: STATES.get(state, state),
        notice_name=lambda kind: NOTICES.get(kind, kind),
        notice_tone=lambda kind: TONES.get(kind, ""),
        error_title=lambda status: TITLES.get(status, TITLE),
        reason_name=lambda reason: REASONS.get(reason, reason),
        sentence=text,
    )


def explain(error: SopError) -> str:
    """One plain sentence for any error of the lower layers."""
    if error.code == "invalid_answer":
        return explain_answer(error.fields)
    if isinstance(error, UnavailableError) and error.code not in ERRORS:
        return text("unavailable")  # the details are the administrator's, and in the log
    return text(error.code, **error.fields)


def explain_answer(fields: Mapping[str, object]) -> str:
    """Why one form answer was refused; `fields` as in InvalidAnswerError."""
    reason = str(fields.get("reason"))
    if fields.get("field") == "berkas" and reason == "too_large":
        reason = "file_too_large"
    return _fill(str(ANSWERS.get(reason, UNFIT)), fields)


def text(code: str, /, **fields: object) -> str:
    """The sentence of a code; an unknown code is named, so that it can be reported."""
    return _fill(str(ERRORS.get(code, UNKNOWN)), {"code": code, **fields})


def _fill(template: str, fields: Mapping[str, object]) -> str:
    known = {name: _readable(name, value) for name, value in fields.items() if value is not None}
    missing = {"by": gettext("orang lain"), "at": ""}
    return (template % defaultdict(lambda: "?", missing | known)).replace(" .", ".")


def _readable(name: str, value: object) -> object:
    if name == "at" and isinstance(value, str):
        return format_relative(datetime.fromisoformat(value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
