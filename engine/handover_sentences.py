"""What is wrong with a leave, a handing over, a question or a comment; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

HANDOVERS: Mapping[str, str] = {
    "invalid_leave": N_("Cuti belum dapat dicatat. %(reason)s"),
    "leave_not_yours": N_(
        "Cuti seseorang dicatat oleh dirinya sendiri, atasannya, atau administrator."
    ),
    "leave_not_found": N_("Cuti itu tidak ada."),
    "leave_over": N_("Cuti itu sudah berakhir atau dibatalkan, jadi tidak dapat diubah lagi."),
    "leave_overlaps": N_(
        "%(person)s sudah cuti %(since)s sampai %(until)s. Ubahlah cuti itu, atau pilih tanggal "
        "lain."
    ),
    "substitute_self": N_("Seseorang tidak dapat menggantikan dirinya sendiri. Pilih orang lain."),
    "substitute_away": N_(
        "Pengganti sedang cuti: %(person)s tidak ada %(since)s sampai %(until)s. Pilih pengganti "
        "lain, atau ubah tanggalnya."
    ),
    "substitute_loop": N_(
        "Penggantian ini berputar: %(persons)s saling menggantikan pada hari yang sama, sehingga "
        "tidak ada yang bertugas. Pilih pengganti lain."
    ),
    "colleague_ended": N_("Akun %(person)s sudah tidak berlaku. Pilih orang lain."),
    "colleague_away": N_(
        "%(person)s sedang cuti sampai %(until)s dan digantikan %(substitute)s. Pilih orang lain, "
        "misalnya penggantinya."
    ),
    "colleague_self": N_("Pilih orang lain: ini Anda sendiri."),
    "colleague_outside": N_(
        "%(person)s tidak dapat membuka kasus ini, jadi tugasnya tidak dapat diserahkan kepadanya. "
        "Pilih rekan lain, atau tanyakan saja pendapatnya."
    ),
    "colleague_barred": N_(
        "%(person)s mengerjakan langkah pasangan tugas ini, jadi harus orang lain. Pilih rekan "
        "lain."
    ),
    "not_a_performer": N_(
        "%(person)s tidak memegang peran untuk tugas ini. Pilih salah satu pemegangnya."
    ),
    "already_with": N_("Tugas ini sudah ada pada %(person)s."),
    "invalid_handover": N_("Penyerahan belum benar. %(reason)s"),
    "invalid_text": N_("Teksnya belum dapat disimpan. %(reason)s"),
    "question_not_found": N_("Pertanyaan itu tidak ada."),
    "question_not_yours": N_("Pertanyaan ini bukan untuk Anda."),
    "question_closed": N_("Pertanyaan ini sudah dijawab atau ditarik."),
    "comment_not_allowed": N_(
        "Auditor membaca kasus ini tanpa mengubah apa pun, jadi tidak dapat berkomentar di sini."
    ),
    "mention_unknown": N_(
        "Tidak ada pengguna bernama %(logins)s. Komentar belum dikirim; perbaiki namanya, lalu "
        "kirim lagi."
    ),
    "mention_outside": N_(
        "%(persons)s tidak boleh membuka kasus ini, jadi tidak dapat disebut di sini. Komentar "
        "belum dikirim kepada siapa pun; hapus sebutannya, lalu kirim lagi."
    ),
}
# Why a leave was refused: the field `reason` of invalid_leave.
_LEAVES: Mapping[str, str] = {
    "backwards": N_("Tanggal akhirnya sebelum tanggal mulainya."),
    "past": N_("Tanggalnya sudah lewat: cuti dicatat mulai hari ini."),
    "too_long": N_("Cuti paling lama satu tahun sekali catat."),
    "begun": N_("Cuti ini sudah mulai, jadi tanggal mulainya tetap."),
    "no_jabatan": N_("Orang ini tidak memegang jabatan apa pun pada tanggal itu."),
    "not_held": N_("Jabatan yang dipilih tidak dipegang orang ini pada tanggal itu."),
    "not_a_date": N_("Isi kedua tanggal, misalnya 2026-12-31."),
    "none_chosen": N_("Pilih paling sedikit satu jabatan."),
}
_HANDOVERS: Mapping[str, str] = {
    "unknown": N_("Pilihan ini tidak dikenal. Muat ulang halaman."),
}
_TEXTS: Mapping[str, str] = {
    "required": N_("Tuliskan sesuatu dahulu."),
    "too_long": N_("Terlalu panjang: paling banyak %(limit)s huruf."),
    "too_many": N_("Sebut paling banyak %(limit)s orang sekaligus."),
    "not_text": N_("Ada tanda yang tidak dapat disimpan. Hapuslah."),
}
HANDOVER_REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_leave": _LEAVES,
    "invalid_handover": _HANDOVERS,
    "invalid_text": _TEXTS,
}
