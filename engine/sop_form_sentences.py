"""What is wrong with a form of a draft, and with a file that is to be imported; see
`engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

SOP_FORMS: Mapping[str, str] = {
    "sop_form_not_found": N_("Rancangan ini tidak punya formulir “%(name)s”."),
    "sop_form_exists": N_("Formulir “%(name)s” sudah ada di rancangan ini. Pilih nama lain."),
    "sop_form_changed": N_(
        "Formulir ini sudah disimpan %(by)s %(at)s, setelah Anda membukanya. Perubahan Anda belum "
        "menggantikannya: muat ulang halaman, lalu pilih mana yang dipakai."
    ),
    "invalid_form_name": N_("Beri nama formulir dengan huruf atau angka, misalnya “telaah”."),
    "unknown_form_step": N_("Langkah itu tidak ada di rancangan ini. Muat ulang halaman."),
    "invalid_form": N_("Formulir ini tidak dapat dipakai. %(reason)s"),
    "sop_file_missing": N_("Pilih berkas BPMN, atau ZIP yang memuatnya."),
    "sop_file_kind": N_(
        "“%(name)s” bukan berkas BPMN, formulir, atau tabel keputusan. Ekspor dari alat asalnya "
        "sebagai BPMN 2.0 XML."
    ),
    "sop_zip_broken": N_("Berkas ZIP “%(name)s” rusak atau berkata sandi. Buat lagi tanpa sandi."),
    "sop_zip_too_large": N_(
        "Isi ZIP terlalu besar: paling banyak %(files)s berkas dan %(size)s MB seluruhnya."
    ),
    "sop_file_no_bpmn": N_("Di antara berkas itu tidak ada yang berakhiran “.bpmn” atau “.xml”."),
    "sop_file_several_bpmn": N_(
        "Ada beberapa berkas BPMN: %(names)s. Impor satu per satu, masing-masing dengan "
        "formulirnya."
    ),
    "sop_file_twice": N_("Dua berkas bernama “%(name)s”. Sisakan satu."),
    "sop_file_not_drawing": N_(
        "Isi “%(name)s” bukan gambar alur, apa pun namanya. Ekspor dari alat asalnya sebagai "
        "BPMN 2.0 XML."
    ),
    "sop_file_no_process": N_(
        "Di berkas itu tidak ada proses yang digambar, hanya pihak atau catatan. Gambar "
        "langkahnya di alat asalnya, lalu ekspor lagi."
    ),
    "sop_file_not_text": N_("“%(name)s” bukan teks UTF-8. Simpan lagi sebagai UTF-8."),
    "unknown_import_process": N_("Proses itu tidak ada di berkasnya. Pilih dari daftar."),
    "sop_import_too_large": N_(
        "Berkas ini terlalu besar untuk diimpor. Kurangi formulir dan lampirannya."
    ),
    "sop_upload_too_large": N_("“%(name)s” terlalu besar: paling banyak 8 MB."),
    "import_gone": N_("Berkas yang diperiksa tadi tidak ikut terkirim. Unggah sekali lagi."),
}

# Why a form was refused: the field `reason` of invalid_form.
_FORM: Mapping[str, str] = {
    "not_json": N_("Bukan JSON yang sah: keliru di baris %(line)s, huruf ke-%(column)s."),
    "too_large": N_("Terlalu besar: paling banyak %(limit)s komponen atau huruf."),
    "unstorable": N_("Memuat huruf atau bilangan yang tidak dapat disimpan."),
    "not_a_form": N_("Bukan skema form-js: isiannya harus ada di “components”."),
    "invalid_key": N_(
        "Kunci isian “%(field)s” hanya boleh huruf, angka, dan garis bawah, diawali huruf."
    ),
    "duplicate_key": N_("Kunci “%(field)s” dipakai dua isian. Ubah salah satunya."),
    "unsupported_type": N_(
        "Isian “%(field)s” berjenis “%(type)s”, yang tidak didukung di tempat itu. Hapus atau "
        "ganti jenisnya."
    ),
    "invalid_value": N_("Setelan “%(name)s” pada isian “%(field)s” tidak sah."),
    "no_options": N_("Isian “%(field)s” belum punya pilihan jawaban. Tulis pilihannya."),
    "no_columns": N_("Tabel “%(field)s” belum punya kolom. Taruh isian di dalamnya."),
    "invalid_pattern": N_("Pola (pattern) pada isian “%(field)s” tidak dapat dibaca."),
    "invalid_expression": N_("Syarat tampil pada isian “%(field)s” tidak dapat dibaca."),
}
SOP_FORM_REASONS: Mapping[str, Mapping[str, str]] = {"invalid_form": _FORM}
