"""What is wrong with a file, its preview or its print; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

DOCUMENTS: Mapping[str, str] = {
    "document_not_found": N_("Dokumen itu tidak ada."),
    "document_content_missing": N_("Isi dokumen itu hilang. Beri tahu administrator."),
    "storage_failed": N_("Dokumen tidak dapat disimpan atau dibuka. Coba lagi sebentar lagi."),
    "not_previewable": N_("Dokumen jenis ini tidak dapat dilihat di sini. Unduhlah dahulu."),
    "page_not_found": N_("Dokumen ini tidak punya halaman %(page)s; terakhir halaman %(last)s."),
    "preview_broken": N_(
        "Dokumen ini rusak atau terkunci, jadi tidak dapat dilihat di sini. Unduhlah, atau minta "
        "pengunggahnya menyimpan ulang lalu mengunggah versi baru."
    ),
    "preview_too_large": N_(
        "Dokumen ini terlalu besar atau terlalu rumit untuk dilihat di sini. Unduhlah dahulu."
    ),
    "preview_busy": N_("Pratinjau sedang banyak diminta. Coba lagi sebentar lagi."),
    "version_of_other_case": N_("Dokumen yang akan diganti itu milik kasus lain."),
    "file_not_writable": "Berkas %(file)s tidak dapat ditulis: %(reason)s.",
    "print_failed": N_("Cetakan tidak dapat disusun. Beri tahu administrator."),
}

# Why a file was refused: the field `reason` of invalid_answer.
FILES: Mapping[str, str] = {
    "lying_type": N_(
        "Berkas ini mengaku %(claimed)s, padahal isinya %(found)s. Pilih berkas yang benar, atau "
        "simpan ulang dari aplikasinya."
    ),
    "type_not_allowed": N_("Berkas berjenis %(found)s tidak diterima. Yang diterima: %(allowed)s."),
    "unclear_type": N_(
        "Berkas ini mengaku %(claimed)s, tetapi isinya tidak dikenali. Simpan ulang dari "
        "aplikasinya, lalu unggah."
    ),
    "unknown_type": N_("Jenis berkas ini tidak dikenali. Yang diterima: %(allowed)s."),
    "has_macros": N_("Berkas ini memuat makro, yang tidak diterima. Simpan ulang tanpa makro."),
    "is_locked": N_("Berkas ini terkunci kata sandi. Simpan ulang tanpa kata sandi."),
    "damaged": N_("Berkas ini rusak atau terpotong. Simpan ulang dari aplikasinya, lalu unggah."),
    "unpacks_too_large": N_("Isi berkas ini mengembang menjadi terlalu besar. Pilih berkas lain."),
}
