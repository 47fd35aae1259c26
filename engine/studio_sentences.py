"""What is wrong with a draft of an SOP, or with what is to become of an SOP; see
`engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

STUDIO: Mapping[str, str] = {
    "four_eyes_draft": N_(
        "Rancangan ini harus disahkan orang lain, karena Anda ikut membuat atau mengajukannya."
    ),
    "sop_draft_not_found": N_("Rancangan %(draft)s tidak ada."),
    "revision_not_found": N_("Revisi %(revision)s rancangan ini tidak ada."),
    "invalid_side": N_(
        "“%(side)s” tidak dapat dibandingkan. Pilih versi, revisi, atau rancangan dari daftar."
    ),
    "version_not_found": N_(
        "SOP “%(key)s” tidak punya versi %(version)s; yang terbaru versi %(newest)s."
    ),
    "sop_draft_exists": N_(
        "SOP ini sudah punya rancangan, terakhir diubah %(by)s %(at)s. Lanjutkan rancangan itu, "
        "atau buang dahulu."
    ),
    "sop_draft_changed": N_(
        "Rancangan ini sudah disimpan %(by)s %(at)s, setelah Anda membukanya. Yang Anda gambar "
        "belum menggantikannya: bandingkan, lalu pilih mana yang dipakai."
    ),
    "pen_taken": N_(
        "Rancangan ini sedang digambar %(by)s. Tunggu sampai selesai, atau ambil alih bila sudah "
        "tidak dikerjakan."
    ),
    "invalid_tab": N_("Permintaan pena tidak dapat dibaca. Muat ulang halaman."),
    "sop_draft_submitted": N_(
        "Rancangan ini sudah diajukan %(by)s %(at)s. Tarik kembali dahulu bila ingin mengubahnya."
    ),
    "sop_draft_approved": N_(
        "Rancangan ini sudah disahkan %(by)s %(at)s. Tarik kembali dahulu bila ingin mengubahnya; "
        "pengesahannya lalu gugur."
    ),
    "sop_draft_published": N_(
        "Rancangan ini sudah diterbitkan %(by)s %(at)s, jadi tidak dapat diubah lagi. Mulai "
        "rancangan baru dari versinya."
    ),
    "sop_draft_discarded": N_("Rancangan ini sudah dibuang %(by)s %(at)s."),
    "sop_draft_not_submitted": N_(
        "Rancangan ini belum diajukan, atau sudah ditarik kembali atau dikembalikan."
    ),
    "sop_key_taken": N_(
        "Kunci “%(key)s” sudah dipakai SOP “%(name)s”. Pilih kunci lain, atau mulai rancangan "
        "dari SOP itu."
    ),
    "sop_key_changed": N_(
        "Kunci prosesnya menjadi “%(found)s”, padahal rancangan ini milik SOP “%(key)s”. "
        "Kembalikan kuncinya: nama boleh berubah, kunci tidak."
    ),
    "invalid_sop_name": N_("Beri nama SOP, paling banyak %(limit)s huruf."),
    "invalid_sop_key": N_(
        "Kunci terdiri dari huruf kecil, angka, titik, dan tanda hubung, diawali huruf, paling "
        "banyak 60; misalnya “urus-izin”."
    ),
    "unknown_sop_role": N_("Peran “%(role)s” tidak dikenal."),
    "sop_has_errors": N_(
        "Rancangan ini masih punya %(count)s kesalahan. Perbaiki dahulu. Yang pertama: %(message)s"
    ),
    "sop_warnings": N_(
        "Ada %(count)s catatan tentang rancangan ini. Baca dahulu, lalu nyatakan bahwa catatannya "
        "sudah diperiksa."
    ),
    "sop_same_content": N_(
        "Isi rancangan ini sama dengan versi %(version)s yang terbaru, jadi tidak ada yang perlu "
        "diterbitkan."
    ),
    "invalid_effective_date": N_(
        "Tanggal berlakunya paling awal hari ini, paling lambat sepuluh tahun lagi."
    ),
    "cases_undecided": N_("Pilih dahulu apa yang terjadi pada kasus yang sedang berjalan."),
    "cases_move_later": N_(
        "Kasus hanya dapat dipindahkan ke versi yang sudah berlaku. Terbitkan dahulu, lalu "
        "pindahkan kasusnya dari daftar versi pada hari berlakunya."
    ),
    "sop_retired": N_(
        "SOP ini tidak berlaku lagi sejak %(at)s, jadi tidak dapat dimulai. Alasannya: %(why)s"
    ),
    "sop_not_retired": N_("SOP ini masih berlaku."),
    "sop_not_in_force": N_("SOP ini baru berlaku mulai %(day)s, jadi belum dapat dimulai."),
    "sop_is_called": N_(
        "SOP ini dipanggil SOP lain yang masih berlaku: %(names)s. Terbitkan dahulu versi barunya "
        "yang tidak memanggil SOP ini."
    ),
    "invalid_sop_files": N_("Berkas di samping diagram tidak dapat disimpan. %(reason)s"),
}

# Why the files beside a drawing were refused: the field `reason` of invalid_sop_files.
_FILES: Mapping[str, str] = {
    "too_many": N_("Berkasnya terlalu banyak: paling banyak 100."),
    "too_large": N_("Seluruhnya terlalu besar: paling banyak 2 MB."),
    "not_a_file_name": N_("Nama “%(name)s” harus berakhiran .form atau .dmn."),
}
STUDIO_REASONS: Mapping[str, Mapping[str, str]] = {"invalid_sop_files": _FILES}

# What asks for a second look before publishing: codes of `engine.studio_values.PublishPlan`.
CAUTIONS: Mapping[str, str] = {
    "number_missing": N_("Nomor SOP belum diisi pada identitasnya."),
    "number_unchanged": N_("Nomor SOP masih sama dengan versi yang terbaru."),
    "revision_date_missing": N_("Tanggal revisi belum diisi pada identitasnya."),
    "revision_date_unchanged": N_("Tanggal revisi masih sama dengan versi yang terbaru."),
    "effective_date_differs": N_(
        "Tanggal efektif pada identitas SOP berbeda dari tanggal berlaku yang dipilih."
    ),
    "base_moved": N_(
        "Sejak rancangan ini dimulai, sudah terbit versi lain. Periksa dalam perbandingan bahwa "
        "perubahannya tidak hilang."
    ),
    "retired": N_(
        "SOP ini sudah dinyatakan tidak berlaku. Versi baru tidak memberlakukannya lagi: itu "
        "dilakukan di halaman versinya."
    ),
    "newest_overtaken": N_(
        "Versi yang terbaru belum berlaku. Bila versi ini berlaku lebih dahulu, atau pada hari "
        "yang sama, versi itu tidak akan pernah berlaku."
    ),
    "same_content": N_("Isinya sama dengan versi yang terbaru: tidak ada yang perlu diterbitkan."),
}
