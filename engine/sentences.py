"""Every error code as a plain sentence: what is wrong, where, and what to do.

Indonesian, with `%(field)s` placeholders. What pages can meet is marked with `N_` and translated
by the web's catalogue; the command line prints the texts as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date

from engine.account_sentences import ACCOUNT_REASONS, ACCOUNTS
from engine.calendar_sentences import CALENDAR_REASONS, CALENDARS
from engine.decision_sentences import DECISION_REASONS, DECISIONS
from engine.document_sentences import DOCUMENTS, FILES
from engine.form_sentences import DRAFTS, FORM_ANSWERS
from engine.handover_sentences import HANDOVER_REASONS, HANDOVERS
from engine.inbox_sentences import INBOXES
from engine.incident_sentences import explain_failure
from engine.judgement_sentences import JUDGEMENTS
from engine.organisation_sentences import ORGANISATION, ORGANISATION_REASONS
from engine.picture_sentences import PICTURES
from engine.sop_file_sentences import SOP_FILES
from engine.sop_form_sentences import SOP_FORM_REASONS, SOP_FORMS
from engine.studio_sentences import STUDIO, STUDIO_REASONS
from engine.time_sentences import TIME_REASONS, TIMES
from engine.trial_sentences import TRIALS
from workflows.errors import SopError
from workflows.said import N_, Said
from workflows.workdays import to_local, zone_label

_FIELD = re.compile(r"%\((\w+)\)s")
DAYS = ("since", "until")  # fields that are days
SENTENCES: Mapping[str, str] = {
    **ACCOUNTS,
    **CALENDARS,
    **TIMES,
    **HANDOVERS,
    **ORGANISATION,
    **PICTURES,
    **DOCUMENTS,
    **DRAFTS,
    **INBOXES,
    **JUDGEMENTS,
    **STUDIO,
    **SOP_FILES,
    **SOP_FORMS,
    **TRIALS,
    "right_missing": N_("Anda tidak punya hak untuk ini. Hubungi administrator bila perlu."),
    "start_not_allowed": N_("Anda tidak boleh memulai SOP ini untuk unit itu."),
    "case_not_yours": N_("Kasus ini milik unit lain. Anda tidak dapat membukanya."),
    "item_not_yours": N_("Tugas ini untuk peran lain, jadi Anda tidak dapat mengerjakannya."),
    "item_claimed_by_other": N_("Tugas ini sedang dikerjakan %(by)s."),
    "four_eyes": N_(
        "Tugas ini harus dikerjakan orang lain, karena Anda (atau orang yang Anda gantikan) "
        "mengerjakan langkah pasangannya."
    ),
    "item_delegated": N_("Tugas ini sedang disiapkan %(by)s. Tarik kembali dahulu."),
    "item_not_delegated": N_("Tugas ini tidak sedang diserahkan kepada siapa pun."),
    "item_not_delegated_to_you": N_("Tugas ini tidak diserahkan kepada Anda."),
    "not_superior": N_(
        "Hanya atasan pelaksana tugas ini yang dapat menugaskannya kepada orang lain."
    ),
    "item_not_claimed": N_("Tugas ini belum diambil siapa pun."),
    "work_item_done": N_("Tugas ini sudah diselesaikan %(by)s %(at)s."),
    "work_item_not_open": N_("Tugas ini sudah tidak terbuka. Muat ulang halaman."),
    "work_item_withdrawn": N_("Tugas ini sudah ditarik: alurnya tidak melewatinya lagi."),
    "item_not_found": N_("Tugas %(item)s tidak ada."),
    "case_not_found": N_("Kasus %(case)s tidak ada."),
    "definition_not_found": N_("SOP “%(key)s” belum dipasang di sini."),
    "feed_kept": N_(
        "Alamat kalender Anda tidak diganti: sudah ada yang berlaku. Bila alamat itu hilang, "
        "akhiri dan buat yang baru di bawah ini."
    ),
    "feed_not_found": N_("Alamat kalender ini tidak berlaku, atau sudah dicabut."),
    "unsubscribe_not_found": N_("Alamat ini tidak berlaku. Atur pemberitahuan dari menu Anda."),
    "person_not_found": N_("Pengguna “%(person)s” tidak ada."),
    "unit_not_found": N_("Unit “%(unit)s” tidak ada."),
    "unit_unknown": N_("Unit %(unit)s tidak dikenal. Beri tahu administrator."),
    "step_unknown": N_("Kegiatan ini tidak ada dalam SOP-nya. Beri tahu administrator."),
    "no_holder": N_(
        "Belum ada pejabat untuk peran %(role_name)s di %(unit)s. SOP belum dapat dimulai."
    ),
    "not_an_agency": N_("Unit “%(unit)s” bukan bagian dari sebuah perangkat daerah."),
    "message_ambiguous": N_("Lebih dari satu kasus menunggu pesan “%(name)s”: %(listed)s."),
    "message_start_ambiguous": N_(
        "Lebih dari satu SOP dimulai dengan pesan “%(name)s”: %(listed)s."
    ),
    "message_id_taken": N_("Id “%(message_id)s” sudah dipakai untuk kiriman lain."),
    "topic_not_allowed": N_("Kunci ini tidak boleh mengambil pekerjaan bertopik “%(topic)s”."),
    "job_not_found": N_("Pekerjaan %(job)s tidak ada."),
    "job_not_yours": N_("Pekerjaan ini sedang dikunci %(by)s."),
    "job_not_open": N_("Pekerjaan ini sudah tidak terbuka."),
    "value_not_storable": N_("Isinya tidak dapat disimpan bersama kasus. Perbaikilah."),
    "job_result_not_record": N_("Hasil pekerjaan ini harus berupa objek JSON."),
    "subscription_not_open": N_("Tidak ada lagi yang menunggu pesan ini di kasus itu."),
    "invalid_result": N_("Hasil pekerjaan tidak dapat dipakai. %(reason)s"),
    "key_invalid": N_("Kunci tidak dikenal atau sudah dicabut."),
    "invalid_request": N_("Permintaan tidak dapat dibaca. %(reason)s"),
    "definition_lost": N_("Definisi SOP yang dipanggil kasus ini hilang. Beri tahu administrator."),
    "no_incident": N_("Kasus ini tidak sedang terhenti."),
    "case_suspended": N_("Kasus ini ditangguhkan %(by)s %(at)s. Alasannya: %(note)s"),
    "case_not_suspended": N_("Kasus ini tidak sedang ditangguhkan."),
    "case_ended": N_("Kasus ini sudah berakhir, jadi tidak dapat diubah lagi."),
    "token_not_open": N_("Langkah itu sudah tidak terbuka. Muat ulang halaman."),
    "node_ambiguous": N_("Langkah “%(node)s” terbuka lebih dari satu kali. Pilih salah satunya."),
    "node_not_found": N_("Langkah “%(node)s” tidak ada dalam SOP ini."),
    "cannot_skip": N_("Percabangan tidak dapat dilewati. Pindahkan saja ke langkah tujuannya."),
    "cannot_move": N_("Tidak dapat dipindahkan ke sana: %(reason)s"),
    "invalid_payload": N_("Data kasus tidak dapat dipakai. %(reason)s"),
    "value_not_json": N_('Nilai itu bukan JSON. Contoh: 12, true, ["a", "b"].'),
    "reason_missing": N_("Tuliskan alasannya, paling banyak %(limit)s huruf."),
    "nothing_changed": N_("Tidak ada nilai yang berubah."),
    "no_units": N_("Unit %(unit)s tidak punya bagian berjenis %(kind)s yang diperlukan SOP ini."),
    "unknown_locale": N_("Bahasa itu tidak tersedia."),
    "state_of_another_definition": N_(
        "Kasus ini tidak cocok dengan SOP-nya. Beri tahu administrator."
    ),
    "state_version_unknown": N_(
        "Kasus ini disimpan oleh versi Alur yang lebih baru. Beri tahu administrator."
    ),
    "state_unreadable": N_("Keadaan kasus ini tidak terbaca. Beri tahu administrator."),
    "outside_calendar": N_("Tanggal itu di luar kalender kerja yang dikenal Alur."),
    "database_busy": N_("Basis data sedang sibuk. Coba lagi sebentar lagi."),
    "unstorable_value": N_("Isian memuat huruf atau angka yang tidak dapat disimpan. Perbaikilah."),
}

# Why an answer was refused: the field `reason` of invalid_answer.
ANSWERS: Mapping[str, str] = {
    "required": N_("Isian ini wajib."),
    "unknown_field": N_("Isian ini tidak dikenal formulirnya. Muat ulang halaman."),
    "not_text": N_("Isi dengan teks biasa."),
    "not_a_number": N_("Isi dengan angka, misalnya 12 atau 12,5."),
    "not_an_integer": N_("Isi dengan bilangan bulat, tanpa koma."),
    "not_an_option": N_("Pilih salah satu yang tersedia."),
    "not_single": N_("Pilih satu saja."),
    "not_yes_or_no": N_("Jawab ya atau tidak."),
    "not_a_date": N_("Isi dengan tanggal, misalnya 31-12-2026."),
    "too_long": N_("Terlalu panjang: paling banyak %(limit)s huruf."),
    "too_short": N_("Terlalu pendek: paling sedikit %(limit)s huruf."),
    "too_small": N_("Terlalu kecil: paling sedikit %(limit)s."),
    "too_large": N_("Terlalu besar: paling banyak %(limit)s."),
    "empty_file": N_("Berkas ini kosong. Pilih berkas lain."),
    "no_name": N_("Berkas ini tidak bernama. Pilih berkas lain."),
    "no_file": N_("Pilih berkas dahulu."),
    "file_too_large": N_("Berkas ini terlalu besar. Pilih berkas yang lebih kecil."),
    **FILES,
    **FORM_ANSWERS,
}
# Why start data was refused: the field `reason` of invalid_payload.
PAYLOADS: Mapping[str, str] = {
    "invalid_name": N_("“%(field)s” tidak dapat menjadi nama: 1 sampai 200 huruf biasa."),
    "not_json": N_("Isi “%(field)s” bukan nilai JSON."),
    "not_text": N_("Isi “%(field)s” memuat tanda yang tidak dapat disimpan."),
    "not_a_number": N_("Bilangan dalam “%(field)s” tak hingga atau terlalu besar."),
    "too_deep": N_("Isi “%(field)s” bersarang terlalu dalam."),
    "too_large": N_("Seluruhnya paling banyak %(limit)s bita."),
    "not_a_key": N_("“%(field)s” harus berupa teks, bilangan, atau ya/tidak."),
}
# Why the body of a request was refused: the field `reason` of invalid_request.
REQUESTS: Mapping[str, str] = {
    "not_json": N_("Isinya bukan JSON yang sah."),
    "not_an_object": N_("Isinya harus berupa objek JSON."),
    "unknown_field": N_("Isian “%(field)s” tidak dikenal."),
    "required": N_("Isian “%(field)s” wajib ada."),
    "not_string": N_("Isian “%(field)s” harus berupa teks."),
    "not_integer": N_("Isian “%(field)s” harus berupa bilangan bulat."),
    "not_number": N_("Isian “%(field)s” harus berupa bilangan."),
    "not_object": N_("Isian “%(field)s” harus berupa objek JSON."),
    "not_array": N_("Isian “%(field)s” harus berupa daftar."),
    "length": N_("Isian “%(field)s” terlalu pendek atau terlalu panjang."),
    "range": N_("Isian “%(field)s” harus antara %(least)s dan %(most)s."),
}
# Why a token cannot be moved there: the field `reason` of cannot_move.
MOVES: Mapping[str, str] = {
    "iteration": N_("satu ulangan tidak dapat keluar dari langkah berulangnya."),
    "not_around": N_("langkah itu berada di bagian lain dari alur."),
    "no_flow": N_("ke sana tidak ada alur yang masuk."),
    "join": N_("di sana alur menunggu cabang lain."),
}
# Why a case stays on its version.
MIGRATIONS: Mapping[str, str] = {
    "no_target": N_("tidak ada padanannya di versi baru"),
    "other_kind": N_("padanannya berjenis lain"),
    "other_scope": N_("padanannya berada di bagian lain dari alur"),
    "other_loop": N_("padanannya berulang dengan cara lain"),
    "other_flow": N_("alur yang dilalui tidak ada padanannya"),
    "no_holder": N_("belum ada pejabat untuk perannya di versi baru"),
    "case_suspended": N_("kasus sedang ditangguhkan; lanjutkan dahulu"),
}
UNFIT = N_("Isian ini tidak sesuai.")
UNKNOWN = N_("Permintaan ini tidak dapat dijalankan (%(code)s).")

# What only an operator at the command line meets.
OPERATOR_SENTENCES: Mapping[str, str] = {
    **DECISIONS,
    "not_a_demo": "Sudah ada pengguna sungguhan di sini, jadi data contoh tidak dimuat. "
    "Jalankan tanpa --demo.",
    "invalid_answer": "Isian “%(label)s” belum benar. %(reason)s",
    "internal_error": "Terjadi kesalahan pada Alur: %(reason)s. Laporkan beserta catatan di atas.",
    "invalid_json": "Data bukan objek JSON yang sah: %(reason)s.",
    "invalid_moment": "“%(text)s” bukan waktu ISO 8601, misalnya 2026-11-23T08:00+07:00.",
    "unknown_zone": (
        "Zona waktu “%(text)s” tidak dikenal; pakai Asia/Jakarta, Asia/Makassar atau Asia/Jayapura."
    ),
    "naive_moment": "Waktu itu tidak menyebut zonanya.",
    "needs_clock_time": "Menit dihitung dari jam: tulis tanggal beserta jamnya.",
    "no_working_hours": "Kalender itu tidak punya jam kerja (%(reason)s).",
    "impossible_hours": "Jam kerja “%(text)s” tidak mungkin (%(reason)s).",
    "impossible_week": "Minggu kerja tidak mungkin (%(text)s, %(reason)s).",
    "impossible_period": "Masa khusus “%(text)s” berakhir sebelum dimulai.",
    "overlapping_hours": "Jam kerja “%(text)s” saling bertumpuk.",
    "overlapping_weeks": "Masa berlaku minggu kerja “%(text)s” saling bertumpuk.",
    "overlapping_periods": "Masa khusus “%(text)s” saling bertumpuk.",
    "file_not_readable": "Berkas %(file)s tidak dapat dibaca: %(reason)s.",
    "key_exists": "Sudah pernah ada kunci bernama “%(name)s”; pakailah nama lain.",
    "key_not_found": "Kunci “%(name)s” tidak ada.",
    "database_unavailable": "Basis data tidak dapat dipakai: %(reason)s",
    "schema_missing": "Basis data belum disiapkan. Jalankan “alur schema upgrade”.",
    "unknown_setting": "Setelan %(name)s tidak dikenal. Lihat docs/reference/settings.md.",
    "invalid_setting": "Setelan %(name)s bernilai “%(value)s”; yang diharapkan: %(expected)s.",
    "setting_missing": "Setelan %(name)s belum diisi, padahal %(beside)s sudah.",
    "already_running": "Alur sudah berjalan untuk folder data ini, di %(url)s (pid %(pid)s).",
    "address_taken": "Alamat %(address)s tidak dapat dipakai: %(reason)s. Ubah ALUR_BIND.",
    "process_failed": "%(name)s berhenti dengan kode %(exit_code)s. Catatan: %(log)s\n%(reason)s",
    "web_not_ready": "Web tidak menjawab di %(address)s. Lihat catatan: %(log)s",
    "postgres_failed": "PostgreSQL tidak dapat dijalankan: %(reason)s. Catatan: %(log)s",
    "postgres_not_installed": "Program PostgreSQL tidak ditemukan. Jalankan “make install”.",
    "postgres_still_running": "PostgreSQL lama masih memakai folder data ini (pid %(pid)s).",
    "postgres_version_mismatch": (
        "Folder %(folder)s dibuat PostgreSQL %(found)s, sedangkan yang terpasang %(expected)s."
    ),
    "valkey_failed": "Valkey tidak dapat dijalankan: %(reason)s. Catatan: %(log)s",
    "valkey_not_installed": "Program Valkey tidak ditemukan. Jalankan “make install”.",
    "folder_not_ours": "Folder %(folder)s tidak dapat dipakai: %(reason)s.",
    "not_a_database_folder": "Folder %(folder)s bukan folder basis data Alur.",
    "database_password_lost": "Kata sandi basis data hilang: %(file)s tidak terbaca.",
    "data_folder_busy": "Folder data sedang dipakai panggilan lain. Coba lagi sebentar lagi.",
    "assets_missing": "Tampilan web belum dibangun. Jalankan “make install”.",
    "file_beside": "Sebut berkas BPMN saja; formulir dan tabel keputusan di sampingnya dibaca "
    "sendiri.",
    "usage": "%(reason)s",
}

# What the command line says where a page would have the reader load it again; the case is known.
COMMAND_LINE: Mapping[str, str] = {
    "token_not_open": "Langkah “%(token)s” tidak sedang terbuka; lihat alur trace %(case)s.",
}

REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_answer": ANSWERS,
    "invalid_payload": PAYLOADS,
    "cannot_move": MOVES,
    "invalid_request": REQUESTS,
    **ACCOUNT_REASONS,
    **DECISION_REASONS,
    **CALENDAR_REASONS,
    **TIME_REASONS,
    **HANDOVER_REASONS,
    **ORGANISATION_REASONS,
    **STUDIO_REASONS,
    **SOP_FORM_REASONS,
}


def explain(error: SopError, zone: str = "Asia/Jakarta") -> Said:
    """The sentence of the error with its fields filled in, moments in that zone; a missing field
    stays empty."""
    given = {name: value for name, value in error.fields.items() if value is not None}
    fields = defaultdict(str, given, code=error.code)
    if isinstance(fields.get("at"), str):
        fields["at"] = _moment(str(fields["at"]), zone)
    for name in given.keys() & DAYS:
        day = datetime.fromisoformat(str(given[name])).date()  # of a moment too
        fields[name] = format_date(day, "d MMMM y", locale="id")
    template = SENTENCES.get(error.code) or OPERATOR_SENTENCES.get(error.code, UNKNOWN)
    if "case" in fields:
        template = COMMAND_LINE.get(error.code, template)
    if error.code in REASONS:
        fields["label"] = fields["label"] or fields["field"]
        inner, more = inner_reason(error)
        fields["reason"] = _fill(inner, {**fields, **more})
    elif error.code == "invalid_result":
        fields["reason"] = explain_failure(str(fields["reason"]))
    return _fill(template, fields)


def _fill(template: str, fields: Mapping[str, object]) -> Said:
    return Said(template, **{name: fields.get(name, "") for name in _FIELD.findall(template)})


def inner_reason(error: SopError) -> tuple[str, Mapping[str, object]]:
    """Of an error in REASONS: the template of its `reason`, and what that needs besides the
    fields of the error."""
    reason = str(error.fields.get("reason"))
    if (error.fields.get("field"), reason) == ("berkas", "too_large"):
        reason = "file_too_large"  # the limit counts bytes, not what was typed in
    least, dots, most = reason.partition("..")
    if error.code == "invalid_request" and dots:
        return REQUESTS["range"], {"least": least, "most": most}
    return REASONS[error.code].get(reason, UNFIT), {}


def _moment(text: str, zone: str) -> str:
    """`22-11-2026 16.09 WIB`"""
    local = to_local(zone, datetime.fromisoformat(text))
    return f"{local:%d-%m-%Y %H.%M} {zone_label(zone)}"
