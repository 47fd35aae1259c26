"""What is wrong with a pause, a ladder, a wish or a change of calendar; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

TIMES: Mapping[str, str] = {
    "item_paused": N_("Tugas ini sudah dijeda %(by)s %(at)s."),
    "item_not_paused": N_("Tugas ini tidak sedang dijeda."),
    "invalid_pause": N_("Jeda belum dapat dimulai. %(reason)s"),
    "calendar_changed": N_(
        "Kalender ini sudah diubah %(by)s %(at)s. Muat ulang, lalu ubah yang terbaru."
    ),
    "ladder_changed": N_(
        "Tangga ini sudah diubah %(by)s %(at)s. Buka yang terbaru, lalu ubah yang itu."
    ),
    "calendar_not_own": N_("Unit ini tidak punya kalender sendiri."),
    "invalid_ladder": N_("Tangga pengingat belum benar (%(rung)s, %(field)s). %(reason)s"),
    "invalid_snooze": N_("Pengingat belum dapat ditunda. %(reason)s"),
    "invalid_preference": N_("Pilihan pemberitahuan belum benar (%(field)s). %(reason)s"),
    "ladder_not_own": N_("Di sini tidak ada tangga pengingat sendiri yang dapat dihapus."),
    "no_deadline": N_("Langkah ini tanpa tenggat, jadi tidak ada yang akan dikirim."),
}

# Why a pause was refused: the field `reason` of invalid_pause.
_PAUSES: Mapping[str, str] = {
    "own_unit": N_("Unit yang ditunggu adalah unit Anda sendiri."),
    "past": N_("Tanggal lanjutnya harus setelah hari ini."),
    "too_far": N_("Tanggal lanjutnya paling jauh satu tahun lagi."),
}
# Why a ladder was refused: the field `reason` of invalid_ladder.
_LADDERS: Mapping[str, str] = {
    "unknown_field": N_("Bagian ini tidak dikenal."),
    "missing": N_("Bagian ini wajib diisi."),
    "no_rung": N_("Tangga harus punya paling sedikit satu anak tangga."),
    "too_many": N_("Anak tangganya terlalu banyak: paling banyak 20."),
    "duplicate": N_("Kunci ini dipakai dua kali."),
    "reserved": N_("Kunci ini sudah dipakai Alur sendiri. Pilih yang lain."),
    "not_a_key": N_("Kunci terdiri dari huruf, angka, titik, garis, paling banyak 60."),
    "unknown": N_("Pilihan ini tidak dikenal."),
    "not_text": N_("Isinya harus berupa teks biasa."),
    "too_long": N_("Teksnya terlalu panjang."),
    "not_yes_or_no": N_("Isinya harus ya atau tidak."),
    "not_a_list": N_("Isinya harus berupa daftar teks."),
    "empty": N_("Pilih paling sedikit satu."),
    "not_a_fraction": N_("Tulis bagian waktunya, misalnya 3/4 atau 0.75."),
    "out_of_range": N_("Nilainya terlalu kecil atau terlalu besar."),
    "before_due": N_(
        "Sebelum tenggat hanya ada pengingat; kabar terlambat dan laporan dikirim sejak tenggatnya."
    ),
    "not_a_duration": N_("Tulis lamanya, misalnya 30 menit atau 2 hari kerja."),
    "not_a_clock_time": N_("Tulis jamnya, misalnya 08:00."),
    "placeholder": N_(
        "Isian dalam kurung kurawal hanya {nama}, {langkah}, {sop}, {unit}, {tenggat}, "
        "{pelaksana}, dan {kasus}."
    ),
}
# Why reminders were not put off: the field `reason` of invalid_snooze.
_SNOOZES: Mapping[str, str] = {
    "past": N_("Waktunya harus setelah sekarang."),
    "too_far": N_("Waktunya paling lama %(days)s hari lagi."),
}
# Why preferences were refused: the field `reason` of invalid_preference.
_PREFERENCES: Mapping[str, str] = {
    "unknown_kind": N_("Jenis pemberitahuan ini tidak dikenal."),
    "unknown_channel": N_("Saluran ini tidak tersedia."),
    "not_an_address": N_("Ini bukan alamat untuk saluran itu."),
    "address_missing": N_("Isi dulu alamat Anda untuk saluran itu."),
    "no_time_left": N_("Jam tenang harus mulai dan berakhir pada jam yang berbeda."),
    "quiet_incomplete": N_("Isi kedua jam tenang, atau kosongkan keduanya."),
}
TIME_REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_pause": _PAUSES,
    "invalid_ladder": _LADDERS,
    "invalid_snooze": _SNOOZES,
    "invalid_preference": _PREFERENCES,
}
