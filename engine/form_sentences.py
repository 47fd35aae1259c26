"""What is wrong with an answer in a form, and with a draft of one; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

DRAFTS: Mapping[str, str] = {
    "draft_changed": N_(
        "Draf ini sudah disimpan %(by)s %(at)s, setelah halaman Anda dibuka. Isian Anda belum "
        "menggantikannya: pilih mana yang dipakai."
    ),
    "draft_too_large": N_(
        "Isian ini terlalu panjang untuk disimpan sebagai draf. Pendekkan, atau selesaikan "
        "tugasnya."
    ),
    "draft_not_found": N_("Draf itu sudah tidak ada."),
}

# Why an answer was refused: the field `reason` of invalid_answer.
FORM_ANSWERS: Mapping[str, str] = {
    "ambiguous_number": N_(
        "“%(text)s” dapat berarti dua bilangan. Tulis ribuan tanpa tanda, misalnya %(thousands)s, "
        "dan pecahan dengan koma, misalnya 1,5."
    ),
    "too_precise": N_("Bilangan ini terlalu panjang: paling banyak %(limit)s angka seluruhnya."),
    "too_many_decimals": N_("Paling banyak %(limit)s angka di belakang koma."),
    "not_an_email": N_("Isi dengan alamat surel, misalnya nama@contoh.go.id."),
    "not_a_phone": N_("Isi dengan nomor telepon, misalnya 0812 3456 7890."),
    "wrong_pattern": N_("Bentuknya belum sesuai. Periksa keterangan isian ini."),
    "not_a_time": N_("Isi dengan jam, misalnya 09.30."),
    "not_a_moment": N_("Isi dengan tanggal dan jam, misalnya 31-12-2026 09.30."),
    "not_a_document": N_("Berkas ini tidak dikenal. Unggah sekali lagi."),
    "too_many_files": N_("Terlalu banyak berkas: paling banyak %(limit)s."),
    "wrong_kind": N_("Jenis berkas ini tidak diterima di sini. Pilih %(accept)s."),
    "not_rows": N_("Baris tabel ini tidak terbaca. Muat ulang halaman, lalu isi lagi."),
    "too_many_rows": N_("Terlalu banyak baris: paling banyak %(limit)s."),
    "too_few_rows": N_("Kurang baris: paling sedikit %(limit)s."),
    "too_many_columns": N_(
        "Yang ditempel punya lebih banyak kolom daripada tabel ini (%(limit)s kolom)."
    ),
}
