"""What is wrong with a unit, a jabatan, a holder, an account or a right; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

ORGANISATION: Mapping[str, str] = {
    "invalid_organisation": N_("Belum dapat disimpan (%(field)s). %(reason)s"),
    "invalid_organisation_csv": N_("Berkas belum dapat dibaca (baris %(line)s). %(reason)s"),
    "import_has_errors": N_(
        "%(num)s baris masih salah, jadi belum ada yang diubah. Perbaiki berkasnya, lalu impor "
        "lagi."
    ),
    "organisation_changed": N_(
        "Organisasinya berubah sejak pratinjau ini dibuat. Periksa pratinjau yang baru, lalu "
        "terapkan."
    ),
    "unit_code_taken": N_("Kode “%(unit)s” sudah dipakai %(name)s. Pakai kode lain."),
    "unit_in_itself": N_("%(unit)s tidak dapat dipindahkan ke bawah dirinya sendiri."),
    "unit_ended": N_("Unit %(unit)s sudah berakhir. Aktifkan lagi dahulu, atau pilih unit lain."),
    "unit_not_ended": N_("Unit %(unit)s tidak sedang berakhir."),
    "unit_has_parts": N_(
        "Unit %(unit)s masih punya bagian: %(listed)s. Akhiri atau pindahkan dahulu."
    ),
    "unit_busy": N_(
        "Unit %(unit)s belum dapat diakhiri: masih ada %(cases)s kasus berjalan, %(items)s tugas "
        "terbuka, dan %(holders)s pemangku jabatan. Selesaikan kasusnya dan akhiri jabatan "
        "pemangkunya dahulu."
    ),
    "parent_ended": N_("Unit di atasnya, %(unit)s, sudah berakhir. Aktifkan lagi dahulu."),
    "items_orphaned": N_(
        "Dengan perubahan ini %(num)s tugas terbuka tidak punya pelaksana lagi. Tunjuk dahulu "
        "pemangku lain untuk peran itu di unit kasusnya."
    ),
    "jabatan_not_found": N_("Jabatan itu tidak ada."),
    "jabatan_name_taken": N_("Unit ini sudah punya jabatan “%(name)s”. Pakai nama lain."),
    "jabatan_above_itself": N_("Jabatan itu berada di bawah jabatan ini, jadi bukan atasannya."),
    "jabatan_ended": N_("Jabatan %(name)s sudah berakhir. Aktifkan lagi dahulu."),
    "jabatan_not_ended": N_("Jabatan %(name)s tidak sedang berakhir."),
    "jabatan_busy": N_(
        "Jabatan %(name)s masih dipangku %(listed)s. Akhiri jabatan pemangkunya dahulu."
    ),
    "jabatan_held": N_(
        "Jabatan ini dipangku %(by)s sejak %(since)s. Akhiri dahulu, atau centang “Menggantikan "
        "pemangku yang sekarang”."
    ),
    "jabatan_held_by_many": N_(
        "Jabatan ini sedang dipangku %(listed)s, jadi belum dapat dijadikan jabatan untuk satu "
        "orang."
    ),
    "already_holds": N_("%(name)s sudah memangku jabatan ini pada masa itu."),
    "holding_not_found": N_("Masa jabatan itu tidak ada."),
    "holding_begun": N_(
        "Masa jabatan ini sudah mulai, jadi tidak dapat dibatalkan. Akhiri saja, atau perbaiki "
        "tanggalnya."
    ),
    "holding_over": N_("Masa jabatan ini sudah berakhir."),
    "login_taken": N_("Nama pengguna “%(login)s” sudah dipakai. Pilih yang lain."),
    "nip_taken": N_("NIP itu sudah terdaftar atas nama %(name)s."),
    "person_needs_jabatan": N_(
        "Pilih jabatan pertamanya di unit Anda. Pengguna tanpa jabatan hanya dapat didaftarkan "
        "administrator pemda."
    ),
    "person_disabled": N_("Akun %(name)s sudah diakhiri. Aktifkan lagi dahulu."),
    "person_not_disabled": N_("Akun %(name)s masih aktif."),
    "person_holds": N_(
        "%(name)s masih memangku %(listed)s. Centang bahwa jabatannya ikut diakhiri hari ini, "
        "atau akhiri satu per satu dahulu."
    ),
    "own_account": N_("Akun Anda sendiri tidak dapat Anda akhiri. Mintalah administrator lain."),
    "last_administrator": N_(
        "%(name)s adalah administrator terakhir. Beri hak administrator kepada orang lain dahulu."
    ),
    "grant_standing": N_("%(name)s sudah punya hak ini di sana."),
    "grant_not_found": N_("Hak itu tidak ada, atau sudah dicabut."),
}

# Why a value was refused: the field `reason` of invalid_organisation and of a row of a file.
ORGANISATION_VALUES: Mapping[str, str] = {
    "required": N_("Isian ini wajib."),
    "not_listed": N_("Orang ini tidak terdaftar. Pilih dari daftar, atau tulis nama penggunanya."),
    "too_long": N_("Terlalu panjang: paling banyak 150 huruf."),
    "name_unusable": N_("Nama ini memuat huruf yang tidak dapat ditampilkan."),
    "code_unusable": N_(
        "Kode terdiri dari huruf, angka, titik, atau garis, paling banyak 40, tanpa spasi."
    ),
    "unknown_kind": N_("Pilih jenis unit yang tersedia."),
    "unknown_zone": N_("Pilih zona waktu: WIB, WITA, atau WIT."),
    "unknown_role": N_("Peran ini tidak ada dalam katalog peran."),
    "unknown_grant": N_("Pilih hak yang tersedia."),
    "unknown_holding_kind": N_("Pilih definitif, Plt., atau Plh."),
    "not_a_date": N_("Isi dengan tanggal, misalnya 31-12-2026."),
    "too_far": N_("Tanggal ini terlalu jauh."),
    "in_the_future": N_("Hari terakhirnya paling lambat hari ini."),
    "before_since": N_("Hari terakhir tidak boleh sebelum hari pertama."),
    "letter_required": N_("Plt. dan Plh. memerlukan nomor surat perintah."),
    "letter_on_required": N_("Plt. dan Plh. memerlukan tanggal surat perintah."),
    "until_required": N_("Plt. dan Plh. memerlukan hari terakhir."),
    "login_unusable": N_(
        "Nama pengguna terdiri dari huruf kecil, angka, titik, atau garis, 2 sampai 60."
    ),
    "email_unusable": N_("Ini bukan alamat surel, misalnya nama@daerah.go.id."),
    "nip_unusable": N_("NIP terdiri dari 18 angka. Kosongkan bila tidak ada."),
    "unknown_locale": N_("Bahasa itu tidak tersedia."),
    "not_yes_or_no": N_("Jawab ya atau tidak."),
    "twice": N_("Sudah ada di baris lain berkas ini."),
    "unknown_type": N_("Tulis unit atau jabatan."),
    "line_unreadable": N_("Baris ini punya terlalu banyak sel atau terlalu panjang."),
    "unknown_unit": N_("Unit ini tidak ada, juga tidak di berkas ini."),
    "unknown_jabatan": N_("Jabatan ini tidak ada, juga tidak di berkas ini."),
    "unit_ended": N_("Unit ini sudah berakhir."),
    "jabatan_ended": N_("Jabatan ini sudah berakhir."),
    "has_ended": N_("Ini sudah berakhir. Aktifkan lagi di halamannya dahulu."),
    "nothing_to_end": N_("Ini belum ada, jadi tidak dapat diakhiri."),
    "still_busy": N_("Masih ada kasus, tugas terbuka, atau pemangkunya."),
    "has_parts": N_("Masih ada unit di bawahnya."),
    "in_itself": N_("Unit ini akan berada di bawah dirinya sendiri."),
    "above_itself": N_("Jabatan ini akan menjadi atasan dirinya sendiri."),
    "out_of_reach": N_("Ini di luar unit yang Anda kelola."),
    "empty_file": N_("Berkas ini kosong."),
    "not_csv": N_("Ini bukan berkas CSV. Di Excel, simpan dahulu sebagai CSV."),
    "too_large": N_("Berkas ini terlalu besar."),
    "too_many_rows": N_("Paling banyak 5.000 baris."),
    "unknown_column": N_("Kolom “%(column)s” tidak dikenal."),
    "column_missing": N_("Kolom “%(column)s” tidak ada."),
}
ORGANISATION_REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_organisation": ORGANISATION_VALUES,
    "invalid_organisation_csv": ORGANISATION_VALUES,
}
# Why a Plt or Plh had better be looked at again: codes of `workflows.mandates.WARNINGS`.
MANDATES: Mapping[str, str] = {
    "plt_not_vacant": N_(
        "Jabatan ini masih dipangku pejabat definitif. Plt. ditunjuk untuk jabatan yang kosong; "
        "bila pejabatnya berhalangan sementara, tunjuk Plh. (UU 30/2014 Pasal 14)."
    ),
    "plh_vacant": N_(
        "Jabatan ini kosong. Plh. menggantikan pejabat yang berhalangan sementara; untuk jabatan "
        "kosong tunjuk Plt. (UU 30/2014 Pasal 14)."
    ),
    "plh_present": N_(
        "Pejabat definitifnya tidak tercatat cuti pada hari pertama. Selama ia hadir, tugasnya "
        "dapat dikerjakan keduanya."
    ),
    "plt_extended": N_(
        "Lebih dari 3 bulan: Plt. paling lama 3 bulan dan dapat diperpanjang paling lama 3 bulan "
        "(SE BKN 1/SE/I/2021). Pastikan ada surat perpanjangannya."
    ),
    "plt_too_long": N_(
        "Lebih dari 6 bulan: melampaui 3 bulan dan perpanjangannya (SE BKN 1/SE/I/2021)."
    ),
    "plh_long": N_(
        "Lebih dari 3 bulan. Apakah batas 3 bulan dalam SE BKN 1/SE/I/2021 berlaku juga untuk "
        "Plh. belum diverifikasi."
    ),
}
