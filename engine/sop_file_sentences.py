"""What cannot be read of a BPMN file, or prepared to run; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

SOP_FILES: Mapping[str, str] = {
    "call_cycle": N_(
        "Langkah “%(element)s” memanggil SOP yang memanggil SOP ini kembali. Putuskan lingkarannya."
    ),
    "decision_missing": N_(
        "Langkah “%(element)s” menanyakan keputusan “%(decision)s”, yang tidak ada di berkas .dmn "
        "mana pun di sampingnya."
    ),
    "decision_twice": N_(
        "Keputusan “%(decision)s” ada di dua berkas .dmn, salah satunya %(file)s. Sisakan satu."
    ),
    "no_duration": N_("“%(text)s” tidak menyebut lama waktu."),
    "relative_duration": N_("“%(text)s” dihitung dari sebuah kejadian; tulis lamanya saja."),
    "window_duration": N_("“%(text)s” adalah jendela kalender, bukan lama waktu."),
    "ambiguous_duration": N_("“%(text)s” dapat dibaca lebih dari satu cara; tulis satu saja."),
    "invalid_duration": N_("“%(text)s” bukan lama waktu; contoh: 30 menit, 3 hari kerja, 1 bulan."),
    "invalid_timer": N_("Timer “%(text)s” tidak dapat dibaca; contoh: PT2H atau P3D."),
    "findings_block": N_("Berkas belum dapat dipasang. %(message)s"),
    "file_too_large": N_("Berkas itu terlalu besar (paling banyak %(limit)s bita)."),
    "empty_file": N_("Berkas itu kosong."),
    "malformed_xml": N_("Berkas bukan XML yang sah: rusak atau terpotong di baris %(line)s."),
    "forbidden_doctype": N_("Berkas memuat DOCTYPE, yang tidak diterima demi keamanan. Hapuslah."),
    "forbidden_xinclude": N_(
        "Baris %(line)s menyisipkan berkas lain (XInclude), yang tidak diterima demi keamanan. "
        "Hapuslah."
    ),
    "unsupported_encoding": N_("Penyandian huruf berkas ini tidak didukung; simpan sebagai UTF-8."),
    "wrong_namespace": N_("Berkas bukan BPMN 2.0: elemen akarnya bukan bpmn:definitions."),
    "no_process": N_(
        "Berkas tidak memuat proses yang dapat dijalankan. Tandai prosesnya dengan "
        'isExecutable="true".'
    ),
    "several_processes": N_(
        "Berkas memuat lebih dari satu proses yang dapat dijalankan; tandai satu, atau pisahkan."
    ),
    "invalid_id": N_("Elemen “%(element)s” tidak punya id yang sah (baris %(line)s)."),
    "duplicate_id": N_("Id “%(element)s” dipakai dua kali (baris %(line)s)."),
    "invalid_reference": N_("Elemen “%(element)s” menunjuk sesuatu yang bukan id."),
    "unknown_reference": N_(
        "Elemen “%(element)s” menunjuk id “%(value)s” (%(reference)s, baris %(line)s), yang tidak "
        "ada."
    ),
    "too_deep": N_("Berkas bersarang terlalu dalam."),
    "too_many_elements": N_("Berkas memuat terlalu banyak elemen."),
    "unknown_role": N_("Jalur “%(name)s” (%(element)s) meminta peran yang tidak dikenal."),
    "step_without_lane": N_("Kegiatan “%(element)s” tidak berada di jalur mana pun."),
    "mutu_baku_missing": N_("Kegiatan “%(element)s” belum punya mutu baku."),
    "not_executable": N_("Elemen “%(element)s” belum dapat dijalankan (%(reason)s)."),
    "expression_syntax": N_("Ungkapan “%(text)s” tidak dapat dibaca."),
    "expression_not_allowed": N_("Ungkapan “%(text)s” memakai hal yang tidak diizinkan."),
    "expression_too_large": N_("Ungkapan itu terlalu besar."),
    "expression_failed": N_("Ungkapan “%(text)s” gagal dihitung."),
    "script_language_unknown": N_(
        "Bahasa skrip “%(language)s” tidak dikenal; tulislah dalam Python."
    ),
}
