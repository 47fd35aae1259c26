"""Every error code as a plain sentence: what is wrong, where, and what to do.

Indonesian, with `%(field)s` placeholders; the web face translates these texts through its
catalogue (`N_` marks them for extraction), the command line prints them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from workflows.errors import SopError


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for this mark
    return text


SENTENCES: Mapping[str, str] = {
    # who may do what
    "wrong_credentials": N_("Nama pengguna atau kata sandi salah. Periksa lalu coba lagi."),
    "right_missing": N_("Anda tidak punya hak untuk ini. Hubungi administrator bila perlu."),
    "start_not_allowed": N_("Anda tidak boleh memulai SOP ini untuk unit itu."),
    "case_not_yours": N_("Kasus ini milik unit lain. Anda tidak dapat membukanya."),
    "item_not_yours": N_("Tugas ini untuk peran lain, jadi Anda tidak dapat mengerjakannya."),
    "item_claimed_by_other": N_("Tugas ini sedang dikerjakan %(by)s."),
    "item_not_claimed": N_("Tugas ini belum diambil siapa pun."),
    "unknown_locale": N_("Bahasa itu tidak tersedia."),
    # what does not exist
    "item_not_found": N_("Tugas itu tidak ada."),
    "case_not_found": N_("Kasus itu tidak ada."),
    "definition_not_found": N_("SOP “%(key)s” belum dipasang di sini."),
    "document_not_found": N_("Dokumen itu tidak ada."),
    "document_content_missing": N_("Isi dokumen itu hilang. Beri tahu administrator."),
    "person_not_found": N_("Pengguna “%(person)s” tidak ada."),
    "unit_not_found": N_("Unit “%(unit)s” tidak ada."),
    "unit_unknown": N_("Unit %(unit)s tidak dikenal. Beri tahu administrator."),
    # what has changed meanwhile
    "work_item_done": N_("Tugas ini sudah diselesaikan %(by)s (%(at)s)."),
    "work_item_not_open": N_("Tugas ini sudah tidak terbuka. Muat ulang halaman."),
    "work_item_withdrawn": N_("Tugas ini sudah ditarik: alurnya tidak melewatinya lagi."),
    "step_unknown": N_("Kegiatan ini tidak ada dalam SOP-nya. Beri tahu administrator."),
    "no_holder": N_("Belum ada pejabat untuk peran %(role_name)s. SOP belum dapat dimulai."),
    "no_units": N_("Unit %(unit)s tidak punya bagian berjenis %(kind)s yang diperlukan SOP ini."),
    "not_a_demo": N_("Sudah ada pengguna sungguhan di sini; data contoh tidak dimuat."),
    "state_of_another_definition": N_(
        "Kasus ini tidak cocok dengan SOP-nya. Beri tahu administrator."
    ),
    "state_version_unknown": N_(
        "Kasus ini disimpan oleh versi Alur yang lebih baru. Beri tahu administrator."
    ),
    "state_unreadable": N_("Keadaan kasus ini tidak terbaca. Beri tahu administrator."),
    # answers
    "invalid_answer": N_("Isian “%(label)s” belum benar (%(reason)s). Perbaiki lalu kirim lagi."),
    "invalid_json": N_("Data bukan objek JSON yang sah: %(reason)s."),
    "invalid_moment": N_("“%(text)s” bukan waktu ISO 8601, misalnya 2026-11-23T08:00+07:00."),
    "invalid_payload": N_("Data awal harus berupa objek JSON."),
    # durations and calendars
    "no_duration": N_("“%(text)s” tidak menyebut lama waktu."),
    "relative_duration": N_("“%(text)s” dihitung dari sebuah kejadian; tulis lamanya saja."),
    "window_duration": N_("“%(text)s” adalah jendela kalender, bukan lama waktu."),
    "ambiguous_duration": N_("“%(text)s” dapat dibaca lebih dari satu cara; tulis satu saja."),
    "invalid_duration": N_("“%(text)s” bukan lama waktu; contoh: 30 menit, 3 hari kerja, 1 bulan."),
    "unknown_zone": N_(
        "Zona waktu “%(zone)s” tidak dikenal; pakai Asia/Jakarta, Asia/Makassar atau Asia/Jayapura."
    ),
    "naive_moment": N_("Waktu itu tidak menyebut zonanya."),
    "needs_clock_time": N_("Menit dihitung dari jam: tulis tanggal beserta jamnya."),
    "no_working_hours": N_("Kalender itu tidak punya jam kerja (%(reason)s)."),
    "impossible_hours": N_("Jam kerja “%(text)s” tidak mungkin (%(reason)s)."),
    "impossible_week": N_("Minggu kerja harus memuat tujuh hari, bukan %(text)s."),
    "impossible_period": N_("Masa khusus “%(text)s” berakhir sebelum dimulai."),
    "overlapping_hours": N_("Jam kerja “%(text)s” saling bertumpuk."),
    "overlapping_periods": N_("Masa khusus “%(text)s” saling bertumpuk."),
    "invalid_timer": N_("Timer “%(text)s” tidak dapat dibaca; contoh: PT2H atau P3D."),
    "outside_calendar": N_("Tahun itu di luar kalender (1970 sampai 2200)."),
    # SOP files
    "findings_block": N_("Berkas belum dapat dipasang. %(message)s"),
    "file_too_large": N_("Berkas BPMN terlalu besar (paling banyak %(limit)s bita)."),
    "empty_file": N_("Berkas itu kosong."),
    "malformed_xml": N_("Berkas bukan XML yang sah: %(reason)s (baris %(line)s)."),
    "forbidden_doctype": N_("Berkas memuat DOCTYPE, yang tidak diterima demi keamanan. Hapuslah."),
    "unsupported_encoding": N_("Penyandian huruf berkas ini tidak didukung; simpan sebagai UTF-8."),
    "wrong_namespace": N_("Berkas bukan BPMN 2.0: elemen akarnya bukan bpmn:definitions."),
    "no_process": N_("Berkas tidak memuat proses yang dapat dijalankan."),
    "several_processes": N_("Berkas memuat lebih dari satu proses; pisahkan menjadi satu berkas."),
    "invalid_id": N_("Elemen “%(element)s” tidak punya id yang sah (baris %(line)s)."),
    "duplicate_id": N_("Id “%(element)s” dipakai dua kali (baris %(line)s)."),
    "invalid_reference": N_("Elemen “%(element)s” menunjuk sesuatu yang bukan id."),
    "unknown_reference": N_("Elemen “%(element)s” menunjuk id yang tidak ada."),
    "too_deep": N_("Berkas bersarang terlalu dalam."),
    "too_many_elements": N_("Berkas memuat terlalu banyak elemen."),
    "unknown_role": N_("Jalur “%(name)s” (%(element)s) meminta peran yang tidak dikenal."),
    "step_without_lane": N_("Kegiatan “%(element)s” tidak berada di jalur mana pun."),
    "mutu_baku_missing": N_("Kegiatan “%(element)s” belum punya mutu baku."),
    "invalid_form": N_("Formulir tidak dapat dibaca (%(reason)s)."),
    "not_executable": N_("Elemen “%(element)s” belum dapat dijalankan (%(reason)s)."),
    "expression_syntax": N_("Ungkapan “%(text)s” tidak dapat dibaca."),
    "expression_not_allowed": N_("Ungkapan “%(text)s” memakai hal yang tidak diizinkan."),
    "expression_too_large": N_("Ungkapan itu terlalu besar."),
    "expression_failed": N_("Ungkapan “%(text)s” gagal dihitung."),
    "file_not_readable": N_("Berkas %(file)s tidak dapat dibaca: %(reason)s."),
    # the installation
    "database_unavailable": N_("Basis data tidak menjawab: %(reason)s"),
    "schema_missing": N_("Basis data belum disiapkan. Jalankan “alur migrate”."),
    "storage_failed": N_("Dokumen tidak dapat disimpan. Coba lagi sebentar lagi."),
    "unknown_setting": N_("Setelan %(name)s tidak dikenal. Lihat docs/reference/settings.md."),
    "invalid_setting": N_("Setelan %(name)s bernilai “%(value)s”; yang diharapkan: %(reason)s."),
    "already_running": N_("Alur sudah berjalan untuk folder data ini, di %(url)s (pid %(pid)s)."),
    "address_taken": N_("Alamat %(address)s sudah dipakai program lain. Ubah ALUR_BIND."),
    "process_failed": N_(
        "%(name)s berhenti dengan kode %(exit_code)s. Catatan: %(log)s\n%(reason)s"
    ),
    "web_not_ready": N_("Web tidak menjawab di %(address)s. Lihat catatan: %(log)s"),
    "postgres_failed": N_("PostgreSQL tidak dapat dijalankan: %(reason)s. Catatan: %(log)s"),
    "postgres_not_installed": N_("Program PostgreSQL tidak ditemukan. Jalankan “make install”."),
    "postgres_still_running": N_("PostgreSQL lama masih memakai folder data ini (pid %(pid)s)."),
    "postgres_version_mismatch": N_(
        "Folder %(folder)s dibuat PostgreSQL %(found)s, sedangkan yang terpasang %(expected)s."
    ),
    "valkey_failed": N_("Valkey tidak dapat dijalankan: %(reason)s. Catatan: %(log)s"),
    "valkey_not_installed": N_("Program Valkey tidak ditemukan. Jalankan “make install”."),
    "folder_not_ours": N_("Folder %(folder)s tidak dapat dipakai: %(reason)s."),
    "not_a_database_folder": N_("Folder %(folder)s bukan folder basis data Alur."),
    "database_password_lost": N_("Kata sandi basis data hilang dari %(folder)s."),
    "data_folder_busy": N_("Folder data sedang dipakai panggilan lain. Coba lagi sebentar lagi."),
    "assets_missing": N_("Tampilan web belum dibangun. Jalankan “make install”."),
    "usage": N_("%(reason)s"),
}
UNKNOWN = N_("Permintaan ini tidak dapat dijalankan (%(code)s).")


def template_of(code: str) -> str:
    """The Indonesian text of a code, with its placeholders."""
    return SENTENCES.get(code, UNKNOWN)


def explain(error: SopError) -> str:
    """The sentence of the error with its fields filled in; a missing field stays empty."""
    return template_of(error.code) % defaultdict(str, error.fields, code=error.code)
