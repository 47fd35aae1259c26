"""What is wrong with a log-in, a password, a second factor or a token; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

ACCOUNTS: Mapping[str, str] = {
    "wrong_credentials": N_("Nama pengguna atau kata sandi salah. Periksa lalu coba lagi."),
    "too_many_tries": N_(
        "Terlalu banyak percobaan. Tunggu %(minutes)s menit, lalu coba lagi; sebelum itu kata "
        "sandi yang benar pun belum diterima."
    ),
    "login_expired": N_("Waktu untuk kode sudah habis. Masuk sekali lagi dari awal."),
    "wrong_code": N_(
        "Kode itu tidak cocok, atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba "
        "lagi. Jam ponsel harus tepat."
    ),
    "factor_unreadable": N_(
        "Kode kedua Anda tidak dapat diperiksa lagi. Pakai kode pemulihan, atau minta "
        "administrator menyetel ulang."
    ),
    "factor_on": N_("Kode kedua sudah aktif. Matikan dahulu bila ingin memasang yang baru."),
    "factor_off": N_("Kode kedua tidak aktif."),
    "factor_not_begun": N_("Mulai lagi pemasangan kode kedua dari awal."),
    "factor_required": N_("Instansi Anda mewajibkan kode kedua, jadi tidak dapat dimatikan."),
    "wrong_password": N_("Kata sandi Anda yang sekarang tidak cocok. Periksa lalu coba lagi."),
    "invalid_password": N_("Kata sandi baru belum dapat dipakai. %(reason)s"),
    "breached_file_unreadable": N_(
        "Daftar kata sandi yang bocor tidak dapat dibaca. Beri tahu administrator."
    ),
    "link_invalid": N_(
        "Tautan ini sudah dipakai, sudah diganti, atau lewat waktunya. Minta yang baru lewat "
        "“Lupa kata sandi?”."
    ),
    "email_missing": N_("Orang ini belum punya alamat surel. Isi dahulu alamatnya."),
    "account_ended": N_("Akun Anda sudah diakhiri. Hubungi administrator bila ini keliru."),
    "session_not_found": N_("Sesi itu sudah berakhir."),
    "token_not_found": N_("Token itu tidak ada, atau sudah dicabut."),
    "token_invalid": N_("Token ini tidak dikenal, sudah dicabut, atau lewat waktunya."),
    "too_many_tokens": N_("Token Anda sudah %(most)s. Cabut dahulu yang tidak dipakai."),
    "invalid_token": N_("Token belum dapat dibuat. %(reason)s"),
    "key_reused": N_("Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai yang baru."),
    "key_in_use": N_("Permintaan dengan Idempotency-Key ini masih dikerjakan. Coba lagi sebentar."),
    "oidc_off": N_("Masuk lewat penyedia identitas tidak diaktifkan di sini."),
    "oidc_unavailable": N_(
        "Penyedia identitas tidak menjawab. Coba lagi sebentar, atau masuk dengan kata sandi."
    ),
    "oidc_refused": N_("Penyedia identitas tidak mengizinkan Anda masuk (%(reason)s)."),
    "oidc_invalid": N_(
        "Jawaban penyedia identitas tidak cocok dengan permintaan Anda. Mulai lagi dari halaman "
        "masuk."
    ),
    "oidc_no_email": N_(
        "Penyedia identitas tidak menyatakan alamat surel Anda terverifikasi, jadi akun Anda di "
        "Alur tidak dapat ditemukan. Hubungi administrator."
    ),
    "oidc_unknown": N_(
        "Belum ada akun Alur dengan surel %(email)s. Minta administrator mendaftarkan Anda."
    ),
    "oidc_ambiguous": N_(
        "Lebih dari satu akun Alur memakai surel %(email)s. Minta administrator memperbaikinya."
    ),
}

# Why a password was refused: the field `reason` of invalid_password.
_PASSWORDS: Mapping[str, str] = {
    "too_short": N_("Panjangnya paling sedikit %(least)s huruf; beberapa kata biasa sudah cukup."),
    "too_long": N_("Panjangnya paling banyak 256 huruf."),
    "own_words": N_("Jangan memakai nama Anda, surel Anda, atau nama instansi."),
    "too_easy": N_("Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan."),
    "breached": N_("Kata sandi ini pernah bocor dan ada dalam daftarnya. Pilih yang lain."),
    "same_as_before": N_("Kata sandi baru harus berbeda dari yang sekarang."),
    "not_twice": N_("Kedua isian kata sandi baru tidak sama."),
}
# Why a token was refused: the field `reason` of invalid_token.
_TOKENS: Mapping[str, str] = {
    "name": N_("Beri nama 1 sampai 100 huruf, misalnya nama programnya."),
    "name_taken": N_("Anda sudah punya token bernama itu. Pakai nama lain, atau cabut dahulu."),
    "days": N_("Pilih masa berlaku dari daftar."),
}
ACCOUNT_REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_password": _PASSWORDS,
    "invalid_token": _TOKENS,
}
