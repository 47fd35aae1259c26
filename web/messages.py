"""Codes -> sentences: errors, events and states in the reader's language.

Each error sentence says what is the matter and, where it helps, what to do next. The texts
are Indonesian msgids; translations/ holds the English. `%(name)s` is a field of the error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from web.moments import format_relative
from workflows.errors import SopError

ERRORS = {
    "wrong_credentials": _l("Nama pengguna atau kata sandi salah. Periksa lalu coba lagi."),
    "right_missing": _l("Anda tidak punya hak untuk ini. Hubungi administrator bila perlu."),
    "start_not_allowed": _l("Anda tidak boleh memulai SOP ini untuk unit itu."),
    "case_not_yours": _l("Kasus ini milik unit lain. Anda tidak dapat membukanya."),
    "item_not_yours": _l("Tugas ini untuk peran lain, jadi Anda tidak dapat mengerjakannya."),
    "item_claimed_by_other": _l("Tugas ini sedang dikerjakan %(by)s."),
    "item_not_claimed": _l("Tugas ini belum diambil siapa pun."),
    "work_item_done": _l("Tugas ini sudah diselesaikan %(by)s %(at)s."),
    "work_item_not_open": _l("Tugas ini sudah tidak terbuka. Muat ulang halaman."),
    "work_item_withdrawn": _l("Tugas ini sudah ditarik: alurnya tidak melewatinya lagi."),
    "item_not_found": _l("Tugas itu tidak ada."),
    "case_not_found": _l("Kasus itu tidak ada."),
    "definition_not_found": _l("SOP itu tidak ada di sini."),
    "document_not_found": _l("Dokumen itu tidak ada."),
    "document_content_missing": _l("Isi dokumen itu hilang. Beri tahu administrator."),
    "person_not_found": _l("Pengguna itu tidak ada."),
    "unit_not_found": _l("Unit itu tidak ada."),
    "unit_unknown": _l("Unit %(unit)s tidak dikenal. Beri tahu administrator."),
    "step_unknown": _l("Kegiatan ini tidak ada dalam SOP-nya. Beri tahu administrator."),
    "no_holder": _l("Belum ada pejabat untuk peran %(role_name)s. SOP belum dapat dimulai."),
    "no_units": _l("Unit ini tidak punya bagian yang diperlukan SOP. SOP belum dapat dimulai."),
    "unknown_locale": _l("Bahasa itu tidak tersedia."),
    "not_ready": _l("Langkah ini belum siap atau sudah selesai. Muat ulang halaman."),
    "state_of_another_definition": _l(
        "Kasus ini tidak cocok dengan SOP-nya. Beri tahu administrator."
    ),
    "state_version_unknown": _l(
        "Kasus ini disimpan oleh versi Alur yang lebih baru. Beri tahu administrator."
    ),
    "database_unavailable": _l("Basis data tidak menjawab. Coba lagi sebentar lagi."),
    "schema_missing": _l(
        "Basis data belum disiapkan. Administrator perlu menjalankan “alur migrate”."
    ),
    "storage_failed": _l("Dokumen tidak dapat disimpan. Coba lagi sebentar lagi."),
    "document_too_large": _l("Berkas terlalu besar. Kembali dan pilih berkas yang lebih kecil."),
    "csrf": _l("Halaman terlalu lama terbuka. Kembali, muat ulang, lalu kirim sekali lagi."),
    "http_400": _l("Permintaan tidak dapat dibaca. Kembali dan coba lagi."),
    "http_403": _l("Anda tidak boleh membuka halaman ini."),
    "http_404": _l("Halaman itu tidak ada. Periksa alamatnya atau kembali ke tugas Anda."),
    "http_405": _l("Alamat ini tidak dibuka dengan cara itu. Kembali ke tugas Anda."),
    "http_413": _l("Kiriman terlalu besar. Kembali dan kirim yang lebih kecil."),
    "http_500": _l("Terjadi kesalahan pada Alur. Data Anda aman; coba lagi sebentar lagi."),
}
UNKNOWN = _l("Permintaan ini tidak dapat dijalankan (%(code)s).")

ANSWERS = {
    "required": _l("Isian ini wajib."),
    "unknown_field": _l("Isian ini tidak dikenal formulirnya. Muat ulang halaman."),
    "not_text": _l("Isi dengan teks biasa."),
    "not_a_number": _l("Isi dengan angka, misalnya 12 atau 12,5."),
    "not_an_integer": _l("Isi dengan bilangan bulat, tanpa koma."),
    "not_an_option": _l("Pilih salah satu yang tersedia."),
    "not_single": _l("Pilih satu saja."),
    "not_yes_or_no": _l("Jawab ya atau tidak."),
    "not_a_date": _l("Isi dengan tanggal, misalnya 31-12-2026."),
    "too_long": _l("Terlalu panjang: paling banyak %(limit)s huruf."),
    "too_short": _l("Terlalu pendek: paling sedikit %(limit)s huruf."),
    "too_small": _l("Terlalu kecil: paling sedikit %(limit)s."),
    "too_large": _l("Terlalu besar: paling banyak %(limit)s."),
    "empty_file": _l("Berkas ini kosong. Pilih berkas lain."),
    "no_name": _l("Berkas ini tidak bernama. Pilih berkas lain."),
    "no_file": _l("Pilih berkas dahulu."),
    "file_too_large": _l("Berkas ini terlalu besar. Pilih berkas yang lebih kecil."),
}
UNFIT = _l("Isian ini tidak sesuai.")

EVENTS = {
    "case_started": _l("SOP dimulai"),
    "case_completed": _l("SOP selesai"),
    "item_claimed": _l("Tugas diambil"),
    "item_released": _l("Tugas dilepaskan"),
    "item_completed": _l("Tugas diselesaikan"),
    "document_attached": _l("Dokumen dilampirkan"),
    "reminder_raised": _l("Pengingat dikirim"),
    "overdue_raised": _l("Keterlambatan dikabarkan"),
    "escalation_raised": _l("Keterlambatan dilaporkan kepada atasan"),
    "timers_fired": _l("Pewaktu menjalankan alur"),
    "incident": _l("Alur terhenti karena kesalahan"),
}

STATES = {
    "running": _l("Berjalan"),
    "incident": _l("Terhenti"),
    "completed": _l("Selesai"),
    "cancelled": _l("Ditarik"),
    "ready": _l("Belum diambil"),
    "claimed": _l("Dikerjakan"),
}

NOTICES = {
    "assigned": _l("Tugas baru"),
    "reminder": _l("Pengingat"),
    "overdue": _l("Terlambat"),
    "escalation": _l("Laporan keterlambatan"),
}
TONES = {"reminder": "soon", "overdue": "late", "escalation": "late"}

TITLES = {
    403: _l("Tidak boleh"),
    404: _l("Tidak ditemukan"),
    409: _l("Sudah berubah"),
    413: _l("Terlalu besar"),
    422: _l("Isian belum benar"),
    503: _l("Belum dapat dilayani"),
}
TITLE = _l("Ada yang tidak beres")

REASONS = {
    "weekend": _l("akhir pekan"),
    "holiday": _l("hari libur"),
    "closed": _l("bukan hari kerja"),
    "after_hours": _l("setelah jam kerja"),
    "before_hours": _l("sebelum jam kerja"),
    "break": _l("istirahat"),
    "start_day": _l("hari pertama tidak dihitung"),
    "moved": _l("jatuh pada hari libur, digeser"),
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
