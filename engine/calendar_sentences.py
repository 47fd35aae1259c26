"""What is wrong with a working calendar, as plain sentences; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

CALENDARS: Mapping[str, str] = {
    "invalid_calendar": N_("Kalender belum dapat dipakai (%(field)s). %(reason)s"),
    "invalid_holiday_csv": N_("Baris %(line)s berkas CSV belum benar. %(reason)s"),
}

# Why a calendar document was refused: the field `reason` of invalid_calendar.
_DOCUMENTS: Mapping[str, str] = {
    "not_an_object": N_("Isinya harus berupa objek JSON."),
    "unknown_field": N_("Bagian ini tidak dikenal."),
    "required": N_("Bagian ini wajib diisi."),
    "not_a_list": N_("Isinya harus berupa daftar."),
    "too_many": N_("Paling banyak %(text)s baris."),
    "not_text": N_("Isinya harus berupa teks."),
    "not_texts": N_("Jam kerja ditulis sebagai tujuh teks, Senin lebih dahulu."),
    "not_yes_or_no": N_("Isinya harus ya atau tidak."),
    "name_unusable": N_("Nama paling banyak 200 huruf biasa dalam satu baris."),
    "not_a_date": N_("“%(text)s” bukan tanggal, misalnya 31-12-2026."),
    "outside_calendar": N_("Tanggal itu di luar kalender kerja yang dikenal Alur."),
    "unknown_zone": N_("Zona waktu harus WIB, WITA, atau WIT."),
    "impossible_hours": N_(
        "Jam kerja “%(text)s” tidak dapat dibaca. Tulis misalnya 07:30-12:00 13:00-16:00."
    ),
    "overlapping_hours": N_("Jam kerja “%(text)s” saling bertumpuk atau tidak urut."),
    "no_working_hours": N_("Minggu ini tidak punya jam kerja sama sekali."),
    "first_week_dated": N_("Minggu pertama berlaku selalu, jadi tidak bertanggal."),
    "ends_before_start": N_("Tanggal akhirnya sebelum tanggal awalnya."),
    "overlap": N_("Masanya bertumpuk dengan masa sebelumnya."),
    "period_too_long": N_("Masa khusus paling lama satu tahun; ubah minggu kerja biasanya."),
    "unknown_kind": N_(
        "Jenis “%(text)s” tidak dikenal. Pakai libur_nasional, cuti_bersama, atau libur_lokal."
    ),
    "twice": N_("Tanggal %(text)s tertulis dua kali."),
}

# Why a CSV file of days off was refused: the field `reason` of invalid_holiday_csv.
_FILES: Mapping[str, str] = {
    "empty_file": N_("Berkasnya kosong."),
    "too_many": N_("Terlalu panjang: paling banyak %(text)s hari."),
    "line_too_long": N_("Barisnya terlalu panjang."),
    "unknown_column": N_(
        "Kolom “%(text)s” tidak dikenal. Pakai tanggal, nama, jenis, perkiraan, masing-masing "
        "satu kali."
    ),
    "column_missing": N_("Kolom “%(text)s” tidak ada di baris judul."),
    "too_many_cells": N_("Isinya lebih banyak daripada kolom judul."),
    "twice": N_("Tanggal %(text)s sudah ada di baris %(other)s."),
    "required": N_("Kolom “%(column)s” wajib diisi."),
    "name_unusable": N_("Nama paling banyak 200 huruf biasa dalam satu baris."),
    "unknown_kind": N_(
        "Jenis “%(text)s” tidak dikenal. Pakai libur_nasional, cuti_bersama, libur_lokal, atau "
        "hari_kerja."
    ),
    "not_yes_or_no": N_("Kolom perkiraan diisi ya atau tidak, bukan “%(text)s”."),
    "not_a_date": N_("“%(text)s” bukan tanggal, misalnya 31-12-2026."),
    "outside_calendar": N_("Tanggal itu di luar kalender kerja yang dikenal Alur."),
}

CALENDAR_REASONS: Mapping[str, Mapping[str, str]] = {
    "invalid_calendar": _DOCUMENTS,
    "invalid_holiday_csv": _FILES,
}
